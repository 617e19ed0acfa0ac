/* The equations of one loop, which clients can leave: x (I - Q) = f for those who come through, (I - Q) x = b for what
 * comes after. A loop of up to LIMIT_LOOP_STEPS is solved exactly, a larger one by sweeps. */
#ifndef JOURNEY_FLOW_SOLVER_H
#define JOURNEY_FLOW_SOLVER_H

#include "flow/chain.h"

typedef struct {
  uint32_t count;
  const uint32_t *first; /* of each step: in `ways`; one more at the end */
  const Way *ways;       /* within the loop, `to` a place in it */
  const double *out;     /* of each step: who leaves the loop; with its ways it adds up to 1 */
  double *matrix;        /* room for count * count where solver_is_exact */
  double *work, *spare;  /* room for count each */
} LoopSystem;

bool solver_is_exact(uint32_t count);
/* Once before the others, where it is exact. */
void solver_prepare(LoopSystem *system);
/* Replace x, of which nothing is negative, by the solution; false where it was not found. A column takes the solution
 * of a row with `inflow`, or NULL: sweeps are quicker with it. */
bool solver_row(const LoopSystem *system, double *x);
bool solver_column(const LoopSystem *system, double *x, const double *visits, const double *inflow);
/* [(I - Q)^-1]_ii: how often those who are at a step come there. NAN where it is not exact. */
double solver_returns(const LoopSystem *system, uint32_t i);

#endif
