/* The formatter: goldens in tests/data/format, its promises on every .journey file there is and on broken copies. */
#include <stdlib.h>

#include "base/os.h"
#include "check.h"
#include "format_properties.h"

typedef struct {
  Arena *arena;
  VEC(Str) paths;
} Files;

static void add_path(void *context, Str path) {
  Files *files = context;
  vec_push(&files->paths, path);
}

static Str read_text(Arena *arena, Str path) {
  Str text = STR(""), why = STR("");
  if (!os_read_file(arena, arena_copy(arena, path).at, 1u << 26, &text, &why)) {
    check_failures++;
    fprintf(stderr, STR_FMT ": " STR_FMT "\n", STR_ARG(path), STR_ARG(why));
  }
  return text;
}

static bool check_promises(Str path, Str text) {
  const char *fault = format_fault(text);
  if (!fault) return true;
  check_failures++;
  fprintf(stderr, STR_FMT ": does not hold: %s. Of\n" STR_FMT "\n---\n", STR_ARG(path), fault, STR_ARG(text));
  return false;
}

/* ---- goldens: NAME.journey becomes NAME.formatted ---- */

static void check_golden(Arena *arena, Str path) {
  Str stem = str_slice(path, 0, path.len - strlen(".journey"));
  Str expected = read_text(arena, arena_format(arena, STR_FMT ".formatted", STR_ARG(stem)));
  Formatted got = format_text(arena, read_text(arena, path));
  if (str_is(got.text, expected)) return;
  fprintf(stderr, "in " STR_FMT ":\n", STR_ARG(path));
  check_str(got.text, expected.at, __FILE__, __LINE__);
}

/* ---- broken copies: the same ones in every run ---- */

static uint64_t random_state = 20261122;
static size_t random_below(size_t limit) {
  random_state ^= random_state << 13;
  random_state ^= random_state >> 7;
  random_state ^= random_state << 17;
  return limit ? (size_t)(random_state % limit) : 0;
}

static const char *const pieces[] = {"{",
                                     "}",
                                     " { ",
                                     " }",
                                     "\n",
                                     "\r\n",
                                     "\r",
                                     "\n\n\n",
                                     "\"",
                                     "\"\"\"",
                                     "\"\"\"\n",
                                     "//",
                                     " // why\n",
                                     "///",
                                     ",",
                                     " , ",
                                     "->",
                                     "\t",
                                     "  ",
                                     "\xC2\xA0",
                                     "\xE2\x80\x8F",
                                     "\xE2\x88\x92",
                                     "\xE2\x89\xA5",
                                     "\xE2\x80\x9C",
                                     "\xE2\x80\x9D",
                                     "\\",
                                     "-",
                                     "%",
                                     ":",
                                     "#",
                                     "5 %",
                                     "\xFF",
                                     "{ feels -2 \"x\" } ",
                                     "stage x",
                                     "\na 1 // b\n",
                                     "\"x\"",
                                     "\xEF\xBB\xBF",
                                     "a.b",
                                     "3d",
                                     "2026-11-22",
                                     "->\n",
                                     ">=",
                                     "\xE2\x86\x92"};

/* Takes out, doubles or adds a few bytes or pieces. */
static Str break_text(Arena *arena, Str text) {
  Buf out = {0};
  size_t at = random_below(text.len + 1), len = random_below(random_below(4) ? 4 : 200);
  if (len > text.len - at) len = text.len - at;
  buf_add(&out, str_slice(text, 0, at));
  switch (random_below(4)) {
    case 0: break;
    case 1: buf_repeat(&out, str_slice(text, at, at + len), 2); break;
    default:
      buf_add_c(&out, pieces[random_below(sizeof pieces / sizeof *pieces)]);
      buf_add(&out, str_slice(text, at, at + len));
  }
  buf_add(&out, str_slice(text, at + len, text.len));
  return buf_take(&out, arena);
}

/* A window of a few hundred bytes, so that many copies are tried in little time. */
static void check_broken(Str path, Str text, int copies) {
  for (int i = 0; i < copies; i++) {
    Arena *arena = arena_new();
    size_t from = random_below(text.len), len = random_below(3) ? random_below(400) : text.len;
    Str copy = str_slice(text, from, from + (len < text.len - from ? len : text.len - from));
    for (size_t breaks = random_below(6); breaks-- > 0;) copy = break_text(arena, copy);
    bool holds = check_promises(path, copy);
    arena_free(arena);
    if (!holds) return;
  }
}

/* ---- big and deep ---- */

static void check_deep(void) {
  static const char *const repeated[] = {"a {\n", "a { ",     "{",     "}",      "a { b } ",
                                         "\"",    "\"\"\"\n", "x -> ", "// a\n", "a 1\n\n"};
  Arena *arena = arena_new();
  for (size_t i = 0; i < sizeof repeated / sizeof *repeated; i++) {
    Buf text = {0};
    buf_repeat(&text, str_of(repeated[i]), 100000);
    Formatted once = format_text(arena, buf_str(&text));
    CHECK(!format_text(arena, once.text).changed);
    buf_free(&text);
  }
  arena_free(arena);
}

int main(int count, char **arguments) {
  int copies = count > 1 ? atoi(arguments[1]) : 60;
  Arena *arena = arena_new();
  Files files = {.arena = arena}, goldens = {.arena = arena};
  static const char *const folders[] = {"stdlib", "examples", "tests"};
  Str why;
  for (size_t i = 0; i < 3; i++) CHECK(os_walk(arena, folders[i], STR(".journey"), add_path, &files, &why));
  CHECK(os_walk(arena, "tests/data/format", STR(".journey"), add_path, &goldens, &why));
  CHECK(goldens.paths.len >= 25);
  for (size_t i = 0; i < goldens.paths.len; i++) check_golden(arena, goldens.paths.at[i]);
  for (size_t i = 0; i < files.paths.len; i++) {
    Str text = read_text(arena, files.paths.at[i]);
    check_promises(files.paths.at[i], text);
    check_broken(files.paths.at[i], text, copies);
  }
  check_deep();
  vec_free(&files.paths);
  vec_free(&goldens.paths);
  arena_free(arena);
  return CHECK_DONE();
}
