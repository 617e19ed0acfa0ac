/* Measures that state no value: what was counted for them, in words and on the map. */
#include "check.h"
#include "sample_figures.h"
#include "view/figure_words.h"
#include "write/html.h"
#include "write/json.h"
#include "write/markdown.h"
#include "write/report_html.h"
#include "write/svg.h"
#include "write/terminal.h"

static const char source[] = "evidence survey \"Exit survey\" { method survey }\n"
                             "journey leaving \"Leaving\" {\n"
                             "  measure nps target -20 from survey\n"
                             "  stage s \"Pays\" {\n"
                             "    measure csat target 80% from survey\n"
                             "    touchpoint t \"Pays\" {\n"
                             "      measure churn target 15% from survey\n"
                             "      measure time-to-value target 45d from survey\n"
                             "      measure ces from survey\n"
                             "      measure ces target 5 from survey\n"
                             "      measure ces 6 from survey\n"
                             "    }\n"
                             "  }\n"
                             "}\n";

static Str words(ValueType kind, double value, double low, double high, Arena *arena) {
  return quantity_text_within((Quantity){kind, value, STR("")}, low, high, arena);
}

/* Published: NPS and the shares of the vectors in docs/; the rest is the rule of figure_words.h. */
static void check_words(Arena *arena) {
  CHECK_STR(words(V_NUMBER, -35.897, -60.97, -10.83, arena), "−36 ± 25");
  CHECK_STR(words(V_SHARE, 0.57778, 0.5047, 0.6476, arena), "58 ± 7%");
  CHECK_STR(words(V_SHARE, 0.20513, 0.1078, 0.3553, arena), "21% (11 to 36%)");
  CHECK_STR(words(V_SHARE, 0, 0, 0.2775, arena), "0% (0 to 28%)");
  CHECK_STR(words(V_SHARE, 1, 0.7225, 1, arena), "100% (72 to 100%)");
  CHECK_STR(words(V_SHARE, 0.4, 0.399, 0.401, arena), "40.00 ± 0.10%");
  CHECK_STR(words(V_NUMBER, 4.2143, 4.0743, 4.3543, arena), "4.21 ± 0.14");
  CHECK_STR(words(V_NUMBER, 4.2143, 3.8143, 4.6143, arena), "4.2 ± 0.4");
  CHECK_STR(words(V_NUMBER, 12345, 8889, 15801, arena), "12000 ± 3000");
  CHECK_STR(words(V_NUMBER, -0.2, -1.2, 0.8, arena), "−0.2 ± 1.0");
  CHECK_STR(words(V_NUMBER, 0.2, -30, 30.4, arena), "0 ± 30");
  CHECK_STR(words(V_DURATION, 135734, 119804, 151664, arena), "94 ± 11 days");
  CHECK_STR(words(V_DURATION, 30, 26, 34, arena), "30 ± 4 min");
  CHECK_STR(words(V_NUMBER, 4.33333, NAN, NAN, arena), "4.33");
  CHECK_STR(words(V_SHARE, 0.61538, NAN, NAN, arena), "61.5%");
  CHECK_STR(words(V_NUMBER, 5, 5, 5, arena), "5"); /* all gave the same answer: no margin is known */
  CHECK_STR(quantity_text_within((Quantity){V_MONEY, 40.2, STR("€")}, 36, 44.4, arena), "€40 ± 4");
  CHECK_STR(quantity_text_within((Quantity){V_MONEY, 40.2, STR("USD")}, 36, 60, arena), "40 USD (36 to 60)");
  CHECK_STR(figure_n(39, arena), "n 39");
  CHECK_STR(figure_n(1234, arena), "n 1234");
  CHECK_STR(figure_n(31106, arena), "n 31,106");
}

static void check_view(const View *view) {
  const Entry *nps = &view->measures[0], *csat = &view->stages[0].measures[0];
  CHECK_STR(nps->text, "Net Promoter Score −36 ± 25, n 39");
  CHECK_STR(nps->label, "target −20, too close to tell at n 39");
  CHECK(nps->level == 0 && nps->count && nps->count->trend_count == 24);
  CHECK_STR(nps->details, "From Exit survey; promoters 9 and 10, detractors 0 to 6; interval at 95%");
  CHECK_STR(csat->value, "58 ± 7%");
  CHECK(csat->level == 1);
  const Cell *cell = NULL;
  for (uint32_t i = 0; i < view->lane_count; i++)
    if (view->lanes[i].shows == K_MEASURE) cell = &view->lanes[i].cells[0];
  CHECK(cell && cell->count == 5);
  if (!cell || cell->count != 5) return;
  CHECK(cell->entries[0].count->stale && cell->entries[0].level == 1);
  CHECK(strstr(cell->entries[0].details.at, "out of date") != NULL);
  CHECK_STR(cell->entries[1].value, "94 ± 11 days");
  CHECK_STR(cell->entries[2].value, "not counted");
  CHECK_STR(cell->entries[2].count->failure, "no row matches");
  CHECK_STR(cell->entries[4].text, "Customer Effort Score 6"); /* stated: nothing is counted */
  CHECK(!cell->entries[4].count);
}

static void check_spark(Arena *arena) {
  ViewPoint points[] = {{.value = 0}, {.value = 1}, {.value = NAN}, {.value = 7}};
  ViewCount count = {.trend = points, .trend_count = 4};
  points[0].period = STR("2026-01"), points[1].period = points[2].period = STR("2026-02");
  points[3].period = STR("2026-04");
  CHECK_STR(figure_spark(&count, 9, false, arena), "▁▂ █ 2026-01 to 2026-04");
  CHECK_STR(figure_spark(&count, 9, true, arena), "__ ' 2026-01 to 2026-04");
  CHECK_STR(figure_spark(&count, 1, false, arena), "▅ 2026-04 to 2026-04");
  count.trend_count = 1;
  CHECK_STR(figure_spark(&count, 9, false, arena), "");
}

static bool has(const Buf *buf, const char *text) { return strstr(buf->at, text) != NULL; }

/* The hatching is there where something is out of date, and only there. */
static void check_drawing(const View *view, const View *bare) {
  Buf out = {0};
  svg_write(view, &out);
  buf_add_byte(&out, '\0');
  CHECK(has(&out, "<pattern id=\"hatch\"") && has(&out, "fill=\"url(#hatch)\"") && has(&out, ">out of date<"));
  CHECK(has(&out, ">n 39 · promoters 9 and 10"));
  CHECK(has(&out, "too close to"));
  out.len = 0;
  html_write(view, &out);
  buf_add_byte(&out, '\0');
  CHECK(has(&out, "2025-01 to 2026-12</small></summary>") && has(&out, "interval at 95%; out of date"));
  out.len = 0;
  svg_write(bare, &out);
  buf_add_byte(&out, '\0');
  CHECK(!has(&out, "hatch") && has(&out, "not counted"));
  buf_free(&out);
}

static void check_texts(const Project *project, const View *view, const Figures *figures) {
  Buf out = {0};
  terminal_write(view, (TerminalStyle){.width = 100}, &out);
  buf_add_byte(&out, '\0');
  CHECK(has(&out, "△ out of date") && has(&out, "█ 2025-01 to 2026-12"));
  out.len = 0;
  json_write(project, NULL, figures, &out);
  buf_add_byte(&out, '\0');
  CHECK(has(&out, "\"share\": 0.57778") && has(&out, "\"low\": 0.5047") &&
        has(&out, "\"failure\": \"no row matches\""));
  buf_free(&out);
}

/* Words and periods come from Lua files: whatever they hold, nothing in the page is theirs, and a trend without end is
 * cut. */
static void check_hostile(const Project *project, const Figures *figures, Arena *arena) {
  enum { POINTS = 5000 };
  Figure *list = ARENA_ARRAY(arena, Figure, figures->count);
  memcpy(list, figures->list, figures->count * sizeof *list);
  FigurePoint *points = ARENA_ARRAY(arena, FigurePoint, POINTS);
  for (int i = 0; i < POINTS; i++)
    points[i] = (FigurePoint){
        .period = STR("<i>|a\xFF\n"), .value = i % 3 ? (double)i : (double)NAN, .low = -1e300, .high = 1e300};
  list[0].how = STR("<i>*b*|\n# c");
  list[0].trend = points;
  list[0].trend_count = POINTS;
  list[4].failure = STR("<i>");
  const View *view = view_new(project, &project->journeys[0], &(Figures){.list = list, .count = figures->count}, arena);
  CHECK(view->measures[0].count->trend_count == VIEW_MOST_PERIODS);
  Buf out = {0};
  html_write(view, &out);
  svg_write(view, &out);
  const Journey *journeys[] = {&project->journeys[0]};
  Figures wrong = {.list = list, .count = figures->count};
  report_write_html(report_new(project, journeys, 1, &wrong, arena), &out);
  buf_add_byte(&out, '\0');
  CHECK(!has(&out, "<i>|") && !has(&out, "<i>*") && !has(&out, "<i><") && has(&out, "&lt;i&gt;"));
  out.len = 0;
  markdown_write(view, &out);
  buf_add_byte(&out, '\0');
  CHECK(!has(&out, "<i>") && !has(&out, "\n# c"));
  out.len = 0;
  terminal_write(view, (TerminalStyle){.width = 60}, &out);
  CHECK(out.len < 100000);
  buf_free(&out);
}

int main(void) {
  Arena *arena = arena_new();
  Str text = str_of(source), why = {0};
  ProjectOptions options = {.stdin_text = &text, .stdin_path = STR("test.journey"), .today = 20800, .threads = 1};
  Project *project = project_load(&options, arena, &why);
  CHECK(project != NULL);
  if (!project) return CHECK_DONE();
  const Figures *figures = sample_figures(project, arena);
  const View *view = view_new(project, &project->journeys[0], figures, arena);
  check_words(arena);
  check_view(view);
  check_spark(arena);
  check_drawing(view, view_new(project, &project->journeys[0], NULL, arena));
  check_texts(project, view, figures);
  check_hostile(project, figures, arena);
  project_free(project);
  arena_free(arena);
  return CHECK_DONE();
}
