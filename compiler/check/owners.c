/* Who answers for it: said once, at the highest place where nobody does. */
#include "check/rules.h"

static const char OWNER_HELP[] = "name the team that answers for it: owner TEAM";

/* Of the whole journey, nothing is owned by anybody. */
static bool nothing_is_owned(const Rules *rules) {
  const Journey *journey = rules->journey;
  for (uint32_t i = 0; i < journey->stage_count; i++)
    if (rule_has(rules, &journey->stages[i].item, K_OWNER)) return false;
  for (uint32_t i = 0; i < journey->step_count; i++)
    if (rule_has(rules, &journey->steps[i].item, K_OWNER)) return false;
  return true;
}

static void say(const Rules *rules, const Item *item, const char *what, const char *of_it) {
  diagnose(rules->to, DIAG_NO_OWNER, item->at.unit, rule_span(rules->p, item->at), OWNER_HELP,
           "nobody owns the %s \"" STR_FMT "\"%s", what, STR_ARG(item_title(rules->p, item, rules->to->arena)), of_it);
}

/* A step of a variant's base is the base's to mend. */
static bool is_ours(const Rules *rules, const Item *item) {
  return !rules->journey->base || rule_is_here(rules, item->at);
}

static void check_stage(const Rules *rules, const Stage *stage) {
  const Step *steps = rules->journey->steps + stage->first_step;
  uint32_t unowned = 0;
  if (stage->step_count == 0 || rule_has(rules, &stage->item, K_OWNER)) return;
  for (uint32_t i = 0; i < stage->step_count; i++) unowned += !rule_has(rules, &steps[i].item, K_OWNER);
  if (unowned == stage->step_count && is_ours(rules, &stage->item)) {
    say(rules, &stage->item, "stage", stage->step_count == 1 ? ", nor its step" : ", nor any of its steps");
    return;
  }
  for (uint32_t i = 0; i < stage->step_count; i++)
    if (!rule_has(rules, &steps[i].item, K_OWNER) && is_ours(rules, &steps[i].item))
      say(rules, &steps[i].item, "step", "");
}

void check_owners(const Rules *rules) {
  const Journey *journey = rules->journey;
  if (journey->step_count == 0 || rule_has(rules, &journey->item, K_OWNER)) return;
  if (nothing_is_owned(rules)) {
    if (!journey->base) say(rules, &journey->item, "journey", ", nor any part of it");
    return;
  }
  for (uint32_t i = 0; i < journey->stage_count; i++) check_stage(rules, &journey->stages[i]);
}
