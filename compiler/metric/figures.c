#include "metric/figures.h"

#include <stdlib.h>

#include "metric/counted.h"

static Figure figure_of(const MetricValue *value, Ref measure, Arena *arena) {
  Figure figure = {.measure = measure,
                   .value = value->value,
                   .has_interval = value->has_interval,
                   .low = value->low,
                   .high = value->high,
                   .n = value->n,
                   .how = value->how,
                   .trend = value->trend,
                   .trend_count = value->trend_count,
                   .stale = value->stale,
                   .near_target = value->near_target};
  if (value->state == METRIC_COUNTED) return figure;
  figure.value.kind = V_NONE;
  figure.failure = value->state == METRIC_FAILED ? metric_failure_words(value->failure, arena)
                                                 : STR("its file has no rows that say anything of it");
  return figure;
}

const Figures *figures_read(const Metrics *metrics, const CountedList *counted, const Evidence *evidence,
                            Arena *arena) {
  Figures *figures = ARENA_NEW(arena, Figures);
  Figure *list = ARENA_ARRAY(arena, Figure, counted->len);
  for (size_t i = 0; i < counted->len; i++) {
    const Counted *one = &counted->at[i];
    if (i && ref_is(counted->at[i - 1].measure, one->measure)) continue; /* of a variant, as in its base */
    list[figures->count++] = figure_of(metrics_value(metrics, one->asked), one->measure, arena);
  }
  figures->list = list;
  figures->evidence = evidence;
  return figures;
}

const Figures *figures_of(const Project *p, const Evidence *evidence, Arena *arena) {
  Metrics *metrics = metrics_open(p, evidence, arena);
  CountedList counted = {0};
  counted_ask(p, evidence, metrics, false, &counted, arena);
  metrics_compute(metrics);
  const Figures *figures = figures_read(metrics, &counted, evidence, arena);
  vec_free(&counted);
  metrics_close(metrics);
  return figures;
}

static int by_measure(const void *key, const void *figure) {
  return ref_compare(key, &((const Figure *)figure)->measure);
}

const Figure *figures_get(const Figures *figures, Ref measure) {
  if (!figures || !figures->count) return NULL;
  return bsearch(&measure, figures->list, figures->count, sizeof *figures->list, by_measure);
}
