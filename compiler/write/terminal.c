#include "write/terminal.h"

#include "write/terminal_page.h"

enum { NARROWEST_BANDS = 60, LABEL_COLUMNS = 14, NARROWEST_FACTS = 40 };

static const Signs UNICODE_SIGNS = {
    .vertical = "│",
    .dotted = "┊",
    .horizontal = "─",
    .across = "╌",
    .corners = "┌┬┐├┼┤└┴┘",
    .moment = "◆ ",
    .alert = "△ ",
    .good = "✓ ",
    .partly = "~ ",
    .bad = "✗ ",
    .bullet = "· ",
    .leads = "→ ",
    .high = "▲ ",
    .low = "▼ ",
    .open = "“",
    .close = "”",
    .heavy = "━",
};
static const Signs ASCII_SIGNS = {
    .vertical = "|",
    .dotted = ":",
    .horizontal = "-",
    .across = "-",
    .corners = "+++++++++",
    .moment = "* ",
    .alert = "(!) ",
    .good = "+ ",
    .partly = "~ ",
    .bad = "x ",
    .bullet = "- ",
    .leads = "> ",
    .high = "^ ",
    .low = "v ",
    .open = "\"",
    .close = "\"",
    .heavy = "=",
};

/* ---- the head ---- */

/* The label at the left of the block, or above it on a narrow terminal. Empties the block. */
static void put_labelled(const Page *page, Str label, Block *block) {
  Block labels = {0};
  bool narrow = page->style.width < NARROWEST_FACTS;
  if (label.len > 0) block_add(page, &labels, narrow ? page->style.width : LABEL_COLUMNS - 1, INK_FAINT, "", label);
  if (narrow) page_flush(page, &labels, 0);
  for (size_t i = 0; i < block->len || i < labels.len; i++) {
    if (!narrow) page_put(page, i < labels.len ? labels.at[i].text : (Str){0}, INK_FAINT, LABEL_COLUMNS);
    if (i < block->len) page_put(page, block->at[i].text, block->at[i].ink, 0);
    page_newline(page);
  }
  vec_free(&labels);
  vec_free(block);
}

static int fact_columns(const Page *page) {
  return page->style.width < NARROWEST_FACTS ? page->style.width : page->style.width - LABEL_COLUMNS;
}

static void put_fact(const Page *page, const char *label, Ink ink, const char *sign, Str text) {
  Block block = {0};
  if (text.len == 0) return;
  block_add(page, &block, fact_columns(page), ink, sign, text);
  put_labelled(page, str_of(label), &block);
}

static void put_title(const Page *page) {
  const View *view = page->view;
  Block block = {0};
  block_add(page, &block, page->style.width, INK_STRONG, "", view->title);
  int widest = 0;
  for (size_t i = 0; i < block.len; i++) {
    int columns = grid_columns(block.at[i].text);
    if (columns > widest) widest = columns;
  }
  page_flush(page, &block, 0);
  page_repeat(page, page->signs->heavy, widest, INK_STRONG);
  page_newline(page);
  if (view->doc.len > 0) block_add(page, &block, page->style.width, INK_PLAIN, "", view->doc);
  page_flush(page, &block, 0);
  page_newline(page);
}

static void put_persona(const Page *page) {
  const ViewPersona *persona = &page->view->persona;
  if (!persona->present) return;
  Str name = persona->name;
  if (persona->role.len > 0)
    name = arena_format(page->arena, STR_FMT ", " STR_FMT, STR_ARG(name), STR_ARG(persona->role));
  if (persona->segment.len > 0)
    name = arena_format(page->arena, STR_FMT " (" STR_FMT ")", STR_ARG(name), STR_ARG(persona->segment));
  if (persona->sources.len > 0)
    name = arena_format(page->arena, STR_FMT " [" STR_FMT "]", STR_ARG(name), STR_ARG(persona->sources));
  put_fact(page, "Persona", INK_STRONG, "", name);
  put_fact(page, "", INK_PLAIN, "", persona->demographics);
  put_fact(page, "", INK_PLAIN, "", persona->about);
  if (persona->quote.len > 0)
    put_fact(
        page, "", INK_VOICE, "",
        arena_format(page->arena, "%s" STR_FMT "%s", page->signs->open, STR_ARG(persona->quote), page->signs->close));
  put_fact(page, "Segment", INK_PLAIN, "", persona->segment_facts);
  for (uint32_t i = 0; i < persona->list_count; i++) {
    Block block = {0};
    for (uint32_t k = 0; k < persona->lists[i].count; k++)
      block_add(page, &block, fact_columns(page), INK_PLAIN, page->signs->bullet, persona->lists[i].lines[k]);
    put_labelled(page, persona->lists[i].label, &block);
  }
}

static void put_figures(const Page *page) {
  static const char *const trends[] = {" (worse)", "", " (better)"};
  static const Ink inks[] = {INK_BAD, INK_PLAIN, INK_GOOD};
  const View *view = page->view;
  Block block = {0};
  if (view->figure_count == 0) return;
  block_add(page, &block, fact_columns(page), INK_PLAIN, "", view->before_title);
  for (uint32_t i = 0; i < view->figure_count; i++) {
    const ViewFigure *figure = &view->figures[i];
    bool same = str_is(figure->before, figure->now);
    block_add_format(page, &block, fact_columns(page), inks[figure->trend + 1], page->signs->bullet,
                     STR_FMT ": " STR_FMT "%s" STR_FMT "%s", STR_ARG(figure->name),
                     STR_ARG(same ? STR("") : figure->before), same ? "" : " → ", STR_ARG(figure->now),
                     trends[figure->trend + 1]);
  }
  put_labelled(page, STR("Compared with"), &block);
}

void page_head(const Page *page) {
  const View *view = page->view;
  put_title(page);
  put_fact(page, "Kind", INK_PLAIN, "", view->kind);
  put_fact(page, "Covers", INK_PLAIN, "", view->covers);
  put_fact(page, "For", INK_PLAIN, "", view->audience);
  put_fact(page, "Stage names", INK_PLAIN, "", view->vocabulary);
  put_fact(page, "Variant of", INK_PLAIN, "", view->base_title);
  put_persona(page);
  put_fact(page, "Scenario", INK_PLAIN, "", view->scenario);
  put_fact(page, "Objective", INK_PLAIN, "", view->objective);
  if (view->owner.len > 0) put_fact(page, "Owner", INK_PLAIN, "", view->owner);
  else put_fact(page, "Owner", INK_ALERT, page->signs->alert, STR("no owner"));
  put_fact(page, "Mapped by", INK_PLAIN, "", view->mapped_by);
  put_fact(page, "Reviewed", INK_PLAIN, "", view->reviewed);
  put_fact(page, view->reviewed.len > 0 ? "" : "Reviewed", INK_ALERT, page->signs->alert, view->review_note);
  put_fact(page, "Validated", INK_PLAIN, "", view->validated);
  if (view->validated.len == 0) put_fact(page, "Validated", INK_FAINT, "", STR("not yet, with clients"));
  put_figures(page);
  put_fact(page, "Evidence", view->evidence_stale ? INK_ALERT : INK_PLAIN,
           view->evidence_stale ? page->signs->alert : "", view->evidence);
  Block measures = {0};
  for (uint32_t i = 0; i < view->measure_count; i++)
    block_add_entry(page, &measures, fact_columns(page), &view->measures[i], view->measure_count == 1);
  if (measures.len > 0) put_labelled(page, STR("Measures"), &measures);
}

Page page_new(const View *view, TerminalStyle style, Arena *arena, Buf *to) {
  if (style.width < 1) style.width = 1;
  return (Page){view, style, style.ascii ? &ASCII_SIGNS : &UNICODE_SIGNS, arena, to, NULL};
}

/* ---- where the steps stand ---- */

void page_note_step(const Page *page, uint32_t step, size_t from, int column, int width) {
  if (!page->boxes || page->to->len <= from) return;
  page->boxes[step] =
      (TerminalBox){(uint32_t)from, (uint32_t)column, (uint32_t)(page->to->len - from), (uint32_t)width};
}

static uint32_t count_lines(Str text) {
  uint32_t lines = 0;
  for (size_t i = 0; i < text.len; i++) lines += text.at[i] == '\n';
  return lines;
}

/* Lines instead of bytes. Steps are drawn from the first to the last, several beside each other. */
static void finish_boxes(const Page *page, size_t start) {
  Str text = buf_str(page->to);
  size_t at = start;
  uint32_t line = 0;
  for (uint32_t i = 0; page->boxes && i < page->view->step_count; i++) {
    TerminalBox *box = &page->boxes[i];
    if (box->height == 0) continue;
    line += count_lines(str_slice(text, at, box->line));
    at = box->line;
    box->height = count_lines(str_slice(text, at, at + box->height));
    box->line = line;
  }
}

static void write_page(Page page) {
  size_t start = page.to->len;
  page_head(&page);
  if (page.style.width < NARROWEST_BANDS) page_list(&page);
  else page_bands(&page);
  page_sections(&page);
  finish_boxes(&page, start);
  arena_free(page.arena);
}

void terminal_write(const View *view, TerminalStyle style, Buf *to) {
  write_page(page_new(view, style, arena_new(), to));
}

void terminal_write_placed(const View *view, TerminalStyle style, TerminalBox *boxes, Buf *to) {
  Page page = page_new(view, style, arena_new(), to);
  for (uint32_t i = 0; i < view->step_count; i++) boxes[i] = (TerminalBox){0};
  page.boxes = boxes;
  write_page(page);
}
