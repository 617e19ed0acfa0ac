/* What can become of a case, and what became of each: for finding what differs. */
#ifndef JOURNEY_OBSERVE_OUTCOMES_H
#define JOURNEY_OBSERVE_OUTCOMES_H

#include "observe/differ.h"

enum { OUTCOME_ACTIVITIES = 40, OUTCOME_MOVES_MOST = 40, OUTCOME_NODES_MOST = 60 };

typedef struct {
  const Outcome *at;
  uint32_t count;
  const uint32_t *first;       /* of each node, then of all cases: in `of`; one more at the end */
  const uint32_t *of;          /* the outcomes that count those who come to a node */
  const uint32_t *of_activity; /* the outcome of each activity, or NONE */
  const uint32_t *of_move;     /* of each from * size + to, or NONE */
} Outcomes;

/* Those that are worth looking at: the most frequent ones of each kind. */
Outcomes outcomes_list(const Observation *observation, Selection selection, Arena *arena);

typedef struct {
  const Outcomes *outcomes;
  Walk walk;
  uint32_t *seen;    /* of each node: how often, in this case; zeros between cases */
  uint32_t *done;    /* of each node: the last case + 1 that was counted there */
  uint32_t *hit;     /* of each outcome: the last case + 1 that it is true of */
  uint32_t *counted; /* the outcomes that count this case */
  uint32_t count;
} Outcoming;

Outcoming outcoming_new(const Outcomes *outcomes, const Binding *binding, Selection selection, Arena *arena);
/* Finds which outcomes count a case; it is true where hit[outcome] == number + 1. False where the case is left out. */
bool outcomes_of_case(Outcoming *outcoming, uint32_t number);

#endif
