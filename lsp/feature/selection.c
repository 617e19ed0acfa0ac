#include "lsp/feature/selection.h"

#include "lsp/feature/blocks.h"

static void add(Selection *selection, Span span) {
  Span *last = selection->count > 0 ? &selection->at[selection->count - 1] : NULL;
  if (last && (span.start > last->start || span.end < last->end)) return;
  if (last && span.start == last->start && span.end == last->end) return;
  selection->at[selection->count++] = span;
}

/* ---- words ---- */

static bool is_letter(char c) {
  return (unsigned char)c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         c == '_' || c == '-' || c == '\'';
}

/* The letters that the place touches, within `around`; empty where it touches none. */
static Span word_at(Str text, uint32_t offset, Span around) {
  Span word = {offset, offset};
  while (word.start > around.start && is_letter(text.at[word.start - 1])) word.start--;
  while (word.end < around.end && is_letter(text.at[word.end])) word.end++;
  return word;
}

static void add_word(Selection *selection, Str text, uint32_t offset, Span around) {
  Span word = word_at(text, offset, around);
  if (word.end > word.start) add(selection, word);
}

/* Without what it is quoted with. */
static Span inside(const Unit *unit, const Value *value) {
  Str raw = unit_raw(unit, value);
  uint32_t quotes = str_starts(raw, STR("\"\"\"")) ? 3 : str_starts(raw, STR("\"")) ? 1 : 0;
  if (value->type != V_TEXT || raw.len < (size_t)quotes * 2 || !quotes) return value->span;
  bool closed = raw.at[raw.len - 1] == '"';
  return (Span){value->span.start + quotes, value->span.end - (closed ? quotes : 0)};
}

static bool holds(Span span, uint32_t offset) { return span.start <= offset && offset <= span.end; }

static void add_value(Selection *selection, const Spot *spot, const SpotFound *found) {
  const Unit *unit = spot_unit(spot);
  Span within = inside(unit, found->value);
  if (holds(within, spot->offset)) {
    add_word(selection, unit->source.text, spot->offset, within);
    add(selection, within);
  }
  add(selection, found->value->span);
}

/* The line's comment, and all comments right above and below it. */
static bool add_comment(Selection *selection, const Spot *spot) {
  Str text = spot->file->text;
  const Lines *lines = &spot->file->lines;
  uint32_t number = line_at(lines, spot->offset);
  Span line = line_span(text, lines, number);
  uint32_t start = line.start;
  while (start + 1 < line.end && !(text.at[start] == '/' && text.at[start + 1] == '/')) {
    if (text.at[start] == '"') return false; /* it may stand in a text */
    start++;
  }
  if (start + 1 >= line.end || spot->offset < start) return false;
  add_word(selection, text, spot->offset, (Span){start, line.end});
  add(selection, (Span){start, line.end});
  return true;
}

/* What is not understood, and in files that are no maps: the word, and outside of statements its line. */
static void add_other(Selection *selection, const Spot *spot, bool is_outside) {
  Str text = spot->file->text;
  Span line = line_span(text, &spot->file->lines, line_at(&spot->file->lines, spot->offset));
  add_word(selection, text, spot->offset, line);
  while (line.start < spot->offset && (text.at[line.start] == ' ' || text.at[line.start] == '\t')) line.start++;
  if (is_outside && line.end > line.start) add(selection, line);
}

/* ---- statements ---- */

static void add_block(Selection *selection, const Unit *unit, uint32_t at, uint32_t offset) {
  Block block;
  Str text = unit->source.text;
  if (!block_of(unit, at, &block)) return;
  Span lines = {block.open, block.close};
  while (lines.start < lines.end && strchr(" \t\r\n", text.at[lines.start])) lines.start++;
  while (lines.end > lines.start && strchr(" \t\r\n", text.at[lines.end - 1])) lines.end--;
  if (lines.end > lines.start && holds(lines, offset)) add(selection, lines);
  add(selection, (Span){block.open, block.close});
}

/* Only what the place is in: inside of a block the line that opens it is none of its surroundings. */
static void add_statements(Selection *selection, const Spot *spot, uint32_t at) {
  const Unit *unit = spot_unit(spot);
  for (; at != NONE; at = unit->statements[at].parent) {
    const Statement *statement = &unit->statements[at];
    Span line = {statement->span.start, head_end(unit, at)};
    Block block;
    if (holds(line, spot->offset)) add(selection, line);
    if (block_of(unit, at, &block) && holds((Span){block.open, block.close}, spot->offset))
      add_block(selection, unit, at, spot->offset);
    add(selection, statement->span);
  }
}

Selection selection_of(const Spot *spot, Arena *arena) {
  const Unit *unit = spot_unit(spot);
  SpotFound found = spot_find(spot);
  uint32_t depth = 0;
  for (uint32_t at = found.statement; at != NONE; at = unit->statements[at].parent) depth++;
  Selection selection = {ARENA_ARRAY(arena, Span, depth * 4 + 8), 0};
  if (found.kind == SPOT_VALUE) add_value(&selection, spot, &found);
  else if (found.kind == SPOT_KEYWORD) add(&selection, found.span);
  else if (!add_comment(&selection, spot)) add_other(&selection, spot, found.statement == NONE);
  add_statements(&selection, spot, found.statement);
  add(&selection, (Span){0, (uint32_t)spot->file->text.len});
  if (selection.count == 0) selection.at[selection.count++] = (Span){spot->offset, spot->offset};
  return selection;
}
