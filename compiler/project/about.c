#include "project/about.h"

enum { MOST_AROUND = 72, LONGEST_LINE = 80 };

/* Its name; without one its keyword, and the name of what it is about: "change step-3". */
static Str statement_words(const Unit *unit, uint32_t at, Arena *arena) {
  Str name = unit_name(unit, at), word = str_of(schema_row((Keyword)unit->statements[at].keyword)->word);
  const Value *first = unit_value(unit, at, 0);
  if (name.len > 0) return name;
  if (!first || first->type != V_REF) return word;
  return arena_format(arena, STR_FMT " " STR_FMT, STR_ARG(word), STR_ARG(unit_raw(unit, first)));
}

/* The innermost statement in which the byte stands; NONE where there is none. */
static uint32_t innermost(const Unit *unit, uint32_t byte) {
  uint32_t behind = unit_first_from(unit, byte + 1), at = behind > 0 ? behind - 1 : NONE;
  while (at != NONE && unit->statements[at].span.end <= byte) at = unit->statements[at].parent;
  return at;
}

/* A file without statements: the line itself. */
static Str line_words(const Unit *unit, uint32_t byte) {
  Str line = str_trim(source_text(&unit->source, source_line_near(&unit->source, byte)));
  if (line.len <= LONGEST_LINE) return line;
  size_t end = LONGEST_LINE;
  while (end > 0 && ((unsigned char)line.at[end] & 0xC0) == 0x80) end--;
  return str_slice(line, 0, end);
}

Str diagnostic_about(const Project *p, const Diagnostic *diagnostic, Arena *arena) {
  if (diagnostic->unit >= p->unit_count) return diagnostic->message;
  const Unit *unit = p->units[diagnostic->unit];
  uint32_t around[MOST_AROUND], depth = 0;
  if (unit->statement_count == 0) return line_words(unit, diagnostic->span.start);
  for (uint32_t at = innermost(unit, diagnostic->span.start); at != NONE && depth < MOST_AROUND;
       at = unit->statements[at].parent)
    around[depth++] = at;
  Buf words = {0};
  while (depth > 0) {
    buf_add(&words, statement_words(unit, around[--depth], arena));
    if (depth > 0) buf_add_byte(&words, '/');
  }
  return buf_take(&words, arena);
}
