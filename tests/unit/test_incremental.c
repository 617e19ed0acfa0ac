/* After any edit, the tree that is patched is the tree that a fresh reading gives; so editors show what check sees. */
#include <stdlib.h>
#include <tree_sitter/api.h>

#include "base/os.h"
#include "check.h"

const TSLanguage *tree_sitter_journey(void);

enum { EDITS = 4000, LONGEST = 4000 };

/* What people type, and what trips a reader up. */
/* clang-format off */
static const char *const pieces[] = {
  "{", "}", "\n", "\r\n", "\r", " ", "\"", "\"\"\"", "->", ",", "//", "///", "\\", "touchpoint", "via email", "feels -2 \"x\"",
  "stage a \"A\" {\n  goal \"x\"\n}\n", "38%", "2026-10-01", "#2b6cb0", "1..5", "\xC3\xA9", "\xE6\xB1\xBA", "\xF0\x9F\x91\x8D",
  "\xE2\x80\x9C", "\xE2\x80\x9D", "\xC2\xAB", "-", ".", "1", "d",
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

static TSPoint point_at(const Buf *text, uint32_t offset) {
  TSPoint point = {0};
  for (uint32_t i = 0; i < offset; i++) {
    point.column++;
    if (text->at[i] == '\n') point = (TSPoint){.row = point.row + 1};
  }
  return point;
}

/* Editors hand over whole characters; of half ones, tree-sitter makes no promise. */
static uint32_t at_character(const Buf *text, uint32_t offset) {
  while (offset < text->len && ((unsigned char)text->at[offset] & 0xC0) == 0x80) offset++;
  return offset;
}

/* Replaces some of the text by a piece, and tells the tree. */
static void edit(Buf *text, TSTree *tree) {
  uint32_t len = (uint32_t)text->len, start = at_character(text, below(len + 1));
  uint32_t end = start + (below(3) == 0 ? below(40) : below(2));
  uint32_t cut = at_character(text, end < len ? end : len) - start;
  const char *piece = below(4) == 0 || len > LONGEST ? "" : pieces[below(sizeof pieces / sizeof *pieces)];
  TSInputEdit change = {
      .start_byte = start, .old_end_byte = start + cut, .new_end_byte = start + (uint32_t)strlen(piece)};
  change.start_point = point_at(text, start);
  change.old_end_point = point_at(text, start + cut);
  Buf after = {0};
  buf_add(&after, (Str){text->at, start});
  buf_add_c(&after, piece);
  buf_add(&after, (Str){text->at + start + cut, len - start - cut});
  change.new_end_point = point_at(&after, change.new_end_byte);
  ts_tree_edit(tree, &change);
  buf_free(text);
  *text = after;
}

/* ---- the comparison: kinds and places of all nodes ---- */

static bool same_node(TSNode a, TSNode b) {
  return ts_node_symbol(a) == ts_node_symbol(b) && ts_node_start_byte(a) == ts_node_start_byte(b) &&
         ts_node_end_byte(a) == ts_node_end_byte(b) && ts_node_child_count(a) == ts_node_child_count(b) &&
         ts_node_is_missing(a) == ts_node_is_missing(b);
}

static bool step(TSTreeCursor *cursor) {
  if (ts_tree_cursor_goto_first_child(cursor)) return true;
  while (!ts_tree_cursor_goto_next_sibling(cursor))
    if (!ts_tree_cursor_goto_parent(cursor)) return false;
  return true;
}

static bool same_tree(const TSTree *a, const TSTree *b) {
  TSTreeCursor in_a = ts_tree_cursor_new(ts_tree_root_node(a)), in_b = ts_tree_cursor_new(ts_tree_root_node(b));
  bool same = true, more_a = true, more_b = true;
  while (same && more_a && more_b) {
    same = same_node(ts_tree_cursor_current_node(&in_a), ts_tree_cursor_current_node(&in_b));
    more_a = step(&in_a);
    more_b = step(&in_b);
  }
  ts_tree_cursor_delete(&in_a);
  ts_tree_cursor_delete(&in_b);
  return same && more_a == more_b;
}

static void test_edits(const char *path) {
  Arena *arena = arena_new();
  Str start = {0}, why = {0};
  CHECK(os_read_file(arena, path, 1 << 20, &start, &why));
  Buf text = {0};
  buf_add(&text, start);
  TSParser *parser = ts_parser_new();
  ts_parser_set_language(parser, tree_sitter_journey());
  TSTree *tree = ts_parser_parse_string(parser, NULL, text.at, (uint32_t)text.len);
  int wrong = 0;
  for (int i = 0; i < EDITS && wrong < 3; i++) {
    edit(&text, tree);
    TSTree *patched = ts_parser_parse_string(parser, tree, text.at, (uint32_t)text.len);
    ts_tree_delete(tree);
    tree = patched;
    TSTree *fresh = ts_parser_parse_string(parser, NULL, text.at, (uint32_t)text.len);
    if (!same_tree(tree, fresh)) {
      wrong++;
      fprintf(stderr, "%s: after edit %d the trees differ\n", path, i);
    }
    ts_tree_delete(fresh);
  }
  CHECK(wrong == 0);
  ts_tree_delete(tree);
  ts_parser_delete(parser);
  buf_free(&text);
  arena_free(arena);
}

int main(void) {
  test_edits(JOURNEY_ROOT "/tests/fuzz/seeds/check/map");
  test_edits(JOURNEY_ROOT "/tests/fuzz/seeds/check/texts");
  test_edits(JOURNEY_ROOT "/grammar/test/highlight/journey.journey");
  return CHECK_DONE();
}
