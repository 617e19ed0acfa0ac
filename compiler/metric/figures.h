/* The numbers that the measures of a map come to: those that are stated, and those that are counted from files. */
#ifndef JOURNEY_METRIC_FIGURES_H
#define JOURNEY_METRIC_FIGURES_H

#include "metric/quantity.h"

typedef struct Evidence Evidence; /* evidence/evidence.h */

typedef struct {
  Str period;              /* "2026-03" */
  double value, low, high; /* low and high NAN where there is no interval */
  uint64_t n;
} FigurePoint;

/* Of one `measure` that states no value. */
typedef struct {
  Ref measure;
  Quantity value; /* of kind V_NONE where it could not be counted; `failure` says why then */
  Str failure;
  bool has_interval;
  double low, high; /* at 95% */
  uint64_t n;
  Str how;                  /* "top 2 of 1 to 5", "mean of 1 to 7"; may be empty */
  const FigurePoint *trend; /* by period, in order; fewer than two: none is drawn */
  uint32_t trend_count;
  bool stale;       /* its newest row is older than it may be relied on */
  bool near_target; /* whether the target is reached or missed can't be told at this n */
} Figure;

/* In the order of their measures (ref_compare). */
typedef struct {
  const Figure *list;
  uint32_t count;
  const Evidence *evidence; /* that they were counted from; may be NULL */
} Figures;

/* Counts the measures of all own journeys. Lua runs only where one states no value; then in the worker. Lives in
 * `arena`. */
const Figures *figures_of(const Project *p, const Evidence *evidence, Arena *arena);
/* NULL where the measure states its value, or nothing is known of it. NULL is fine for `figures`. */
const Figure *figures_get(const Figures *figures, Ref measure);

#endif
