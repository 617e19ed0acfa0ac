#include "observe/outcomes.h"

typedef struct {
  const Observation *observation;
  VEC(Outcome) all;
  uint32_t *of_activity, *of_move;
} Listing;

/* ---- which ---- */

/* Of each activity that no step has: how many cases have it, and how many of those come to each node. */
typedef struct {
  uint32_t cases;
  uint32_t *at_node;
} Meeting;

static void count_meetings(const Observation *o, Selection selection, Meeting *meetings, const uint32_t *of_activity,
                           Arena *arena) {
  const Binding *binding = o->binding;
  const EventLog *log = binding->log;
  Walk walk = walk_new(binding, selection, arena);
  uint32_t *met = ARENA_ARRAY(arena, uint32_t, OUTCOME_ACTIVITIES),
           *seen = ARENA_ARRAY(arena, uint32_t, binding->node_count + 1);
  for (uint32_t c = 0; c < log->case_count; c++) {
    uint32_t count = 0;
    if (!walk_case(&walk, c)) continue;
    for (uint32_t i = log->first[c]; i < log->first[c + 1]; i++) {
      uint32_t number = of_activity[event_activity(log->events[i])];
      bool again = number == NONE;
      for (uint32_t k = 0; k < count && !again; k++) again = met[k] == number;
      if (!again) met[count++] = number;
    }
    for (uint32_t k = 0; k < count; k++) {
      meetings[met[k]].cases++;
      for (uint32_t i = 0; i < walk.count; i++) seen[walk.visits[i].node] = 0;
      for (uint32_t i = 0; i < walk.count; i++)
        if (seen[walk.visits[i].node]++ == 0) meetings[met[k]].at_node[walk.visits[i].node]++;
    }
  }
}

/* The rarest step that nearly all who meet the activity come to: who comes there is who may meet it. */
static uint32_t where_met(const Observation *o, const Meeting *meeting) {
  uint32_t rarest = NONE;
  for (uint32_t node = 0; node < o->binding->node_count; node++)
    if (meeting->at_node[node] * 10ull >= meeting->cases * 9ull &&
        (rarest == NONE || o->steps[node].cases < o->steps[rarest].cases))
      rarest = node;
  return rarest;
}

static void list_activities(Listing *listing, Selection selection) {
  const Observation *o = listing->observation;
  Arena *arena = arena_new();
  uint32_t count = o->unknown_count < OUTCOME_ACTIVITIES ? o->unknown_count : OUTCOME_ACTIVITIES;
  Meeting *meetings = ARENA_ARRAY(arena, Meeting, count + 1);
  for (uint32_t i = 0; i < count; i++) {
    meetings[i].at_node = ARENA_ARRAY(arena, uint32_t, o->binding->node_count + 1);
    listing->of_activity[o->unknown[i].activity] = i;
  }
  if (count > 0) count_meetings(o, selection, meetings, listing->of_activity, arena);
  for (uint32_t i = 0; i < count; i++) {
    uint32_t activity = o->unknown[i].activity;
    listing->of_activity[activity] = (uint32_t)listing->all.len;
    vec_push(&listing->all, (Outcome){OUTCOME_HAS, where_met(o, &meetings[i]), NONE, activity});
  }
  arena_free(arena);
}

static void list_nodes(Listing *listing) {
  uint32_t count = listing->observation->binding->node_count;
  for (uint32_t node = 0; node < count && node < OUTCOME_NODES_MOST; node++) {
    vec_push(&listing->all, (Outcome){OUTCOME_REACHES, NONE, node, NONE});
    vec_push(&listing->all, (Outcome){OUTCOME_LEAVES, node, NONE, NONE});
    vec_push(&listing->all, (Outcome){OUTCOME_AGAIN, node, NONE, NONE});
    if (node + 1 < count) vec_push(&listing->all, (Outcome){OUTCOME_GOES_ON, node, node + 1, NONE});
  }
}

static int compare_counts(const void *a, const void *b) {
  const ObservedMove *x = *(const ObservedMove *const *)a, *y = *(const ObservedMove *const *)b;
  if (x->count != y->count) return x->count > y->count ? -1 : 1;
  return x < y ? -1 : x > y;
}

static void list_moves(Listing *listing, Arena *arena) {
  const Observation *o = listing->observation;
  const ObservedMove **moves = ARENA_ARRAY(arena, const ObservedMove *, o->move_count + 1);
  uint32_t count = 0;
  for (uint32_t i = 0; i < o->move_count; i++)
    if (o->moves[i].from < o->binding->node_count && o->moves[i].to < o->binding->node_count)
      moves[count++] = &o->moves[i];
  if (count > 0) qsort(moves, count, sizeof *moves, compare_counts);
  for (uint32_t i = 0; i < count && i < OUTCOME_MOVES_MOST; i++) {
    listing->of_move[moves[i]->from * (o->binding->node_count + 2) + moves[i]->to] = (uint32_t)listing->all.len;
    vec_push(&listing->all, (Outcome){OUTCOME_MOVES, moves[i]->from, moves[i]->to, NONE});
  }
}

static void order_by_node(const Listing *listing, Outcomes *outcomes, Arena *arena) {
  uint32_t nodes = listing->observation->binding->node_count;
  uint32_t *first = ARENA_ARRAY(arena, uint32_t, nodes + 2), *of = ARENA_ARRAY(arena, uint32_t, outcomes->count + 1);
  uint32_t count = 0;
  for (uint32_t node = 0; node <= nodes; node++) {
    first[node] = count;
    for (uint32_t i = 0; i < outcomes->count; i++)
      if (outcomes->at[i].of == (node < nodes ? node : NONE)) of[count++] = i;
  }
  first[nodes + 1] = count;
  outcomes->first = first;
  outcomes->of = of;
}

Outcomes outcomes_list(const Observation *observation, Selection selection, Arena *arena) {
  const Binding *binding = observation->binding;
  size_t size = binding->node_count + 2;
  Listing listing = {observation,
                     {0},
                     ARENA_ARRAY(arena, uint32_t, binding->log->activity_count + 1),
                     ARENA_ARRAY(arena, uint32_t, size * size)};
  memset(listing.of_activity, 0xff, binding->log->activity_count * sizeof *listing.of_activity);
  memset(listing.of_move, 0xff, size * size * sizeof *listing.of_move);
  list_activities(&listing, selection);
  list_nodes(&listing);
  list_moves(&listing, arena);
  Outcome *all = ARENA_ARRAY(arena, Outcome, listing.all.len + 1);
  if (listing.all.len > 0) memcpy(all, listing.all.at, listing.all.len * sizeof *all);
  Outcomes outcomes = {all, (uint32_t)listing.all.len, NULL, NULL, listing.of_activity, listing.of_move};
  vec_free(&listing.all);
  order_by_node(&listing, &outcomes, arena);
  return outcomes;
}

/* ---- of a case ---- */

Outcoming outcoming_new(const Outcomes *outcomes, const Binding *binding, Selection selection, Arena *arena) {
  return (Outcoming){outcomes,
                     walk_new(binding, selection, arena),
                     ARENA_ARRAY(arena, uint32_t, binding->node_count + 1),
                     ARENA_ARRAY(arena, uint32_t, binding->node_count + 1),
                     ARENA_ARRAY(arena, uint32_t, outcomes->count + 1),
                     ARENA_ARRAY(arena, uint32_t, outcomes->count + 1),
                     0};
}

/* `left`: the node at which the client left; NONE: they completed the journey, or were never on the map. */
static bool is_true(const Outcoming *outcoming, const Outcome *outcome, uint32_t left) {
  switch (outcome->kind) {
    case OUTCOME_GOES_ON:
    case OUTCOME_REACHES: return outcoming->seen[outcome->to] > 0;
    case OUTCOME_AGAIN: return outcoming->seen[outcome->of] > 1;
    case OUTCOME_LEAVES: return outcome->of == left;
    case OUTCOME_HAS:
    case OUTCOME_MOVES: break;
  }
  return false;
}

static void count_of(Outcoming *outcoming, uint32_t node, uint32_t left, uint32_t number) {
  const Outcomes *outcomes = outcoming->outcomes;
  for (uint32_t i = outcomes->first[node]; i < outcomes->first[node + 1]; i++) {
    uint32_t outcome = outcomes->of[i];
    outcoming->counted[outcoming->count++] = outcome;
    if (is_true(outcoming, &outcomes->at[outcome], left)) outcoming->hit[outcome] = number + 1;
  }
}

static void mark_events(Outcoming *outcoming, uint32_t number) {
  const Walk *walk = &outcoming->walk;
  const EventLog *log = walk->binding->log;
  uint32_t size = walk->binding->node_count + 2;
  for (uint32_t i = log->first[number]; i < log->first[number + 1]; i++) {
    uint32_t outcome = outcoming->outcomes->of_activity[event_activity(log->events[i])];
    if (outcome != NONE) outcoming->hit[outcome] = number + 1;
  }
  for (uint32_t i = 1; i < walk->count; i++) {
    uint32_t outcome = outcoming->outcomes->of_move[walk->visits[i - 1].node * size + walk->visits[i].node];
    if (outcome != NONE) outcoming->hit[outcome] = number + 1;
  }
}

bool outcomes_of_case(Outcoming *outcoming, uint32_t number) {
  Walk *walk = &outcoming->walk;
  outcoming->count = 0;
  if (!walk_case(walk, number)) return false;
  uint32_t left = walk->count > 0 && !walk_completes(walk) ? walk->visits[walk->count - 1].node : NONE;
  for (uint32_t i = 0; i < walk->count; i++) outcoming->seen[walk->visits[i].node]++;
  mark_events(outcoming, number);
  count_of(outcoming, walk->binding->node_count, left, number);
  for (uint32_t i = 0; i < walk->count; i++) {
    uint32_t node = walk->visits[i].node;
    if (outcoming->done[node] == number + 1) continue;
    outcoming->done[node] = number + 1;
    count_of(outcoming, node, left, number);
  }
  for (uint32_t i = 0; i < walk->count; i++) outcoming->seen[walk->visits[i].node] = 0;
  return true;
}
