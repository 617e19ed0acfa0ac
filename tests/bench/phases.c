/* phases FILE : one file, all in one process: how long reading its syntax, lowering, linking, checking, formatting and
 * drawing take. Prints seven numbers: the milliseconds of each, medians, and the count of journeys drawn. */
#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "base/os.h"
#include "check/check.h"
#include "format/format.h"
#include "syntax/syntax.h"
#include "view/view.h"
#include "write/html.h"

enum { MOST_RUNS = 9, TODAY = 20778 };

typedef struct {
  const char *path;
  Str text;
  Project *project;
  uint32_t journeys;
} Case;

static void run_parse(Case *c) { syntax_free(syntax_parse(c->text, true)); }

static void run_unit(Case *c) {
  Arena *arena = arena_new();
  unit_free(unit_new(arena, (Source){str_of(c->path), c->text}, 0));
}

static void run_load(Case *c) {
  Arena *arena = arena_new();
  Str why;
  project_free(
      project_load(&(ProjectOptions){.paths = &c->path, .path_count = 1, .today = TODAY, .threads = 1}, arena, &why));
  arena_free(arena);
}

static void run_check(Case *c) {
  Arena *arena = arena_new();
  Diagnostics found = {.arena = arena};
  check_project(c->project, &found);
  vec_free(&found.list);
  arena_free(arena);
}

static void run_format(Case *c) {
  Arena *arena = arena_new();
  format_text(arena, c->text);
  arena_free(arena);
}

static void run_draw(Case *c) {
  for (c->journeys = 0; c->journeys < c->project->journey_count && c->journeys < 100; c->journeys++) {
    Arena *arena = arena_new();
    Buf out = {0};
    html_write(view_new(c->project, &c->project->journeys[c->journeys], arena), &out);
    buf_free(&out);
    arena_free(arena);
  }
}

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

int main(int count, char **arguments) {
  if (count != 2) return fprintf(stderr, "phases FILE\n"), 2;
  Arena *arena = arena_new();
  Case c = {.path = arguments[1]};
  Str why = {0};
  if (!os_read_file(arena, c.path, LIMIT_FILE_BYTES, &c.text, &why))
    return fprintf(stderr, STR_FMT "\n", STR_ARG(why)), 2;
  c.project =
      project_load(&(ProjectOptions){.paths = &c.path, .path_count = 1, .today = TODAY, .threads = 1}, arena, &why);
  if (!c.project) return fprintf(stderr, STR_FMT "\n", STR_ARG(why)), 2;
  double parse = milliseconds(run_parse, &c), unit = milliseconds(run_unit, &c), load = milliseconds(run_load, &c);
  double check = milliseconds(run_check, &c), format = milliseconds(run_format, &c), draw = milliseconds(run_draw, &c);
  printf("%.3f %.3f %.3f %.3f %.3f %.3f %u\n", parse, unit - parse, load - unit, check, format, draw, c.journeys);
  project_free(c.project);
  arena_free(arena);
  return 0;
}
