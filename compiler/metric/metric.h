/* What metrics say of a journey: measured by somebody and written in the map, or computed in Lua.
 *
 * A metric is declared with `metric ID … computed-by "FILE.lua"`, or by `use "FILE.lua"`, named after the file. The
 * file is the one beside the .journey file, or else the one of the standard library. It returns a function, or a table
 * with a function `compute`: compute(journey, place) → a number, or nil where there is nothing to say. docs/metrics.md
 * tells authors what they find in the two tables. */
#ifndef JOURNEY_METRIC_METRIC_H
#define JOURNEY_METRIC_METRIC_H

#include "metric/quantity.h"
#include "script/place.h"

typedef enum { BETTER_UNKNOWN, BETTER_HIGHER, BETTER_LOWER } Better;

typedef struct {
  Ref at;              /* the `metric` statement, or the `use` */
  Str id, title, unit; /* the unit may be empty */
  Better better;
} Metric;

typedef enum { METRIC_NOTHING, METRIC_MEASURED, METRIC_COMPUTED, METRIC_FAILED } MetricState;

typedef struct {
  MetricState state;
  Quantity value; /* METRIC_MEASURED and METRIC_COMPUTED */
  Ref measure;    /* METRIC_MEASURED: the statement */
  bool has_target;
  Quantity target; /* METRIC_MEASURED */
  Str failure;     /* METRIC_FAILED: "metrics/x.lua, line 3: it divides …", no full stop */
} MetricValue;

/* All values of one metric. */
typedef struct {
  Metric metric;
  MetricValue journey;
  const MetricValue *stages; /* one for each stage of the journey */
  Str failure;               /* why the first of them failed; empty: none did */
} MetricRow;

typedef struct {
  const MetricRow *rows;
  uint32_t count;
} MetricTable;

/* Every metric that the journey's file sees and that has something to say of it, in the order of declarations. */
MetricTable metrics_run(const Project *p, const Journey *journey, Arena *arena);

/* One value after another. Lua is started when a metric is computed, for each metric anew: ask for all places of one in
 * a row. */
typedef struct Metrics Metrics;
Metrics *metrics_open(const Project *p, const Journey *journey, Arena *arena);
void metrics_close(Metrics *metrics);
MetricValue metrics_value(Metrics *metrics, const Metric *metric, Place place);
Metric metric_info(const Project *p, Ref at, Arena *arena);

/* Says which `expect` of the project's own journeys does not hold (E0402), is about a number that nothing gives
 * (E0403), or asks for a metric that fails (E0401). Lua runs only for what they name, and not at all where there are
 * none. A `computed-by` whose file isn't there is said too (E0001). */
void metrics_check(const Project *p, Diagnostics *to);

#endif
