#include "write/report_html.h"

#include "view/words.h"
#include "write/report_parts.h"

void report_link(Buf *to, const ReportMap *map, Str step, Str text) {
  buf_printf(to, "<a href=\"#");
  svg_escape(to, map->anchor);
  if (step.len) {
    buf_add_c(to, "\" data-step=\"step-");
    svg_escape(to, step);
  }
  buf_add_c(to, "\">");
  svg_escape(to, text);
  buf_add_c(to, "</a>");
}

void report_row_head(Buf *to, Str text) {
  buf_add_c(to, "<th scope=\"row\">");
  svg_escape(to, text);
  buf_add_c(to, "</th>");
}

void report_section(Buf *to, const char *id, const char *title) {
  buf_printf(to, "<section id=\"%s\"><h2>%s</h2>\n", id, title);
}

/* ---- the head ---- */

static void figure(Buf *to, uint32_t number, const char *one, const char *many, const char *class) {
  buf_printf(to, "<li%s%s%s><b>%u</b> %s</li>", class ? " class=\"" : "", class ? class : "", class ? "\"" : "", number,
             number == 1 ? one : many);
}

static void figures(Buf *to, const Report *report) {
  uint32_t steps = 0, severe = 0, overdue = 0, reviews = 0;
  for (uint32_t i = 0; i < report->map_count; i++) {
    if (!report->maps[i].journey->base) severe += report->maps[i].severe, steps += report->maps[i].journey->step_count;
    reviews += report->maps[i].view->review_overdue;
  }
  for (uint32_t i = 0; i < report->plan->open_count; i++) overdue += report->plan->items[i].overdue;
  buf_add_c(to, "<ul class=\"figures\">");
  figure(to, report->map_count, "map", "maps", NULL);
  figure(to, report->persona_count, "persona", "personas", NULL);
  figure(to, steps, "step", "steps", NULL);
  figure(to, severe, "severe pain", "severe pains", severe ? "se" : "gd");
  figure(to, report->plan->open_count, "opportunity in hand", "opportunities in hand", NULL);
  figure(to, overdue, "of them overdue", "of them overdue", overdue ? "bd" : "gd");
  figure(to, reviews, "review overdue", "reviews overdue", reviews ? "bd" : "gd");
  buf_add_c(to, "</ul>\n");
}

static void head(Buf *to, const Report *report, Str title, Arena *arena) {
  buf_add_c(to,
            "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
            "content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\">\n");
  html_element(to, "title", NULL, title);
  buf_printf(to, "\n<style>%s</style></head>\n<body><header>", report_style);
  html_element(to, "p", "kicker",
               arena_format(arena, "Journey report, " STR_FMT, STR_ARG(words_date(report->today, arena))));
  html_element(to, "h1", NULL, title);
  figures(to, report);
  buf_add_c(to, "</header>\n<nav aria-label=\"Parts of the report\"><a href=\"#maps\">Maps</a>");
  if (report->measure_count) buf_add_c(to, "<a href=\"#measures\">Measures</a>");
  buf_add_c(to, "<a href=\"#clients\">Clients</a>"
                "<a href=\"#owners\">Who owns what</a><a href=\"#pains\">Pains</a><a href=\"#plan\">Plan</a>"
                "<a href=\"#upkeep\">Upkeep</a><div class=\"search\"><input type=\"search\" id=\"find\" "
                "placeholder=\"Search all maps\" aria-label=\"Search all maps\" autocomplete=\"off\" hidden>"
                "<ol id=\"found\" aria-live=\"polite\" hidden></ol></div></nav>\n<main>\n");
}

void report_write_html(const Report *report, Buf *to) {
  Arena *arena = arena_new();
  head(to, report, report->title.len ? report->title : STR("All journeys"), arena);
  report_cards(to, report);
  report_measures(to, report);
  report_people(to, report);
  report_owners(to, report);
  report_pains(to, report);
  report_plan(to, report);
  report_upkeep(to, report);
  report_maps(to, report);
  buf_add_c(to, "</main>\n");
  report_index(to, report);
  buf_printf(to, "<script>%s</script>\n</body></html>\n", report_script);
  arena_free(arena);
}
