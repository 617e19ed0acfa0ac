/* What is wrong with metrics, as diagnostics; shared by what asks for them. */
#ifndef JOURNEY_METRIC_CHECK_H
#define JOURNEY_METRIC_CHECK_H

#include "base/vec.h"
#include "metric/metric.h"

/* Metrics whose failure was said already. */
struct MetricSaid {
  Refs metrics;
};
typedef struct MetricSaid MetricSaid;

/* E0401, or E0404 where it needs itself: at the place that asks for it. */
void metric_say_failed(const Project *p, const Metric *metric, MetricFailure failure, uint32_t unit, Span span,
                       MetricSaid *said, Diagnostics *to);
/* Whether its file says that it is computed for such places. */
bool metric_is_of(const ComputeFile *file, Place place);

#endif
