/* What metrics say of a journey: measured by somebody and written in the map, counted from a file, or computed in Lua.
 *
 * A metric is declared with `metric ID … computed-by "FILE.lua"`, or by `use "FILE.lua"`, named after the file. The
 * file is the one beside the .journey file, or else the one of the standard library; script/compute.h says what it
 * returns, and docs/metrics.md tells authors what they find there. */
#ifndef JOURNEY_METRIC_METRIC_H
#define JOURNEY_METRIC_METRIC_H

#include "metric/figures.h"
#include "metric/quantity.h"
#include "script/place.h"
#include "script/sandbox.h"

typedef enum { BETTER_UNKNOWN, BETTER_HIGHER, BETTER_LOWER } Better;

typedef struct {
  Ref at;              /* the `metric` statement, or the `use` */
  Str id, title, unit; /* the unit may be empty */
  Better better;
} Metric;

typedef enum {
  METRIC_NOTHING,
  METRIC_MEASURED, /* stated in the map */
  METRIC_COUNTED,  /* from the file of a measure's evidence */
  METRIC_COMPUTED, /* from the map */
  METRIC_FAILED,
} MetricState;

/* Why a metric fails. Empty `message`: it doesn't. */
typedef struct {
  Str message; /* plain words, no full stop */
  Str file;    /* of Lua, where that is known */
  uint32_t line;
  Str trace;       /* who called whom, where there is more than one */
  bool is_cycle;   /* it needs itself; then the message is the path: "a → b → a" */
  bool is_untried; /* too many in front of it came to no end: worth saying of the first such */
} MetricFailure;

/* What a script said of how it came to its number: a line of explain(), or another metric that it asked for. */
typedef struct {
  Str text;
  bool is_metric;         /* `text` is its id, asked for at the place */
  const Journey *journey; /* of the place; NULL for a project, a persona, a team */
  Place place;
  bool has_number;
  double number;
} MetricReason;

typedef struct {
  MetricState state;
  Quantity value; /* where there is one: neither METRIC_NOTHING nor METRIC_FAILED */
  Ref measure;    /* METRIC_MEASURED, METRIC_COUNTED: the statement; else NO_REF */
  bool has_target;
  Quantity target; /* of a measure */
  bool has_interval;
  double low, high; /* at 95%; of METRIC_MEASURED by its `margin` */
  bool has_n;
  uint64_t n;
  Str how;                  /* "top 2 of 1 to 5"; may be empty */
  const FigurePoint *trend; /* by period */
  uint32_t trend_count;
  bool stale;       /* METRIC_COUNTED: its newest row is older than it may be relied on */
  bool near_target; /* whether the target is reached or missed can't be told at this n */
  MetricFailure failure;
  const MetricReason *reasons;
  uint32_t reason_count;
} MetricValue;

typedef struct {
  uint32_t step;
  MetricValue value;
} MetricStep;

/* All values of one metric. */
typedef struct {
  Metric metric;
  MetricValue journey;
  const MetricValue *stages; /* one for each stage of the journey */
  const MetricStep *steps;   /* only those that have a measure of it */
  uint32_t step_count;
  MetricFailure failure; /* of the first that failed */
} MetricRow;

typedef struct {
  const MetricRow *rows;
  uint32_t count;
} MetricTable;

/* Every metric that the journey's file sees and that has something to say of it, in the order of declarations.
 * `evidence` may be NULL. */
MetricTable metrics_run(const Project *p, const Evidence *evidence, const Journey *journey, Arena *arena);
/* The same of several journeys at once. */
void metrics_run_all(const Project *p, const Evidence *evidence, const Journey *const *journeys, uint32_t count,
                     MetricTable *tables, Arena *arena);

/* A metric of the project as a whole, of a persona or of a team. */
typedef struct {
  Metric metric;
  Place place;
  MetricValue value;
} MetricPart;

/* Every metric that has something to say of the project, its own personas or its own teams: by place, the project
 * first, then in the order of declarations. */
uint32_t metrics_run_parts(const Project *p, const Evidence *evidence, const MetricPart **parts, Arena *arena);

/* Numbers that are computed together, in worker processes: ask for all of them, compute, then read. */
typedef struct Metrics Metrics;
Metrics *metrics_open(const Project *p, const Evidence *evidence, Arena *arena);
void metrics_close(Metrics *metrics);
/* Asks; the number under which the answer is read. `metric` is copied; `journey` is NULL for a project, a persona, a
 * team. */
size_t metrics_ask(Metrics *metrics, const Journey *journey, const Metric *metric, Place place);
/* The same of one measure: what its rows come to, whatever it states. */
size_t metrics_ask_measure(Metrics *metrics, const Journey *journey, const Metric *metric, Place place, Ref measure);
/* Only reads the metric's file. */
size_t metrics_ask_file(Metrics *metrics, const Journey *journey, const Metric *metric);
/* What is asked from now on is computed as if it alone were asked: a metric that fails for what was asked before is run
 * again. */
void metrics_apart(Metrics *metrics);
/* In which all that is read lives. */
Arena *metrics_arena(const Metrics *metrics);
/* Values are to come with their reasons, which cost time. */
void metrics_keep_reasons(Metrics *metrics);
void metrics_compute(Metrics *metrics);
const MetricValue *metrics_value(const Metrics *metrics, size_t asked);
/* What the metric is called and counts, with what its file says where the map says nothing. */
const Metric *metrics_metric(const Metrics *metrics, size_t asked);
/* What its Lua file says of itself; NULL where there is none, or it could not be read. */
typedef struct ComputeFile ComputeFile;
const ComputeFile *metrics_file(const Metrics *metrics, size_t asked);
/* How many were asked, and what the scripts printed of the one asked as number `asked`: of its job, with others that
 * were asked of the same metric and journey. */
size_t metrics_count(const Metrics *metrics);
size_t metrics_printed(const Metrics *metrics, size_t asked, const SandboxPrint **list);

Metric metric_info(const Project *p, Ref at, Arena *arena);
/* "metrics/x.lua, line 3: it divides by zero"; no full stop. */
Str metric_failure_words(MetricFailure failure, Arena *arena);

/* Says which `expect` of the project's own journeys does not hold (E0402), is about a number that nothing gives
 * (E0403), or asks for a metric that fails (E0401) or needs itself (E0404); which Lua files of the project's own
 * metrics can't be read at all (E0001, E0401), and which settings they don't have. `evidence` may be NULL. */
void metrics_check(const Project *p, const Evidence *evidence, Diagnostics *to);

typedef struct {
  const Journey *journey; /* as a whole; NULL: `place` is the project, a persona, a team */
  Place place;
  MetricValue value; /* which is neither METRIC_NOTHING nor METRIC_FAILED */
} MetricResult;

/* What a metric of the project's own comes to, whose Lua file is one of the project's. */
typedef struct {
  Metric metric;
  uint32_t unit;               /* the .lua file */
  MetricFailure failure;       /* the first; empty `message`: it fails nowhere */
  const MetricResult *results; /* journeys first; by path and place, whatever was read first */
  uint32_t result_count;
} MetricScript;

typedef struct {
  const MetricTable *tables; /* of each journey of the project: tables[journey - p->journeys] */
  const MetricPart *parts;   /* as metrics_run_parts */
  uint32_t part_count;
  const Figures *figures;      /* of the measures that state no value */
  const MetricScript *scripts; /* in the order of their `metric` and `use` statements */
  uint32_t script_count;
} MetricsAll;

/* All of it in one go, in one worker process: metrics_check, figures_of, metrics_run_all of the journeys that are
 * wanted (of each whether it is; the tables of the others are empty), and where that is NULL, of all, and
 * metrics_run_parts. Adds to what metrics_check says each metric of `scripts` that fails anywhere (E0401, E0404), once.
 */
MetricsAll metrics_everything(const Project *p, const Evidence *evidence, const bool *wanted, Arena *arena,
                              Diagnostics *to);

#endif
