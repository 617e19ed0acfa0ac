/* A checker that has seen a thousand other projects finds in each what a fresh one finds, and what it finds of single
 * files is what it finds of all of them. */
#include "check/check.h"

#include <stdlib.h>

#include "base/os.h"
#include "check.h"
#include "check/settle.h"

enum { CUTS = 14, TODAY = 20779, LATER = 400 };

typedef VEC(Str) Paths;

/* ---- maps ---- */

typedef struct {
  Arena *arena;
  Paths list;
} Found;

static void found_file(void *context, Str path) {
  Found *found = context;
  vec_push(&found->list, arena_copy(found->arena, path));
}

static Found all_maps(Arena *arena) {
  Found found = {.arena = arena};
  Str why;
  CHECK(os_walk(arena, JOURNEY_ROOT "/tests/data/check", STR(".journey"), found_file, &found, &why));
  CHECK(os_walk(arena, JOURNEY_ROOT "/examples", STR(".journey"), found_file, &found, &why));
  return found;
}

/* Without some lines, as when somebody edits: which, depends on the cut. */
static Str text_without(Arena *arena, Str path, size_t cut) {
  Str text = STR(""), why;
  Buf out = {0};
  os_read_file(arena, path.at, 1 << 20, &text, &why);
  for (size_t line = 0; text.len > 0; line++) {
    const char *end = memchr(text.at, '\n', text.len);
    size_t length = end ? (size_t)(end - text.at) + 1 : text.len;
    if (cut == 0 || line % CUTS != cut) buf_add(&out, str_slice(text, 0, length));
    text = str_slice(text, length, text.len);
  }
  return buf_take(&out, arena);
}

static Project *load(Arena *arena, Str path, Str text, int32_t today, int threads, bool later) {
  Str why = {0};
  ProjectOptions options = {
      .stdin_text = &text, .stdin_path = path, .today = today, .threads = threads, .later = later};
  Project *p = project_load(&options, arena, &why);
  CHECK(p != NULL);
  return p;
}

/* ---- what is found ---- */

static bool same_span(Span a, Span b) { return a.start == b.start && a.end == b.end; }

static bool same(const Diagnostic *a, const Diagnostic *b) {
  if (a->code != b->code || a->severity != b->severity || a->unit != b->unit || !same_span(a->span, b->span) ||
      !str_is(a->message, b->message) || !str_is(a->help, b->help) || a->related_count != b->related_count ||
      a->has_fix != b->has_fix || a->fix_is_sure != b->fix_is_sure || (a->own == NULL) != (b->own == NULL))
    return false;
  for (uint32_t i = 0; i < a->related_count; i++)
    if (a->related[i].unit != b->related[i].unit || !same_span(a->related[i].span, b->related[i].span) ||
        !str_is(a->related[i].text, b->related[i].text))
      return false;
  return !a->has_fix || (same_span(a->fix, b->fix) && str_is(a->replacement, b->replacement));
}

static bool same_list(const Diagnostics *a, const Diagnostics *b, Str path) {
  bool all = a->list.len == b->list.len;
  for (size_t i = 0; i < a->list.len && all; i++) all = same(&a->list.at[i], &b->list.at[i]);
  if (!all) printf(STR_FMT ": %zu and %zu findings\n", STR_ARG(path), a->list.len, b->list.len);
  return all;
}

/* What is said of the project as a whole, by scope = "project". */
static bool is_of_project(const Diagnostic *one) {
  return one->code == DIAG_SEGMENT_NO_EVIDENCE || one->code == DIAG_ONE_PERSONA;
}

static void leave_out_of_project(Diagnostics *all) {
  size_t kept = 0;
  for (size_t i = 0; i < all->list.len; i++)
    if (!is_of_project(&all->list.at[i])) all->list.at[kept++] = all->list.at[i];
  all->list.len = kept;
}

/* ---- settled ---- */

static void add_all(const Diagnostics *from, uint32_t unit, Diagnostics *to) {
  for (size_t i = 0; i < from->list.len; i++)
    if (unit == NONE || from->list.at[i].unit == unit) vec_push(&to->list, from->list.at[i]);
}

/* All that is said of one file (NONE: of all), but for event logs, metrics and what the project's own checks say. */
static Diagnostics gather(const Project *p, const Diagnostics *checked, uint32_t unit, Arena *arena) {
  Diagnostics all = {.arena = arena};
  for (uint32_t u = 0; u < p->unit_count; u++) add_all(&p->units[u]->diagnostics, unit, &all);
  add_all(&p->diagnostics, unit, &all);
  add_all(checked, unit, &all);
  return all;
}

static void leave_out_unused(Diagnostics *all) {
  size_t kept = 0;
  for (size_t i = 0; i < all->list.len; i++)
    if (all->list.at[i].code != DIAG_UNUSED_SILENCE) all->list.at[kept++] = all->list.at[i];
  all->list.len = kept;
}

/* File by file as all at once. */
static void settle_one(const Project *p, const Diagnostics *checked, Arena *arena, Str path) {
  Diagnostics whole = gather(p, checked, NONE, arena), files = {.arena = arena};
  diagnostics_settle(p, &whole);
  leave_out_unused(&whole);
  for (uint32_t u = 0; u < p->unit_count; u++) {
    Diagnostics one = gather(p, checked, u, arena);
    diagnostics_settle_file(p, u, &one);
    add_all(&one, NONE, &files);
    vec_free(&one.list);
  }
  CHECK(same_list(&whole, &files, path));
  vec_free(&whole.list);
  vec_free(&files.list);
}

/* ---- all of it ---- */

/* With what is wrong with the names in front of it, as a server does that links without saying it. */
static void check_later(Checker *kept, const Project *p, const Diagnostics *usual, Arena *arena, Str path) {
  Diagnostics found = {.arena = arena};
  CHECK(project_complains_later(p));
  for (uint32_t u = 0; u < p->unit_count; u++) {
    Diagnostics one = {.arena = arena};
    add_all(&p->units[u]->diagnostics, u, &one);
    add_all(&p->diagnostics, u, &one);
    project_complain(p, u, &one);
    size_t before = one.list.len;
    check_file(kept, p, u, &one);
    for (size_t i = before; i < one.list.len; i++) vec_push(&found.list, one.list.at[i]);
    vec_free(&one.list);
  }
  diagnostics_sort(&found);
  CHECK(same_list(usual, &found, path));
  vec_free(&found.list);
}

static size_t check_one(Checker *kept, const Project *p, const Project *later, Arena *arena, Str path) {
  Diagnostics first = {.arena = arena}, fresh = {.arena = arena}, files = {.arena = arena};
  Checker *new = checker_new();
  check_files(kept, p, &first);
  check_files(new, p, &fresh);
  CHECK(same_list(&first, &fresh, path));
  for (uint32_t u = 0; u < p->unit_count; u++) check_file(kept, p, u, &files);
  leave_out_of_project(&first);
  diagnostics_sort(&first);
  diagnostics_sort(&files);
  CHECK(same_list(&first, &files, path));
  settle_one(p, &fresh, arena, path);
  check_later(kept, later, &files, arena, path);
  size_t count = fresh.list.len;
  checker_free(new);
  vec_free(&first.list);
  vec_free(&fresh.list);
  vec_free(&files.list);
  return count;
}

static void many_projects(void) {
  Arena *arena = arena_new();
  Checker *checker = checker_new();
  Found maps = all_maps(arena);
  size_t projects = 0, findings = 0;
  for (size_t cut = 0; cut < CUTS; cut++)
    for (size_t i = 0; i < maps.list.len; i++, projects++) {
      Arena *own = arena_new();
      Str path = maps.list.at[i], text = text_without(own, path, cut);
      int32_t today = cut < CUTS / 2 ? TODAY : TODAY + LATER;
      int threads = 1 + (int)(i % 2);
      Project *p = load(own, path, text, today, threads, false), *later = load(own, path, text, today, threads, true);
      if (p && later) findings += check_one(checker, p, later, own, path);
      project_free(p);
      project_free(later);
      arena_free(own);
    }
  CHECK(projects >= 1000 && findings > projects);
  checker_free(checker);
  vec_free(&maps.list);
  arena_free(arena);
}

/* A pain and the opportunity that solves it stand in files of one family of variants, whichever of them is checked. */
static void families(void) {
  static const char base[] = "journey now \"Now\" {\n stage s \"S\" {\n  touchpoint t \"T\" via web {\n"
                             "   pain one \"One\" { severity high }\n   pain two \"Two\" { severity low }\n"
                             "   pain open \"Open\" { severity high }\n  }\n }\n opportunity b \"B\" solves two\n}\n";
  static const char variant[] = "use \"base.journey\"\njourney later \"Later\" extends now {\n"
                                " change two { severity high }\n change t { pain own \"Own\" { severity high } }\n"
                                " opportunity v \"V\" solves one\n}\n";
  static const char *const paths[] = {"/p/base.journey", "/p/variant.journey"};
  const ProjectText texts[] = {{str_of(paths[0]), str_of(base)}, {str_of(paths[1]), str_of(variant)}};
  Arena *arena = arena_new();
  Checker *checker = checker_new();
  Str why = {0};
  ProjectOptions options = {.paths = paths, .path_count = 2, .texts = texts, .text_count = 2, .only_texts = true};
  Project *p = project_load(&options, arena, &why);
  CHECK(p != NULL && p->journey_count == 2);
  for (uint32_t u = 1; p && u <= 2; u++) {
    Diagnostics found = {.arena = arena};
    size_t unsolved = 0;
    check_file(checker, p, u, &found);
    for (size_t i = 0; i < found.list.len; i++) {
      if (found.list.at[i].code != DIAG_PAIN_NO_OPPORTUNITY) continue;
      unsolved++;
      CHECK(strstr(found.list.at[i].help.at, u == 1 ? "solves open" : "solves own") != NULL);
    }
    CHECK(unsolved == 1);
    vec_free(&found.list);
  }
  project_free(p);
  checker_free(checker);
  arena_free(arena);
}

int main(void) {
  many_projects();
  families();
  return CHECK_DONE();
}
