#include "lsp/feature/calls.h"

#include "flow/flow.h"

/* ---- items ---- */

static CallItem step_item(const Project *p, const Journey *journey, uint32_t number, Arena *arena) {
  const Step *step = &journey->steps[number];
  return (CallItem){.journey = journey,
                    .at = step->item.at,
                    .name = item_title(p, &step->item, arena),
                    .detail = item_title(p, &journey->stages[step->stage].item, arena),
                    .range = project_statement(p, step->item.at)->span,
                    .name_span = name_span(p, step->item.at)};
}

static uint32_t step_number(const Journey *journey, Ref step) {
  for (uint32_t i = 0; i < journey->step_count; i++)
    if (ref_is(journey->steps[i].item.at, step)) return i;
  return NONE;
}

CallItems call_items(const Spot *spot, Arena *arena) {
  const Project *p = spot->snapshot->project;
  Ref meaning = spot_meaning(spot);
  if (!ref_ok(meaning)) return (CallItems){NULL, 0};
  const Journey *journey = project_journey_of(p, (Ref){spot->unit, spot_find(spot).statement});
  if (!journey) journey = project_journey_of(p, meaning);
  CallItems items = {ARENA_ARRAY(arena, CallItem, journey ? journey->step_count : 0), 0};
  for (uint32_t i = 0; journey && i < journey->step_count; i++) {
    const Step *step = &journey->steps[i];
    if (ref_is(step->item.at, meaning) || ref_is(journey->stages[step->stage].item.at, meaning))
      items.at[items.count++] = step_item(p, journey, i, arena);
  }
  return items;
}

/* ---- ways ---- */

typedef struct {
  const Project *p;
  const Flows *flows;
  Arena *arena;
} Calls;

/* The share of those at `from` (or OUTSIDE: of those who begin) who go on to `to`, in one flow. */
static double share_of(const Flow *flow, uint32_t from, uint32_t to) {
  const Crossing *crossing = from == OUTSIDE ? &flow->chain.starts : &flow->chain.steps[from];
  if (to == OUTSIDE) return crossing->leaves;
  if (to == COMPLETE) return crossing->completes;
  double share = 0;
  for (uint32_t i = 0; i < crossing->count; i++)
    if (crossing->ways[i].to == to) share += crossing->ways[i].share;
  return share;
}

/* The set of the graph's arrows that flow `number` was made of. */
static uint32_t set_of(const Calls *calls, uint32_t number) {
  const Graph *graph = &calls->flows->graph;
  return number + (graph->untitled || graph->titled_count == 0 ? 0 : 1);
}

typedef struct {
  const Arrow **at;
  uint32_t count;
} SaidBy;

/* The arrows that say it, each once. */
static SaidBy said_by(const Calls *calls, uint32_t from, uint32_t to) {
  SaidBy said = {NULL, 0};
  uint32_t room = 0;
  for (uint32_t f = 0; f < calls->flows->count; f++)
    room += graph_arrows(&calls->flows->graph, from, set_of(calls, f)).count;
  said.at = ARENA_ARRAY(calls->arena, const Arrow *, room + 1);
  for (uint32_t f = 0; f < calls->flows->count; f++) {
    GraphArrows arrows = graph_arrows(&calls->flows->graph, from, set_of(calls, f));
    for (uint32_t i = 0; i < arrows.count; i++) {
      bool known = arrows.at[i].to != to;
      for (uint32_t k = 0; k < said.count && !known; k++) known = said.at[k] == &arrows.at[i];
      if (!known) said.at[said.count++] = &arrows.at[i];
    }
  }
  return said;
}

/* "59%"; with several kinds of clients "59% On phones, 20% On the web". */
static Str shares(const Calls *calls, uint32_t from, uint32_t to) {
  Buf words = {0};
  for (uint32_t f = 0; f < calls->flows->count; f++) {
    const Flow *flow = &calls->flows->at[f];
    double share = share_of(flow, from, to);
    if (share <= 0) continue;
    if (words.len > 0) buf_add_c(&words, ", ");
    buf_number(&words, share * 100, 1);
    buf_add_c(&words, "%");
    Str title = flow_title(calls->p, flow, calls->arena);
    if (title.len > 0) buf_printf(&words, " " STR_FMT, STR_ARG(title));
  }
  return buf_take(&words, calls->arena);
}

static bool goes(const Calls *calls, uint32_t from, uint32_t to) {
  for (uint32_t f = 0; f < calls->flows->count; f++)
    if (share_of(&calls->flows->at[f], from, to) > 0) return true;
  return false;
}

static Span arrow_span(const Calls *calls, const Arrow *arrow, unsigned slot) {
  const Value *value = unit_value(project_unit(calls->p, arrow->at), arrow->at.at, slot);
  return value ? value->span : project_statement(calls->p, arrow->at)->span;
}

/* An end has no place of its own but the arrow that names it. */
static CallItem end_item(const Calls *calls, uint32_t end, bool origin, const SaidBy *said) {
  const Journey *journey = calls->flows->journey;
  CallItem item = {.is_end = true, .journey = journey, .at = said->count > 0 ? said->at[0]->at : journey->at};
  item.name = origin ? STR("starts") : end == OUTSIDE ? STR("leaves") : STR("ends");
  item.range = project_statement(calls->p, item.at)->span;
  item.name_span = said->count > 0 ? arrow_span(calls, said->at[0], origin ? 0 : 1) : name_span(calls->p, item.at);
  return item;
}

static Str joined(const Calls *calls, Str share, Str stage) {
  if (share.len == 0 || stage.len == 0) return share.len > 0 ? share : stage;
  return arena_format(calls->arena, STR_FMT " · " STR_FMT, STR_ARG(share), STR_ARG(stage));
}

/* The way from one to the other; `other` is the one of them that is asked for. */
static CallStep way(const Calls *calls, uint32_t from, uint32_t to, uint32_t other) {
  const Journey *journey = calls->flows->journey;
  SaidBy said = said_by(calls, from, to);
  CallStep step = {.said = ARENA_ARRAY(calls->arena, Span, said.count + 1)};
  bool is_end = other == OUTSIDE || other == COMPLETE;
  step.item = is_end ? end_item(calls, other, other == from, &said) : step_item(calls->p, journey, other, calls->arena);
  Str share = said.count > 0 ? shares(calls, from, to) : from == OUTSIDE || is_end ? STR("") : STR("the next step");
  step.item.detail = joined(calls, share, step.item.detail);
  uint32_t caller = from == OUTSIDE ? step.item.at.unit : journey->steps[from].item.at.unit;
  for (uint32_t i = 0; i < said.count; i++)
    if (said.at[i]->at.unit == caller) step.said[step.said_count++] = arrow_span(calls, said.at[i], 1);
  if (step.said_count == 0)
    step.said[step.said_count++] =
        from == OUTSIDE ? step.item.name_span : name_span(calls->p, journey->steps[from].item.at);
  return step;
}

CallSteps calls_to(const Project *p, const Journey *journey, Ref step, Arena *arena) {
  uint32_t to = step_number(journey, step);
  if (to == NONE) return (CallSteps){NULL, 0};
  Flows flows = flows_of(p, journey, arena);
  Calls calls = {p, &flows, arena};
  CallSteps steps = {ARENA_ARRAY(arena, CallStep, journey->step_count + 1), 0};
  if (goes(&calls, OUTSIDE, to)) steps.at[steps.count++] = way(&calls, OUTSIDE, to, OUTSIDE);
  for (uint32_t from = 0; from < journey->step_count; from++)
    if (goes(&calls, from, to)) steps.at[steps.count++] = way(&calls, from, to, from);
  return steps;
}

CallSteps calls_from(const Project *p, const Journey *journey, Ref step, Arena *arena) {
  uint32_t from = step_number(journey, step);
  if (from == NONE) return (CallSteps){NULL, 0};
  Flows flows = flows_of(p, journey, arena);
  Calls calls = {p, &flows, arena};
  CallSteps steps = {ARENA_ARRAY(arena, CallStep, journey->step_count + 2), 0};
  for (uint32_t to = 0; to < journey->step_count; to++)
    if (goes(&calls, from, to)) steps.at[steps.count++] = way(&calls, from, to, to);
  if (goes(&calls, from, OUTSIDE)) steps.at[steps.count++] = way(&calls, from, OUTSIDE, OUTSIDE);
  if (goes(&calls, from, COMPLETE)) steps.at[steps.count++] = way(&calls, from, COMPLETE, COMPLETE);
  return steps;
}
