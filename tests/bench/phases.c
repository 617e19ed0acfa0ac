/* phases PATH [THREADS] : a file or a folder, all in one process: where the time of `check` goes, and that of what is
 * made of a map. Prints a line for each phase: its name and its milliseconds, the median of some runs. `syntax` and
 * `lowering` are of one thread; `reading` is all that loading does before it links, on THREADS of them (1), as are the
 * phases of linking and the rules. `rules-kept` are those that a server runs after an edit, `rules-file` those of the
 * largest file alone. */
#include <stdio.h>
#include <stdlib.h>

#include "base/os.h"
#include "check/check.h"
#include "check/settle.h"
#include "format/format.h"
#include "metric/metric.h"
#include "project/link.h"
#include "project/scope.h"
#include "syntax/syntax.h"
#include "view/view.h"
#include "write/diagnostics_text.h"
#include "write/html.h"

enum { MOST_RUNS = 9, MAPS_DRAWN = 100, TODAY = 20778 };

typedef struct {
  const char *path;
  int threads;
  Project *project;
  uint32_t largest; /* unit */
  Checker *checker;
  Diagnostics found; /* what the rules say */
} Case;

/* ---- what is measured ---- */

static Project *load(Case *c, Arena *arena) {
  Str why = {0};
  ProjectOptions options = {.paths = &c->path, .path_count = 1, .today = TODAY, .threads = c->threads};
  Project *project = project_load(&options, arena, &why);
  if (project) return project;
  fprintf(stderr, STR_FMT "\n", STR_ARG(why));
  exit(2);
}

static void run_load(Case *c) {
  Arena *arena = arena_new();
  project_free(load(c, arena));
  arena_free(arena);
}

static void run_syntax(Case *c) {
  for (uint32_t u = 1; u < c->project->unit_count; u++)
    syntax_free(syntax_parse(c->project->units[u]->source.text, true));
}

static void run_units(Case *c) {
  for (uint32_t u = 1; u < c->project->unit_count; u++)
    unit_free(unit_new(arena_new(), c->project->units[u]->source, u));
}

static void run_names(Case *c) { scope_new(c->project); }
static void run_journeys(Case *c) { link_journeys(c->project); }

static void run_steps(Case *c) { /* only journeys without steps get them */
  link_journeys(c->project);
  link_steps(c->project);
}

static void run_complain(Case *c) {
  link_complain(c->project);
  c->project->diagnostics.list.len = 0;
}

static void run_rules(Case *c) {
  Arena *arena = arena_new();
  Diagnostics found = {.arena = arena};
  check_project(c->project, NULL, &found);
  metrics_check(c->project, NULL, &found);
  diagnostics_sort(&found);
  vec_free(&found.list);
  arena_free(arena);
}

/* As a server does it after an edit: the Lua states are there already. */
static void run_kept(Case *c) {
  Arena *arena = arena_new();
  Diagnostics found = {.arena = arena};
  check_files(c->checker, c->project, &found);
  vec_free(&found.list);
  arena_free(arena);
}

static void run_file(Case *c) {
  Arena *arena = arena_new();
  Diagnostics found = {.arena = arena};
  check_file(c->checker, c->project, c->largest, &found);
  diagnostics_settle_file(c->project, c->largest, &found);
  vec_free(&found.list);
  arena_free(arena);
}

static void run_words(Case *c) {
  Buf out = {0};
  diagnostics_write_text(c->project, &c->found, (DiagnosticsStyle){0}, &out);
  buf_free(&out);
}

static void run_format(Case *c) {
  for (uint32_t u = 1; u < c->project->unit_count; u++) {
    Arena *arena = arena_new();
    format_text(arena, c->project->units[u]->source.text);
    arena_free(arena);
  }
}

static void run_draw(Case *c) {
  for (uint32_t i = 0; i < c->project->journey_count && i < MAPS_DRAWN; i++) {
    Arena *arena = arena_new();
    Buf out = {0};
    html_write(view_new(c->project, &c->project->journeys[i], NULL, arena), &out);
    buf_free(&out);
    arena_free(arena);
  }
}

/* ---- the clock ---- */

static int by_size(const void *a, const void *b) {
  double difference = *(const double *)a - *(const double *)b;
  return difference < 0 ? -1 : difference > 0;
}

static double milliseconds(void (*run)(Case *), Case *c) {
  double times[MOST_RUNS];
  for (int i = 0; i < MOST_RUNS; i++) {
    double start = os_clock();
    run(c);
    times[i] = (os_clock() - start) * 1000;
  }
  qsort(times, MOST_RUNS, sizeof *times, by_size);
  return times[MOST_RUNS / 2];
}

static void print(const char *phase, double ms) { printf("%s %.3f\n", phase, ms > 0 ? ms : 0); }

static void measure(Case *c) {
  double syntax = milliseconds(run_syntax, c), units = milliseconds(run_units, c), all = milliseconds(run_load, c);
  double names = milliseconds(run_names, c), journeys = milliseconds(run_journeys, c);
  double steps = milliseconds(run_steps, c) - journeys, links = milliseconds(run_complain, c);
  uint32_t maps = c->project->journey_count < MAPS_DRAWN ? c->project->journey_count : MAPS_DRAWN;
  print("syntax", syntax);
  print("lowering", units - syntax);
  print("reading", all - names - journeys - steps - links);
  print("names", names);
  print("journeys", journeys);
  print("steps", steps);
  print("links", links);
  print("rules", milliseconds(run_rules, c));
  print("rules-kept", milliseconds(run_kept, c));
  print("rules-file", milliseconds(run_file, c));
  print("words", milliseconds(run_words, c));
  print("formatting", milliseconds(run_format, c));
  print("drawing", maps ? milliseconds(run_draw, c) / maps : 0); /* of one map */
}

int main(int count, char **arguments) {
  if (count < 2 || count > 3) return fprintf(stderr, "phases PATH [THREADS]\n"), 2;
  Arena *arena = arena_new();
  Case c = {.path = arguments[1], .threads = count > 2 ? atoi(arguments[2]) : 1};
  c.project = load(&c, arena);
  c.found.arena = arena;
  check_project(c.project, NULL, &c.found);
  diagnostics_sort(&c.found);
  c.checker = checker_new();
  for (uint32_t u = 1; u < c.project->unit_count; u++)
    if (c.project->units[u]->source.text.len > c.project->units[c.largest]->source.text.len || c.largest == 0)
      c.largest = u;
  measure(&c);
  checker_free(c.checker);
  vec_free(&c.found.list);
  project_free(c.project);
  arena_free(arena);
  return 0;
}
