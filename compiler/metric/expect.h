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
void expectations_free(Expectations *all);

#endif
