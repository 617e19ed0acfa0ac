#include "check/check.h"

#include "check/rules.h"

bool rule_is_here(const Rules *rules, Ref ref) {
  Ref journey = rules->journey->at;
  return ref.unit == journey.unit && ref.at >= journey.at && ref.at < project_statement(rules->p, journey)->after;
}

bool rule_item_is_here(const Rules *rules, const Item *item) {
  for (uint32_t i = 0; i < item->count; i++)
    if (rule_is_here(rules, item->over[i])) return true;
  return rule_is_here(rules, item->at);
}

bool rule_has(const Rules *rules, const Item *item, Keyword keyword) {
  return ref_ok(item_get(rules->p, item, keyword));
}

Span rule_span(const Project *p, Ref ref) {
  const Unit *unit = project_unit(p, ref);
  const Statement *statement = &unit->statements[ref.at];
  const Value *first = statement->value_count > 0 ? &unit->values[statement->first_value] : NULL;
  return first && (first->type == V_ID || first->type == V_TEXT) ? first->span : statement_head(statement);
}

int rule_compare_refs(const void *a, const void *b) {
  const Ref *x = a, *y = b;
  if (x->unit != y->unit) return x->unit < y->unit ? -1 : 1;
  return x->at == y->at ? 0 : x->at < y->at ? -1 : 1;
}

void check_project(const Project *p, Diagnostics *to) {
  Refs solved = rule_solved_pains(p);
  for (uint32_t i = 0; i < p->journey_count; i++) {
    if (!project_is_own(p, p->journeys[i].at.unit)) continue;
    Rules rules = {p, &p->journeys[i], to, &solved, arena_new()};
    check_owners(&rules);
    check_pains(&rules);
    check_opportunities(&rules);
    check_upkeep(&rules);
    check_paths(&rules);
    arena_free(rules.scratch);
  }
  vec_free(&solved);
}
