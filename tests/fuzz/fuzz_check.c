/* Whatever bytes come as a file: it is read, lowered, linked, checked, drawn in every way, planned, followed and
 * compared, without a crash or a leak; and it never differs from itself. */
#include <stdlib.h>

#include "check/check.h"
#include "check/settle.h"
#include "metric/metric.h"
#include "view/differences.h"
#include "write/diagnostics_json.h"
#include "write/diagnostics_text.h"
#include "write/differences.h"
#include "write/html.h"
#include "write/json.h"
#include "write/markdown.h"
#include "write/mermaid.h"
#include "write/paths.h"
#include "write/plan.h"
#include "write/report_html.h"
#include "write/svg.h"
#include "write/terminal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { TODAY = 20700, MOST_DRAWN = 8 };

static void draw(const Project *p, const Journey *journey, Arena *arena) {
  static const TerminalStyle wide = {.width = 120, .colour = true}, narrow = {.width = 40, .ascii = true};
  Buf out = {0};
  const View *view = view_new(p, journey, NULL, arena);
  view_summary(view, arena);
  svg_write(view, &out);
  html_write(view, &out);
  markdown_write(view, &out);
  mermaid_write(view, &out);
  terminal_write(view, wide, &out);
  terminal_write(view, narrow, &out);
  json_write(p, journey, NULL, &out);
  buf_free(&out);
}

static void follow(const Project *p, const Journey *journey, Arena *arena) {
  static const TerminalStyle style = {.width = 100};
  Buf out = {0};
  JourneyPaths paths = {.flows = flows_of(p, journey, arena)};
  if (journey->base) paths.base = flows_of(p, journey->base, arena);
  paths_write_text(p, &paths, style, &out);
  paths_write_json(p, &paths, 1, &out);
  paths_write_csv(p, &paths, 1, &out);
  buf_free(&out);
}

/* The plan and the report, which are of several journeys. */
static void sum_up(const Project *p, Arena *arena) {
  static const TerminalStyle style = {.width = 100};
  const Journey *journeys[MOST_DRAWN];
  uint32_t count = 0;
  for (; count < p->journey_count && count < MOST_DRAWN; count++) journeys[count] = &p->journeys[count];
  if (count == 0) return;
  Buf out = {0};
  const Plan *plan = plan_new(p, journeys, count, (PlanOptions){.all = true}, arena);
  plan_write_text(plan, style, &out);
  plan_write_csv(plan, &out);
  plan_write_markdown(plan, &out);
  plan_write_json(plan, &out);
  report_write_html(report_new(p, journeys, count, NULL, arena), &out);
  buf_free(&out);
}

static void check(const Project *p, Arena *arena) {
  Diagnostics all = {.arena = arena};
  Buf out = {0};
  for (uint32_t u = 0; u < p->unit_count; u++)
    for (size_t i = 0; i < p->units[u]->diagnostics.list.len; i++)
      vec_push(&all.list, p->units[u]->diagnostics.list.at[i]);
  for (size_t i = 0; i < p->diagnostics.list.len; i++) vec_push(&all.list, p->diagnostics.list.at[i]);
  check_project(p, NULL, &all);
  metrics_check(p, NULL, &all);
  diagnostics_settle(p, &all);
  diagnostics_write_text(p, &all, (DiagnosticsStyle){.colour = true, .width = 60}, &out);
  diagnostics_write_json(p, &all, &out);
  json_write(p, NULL, NULL, &out);
  vec_free(&all.list);
  buf_free(&out);
}

static Project *load(Str text, Arena *arena) {
  Str why = {0};
  ProjectOptions options = {.stdin_text = &text, .stdin_path = STR("map.journey"), .today = TODAY, .threads = 1};
  return project_load(&options, arena, &why);
}

static void tell(const Comparison *comparison, Arena *arena) {
  static const TerminalStyle style = {.width = 60, .colour = true};
  Differences differences = {comparison, STR("before"), STR("after")};
  Buf out = {0};
  differences_write_text(&differences, style, &out);
  differences_write_markdown(&differences, &out);
  differences_write_json(&differences, &out);
  for (uint32_t i = 0; i < comparison->journey_count && i < MOST_DRAWN; i++)
    if (comparison->journeys[i].is)
      svg_write(view_of_difference(comparison, &comparison->journeys[i], STR("before"), NULL, NULL, arena), &out);
  buf_free(&out);
}

/* With itself, with what the first half of the bytes says, and its journeys with one another. */
static void compare(const Project *p, Str text, Arena *arena) {
  if (differences_any(compare_projects(p, p, arena))) abort();
  Project *half = load(str_slice(text, 0, text.len / 2), arena);
  if (half) tell(compare_projects(half, p, arena), arena);
  project_free(half);
  for (uint32_t i = 1; i < p->journey_count && i < MOST_DRAWN; i++)
    tell(compare_journeys(p, &p->journeys[0], p, &p->journeys[i], arena), arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Arena *arena = arena_new();
  Str text = {size > 0 ? (const char *)data : "", size};
  Project *p = load(text, arena);
  if (p) {
    check(p, arena);
    for (uint32_t i = 0; i < p->journey_count && i < MOST_DRAWN; i++) {
      draw(p, &p->journeys[i], arena);
      follow(p, &p->journeys[i], arena);
    }
    sum_up(p, arena);
    compare(p, text, arena);
  }
  project_free(p);
  arena_free(arena);
  return 0;
}
