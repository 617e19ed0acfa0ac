/* The numbers of the maps, with their margins and trends. */
#include "write/report_parts.h"

static void spark(Buf *to, const ViewCount *count) {
  enum { WIDTH = 120, HEIGHT = 26, EDGE = 4 };
  if (!count || count->trend_count < 2) return;
  Arena *arena = arena_new();
  Block block = layout_spark(count, WIDTH, HEIGHT, arena);
  buf_printf(to, "<svg class=\"spark\" width=\"%d\" height=\"%d\" viewBox=\"%d %d %d %d\" aria-hidden=\"true\">",
             WIDTH + 2 * EDGE, HEIGHT + 2 * EDGE, -EDGE, -EDGE, WIDTH + 2 * EDGE, HEIGHT + 2 * EDGE);
  svg_block(to, &block);
  buf_add_c(to, "</svg>");
  arena_free(arena);
}

static void value_cell(Buf *to, const Entry *entry) {
  const ViewCount *count = entry->count;
  bool known = !count || count->n.len;
  buf_printf(to, "<td><b class=\"value%s\">", count && count->stale ? " stale" : known ? "" : " mu");
  svg_escape(to, entry->value.len ? entry->value : entry->text);
  buf_add_c(to, "</b>");
  if (count && count->stale) buf_add_c(to, "<small class=\"fa\">out of date</small>");
  if (count) html_element(to, "small", NULL, known ? count->n : count->failure);
  buf_add_c(to, "</td>");
}

static void target_cell(Buf *to, const Entry *entry) {
  static const char *const classes[] = {"mu", "bd", "gd"}, *const words[] = {"", ", missed", ", met"};
  buf_printf(to, "<td class=\"%s\">", classes[entry->level % 3]);
  svg_escape(to, entry->label);
  buf_printf(to, "%s</td>", words[entry->level % 3]);
}

static void row(Buf *to, const Report *report, const ReportMeasure *measure) {
  const Entry *entry = measure->entry;
  buf_add_c(to, "<tr><th scope=\"row\">");
  svg_escape(to, entry->name);
  buf_add_c(to, "</th>");
  value_cell(to, entry);
  buf_add_c(to, "<td>");
  spark(to, entry->count);
  buf_add_c(to, "</td>");
  target_cell(to, entry);
  buf_add_c(to, "<td>");
  report_link(to, &report->maps[measure->map], STR(""), report->maps[measure->map].view->title);
  html_element(to, "small", NULL, measure->stage);
  buf_add_c(to, "</td><td>");
  svg_escape(to, entry->details);
  buf_add_c(to, "</td></tr>\n");
}

void report_measures(Buf *to, const Report *report) {
  if (report->measure_count == 0) return;
  report_section(to, "measures", "Measures");
  buf_add_c(to, "<p class=\"lead\">The numbers of the maps and of their stages. \u00B1 or in brackets: where the true "
                "number is, at 95% certainty; n: how many were counted.</p>\n"
                "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Measures\"><table><thead><tr>"
                "<th scope=\"col\">Measure</th><th scope=\"col\">Value</th><th scope=\"col\">Trend</th>"
                "<th scope=\"col\">Target</th><th scope=\"col\">Map</th><th scope=\"col\">Behind it</th></tr></thead>"
                "<tbody>\n");
  for (uint32_t i = 0; i < report->measure_count; i++) row(to, report, &report->measures[i]);
  buf_add_c(to, "</tbody></table></div></section>\n");
}
