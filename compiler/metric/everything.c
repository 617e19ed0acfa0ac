/* All that is known of a project's metrics, at once: for whoever shows it while the map is being written. */
#include "metric/metric.h"

MetricsAll metrics_everything(const Project *p, const Evidence *evidence, Arena *arena, Diagnostics *to) {
  MetricsAll all = {0};
  MetricTable *tables = ARENA_ARRAY(arena, MetricTable, p->journey_count);
  const Journey **journeys = ARENA_ARRAY(arena, const Journey *, p->journey_count);
  for (uint32_t i = 0; i < p->journey_count; i++) journeys[i] = &p->journeys[i];
  metrics_check(p, evidence, to);
  metrics_run_all(p, evidence, journeys, p->journey_count, tables, arena);
  all.tables = tables;
  all.part_count = metrics_run_parts(p, evidence, &all.parts, arena);
  return all;
}
