/* All that is known of a project's metrics, at once: for whoever shows it while the map is being written. */
#include "base/os.h"
#include "base/vec.h"
#include "metric/check.h"
#include "metric/tables.h"

typedef struct {
  Str path;
  Ref at;
  uint32_t number; /* of a journey, or of a part */
} Ordered;

typedef struct {
  const Project *p;
  const MetricsAll *all;
  const Ordered *journeys, *parts; /* by file and place in it: units are numbered by what was open first */
  Arena *arena;
} Gathering;

/* ---- in which order ---- */

static int by_declaration(const void *a, const void *b) {
  const Ordered *one = a, *other = b;
  int files = str_compare(one->path, other->path);
  if (files) return files;
  int places = ref_compare(&one->at, &other->at);
  return places ? places : (one->number > other->number) - (one->number < other->number);
}

/* A path may be relative in one file and absolute in another, which was given by itself. */
static Ordered ordered(const Project *p, Ref at, uint32_t number, Arena *arena) {
  Str path = ref_ok(at) ? os_absolute(arena, project_unit(p, at)->source.path) : STR("");
  return (Ordered){path, at, number};
}

static const Ordered *order_journeys(const Project *p, Arena *arena) {
  Ordered *list = ARENA_ARRAY(arena, Ordered, p->journey_count + 1);
  for (uint32_t i = 0; i < p->journey_count; i++) list[i] = ordered(p, p->journeys[i].at, i, arena);
  qsort(list, p->journey_count, sizeof *list, by_declaration);
  return list;
}

/* The project first. */
static const Ordered *order_parts(const Project *p, const MetricsAll *all, Arena *arena) {
  Ordered *list = ARENA_ARRAY(arena, Ordered, all->part_count + 1);
  for (uint32_t i = 0; i < all->part_count; i++) {
    Place place = all->parts[i].place;
    list[i] = ordered(p, place.kind == PLACE_PROJECT ? NO_REF : place.at, i, arena);
  }
  qsort(list, all->part_count, sizeof *list, by_declaration);
  return list;
}

/* ---- what a script came to ---- */

static uint32_t script_of(const Project *p, Ref metric) {
  const Unit *unit = project_unit(p, metric);
  bool is_use = unit->statements[metric.at].keyword == K_USE;
  return project_script(p, (Ref){metric.unit, is_use ? metric.at : unit_child(unit, metric.at, K_COMPUTED_BY)});
}

static const MetricRow *row_of(const MetricTable *table, Ref metric) {
  for (uint32_t i = 0; i < table->count; i++)
    if (ref_is(table->rows[i].metric.at, metric)) return &table->rows[i];
  return NULL;
}

static void note_failure(MetricScript *script, MetricFailure failure) {
  if (!script->failure.message.len) script->failure = failure;
}

static void add_result(MetricScript *script, MetricResult *results, MetricResult result) {
  note_failure(script, result.value.failure);
  bool has_value = result.value.state != METRIC_NOTHING && result.value.state != METRIC_FAILED;
  if (has_value) results[script->result_count++] = result;
}

static void read_results(const Gathering *g, MetricScript *script) {
  const Project *p = g->p;
  MetricResult *results = ARENA_ARRAY(g->arena, MetricResult, p->journey_count + g->all->part_count);
  script->results = results;
  for (uint32_t i = 0; i < p->journey_count; i++) {
    uint32_t j = g->journeys[i].number;
    const MetricRow *row = row_of(&g->all->tables[j], script->metric.at);
    if (!row) continue;
    add_result(script, results, (MetricResult){&p->journeys[j], {.kind = PLACE_JOURNEY}, row->journey});
    note_failure(script, row->failure);
  }
  for (uint32_t i = 0; i < g->all->part_count; i++) {
    const MetricPart *part = &g->all->parts[g->parts[i].number];
    if (ref_is(part->metric.at, script->metric.at))
      add_result(script, results, (MetricResult){NULL, part->place, part->value});
  }
}

static void gather_scripts(const Gathering *g, const Metrics *metrics, MetricChecks *checks, MetricsAll *all,
                           Diagnostics *to) {
  const MetricFile *files;
  size_t count = metric_checks_files(checks, &files);
  MetricScript *scripts = ARENA_ARRAY(g->arena, MetricScript, count);
  for (size_t i = 0; i < count; i++) {
    uint32_t unit = script_of(g->p, files[i].at);
    if (unit == NONE) continue; /* the standard library's */
    MetricScript *script = &scripts[all->script_count++];
    *script = (MetricScript){.metric = *metrics_metric(metrics, files[i].asked), .unit = unit};
    note_failure(script, metrics_value(metrics, files[i].asked)->failure);
    read_results(g, script);
    if (script->failure.message.len)
      metric_say_failed(g->p, &script->metric, script->failure, files[i].at.unit, files[i].span,
                        metric_checks_said(checks), to);
  }
  all->scripts = scripts;
}

/* ---- all of it ---- */

MetricsAll metrics_everything(const Project *p, const Evidence *evidence, const bool *wanted, Arena *arena,
                              Diagnostics *to) {
  MetricsAll all = {0};
  MetricTable *tables = ARENA_ARRAY(arena, MetricTable, p->journey_count);
  MetricTable *read = ARENA_ARRAY(arena, MetricTable, p->journey_count);
  const Journey **journeys = ARENA_ARRAY(arena, const Journey *, p->journey_count);
  uint32_t count = 0;
  for (uint32_t i = 0; i < p->journey_count; i++)
    if (!wanted || wanted[i]) journeys[count++] = &p->journeys[i];
  Metrics *metrics = metrics_open(p, evidence, arena);
  MetricChecks *checks = metric_checks_ask(p, evidence, metrics, to);
  metrics_apart(metrics);
  TablesAsked *of_journeys = tables_ask(metrics, p, journeys, count);
  metrics_apart(metrics);
  PartsAsked *of_parts = wanted ? NULL : parts_ask(metrics, p);
  metrics_compute(metrics);
  tables_read(of_journeys, read);
  for (uint32_t i = 0; i < count; i++) tables[journeys[i] - p->journeys] = read[i];
  all.tables = tables;
  if (of_parts) all.part_count = parts_read(of_parts, &all.parts);
  all.figures = metric_checks_figures(checks, arena);
  metric_checks_say(checks, to);
  Gathering g = {p, &all, order_journeys(p, arena), order_parts(p, &all, arena), arena};
  gather_scripts(&g, metrics, checks, &all, to);
  metric_checks_free(checks);
  metrics_close(metrics);
  return all;
}
