#include "lsp/feature/spot.h"

#include "lsp/feature/uses.h"

/* The innermost statement that holds the place, or touches it with its end. */
static uint32_t statement_at(const Unit *unit, uint32_t offset) {
  uint32_t behind = unit_first_from(unit, offset + 1);
  uint32_t at = behind > 0 ? behind - 1 : NONE;
  while (at != NONE && unit->statements[at].span.end < offset) at = unit->statements[at].parent;
  return at;
}

static const ValueRule *rule_of(const Statement *statement, const Value *value) {
  const ValueRule *rule = schema_row((Keyword)statement->keyword)->values;
  for (unsigned slot = 0; rule->type != V_NONE; slot++, rule++)
    if (slot == value->slot) return rule;
  return NULL;
}

static bool touches(Span span, uint32_t offset) { return span.start <= offset && offset <= span.end; }

SpotFound spot_find(const Spot *spot) {
  const Unit *unit = spot_unit(spot);
  SpotFound found = {.statement = statement_at(unit, spot->offset)};
  if (found.statement == NONE) return found;
  const Statement *statement = &unit->statements[found.statement];
  for (uint16_t i = 0; i < statement->value_count; i++) {
    const Value *value = &unit->values[statement->first_value + i];
    if (!touches(value->span, spot->offset)) continue;
    found.kind = SPOT_VALUE;
    found.value = value;
    found.rule = rule_of(statement, value);
    found.span = value->span;
    return found;
  }
  if (!touches(statement_head(statement), spot->offset)) return found;
  found.kind = SPOT_KEYWORD;
  found.span = statement_head(statement);
  return found;
}

Ref spot_meaning(const Spot *spot) {
  SpotFound found = spot_find(spot);
  Ref here = {spot->unit, found.statement};
  if (found.kind == SPOT_NOTHING) return NO_REF;
  const Statement *statement = &spot_unit(spot)->statements[found.statement];
  Span part;
  if (found.kind == SPOT_VALUE && (found.value->type == V_REF || found.value->type == V_CODE))
    return uses_meaning(spot->snapshot->project, here, found.value, spot->offset, &part);
  bool names = found.kind == SPOT_KEYWORD || found.value->type == V_ID || found.value->type == V_TEXT;
  return names && schema_declares((Keyword)statement->keyword) ? here : NO_REF;
}

Span name_span(const Project *p, Ref declaration) {
  const Unit *unit = project_unit(p, declaration);
  const Statement *statement = &unit->statements[declaration.at];
  const Value *first = statement->value_count > 0 ? &unit->values[statement->first_value] : NULL;
  bool names = first && (first->type == V_ID || first->type == V_TEXT || first->type == V_PATH);
  return names ? first->span : statement_head(statement);
}
