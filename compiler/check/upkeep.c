/* Whether the map is looked after. A variant is reviewed with its base. */
#include "check/rules.h"

static void check_review(const Rules *rules) {
  int32_t due;
  if (!journey_review_due(rules->p, rules->journey, &due) || due >= rules->p->today) return;
  int32_t days = rules->p->today - due;
  Ref at = item_get(rules->p, &rules->journey->item, K_REVIEWED);
  const Value *date = unit_value(project_unit(rules->p, at), at.at, 0);
  diagnose(rules->to, DIAG_REVIEW_OVERDUE, at.unit, date ? date->span : rule_span(rules->p, at),
           "go through the map with those who own it, then write the date of that day",
           "the review of this map has been overdue for %d day%s", (int)days, days == 1 ? "" : "s");
}

/* The teams have done their part, so it is the clients' turn. */
static void check_validated(const Rules *rules) {
  const Item *item = &rules->journey->item;
  if (!rule_has(rules, item, K_MAPPED_BY) || rule_has(rules, item, K_VALIDATED)) return;
  diagnose(rules->to, DIAG_NEVER_VALIDATED, rules->journey->at.unit, rule_span(rules->p, rules->journey->at),
           arena_format(rules->to->arena, "go through it with clients, and write when and how: %s",
                        schema_row(K_VALIDATED)->example)
               .at,
           "no client has been asked yet whether the map \"" STR_FMT "\" is right",
           STR_ARG(item_title(rules->p, item, rules->to->arena)));
}

void check_upkeep(const Rules *rules) {
  const Journey *journey = rules->journey;
  if (journey->base) return;
  if (journey->stage_count > 0) check_validated(rules);
  if (rule_has(rules, &journey->item, K_REVIEWED)) check_review(rules);
  else if (journey->stage_count > 0 && rule_is_worked_on(rules))
    diagnose(rules->to, DIAG_NEVER_REVIEWED, journey->at.unit, rule_span(rules->p, journey->at),
             arena_format(rules->to->arena, "write when it was last gone through, and how often it will be: %s",
                          schema_row(K_REVIEWED)->example)
                 .at,
             "the map \"" STR_FMT "\" does not say when it was last reviewed",
             STR_ARG(item_title(rules->p, &journey->item, rules->to->arena)));
}
