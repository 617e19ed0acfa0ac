#include "metric/seen.h"

#include <math.h>

#include "base/vec.h"
#include "metric/measure.h"
#include "observe/logs.h"
#include "observe/observe.h"

typedef struct {
  const Journey *journey;
  Ref measure;
  bool is_known;
  ComputeSeen seen;
  Str why;
} SeenMeasure;

/* What is seen of the same cases of a log on one map; many measures ask for it. */
typedef struct {
  const Binding *binding;
  const bool *in; /* as of a Selection */
  const Observation *whole;
  Split months; /* without parts where the log has no times */
} SeenCases;

struct SeenLogs {
  const Project *project;
  Arena *arena;
  EventLogs *logs;
  bool has_log; /* whether the project has any */
  VEC(SeenMeasure) measures;
  VEC(SeenCases) cases;
  VEC(const Journey *) journeys; /* that were read */
};

static bool has_log(const Project *p) {
  for (uint32_t u = 0; u < p->unit_count; u++)
    for (uint32_t at = 0; project_is_own(p, u) && at < p->units[u]->statement_count;
         at = p->units[u]->statements[at].after)
      if (p->units[u]->statements[at].keyword == K_EVIDENCE && is_event_log(p, (Ref){u, at})) return true;
  return false;
}

SeenLogs *seen_new(const Project *p, const Evidence *evidence) {
  SeenLogs *seen = mem_alloc(sizeof *seen);
  *seen = (SeenLogs){.project = p, .arena = arena_new(), .has_log = has_log(p)};
  seen->logs = event_logs_of(p, evidence, seen->arena);
  return seen;
}

void seen_free(SeenLogs *seen) {
  if (!seen) return;
  vec_free(&seen->measures);
  vec_free(&seen->cases);
  vec_free(&seen->journeys);
  arena_free(seen->arena);
  free(seen);
}

Ref measure_log(const Project *p, const Item *place, Ref measure) {
  if (unit_value(project_unit(p, measure), measure.at, 1)) return NO_REF;
  Arena *arena = arena_new();
  Ref *refs, found = NO_REF;
  size_t count = claim_evidence(p, place, measure, arena, &refs);
  for (size_t i = 0; i < count && !ref_ok(found); i++)
    if (is_event_log(p, refs[i])) found = refs[i];
  arena_free(arena);
  return found;
}

/* ---- which cases count ---- */

/* Takes out the cases that don't hold one `where` of the measure. */
static bool filter(SeenLogs *seen, const EventLog *log, Ref where, bool *in, Str *why) {
  const Unit *unit = project_unit(seen->project, where);
  Item item = item_of(where);
  const char *how = item_choice(seen->project, &item, K_WHERE, 1);
  const Value *choice = unit_value(unit, where.at, 1);
  how = choice ? schema_row(K_WHERE)->values[1].choices[choice->extra] : how;
  Str column = unit_text_of(unit, seen->arena, where.at, 0), wanted = unit_text_of(unit, seen->arena, where.at, 2);
  const LogAttribute *attribute = log_attribute(log, column);
  if (!attribute || !attribute->of_case)
    return *why = arena_format(seen->arena, "the event log says nothing of \"" STR_FMT "\" that could be counted",
                               STR_ARG(column)),
           false;
  bool is = strcmp(how, "is") == 0;
  if (!is && strcmp(how, "is-not") != 0)
    return *why = STR("the cases of an event log are chosen by `is` and `is-not` only"), false;
  for (uint32_t i = 0; i < log->case_count; i++) {
    uint8_t value = attribute->of_case[i];
    bool same = value && str_is(attribute->values[value - 1], wanted);
    in[i] = in[i] && same == is;
  }
  return true;
}

static bool select_cases(SeenLogs *seen, const EventLog *log, Ref measure, Selection *selection, Str *why) {
  const Unit *unit = project_unit(seen->project, measure);
  bool *in = NULL;
  *selection = ALL_CASES;
  for (uint32_t at = unit_first_child(unit, measure.at); at != NONE; at = unit_next_sibling(unit, at)) {
    if (unit->statements[at].keyword == K_FOR)
      return *why = STR("an event log doesn't say which persona, segment or channel a case is of: choose by `where`"),
             false;
    if (unit->statements[at].keyword != K_WHERE) continue;
    if (!in) {
      in = ARENA_ARRAY(seen->arena, bool, log->case_count + 1);
      for (uint32_t i = 0; i < log->case_count; i++) in[i] = true;
    }
    if (!filter(seen, log, (Ref){measure.unit, at}, in, why)) return false;
  }
  selection->in = in;
  return true;
}

/* ---- counting ---- */

static uint64_t hits_of(Estimate share) { return share.n ? (uint64_t)llround(share.value * (double)share.n) : 0; }

/* False where the log sees nothing of the place. */
static bool count_place(const Observation *observation, Place place, ComputeSeen *to) {
  *to = (ComputeSeen){.cases = observation->on_map};
  if (place.kind == PLACE_JOURNEY) {
    to->reached = to->goes_on = hits_of(observation->completes);
    to->here = observation->on_map;
    to->has_here = true;
  } else if (place.kind == PLACE_STAGE) {
    to->reached = hits_of(observation->stages[place.index].reach);
  } else {
    uint32_t node = observation->binding->node_of[place.index];
    if (node == NONE) return false;
    const ObservedStep *step = &observation->steps[node];
    to->reached = to->here = step->cases;
    to->goes_on = hits_of(step->goes_on);
    to->has_here = step->goes_on.n > 0;
  }
  return true;
}

static bool same_cases(const EventLog *log, const bool *a, const bool *b) {
  return a == b || (a && b && memcmp(a, b, log->case_count * sizeof *a) == 0);
}

static SeenCases see_cases(SeenLogs *seen, const Journey *journey, const EventLog *log, Selection selection) {
  for (size_t i = 0; i < seen->cases.len; i++) {
    const SeenCases *known = &seen->cases.at[i];
    if (known->binding->journey == journey && known->binding->log == log && same_cases(log, known->in, selection.in))
      return *known;
  }
  SeenCases found = {.binding = bind_journey(seen->project, journey, log, seen->arena), .in = selection.in};
  found.whole = observe(found.binding, selection, seen->arena);
  Str why;
  if (!log->has_time || !observe_by(found.binding, selection, STR("month"), seen->arena, &found.months, &why))
    found.months = (Split){0};
  vec_push(&seen->cases, found);
  return found;
}

static void count_periods(SeenLogs *seen, const Split *months, Place place, ComputeSeen *to) {
  ComputeSeen *periods = ARENA_ARRAY(seen->arena, ComputeSeen, months->count);
  for (uint32_t i = 0; i < months->count; i++) {
    ComputeSeen *period = &periods[to->period_count];
    if (!count_place(months->parts[i].observation, place, period)) continue;
    period->name = months->parts[i].name;
    to->period_count++;
  }
  to->periods = periods;
}

static void count_measure(SeenLogs *seen, const Journey *journey, Place place, Ref measure) {
  Ref evidence = measure_log(seen->project, place.kind == PLACE_STEP ? place_item(journey, place) : NULL, measure);
  const EventLog *log = ref_ok(evidence) ? event_logs_get(seen->logs, evidence) : NULL;
  if (!log) return;
  SeenMeasure found = {.journey = journey, .measure = measure, .why = STR("")};
  Selection selection;
  if (select_cases(seen, log, measure, &selection, &found.why)) {
    SeenCases cases = see_cases(seen, journey, log, selection);
    found.is_known = count_place(cases.whole, place, &found.seen);
    if (found.is_known) count_periods(seen, &cases.months, place, &found.seen);
    else found.why = STR("the event log has no activity that this step could be: name it with `observed-as`");
  }
  vec_push(&seen->measures, found);
}

static void count_at(SeenLogs *seen, const Journey *journey, Place place) {
  Arena *arena = arena_new();
  Item *items;
  size_t count = item_all(seen->project, journey, place_item(journey, place), K_MEASURE, arena, &items);
  for (size_t i = 0; i < count; i++) count_measure(seen, journey, place, items[i].at);
  arena_free(arena);
}

void seen_read(SeenLogs *seen, const Journey *journey) {
  if (!seen->has_log) return;
  for (size_t i = 0; i < seen->journeys.len; i++)
    if (seen->journeys.at[i] == journey) return;
  vec_push(&seen->journeys, journey);
  count_at(seen, journey, (Place){.kind = PLACE_JOURNEY});
  for (uint32_t s = 0; s < journey->stage_count; s++) count_at(seen, journey, (Place){.kind = PLACE_STAGE, .index = s});
  for (uint32_t s = 0; s < journey->step_count; s++) count_at(seen, journey, (Place){.kind = PLACE_STEP, .index = s});
}

const ComputeSeen *seen_at(const SeenLogs *seen, const Journey *journey, Ref measure, Str *why) {
  *why = STR("");
  for (size_t i = 0; seen && i < seen->measures.len; i++) {
    const SeenMeasure *found = &seen->measures.at[i];
    if (found->journey != journey || !ref_is(found->measure, measure)) continue;
    *why = found->why;
    return found->is_known ? &found->seen : NULL;
  }
  return NULL;
}
