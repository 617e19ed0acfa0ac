/* Who took part in the mapping: no team that owns a part of the journey is left out of it. */
#include <stdlib.h>

#include "check/rules.h"

enum { MOST_TEAMS = 32 }; /* said of one map: more would not be read */

typedef struct {
  const Rules *rules;
  Ref mapped;         /* the statement */
  const Ref *mappers; /* sorted */
  size_t mapper_count;
  Ref said[MOST_TEAMS];
  size_t said_count;
  Ref last; /* the team of the step before, which is mostly that of the next */
} Mappers;

static bool is_known(const Mappers *mappers, Ref team) {
  if (bsearch(&team, mappers->mappers, mappers->mapper_count, sizeof team, ref_compare)) return true;
  for (size_t i = 0; i < mappers->said_count; i++)
    if (ref_is(mappers->said[i], team)) return true;
  return mappers->said_count == MOST_TEAMS;
}

static void say_silo(const Mappers *mappers, Ref team, const Item *first) {
  const Rules *rules = mappers->rules;
  const Project *p = rules->p;
  Item item = item_of(team);
  Ref at = mappers->mapped;
  const Unit *unit = project_unit(p, at);
  const Statement *statement = &unit->statements[at.at];
  uint32_t end = unit->values[statement->first_value + statement->value_count - 1].span.end;
  Diagnostic *added = diagnose(rules->to, DIAG_SILO, at.unit, statement_head(statement),
                               "go through the map with them, then add them to `mapped-by`",
                               "\"" STR_FMT "\" owns a part of this journey, but took no part in the mapping",
                               STR_ARG(item_title(p, &item, rules->to->arena)));
  diagnostic_relate(rules->to, added, first->at.unit, rule_span(p, first->at), "they own this");
  diagnostic_fix(added, (Span){end, end}, arena_format(rules->to->arena, ", " STR_FMT, STR_ARG(item_id(p, &item))));
}

static void check_owner(Mappers *mappers, const Item *item) {
  Ref at = item_get(mappers->rules->p, item, K_OWNER);
  if (!ref_ok(at) || (mappers->rules->journey->base && !rule_is_here(mappers->rules, at))) return;
  Ref team = item_ref(mappers->rules->p, item, K_OWNER);
  if (!ref_ok(team) || ref_is(team, mappers->last)) return;
  mappers->last = team;
  if (is_known(mappers, team)) return;
  say_silo(mappers, team, item);
  mappers->said[mappers->said_count++] = team;
}

/* A variant is asked where it says itself who took part; its base has been asked for the rest. */
static void check_silos(const Rules *rules) {
  const Journey *journey = rules->journey;
  Ref *mapped;
  size_t count = item_refs(rules->p, &journey->item, K_MAPPED_BY, rules->scratch, &mapped);
  Mappers mappers = {rules, item_get(rules->p, &journey->item, K_MAPPED_BY), mapped, count, .last = NO_REF};
  if (count == 0 || !rule_is_here(rules, mappers.mapped)) return;
  qsort(mapped, count, sizeof *mapped, ref_compare);
  check_owner(&mappers, &journey->item);
  for (uint32_t i = 0; i < journey->stage_count; i++) {
    const Stage *stage = &journey->stages[i];
    check_owner(&mappers, &stage->item);
    for (uint32_t s = 0; s < stage->step_count; s++) check_owner(&mappers, &journey->steps[stage->first_step + s].item);
  }
}

static bool several_own(const Rules *rules) {
  const Journey *journey = rules->journey;
  Ref first = item_ref(rules->p, &journey->item, K_OWNER);
  for (uint32_t i = 0; i < journey->step_count; i++) {
    Ref owner = step_owner(rules->p, journey, &journey->steps[i]);
    if (!ref_ok(first)) first = owner;
    else if (ref_ok(owner) && !ref_is(owner, first)) return true;
  }
  return false;
}

void check_mappers(const Rules *rules) {
  const Journey *journey = rules->journey;
  if (rule_has(rules, &journey->item, K_MAPPED_BY)) {
    check_silos(rules);
    return;
  }
  if (journey->base || !several_own(rules)) return;
  diagnose(rules->to, DIAG_NO_MAPPERS, journey->at.unit, rule_span(rules->p, journey->at),
           "write which teams went through it together: mapped-by success, sales",
           "several teams own parts of the map \"" STR_FMT "\", and nobody is said to have taken part in the mapping",
           STR_ARG(item_title(rules->p, &journey->item, rules->to->arena)));
}
