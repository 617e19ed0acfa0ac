#include "unit/unit.h"

#include "unit/lower.h"

static char *own_copy(Unit *unit, char *copy) {
  if (copy) return copy;
  Str owned = arena_copy(unit->arena, unit->source.text);
  unit->source.text = owned;
  return (char *)owned.at;
}

static void refuse_utf16(Unit *unit) {
  diagnose(&unit->diagnostics, DIAG_NOT_UTF8, unit->number, (Span){0, 0},
           "open it in your editor and save it again with the encoding UTF-8",
           "this file is saved as UTF-16, not as UTF-8");
  unit->source.text = STR("");
}

/* Whatever follows may rely on valid UTF-8 without NUL: what is not becomes `_` or a space, and is said once. */
static void clean(Unit *unit) {
  Str text = unit->source.text;
  char *copy = NULL;
  if (str_starts(text, STR("\xFF\xFE")) || str_starts(text, STR("\xFE\xFF"))) {
    refuse_utf16(unit);
    return;
  }
  size_t bad = source_first_invalid(text, 0);
  if (bad < text.len) {
    diagnose(&unit->diagnostics, DIAG_NOT_UTF8, unit->number, (Span){(uint32_t)bad, (uint32_t)bad + 1},
             "open it in your editor and save it again with the encoding UTF-8",
             "from here on, the file isn't UTF-8 text");
    copy = own_copy(unit, copy);
    for (; bad < text.len; bad = source_first_invalid(unit->source.text, bad + 1)) copy[bad] = '_';
  }
  const char *nul = text.len > 0 ? memchr(text.at, 0, text.len) : NULL;
  if (!nul) return;
  uint32_t at = (uint32_t)(nul - text.at);
  diagnose(&unit->diagnostics, DIAG_NUL_BYTE, unit->number, (Span){at, at + 1},
           "a text file has none; it may be damaged, or no text file at all", "there is a NUL byte here");
  copy = own_copy(unit, copy);
  for (size_t i = at; i < text.len; i++)
    if (copy[i] == 0) copy[i] = ' ';
}

Unit *unit_of_text(Arena *arena, Source source, uint32_t number) {
  Unit *unit = ARENA_NEW(arena, Unit);
  unit->source = source;
  unit->number = number;
  unit->arena = arena;
  unit->diagnostics.arena = arena;
  unit->owners = ARENA_NEW(arena, atomic_uint);
  atomic_init(unit->owners, 1);
  return unit;
}

/* ---- wide blocks ---- */

enum { FEW = 64 }; /* children that are looked through one by one */

static bool is_wide(const Unit *unit, uint32_t at) {
  uint32_t end = unit->statements[at].after, child = at + 1;
  for (int i = 0; i < FEW && child < end; i++) child = unit->statements[child].after;
  return child < end;
}

static WideBlock wide_block(const Unit *unit, uint32_t at) {
  WideBlock block = {.at = at};
  memset(block.first, 0xFF, sizeof block.first);
  for (uint32_t child = at + 1; child < unit->statements[at].after; child = unit->statements[child].after) {
    uint32_t *first = &block.first[unit->statements[child].keyword];
    if (*first == NONE) *first = child;
  }
  return block;
}

static void list_wide_blocks(Unit *unit) {
  VEC(WideBlock) wide = {0};
  for (uint32_t at = 0; at < unit->statement_count; at++)
    if (unit->statements[at].after - at > FEW && is_wide(unit, at)) vec_push(&wide, wide_block(unit, at));
  unit->wide_count = (uint32_t)wide.len;
  WideBlock *blocks = ARENA_ARRAY(unit->arena, WideBlock, wide.len);
  if (wide.len > 0) memcpy(blocks, wide.at, wide.len * sizeof *blocks);
  unit->wide = blocks;
  vec_free(&wide);
}

static const WideBlock *find_wide(const Unit *unit, uint32_t at) {
  uint32_t from = 0, to = unit->wide_count;
  while (from < to) {
    uint32_t middle = from + (to - from) / 2;
    if (unit->wide[middle].at == at) return &unit->wide[middle];
    if (unit->wide[middle].at < at) from = middle + 1;
    else to = middle;
  }
  return NULL;
}

Unit *unit_start(Arena *arena, Source source, uint32_t number) {
  Unit *unit = unit_of_text(arena, source, number);
  clean(unit);
  return unit;
}

void unit_finish(Unit *unit) {
  list_wide_blocks(unit);
  unit_declare(unit);
}

Unit *unit_new(Arena *arena, Source source, uint32_t number) {
  Unit *unit = unit_start(arena, source, number);
  Syntax *syntax = syntax_parse(unit->source.text, true);
  lower(unit, syntax, NULL, (SyntaxEdit){0}, NULL);
  syntax_free(syntax);
  unit_finish(unit);
  return unit;
}

void unit_free(Unit *unit) {
  if (!unit || atomic_fetch_sub(unit->owners, 1) > 1) return;
  if (!unit->of) {
    free((void *)unit->statements);
    free((void *)unit->values);
    free((void *)unit->declared);
    free((void *)unit->slots);
  }
  unit_free(unit->of);
  vec_free(&unit->diagnostics.list);
  arena_free(unit->arena);
}

Unit *unit_share(Unit *unit) {
  atomic_fetch_add(unit->owners, 1);
  return unit;
}

/* Its places are all in the unit itself. */
static Diagnostic renumbered(const Diagnostic *diagnostic, Arena *arena, uint32_t number) {
  Diagnostic copy = *diagnostic;
  copy.unit = number;
  copy.related = ARENA_ARRAY(arena, Related, copy.related_count);
  for (uint32_t i = 0; i < copy.related_count; i++) {
    copy.related[i] = diagnostic->related[i];
    copy.related[i].unit = number;
  }
  return copy;
}

Unit *unit_renumbered(Unit *unit, uint32_t number) {
  Arena *arena = arena_new();
  Unit *copy = unit_of_text(arena, unit->source, number);
  atomic_uint *owners = copy->owners;
  *copy = *unit;
  copy->number = number;
  copy->arena = arena;
  copy->owners = owners;
  copy->of = unit_share(unit);
  copy->diagnostics = (Diagnostics){.arena = arena};
  for (size_t i = 0; i < unit->diagnostics.list.len; i++)
    vec_push(&copy->diagnostics.list, renumbered(&unit->diagnostics.list.at[i], arena, number));
  return copy;
}

uint32_t unit_first_from(const Unit *unit, uint32_t offset) {
  uint32_t from = 0, to = unit->statement_count;
  while (from < to) {
    uint32_t middle = from + (to - from) / 2;
    if (unit->statements[middle].span.start < offset) from = middle + 1;
    else to = middle;
  }
  return from;
}

uint32_t unit_child(const Unit *unit, uint32_t at, Keyword keyword) {
  uint32_t end = unit->statements[at].after, child = at + 1;
  for (int looked = 0; child < end; looked++, child = unit->statements[child].after) {
    const WideBlock *wide = looked == FEW ? find_wide(unit, at) : NULL;
    if (wide) return wide->first[keyword];
    if (unit->statements[child].keyword == keyword) return child;
  }
  return NONE;
}

const Value *unit_value(const Unit *unit, uint32_t at, unsigned slot) {
  const Statement *statement = &unit->statements[at];
  for (uint32_t i = 0; i < statement->value_count; i++)
    if (unit->values[statement->first_value + i].slot == slot) return &unit->values[statement->first_value + i];
  return NULL;
}

Str unit_id(const Unit *unit, uint32_t at) {
  const Statement *statement = &unit->statements[at];
  if (statement->id_len == 0) return STR("");
  const char *from = statement->own_id ? unit->source.text.at : unit->names.at;
  return (Str){from + statement->id, statement->id_len};
}
