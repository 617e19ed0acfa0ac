#include "metric/tables.h"

#include "metric/measure.h"

/* ---- journeys ---- */

typedef struct {
  const Journey *journey;
  MetricList visible;
  const StepMeasure *measures;
  uint32_t measure_count;
} Asking;

struct TablesAsked {
  Metrics *metrics;
  Asking *journeys;
  uint32_t count;
  size_t first; /* of what was asked */
};

static void ask_row(Metrics *metrics, const Asking *asking, const Metric *metric) {
  const Journey *journey = asking->journey;
  metrics_ask(metrics, journey, metric, (Place){.kind = PLACE_JOURNEY});
  for (uint32_t s = 0; s < journey->stage_count; s++)
    metrics_ask(metrics, journey, metric, (Place){.kind = PLACE_STAGE, .index = s});
  for (uint32_t i = 0; i < asking->measure_count; i++)
    if (ref_is(asking->measures[i].metric, metric->at))
      metrics_ask(metrics, journey, metric, (Place){.kind = PLACE_STEP, .index = asking->measures[i].step});
}

TablesAsked *tables_ask(Metrics *metrics, const Project *p, const Journey *const *journeys, uint32_t count) {
  Arena *arena = metrics_arena(metrics);
  TablesAsked *asked = ARENA_NEW(arena, TablesAsked);
  *asked = (TablesAsked){metrics, ARENA_ARRAY(arena, Asking, count), count, metrics_count(metrics)};
  for (uint32_t j = 0; j < count; j++) {
    Asking *asking = &asked->journeys[j];
    *asking = (Asking){journeys[j], metrics_visible(p, journeys[j]->at.unit, arena), NULL, 0};
    asking->measure_count = step_measures(p, journeys[j], arena, &asking->measures);
    for (uint32_t i = 0; i < asking->visible.count; i++) ask_row(metrics, asking, &asking->visible.at[i]);
  }
  return asked;
}

static bool note(MetricRow *row, const MetricValue *value) {
  if (!row->failure.message.len) row->failure = value->failure;
  return value->state != METRIC_NOTHING;
}

/* What was asked from `*next` on. */
static bool read_row(const Metrics *metrics, const Asking *asking, const Metric *metric, size_t *next, MetricRow *row) {
  Arena *arena = metrics_arena(metrics);
  MetricValue *stages = ARENA_ARRAY(arena, MetricValue, asking->journey->stage_count);
  MetricStep *steps = ARENA_ARRAY(arena, MetricStep, asking->measure_count);
  *row = (MetricRow){.metric = *metrics_metric(metrics, *next), .stages = stages, .steps = steps};
  row->journey = *metrics_value(metrics, (*next)++);
  bool says = note(row, &row->journey);
  for (uint32_t s = 0; s < asking->journey->stage_count; s++) {
    stages[s] = *metrics_value(metrics, (*next)++);
    says |= note(row, &stages[s]);
  }
  for (uint32_t i = 0; i < asking->measure_count; i++) {
    if (!ref_is(asking->measures[i].metric, metric->at)) continue;
    MetricStep step = {asking->measures[i].step, *metrics_value(metrics, (*next)++)};
    if (note(row, &step.value)) steps[row->step_count++] = step, says = true;
  }
  return says;
}

void tables_read(const TablesAsked *asked, MetricTable *tables) {
  size_t next = asked->first;
  for (uint32_t j = 0; j < asked->count; j++) {
    const Asking *asking = &asked->journeys[j];
    MetricRow *rows = ARENA_ARRAY(metrics_arena(asked->metrics), MetricRow, asking->visible.count);
    tables[j] = (MetricTable){rows, 0};
    for (uint32_t i = 0; i < asking->visible.count; i++)
      tables[j].count += read_row(asked->metrics, asking, &asking->visible.at[i], &next, &rows[tables[j].count]);
  }
}

void metrics_run_all(const Project *p, const Evidence *evidence, const Journey *const *journeys, uint32_t count,
                     MetricTable *tables, Arena *arena) {
  Metrics *metrics = metrics_open(p, evidence, arena);
  TablesAsked *asked = tables_ask(metrics, p, journeys, count);
  metrics_compute(metrics);
  tables_read(asked, tables);
  metrics_close(metrics);
}

MetricTable metrics_run(const Project *p, const Evidence *evidence, const Journey *journey, Arena *arena) {
  MetricTable table;
  metrics_run_all(p, evidence, &journey, 1, &table, arena);
  return table;
}

/* ---- the project, personas, teams ---- */

struct PartsAsked {
  Metrics *metrics;
  MetricList all;
  Place *places;
  size_t place_count, first;
};

/* Only counts them where `places` is NULL. */
static size_t add_places(const Project *p, Keyword keyword, PlaceKind kind, size_t count, Place *places) {
  for (uint32_t u = 0; u < p->unit_count; u++)
    for (uint32_t at = 0; project_is_own(p, u) && at < p->units[u]->statement_count;
         at = p->units[u]->statements[at].after) {
      if (p->units[u]->statements[at].keyword != keyword) continue;
      if (places) places[count] = (Place){.kind = kind, .at = {u, at}};
      count++;
    }
  return count;
}

static size_t all_places(const Project *p, Place *places) {
  if (places) places[0] = (Place){.kind = PLACE_PROJECT};
  size_t count = add_places(p, K_PERSONA, PLACE_PERSONA, 1, places);
  return add_places(p, K_TEAM, PLACE_TEAM, count, places);
}

PartsAsked *parts_ask(Metrics *metrics, const Project *p) {
  Arena *arena = metrics_arena(metrics);
  PartsAsked *asked = ARENA_NEW(arena, PartsAsked);
  *asked = (PartsAsked){.metrics = metrics, .all = metrics_all(p, arena), .first = metrics_count(metrics)};
  asked->place_count = all_places(p, NULL);
  asked->places = ARENA_ARRAY(arena, Place, asked->place_count);
  all_places(p, asked->places);
  for (uint32_t i = 0; i < asked->all.count; i++)
    for (size_t place = 0; place < asked->place_count; place++)
      metrics_ask(metrics, NULL, &asked->all.at[i], asked->places[place]);
  return asked;
}

uint32_t parts_read(const PartsAsked *asked, const MetricPart **parts) {
  const Metrics *metrics = asked->metrics;
  MetricPart *found = ARENA_ARRAY(metrics_arena(metrics), MetricPart, asked->all.count * asked->place_count);
  uint32_t count = 0;
  for (size_t place = 0; place < asked->place_count; place++)
    for (uint32_t i = 0; i < asked->all.count; i++) {
      size_t number = asked->first + i * asked->place_count + place;
      const MetricValue *value = metrics_value(metrics, number);
      if (value->state != METRIC_NOTHING && metrics_file(metrics, number)) /* else the journeys say why */
        found[count++] = (MetricPart){*metrics_metric(metrics, number), asked->places[place], *value};
    }
  *parts = found;
  return count;
}

uint32_t metrics_run_parts(const Project *p, const Evidence *evidence, const MetricPart **parts, Arena *arena) {
  Metrics *metrics = metrics_open(p, evidence, arena);
  PartsAsked *asked = parts_ask(metrics, p);
  metrics_compute(metrics);
  uint32_t count = parts_read(asked, parts);
  metrics_close(metrics);
  return count;
}
