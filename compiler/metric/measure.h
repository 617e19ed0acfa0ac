/* The `measure` statements of places, and which metrics there are. */
#ifndef JOURNEY_METRIC_MEASURE_H
#define JOURNEY_METRIC_MEASURE_H

#include "metric/metric.h"

/* What a `measure` says of a metric at a place. */
typedef struct {
  Ref at;         /* NO_REF: nothing */
  bool is_stated; /* it has a value; else it is counted */
} Measured;

/* Of several, one for everybody comes before one `for` somebody, then the first. Such as neither state a value nor have
 * a file to be counted from don't count. */
Measured measure_at(const Project *p, const Evidence *evidence, const Metric *metric, const Journey *journey,
                    Place place);
/* Whether a measure without a value has a file that it is counted from; `step` is the one it stands in, or NULL. */
bool measure_is_counted(const Project *p, const Evidence *evidence, const Item *step, Ref measure);
/* The metric that the statement is about; NO_REF where that is unknown. */
Ref measure_metric(const Project *p, Ref measure);
/* Its target; false where there is none. */
bool measure_target(const Project *p, Ref measure, Quantity *target);
/* "share", "mean", "top-2-box", or NULL. */
const char *measure_as(const Project *p, Ref measure);
/* Of a journey, stage or step; others have no measures. */
const Item *place_item(const Journey *journey, Place place);

typedef struct {
  uint32_t step;
  Ref metric;
} StepMeasure;
/* Which steps have a measure of which metric; each once, in the order of steps. */
uint32_t step_measures(const Project *p, const Journey *journey, Arena *arena, const StepMeasure **measures);

typedef struct {
  const Metric *at;
  uint32_t count;
} MetricList;
/* All that a file sees, in the order of declarations: what a project declares again stands for what the standard
 * library says. */
MetricList metrics_visible(const Project *p, uint32_t unit, Arena *arena);
/* All that any file of the project's own sees. */
MetricList metrics_all(const Project *p, Arena *arena);
/* NULL: there is none of that name. */
const Metric *metric_named(MetricList list, Str id);

#endif
