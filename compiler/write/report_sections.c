/* The maps in little, their clients, and the maps themselves. */
#include "view/curve.h"
#include "write/html_parts.h"
#include "write/report_parts.h"
#include "write/svg.h"

/* ---- cards ---- */

enum { PLOT = 60 }; /* height of the scale in a card's curve; a step is 100 wide */

typedef struct {
  double *x, *y, *slopes;
  size_t count;
} Curve;

/* `before`: of the map beside which this one stands. */
static Curve curve_of(const View *view, bool before, Arena *arena) {
  Curve curve = {ARENA_ARRAY(arena, double, view->step_count), ARENA_ARRAY(arena, double, view->step_count),
                 ARENA_ARRAY(arena, double, view->step_count), 0};
  for (uint32_t i = 0; i < view->step_count; i++) {
    const ViewStep *step = &view->steps[i];
    if (before ? !step->had_emotion : !step->has_emotion) continue;
    curve.x[curve.count] = i * 100.0 + 50;
    curve.y[curve.count++] = (1 - (before ? step->emotion_before : step->emotion)) / 2 * PLOT + 6;
  }
  if (curve.count) curve_slopes(curve.x, curve.y, curve.count, curve.slopes);
  return curve;
}

static void point(Buf *to, const char *command, double x, double y) {
  buf_add_c(to, command);
  svg_number(to, x);
  buf_add_byte(to, ' ');
  svg_number(to, y);
}

/* Hermite to Bézier: the handles stand at a third of the way, along the slopes. */
static void write_curve(Buf *to, const Curve *curve, const char *class) {
  if (curve->count == 0) return;
  buf_printf(to, "<path class=\"%s\" d=\"", class);
  point(to, "M", curve->x[0], curve->y[0]);
  for (size_t i = 1; i < curve->count; i++) {
    double third = (curve->x[i] - curve->x[i - 1]) / 3;
    point(to, "C", curve->x[i - 1] + third, curve->y[i - 1] + curve->slopes[i - 1] * third);
    point(to, " ", curve->x[i] - third, curve->y[i] - curve->slopes[i] * third);
    point(to, " ", curve->x[i], curve->y[i]);
  }
  buf_add_c(to, "\"/>");
}

static void write_plot(Buf *to, const View *view) {
  Arena *arena = arena_new();
  Curve now = curve_of(view, false, arena), before = curve_of(view, true, arena);
  if (now.count > 1) {
    unsigned width = view->step_count * 100;
    buf_printf(
        to,
        "<svg viewBox=\"0 0 %u 72\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><path class=\"zero\" d=\"M0 "
        "36h%u\"/>",
        width, width);
    write_curve(to, &before, "line was");
    write_curve(to, &now, "line");
    buf_add_c(to, "</svg>");
  }
  arena_free(arena);
}

static void fact(Buf *to, const char *label, const char *class, Str text) {
  if (text.len == 0) return;
  buf_printf(to, "<dt>%s</dt>", label);
  html_element(to, "dd", class, text);
}

static void card(Buf *to, const ReportMap *map) {
  const View *view = map->view;
  buf_add_c(to, "<li>");
  html_element(to, "span", "tag", view->kind);
  buf_add_c(to, "<h3>");
  report_link(to, map, STR(""), view->title);
  buf_add_c(to, "</h3>");
  write_plot(to, view);
  buf_add_c(to, "<dl>");
  fact(to, "Persona", NULL, view->persona.name);
  fact(to, "Owner", view->owner.len ? NULL : "bd", view->owner.len ? view->owner : STR("nobody"));
  fact(to, "Stands beside", NULL, view->base_title);
  buf_printf(to, "<dt>Steps</dt><dd>%u in %u %s</dd>", map->journey->step_count, map->journey->stage_count,
             map->journey->stage_count == 1 ? "stage" : "stages");
  buf_printf(to, "<dt>Pains</dt><dd>%u, <span class=\"%s\">%u severe</span></dd>", map->pains,
             map->severe ? "se" : "gd", map->severe);
  buf_add_c(to, "</dl></li>\n");
}

void report_cards(Buf *to, const Report *report) {
  report_section(to, "maps", "Maps");
  buf_add_c(to, "<ul class=\"cards\">\n");
  for (uint32_t i = 0; i < report->map_count; i++) card(to, &report->maps[i]);
  buf_add_c(to, "</ul></section>\n");
}

/* ---- clients ---- */

static void persona(Buf *to, const Report *report, const ReportPersona *persona) {
  buf_add_c(to, "<li>");
  html_element(to, "h3", NULL, persona->name);
  html_element(to, "p", "mu", persona->role);
  if (persona->quote.len) {
    buf_add_c(to, "<p class=\"quote\">\xE2\x80\x9C");
    svg_escape(to, persona->quote);
    buf_add_c(to, "\xE2\x80\x9D</p>");
  }
  if (persona->goal_count) buf_add_c(to, "<ul>");
  for (uint32_t i = 0; i < persona->goal_count; i++) html_element(to, "li", NULL, persona->goals[i]);
  if (persona->goal_count) buf_add_c(to, "</ul>");
  buf_add_c(to, "<dl>");
  fact(to, "Segment", NULL, persona->segment);
  buf_add_c(to, "<dt>Maps</dt><dd>");
  for (uint32_t i = 0; i < persona->map_count; i++) {
    if (i) buf_add_c(to, ", ");
    report_link(to, &report->maps[persona->maps[i]], STR(""), report->maps[persona->maps[i]].view->title);
  }
  buf_add_c(to, persona->map_count ? "</dd></dl></li>\n" : "<span class=\"mu\">none yet</span></dd></dl></li>\n");
}

static void share_cell(Buf *to, double share, const char *class) {
  if (share < 0) {
    buf_add_c(to, "<td class=\"mu\">not said</td>");
    return;
  }
  buf_printf(to, "<td><span class=\"track %s\">%.0f%%<span class=\"bar\" style=\"width:%.1f%%\"></span></span></td>",
             class, share * 100, share * 100);
}

/* "27% of the clients, in 2 of 5 segments, bring 81% of the revenue"; nothing where it takes them all. */
static void write_vital(Buf *to, const ReportSegment *segments, uint32_t count) {
  double clients = 0, revenue = 0;
  uint32_t vital = 0;
  for (; vital < count && segments[vital].vital; vital++) {
    clients += segments[vital].clients > 0 ? segments[vital].clients : 0;
    revenue += segments[vital].revenue;
  }
  if (vital == 0 || vital == count) return;
  buf_printf(to,
             "<p class=\"ac\"><b>%.0f%% of the clients, in %u of %u segments, bring %.0f%% of the revenue</b></p>\n",
             clients * 100, vital, count, revenue * 100);
}

static void segments(Buf *to, const ReportSegment *segments, uint32_t count) {
  buf_add_c(to, "<h3 class=\"below\">Segments, by what they bring</h3>");
  write_vital(to, segments, count);
  buf_add_c(to, "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Segments from ");
  svg_escape(to, segments[0].title);
  buf_add_c(to, " on\"><table><thead><tr><th scope=\"col\">Segment</th><th scope=\"col\">Share of clients</th><th "
                "scope=\"col\">Share of "
                "revenue</th></tr></thead><tbody>\n");
  for (uint32_t i = 0; i < count; i++) {
    buf_add_c(to, "<tr>");
    report_row_head(to, segments[i].title);
    share_cell(to, segments[i].clients, "mu");
    share_cell(to, segments[i].revenue, segments[i].vital ? "ac" : "mu");
    buf_add_c(to, "</tr>\n");
  }
  buf_add_c(to, "</tbody></table></div>\n");
}

void report_people(Buf *to, const Report *report) {
  report_section(to, "clients", "Clients");
  if (report->persona_count == 0) buf_add_c(to, "<p class=\"lead\">No persona is described yet.</p>");
  buf_add_c(to, "<ul class=\"cards\">\n");
  for (uint32_t i = 0; i < report->persona_count; i++) persona(to, report, &report->personas[i]);
  buf_add_c(to, "</ul>\n");
  for (uint32_t from = 0, end; from < report->segment_count; from = end) {
    for (end = from; end < report->segment_count && report->segments[end].file == report->segments[from].file;) end++;
    segments(to, report->segments + from, end - from);
  }
  buf_add_c(to, "</section>\n");
}

/* ---- the maps themselves ---- */

/* Each drawing in a shadow tree of its own: their styles and ids don't meet. */
static void drawing(Buf *to, const ReportMap *map) {
  buf_add_c(to, "<section class=\"map\" id=\"");
  svg_escape(to, map->anchor);
  buf_add_c(to, "\"><div class=\"bar-top\">");
  html_element(to, "h2", NULL, map->view->title);
  buf_add_c(to, "<button type=\"button\" class=\"size\" hidden>Whole map</button></div>");
  html_element(to, "p", "lead", map->view->scenario);
  buf_add_c(to, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
  svg_escape(to, map->view->title);
  buf_add_c(to, "\"><div class=\"drawing\"><template shadowrootmode=\"open\">");
  svg_write(map->view, to);
  buf_add_c(to, "</template></div></div>\n<details><summary>The same as a table</summary><div class=\"wide\">");
  html_table(to, map->view);
  buf_add_c(to, "</div></details></section>\n");
}

void report_maps(Buf *to, const Report *report) {
  for (uint32_t i = 0; i < report->map_count; i++) drawing(to, &report->maps[i]);
}
