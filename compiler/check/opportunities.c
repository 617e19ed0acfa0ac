/* Opportunities: who does it, until when, and whether that day has passed. */
#include "check/rules.h"

static void say(const Rules *rules, const Item *item, DiagnosticCode code, const char *lacks, const char *help) {
  Ref at = item->count > 0 && !rule_is_here(rules, item->at) ? item->over[0] : item->at;
  diagnose(rules->to, code, at.unit, rule_span(rules->p, at), help, "the opportunity \"" STR_FMT "\" %s",
           STR_ARG(item_title(rules->p, item, rules->to->arena)), lacks);
}

static void check_due(const Rules *rules, const Item *item) {
  Ref due = item_get(rules->p, item, K_DUE);
  const Unit *unit = project_unit(rules->p, due);
  const Value *date = unit_value(unit, due.at, 0);
  if (!date || date->type != V_DATE || date->number >= rules->p->today || !rule_is_here(rules, due)) return;
  diagnose(rules->to, DIAG_OPPORTUNITY_OVERDUE, due.unit, date->span,
           "ask its owner, then write `status done`, `status dropped` or a new date",
           "the opportunity \"" STR_FMT "\" was due on " STR_FMT ", and is neither done nor dropped",
           STR_ARG(item_title(rules->p, item, rules->to->arena)), STR_ARG(unit_raw(unit, date)));
}

static void check_opportunity(const Rules *rules, const Item *item) {
  const char *status = item_choice(rules->p, item, K_STATUS, 0);
  if (status && (strcmp(status, "done") == 0 || strcmp(status, "dropped") == 0)) return;
  if (!rule_has(rules, item, K_OWNER))
    say(rules, item, DIAG_OPPORTUNITY_NO_OWNER, "has no owner", "name the team that has agreed to do it: owner TEAM");
  if (!rule_has(rules, item, K_DUE))
    say(rules, item, DIAG_OPPORTUNITY_NO_DATE, "has no date",
        "write the day that its owner has agreed to: due 2027-01-15");
  else check_due(rules, item);
}

void check_opportunities(const Rules *rules) {
  Item *items;
  size_t count = item_all(rules->p, rules->journey, &rules->journey->item, K_OPPORTUNITY, rules->scratch, &items);
  for (size_t i = 0; i < count; i++)
    if (rule_item_is_here(rules, &items[i])) check_opportunity(rules, &items[i]);
}
