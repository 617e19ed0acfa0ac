/* The vital few (Pareto, Juran): the fewest items that together carry a share of the whole, 80% by custom. */
#ifndef JOURNEY_PLAN_PARETO_H
#define JOURNEY_PLAN_PARETO_H

#include "base/arena.h"

#define PARETO_SHARE 0.8

typedef struct {
  const size_t *order; /* all items, the heaviest first; of equal ones the earlier */
  size_t count;        /* how many of them, from the first, carry the share; 0 where nothing weighs anything */
  double carried;      /* by those: their share of the whole, 0 … 1 */
} Pareto;

/* Weights that are no number, or less than 0, count as 0. `order` lives in `arena`. */
Pareto pareto(const double *weights, size_t count, double share, Arena *arena);

#endif
