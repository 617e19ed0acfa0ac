/* What an event log says against a map: shares of arrows that lie outside of what was seen, and names of activities
 * that the log does not have. A log is only read where a journey is bound to it (observe/binding.h). */
#include <math.h>

#include "base/nearest.h"
#include "check/rules.h"
#include "observe/logs.h"
#include "observe/observe.h"

#define ROUNDING 0.005 /* people draw whole percents */

typedef struct {
  const Rules *rules;
  const EventLog *log;
  const Binding *binding;
  const Observation *observation;
  Arena *arena;
} Holding;

/* ---- names ---- */

static void say_unknown(const Holding *holding, Ref at, Str name) {
  const Rules *rules = holding->rules;
  const Value *value = unit_value(project_unit(rules->p, at), at.at, 0);
  Nearest nearest = nearest_to(name);
  for (uint32_t i = 0; i < holding->log->activity_count; i++) nearest_offer(&nearest, holding->log->activities[i]);
  Str log = item_title(rules->p, &(Item){.at = holding->log->evidence}, holding->arena);
  Str help = nearest.best.len > 0
                 ? arena_format(rules->to->arena, "did you mean \"" STR_FMT "\"?", STR_ARG(nearest.best))
                 : STR("see which activities it has: journey observe");
  Diagnostic *added = diagnose(rules->to, DIAG_ACTIVITY_UNKNOWN, at.unit, value->span, help.at,
                               "\"" STR_FMT "\" has no activity \"" STR_FMT "\": nobody is ever seen here",
                               STR_ARG(log), STR_ARG(name));
  diagnostic_relate(rules->to, added, holding->log->evidence.unit, rule_span(rules->p, holding->log->evidence),
                    "this log");
  if (nearest.best.len > 0)
    diagnostic_fix(added, value->span, arena_format(rules->to->arena, "\"" STR_FMT "\"", STR_ARG(nearest.best)));
}

static bool log_has(const EventLog *log, Str name) {
  for (uint32_t i = 0; i < log->activity_count; i++)
    if (str_is(log->activities[i], name)) return true;
  return false;
}

static void check_names(const Holding *holding, const Item *item) {
  const Rules *rules = holding->rules;
  Item *said;
  size_t count = item_all(rules->p, rules->journey, item, K_OBSERVED_AS, holding->arena, &said);
  for (size_t i = 0; i < count; i++) {
    if (!rule_is_here(rules, said[i].at)) continue;
    Str name = unit_text_of(project_unit(rules->p, said[i].at), holding->arena, said[i].at.at, 0);
    if (name.len > 0 && !log_has(holding->log, name)) say_unknown(holding, said[i].at, name);
  }
}

/* ---- shares ---- */

/* Whether the shares of a path are said of this log: it names it, or nothing at all. A path with a title, or for
 * somebody, is said of some clients only: it must name the log. */
static bool is_of_log(const Holding *holding, const Arrow *arrow) {
  const Project *p = holding->rules->p;
  Ref path = {arrow->at.unit, project_statement(p, arrow->at)->parent}, *refs;
  size_t count = claim_evidence(p, NULL, path, holding->arena, &refs);
  bool is_titled = arrow->set > 0, is_for = unit_child(project_unit(p, path), path.at, K_FOR) != NONE;
  for (size_t i = 0; i < count; i++)
    if (ref_is(refs[i], holding->log->evidence)) return !is_for;
  return count == 0 && !is_titled;
}

/* The node that an arrow leads to; NONE where the log cannot show it. */
static uint32_t aim_of(const Binding *binding, const Arrow *arrow) {
  bool ends = arrow->to == OUTSIDE || arrow->to == COMPLETE;
  return ends ? binding->end : binding->node_of[arrow->to];
}

static Str percent(double share, int decimals, Arena *arena) {
  Buf out = {0};
  buf_number(&out, share * 100, decimals);
  buf_add_byte(&out, '%');
  return buf_take(&out, arena);
}

/* What the log says: the share of the visits of a node that are followed by the aim. */
static Estimate seen_share(const Holding *holding, uint32_t from, uint32_t aim) {
  const Observation *o = holding->observation;
  const ObservedMove *move = observed_move(o, from, aim);
  uint64_t visits = from == holding->binding->start ? o->on_map : o->steps[from].visits;
  return move ? move->share : estimate_share(0, visits, USUAL_CONFIDENCE);
}

static void say_share(const Holding *holding, const Arrow *arrow, double drawn, bool alone, Estimate seen) {
  const Rules *rules = holding->rules;
  const Unit *unit = project_unit(rules->p, arrow->at);
  Arena *arena = rules->to->arena;
  Str from = unit_raw(unit, unit_value(unit, arrow->at.at, 0)), to = unit_raw(unit, unit_value(unit, arrow->at.at, 1));
  int decimals = seen.value > 0 && seen.value < 0.0995 ? 1 : 0;
  Str log = item_title(rules->p, &(Item){.at = holding->log->evidence}, arena);
  Str observed = percent(seen.value, decimals, arena);
  Str help = arena_format(arena, "draw what clients do: " STR_FMT "; journey observe shows where they go instead",
                          STR_ARG(observed));
  Diagnostic *added = diagnose(
      rules->to, DIAG_SHARE_CONTRADICTED, arrow->at.unit, arrow->share->span, help.at,
      "the map says that " STR_FMT " go from `" STR_FMT "` to `" STR_FMT "`%s, \"" STR_FMT "\" says " STR_FMT
      " (" STR_FMT " to " STR_FMT ", of %llu %s)",
      STR_ARG(percent(drawn, 1, arena)), STR_ARG(from), STR_ARG(to), alone ? "" : " by all arrows there", STR_ARG(log),
      STR_ARG(observed), STR_ARG(percent(seen.low, decimals, arena)), STR_ARG(percent(seen.high, decimals, arena)),
      (unsigned long long)seen.n, arrow->from == OUTSIDE ? "clients" : "visits");
  diagnostic_relate(rules->to, added, holding->log->evidence.unit, rule_span(rules->p, holding->log->evidence),
                    "this log");
  if (alone) diagnostic_fix(added, arrow->share->span, observed);
}

/* Arrows of one origin and set: those to one aim are one share. */
static void check_crossing(const Holding *holding, const Arrow *arrows, size_t count) {
  const Binding *binding = holding->binding;
  uint32_t from = arrows[0].from == OUTSIDE ? binding->start : binding->node_of[arrows[0].from];
  for (size_t i = 0; i < count; i++)
    if (from == NONE || aim_of(binding, &arrows[i]) == NONE) return;
  for (size_t i = 0; i < count; i++) {
    double drawn = 0;
    size_t alike = 0, last = 0;
    bool all = true;
    for (size_t k = 0; k < count; k++) {
      if (aim_of(binding, &arrows[k]) != aim_of(binding, &arrows[i])) continue;
      all &= arrows[k].share && isfinite(arrows[k].share->number);
      if (all) drawn += arrows[k].share->number;
      alike++;
      last = k;
    }
    if (last != i || !all || !is_of_log(holding, &arrows[i]) || !rule_is_here(holding->rules, arrows[i].at)) continue;
    Estimate seen = seen_share(holding, from, aim_of(binding, &arrows[i]));
    if (seen.n > 0 && (drawn < seen.low - ROUNDING || drawn > seen.high + ROUNDING))
      say_share(holding, &arrows[i], drawn, alike == 1, seen);
  }
}

static void check_arrows(const Holding *holding) {
  const Graph *graph = &holding->binding->graph;
  for (size_t first = 0, end; first < graph->arrow_count; first = end) {
    for (end = first; end < graph->arrow_count && graph->arrows[end].from == graph->arrows[first].from &&
                      graph->arrows[end].set == graph->arrows[first].set;)
      end++;
    check_crossing(holding, graph->arrows + first, end - first);
  }
}

/* ---- all journeys ---- */

static void check_journey(const Rules *rules, const EventLog *log, Arena *arena) {
  const Journey *journey = rules->journey;
  Holding holding = {rules, log, bind_journey(rules->p, journey, log, arena), NULL, arena};
  for (uint32_t i = 0; i < journey->stage_count; i++) check_names(&holding, &journey->stages[i].item);
  for (uint32_t i = 0; i < journey->step_count; i++) check_names(&holding, &journey->steps[i].item);
  if (holding.binding->graph.arrow_count == 0) return;
  holding.observation = observe(holding.binding, ALL_CASES, arena);
  check_arrows(&holding);
}

void check_observed(const Project *p, const Evidence *from, Diagnostics *to) {
  Arena *arena = arena_new();
  EventLogs *logs = event_logs_of(p, from, arena);
  for (uint32_t i = 0; i < p->journey_count && !project_is_stopped(p); i++) {
    const Journey *journey = &p->journeys[i];
    Ref evidence = project_is_own(p, journey->at.unit) ? journey_log(p, journey, NULL) : NO_REF;
    EventLog *log = ref_ok(evidence) ? event_logs_get(logs, evidence) : NULL;
    if (log && log->event_count > 0 && !log->broken)
      check_journey(&(Rules){.p = p, .journey = journey, .to = to, .scratch = arena}, log, arena);
  }
  arena_free(arena);
}
