/* After any edits, what is made of a text that was kept is what a fresh reading makes of it. */
#include <stdlib.h>

#include "base/os.h"
#include "check.h"
#include "same_unit.h"
#include "syntax/syntax.h"

enum { EDITS = 800, LONGEST = 6000 };

/* Where the number of an id, a doc comment and what a block may hold depend on what stands around. */
static const char alike[] =
    "/// one\njourney \"Call\" {\n  /// two\n  stage \"Call\" {\n    touchpoint \"Call\" via phone\n    /// three\n\n"
    "    /// four\n    touchpoint \"Call\" {\n      pain \"Call\" { because \"x\" }\n      pain \"Call\" because "
    "\"y\"\n"
    "    }\n    touchpoint \"Call\" needs \"Call\" { pain \"Call\" { severity high } }\n  }\n  stage \"Call\" {\n"
    "    touchpoint \"Call\" {\n      feels 1\n      pain \"Call\"\n    }\n    touchpoint \"Call back\" via phone\n  "
    "}\n"
    "  path { call -> call-2 -> call-3 60%\n    call-3 -> leaves }\n  change x { touchpoint \"Call\" {\n  feels 2\n } "
    "}\n"
    "  opportunity \"Call\" { solves x  owner y }\n  silence W0603 \"so\"\n}\n\n/// five\njourney \"Call\" { stage "
    "\"Call\" {\n"
    "  touchpoint \"Call\"\n} }\njourney call { }\n";

/* What people type, and what trips a reader up. */
/* clang-format off */
static const char *const pieces[] = {
  "{", "}", "\n", "\r\n", "\r", " ", "\"", "\"\"\"", "->", ",", "//", "///", "\\", "touchpoint", "via email", "feels -2 \"x\"",
  "stage a \"A\" {\n  goal \"x\"\n}\n", "38%", "2026-10-01", "#2b6cb0", "1..5", "\xC3\xA9", "\xE6\xB1\xBA", "\xF0\x9F\x91\x8D",
  "\xE2\x80\x9C", "\xE2\x80\x9D", "\xC2\xAB", "-", ".", "1", "d", "\xEF\xBB\xBF", "\xE2", "\x80", "\xFF", "\n\n", "  ",
  "/// about it\n", "silence W0603 \"so\"\n", "touchpoint \"Call\" via phone\n", "\ntouchpoint \"Call\" {\n feels 1\n}",
  "\njourney \"Call\" {\n stage \"Call\" { touchpoint \"Call\" }\n}\n", "change x { }", "persona", "journey", "\nowner me\n",
};
/* clang-format on */

static uint64_t state = 1;

/* xorshift: the same edits on every machine. */
static uint32_t below(uint32_t limit) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return limit == 0 ? 0 : (uint32_t)(state >> 33) % limit;
}

static void splice(Buf *text, uint32_t start, uint32_t cut, Str piece) {
  Buf after = {0};
  buf_add(&after, (Str){text->at, start});
  buf_add(&after, piece);
  buf_add(&after, (Str){text->at + start + cut, text->len - start - cut});
  buf_free(text);
  *text = after;
}

static Span word_at(Str text, uint32_t at) {
  Span word = {at, at};
  while (word.start > 0 && strchr(" \n{}\"", text.at[word.start - 1]) == NULL) word.start--;
  while (word.end < text.len && strchr(" \n{}\"", text.at[word.end]) == NULL) word.end++;
  return word;
}

/* One word becomes another one of the text. */
static void swap_word(Buf *text) {
  Span word = word_at(buf_str(text), below((uint32_t)text->len));
  Span other = word_at(buf_str(text), below((uint32_t)text->len));
  Buf copy = {0};
  buf_add(&copy, str_slice(buf_str(text), other.start, other.end));
  splice(text, word.start, word.end - word.start, buf_str(&copy));
  buf_free(&copy);
}

/* What a line begins with becomes another keyword. */
static void change_keyword(Buf *text) {
  static const char *const keywords[] = {"stage", "touchpoint", "change", "journey", "pain", "opportunity", "path"};
  Source source = {.text = buf_str(text)};
  Span line = source_line(&source, below((uint32_t)text->len));
  while (line.start < line.end && text->at[line.start] == ' ') line.start++;
  Span word = word_at(source.text, line.start);
  splice(text, word.start, word.end - word.start, str_of(keywords[below(sizeof keywords / sizeof *keywords)]));
}

/* A line goes, or comes twice. */
static void change_line(Buf *text) {
  Source source = {.text = buf_str(text)};
  Span line = source_line(&source, below((uint32_t)text->len));
  line.end += line.end < text->len;
  Buf copy = {0};
  if (below(2)) buf_add(&copy, str_slice(source.text, line.start, line.end));
  splice(text, line.start, copy.len > 0 ? 0 : line.end - line.start, buf_str(&copy));
  buf_free(&copy);
}

/* Types, takes away, pastes a part of the text elsewhere. */
static void edit(Buf *text) {
  uint32_t kind = below(8);
  if (kind == 0 && text->len > 0 && text->len < LONGEST) {
    swap_word(text);
    return;
  }
  if (kind == 1 && text->len > 0) {
    change_line(text);
    return;
  }
  if (kind == 2 && text->len > 0) {
    change_keyword(text);
    return;
  }
  uint32_t len = (uint32_t)text->len, start = below(len + 1), most = len - start;
  uint32_t cut = below(3) == 0 ? below(60) : below(3);
  if (below(40) == 0) cut = below(len + 1);
  if (cut > most) cut = most;
  Str piece = str_of(pieces[below(sizeof pieces / sizeof *pieces)]);
  Buf pasted = {0};
  if (below(8) == 0 && len > 0) {
    uint32_t from = below(len), much = below(400);
    buf_add(&pasted, (Str){text->at + from, from + much < len ? much : len - from});
    piece = buf_str(&pasted);
  }
  if (below(4) == 0 || len > LONGEST) piece = STR("");
  splice(text, start, cut, piece);
  buf_free(&pasted);
}

static const char *compare(UnitKeep *keep, Str text) {
  Arena *arenas[] = {arena_new(), arena_new()};
  Unit *kept = unit_new_edited(keep, arenas[0], (Source){STR("a.journey"), arena_copy(arenas[0], text)}, 3);
  Unit *fresh = unit_new(arenas[1], (Source){STR("a.journey"), arena_copy(arenas[1], text)}, 3);
  const char *difference = unit_difference(kept, fresh);
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
  test_edits("alike", str_of(alike), 4 * EDITS);
  test_file(JOURNEY_ROOT "/tests/fuzz/seeds/check/map");
  test_file(JOURNEY_ROOT "/tests/fuzz/seeds/check/texts");
  test_file(JOURNEY_ROOT "/grammar/test/highlight/journey.journey");
  return CHECK_DONE();
}
