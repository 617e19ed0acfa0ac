/* Which steps of a map an event log sees, and which moves between them the map draws.
 *
 * A touchpoint is seen by the activities that its `observed-as` names, exactly; one without by the activity that is its
 * id or title, without regard to case, space, `-` and `_`. A stage's `observed-as` counts for the stage, but is no
 * step. Where several steps have one activity, the nearest at or behind the client's last step is meant, else the
 * first.
 *
 * A move is drawn where an arrow of any path makes it, or the map's order where a step has no arrow; steps that no
 * activity can show (without `observed-as`, and of no activity's name) are walked through unseen. */
#ifndef JOURNEY_OBSERVE_BINDING_H
#define JOURNEY_OBSERVE_BINDING_H

#include "flow/graph.h"
#include "observe/log.h"

typedef enum {
  STEP_SEEN,
  STEP_UNKNOWN, /* it says observed-as, and the log has none of them */
  STEP_UNSEEN,  /* it says nothing */
} StepSeen;

enum { OBSERVED_STEPS = 1000 };

typedef struct {
  const Project *project;
  const Journey *journey;
  const EventLog *log;
  Graph graph;
  const uint8_t *seen; /* of each step: StepSeen; those behind OBSERVED_STEPS are unseen */
  /* Nodes are the steps that are seen, in order; then `start` and `end`. */
  uint32_t node_count, start, end;
  const uint32_t *step_of; /* of each node but start and end */
  const uint32_t *node_of; /* of each step: its node, or NONE */
  /* The nodes of each activity. */
  const uint32_t *first; /* one more at the end */
  const uint32_t *nodes;
  const uint32_t *stage_of; /* of each activity: the stage that says it, or NONE */
  const bool *drawn;        /* [from * (node_count + 2) + to] */
  const bool *completes;    /* of each node: who comes there completes the journey */
} Binding;

static inline bool move_is_drawn(const Binding *binding, uint32_t from, uint32_t to) {
  return binding->drawn[from * (binding->node_count + 2) + to];
}
static inline bool activity_is_known(const Binding *binding, uint32_t activity) {
  return binding->first[activity] < binding->first[activity + 1] || binding->stage_of[activity] != NONE;
}

Binding *bind_journey(const Project *p, const Journey *journey, const EventLog *log, Arena *arena);
/* "Payment"; "the start", "the end". */
Str node_title(const Binding *binding, uint32_t node, Arena *arena);
/* The step that the words name: its id, `stage.id` or title; NONE where there is none. */
uint32_t step_named(const Project *p, const Journey *journey, Str words, Arena *arena);

/* The event log that a journey's numbers come from: the one that it names in a `from`, else, where a step of it says
 * `observed-as`, the only one that its file sees. NO_REF where there is none; `*several` (may be NULL): there are, and
 * nothing says which. A future state is only bound by what its own block names. */
Ref journey_log(const Project *p, const Journey *journey, bool *several);
/* All that the journey's file sees; `*logs` live in `arena`. */
size_t visible_logs(const Project *p, const Journey *journey, Arena *arena, Ref **logs);

#endif
