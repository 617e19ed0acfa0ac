#include "metric/counted.h"

#include "evidence/evidence.h"

#include "metric/measure.h"

typedef struct {
  const Project *project;
  const Evidence *evidence;
  Metrics *metrics;
  bool stated;
  CountedList *list;
  const Journey *journey;
  MetricList visible;
} Counting;

static const Metric *metric_of(const Counting *counting, Ref measure) {
  Ref ref = measure_metric(counting->project, measure);
  for (uint32_t i = 0; i < counting->visible.count; i++)
    if (ref_is(counting->visible.at[i].at, ref)) return &counting->visible.at[i];
  return NULL;
}

static void ask_at(Counting *counting, Place place) {
  Arena *arena = arena_new();
  Item *items;
  const Item *item = place_item(counting->journey, place), *step = place.kind == PLACE_STEP ? item : NULL;
  size_t count = item_all(counting->project, counting->journey, item, K_MEASURE, arena, &items);
  for (size_t i = 0; i < count; i++) {
    Ref at = items[i].at;
    bool stated = unit_value(project_unit(counting->project, at), at.at, 1) != NULL;
    if (stated != counting->stated) continue;
    if (stated ? !evidence_answers(counting->evidence, at)
               : !measure_is_counted(counting->project, counting->evidence, step, at))
      continue;
    const Metric *metric = metric_of(counting, at);
    if (!metric) continue;
    size_t asked = metrics_ask_measure(counting->metrics, counting->journey, metric, place, at);
    vec_push(counting->list, (Counted){at, asked});
  }
  arena_free(arena);
}

static void ask_journey(Counting *counting, const Journey *journey, Arena *arena) {
  counting->journey = journey;
  counting->visible = metrics_visible(counting->project, journey->at.unit, arena);
  ask_at(counting, (Place){.kind = PLACE_JOURNEY});
  for (uint32_t s = 0; s < journey->stage_count; s++) ask_at(counting, (Place){.kind = PLACE_STAGE, .index = s});
  for (uint32_t s = 0; s < journey->step_count; s++) ask_at(counting, (Place){.kind = PLACE_STEP, .index = s});
}

static int by_place(const void *left, const void *right) {
  const Counted *a = left, *b = right;
  int order = ref_compare(a, b);
  return order ? order : (a->asked > b->asked) - (a->asked < b->asked);
}

void counted_ask(const Project *p, const Evidence *evidence, Metrics *metrics, bool stated, CountedList *list,
                 Arena *arena) {
  const EvidenceFile *files;
  if (!evidence || !evidence_files(evidence, &files)) return;
  Counting counting = {p, evidence, metrics, stated, list, NULL, {0}};
  for (uint32_t j = 0; j < p->journey_count; j++)
    if (project_is_own(p, p->journeys[j].at.unit)) ask_journey(&counting, &p->journeys[j], arena);
  if (list->len) qsort(list->at, list->len, sizeof *list->at, by_place);
}
