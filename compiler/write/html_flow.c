/* Where clients go, on the page: the drawing, and the same numbers as a table. */
#include <math.h>

#include "view/flow_words.h"
#include "write/html_parts.h"

static void cell(Buf *to, Str text) {
  buf_add_c(to, "<td role=\"cell\">");
  svg_escape(to, text);
  buf_add_c(to, "</td>");
}

static Str percent(double share, Arena *arena) {
  if (isnan(share)) return STR("\u2013");
  return arena_format(arena, STR_FMT "%%", STR_ARG(flow_hundred(share, arena)));
}

static Str visits(double number, Arena *arena) {
  Buf out = {0};
  if (isinf(number)) return STR("never ends");
  buf_number(&out, number, 2);
  return buf_take(&out, arena);
}

static void step_row(Buf *to, const ViewFlow *flow, uint32_t i, bool unaccounted, Arena *arena) {
  const ChainStep *step = &flow->flow->result.steps[i];
  buf_printf(to, "<tr role=\"row\"><th scope=\"row\" role=\"rowheader\">%u. ", i + 1);
  svg_escape(to, flow->steps[i].title);
  buf_add_c(to, "</th>");
  cell(to, percent(step->reach, arena));
  cell(to, visits(step->visits, arena));
  cell(to, percent(step->leaves, arena));
  if (unaccounted) cell(to, percent(step->unaccounted, arena));
  cell(to, percent(step->removal, arena));
  buf_add_c(to, "</tr>\n");
}

/* Regions of a page are told apart by their names. */
static void add_title(Buf *to, const ViewFlow *flow) {
  if (flow->title.len == 0) return;
  buf_add_c(to, ": ");
  svg_escape(to, flow->title);
}

static void table(Buf *to, const ViewFlow *flow, Arena *arena) {
  static const char *const names[] = {"Step",       "Come here",         "Visits",
                                      "Leave here", "Not accounted for", "Lost without it"};
  bool unaccounted = false;
  for (uint32_t i = 0; i < flow->step_count; i++) unaccounted |= flow->flow->result.steps[i].unaccounted > 0;
  buf_add_c(to, "<details><summary>The numbers</summary><div class=\"wide\" tabindex=\"0\" role=\"region\" "
                "aria-label=\"Where clients go, as a table");
  add_title(to, flow);
  buf_add_c(to, "\"><table role=\"table\"><caption>Of 100 who start; "
                "what is lost without a step: of those who complete</caption>\n"
                "<thead role=\"rowgroup\"><tr role=\"row\">");
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (unaccounted || i != 4) buf_printf(to, "<th scope=\"col\" role=\"columnheader\">%s</th>", names[i]);
  buf_add_c(to, "</tr></thead>\n<tbody role=\"rowgroup\">");
  for (uint32_t i = 0; i < flow->step_count; i++) step_row(to, flow, i, unaccounted, arena);
  buf_add_c(to, "</tbody></table></div></details>\n");
}

static void drawing(Buf *to, const ViewFlow *flow, const Block *block, uint32_t number) {
  buf_add_c(to, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Where clients go");
  add_title(to, flow);
  buf_add_c(to, "\"><svg role=\"img\" aria-label=\"");
  svg_escape(to, flow->summary);
  if (flow->against.len > 0) buf_add_byte(to, ' '), svg_escape(to, flow->against);
  buf_add_c(to, " The numbers follow as a table.\" width=\"");
  svg_number(to, block->width);
  buf_add_c(to, "\" height=\"");
  svg_number(to, block->height);
  buf_add_c(to, "\" viewBox=\"0 0 ");
  svg_number(to, block->width);
  buf_add_byte(to, ' ');
  svg_number(to, block->height);
  buf_printf(to, "\"><g id=\"flow-%u\">", number);
  svg_block(to, block);
  buf_add_c(to, "</g></svg></div>\n");
}

void html_flows(Buf *to, const View *view, const Block *blocks) {
  if (view->flow_count == 0) return;
  Arena *arena = arena_new();
  buf_add_c(to, "<section class=\"text\"><h2>Where clients go</h2>\n");
  for (uint32_t i = 0; i < view->flow_count; i++) {
    drawing(to, &view->flows[i], &blocks[i], i);
    table(to, &view->flows[i], arena);
  }
  buf_add_c(to, "</section>\n");
  arena_free(arena);
}
