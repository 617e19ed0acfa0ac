/* Where the work passes from one team to another: who receives it, and whether the map says so at all. */
#include "check/rules.h"

enum { MOST_PLACES = 8 };

/* The team that answers for the next step; NO_REF where it is the same one, or nobody knows. */
static Ref next_owner(const Rules *rules, uint32_t step) {
  const Journey *journey = rules->journey;
  if (step + 1 >= journey->step_count) return NO_REF;
  Ref own = step_owner(rules->p, journey, &journey->steps[step]);
  Ref next = step_owner(rules->p, journey, &journey->steps[step + 1]);
  return ref_is(own, next) ? NO_REF : next;
}

/* Behind what the statement says: where another property may follow on its line. */
static uint32_t end_of_values(const Unit *unit, uint32_t at) {
  const Statement *statement = &unit->statements[at];
  if (statement->value_count == 0) return statement_head(statement).end;
  return unit->values[statement->first_value + statement->value_count - 1].span.end;
}

static void say_no_receiver(const Rules *rules, uint32_t step, Ref at) {
  const Project *p = rules->p;
  const Unit *unit = project_unit(p, at);
  Arena *arena = rules->to->arena;
  Diagnostic *added = diagnose(rules->to, DIAG_HANDOFF_NO_RECEIVER, at.unit, rule_span(p, at),
                               "name the team that takes it over: hands-over \"\xE2\x80\xA6\" to TEAM",
                               "nobody is named to receive what \"" STR_FMT "\" hands over",
                               STR_ARG(item_title(p, &rules->journey->steps[step].item, arena)));
  Ref team = next_owner(rules, step);
  if (!ref_ok(team)) return;
  Item receiver = item_of(team);
  const Item *next = &rules->journey->steps[step + 1].item;
  diagnostic_relate(rules->to, added, next->at.unit, rule_span(p, next->at), "the next step belongs to \"" STR_FMT "\"",
                    STR_ARG(item_title(p, &receiver, arena)));
  uint32_t end = end_of_values(unit, at.at);
  diagnostic_fix(added, (Span){end, end}, arena_format(arena, " to " STR_FMT, STR_ARG(item_id(p, &receiver))));
}

/* Whether the step says what it hands over; of what this journey itself says, one without a receiver is complained of.
 */
static bool check_step(const Rules *rules, uint32_t number) {
  const Item *item = &rules->journey->steps[number].item;
  bool named = false;
  for (uint32_t i = 0; i <= item->count; i++) {
    Ref layer = i < item->count ? item->over[i] : item->at;
    const Unit *unit = project_unit(rules->p, layer);
    for (uint32_t at = unit_first_child(unit, layer.at); at != NONE; at = unit_next_sibling(unit, at)) {
      if (unit->statements[at].keyword != K_HANDS_OVER) continue;
      named = true;
      if (unit_child(unit, at, K_HANDS_TO) == NONE && rule_is_here(rules, layer))
        say_no_receiver(rules, number, (Ref){layer.unit, at});
    }
  }
  return named;
}

typedef struct {
  uint32_t steps[MOST_PLACES];
  uint32_t count; /* may be more than are listed */
} Places;

/* A map that names some of its handoffs is asked for the others, once. */
static void say_unnamed(const Rules *rules, const Places *places) {
  const Journey *journey = rules->journey;
  const Project *p = rules->p;
  Arena *arena = rules->to->arena;
  Diagnostic *added =
      diagnose(rules->to, DIAG_HANDOFF_UNNAMED, journey->at.unit, rule_span(p, journey->at),
               "write at the step what passes on, and to whom: hands-over \"\xE2\x80\xA6\" to TEAM",
               places->count == 1 ? "the owner changes at %u place where the map does not say what is handed over"
                                  : "the owner changes at %u places where the map does not say what is handed over",
               (unsigned)places->count);
  for (uint32_t i = 0; i < places->count && i < MOST_PLACES; i++) {
    const Item *item = &journey->steps[places->steps[i]].item;
    Item team = item_of(next_owner(rules, places->steps[i]));
    diagnostic_relate(rules->to, added, item->at.unit, rule_span(p, item->at), "from here it goes to \"" STR_FMT "\"",
                      STR_ARG(item_title(p, &team, arena)));
  }
}

void check_handoffs(const Rules *rules) {
  const Journey *journey = rules->journey;
  bool any = false;
  for (uint32_t i = 0; i < journey->step_count; i++) any |= check_step(rules, i);
  if (!any || journey->base) return;
  Places places = {.count = 0};
  for (uint32_t i = 0; i + 1 < journey->step_count; i++) {
    const Step *step = &journey->steps[i];
    if (!ref_ok(next_owner(rules, i)) || rule_has(rules, &step->item, K_HANDS_OVER)) continue;
    if (places.count < MOST_PLACES) places.steps[places.count] = i;
    places.count++;
  }
  if (places.count > 0) say_unnamed(rules, &places);
}
