#include "lsp/feature/blocks.h"

/* The value of the statement, or of those on its line, that holds the byte. */
static const Value *value_at(const Unit *unit, uint32_t statement, uint32_t at) {
  for (uint32_t s = statement; s < unit->statements[statement].after; s++) {
    const Statement *part = &unit->statements[s];
    if (part->span.start > at) break;
    for (uint32_t i = 0; i < part->value_count; i++) {
      const Value *value = &unit->values[part->first_value + i];
      if (value->span.start <= at && at < value->span.end) return value;
    }
  }
  return NULL;
}

/* Behind a text in quotes that is the value of nothing. */
static uint32_t skip_stray_text(Str text, uint32_t at) {
  for (at++; at < text.len && text.at[at] != '"' && text.at[at] != '\n' && text.at[at] != '\r'; at++)
    if (text.at[at] == '\\' && at + 1 < text.len && text.at[at + 1] != '\n') at++;
  return at < text.len && text.at[at] == '"' ? at + 1 : at;
}

/* The `{` that opens the statement's block; the end of its line where there is none. */
static uint32_t find_open(const Unit *unit, uint32_t statement) {
  Str text = unit->source.text;
  uint32_t at = unit->statements[statement].span.start, end = unit->statements[statement].span.end;
  while (at < end && text.at[at] != '{' && text.at[at] != '\n' && text.at[at] != '\r') {
    if (text.at[at] == '/' && at + 1 < end && text.at[at + 1] == '/') break;
    bool quote = text.at[at] == '"' || (unsigned char)text.at[at] >= 0x80;
    const Value *value = quote ? value_at(unit, statement, at) : NULL;
    if (value) at = value->span.end;
    else at = text.at[at] == '"' ? skip_stray_text(text, at) : at + 1;
  }
  return at < end ? at : end;
}

/* Whether the last thing in the statement reaches as far as it does: then its own `}` is missing. */
static bool is_open(const Unit *unit, uint32_t at) {
  uint32_t last = unit->statements[at].after - 1;
  if (last == at) return false;
  while (unit->statements[last].parent != at) last = unit->statements[last].parent;
  return unit->statements[last].span.end >= unit->statements[at].span.end;
}

bool block_of(const Unit *unit, uint32_t at, Block *block) {
  Str text = unit->source.text;
  Span span = unit->statements[at].span;
  uint32_t open = unit->statements[at].has_block ? find_open(unit, at) : span.end;
  if (open >= span.end || text.at[open] != '{') return false;
  block->open = open + 1;
  block->close = span.end;
  if (text.at[span.end - 1] == '}' && span.end - 1 > open && !is_open(unit, at)) block->close--;
  else
    while (block->close > block->open && strchr(" \t\r\n", text.at[block->close - 1])) block->close--;
  return true;
}

uint32_t head_end(const Unit *unit, uint32_t at) {
  Block block;
  Span span = unit->statements[at].span;
  uint32_t end = span.end;
  if (!block_of(unit, at, &block)) return end;
  Str text = unit->source.text;
  for (end = block.open - 1; end > span.start && (text.at[end - 1] == ' ' || text.at[end - 1] == '\t');) end--;
  return end;
}
