/* What a map promises: each `expect`, held against what is measured, counted or computed. */
#ifndef JOURNEY_METRIC_EXPECT_H
#define JOURNEY_METRIC_EXPECT_H

#include "metric/metric.h"

typedef struct MetricSaid MetricSaid; /* metric/check.h */
typedef struct Expectations Expectations;

/* Asks for the number of each `expect` of the project's own journeys. */
Expectations *expectations_ask(const Project *p, Metrics *metrics, Arena *arena);
/* When they are computed: says which doesn't hold. */
void expectations_say(const Expectations *all, MetricSaid *said, Diagnostics *to);
/* Whether a number is as the `expect` statement `at` says, which has all its values. False where the two can't be
 * compared: see quantity_is_like. `*near`: the data would as well bear the other answer. */
bool expect_holds(const Unit *unit, uint32_t at, const MetricValue *value, bool *near);
void expectations_free(Expectations *all);

#endif
