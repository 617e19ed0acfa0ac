/* edit PATH [KEYS] : the project at PATH, of which the first map is under edit, as a language server does it: each key
 * types a letter into a title somewhere in it, or takes it away again. Prints a line for each phase of an answer: its
 * name, the median and the 99th percentile in milliseconds. `reading` is syntax and lowering; `lone` the same as if
 * nothing had been kept; `linking` makes the project anew without what is wrong with it; `complaining` says that of the
 * edited file, `all` of all files; `loading` is of the whole project with all units given; `broken` and `mended` are
 * reading where a brace that nobody closes is typed, and while it stays. */
#include <stdio.h>
#include <stdlib.h>

#include "base/os.h"
#include "project/project.h"

enum { TODAY = 20778, USUAL_KEYS = 60 };

typedef struct {
  const char *name;
  VEC(double) times;
} Phase;

typedef struct {
  const char *path;
  Project *project;
  Arena *arena; /* its own */
  UnitKeep *keep;
  Buf text;
  Unit *unit; /* of the text */
} Session;

static uint64_t state = 88172645463325252ull;

static uint32_t below(uint32_t limit) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return (uint32_t)(state >> 33) % limit;
}

static double clock_from;
static void start(void) { clock_from = os_clock(); }
static void stop(Phase *phase) { vec_push(&phase->times, (os_clock() - clock_from) * 1000); }

static int by_size(const void *a, const void *b) {
  double difference = *(const double *)a - *(const double *)b;
  return difference < 0 ? -1 : difference > 0;
}

static void print(Phase *phase) {
  size_t count = phase->times.len;
  if (count == 0) return;
  qsort(phase->times.at, count, sizeof *phase->times.at, by_size);
  printf("%-12s %9.3f %9.3f\n", phase->name, phase->times.at[count / 2], phase->times.at[count * 99 / 100]);
  vec_free(&phase->times);
}

/* ---- edits ---- */

static void splice(Session *s, size_t at, size_t cut, Str piece) {
  Buf after = {0};
  Str text = buf_str(&s->text);
  buf_add(&after, str_slice(text, 0, at));
  buf_add(&after, piece);
  buf_add(&after, str_slice(text, at + cut, text.len));
  buf_free(&s->text);
  s->text = after;
}

/* Behind the first quote of a line somewhere, not of what is imported. */
static size_t in_a_title(const Session *s) {
  size_t at = 40 + below((uint32_t)s->text.len - 40);
  while (at < s->text.len && !(s->text.at[at] == '"' && s->text.at[at - 1] == ' ')) at++;
  return at < s->text.len ? at + 1 : in_a_title(s);
}

static size_t at_a_line(const Session *s) {
  size_t at = 40 + below((uint32_t)s->text.len / 2);
  while (s->text.at[at - 1] != '\n') at++;
  return at;
}

static Unit *read_again(Session *s, UnitKeep *keep) {
  Arena *arena = arena_new();
  const Unit *old = s->project->units[1];
  Source source = {arena_copy(arena, old->source.path), arena_copy(arena, buf_str(&s->text))};
  return keep ? unit_new_edited(keep, arena, source, 1) : unit_new(arena, source, 1);
}

static void link_again(Session *s) {
  Arena *arena = arena_new();
  Project *next = project_edited(s->project, &s->unit, 1, NULL, 0, arena);
  project_free(s->project);
  arena_free(s->arena);
  s->project = next;
  s->arena = arena;
}

static void complain(const Session *s, uint32_t first, uint32_t end) {
  for (uint32_t u = first; u < end; u++) {
    Diagnostics found = {.arena = arena_new()};
    project_complain(s->project, u, &found);
    vec_free(&found.list);
    arena_free(found.arena);
  }
}

static Unit *given(void *context, Str path, uint32_t number) {
  const Project *project = context;
  return number < project->unit_count && str_is(project->units[number]->source.path, path)
             ? unit_share(project->units[number])
             : NULL;
}

static Project *load(const char *path, const Project *from, Arena *arena) {
  Str why = {0};
  ProjectOptions options = {.paths = &path, .path_count = 1, .today = TODAY, .threads = 2, .later = true};
  if (from) options.unit = given, options.unit_context = (void *)from;
  Project *project = project_load(&options, arena, &why);
  if (project) return project;
  fprintf(stderr, STR_FMT "\n", STR_ARG(why));
  exit(2);
}

static void key(Session *s, size_t at, size_t cut, Str piece, Phase *reading) {
  splice(s, at, cut, piece);
  start();
  Unit *unit = read_again(s, s->keep);
  stop(reading);
  unit_free(s->unit);
  s->unit = unit;
}

static void measure(Session *s, int keys) {
  Phase reading = {"reading", {0}}, lone = {"lone", {0}}, linking = {"linking", {0}}, loading = {"loading", {0}};
  Phase complaining = {"complaining", {0}}, all = {"all", {0}}, broken = {"broken", {0}}, mended = {"mended", {0}};
  for (int i = 0; i < keys; i++) {
    size_t at = in_a_title(s);
    for (int back = 0; back < 2; back++) {
      key(s, at, back ? 1 : 0, back ? STR("") : STR("x"), &reading);
      start();
      link_again(s);
      stop(&linking);
      start();
      complain(s, 1, 2);
      stop(&complaining);
    }
  }
  for (int i = 0; i < 5; i++) {
    size_t at = at_a_line(s), title = in_a_title(s);
    key(s, at, 0, STR("{ "), &broken);
    for (int j = 0; j < 5; j++) key(s, title, 0, STR("x"), &mended);
    key(s, title, 5, STR(""), &mended);
    key(s, title > at ? at : at, 2, STR(""), &broken);
    start();
    unit_free(read_again(s, NULL));
    stop(&lone);
    start();
    complain(s, 0, s->project->unit_count);
    stop(&all);
    Arena *arena = arena_new();
    start();
    Project *again = load(s->path, s->project, arena);
    stop(&loading);
    project_free(again);
    arena_free(arena);
  }
  Phase *phases[] = {&reading, &linking, &complaining, &all, &loading, &lone, &broken, &mended};
  for (size_t i = 0; i < sizeof phases / sizeof *phases; i++) print(phases[i]);
}

int main(int count, char **arguments) {
  if (count < 2 || count > 3) return fprintf(stderr, "edit PATH [KEYS]\n"), 2;
  Session s = {.path = arguments[1], .keep = unit_keep_new(), .arena = arena_new()};
  s.project = load(s.path, NULL, s.arena);
  buf_add(&s.text, s.project->units[1]->source.text);
  s.unit = read_again(&s, s.keep);
  measure(&s, count > 2 ? atoi(arguments[2]) : USUAL_KEYS);
  unit_free(s.unit);
  unit_keep_free(s.keep);
  project_free(s.project);
  arena_free(s.arena);
  buf_free(&s.text);
  return 0;
}
