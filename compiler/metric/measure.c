#include "metric/measure.h"

#include "base/os.h"
#include "evidence/evidence.h"
#include "metric/seen.h"
#include "script/files.h"

const Item *place_item(const Journey *journey, Place place) {
  if (place.kind == PLACE_STAGE) return &journey->stages[place.index].item;
  return place.kind == PLACE_STEP ? &journey->steps[place.index].item : &journey->item;
}

/* ---- measures ---- */

Ref measure_metric(const Project *p, Ref measure) {
  const Value *name = unit_value(project_unit(p, measure), measure.at, 0);
  return name ? project_resolve(p, measure, name) : NO_REF;
}

bool measure_target(const Project *p, Ref measure, Quantity *target) {
  const Unit *unit = project_unit(p, measure);
  uint32_t at = unit_child(unit, measure.at, K_TARGET);
  const Value *value = at == NONE ? NULL : unit_value(unit, at, 0);
  if (value) *target = quantity_of(unit, value);
  return value != NULL;
}

const char *measure_as(const Project *p, Ref measure) {
  Item item = item_of(measure);
  return item_choice(p, &item, K_MEASURE_AS, 0);
}

static bool is_for_all(const Project *p, Ref measure) {
  return unit_child(project_unit(p, measure), measure.at, K_FOR) == NONE;
}

bool measure_is_counted(const Project *p, const Evidence *evidence, const Item *step, Ref measure) {
  return evidence && (evidence_answers(evidence, measure) || ref_ok(measure_log(p, step, measure)));
}

Measured measure_at(const Project *p, const Evidence *evidence, const Metric *metric, const Journey *journey,
                    Place place) {
  Measured found = {.at = NO_REF};
  if (!journey) return found;
  Arena *arena = arena_new();
  Item *items;
  const Item *item = place_item(journey, place);
  size_t count = item_all(p, journey, item, K_MEASURE, arena, &items);
  for (size_t i = 0; i < count; i++) {
    Ref at = items[i].at;
    if (!ref_is(measure_metric(p, at), metric->at)) continue;
    bool is_stated = unit_value(project_unit(p, at), at.at, 1) != NULL;
    if (!is_stated && !measure_is_counted(p, evidence, place.kind == PLACE_STEP ? item : NULL, at)) continue;
    if (ref_ok(found.at) && !(is_for_all(p, at) && !is_for_all(p, found.at))) continue;
    found = (Measured){at, is_stated};
  }
  arena_free(arena);
  return found;
}

typedef VEC(StepMeasure) StepMeasures;

static void add_step(StepMeasures *list, uint32_t step, Ref metric) {
  if (!ref_ok(metric)) return;
  for (size_t i = list->len; i-- > 0 && list->at[i].step == step;)
    if (ref_is(list->at[i].metric, metric)) return;
  vec_push(list, (StepMeasure){step, metric});
}

uint32_t step_measures(const Project *p, const Journey *journey, Arena *arena, const StepMeasure **measures) {
  StepMeasures list = {0};
  Arena *own = arena_new();
  for (uint32_t s = 0; s < journey->step_count; s++) {
    Item *items;
    size_t count = item_all(p, journey, &journey->steps[s].item, K_MEASURE, own, &items);
    for (size_t i = 0; i < count; i++) add_step(&list, s, measure_metric(p, items[i].at));
  }
  arena_free(own);
  StepMeasure *found = ARENA_ARRAY(arena, StepMeasure, list.len);
  if (list.len) memcpy(found, list.at, list.len * sizeof *found);
  uint32_t count = (uint32_t)list.len;
  vec_free(&list);
  *measures = found;
  return count;
}

/* ---- metrics ---- */

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

static MetricList list_of(Visible *visible) {
  Metric *list = ARENA_ARRAY(visible->arena, Metric, visible->list.len);
  if (visible->list.len) memcpy(list, visible->list.at, visible->list.len * sizeof *list);
  MetricList found = {list, (uint32_t)visible->list.len};
  vec_free(&visible->list);
  return found;
}

static void find_metrics(Visible *visible, uint32_t unit) {
  project_visible(visible->project, unit, K_METRIC, found_metric, visible);
  project_visible(visible->project, unit, K_USE, found_metric, visible);
}

MetricList metrics_visible(const Project *p, uint32_t unit, Arena *arena) {
  Visible visible = {.project = p, .arena = arena};
  find_metrics(&visible, unit);
  return list_of(&visible);
}

MetricList metrics_all(const Project *p, Arena *arena) {
  Visible visible = {.project = p, .arena = arena};
  for (uint32_t u = 0; u < p->unit_count; u++)
    for (uint32_t at = 0; at < p->units[u]->statement_count; at = p->units[u]->statements[at].after) {
      uint8_t keyword = p->units[u]->statements[at].keyword;
      if (keyword == K_METRIC || keyword == K_USE) found_metric(&visible, (Ref){u, at});
    }
  return list_of(&visible);
}

const Metric *metric_named(MetricList list, Str id) {
  for (uint32_t i = 0; i < list.count; i++)
    if (str_is(list.at[i].id, id)) return &list.at[i];
  return NULL;
}
