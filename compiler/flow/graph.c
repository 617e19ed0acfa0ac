#include "flow/graph.h"

#include <stdlib.h>

#include "base/vec.h"

typedef struct {
  Ref at;
  uint32_t first, last; /* steps */
} Place;

typedef struct {
  const Project *p;
  Graph graph;
  Place *places; /* stages and steps, sorted */
  size_t place_count;
  VEC(Arrow) arrows;
} Reading;

/* ---- reading ---- */

static void list_places(Reading *reading, Arena *arena) {
  const Journey *journey = reading->graph.journey;
  Place *places = ARENA_ARRAY(arena, Place, journey->step_count + journey->stage_count + 1);
  size_t count = 0;
  for (uint32_t i = 0; i < journey->step_count; i++) places[count++] = (Place){journey->steps[i].item.at, i, i};
  for (uint32_t i = 0; i < journey->stage_count; i++) {
    const Stage *stage = &journey->stages[i];
    if (stage->step_count > 0)
      places[count++] = (Place){stage->item.at, stage->first_step, stage->first_step + stage->step_count - 1};
  }
  qsort(places, count, sizeof *places, ref_compare); /* a Place begins with its Ref */
  reading->places = places;
  reading->place_count = count;
}

static uint32_t find_step(Reading *reading, Ref arrow, const Value *name, bool origin) {
  const Project *p = reading->p;
  Ref place = name ? project_resolve(p, arrow, name) : NO_REF;
  const Place *found =
      ref_ok(place) ? bsearch(&place, reading->places, reading->place_count, sizeof *found, ref_compare) : NULL;
  if (found) return origin ? found->last : found->first;
  Str raw = name && !ref_ok(place) ? unit_raw(project_unit(p, arrow), name) : STR("");
  if (str_is(raw, origin ? STR("starts") : STR("leaves"))) return OUTSIDE;
  if (!origin && str_is(raw, STR("ends"))) return COMPLETE;
  if (!ref_ok(place)) reading->graph.open = true;
  return NONE; /* dropped in this variant, or unknown */
}

static void read_path(Reading *reading, Ref path, uint32_t set) {
  const Unit *unit = project_unit(reading->p, path);
  for (uint32_t at = unit_first_child(unit, path.at); at != NONE; at = unit_next_sibling(unit, at)) {
    if (unit->statements[at].keyword != K_ARROW) continue;
    Ref ref = {path.unit, at};
    uint32_t from = find_step(reading, ref, unit_value(unit, at, 0), true);
    uint32_t to = find_step(reading, ref, unit_value(unit, at, 1), false);
    if (from == NONE || to == NONE) continue;
    vec_push(&reading->arrows, (Arrow){from, to, set, ref, unit_value(unit, at, 2)});
    reading->graph.untitled |= set == 0;
  }
}

static int compare_arrows(const void *a, const void *b) {
  const Arrow *x = a, *y = b;
  if (x->from != y->from) return x->from < y->from ? -1 : 1;
  if (x->set != y->set) return x->set < y->set ? -1 : 1;
  return ref_compare(&x->at, &y->at);
}

static void keep_arrows(Reading *reading, Arena *arena) {
  Graph *graph = &reading->graph;
  uint32_t count = (uint32_t)reading->arrows.len, steps = graph->journey->step_count, arrow = 0;
  if (count == 0) return;
  Arrow *arrows = ARENA_ARRAY(arena, Arrow, count);
  memcpy(arrows, reading->arrows.at, count * sizeof *arrows);
  qsort(arrows, count, sizeof *arrows, compare_arrows);
  uint32_t *first = ARENA_ARRAY(arena, uint32_t, steps + 2);
  for (uint32_t step = 0; step <= steps; step++) {
    while (arrow < count && arrows[arrow].from < step) arrow++;
    first[step] = arrow;
  }
  first[steps + 1] = count;
  graph->arrows = arrows;
  graph->arrow_count = count;
  graph->first = first;
}

Graph graph_read(const Project *p, const Journey *journey, Arena *arena) {
  Reading reading = {.p = p, .graph = {.journey = journey}};
  Item *paths;
  size_t count = item_all(p, journey, &journey->item, K_PATH_, arena, &paths);
  if (count == 0) return reading.graph;
  list_places(&reading, arena);
  Ref *titled = ARENA_ARRAY(arena, Ref, count);
  for (size_t i = 0; i < count; i++) {
    bool own = project_statement(p, paths[i].at)->value_count > 0 ||
               unit_child(project_unit(p, paths[i].at), paths[i].at.at, K_FOR) != NONE;
    if (own) titled[reading.graph.titled_count++] = paths[i].at;
    read_path(&reading, paths[i].at, own ? reading.graph.titled_count : 0);
  }
  reading.graph.titled = titled;
  keep_arrows(&reading, arena);
  vec_free(&reading.arrows);
  return reading.graph;
}

/* ---- asking ---- */

static GraphArrows all_arrows(const Graph *graph, uint32_t from) {
  if (!graph->first) return (GraphArrows){0};
  uint32_t origin = from == OUTSIDE ? graph->journey->step_count : from;
  return (GraphArrows){graph->arrows + graph->first[origin], graph->first[origin + 1] - graph->first[origin]};
}

GraphArrows graph_arrows(const Graph *graph, uint32_t from, uint32_t set) {
  GraphArrows all = all_arrows(graph, from), own = {0}, untitled = {0};
  for (uint32_t i = 0; i < all.count; i++) {
    GraphArrows *to = all.at[i].set == set ? &own : all.at[i].set == 0 ? &untitled : NULL;
    if (!to) continue;
    if (to->count == 0) to->at = all.at + i;
    to->count++;
  }
  return own.count > 0 ? own : untitled;
}

/* Whether there is a set in which nothing is said of where they go. */
static bool walk_on(const Graph *graph, GraphArrows all) {
  if (all.count == 0) return true;
  if (all.at[0].set == 0) return false;
  uint32_t sets = 1;
  for (uint32_t i = 1; i < all.count; i++) sets += all.at[i].set != all.at[i - 1].set;
  return sets < graph->titled_count + graph->untitled;
}

static void enter(Reach *reach, uint32_t step) {
  if (step >= reach->graph->journey->step_count || reach->reached[step]) return;
  reach->reached[step] = true;
  reach->todo[reach->todo_count++] = step;
}

static void follow(Reach *reach) {
  while (reach->todo_count > 0) {
    uint32_t step = reach->todo[--reach->todo_count];
    GraphArrows all = all_arrows(reach->graph, step);
    for (uint32_t i = 0; i < all.count; i++) enter(reach, all.at[i].to);
    if (walk_on(reach->graph, all)) enter(reach, step + 1);
  }
}

void graph_reach_from(Reach *reach, uint32_t step) {
  enter(reach, step);
  follow(reach);
}

Reach graph_reach(const Graph *graph, Arena *arena) {
  uint32_t steps = graph->journey->step_count;
  Reach reach = {graph, ARENA_ARRAY(arena, bool, steps + 1), ARENA_ARRAY(arena, uint32_t, steps + 1), 0};
  GraphArrows entries = all_arrows(graph, OUTSIDE);
  for (uint32_t i = 0; i < entries.count; i++) enter(&reach, entries.at[i].to);
  if (walk_on(graph, entries)) enter(&reach, 0);
  follow(&reach);
  return reach;
}
