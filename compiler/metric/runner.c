#include "metric/runner.h"

#include "base/nearest.h"
#include "metric/measure.h"
#include "metric/wire.h"
#include "script/files.h"
#include "script/worker.h"

enum { DEEPEST = 32, MOST_REASONS = 200 };

/* A number for value(), kept for all metrics that ask for it. */
typedef struct {
  MetricState state;
  double number;
  bool known;
} Cell;

typedef struct {
  Place place;
  Cell cell;
} OtherCell;

/* A metric. Each has a sandbox, tables and a budget of its own: whatever one does to them, the others don't notice. */
typedef struct {
  Metric metric;
  Arena *arena; /* of the sandbox; NULL while there is none */
  Computer *computer;
  MetricFailure failure;   /* a metric that failed is not run again for this journey */
  Cell **cells;            /* of each journey of the project: itself, its stages, its steps; NULL while nobody asked */
  VEC(OtherCell *) others; /* of the project, personas, teams */
  bool is_running;
  VEC(MetricReason) reasons;
} Run;

struct Runner {
  const Project *project;
  const Evidence *evidence;
  const SeenLogs *seen;
  const Journey *journey; /* that all jobs are of since runs were forgotten; NULL: of the project */
  uint32_t group;         /* likewise */
  MetricList visible;     /* for it */
  Arena *arena;           /* as long as the journey is the same */
  VEC(Run *) runs;
  VEC(Run *) stack; /* those that wait for the last one */
  bool reasons;
};

Runner *runner_new(const Project *p, const Evidence *evidence, const SeenLogs *seen, bool reasons) {
  Runner *runner = mem_alloc(sizeof *runner);
  *runner = (Runner){.project = p, .evidence = evidence, .seen = seen, .reasons = reasons};
  return runner;
}

static void close_run(Run *run) {
  computer_free(run->computer);
  arena_free(run->arena);
  vec_free(&run->reasons);
  run->computer = NULL;
  run->arena = NULL;
}

static void forget_runs(Runner *runner) {
  for (size_t i = 0; i < runner->runs.len; i++) {
    close_run(runner->runs.at[i]);
    vec_free(&runner->runs.at[i]->others);
  }
  runner->runs.len = 0;
  arena_free(runner->arena);
  runner->arena = NULL;
}

void runner_free(Runner *runner) {
  forget_runs(runner);
  vec_free(&runner->runs);
  vec_free(&runner->stack);
  free(runner);
}

/* ---- runs ---- */

static bool fails(const MetricFailure *failure) { return failure->message.len > 0; }

static Run *run_of(Runner *runner, const Metric *metric) {
  for (size_t i = 0; i < runner->runs.len; i++)
    if (ref_is(runner->runs.at[i]->metric.at, metric->at)) return runner->runs.at[i];
  Run *run = ARENA_NEW(runner->arena, Run);
  run->metric = *metric;
  vec_push(&runner->runs, run);
  return run;
}

static MetricFailure failure_of(Runner *runner, const SandboxError *error) {
  if (error->end > SANDBOX_WRONG) worker_lost();
  return (MetricFailure){.message = arena_copy(runner->arena, error->message),
                         .file = arena_copy(runner->arena, error->file),
                         .line = error->line,
                         .trace = arena_copy(runner->arena, error->trace)};
}

uint32_t metric_settings(const Project *p, Ref metric, Arena *arena, ComputeSetting **settings) {
  const Unit *unit = project_unit(p, metric);
  uint32_t count = 0;
  *settings = NULL;
  if (unit->statements[metric.at].keyword != K_METRIC) return 0;
  for (int pass = 0; pass < 2; pass++) {
    if (pass) *settings = ARENA_ARRAY(arena, ComputeSetting, count);
    count = 0;
    for (uint32_t at = unit_first_child(unit, metric.at); at != NONE; at = unit_next_sibling(unit, at)) {
      const Value *value = unit->statements[at].keyword == K_SET ? unit_value(unit, at, 1) : NULL;
      if (!value) continue;
      if (pass) (*settings)[count] = (ComputeSetting){unit_text_of(unit, arena, at, 0), value->number};
      count++;
    }
  }
  return count;
}

/* Where a measure is counted whose metric has no file of its own: the mean of the scores. */
static bool find_file(Runner *runner, Ref metric, Arena *arena, LuaFile *file, Str *why) {
  if (lua_is_held_back(runner->project, metric))
    return *why = STR("the project's Lua files are not run (--no-scripts)"), false;
  if (lua_names_file(runner->project, metric)) return lua_file_of(runner->project, metric, arena, file, why);
  return lua_library_file("metrics/answers.lua", file);
}

static ComputeValue value_of;

/* A fresh sandbox with the metric's file in it, where it doesn't have one yet. */
static void open_run(Runner *runner, Run *run) {
  if (run->computer || fails(&run->failure)) return;
  LuaFile file = {0};
  Str why = {0};
  ComputeSetting *settings;
  SandboxError error;
  worker_begin();
  run->arena = arena_new();
  if (!find_file(runner, run->metric.at, run->arena, &file, &why)) {
    run->failure =
        (MetricFailure){.message = arena_copy(runner->arena, why), .file = arena_copy(runner->arena, file.path)};
    return;
  }
  ComputeWorld world = {.project = runner->project,
                        .evidence = runner->evidence,
                        .journey = runner->journey,
                        .unit = runner->journey ? runner->journey->at.unit : NONE,
                        .value = value_of,
                        .explains = runner->reasons,
                        .context = runner};
  world.setting_count = metric_settings(runner->project, run->metric.at, run->arena, &settings);
  world.settings = settings;
  run->computer = computer_new(&world, file.path, file.text, run->arena, &error);
  Str id = run->computer ? computer_file(run->computer)->id : STR("");
  if (!run->computer) run->failure = failure_of(runner, &error);
  else if (id.len && !str_is(id, run->metric.id))
    run->failure = (MetricFailure){
        .message = arena_format(runner->arena, "it calls itself \"" STR_FMT "\" in its `id`", STR_ARG(id)),
        .file = arena_copy(runner->arena, file.path)};
}

/* ---- one place ---- */

static bool is_in_scope(const Run *run, Place place) {
  return (computer_file(run->computer)->scope & 1u << place.kind) != 0;
}

static void keep_reasons(Runner *runner, Run *run, Outcome *outcome) {
  MetricReason *reasons = ARENA_ARRAY(runner->arena, MetricReason, run->reasons.len + outcome->result.line_count);
  for (size_t i = 0; i < run->reasons.len; i++) reasons[outcome->reason_count++] = run->reasons.at[i];
  for (uint32_t i = 0; i < outcome->result.line_count; i++) {
    const ComputeLine *line = &outcome->result.lines[i];
    reasons[outcome->reason_count++] =
        (MetricReason){.text = line->text, .has_number = line->has_number, .number = line->number};
  }
  outcome->reasons = reasons;
}

static Outcome outcome_of(Runner *runner, Run *run, const Journey *journey, Place place, Ref measure) {
  Outcome outcome = {.state = METRIC_NOTHING};
  open_run(runner, run);
  if (!fails(&run->failure) && is_in_scope(run, place)) {
    bool is_counted = ref_ok(measure);
    ComputeCall call = {.journey = journey, .place = place};
    call.answers = is_counted && runner->evidence ? evidence_answers(runner->evidence, measure) : NULL;
    call.as = is_counted ? measure_as(runner->project, measure) : NULL;
    Str unseen = STR("");
    call.seen = is_counted ? seen_at(runner->seen, journey, measure, &unseen) : NULL;
    if (unseen.len) return (Outcome){.state = METRIC_FAILED, .failure = {.message = unseen}};
    SandboxError error;
    run->is_running = true;
    run->reasons.len = 0;
    vec_push(&runner->stack, run);
    bool fine = computer_run(run->computer, &call, &outcome.result, &error);
    runner->stack.len--;
    run->is_running = false;
    if (!fine && !fails(&run->failure)) run->failure = failure_of(runner, &error);
    if (fails(&run->failure) && !run->failure.line)
      run->failure.line = error.line, run->failure.file = arena_copy(runner->arena, error.file);
    keep_reasons(runner, run, &outcome);
    if (outcome.result.has_value) outcome.state = METRIC_COMPUTED;
  }
  outcome.failure = run->failure;
  if (fails(&run->failure)) outcome.state = METRIC_FAILED;
  return outcome;
}

/* ---- value(id, place) ---- */

static Cell *other_cell(Runner *runner, Run *run, Place place) {
  for (size_t i = 0; i < run->others.len; i++) {
    OtherCell *other = run->others.at[i];
    if (other->place.kind == place.kind && (place.kind == PLACE_PROJECT || ref_is(other->place.at, place.at)))
      return &other->cell;
  }
  OtherCell *other = ARENA_NEW(runner->arena, OtherCell);
  other->place = place;
  vec_push(&run->others, other);
  return &other->cell;
}

static Cell *cell_of(Runner *runner, Run *run, const Journey *journey, Place place) {
  if (!journey) return other_cell(runner, run, place);
  const Project *p = runner->project;
  if (!run->cells) run->cells = ARENA_ARRAY(runner->arena, Cell *, p->journey_count);
  Cell **cells = &run->cells[journey - p->journeys];
  if (!*cells) *cells = ARENA_ARRAY(runner->arena, Cell, 1 + journey->stage_count + journey->step_count);
  if (place.kind == PLACE_JOURNEY) return *cells;
  return *cells + 1 + place.index + (place.kind == PLACE_STEP ? journey->stage_count : 0);
}

/* All that need each other fail alike, whichever was asked first: the path begins at the first of them by name. */
static void say_cycle(Runner *runner, const Run *run) {
  size_t from = 0, first;
  while (runner->stack.at[from] != run) from++;
  first = from;
  for (size_t i = from; i < runner->stack.len; i++)
    if (str_compare(runner->stack.at[i]->metric.id, runner->stack.at[first]->metric.id) < 0) first = i;
  Buf path = {0};
  size_t count = runner->stack.len - from;
  for (size_t i = 0; i <= count; i++) {
    if (i) buf_add_c(&path, " \u2192 ");
    buf_add(&path, runner->stack.at[from + (first - from + i) % count]->metric.id);
  }
  MetricFailure failure = {.message = buf_take(&path, runner->arena), .is_cycle = true};
  for (size_t i = from; i < runner->stack.len; i++) runner->stack.at[i]->failure = failure;
}

static bool say_unknown(Runner *runner, Str id, Str *why) {
  Nearest nearest = nearest_to(id);
  for (uint32_t i = 0; i < runner->visible.count; i++) nearest_offer(&nearest, runner->visible.at[i].id);
  *why = arena_format(runner->arena, "there is no metric \"" STR_FMT "\"", STR_ARG(id));
  if (nearest.best.len)
    *why = arena_format(runner->arena, STR_FMT "; did you mean \"" STR_FMT "\"?", STR_ARG(*why), STR_ARG(nearest.best));
  return false;
}

static bool say_failed(Runner *runner, const Run *run, Str *why) {
  const MetricFailure *failure = &run->failure;
  if (failure->is_cycle)
    *why = arena_format(runner->arena, "it needs \"" STR_FMT "\", which needs itself: " STR_FMT,
                        STR_ARG(run->metric.id), STR_ARG(failure->message));
  else
    *why = arena_format(runner->arena, "it needs \"" STR_FMT "\", which fails: " STR_FMT, STR_ARG(run->metric.id),
                        STR_ARG(metric_failure_words(*failure, runner->arena)));
  return false;
}

/* The number as the map says it, or as Lua finds it. False where that fails. */
static bool fill_cell(Runner *runner, Run *run, const Journey *journey, Place place, Cell *cell, Str *why) {
  Measured measured = measure_at(runner->project, runner->evidence, &run->metric, journey, place);
  if (measured.is_stated) {
    const Value *value = unit_value(project_unit(runner->project, measured.at), measured.at.at, 1);
    *cell = (Cell){METRIC_MEASURED, value->number, true};
  } else if (ref_ok(measured.at) || lua_names_file(runner->project, run->metric.at)) {
    if (run->is_running) say_cycle(runner, run);
    if (runner->stack.len >= DEEPEST)
      return *why = arena_format(runner->arena, "more than %d metrics need each other in a row", DEEPEST), false;
    if (fails(&run->failure)) return say_failed(runner, run, why);
    Outcome outcome = outcome_of(runner, run, journey, place, measured.at);
    worker_begin();
    if (outcome.state == METRIC_FAILED) return say_failed(runner, run, why);
    *cell = (Cell){outcome.state, outcome.result.value, true};
  } else *cell = (Cell){METRIC_NOTHING, 0, true};
  return true;
}

static bool value_of(void *context, Str id, const Journey *journey, Place place, bool *has_value, double *number,
                     Str *why) {
  Runner *runner = context;
  const Metric *metric = metric_named(runner->visible, id);
  if (!metric) return say_unknown(runner, id, why);
  Run *run = run_of(runner, metric), *asks = runner->stack.at[runner->stack.len - 1];
  Cell *cell = cell_of(runner, run, journey, place);
  if (!cell->known && !fill_cell(runner, run, journey, place, cell, why)) return false;
  *has_value = cell->state != METRIC_NOTHING;
  *number = cell->number;
  if (runner->reasons && asks->reasons.len < MOST_REASONS)
    vec_push(&asks->reasons, (MetricReason){.text = metric->id,
                                            .is_metric = true,
                                            .journey = journey,
                                            .place = place,
                                            .has_number = *has_value,
                                            .number = *number});
  return true;
}

/* ---- answers ---- */

static void put_failure(Buf *to, const MetricFailure *failure) {
  wire_put_str(to, failure->message);
  wire_put_str(to, failure->file);
  wire_put_u64(to, failure->line);
  wire_put_str(to, failure->trace);
  wire_put_u64(to, failure->is_cycle);
}

static void put_file(Buf *to, const ComputeFile *file) {
  wire_put_u64(to, file != NULL);
  if (!file) return;
  wire_put_str(to, file->id);
  wire_put_str(to, file->title);
  wire_put_str(to, file->unit);
  wire_put_u64(to, (uint64_t)(file->better + 1));
  wire_put_u64(to, file->has_range);
  wire_put_double(to, file->min);
  wire_put_double(to, file->max);
  wire_put_u64(to, file->scope);
  wire_put_u64(to, file->setting_count);
  for (uint32_t i = 0; i < file->setting_count; i++) {
    wire_put_str(to, file->settings[i].name);
    wire_put_double(to, file->settings[i].value);
  }
}

static void put_result(Buf *to, const ComputeResult *result) {
  wire_put_u64(to, result->has_value);
  wire_put_u64(to, result->has_n);
  wire_put_double(to, result->value);
  wire_put_double(to, result->low);
  wire_put_double(to, result->high);
  wire_put_u64(to, result->n);
  wire_put_str(to, result->how);
  wire_put_str(to, result->unit);
  wire_put_u64(to, result->trend_count);
  for (uint32_t i = 0; i < result->trend_count; i++) {
    const ComputePoint *point = &result->trend[i];
    wire_put_str(to, point->period);
    wire_put_double(to, point->value);
    wire_put_double(to, point->low);
    wire_put_double(to, point->high);
    wire_put_u64(to, point->n);
  }
}

static void put_outcome(const Project *p, Buf *to, const Outcome *outcome) {
  wire_put_u64(to, outcome->state);
  put_result(to, &outcome->result);
  put_failure(to, &outcome->failure);
  wire_put_u64(to, outcome->reason_count);
  for (uint32_t i = 0; i < outcome->reason_count; i++) {
    const MetricReason *reason = &outcome->reasons[i];
    wire_put_str(to, reason->text);
    wire_put_u64(to, reason->is_metric);
    wire_put_u64(to, reason->place.kind);
    wire_put_u64(to, reason->place.index);
    wire_put_u64(to, reason->place.at.unit);
    wire_put_u64(to, reason->place.at.at);
    wire_put_u64(to, reason->journey ? (uint64_t)(reason->journey - p->journeys) : UINT64_MAX);
    wire_put_u64(to, reason->has_number);
    wire_put_double(to, reason->number);
  }
}

static void put_prints(Buf *to, Runner *runner) {
  uint64_t count = 0;
  Buf prints = {0};
  for (size_t i = 0; i < runner->runs.len; i++) {
    const SandboxPrint *list = NULL;
    size_t added = runner->runs.at[i]->computer ? computer_printed(runner->runs.at[i]->computer, &list) : 0;
    count += added;
    for (size_t j = 0; j < added; j++) {
      wire_put_str(&prints, list[j].file);
      wire_put_u64(&prints, list[j].line);
      wire_put_str(&prints, list[j].text);
      wire_put_u64(&prints, list[j].is_last);
    }
  }
  wire_put_u64(to, count);
  buf_add(to, buf_str(&prints));
  buf_free(&prints);
}

void runner_do(Runner *runner, const Job *job, Buf *answer) {
  if (runner->journey != job->journey || runner->group != job->group || !runner->arena) {
    forget_runs(runner);
    runner->arena = arena_new();
    runner->journey = job->journey;
    runner->group = job->group;
    runner->visible = job->journey ? metrics_visible(runner->project, job->journey->at.unit, runner->arena)
                                   : metrics_all(runner->project, runner->arena);
  }
  runner->stack.len = 0;
  Run *run = run_of(runner, &job->metric);
  open_run(runner, run);
  put_failure(answer, &run->failure);
  put_file(answer, run->computer ? computer_file(run->computer) : NULL);
  for (size_t i = 0; i < job->questions.len; i++) {
    const Question *question = &job->questions.at[i];
    Outcome outcome = outcome_of(runner, run, job->journey, question->place, question->measure);
    put_outcome(runner->project, answer, &outcome);
  }
  put_prints(answer, runner);
  for (size_t i = 0; i < runner->runs.len; i++) close_run(runner->runs.at[i]);
}

/* ---- reading them ---- */

static MetricFailure read_failure(Wire *from, Arena *arena) {
  MetricFailure failure = {.message = wire_str(from, arena)};
  failure.file = wire_str(from, arena);
  failure.line = (uint32_t)wire_u64(from);
  failure.trace = wire_str(from, arena);
  failure.is_cycle = wire_u64(from) == 1;
  return failure;
}

static bool read_file(Wire *from, Arena *arena, ComputeFile *file) {
  if (wire_u64(from) != 1) return false;
  file->id = wire_str(from, arena);
  file->title = wire_str(from, arena);
  file->unit = wire_str(from, arena);
  file->better = (int)(wire_u64(from) % 3) - 1;
  file->has_range = wire_u64(from) == 1;
  file->min = wire_double(from);
  file->max = wire_double(from);
  file->scope = (unsigned)wire_u64(from);
  file->setting_count = wire_count(from, 16);
  ComputeSetting *settings = ARENA_ARRAY(arena, ComputeSetting, file->setting_count);
  for (uint32_t i = 0; i < file->setting_count; i++) {
    settings[i].name = wire_str(from, arena);
    settings[i].value = wire_double(from);
  }
  file->settings = settings;
  return true;
}

static ComputeResult read_result(Wire *from, Arena *arena) {
  ComputeResult result = {.has_value = wire_u64(from) == 1};
  result.has_n = wire_u64(from) == 1;
  result.value = wire_double(from);
  result.low = wire_double(from);
  result.high = wire_double(from);
  result.n = wire_u64(from);
  result.how = wire_str(from, arena);
  result.unit = wire_str(from, arena);
  result.trend_count = wire_count(from, 40);
  ComputePoint *points = ARENA_ARRAY(arena, ComputePoint, result.trend_count);
  for (uint32_t i = 0; i < result.trend_count; i++) {
    points[i].period = wire_str(from, arena);
    points[i].value = wire_double(from);
    points[i].low = wire_double(from);
    points[i].high = wire_double(from);
    points[i].n = wire_u64(from);
  }
  result.trend = points;
  return result;
}

static bool has_statement(const Project *p, Ref ref) {
  return ref.unit < p->unit_count && ref.at < p->units[ref.unit]->statement_count;
}

/* False where it is no place of the project. */
static bool read_place(const Project *p, Wire *from, MetricReason *reason) {
  uint64_t kind = wire_u64(from);
  reason->place.index = (uint32_t)wire_u64(from);
  reason->place.at.unit = (uint32_t)wire_u64(from);
  reason->place.at.at = (uint32_t)wire_u64(from);
  uint64_t journey = wire_u64(from);
  reason->place.kind = kind <= PLACE_TEAM ? (PlaceKind)kind : PLACE_JOURNEY;
  reason->journey = journey < p->journey_count ? &p->journeys[journey] : NULL;
  switch (reason->place.kind) {
    case PLACE_JOURNEY: return reason->journey != NULL;
    case PLACE_STAGE: return reason->journey && reason->place.index < reason->journey->stage_count;
    case PLACE_STEP: return reason->journey && reason->place.index < reason->journey->step_count;
    case PLACE_PROJECT: return true;
    default: return has_statement(p, reason->place.at);
  }
}

static void read_reason(const Project *p, Wire *from, Arena *arena, MetricReason *reason) {
  reason->text = wire_str(from, arena);
  bool is_metric = wire_u64(from) == 1, is_place = read_place(p, from, reason);
  reason->is_metric = is_metric && is_place;
  reason->has_number = wire_u64(from) == 1;
  reason->number = wire_double(from);
}

static Outcome read_outcome(const Project *p, Wire *from, Arena *arena) {
  uint64_t state = wire_u64(from);
  Outcome outcome = {.state = state == METRIC_COMPUTED || state == METRIC_FAILED ? (MetricState)state : METRIC_NOTHING};
  outcome.result = read_result(from, arena);
  outcome.failure = read_failure(from, arena);
  outcome.reason_count = wire_count(from, 72);
  MetricReason *reasons = ARENA_ARRAY(arena, MetricReason, outcome.reason_count);
  for (uint32_t i = 0; i < outcome.reason_count; i++) read_reason(p, from, arena, &reasons[i]);
  outcome.reasons = reasons;
  return outcome;
}

static void read_prints(Wire *from, Arena *arena, RunnerFile *file) {
  file->print_count = wire_count(from, 32);
  SandboxPrint *prints = ARENA_ARRAY(arena, SandboxPrint, file->print_count);
  for (uint32_t i = 0; i < file->print_count; i++) {
    prints[i].file = wire_str(from, arena);
    prints[i].line = (uint32_t)wire_u64(from);
    prints[i].text = wire_str(from, arena);
    prints[i].is_last = wire_u64(from) == 1;
  }
  file->prints = prints;
}

bool runner_read(const Project *p, Str answer, size_t count, Arena *arena, RunnerFile *file, Outcome *outcomes) {
  Wire from = {answer, false};
  file->failure = read_failure(&from, arena);
  file->is_there = read_file(&from, arena, &file->said);
  for (size_t i = 0; i < count; i++) outcomes[i] = read_outcome(p, &from, arena);
  read_prints(&from, arena, file);
  return !from.broken && !from.rest.len;
}
