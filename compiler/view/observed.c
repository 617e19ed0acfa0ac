#include "view/observed.h"

#include <math.h>

#include "view/observe_words.h"

#define SHOWN_LEAST 0.03 /* of those at a step: rarer moves would hide the others */

enum { LANE_MOVES = 3 };

typedef struct {
  const View *view;
  const Observation *o;
  const Binding *binding;
  const Findings *findings;
  Arena *arena;
} Overlay;

/* ---- where they went, as a flow ---- */

/* Moves that nobody drew must be made by more to be shown, or they would hide what is. */
static bool is_shown(const Observation *o, const ObservedMove *move) {
  if (move->share.value < SHOWN_LEAST) return false;
  return move->drawn || (double)move->count >= SHOWN_LEAST * (double)o->on_map;
}

/* Whoever's last step this is has left, or has completed the journey, here or before. */
static void add_ends(const Observation *o, const ObservedMove *move, Crossing *crossing) {
  double visits = (double)move->share.n;
  uint64_t left = move->from < o->binding->node_count ? o->steps[move->from].left : 0;
  crossing->leaves = (double)left / visits;
  double completes = (double)(move->count - left) / visits;
  crossing->completes = completes >= SHOWN_LEAST ? completes : 0;
}

static Crossing crossing_of(const Overlay *overlay, uint32_t node) {
  const Observation *o = overlay->o;
  const Binding *binding = overlay->binding;
  uint32_t first = o->first_move[node], count = o->first_move[node + 1] - first;
  Way *ways = ARENA_ARRAY(overlay->arena, Way, count + 1);
  Crossing crossing = {.ways = ways};
  for (uint32_t i = 0; i < count; i++) {
    const ObservedMove *move = &o->moves[first + i];
    if (move->to == binding->end) add_ends(o, move, &crossing);
    else if (is_shown(o, move)) ways[crossing.count++] = (Way){binding->step_of[move->to], move->share.value};
  }
  return crossing;
}

static Flow *make_flow(const Overlay *overlay) {
  const Observation *o = overlay->o;
  const Binding *binding = overlay->binding;
  uint32_t steps = binding->journey->step_count;
  Flow *flow = ARENA_NEW(overlay->arena, Flow);
  Crossing *crossings = ARENA_ARRAY(overlay->arena, Crossing, steps + 1);
  ChainStep *results = ARENA_ARRAY(overlay->arena, ChainStep, steps + 1);
  for (uint32_t step = 0; step < steps; step++) results[step].reach = NAN;
  for (uint32_t node = 0; node < binding->node_count; node++) {
    uint32_t step = binding->step_of[node];
    crossings[step] = crossing_of(overlay, node);
    const ObservedMove *end = observed_move(o, node, binding->end);
    double all = (double)o->on_map, left = (double)o->steps[node].left / all;
    results[step] = (ChainStep){.reach = (double)o->steps[node].cases / all,
                                .visits = (double)o->steps[node].visits / all,
                                .leaves = left,
                                .completes = end ? (double)end->count / all - left : 0};
    flow->result.completes += results[step].completes;
    flow->result.leaves += results[step].leaves;
  }
  flow->path = NO_REF;
  flow->chain = (Chain){crossings, steps, crossing_of(overlay, binding->start)};
  flow->result.steps = results;
  flow->result.length = o->visits;
  flow->result.settled = true;
  return flow;
}

/* Nodes of a drawing: the start, the steps, the end. */
static uint32_t drawn_node(const Binding *binding, uint32_t node) {
  if (node == binding->start) return 0;
  return node == binding->end ? binding->journey->step_count + 1 : binding->step_of[node] + 1;
}

static const ViewObserved *make_notes(const Overlay *overlay) {
  const Observation *o = overlay->o;
  const Binding *binding = overlay->binding;
  uint32_t steps = binding->journey->step_count, size = steps + 2;
  ViewObserved *made = ARENA_NEW(overlay->arena, ViewObserved);
  bool *undrawn = ARENA_ARRAY(overlay->arena, bool, (size_t)size *size);
  Str *notes = ARENA_ARRAY(overlay->arena, Str, steps + 1);
  for (uint32_t i = 0; i < o->move_count; i++)
    if (!o->moves[i].drawn)
      undrawn[drawn_node(binding, o->moves[i].from) * size + drawn_node(binding, o->moves[i].to)] = true;
  for (uint32_t node = 0; node < binding->node_count; node++)
    if (o->steps[node].before.n > 0)
      notes[binding->step_of[node]] = arena_format(overlay->arena, "after " STR_FMT,
                                                   STR_ARG(observe_time(o->steps[node].before.median, overlay->arena)));
  for (uint32_t step = 0; step < steps; step++)
    if (binding->seen[step] != STEP_SEEN)
      notes[step] = binding->seen[step] == STEP_UNSEEN ? STR("not in the log") : STR("never seen");
  *made = (ViewObserved){undrawn, notes};
  return made;
}

static void add_flow(const Overlay *overlay, View *made) {
  Arena *arena = overlay->arena;
  ViewFlow *flows = ARENA_ARRAY(arena, ViewFlow, made->flow_count + 1);
  Str log = item_title(overlay->binding->project, &(Item){.at = overlay->binding->log->evidence}, arena);
  Str summary = observe_summary(overlay->o, arena), fit = observe_fit(overlay->o, arena);
  flows[0] =
      (ViewFlow){.title = arena_format(arena, "What clients did, by \"" STR_FMT "\"", STR_ARG(log)),
                 .summary = arena_format(arena, STR_FMT " " STR_FMT " Moves that under 3%% make are left out here.",
                                         STR_ARG(summary), STR_ARG(fit)),
                 .sources = STR(""),
                 .against = STR(""),
                 .flow = make_flow(overlay),
                 .stages = made->stages,
                 .stage_count = made->stage_count,
                 .steps = made->steps,
                 .step_count = made->step_count,
                 .observed = make_notes(overlay)};
  for (uint32_t i = 0; i < made->flow_count; i++) {
    flows[i + 1] = made->flows[i];
    if (flows[i + 1].title.len == 0) flows[i + 1].title = STR("What the map says");
  }
  made->flows = flows;
  made->flow_count++;
}

/* ---- what they did, as a lane ---- */

static Entry line(Str text, Str key, Str value, Ref at) {
  Str none = STR("");
  return (Entry){.kind = ENTRY_TEXT,
                 .text = text,
                 .name = key,
                 .value = value,
                 .label = none,
                 .details = none,
                 .who = none,
                 .sources = none,
                 .before = none,
                 .at = at};
}

static void add_line(const Overlay *overlay, Entry *entries, uint32_t *count, const char *key, Str value, Str words) {
  entries[(*count)++] = line(arena_format(overlay->arena, STR_FMT " " STR_FMT, STR_ARG(value), STR_ARG(words)),
                             str_of(key), value, overlay->binding->journey->at);
}

static void add_moves(const Overlay *overlay, Entry *entries, uint32_t *count, uint32_t node) {
  const Observation *o = overlay->o;
  Arena *arena = overlay->arena;
  double drawn;
  for (uint32_t i = o->first_move[node], shown = 0; i < o->first_move[node + 1] && shown < LANE_MOVES; i++) {
    const ObservedMove *move = &o->moves[i];
    bool said = drawn_share(o, node, move->to, &drawn);
    if (said ? !move_contradicts(move, drawn) : move->drawn || move->share.value < SHOWN_LEAST) continue;
    Str to = move->to == overlay->binding->end
                 ? STR("no further step")
                 : arena_format(arena, "to " STR_FMT, STR_ARG(node_title(overlay->binding, move->to, arena)));
    Str words = said ? arena_format(arena, STR_FMT "; the map says " STR_FMT, STR_ARG(to),
                                    STR_ARG(observe_percent(drawn, arena)))
                     : arena_format(arena, STR_FMT "; not drawn", STR_ARG(to));
    add_line(overlay, entries, count, "move", observe_percent(move->share.value, arena), words);
    shown++;
  }
}

static Cell cell_of(const Overlay *overlay, uint32_t node) {
  const ObservedStep *step = &overlay->o->steps[node];
  Arena *arena = overlay->arena;
  Entry *entries = ARENA_ARRAY(arena, Entry, 4 + LANE_MOVES);
  uint32_t count = 0;
  add_line(overlay, entries, &count, "reach", observe_percent(step->reach.value, arena), STR("come here"));
  if (step->leaves.value > 0)
    add_line(overlay, entries, &count, "leaves", observe_percent(step->leaves.value, arena), STR("of them leave here"));
  if (step->before.n > 0)
    add_line(overlay, entries, &count, "wait", observe_time(step->before.median, arena),
             arena_format(arena, "after the step before; one in ten over " STR_FMT,
                          STR_ARG(observe_time(step->before.p90, arena))));
  add_moves(overlay, entries, &count, node);
  return (Cell){entries, count};
}

/* Below the curve, where there is one. */
static void add_lane(const Overlay *overlay, View *made) {
  uint32_t at = 0;
  ViewLane *lanes = ARENA_ARRAY(overlay->arena, ViewLane, made->lane_count + 1);
  Cell *cells = ARENA_ARRAY(overlay->arena, Cell, made->step_count + 1);
  for (uint32_t node = 0; node < overlay->binding->node_count; node++)
    cells[overlay->binding->step_of[node]] = cell_of(overlay, node);
  for (uint32_t i = 0; i < made->lane_count; i++)
    if (made->lanes[i].kind == LANE_EMOTION) at = i + 1;
  for (uint32_t i = 0; i < made->lane_count; i++) lanes[i < at ? i : i + 1] = made->lanes[i];
  lanes[at] = (ViewLane){LANE_ENTRIES, K_OBSERVED_AS, STR("observed"), STR("What clients did"), STR(""), cells};
  made->lanes = lanes;
  made->lane_count++;
}

/* ---- what went otherwise, as a section ---- */

static void add_section(const Overlay *overlay, View *made) {
  const Findings *findings = overlay->findings;
  Arena *arena = overlay->arena;
  if (findings->count == 0) return;
  ViewSection *sections = ARENA_ARRAY(arena, ViewSection, made->section_count + 1);
  ViewFact *facts = ARENA_ARRAY(arena, ViewFact, findings->count);
  for (uint32_t i = 0; i < findings->count; i++) {
    const Finding *finding = &findings->at[i];
    Buf text = {0};
    for (uint32_t k = 0; k < finding->count && k < 4; k++)
      buf_printf(&text, "%s" STR_FMT ".", k > 0 ? " " : "",
                 STR_ARG(observe_difference(overlay->binding, finding, &finding->differences[k], arena)));
    facts[i] = (ViewFact){.mark = arena_format(arena, "%u", i + 1),
                          .name = observe_who(finding, arena),
                          .text = buf_take(&text, arena),
                          .alert = STR(""),
                          .sources = STR("")};
  }
  sections[0] = (ViewSection){SECTION_OTHER, STR("What went otherwise for some"), facts, findings->count};
  for (uint32_t i = 0; i < made->section_count; i++) sections[i + 1] = made->sections[i];
  made->sections = sections;
  made->section_count++;
}

const View *view_observed(const View *view, const Observation *observation, const Findings *findings, Arena *arena) {
  Overlay overlay = {view, observation, observation->binding, findings, arena};
  View *made = ARENA_NEW(arena, View);
  *made = *view;
  if (observation->on_map == 0) return made;
  add_flow(&overlay, made);
  if (made->shape == SHAPE_COLUMNS) add_lane(&overlay, made);
  add_section(&overlay, made);
  return made;
}
