#include "metric/metric.h"

#include <math.h>

#include "base/os.h"
#include "script/files.h"
#include "script/model.h"
#include "script/sandbox.h"

typedef struct {
  Ref at;
  Str failure;
} Failed;

struct Metrics {
  const Project *project;
  const Journey *journey;
  Arena *arena; /* of the caller: what is handed out */
  /* The metric that is being computed. Each has a sandbox, tables and a budget of its own, for all places that are
   * asked about in a row: whatever it does to them, the next one does not notice. */
  Ref current; /* NO_REF: none yet */
  Arena *own;
  Sandbox *sandbox;
  Model *model;
  Str path;
  int handle;
  VEC(Failed) failed; /* a metric that failed is not run again for this journey */
};

Metrics *metrics_open(const Project *p, const Journey *journey, Arena *arena) {
  Metrics *metrics = mem_alloc(sizeof *metrics);
  *metrics = (Metrics){.project = p, .journey = journey, .arena = arena, .current = NO_REF};
  return metrics;
}

static void drop_current(Metrics *m) {
  sandbox_free(m->sandbox);
  arena_free(m->own);
  m->sandbox = NULL;
  m->own = NULL;
}

void metrics_close(Metrics *metrics) {
  if (!metrics) return;
  drop_current(metrics);
  vec_free(&metrics->failed);
  free(metrics);
}

/* ---- what a metric is ---- */

/* The file's name without its ending is the id of a `use "metrics/effort.lua"`. */
static Str used_id(const Project *p, Ref use, Arena *arena) {
  Str name = os_file_name(unit_text_of(project_unit(p, use), arena, use.at, 0));
  return str_ends(name, STR(".lua")) ? str_slice(name, 0, name.len - 4) : name;
}

/* The prelude's metric of that name: what a file of the same name is about. */
static Ref prelude_metric(const Project *p, Str id) {
  const Unit *prelude = p->units[0];
  for (uint32_t at = 0; at < prelude->statement_count; at = prelude->statements[at].after)
    if (prelude->statements[at].keyword == K_METRIC && str_is(unit_id(prelude, at), id)) return (Ref){0, at};
  return NO_REF;
}

Metric metric_info(const Project *p, Ref at, Arena *arena) {
  Metric metric = {.at = at};
  Ref said = at;
  if (project_statement(p, at)->keyword == K_USE) {
    metric.id = metric.title = used_id(p, at, arena);
    said = prelude_metric(p, metric.id);
    if (!ref_ok(said)) return metric;
  }
  Item item = item_of(said);
  metric.id = item_id(p, &item);
  metric.title = item_title(p, &item, arena);
  metric.unit = item_text(p, &item, K_UNIT_OF, 0, arena);
  const char *better = item_choice(p, &item, K_BETTER, 0);
  if (better) metric.better = strcmp(better, "lower") == 0 ? BETTER_LOWER : BETTER_HIGHER;
  return metric;
}

typedef struct {
  const Project *project;
  Arena *arena;
  VEC(Metric) list;
} Visible;

/* What a project declares again stands for what the prelude says. */
static void found_metric(void *context, Ref at) {
  Visible *visible = context;
  if (project_statement(visible->project, at)->keyword == K_USE && !lua_names_file(visible->project, at)) return;
  Metric metric = metric_info(visible->project, at, visible->arena);
  for (size_t i = 0; i < visible->list.len; i++) {
    if (!str_is(visible->list.at[i].id, metric.id)) continue;
    if (!project_is_own(visible->project, visible->list.at[i].at.unit)) visible->list.at[i] = metric;
    return;
  }
  vec_push(&visible->list, metric);
}

/* ---- what is measured ---- */

/* The sign or the letters of an amount of money: what is left without the number. */
static Str currency_of(Str raw) {
  size_t start = 0, end = raw.len;
  while (start < end && strchr("+-0123456789.", raw.at[start])) start++;
  while (end > start && strchr("0123456789.", raw.at[end - 1])) end--;
  bool thousands = end - start > 1 && strchr("kKmM", raw.at[start]) && (unsigned char)raw.at[start + 1] >= 0x80;
  if (thousands || (end - start == 4 && strchr("kKmM", raw.at[start]))) start++;
  if (end - start > 1 && (unsigned char)raw.at[start] >= 0x80 && strchr("kKmM", raw.at[end - 1])) end--;
  return str_slice(raw, start, end);
}

Quantity quantity_of(const Unit *unit, const Value *value) {
  Quantity quantity = {.kind = (ValueType)value->type, .number = value->number};
  if (value->type == V_MONEY) quantity.currency = currency_of(unit_raw(unit, value));
  return quantity;
}

static const Item *item_at(const Journey *journey, Place place) {
  if (place.kind == PLACE_STAGE) return &journey->stages[place.index].item;
  return place.kind == PLACE_STEP ? &journey->steps[place.index].item : &journey->item;
}

static bool read_measure(Metrics *m, const Metric *metric, Ref at, MetricValue *to) {
  const Unit *unit = project_unit(m->project, at);
  const Value *name = unit_value(unit, at.at, 0), *value = unit_value(unit, at.at, 1);
  if (!name || !value || !ref_is(project_resolve(m->project, at, name), metric->at)) return false;
  *to = (MetricValue){.state = METRIC_MEASURED, .value = quantity_of(unit, value), .measure = at};
  uint32_t target = unit_child(unit, at.at, K_TARGET);
  const Value *target_value = target == NONE ? NULL : unit_value(unit, target, 0);
  to->has_target = target_value != NULL;
  if (target_value) to->target = quantity_of(unit, target_value);
  return true;
}

static bool find_measure(Metrics *m, const Metric *metric, Place place, MetricValue *to) {
  Arena *arena = arena_new();
  Item *items;
  size_t count = item_all(m->project, m->journey, item_at(m->journey, place), K_MEASURE, arena, &items);
  bool found = false;
  for (size_t i = 0; i < count && !found; i++) found = read_measure(m, metric, items[i].at, to);
  arena_free(arena);
  return found;
}

/* ---- what is computed ---- */

static Str failure_words(Arena *arena, Str path, const SandboxError *error) {
  if (!error->line) return arena_format(arena, STR_FMT ": " STR_FMT, STR_ARG(path), STR_ARG(error->message));
  return arena_format(arena, STR_FMT ", line %u: " STR_FMT, STR_ARG(error->file), error->line, STR_ARG(error->message));
}

/* A fresh sandbox with the metric's file in it; why not, or an empty text. */
static Str start(Metrics *m, const Metric *metric) {
  LuaFile file = {0};
  Str why = {0};
  SandboxError error = {.message = STR("memory is out")};
  drop_current(m);
  m->current = metric->at;
  m->own = arena_new();
  bool found = lua_file_of(m->project, metric->at, m->own, &file, &why);
  m->path = file.path;
  if (!found) return arena_format(m->arena, STR_FMT ": " STR_FMT, STR_ARG(file.path), STR_ARG(why));
  m->sandbox = sandbox_new(m->own, SANDBOX_BUDGET, lua_require, (void *)m->project);
  m->model = m->sandbox ? model_new(m->sandbox, m->project, m->journey, m->own, &error) : NULL;
  if (!m->model) return failure_words(m->arena, file.path, &error);
  sandbox_refill(m->sandbox);
  m->handle = sandbox_load(m->sandbox, file.path, file.text, &error);
  return m->handle ? STR("") : failure_words(m->arena, file.path, &error);
}

static Str failure_of(const Metrics *m, Ref at) {
  for (size_t i = 0; i < m->failed.len; i++)
    if (ref_is(m->failed.at[i].at, at)) return m->failed.at[i].failure;
  return STR("");
}

/* What its numbers are follows from the unit that is declared for it. */
static ValueType kind_of_unit(Str unit) {
  if (str_is_c(unit, "share") || str_is_c(unit, "percent") || str_is_c(unit, "%")) return V_SHARE;
  if (str_is_c(unit, "time") || str_is_c(unit, "minutes") || str_is_c(unit, "duration")) return V_DURATION;
  return V_NUMBER;
}

static MetricValue compute(Metrics *m, const Metric *metric, Place place) {
  Str failure = failure_of(m, metric->at);
  if (failure.len) return (MetricValue){.state = METRIC_FAILED, .failure = failure};
  if (!ref_is(m->current, metric->at)) failure = start(m, metric);
  MetricValue result = {.value.kind = kind_of_unit(metric->unit)};
  bool has_value = false;
  SandboxError error;
  ModelCall call = {m->model, place};
  if (!failure.len && !sandbox_call(m->sandbox, m->handle, model_push, &call, &has_value, &result.value.number, &error))
    failure = failure_words(m->arena, m->path, &error);
  if (failure.len) {
    vec_push(&m->failed, (Failed){metric->at, failure});
    return (MetricValue){.state = METRIC_FAILED, .failure = failure};
  }
  result.state = has_value ? METRIC_COMPUTED : METRIC_NOTHING;
  return result;
}

MetricValue metrics_value(Metrics *metrics, const Metric *metric, Place place) {
  MetricValue value = {0};
  if (find_measure(metrics, metric, place, &value)) return value;
  return lua_names_file(metrics->project, metric->at) ? compute(metrics, metric, place) : value;
}

/* ---- all of them ---- */

static bool run_row(Metrics *m, const Metric *metric, MetricRow *row) {
  const Journey *journey = m->journey;
  MetricValue *stages = ARENA_ARRAY(m->arena, MetricValue, journey->stage_count);
  *row =
      (MetricRow){.metric = *metric, .journey = metrics_value(m, metric, (Place){PLACE_JOURNEY, 0}), .stages = stages};
  bool says = row->journey.state != METRIC_NOTHING;
  row->failure = row->journey.failure;
  for (uint32_t s = 0; s < journey->stage_count; s++) {
    stages[s] = metrics_value(m, metric, (Place){PLACE_STAGE, s});
    says = says || stages[s].state != METRIC_NOTHING;
    if (!row->failure.len) row->failure = stages[s].failure;
  }
  return says;
}

MetricTable metrics_run(const Project *p, const Journey *journey, Arena *arena) {
  Visible visible = {.project = p, .arena = arena};
  project_visible(p, journey->at.unit, K_METRIC, found_metric, &visible);
  project_visible(p, journey->at.unit, K_USE, found_metric, &visible);
  MetricRow *rows = ARENA_ARRAY(arena, MetricRow, visible.list.len);
  uint32_t count = 0;
  Metrics *metrics = metrics_open(p, journey, arena);
  for (size_t i = 0; i < visible.list.len; i++) count += run_row(metrics, &visible.list.at[i], &rows[count]);
  metrics_close(metrics);
  vec_free(&visible.list);
  return (MetricTable){rows, count};
}

/* ---- as people write it ---- */

static void add_duration(Buf *to, double minutes) {
  static const struct {
    double minutes;
    const char *unit;
  } units[] = {{1440, "d"}, {60, "h"}, {1, "min"}};
  double rest = round(fabs(minutes));
  if (minutes < 0 && rest > 0) buf_add(to, STR("\u2212"));
  int parts = 0;
  for (size_t i = 0; i < 3 && parts < 2; i++) {
    double count = floor(rest / units[i].minutes);
    rest -= count * units[i].minutes;
    if (count == 0) continue;
    buf_printf(to, "%s%.0f%s", parts++ ? " " : "", count, units[i].unit);
  }
  if (!parts) buf_add(to, STR("0min"));
}

Str quantity_text(Quantity quantity, Arena *arena) {
  Buf out = {0};
  bool letters = quantity.currency.len == 3 && (unsigned char)quantity.currency.at[0] < 0x80;
  switch (quantity.kind) {
    case V_SHARE:
      buf_number(&out, quantity.number * 100, 1);
      buf_add_byte(&out, '%');
      break;
    case V_DURATION: add_duration(&out, quantity.number); break;
    case V_MONEY:
      if (!letters) buf_add(&out, quantity.currency);
      buf_number(&out, quantity.number, 2);
      if (letters) buf_printf(&out, " " STR_FMT, STR_ARG(quantity.currency));
      break;
    default: buf_number(&out, quantity.number, 2);
  }
  return buf_take(&out, arena);
}
