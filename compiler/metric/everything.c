/* All that is known of a project's metrics, at once: for whoever shows it while the map is being written. */
#include "base/vec.h"
#include "metric/check.h"
#include "metric/tables.h"

typedef struct {
  const Project *p;
  const MetricsAll *all;
  Arena *arena;
} Gathering;

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
  for (uint32_t j = 0; j < p->journey_count; j++) {
    const MetricRow *row = row_of(&g->all->tables[j], script->metric.at);
    if (!row) continue;
    add_result(script, results, (MetricResult){&p->journeys[j], {.kind = PLACE_JOURNEY}, row->journey});
    note_failure(script, row->failure);
  }
  for (uint32_t i = 0; i < g->all->part_count; i++) {
    const MetricPart *part = &g->all->parts[i];
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
  gather_scripts(&(Gathering){p, &all, arena}, metrics, checks, &all, to);
  metric_checks_free(checks);
  metrics_close(metrics);
  return all;
}
