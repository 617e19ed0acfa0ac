/* What stands behind the map, below it: a heading for each section, its facts over the whole width. */
#include "write/terminal_page.h"

enum { MARGIN = 2, WIDEST = 100 };

/* Numbers and dates end at one column, so that what they stand for begins at one. */
static Str padded_mark(const Page *page, Str mark, int widest) {
  Buf padded = {0};
  buf_repeat(&padded, STR(" "), (size_t)(widest - grid_columns(mark)));
  buf_printf(&padded, STR_FMT "  ", STR_ARG(mark));
  return buf_take(&padded, page->arena);
}

/* "3  Exit interviews: ..., with the alert on a line of its own and the lists below." */
static void put_fact(const Page *page, const ViewFact *fact, int widest_mark, int columns) {
  Block block = {0};
  Buf words = {0};
  if (fact->name.len) buf_add(&words, fact->name);
  if (fact->sources.len && fact->name.len) buf_printf(&words, " [" STR_FMT "]", STR_ARG(fact->sources));
  if (fact->text.len) buf_printf(&words, "%s" STR_FMT, words.len ? ": " : "", STR_ARG(fact->text));
  Str mark = fact->mark.len ? padded_mark(page, fact->mark, widest_mark) : str_of(page->signs->bullet);
  block_add(page, &block, columns, INK_PLAIN, mark.at, buf_str(&words));
  buf_free(&words);
  if (fact->alert.len)
    block_add_format(page, &block, columns, INK_ALERT, "    ", "%s" STR_FMT, page->signs->alert, STR_ARG(fact->alert));
  for (uint32_t i = 0; i < fact->list_count; i++) {
    block_add_format(page, &block, columns, INK_FAINT, "    ", STR_FMT, STR_ARG(fact->lists[i].label));
    for (uint32_t k = 0; k < fact->lists[i].count; k++)
      block_add(page, &block, columns, INK_PLAIN, "      ", fact->lists[i].lines[k]);
  }
  page_flush(page, &block, MARGIN);
}

static int widest_mark(const ViewSection *section) {
  int widest = 0;
  for (uint32_t f = 0; f < section->count; f++) {
    int columns = grid_columns(section->facts[f].mark);
    if (columns > widest) widest = columns;
  }
  return widest;
}

void page_sections(const Page *page) {
  const View *view = page->view;
  int columns = page->style.width - MARGIN;
  if (columns > WIDEST) columns = WIDEST;
  for (uint32_t i = 0; i < view->section_count; i++) {
    Block title = {0};
    page_newline(page);
    block_add(page, &title, page->style.width, INK_STRONG, "", view->sections[i].title);
    page_flush(page, &title, 0);
    int widest = widest_mark(&view->sections[i]);
    for (uint32_t f = 0; f < view->sections[i].count; f++) put_fact(page, &view->sections[i].facts[f], widest, columns);
  }
}
