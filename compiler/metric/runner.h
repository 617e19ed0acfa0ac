/* What happens in a worker: jobs of one metric and one journey, or the whole project, each, computed in sandboxes,
 * answered as bytes. */
#ifndef JOURNEY_METRIC_RUNNER_H
#define JOURNEY_METRIC_RUNNER_H

#include "base/vec.h"
#include "metric/metric.h"
#include "metric/seen.h"
#include "script/compute.h"

typedef struct {
  Place place;
  Ref measure; /* whose answers are counted; NO_REF: none */
} Question;

/* What Lua said of a place. */
typedef struct {
  MetricState state; /* METRIC_NOTHING, METRIC_COMPUTED, METRIC_FAILED */
  ComputeResult result;
  MetricFailure failure;
  const MetricReason *reasons;
  uint32_t reason_count;
} Outcome;

typedef struct {
  Metric metric;
  const Journey *journey; /* NULL: the project's */
  uint32_t group;         /* of jobs that share what they have computed */
  VEC(Question) questions;
} Job;

typedef struct Runner Runner;
/* `reasons`: whether what scripts explain, and ask for, is kept. */
Runner *runner_new(const Project *p, const Evidence *evidence, const SeenLogs *seen, bool reasons);
void runner_free(Runner *runner);
/* In a worker: writes what the file says of itself, and an outcome for each question. */
void runner_do(Runner *runner, const Job *job, Buf *answer);

/* The settings that the .journey file makes for the metric, in order. */
uint32_t metric_settings(const Project *p, Ref metric, Arena *arena, ComputeSetting **settings);

/* ---- outside of the worker ---- */

typedef struct {
  MetricFailure failure; /* why it can't be loaded */
  bool is_there;
  ComputeFile said;           /* what it says of itself, where it is there */
  const SandboxPrint *prints; /* of it, and of the metrics that it asked for */
  uint32_t print_count;
} RunnerFile;

/* Reads what runner_do wrote for a job of `count` questions. False where it is no such thing. */
bool runner_read(const Project *p, Str answer, size_t count, Arena *arena, RunnerFile *file, Outcome *outcomes);

#endif
