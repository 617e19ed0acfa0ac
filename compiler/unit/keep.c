/* A text under edit. */
#include "unit/lower.h"

struct UnitKeep {
  Lowered last;
};

UnitKeep *unit_keep_new(void) {
  UnitKeep *keep = mem_alloc(sizeof *keep);
  *keep = (UnitKeep){0};
  return keep;
}

static void forget(Lowered *lowered) {
  syntax_free(lowered->syntax);
  free(lowered->names_at);
  unit_free(lowered->unit);
}

void unit_keep_free(UnitKeep *keep) {
  if (!keep) return;
  forget(&keep->last);
  free(keep);
}

Unit *unit_new_edited(UnitKeep *keep, Arena *arena, Source source, uint32_t number) {
  Unit *unit = unit_start(arena, source, number);
  const Lowered *last = keep->last.unit ? &keep->last : NULL;
  Str before = last ? last->unit->source.text : STR("");
  Lowered next = {.unit = unit_share(unit)};
  SyntaxEdit edit = syntax_edit(before, unit->source.text);
  next.syntax = syntax_parse_again(keep->last.syntax, before, unit->source.text, edit);
  lower(unit, next.syntax, last && !last->told ? last : NULL, edit, &next);
  unit_finish(unit);
  forget(&keep->last);
  keep->last = next;
  return unit;
}

Syntax *unit_keep_syntax(UnitKeep *keep) { return keep->last.syntax; }
