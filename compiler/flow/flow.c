#include "flow/flow.h"

#include <math.h>
#include <stdlib.h>

#define FORGIVEN 1e-9 /* what shares may miss of 100%, by the way they are written */

/* The share that is said, or a negative number. */
static double stated(const Arrow *arrow) {
  if (!arrow->share || !isfinite(arrow->share->number)) return -1;
  return fmax(0, fmin(1, arrow->share->number));
}

static Crossing walk_on(uint32_t to, uint32_t step_count, Arena *arena) {
  if (to >= step_count) return (Crossing){.completes = 1};
  Way *way = ARENA_NEW(arena, Way);
  *way = (Way){to, 1};
  return (Crossing){.ways = way, .count = 1};
}

static Crossing follow_arrows(GraphArrows arrows, bool last_step, Arena *arena) {
  Way *ways = ARENA_ARRAY(arena, Way, arrows.count);
  Crossing crossing = {.ways = ways};
  double sum = 0;
  uint32_t silent = 0;
  for (uint32_t i = 0; i < arrows.count; i++) {
    double share = stated(&arrows.at[i]);
    if (share < 0) silent++;
    else sum += share;
  }
  double scale = sum > 1 ? 1 / sum : 1, rest = 1 - sum > FORGIVEN ? 1 - sum : 0;
  if (rest == 0 && sum > 0) scale = 1 / sum;
  for (uint32_t i = 0; i < arrows.count; i++) {
    double share = stated(&arrows.at[i]);
    share = share < 0 ? rest / silent : share * scale;
    if (share <= 0) continue;
    if (arrows.at[i].to == OUTSIDE) crossing.leaves += share;
    else if (arrows.at[i].to == COMPLETE) crossing.completes += share;
    else ways[crossing.count++] = (Way){arrows.at[i].to, share};
  }
  if (silent == 0) *(last_step ? &crossing.completes : &crossing.unaccounted) += rest;
  return crossing;
}

static Crossing cross(const Graph *graph, uint32_t from, uint32_t set, Arena *arena) {
  GraphArrows arrows = graph_arrows(graph, from, set);
  uint32_t next = from == OUTSIDE ? 0 : from + 1;
  uint32_t count = graph->journey->step_count;
  return arrows.count > 0 ? follow_arrows(arrows, next == count, arena) : walk_on(next, count, arena);
}

static Flow solve_set(const Graph *graph, uint32_t set, Arena *arena) {
  uint32_t count = graph->journey->step_count;
  Crossing *steps = ARENA_ARRAY(arena, Crossing, count + 1);
  for (uint32_t i = 0; i < count; i++) steps[i] = cross(graph, i, set, arena);
  Flow flow = {.path = set > 0 ? graph->titled[set - 1] : NO_REF,
               .chain = {steps, count, cross(graph, OUTSIDE, set, arena)}};
  flow.result = chain_solve(&flow.chain, arena);
  return flow;
}

Flows flows_of(const Project *p, const Journey *journey, Arena *arena) {
  Graph graph = graph_read(p, journey, arena);
  Flow *at = ARENA_ARRAY(arena, Flow, graph.titled_count + 1);
  Flows flows = {.journey = journey, .graph = graph, .at = at};
  if (graph.untitled || graph.titled_count == 0) at[flows.count++] = solve_set(&graph, 0, arena);
  for (uint32_t set = 1; set <= graph.titled_count; set++) at[flows.count++] = solve_set(&graph, set, arena);
  return flows;
}

Str flow_title(const Project *p, const Flow *flow, Arena *arena) {
  if (!ref_ok(flow->path)) return STR("");
  Str title = unit_text_of(project_unit(p, flow->path), arena, flow->path.at, 0);
  if (title.len > 0) return title;
  Item path = item_of(flow->path);
  Ref *whom;
  size_t count = item_refs(p, &path, K_FOR, arena, &whom);
  Buf out = {0};
  for (size_t i = 0; i < count; i++) {
    Item item = item_of(whom[i]);
    buf_printf(&out, "%s" STR_FMT, i ? ", " : "For ", STR_ARG(item_title(p, &item, arena)));
  }
  return buf_take(&out, arena);
}

const Flow *flow_alike(const Project *p, const Flows *flows, uint32_t number, const Flows *others) {
  Arena *scratch = arena_new();
  const Flow *found = flows->count == 1 && others->count == 1 ? &others->at[0] : NULL;
  Str title = flow_title(p, &flows->at[number], scratch);
  for (uint32_t i = 0; i < others->count && !found; i++)
    if (str_is(flow_title(p, &others->at[i], scratch), title)) found = &others->at[i];
  arena_free(scratch);
  return found;
}

typedef struct {
  Ref at;
  uint32_t step;
} Known;

const uint32_t *flow_steps_alike(const Journey *journey, const Journey *other, Arena *arena) {
  Known *known = ARENA_ARRAY(arena, Known, other->step_count + 1);
  uint32_t *alike = ARENA_ARRAY(arena, uint32_t, journey->step_count + 1);
  for (uint32_t i = 0; i < other->step_count; i++) known[i] = (Known){other->steps[i].item.at, i};
  qsort(known, other->step_count, sizeof *known, ref_compare); /* a Known begins with its Ref */
  for (uint32_t i = 0; i < journey->step_count; i++) {
    const Known *found = bsearch(&journey->steps[i].item.at, known, other->step_count, sizeof *known, ref_compare);
    alike[i] = found ? found->step : NONE;
  }
  return alike;
}
