#include "observe/observe.h"

#include <math.h>

#include "observe/times.h"
#include "observe/variants.h"

typedef struct {
  uint64_t cases, visits, repeats, leaves, goes_on;
  double positions;
} NodeCount;

typedef struct {
  Observation *o;
  const Binding *binding;
  Walk walk;
  uint32_t size; /* nodes, start and end */
  uint64_t *moves;
  NodeCount *nodes;
  uint32_t *times_seen; /* of each node, in this case; zeros between cases */
  uint64_t fitting, completing, visits;
  float *lengths; /* of those who complete */
  size_t length_count;
  Variants variants;
  Arena *arena;
} Counting;

static double seconds_between(int64_t from, int64_t to) { return (double)(to - from) / 1000; }
static Estimate share(uint64_t hits, uint64_t n) { return estimate_share(hits, n, USUAL_CONFIDENCE); }

/* ---- a case ---- */

static void count_move(Counting *counting, uint32_t from, uint32_t to, bool is_judged, bool *fits) {
  counting->moves[from * counting->size + to]++;
  if (!is_judged) return;
  bool drawn = move_is_drawn(counting->binding, from, to);
  counting->o->moves_made++;
  counting->o->moves_drawn += drawn;
  *fits &= drawn;
}

static void count_moves(Counting *counting) {
  const Walk *walk = &counting->walk;
  bool fits = true;
  uint32_t last = counting->binding->start;
  for (uint32_t i = 0; i < walk->count; i++) {
    count_move(counting, last, walk->visits[i].node, i > 0 || walk->selection.from == NONE, &fits);
    last = walk->visits[i].node;
  }
  count_move(counting, last, counting->binding->end, walk->selection.to == NONE || last != walk->selection.to, &fits);
  counting->fitting += fits;
}

/* Each node once; the order in which they came first. */
#define WENT_ON 0x80000000u
static void count_nodes(Counting *counting) {
  const Walk *walk = &counting->walk;
  const Binding *binding = counting->binding;
  uint32_t rank = 0, *seen = counting->times_seen;
  for (uint32_t i = 0; i < walk->count; i++) {
    uint32_t node = walk->visits[i].node;
    NodeCount *count = &counting->nodes[node];
    count->visits++;
    seen[node]++;
    if (seen[node] == 2) count->repeats++;
    if (seen[node] != 1) continue;
    count->cases++;
    count->positions += ++rank;
  }
  for (uint32_t i = 0; i < walk->count; i++) {
    uint32_t node = walk->visits[i].node;
    if (seen[node] & WENT_ON) continue;
    seen[node] |= WENT_ON;
    counting->nodes[node].goes_on += node + 1 < binding->node_count && seen[node + 1] > 0;
  }
}

static void clear_seen(Counting *counting) {
  for (uint32_t i = 0; i < counting->walk.count; i++) counting->times_seen[counting->walk.visits[i].node] = 0;
}

static void count_case(Counting *counting, uint32_t number) {
  Observation *o = counting->o;
  Walk *walk = &counting->walk;
  if (!walk_case(walk, number)) return;
  o->cases++;
  if (walk->count == 0) return;
  o->on_map++;
  counting->visits += walk->count;
  bool completes = walk_completes(walk);
  count_nodes(counting);
  clear_seen(counting);
  count_moves(counting);
  variants_add(&counting->variants, walk, number);
  const Visit *first = &walk->visits[0], *last = &walk->visits[walk->count - 1];
  if (!completes) counting->nodes[last->node].leaves++;
  counting->completing += completes;
  if (completes) counting->lengths[counting->length_count++] = (float)seconds_between(first->first, last->last);
}

/* ---- waits ---- */

/* All waits, move after move. */
static float *collect_waits(Counting *counting, const size_t *first) {
  const Binding *binding = counting->binding;
  uint32_t size = counting->size;
  float *waits = mem_alloc((first[(size_t)size * size] + 1) * sizeof *waits);
  size_t *next = mem_alloc((size_t)size * size * sizeof *next);
  memcpy(next, first, (size_t)size * size * sizeof *next);
  for (uint32_t c = 0; c < binding->log->case_count; c++) {
    if (!walk_case(&counting->walk, c)) continue;
    const Visit *visits = counting->walk.visits;
    for (uint32_t i = 1; i < counting->walk.count; i++)
      waits[next[visits[i - 1].node * size + visits[i].node]++] =
          (float)seconds_between(visits[i - 1].last, visits[i].first);
  }
  free(next);
  return waits;
}

/* From a step before; needs its own order. */
static Times wait_before(const Counting *counting, const float *waits, const size_t *first, uint32_t node) {
  size_t count = 0, size = counting->size;
  for (size_t from = 0; from < counting->binding->node_count; from++)
    count += first[from * size + node + 1] - first[from * size + node];
  float *into = mem_alloc((count + 1) * sizeof *into);
  count = 0;
  for (size_t from = 0; from < counting->binding->node_count; from++) {
    size_t at = from * size + node, n = first[at + 1] - first[at];
    memcpy(into + count, waits + first[at], n * sizeof *into);
    count += n;
  }
  Times times = times_of(into, count);
  free(into);
  return times;
}

static void find_waits(Counting *counting, ObservedMove *moves, ObservedStep *steps) {
  const Binding *binding = counting->binding;
  size_t size = counting->size, cells = size * size, *first = mem_alloc((cells + 1) * sizeof *first);
  first[0] = 0;
  for (size_t i = 0; i < cells; i++) {
    bool waits = i / size < binding->node_count && i % size < binding->node_count;
    first[i + 1] = first[i] + (waits ? counting->moves[i] : 0);
  }
  float *waits = collect_waits(counting, first);
  for (uint32_t node = 0; node < binding->node_count; node++)
    steps[node].before = wait_before(counting, waits, first, node);
  for (uint32_t i = 0; i < counting->o->move_count; i++) {
    size_t at = moves[i].from * size + moves[i].to;
    moves[i].wait = times_of(waits + first[at], first[at + 1] - first[at]);
  }
  for (size_t node = 0; node < binding->node_count; node++)
    steps[node].next = times_of(waits + first[node * size], first[(node + 1) * size] - first[node * size]);
  free(waits);
  free(first);
}

/* ---- figures ---- */

static int compare_moves(const void *a, const void *b) {
  const ObservedMove *x = a, *y = b;
  if (x->from != y->from) return x->from < y->from ? -1 : 1;
  if (x->count != y->count) return x->count > y->count ? -1 : 1;
  return x->to < y->to ? -1 : x->to > y->to;
}

static ObservedMove *make_moves(Counting *counting) {
  Observation *o = counting->o;
  const Binding *binding = counting->binding;
  uint32_t size = counting->size, *first = ARENA_ARRAY(counting->arena, uint32_t, size + 1);
  size_t made = 0;
  for (size_t i = 0; i < (size_t)size * size; i++) made += counting->moves[i] > 0;
  ObservedMove *moves = ARENA_ARRAY(counting->arena, ObservedMove, made + 1);
  for (uint32_t from = 0; from <= binding->start; from++) {
    uint64_t n = from == binding->start ? o->on_map : counting->nodes[from].visits;
    first[from] = o->move_count;
    for (uint32_t to = 0; to < size; to++) {
      uint64_t count = counting->moves[from * size + to];
      if (count > 0)
        moves[o->move_count++] = (ObservedMove){.from = from,
                                                .to = to,
                                                .share = share(count, n),
                                                .count = count,
                                                .drawn = move_is_drawn(binding, from, to),
                                                .wait = {NAN, NAN, 0}};
    }
  }
  first[binding->start + 1] = o->move_count;
  if (o->move_count > 0) qsort(moves, o->move_count, sizeof *moves, compare_moves);
  o->first_move = first;
  o->moves = moves;
  return moves;
}

static ObservedStep *make_steps(Counting *counting) {
  Observation *o = counting->o;
  const Binding *binding = counting->binding;
  ObservedStep *steps = ARENA_ARRAY(counting->arena, ObservedStep, binding->node_count + 1);
  for (uint32_t node = 0; node < binding->node_count; node++) {
    const NodeCount *count = &counting->nodes[node];
    bool last = node + 1 == binding->node_count;
    steps[node] = (ObservedStep){.step = binding->step_of[node],
                                 .reach = share(count->cases, o->cases),
                                 .cases = count->cases,
                                 .visits = count->visits,
                                 .repeats = count->repeats,
                                 .left = count->leaves,
                                 .leaves = share(count->leaves, count->cases),
                                 .goes_on = share(count->goes_on, last ? 0 : count->cases),
                                 .position = count->positions / (double)count->cases,
                                 .before = {NAN, NAN, 0},
                                 .next = {NAN, NAN, 0}};
  }
  o->steps = steps;
  return steps;
}

/* ---- events, on the map and beside it ---- */

typedef struct {
  uint64_t events, cases;
  uint32_t last_case; /* + 1 */
  uint32_t after;     /* row in `after`, or NONE */
} ActivityCount;

typedef struct {
  Counting *counting;
  ActivityCount *activities;
  uint64_t *after; /* of the activities that are followed: events behind each node and the start */
  uint64_t *stages;
  uint32_t *stage_case; /* + 1: the last case that came to a stage */
} EventCounting;

static void reach_stage(EventCounting *events, uint32_t stage, uint32_t number) {
  if (events->stage_case[stage] == number + 1) return;
  events->stage_case[stage] = number + 1;
  events->stages[stage]++;
}

static void count_event(EventCounting *events, uint32_t activity, uint32_t *at, uint32_t number) {
  const Binding *binding = events->counting->binding;
  uint32_t node = walk_node(binding, activity, *at), stage = binding->stage_of[activity];
  if (node != NONE) {
    *at = node;
    stage = binding->journey->steps[binding->step_of[node]].stage;
  }
  if (stage != NONE) reach_stage(events, stage, number);
  if (node != NONE || stage != NONE) {
    events->counting->o->events_on_map++;
    return;
  }
  ActivityCount *count = &events->activities[activity];
  count->events++;
  count->cases += count->last_case != number + 1;
  count->last_case = number + 1;
  if (count->after != NONE) events->after[count->after * (binding->node_count + 1) + *at]++;
}

/* The most frequent activities that are on no map are followed: what they come after. */
static void follow_unknown(EventCounting *events) {
  const EventLog *log = events->counting->binding->log;
  uint32_t followed[OBSERVED_UNKNOWN + 1], count = 0;
  for (uint32_t a = 0; a < log->activity_count; a++) {
    events->activities[a].after = NONE;
    if (activity_is_known(events->counting->binding, a)) continue;
    events->counting->o->unknown_all++;
    uint32_t at = count;
    for (; at > 0 && log->activity_events[a] > log->activity_events[followed[at - 1]]; at--)
      followed[at] = followed[at - 1];
    followed[at] = a;
    if (count < OBSERVED_UNKNOWN) count++;
  }
  for (uint32_t i = 0; i < count; i++) events->activities[followed[i]].after = i;
}

static int compare_unknown(const void *a, const void *b) {
  const UnknownActivity *x = a, *y = b;
  if (x->events != y->events) return x->events > y->events ? -1 : 1;
  return x->activity < y->activity ? -1 : x->activity > y->activity;
}

static void make_unknown(EventCounting *events) {
  Counting *counting = events->counting;
  Observation *o = counting->o;
  uint32_t nodes = counting->binding->node_count + 1;
  UnknownActivity *made = ARENA_ARRAY(counting->arena, UnknownActivity, OBSERVED_UNKNOWN + 1);
  for (uint32_t a = 0; a < counting->binding->log->activity_count; a++) {
    const ActivityCount *count = &events->activities[a];
    if (count->events == 0 || count->after == NONE) continue;
    UnknownActivity *unknown = &made[o->unknown_count++];
    *unknown = (UnknownActivity){a, count->events, share(count->cases, o->cases), 0, 0};
    for (uint32_t node = 0; node < nodes; node++) {
      uint64_t after = events->after[count->after * nodes + node];
      if (after > unknown->after_count) *unknown = (UnknownActivity){a, count->events, unknown->reach, node, after};
    }
  }
  if (o->unknown_count > 0) qsort(made, o->unknown_count, sizeof *made, compare_unknown);
  o->unknown = made;
}

static void make_stages(EventCounting *events) {
  Counting *counting = events->counting;
  uint32_t count = counting->binding->journey->stage_count;
  ObservedStage *made = ARENA_ARRAY(counting->arena, ObservedStage, count + 1);
  for (uint32_t i = 0; i < count; i++) made[i] = (ObservedStage){i, share(events->stages[i], counting->o->cases)};
  counting->o->stages = made;
}

static void count_events(Counting *counting) {
  const Binding *binding = counting->binding;
  const EventLog *log = binding->log;
  Arena *arena = arena_new();
  uint32_t stages = binding->journey->stage_count;
  EventCounting events = {counting, ARENA_ARRAY(arena, ActivityCount, log->activity_count + 1),
                          ARENA_ARRAY(arena, uint64_t, OBSERVED_UNKNOWN * (size_t)(binding->node_count + 1)),
                          ARENA_ARRAY(arena, uint64_t, stages + 1), ARENA_ARRAY(arena, uint32_t, stages + 1)};
  follow_unknown(&events);
  for (uint32_t c = 0; c < log->case_count; c++) {
    if (!walk_case(&counting->walk, c)) continue;
    uint32_t at = binding->start;
    counting->o->events += log->first[c + 1] - log->first[c];
    for (uint32_t i = log->first[c]; i < log->first[c + 1]; i++)
      count_event(&events, event_activity(log->events[i]), &at, c);
  }
  make_unknown(&events);
  make_stages(&events);
  arena_free(arena);
}

/* ---- all of it ---- */

static void make_totals(Counting *counting) {
  Observation *o = counting->o;
  o->completes = share(counting->completing, o->on_map);
  o->length =
      counting->binding->log->has_time ? times_of(counting->lengths, counting->length_count) : (Times){NAN, NAN, 0};
  o->visits = (double)counting->visits / (double)o->on_map;
  o->fitness = o->moves_made > 0 ? (double)o->moves_drawn / (double)o->moves_made : NAN;
  o->fits = share(counting->fitting, o->on_map);
}

Observation *observe(const Binding *binding, Selection selection, Arena *arena) {
  Observation *o = ARENA_NEW(arena, Observation);
  Arena *own = arena_new();
  uint32_t size = binding->node_count + 2, cases = binding->log->case_count;
  Counting counting = {.o = o,
                       .binding = binding,
                       .walk = walk_new(binding, selection, own),
                       .size = size,
                       .moves = ARENA_ARRAY(own, uint64_t, (size_t)size * size),
                       .nodes = ARENA_ARRAY(own, NodeCount, size),
                       .times_seen = ARENA_ARRAY(own, uint32_t, size),
                       .lengths = ARENA_ARRAY(own, float, cases + 1),
                       .arena = arena};
  o->binding = binding;
  for (uint32_t c = 0; c < cases; c++) count_case(&counting, c);
  count_events(&counting);
  make_totals(&counting);
  ObservedStep *steps = make_steps(&counting);
  ObservedMove *moves = make_moves(&counting);
  variants_take(&counting.variants, &counting.walk, o, arena);
  if (binding->log->has_time) find_waits(&counting, moves, steps);
  arena_free(own);
  return o;
}

const ObservedMove *observed_move(const Observation *observation, uint32_t from, uint32_t to) {
  for (uint32_t i = observation->first_move[from]; i < observation->first_move[from + 1]; i++)
    if (observation->moves[i].to == to) return &observation->moves[i];
  return NULL;
}
