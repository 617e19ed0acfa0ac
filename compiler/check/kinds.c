/* What each kind of map needs: how large it may be, where it ends, the times of a day. */
#include "check/rules.h"

/* ---- how large it is ---- */

/* A variant is as large as its base made it, unless it is the one that goes beyond. */
static void check_size(const Rules *rules) {
  const Journey *journey = rules->journey;
  uint32_t limit = rules->p->settings.too_large;
  bool steps = journey->step_count > limit && (!journey->base || journey->base->step_count <= limit);
  bool stages = journey->stage_count > MOST_STAGES && (!journey->base || journey->base->stage_count <= MOST_STAGES);
  if (!steps && !stages) return;
  diagnose(rules->to, DIAG_MAP_TOO_LARGE, journey->at.unit, rule_span(rules->p, journey->at),
           steps ? "make a map of each part, or fold steps that only belong together into one"
                 : "make a map of each part, or put stages that follow the same goal together",
           "this map has %u %s: more than %u can't be taken in at a glance",
           (unsigned)(steps ? journey->step_count : journey->stage_count), steps ? "steps" : "stages",
           (unsigned)(steps ? limit : MOST_STAGES));
}

/* ---- a day in the life ---- */

static const Value *time_of(const Rules *rules, const Step *step, Ref *at) {
  *at = item_get(rules->p, &step->item, K_AT);
  return ref_ok(*at) ? unit_value(project_unit(rules->p, *at), at->at, 0) : NULL;
}

typedef struct {
  double first, last; /* minutes, over midnight more than a day's */
  Ref last_at;
} Clock;

enum { DAY = 24 * 60, NIGHT = 12 * 60 };

/* One midnight may be passed, by a night: a day ends where it began, at the latest. */
static void check_time(const Rules *rules, const Value *time, Ref at, Clock *clock) {
  const Project *p = rules->p;
  double minutes = time->number;
  bool begun = ref_ok(clock->last_at);
  if (begun && minutes < clock->last && minutes <= clock->first && minutes + DAY - clock->last <= NIGHT) minutes += DAY;
  if (!begun) clock->first = minutes;
  if (begun && minutes < clock->last && rule_is_here(rules, at)) {
    const Unit *before = project_unit(p, clock->last_at);
    const Value *earlier = unit_value(before, clock->last_at.at, 0);
    Diagnostic *added =
        diagnose(rules->to, DIAG_DAY_TIMES, at.unit, time->span, "put the steps into the order of the day",
                 "the step before this one is at " STR_FMT ", and this one at " STR_FMT,
                 STR_ARG(unit_raw(before, earlier)), STR_ARG(unit_raw(project_unit(p, at), time)));
    diagnostic_relate(rules->to, added, clock->last_at.unit, earlier->span, "the step before");
  }
  if (begun && minutes < clock->last) return;
  clock->last = minutes;
  clock->last_at = at;
}

static void say_no_time(const Rules *rules, Ref at, Str title) {
  bool whole = ref_is(at, rules->journey->at);
  diagnose(rules->to, DIAG_DAY_TIMES, at.unit, rule_span(rules->p, at), "write when it happens: at 07:30",
           whole ? "no step of the day \"" STR_FMT "\" has a time" : "the step \"" STR_FMT "\" of this day has no time",
           STR_ARG(title));
}

static void check_day(const Rules *rules) {
  const Journey *journey = rules->journey;
  if (!rule_is_type(rules, "day-in-the-life") || journey->step_count == 0) return;
  uint32_t lacking = 0;
  for (uint32_t i = 0; i < journey->step_count; i++) lacking += !rule_has(rules, &journey->steps[i].item, K_AT);
  if (lacking == journey->step_count) {
    if (!journey->base) say_no_time(rules, journey->at, item_title(rules->p, &journey->item, rules->to->arena));
    return;
  }
  Clock clock = {.last_at = NO_REF};
  for (uint32_t i = 0; i < journey->step_count; i++) {
    const Step *step = &journey->steps[i];
    Ref at;
    const Value *time = time_of(rules, step, &at);
    if (time) check_time(rules, time, at, &clock);
    else if (rule_is_here(rules, step->item.at))
      say_no_time(rules, step->item.at, item_title(rules->p, &step->item, rules->to->arena));
  }
}

/* ---- how far the map reaches ---- */

/* What the field calls it, other words for the same left aside; empty where it has no name for it. */
static Str usual_name(const Rules *rules, const Stage *stage) {
  Ref name = stage_name_of(rules->p, rules->journey, stage);
  return ref_ok(name) ? item_id(rules->p, &(Item){.at = stage_name_meaning(rules->p, name)}) : STR("");
}

static bool is_purchase(const Rules *rules, const Stage *stage) {
  Str name = usual_name(rules, stage);
  return str_is(name, STR("decision")) || str_is(name, STR("purchase"));
}

static void say_beyond(const Rules *rules, const Stage *purchase, const Stage *stage) {
  Diagnostic *added = diagnose(rules->to, DIAG_WRONG_REACH, stage->item.at.unit, rule_span(rules->p, stage->item.at),
                               "a map that goes on says so: covers customer-journey, or covers client-journey",
                               "a buyer's journey ends with the purchase, and \"" STR_FMT "\" comes after it",
                               STR_ARG(item_title(rules->p, &stage->item, rules->to->arena)));
  diagnostic_relate(rules->to, added, purchase->item.at.unit, rule_span(rules->p, purchase->item.at), "the purchase");
}

static void say_short(const Rules *rules, Ref covers, const Stage *purchase) {
  const Value *value = unit_value(project_unit(rules->p, covers), covers.at, 0);
  Diagnostic *added = diagnose(
      rules->to, DIAG_WRONG_REACH, covers.unit, value->span,
      "add what comes after it, such as onboarding, use and renewal; or call it what it is: covers buyers-journey",
      "a client's journey goes on after the purchase, and this map ends there");
  diagnostic_relate(rules->to, added, purchase->item.at.unit, rule_span(rules->p, purchase->item.at),
                    "the last stage is the purchase");
  diagnostic_fix(added, value->span, STR("buyers-journey"));
}

/* A decision at the end of a map that shows how a client is kept is another one: to stay or to leave. */
static bool has_later(const Rules *rules) {
  const Journey *journey = rules->journey;
  static const char *const later[] = {"onboarding", "retention", "advocacy"};
  for (uint32_t i = 0; i < journey->stage_count; i++) {
    Str name = usual_name(rules, &journey->stages[i]);
    for (size_t k = 0; k < sizeof later / sizeof *later; k++)
      if (str_is_c(name, later[k])) return true;
  }
  return false;
}

static void check_reach(const Rules *rules) {
  const Journey *journey = rules->journey;
  const char *covers = item_choice(rules->p, &journey->item, K_COVERS, 0);
  const Stage *purchase = NULL;
  if (!covers || journey->base) return;
  for (uint32_t i = 0; i < journey->stage_count; i++)
    if (is_purchase(rules, &journey->stages[i])) purchase = &journey->stages[i];
  if (!purchase) return;
  bool last = purchase == &journey->stages[journey->stage_count - 1];
  if (strcmp(covers, "buyers-journey") == 0 && !last) say_beyond(rules, purchase, purchase + 1);
  if (strcmp(covers, "client-journey") == 0 && last && !has_later(rules))
    say_short(rules, item_get(rules->p, &journey->item, K_COVERS), purchase);
}

void check_kinds(const Rules *rules) {
  const Item *item = &rules->journey->item;
  check_size(rules);
  check_day(rules);
  if (rule_has(rules, item, K_COVERS)) check_reach(rules);
  if (rule_has(rules, item, K_VOCABULARY_OF)) check_vocabulary(rules);
}
