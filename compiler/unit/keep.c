/* A text under edit. */
#include "syntax/syntax.h"
#include "unit/unit.h"

struct UnitKeep {
  Unit *last;     /* made of the last text; NULL: there was none yet */
  Syntax *syntax; /* of that text; NULL: nobody has asked */
};

UnitKeep *unit_keep_new(void) {
  UnitKeep *keep = mem_alloc(sizeof *keep);
  *keep = (UnitKeep){0};
  return keep;
}

static void forget(UnitKeep *keep) {
  syntax_free(keep->syntax);
  unit_free(keep->last);
  *keep = (UnitKeep){0};
}

void unit_keep_free(UnitKeep *keep) {
  if (!keep) return;
  forget(keep);
  free(keep);
}

Unit *unit_new_edited(UnitKeep *keep, Arena *arena, Source source, uint32_t number) {
  forget(keep);
  Unit *unit = unit_new(arena, source, number);
  keep->last = unit_share(unit);
  return unit;
}

Syntax *unit_keep_syntax(UnitKeep *keep) {
  if (!keep->syntax && keep->last) keep->syntax = syntax_parse(keep->last->source.text, true);
  return keep->syntax;
}
