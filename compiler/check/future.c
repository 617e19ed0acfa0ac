/* A future state beside its current state: which severe pains it leaves as they are. */
#include <stdlib.h>

#include "check/rules.h"

typedef struct {
  const Rules *rules;
  const Ref *dropped; /* sorted */
  size_t dropped_count;
} Future;

/* A line in front of the brace that closes the journey. Of a pain that the journey itself writes again, nothing would
 * be gone by it. */
static void propose_drop(const Rules *rules, Diagnostic *added, const Step *step, const Item *pain) {
  const Unit *unit = project_unit(rules->p, rules->journey->at);
  const Statement *journey = &unit->statements[rules->journey->at.at];
  uint32_t brace = journey->span.end - 1;
  Str id = item_id(rules->p, pain), step_id = item_id(rules->p, &step->item), text = unit->source.text;
  if (pain->count > 0 || id.len == 0 || step_id.len == 0 || !journey->has_block || text.at[brace] != '}') return;
  diagnostic_fix(added, (Span){brace, brace},
                 arena_format(rules->to->arena, "%s  drop " STR_FMT "." STR_FMT "\n",
                              text.at[brace - 1] == '\n' ? "" : "\n", STR_ARG(step_id), STR_ARG(id)));
}

static void say_left(const Rules *rules, const Step *step, const Item *pain) {
  const Project *p = rules->p;
  Ref journey = rules->journey->at;
  Diagnostic *added =
      diagnose(rules->to, DIAG_PAIN_LEFT, journey.unit, rule_span(p, journey),
               "drop the pain or its step, change its severity to what is left of it, or say why it has to stay",
               "this future state leaves the pain \"" STR_FMT "\" as severe as it is today",
               STR_ARG(item_title(p, pain, rules->to->arena)));
  diagnostic_relate(rules->to, added, pain->at.unit, rule_span(p, pain->at), "the pain, in the current state");
  propose_drop(rules, added, step, pain);
}

static bool is_dropped(const Future *future, Ref pain) {
  return future->dropped_count > 0 && bsearch(&pain, future->dropped, future->dropped_count, sizeof pain, ref_compare);
}

static void check_same_step(const Future *future, const Step *step) {
  const Unit *unit = project_unit(future->rules->p, step->item.at);
  for (uint32_t at = unit_first_child(unit, step->item.at.at); at != NONE; at = unit_next_sibling(unit, at)) {
    Item pain = item_of((Ref){step->item.at.unit, at});
    if (unit->statements[at].keyword == K_PAIN && !is_dropped(future, pain.at) &&
        pain_severity(future->rules->p, &pain) >= SEVERE)
      say_left(future->rules, step, &pain);
  }
}

/* Without what this journey says of it. */
static Item as_in_base(const Rules *rules, Item pain) {
  while (pain.count > 0 && rule_is_here(rules, pain.over[0])) pain.over++, pain.count--;
  return pain;
}

static bool is_left(const Rules *rules, const Item *pain) {
  int severity = pain_severity(rules->p, pain);
  if (severity < SEVERE || rule_is_here(rules, pain->at)) return false;
  Item before = as_in_base(rules, *pain);
  return severity >= pain_severity(rules->p, &before);
}

static void check_changed_step(const Future *future, const Step *step) {
  const Rules *rules = future->rules;
  Item *pains;
  size_t count = item_all(rules->p, rules->journey, &step->item, K_PAIN, rules->scratch, &pains);
  for (size_t i = 0; i < count; i++)
    if (is_left(rules, &pains[i])) say_left(rules, step, &pains[i]);
}

static bool is_future(const Project *p, const Journey *journey) {
  const char *type = item_choice(p, &journey->item, K_TYPE, 0);
  return type && strcmp(type, "future-state") == 0;
}

void check_future(const Rules *rules) {
  const Journey *journey = rules->journey;
  if (!journey->base || !is_future(rules->p, journey) || is_future(rules->p, journey->base)) return;
  Ref *dropped = ARENA_ARRAY(rules->scratch, Ref, journey->dropped_count);
  if (journey->dropped_count > 0) {
    memcpy(dropped, journey->dropped, journey->dropped_count * sizeof *dropped);
    qsort(dropped, journey->dropped_count, sizeof *dropped, ref_compare);
  }
  Future future = {rules, dropped, journey->dropped_count};
  for (uint32_t i = 0; i < journey->step_count; i++) {
    const Step *step = &journey->steps[i];
    if (step->state == 2) continue;
    if (step->item.count > 0) check_changed_step(&future, step);
    else check_same_step(&future, step);
  }
}
