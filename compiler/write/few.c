#include "write/few.h"

#include <stdio.h>

#include "write/csv.h"
#include "write/terminal_page.h"

static int percent(double share) { return (int)(share * 100 + 0.5); }

static void put_head(const Page *page, const FewGroup *group) {
  Block block = {0};
  page_newline(page);
  Str title = group->title.len
                  ? arena_format(page->arena, STR_FMT " of " STR_FMT, STR_ARG(group->kind), STR_ARG(group->title))
                  : group->kind;
  if (group->open)
    block_add_format(page, &block, page->style.width, INK_STRONG, "",
                     STR_FMT ": no few carry 80%%; the likeliest %u carry %d%% %s", STR_ARG(title),
                     (unsigned)group->count, percent(group->carried), group->of);
  else if (str_is(group->kind, STR("Ways")))
    block_add_format(page, &block, page->style.width, INK_STRONG, "", STR_FMT ": %u %s %d%% %s", STR_ARG(title),
                     (unsigned)group->vital_count, group->vital_count == 1 ? "carries" : "carry",
                     percent(group->carried), group->of);
  else
    block_add_format(page, &block, page->style.width, INK_STRONG, "", STR_FMT ": %u of %u %s %d%% %s", STR_ARG(title),
                     (unsigned)group->vital_count, (unsigned)group->count,
                     group->vital_count == 1 ? "carries" : "carry", percent(group->carried), group->of);
  page_flush(page, &block, 0);
}

static void put_item(const Page *page, const FewItem *item) {
  Block block = {0};
  Str mark = arena_format(page->arena, "%s%3d%%  ", item->vital ? page->signs->moment : "  ", percent(item->share));
  block_add(page, &block, page->style.width, item->vital ? INK_STRONG : INK_PLAIN, mark.at, item->title);
  if (item->note.len) block_add(page, &block, page->style.width, INK_FAINT, "        ", item->note);
  page_flush(page, &block, 0);
}

void few_write_text(const Few *few, TerminalStyle style, Buf *to) {
  Page page = page_new(NULL, style, arena_new(), to);
  Block block = {0};
  block_add(&page, &block, style.width, INK_STRONG, "", STR("The few that carry most"));
  Str mark = str_trim(str_of(page.signs->moment));
  if (few->count)
    block_add_format(&page, &block, style.width, INK_PLAIN, "",
                     STR_FMT
                     " marks the fewest that together carry 80%%. A pain weighs its severity, from 1 to 4, times the "
                     "largest share in which it was seen; 1 and all of it where nothing is said. A way is told by the "
                     "numbers of its steps.",
                     STR_ARG(mark));
  else
    block_add(&page, &block, style.width, INK_PLAIN, "",
              STR("Nothing here has a weight yet: segments with their share of the revenue, pains with a severity, "
                  "paths with "
                  "shares."));
  page_flush(&page, &block, 0);
  for (uint32_t g = 0; g < few->count; g++) {
    put_head(&page, &few->groups[g]);
    for (uint32_t i = 0; i < few->groups[g].count; i++) put_item(&page, &few->groups[g].items[i]);
  }
  arena_free(page.arena);
}

void few_write_csv(const Few *few, Buf *to) {
  static const char *const columns[] = {"kind", "of", "item", "note", "share", "one of the few"};
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) csv_text(to, str_of(columns[i]));
  csv_end(to);
  for (uint32_t g = 0; g < few->count; g++)
    for (uint32_t i = 0; i < few->groups[g].count; i++) {
      const FewItem *item = &few->groups[g].items[i];
      csv_text(to, few->groups[g].kind);
      csv_text(to, few->groups[g].title);
      csv_text(to, item->title);
      csv_text(to, item->note);
      csv_number(to, item->share);
      csv_text(to, item->vital ? STR("yes") : STR("no"));
      csv_end(to);
    }
}
