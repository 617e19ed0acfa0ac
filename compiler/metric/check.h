/* What is wrong with metrics, as diagnostics; shared by what asks for them. */
#ifndef JOURNEY_METRIC_CHECK_H
#define JOURNEY_METRIC_CHECK_H

#include "base/vec.h"
#include "metric/metric.h"

/* Metrics whose failure was said already. */
struct MetricSaid {
  Refs metrics;
  bool untried; /* that some were not tried */
};
typedef struct MetricSaid MetricSaid;

/* What metrics_check does, in two steps: what it asks may be computed together with other things. */
typedef struct MetricChecks MetricChecks;
MetricChecks *metric_checks_ask(const Project *p, const Evidence *evidence, Metrics *metrics, Diagnostics *to);
void metric_checks_say(MetricChecks *checks, Diagnostics *to);
/* A metric of the project's own that names a Lua file which is there, by `computed-by` or `use`. */
typedef struct {
  Ref at;
  Span span;    /* where the file is named */
  size_t asked; /* for the file alone */
} MetricFile;
/* In the order of files and lines. */
size_t metric_checks_files(const MetricChecks *checks, const MetricFile **files);
/* What measures come to that are counted. */
const Figures *metric_checks_figures(const MetricChecks *checks, Arena *arena);
/* What has been said of failures. */
MetricSaid *metric_checks_said(MetricChecks *checks);
void metric_checks_free(MetricChecks *checks);

/* E0401, or E0404 where it needs itself: at the place that asks for it. */
void metric_say_failed(const Project *p, const Metric *metric, MetricFailure failure, uint32_t unit, Span span,
                       MetricSaid *said, Diagnostics *to);
/* Whether its file says that it is computed for such places. */
bool metric_is_of(const ComputeFile *file, Place place);

#endif
