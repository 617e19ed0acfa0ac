/* What a file speaks of: the look at its text finds all that parsing finds, in all maps there are here and in however
 * a line may be written. */
#include "base/os.h"
#include "check.h"
#include "project/references.h"

static bool has(const References *all, const Reference *wanted) {
  for (size_t i = 0; i < all->list.len; i++)
    if (str_is(all->list.at[i].path, wanted->path) && all->list.at[i].kind >= wanted->kind) return true;
  return false;
}

/* Returns how many files parsing finds. */
static size_t compare(Str path, Str text) {
  Arena *arena = arena_new();
  References loose = {0}, exact = {0};
  Unit *unit = unit_new(arena_new(), (Source){path, text}, 1);
  references_of_text(arena, path, text, &loose);
  references_of_unit(arena, unit, &exact);
  for (size_t i = 0; i < exact.list.len; i++) {
    bool found = has(&loose, &exact.list.at[i]);
    if (!found) fprintf(stderr, STR_FMT ": " STR_FMT " is missed\n", STR_ARG(path), STR_ARG(exact.list.at[i].path));
    CHECK(found);
  }
  if (exact.governs && !loose.governs) fprintf(stderr, STR_FMT ": its project is missed\n", STR_ARG(path));
  CHECK(loose.governs || !exact.governs);
  size_t count = exact.list.len;
  vec_free(&loose.list);
  vec_free(&exact.list);
  unit_free(unit);
  arena_free(arena);
  return count;
}

static size_t found, files;

static void compare_file(void *context, Str path) {
  (void)context;
  Arena *arena = arena_new();
  Str text, why;
  if (os_read_file(arena, path.at, 1 << 24, &text, &why)) found += compare(path, text), files++;
  arena_free(arena);
}

static void test_files(void) {
  static const char *const folders[] = {JOURNEY_ROOT "/examples", JOURNEY_ROOT "/tests/data", JOURNEY_ROOT "/stdlib"};
  Arena *arena = arena_new();
  Str why;
  for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
    CHECK(os_walk(arena, folders[i], STR(".journey"), compare_file, NULL, &why));
  CHECK(files > 100 && found > 100);
  arena_free(arena);
}

/* Each of these names one file at least. */
static void test_spellings(void) {
  static const char *const texts[] = {
      "use \"a.journey\"",
      "use “a.journey”\nuse „b.journey“ use «c.journey»",
      "use \"\"\"a.journey\"\"\"",
      "use \"\"\"\n  a.journey\n  \"\"\"",
      "use \"a\\\"b.journey\"",
      "use\t\"a.journey\"\ruse \"b.journey\"\r\nuse \"c.journey\"",
      "team a \"A\" { } use \"a.journey\"",
      "\xEF\xBB\xBFuse \"a.journey\"",
      "use\u00A0\"a.journey\"",
      "\u3000use \"a.journey\" // \"b.journey\"",
      "use \"a.journey",
      "use \"a b/c's “x”.journey\"",
      "evidence e \"E\" method survey collected 2026-10-01 file \"a.csv\" { }",
      "evidence e \"a file\" { file \"a.csv\"}",
      "metric m \"M\" computed-by \"a.lua\"",
      "project { baseline \"known.json\" }",
      "team a \"A\"\n\n} project { baseline \"known.json\" }",
      "// a comment\r\tproject \"P\" { baseline \"known.json\" }",
  };
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    bool names = compare(STR("maps/x.journey"), str_of(texts[i])) > 0;
    if (!names) fprintf(stderr, "nothing is named by: %s\n", texts[i]);
    CHECK(names);
  }
}

static void test_scripts(void) {
  static const struct {
    const char *text;
    size_t count;
    bool any, all;
  } cases[] = {
      {"return require \"weights\"", 1, false, false},
      {"local a, b = require('x.y'), require(\"z\")", 2, false, false},
      {"return require(name)", 0, true, false},
      {"local r = require\nr \"weights\"", 0, true, false},
      {"return { scope = \"project\" }", 0, false, true},
      {"return { check = function(j) return uses(j.persona) end }", 0, false, true},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Arena *arena = arena_new();
    References got = {0};
    references_of_text(arena, STR("lua/x.lua"), str_of(cases[i].text), &got);
    CHECK(got.list.len == cases[i].count);
    CHECK(got.any_script == cases[i].any && got.asks_for_all == cases[i].all);
    vec_free(&got.list);
    arena_free(arena);
  }
}

int main(void) {
  test_files();
  test_spellings();
  test_scripts();
  return CHECK_DONE();
}
