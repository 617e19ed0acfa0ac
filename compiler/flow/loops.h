/* The loops of a chain: sets of steps from each of which clients can get to each other one (strongly connected
 * components). A step that is in no loop is one of its own. */
#ifndef JOURNEY_FLOW_LOOPS_H
#define JOURNEY_FLOW_LOOPS_H

#include "flow/chain.h"

typedef struct {
  uint32_t count;
  const uint32_t *of;    /* of each step: its loop; ways lead to loops of the same or a smaller number */
  const uint32_t *first; /* of each loop: in `steps`; one more at the end */
  const uint32_t *steps; /* loop after loop, in order within each */
  const uint32_t *place; /* of each step: its place within its loop */
  uint32_t largest;      /* steps of the largest loop */
} Loops;

/* Linear in steps and ways, whatever they look like; lives in `arena`. */
Loops loops_find(const Chain *chain, Arena *arena);

#endif
