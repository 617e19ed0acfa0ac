/* After any edits, what is made of a text that was kept is what a fresh reading makes of it. */
#include "base/os.h"
#include "check.h"
#include "format/tokens.h"
#include "random_edits.h"
#include "same_unit.h"
#include "syntax/syntax.h"

enum { EDITS = 500 };

/* Where the number of an id, a doc comment, what a block may hold and a message depend on what stands around. */
static const char alike[] =
    "/// one\njourney \"Call\" {\n  /// two\n  stage \"Call\" {\n    touchpoint \"Call\" via phone\n    /// three\n\n"
    "    /// four\n    touchpoint \"Call\" {\n      pain \"Call\" { because \"x\" }\n      pain \"Call\" because "
    "\"y\"\n"
    "    }\n    touchpoint \"Call\" needs \"Call\" { pain \"Call\" { severity high } }\n  }\n  stage \"Call\" {\n"
    "    touchpoint \"Call\" {\n      feels 1\n      pain \"Call\"\n    }\n    touchpoint \"Call back\" via phone\n  "
    "}\n"
    "  path { call -> call-2 -> call-3 60%\n    call-3 -> leaves }\n"
    "  change x { touchpoint \"Call\" {\n  feels 2\n } }\n  opportunity \"Call\" { solves x  owner y }\n"
    "  stage late { goal Know it all } // so\n  stage { goal 'Know it' } point\n  stage u { owner me; }   x\n"
    "  silence W0603 \"so\"\n}\n\n/// five\njourney \"Call\" { stage \"Call\" {\n"
    "  touchpoint \"Call\"\n} }\njourney call { }\n";

static bool same_token(const Token *a, const Token *b) {
  return same_span(a->span, b->span) && a->match == b->match && a->kind == b->kind && a->depth == b->depth &&
         a->newlines == b->newlines && a->starts == b->starts && a->kept == b->kept;
}

/* Without a byte order mark, which tokens_read passes over. */
static bool same_tokens(UnitKeep *keep, Str text) {
  if (str_starts(text, STR("\xEF\xBB\xBF"))) return true;
  Tokens kept = tokens_of(unit_keep_syntax(keep), text), fresh = tokens_read(text, true);
  bool same = kept.list.len == fresh.list.len && kept.shape == fresh.shape && kept.mended == fresh.mended;
  for (size_t i = 0; i < kept.list.len && same; i++) same = same_token(&kept.list.at[i], &fresh.list.at[i]);
  tokens_free(&kept);
  tokens_free(&fresh);
  return same;
}

static const char *compare(UnitKeep *keep, Str text) {
  Arena *arenas[] = {arena_new(), arena_new()};
  Unit *kept = unit_new_edited(keep, arenas[0], (Source){STR("a.journey"), arena_copy(arenas[0], text)}, 3);
  Unit *fresh = unit_new(arenas[1], (Source){STR("a.journey"), arena_copy(arenas[1], text)}, 3);
  const char *difference = unit_difference(kept, fresh);
  if (!difference && !same_tokens(keep, kept->source.text)) difference = "tokens";
  unit_free(kept);
  unit_free(fresh);
  return difference;
}

static void test_edits(const char *name, Str start, int edits) {
  UnitKeep *keep = unit_keep_new();
  Buf text = {0};
  int wrong = 0;
  for (int i = 0; i < edits && wrong < 3; i++) {
    bool again = below(10) == 0 || text.len == 0; /* from the whole file: what is damaged stays so otherwise */
    if (again) text.len = 0, buf_add(&text, start);
    for (uint32_t more = again ? 0 : 1 + (below(5) == 0 ? below(4) : 0); more > 0; more--) edit(&text);
    const char *difference = compare(keep, buf_str(&text));
    if (!difference) continue;
    wrong++;
    fprintf(stderr, "%s: after edit %d they differ: %s\n", name, i, difference);
  }
  CHECK(wrong == 0);
  unit_keep_free(keep);
  buf_free(&text);
}

static void test_file(const char *path) {
  Arena *arena = arena_new();
  Str start = {0}, why = {0};
  CHECK(os_read_file(arena, path, 1 << 20, &start, &why));
  test_edits(path, start, EDITS);
  arena_free(arena);
}

/* Quotes are put in the place of apostrophes, unless the line has others. */
static void test_rest_of_line(void) {
  UnitKeep *keep = unit_keep_new();
  CHECK(!compare(keep, STR("journey a {\n  stage s { goal 'Know it' } // it's\n}\n")));
  CHECK(!compare(keep, STR("journey a {\n  stage s { goal 'Know it' } // its\n}\n")));
  unit_keep_free(keep);
}

static void test_owners(void) {
  Arena *arena = arena_new();
  Unit *unit = unit_new(arena, (Source){STR("a.journey"), STR("journey a {\n  owner x\n  owner y\n}\nnothing\n")}, 1);
  Unit *again = unit_share(unit), *other = unit_renumbered(unit, 7);
  unit_free(unit);
  unit_free(again);
  CHECK(other->number == 7 && other->statement_count == 3 && str_is_c(unit_id(other, 0), "a"));
  CHECK(other->diagnostics.list.len == 2 && other->diagnostics.list.at[0].unit == 7);
  CHECK(other->diagnostics.list.at[0].related[0].unit == 7);
  unit_free(other);
}

int main(void) {
  test_owners();
  test_rest_of_line();
  test_edits("alike", str_of(alike), 4 * EDITS);
  test_file(JOURNEY_ROOT "/tests/fuzz/seeds/check/map");
  test_file(JOURNEY_ROOT "/tests/fuzz/seeds/check/texts");
  test_file(JOURNEY_ROOT "/grammar/test/highlight/journey.journey");
  return CHECK_DONE();
}
