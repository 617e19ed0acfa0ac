#include "metric/metric.h"

#include <math.h>

#include "metric/measure.h"
#include "metric/runner.h"
#include "script/files.h"
#include "script/worker.h"
#include "statistics/statistics.h"

typedef struct {
  Metric metric;
  MetricValue value;
  size_t job, question; /* NONE: no job */
} Asked;

struct Metrics {
  const Project *project;
  const Evidence *evidence;
  Arena *arena; /* of the caller: what is handed out */
  VEC(Asked) asked;
  VEC(Job) jobs;
  uint32_t group;
  SeenLogs *seen;
  bool keeps_reasons;
  Runner *runner;
  /* By job. */
  RunnerFile *files;
  Outcome **outcomes;
};

/* ---- asking ---- */

Metrics *metrics_open(const Project *p, const Evidence *evidence, Arena *arena) {
  Metrics *metrics = mem_alloc(sizeof *metrics);
  *metrics = (Metrics){.project = p, .evidence = evidence, .arena = arena};
  return metrics;
}

void metrics_close(Metrics *metrics) {
  if (!metrics) return;
  for (size_t i = 0; i < metrics->jobs.len; i++) vec_free(&metrics->jobs.at[i].questions);
  vec_free(&metrics->jobs);
  vec_free(&metrics->asked);
  free(metrics);
}

void metrics_apart(Metrics *metrics) { metrics->group++; }

Arena *metrics_arena(const Metrics *metrics) { return metrics->arena; }

static bool is_together(const Metrics *metrics, size_t job, const Journey *journey) {
  return metrics->jobs.at[job].journey == journey && metrics->jobs.at[job].group == metrics->group;
}

/* Jobs of one journey stand together: the last ones are looked through. */
static size_t job_of(Metrics *metrics, const Journey *journey, const Metric *metric) {
  for (size_t i = metrics->jobs.len; i-- > 0 && is_together(metrics, i, journey);)
    if (ref_is(metrics->jobs.at[i].metric.at, metric->at)) return i;
  Job job = {.metric = *metric, .journey = journey, .group = metrics->group};
  vec_push(&metrics->jobs, job);
  return metrics->jobs.len - 1;
}

static size_t ask(Metrics *metrics, const Journey *journey, const Metric *metric, Place place, Measured measured) {
  Asked asked = {.metric = *metric, .value = {.measure = measured.at}, .job = NONE};
  bool is_counted = ref_ok(measured.at) && !measured.is_stated;
  bool held_back = lua_is_held_back(metrics->project, metric->at);
  if (!held_back && (is_counted || (!measured.is_stated && lua_names_file(metrics->project, metric->at)))) {
    asked.job = job_of(metrics, journey, metric);
    Job *job = &metrics->jobs.at[asked.job];
    asked.question = job->questions.len;
    vec_push(&job->questions, (Question){place, measured.at});
  }
  vec_push(&metrics->asked, asked);
  return metrics->asked.len - 1;
}

size_t metrics_ask(Metrics *metrics, const Journey *journey, const Metric *metric, Place place) {
  return ask(metrics, journey, metric, place, measure_at(metrics->project, metrics->evidence, metric, journey, place));
}

size_t metrics_ask_measure(Metrics *metrics, const Journey *journey, const Metric *metric, Place place, Ref measure) {
  return ask(metrics, journey, metric, place, (Measured){measure, false});
}

size_t metrics_ask_file(Metrics *metrics, const Journey *journey, const Metric *metric) {
  Asked asked = {.metric = *metric, .value = {.measure = NO_REF}, .question = NONE};
  asked.job = job_of(metrics, journey, metric);
  vec_push(&metrics->asked, asked);
  return metrics->asked.len - 1;
}

/* ---- computing ---- */

void metrics_keep_reasons(Metrics *metrics) { metrics->keeps_reasons = true; }

static void do_job(void *context, size_t job, Buf *answer) {
  Metrics *metrics = context;
  if (!metrics->runner)
    metrics->runner = runner_new(metrics->project, metrics->evidence, metrics->seen, metrics->keeps_reasons);
  runner_do(metrics->runner, &metrics->jobs.at[job], answer);
}

/* What the process that computed it came to, which the sandbox could not hold. */
static Str fate_words(WorkerFate fate, Arena *arena) {
  switch (fate.end) {
    case WORKER_TIME:
      return arena_format(arena, "it takes longer than %g seconds, which is the limit", LIMIT_LUA_MILLISECONDS / 1e3);
    case WORKER_MEMORY: return STR("it takes more memory than there is for a script");
    case WORKER_FLOOD: return STR("what it finds is too much to be handed on");
    case WORKER_UNTRIED:
      return arena_format(
          arena, "it is not tried, nor are those behind it: metrics in front of it came to no end for %g seconds",
          LIMIT_WORKER_LOST * LIMIT_LUA_MILLISECONDS / 1e3);
    default: return STR("it takes the interpreter of Lua down, which ends it");
  }
}

static void heard(void *context, size_t job, WorkerFate fate, Str answer) {
  Metrics *metrics = context;
  size_t count = metrics->jobs.at[job].questions.len;
  RunnerFile *file = &metrics->files[job];
  Outcome *outcomes = metrics->outcomes[job] = ARENA_ARRAY(metrics->arena, Outcome, count);
  if (fate.end == WORKER_DONE && runner_read(metrics->project, answer, count, metrics->arena, file, outcomes)) return;
  if (fate.end == WORKER_STOPPED) {
    *file = (RunnerFile){.is_there = false};
    return;
  }
  if (fate.end == WORKER_DONE) fate = (WorkerFate){.end = WORKER_CRASHED};
  *file = (RunnerFile){.failure = {.message = fate_words(fate, metrics->arena),
                                   .file = arena_copy(metrics->arena, fate.file),
                                   .line = fate.line,
                                   .is_untried = fate.end == WORKER_UNTRIED}};
  for (size_t i = 0; i < count; i++) outcomes[i] = (Outcome){.state = METRIC_FAILED, .failure = file->failure};
}

static void fail_all(Metrics *metrics, Str why) {
  for (size_t job = 0; job < metrics->jobs.len; job++) {
    size_t count = metrics->jobs.at[job].questions.len;
    Outcome *outcomes = metrics->outcomes[job] = ARENA_ARRAY(metrics->arena, Outcome, count);
    metrics->files[job].failure = (MetricFailure){.message = why};
    for (size_t i = 0; i < count; i++) outcomes[i] = (Outcome){.state = METRIC_FAILED, .failure = {.message = why}};
  }
}

/* ---- what it comes to ---- */

/* Where the map says nothing, the file does. */
static void complete(Metric *metric, const ComputeFile *file) {
  if (!metric->unit.len) metric->unit = file->unit;
  if (metric->better == BETTER_UNKNOWN && file->better)
    metric->better = file->better < 0 ? BETTER_LOWER : BETTER_HIGHER;
  if (file->title.len && str_is(metric->title, metric->id)) metric->title = file->title;
}

static void take_margin(const Project *p, MetricValue *value) {
  const Unit *unit = project_unit(p, value->measure);
  uint32_t at = unit_child(unit, value->measure.at, K_MARGIN);
  const Value *margin = at == NONE ? NULL : unit_value(unit, at, 0);
  if (!margin || !quantity_is_like(quantity_of(unit, margin), value->value)) return;
  value->has_interval = true;
  value->low = value->value.number - margin->number;
  value->high = value->value.number + margin->number;
}

static void take_stated(const Project *p, MetricValue *value) {
  const Unit *unit = project_unit(p, value->measure);
  value->state = METRIC_MEASURED;
  value->value = quantity_of(unit, unit_value(unit, value->measure.at, 1));
  take_margin(p, value);
}

static void take_trend(Metrics *metrics, const ComputeResult *result, MetricValue *value) {
  FigurePoint *points = ARENA_ARRAY(metrics->arena, FigurePoint, result->trend_count);
  for (uint32_t i = 0; i < result->trend_count; i++)
    points[i] = (FigurePoint){result->trend[i].period, result->trend[i].value, result->trend[i].low,
                              result->trend[i].high, result->trend[i].n};
  value->trend = points;
  value->trend_count = result->trend_count;
}

/* Whether the newest row that it stands on is older than it may be relied on. */
static bool is_stale(const Metrics *metrics, const Asked *asked) {
  Ref measure = asked->value.measure;
  if (!ref_ok(measure) || !metrics->evidence) return false;
  const Answers *answers = evidence_answers(metrics->evidence, measure);
  if (answers) return answers->stale;
  const Job *job = &metrics->jobs.at[asked->job];
  Place place = job->questions.at[asked->question].place;
  Ref log = measure_log(metrics->project, place.kind == PLACE_STEP ? place_item(job->journey, place) : NULL, measure);
  const EvidenceFile *file = ref_ok(log) ? evidence_file(metrics->evidence, log) : NULL;
  return file && file->has_fresh_until && file->fresh_until < metrics->project->today;
}

static void take_outcome(Metrics *metrics, const Asked *asked, const Outcome *outcome, MetricValue *value) {
  const ComputeResult *result = &outcome->result;
  bool is_counted = ref_ok(asked->value.measure);
  value->state = outcome->state == METRIC_COMPUTED && is_counted ? METRIC_COUNTED : outcome->state;
  value->failure = outcome->failure;
  value->reasons = outcome->reasons;
  value->reason_count = outcome->reason_count;
  if (!result->has_value) return;
  value->value = (Quantity){.kind = quantity_kind_of_unit(result->unit.len ? result->unit : asked->metric.unit),
                            .number = result->value};
  value->has_interval = isfinite(result->low) && isfinite(result->high);
  value->low = result->low;
  value->high = result->high;
  value->has_n = result->has_n;
  value->n = result->n;
  value->how = result->how;
  value->stale = is_counted && is_stale(metrics, asked);
  take_trend(metrics, result, value);
}

static void take_target(const Project *p, MetricValue *value) {
  value->has_target = measure_target(p, value->measure, &value->target);
  if (!value->has_target || !value->has_interval || !quantity_is_like(value->target, value->value)) return;
  Estimate estimate = {value->value.number, value->low, value->high, value->has_n ? value->n : 1};
  value->near_target = !estimate_differs_from(estimate, value->target.number);
}

static void take(Metrics *metrics, Asked *asked) {
  const RunnerFile *file = asked->job == NONE ? NULL : &metrics->files[asked->job];
  if (file && file->is_there) complete(&asked->metric, &file->said);
  if (asked->job == NONE && ref_ok(asked->value.measure)) take_stated(metrics->project, &asked->value);
  else if (asked->question == NONE) asked->value.failure = file->failure;
  else if (file) take_outcome(metrics, asked, &metrics->outcomes[asked->job][asked->question], &asked->value);
  if (asked->question == NONE && asked->value.failure.message.len) asked->value.state = METRIC_FAILED;
  if (ref_ok(asked->value.measure)) take_target(metrics->project, &asked->value);
}

void metrics_compute(Metrics *metrics) {
  Str why = {0};
  metrics->files = ARENA_ARRAY(metrics->arena, RunnerFile, metrics->jobs.len);
  metrics->outcomes = ARENA_ARRAY(metrics->arena, Outcome *, metrics->jobs.len);
  metrics->seen = seen_new(metrics->project, metrics->evidence);
  const Journey *last = NULL;
  for (size_t i = 0; i < metrics->jobs.len && !project_is_stopped(metrics->project); i++) {
    const Job *job = &metrics->jobs.at[i];
    if (!job->journey || job->journey == last || !job->questions.len) continue;
    seen_read(metrics->seen, last = job->journey);
  }
  if (metrics->jobs.len &&
      !worker_run(metrics->jobs.len, LIMIT_LUA_MILLISECONDS, metrics->project->stop, do_job, heard, metrics, &why))
    fail_all(metrics, why);
  if (metrics->runner) runner_free(metrics->runner); /* it was done here, in no worker */
  seen_free(metrics->seen);
  metrics->runner = NULL;
  metrics->seen = NULL;
  for (size_t i = 0; i < metrics->asked.len; i++) take(metrics, &metrics->asked.at[i]);
}

const MetricValue *metrics_value(const Metrics *metrics, size_t asked) { return &metrics->asked.at[asked].value; }

const Metric *metrics_metric(const Metrics *metrics, size_t asked) { return &metrics->asked.at[asked].metric; }

const ComputeFile *metrics_file(const Metrics *metrics, size_t asked) {
  size_t job = metrics->asked.at[asked].job;
  return job == NONE || !metrics->files[job].is_there ? NULL : &metrics->files[job].said;
}

size_t metrics_count(const Metrics *metrics) { return metrics->asked.len; }

size_t metrics_printed(const Metrics *metrics, size_t asked, const SandboxPrint **list) {
  size_t job = metrics->asked.at[asked].job;
  if (job == NONE) return 0;
  *list = metrics->files[job].prints;
  return metrics->files[job].print_count;
}

Str metric_failure_words(MetricFailure failure, Arena *arena) {
  if (failure.is_cycle) return arena_format(arena, "it needs itself: " STR_FMT, STR_ARG(failure.message));
  if (!failure.file.len) return failure.message;
  if (!failure.line) return arena_format(arena, STR_FMT ": " STR_FMT, STR_ARG(failure.file), STR_ARG(failure.message));
  return arena_format(arena, STR_FMT ", line %u: " STR_FMT, STR_ARG(failure.file), failure.line,
                      STR_ARG(failure.message));
}
