/* The measures that have a file to be counted from. */
#ifndef JOURNEY_METRIC_COUNTED_H
#define JOURNEY_METRIC_COUNTED_H

#include "base/vec.h"
#include "metric/metric.h"

typedef struct {
  Ref measure;
  size_t asked;
} Counted;
typedef VEC(Counted) CountedList;

/* Asks for those that state no value, or for those that do (`stated`), of all of the project's own journeys, in the
 * order of the measures. One of a base that has variants is there once for each of them. `evidence` may be NULL. */
void counted_ask(const Project *p, const Evidence *evidence, Metrics *metrics, bool stated, CountedList *list,
                 Arena *arena);
/* What those that state no value come to, when they are computed. */
const Figures *figures_read(const Metrics *metrics, const CountedList *counted, const Evidence *evidence, Arena *arena);

#endif
