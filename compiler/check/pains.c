/* Severe pains: why they happen, what they do to the client, and who does something about them. */
#include <stdlib.h>

#include "check/rules.h"

static bool is_given_up(const Unit *unit, uint32_t opportunity) {
  uint32_t status = unit_child(unit, opportunity, K_STATUS);
  const Value *value = status == NONE ? NULL : unit_value(unit, status, 0);
  return value && strcmp(schema_row(K_STATUS)->values[0].choices[value->extra], "dropped") == 0;
}

static void add_solved(const Project *p, Ref opportunity, Refs *solved) {
  const Unit *unit = project_unit(p, opportunity);
  uint32_t solves = unit_child(unit, opportunity.at, K_SOLVES);
  if (solves == NONE || is_given_up(unit, opportunity.at)) return;
  const Statement *statement = &unit->statements[solves];
  for (uint32_t i = 0; i < statement->value_count; i++) {
    const Value *value = &unit->values[statement->first_value + i];
    Ref pain = value->type == V_REF ? project_resolve(p, (Ref){opportunity.unit, solves}, value) : NO_REF;
    if (ref_ok(pain)) vec_push(solved, pain);
  }
}

static void add_journey(const Project *p, Ref journey, Refs *solved) {
  const Unit *unit = project_unit(p, journey);
  for (uint32_t at = unit_first_child(unit, journey.at); at != NONE; at = unit_next_sibling(unit, at))
    if (unit->statements[at].keyword == K_OPPORTUNITY) add_solved(p, (Ref){journey.unit, at}, solved);
}

/* The file of the base of all its bases. An opportunity means a pain of its own journey, or of what that extends: those
 * of one family of variants are enough. */
static uint32_t family_of(const Journey *journey) {
  while (journey->base) journey = journey->base;
  return journey->at.unit;
}

void solved_find(Solved *solved) {
  const Project *p = solved->p;
  Refs *pains = &solved->pains;
  if (solved->known) return;
  bool *is_asked = mem_alloc(p->unit_count * sizeof *is_asked);
  memset(is_asked, 0, p->unit_count * sizeof *is_asked);
  for (uint32_t i = solved->first; i < solved->end; i++) is_asked[family_of(&p->journeys[i])] = true;
  for (uint32_t i = 0; i < p->journey_count; i++)
    if (is_asked[family_of(&p->journeys[i])]) add_journey(p, p->journeys[i].at, pains);
  if (pains->len > 0) qsort(pains->at, pains->len, sizeof *pains->at, ref_compare);
  solved->known = true;
  free(is_asked);
}

void solved_free(Solved *solved) { vec_free(&solved->pains); }

bool rule_is_solved(const Rules *rules, Ref pain) {
  const Refs *pains = &rules->solved->pains;
  if (!rules->solved->known) solved_find(rules->solved);
  return pains->len > 0 && bsearch(&pain, pains->at, pains->len, sizeof pain, ref_compare);
}

static bool is_solved(const Rules *rules, const Item *pain) {
  for (uint32_t i = 0; i <= pain->count; i++)
    if (rule_is_solved(rules, i < pain->count ? pain->over[i] : pain->at)) return true;
  return false;
}

/* The word that the map uses: `high`. */
static Str severity_word(const Rules *rules, const Item *pain) {
  Ref at = item_get(rules->p, pain, K_SEVERITY_OF);
  return unit_raw(project_unit(rules->p, at), unit_value(project_unit(rules->p, at), at.at, 0));
}

static void say(const Rules *rules, const Item *pain, DiagnosticCode code, const char *lacks, const char *help) {
  Ref at = pain->count > 0 && !rule_is_here(rules, pain->at) ? pain->over[0] : pain->at;
  diagnose(rules->to, code, at.unit, rule_span(rules->p, at), help, "this pain is " STR_FMT ", and %s",
           STR_ARG(severity_word(rules, pain)), lacks);
}

static void check_pain(const Rules *rules, const Item *pain) {
  if (pain_severity(rules->p, pain) < SEVERE) return;
  if (is_solved(rules, pain)) return;
  Str help =
      arena_format(rules->to->arena, "add an opportunity that says: solves " STR_FMT, STR_ARG(item_id(rules->p, pain)));
  say(rules, pain, DIAG_PAIN_NO_OPPORTUNITY, "no opportunity solves it", help.at);
}

/* A step that no variant touches, which is nearly all of them: no list is needed. */
static void check_plain_step(const Rules *rules, Ref step) {
  const Unit *unit = project_unit(rules->p, step);
  for (uint32_t at = unit_first_child(unit, step.at); at != NONE; at = unit_next_sibling(unit, at)) {
    if (unit->statements[at].keyword != K_PAIN) continue;
    Item pain = item_of((Ref){step.unit, at});
    check_pain(rules, &pain);
  }
}

static void check_changed_step(const Rules *rules, const Step *step) {
  Item *pains;
  size_t count = item_all(rules->p, rules->journey, &step->item, K_PAIN, rules->scratch, &pains);
  for (size_t i = 0; i < count; i++)
    if (rule_item_is_here(rules, &pains[i])) check_pain(rules, &pains[i]);
}

void check_pains(const Rules *rules) {
  const Journey *journey = rules->journey;
  for (uint32_t i = 0; i < journey->step_count; i++) {
    const Step *step = &journey->steps[i];
    if (journey->base && step->state == 0) continue;
    if (step->item.count > 0) check_changed_step(rules, step);
    else check_plain_step(rules, step->item.at);
  }
}
