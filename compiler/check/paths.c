/* Paths: shares that add up, and steps that clients can get to.
 *
 * Without arrows steps follow each other in order. A step with arrows leads only where they say; one without leads to
 * the next. `starts -> x` names an entry; where none is named, the first step is one. A stage in an arrow means its
 * first step as the aim, its last as the origin. Shares add up within all paths without a title, and within each that
 * has one. */
#include <math.h>
#include <stdlib.h>

#include "check/rules.h"

enum { OUTSIDE = UINT32_MAX - 1 }; /* `starts` and `leaves`; NONE is a name that means nothing */

typedef struct {
  uint32_t from, to; /* steps, or OUTSIDE */
  uint32_t path;     /* 0 for those without a title */
  Ref at;
  const Value *share; /* NULL where none is said */
} Arrow;

typedef struct {
  Ref at;
  uint32_t first, last; /* steps */
} Place;

typedef struct {
  const Journey *journey;
  Place *places; /* stages and steps, sorted */
  size_t place_count;
  VEC(Arrow) arrows; /* sorted by origin and path */
  bool open;         /* a name in it means nothing, which is said elsewhere: nobody knows what is reached */
} Graph;

/* ---- reading ---- */

static void list_places(Graph *graph, Arena *arena) {
  const Journey *journey = graph->journey;
  Place *places = ARENA_ARRAY(arena, Place, journey->step_count + journey->stage_count + 1);
  size_t count = 0;
  for (uint32_t i = 0; i < journey->step_count; i++) places[count++] = (Place){journey->steps[i].item.at, i, i};
  for (uint32_t i = 0; i < journey->stage_count; i++) {
    const Stage *stage = &journey->stages[i];
    if (stage->step_count > 0)
      places[count++] = (Place){stage->item.at, stage->first_step, stage->first_step + stage->step_count - 1};
  }
  qsort(places, count, sizeof *places, rule_compare_refs); /* a Place begins with its Ref */
  graph->places = places;
  graph->place_count = count;
}

static uint32_t find_step(const Project *p, Graph *graph, Ref arrow, const Value *name, bool origin) {
  Ref place = name ? project_resolve(p, arrow, name) : NO_REF;
  const Place *found =
      ref_ok(place) ? bsearch(&place, graph->places, graph->place_count, sizeof *found, rule_compare_refs) : NULL;
  if (found) return origin ? found->last : found->first;
  if (name && !ref_ok(place) && str_is(unit_raw(project_unit(p, arrow), name), origin ? STR("starts") : STR("leaves")))
    return OUTSIDE;
  if (!ref_ok(place)) graph->open = true;
  return NONE; /* dropped in this variant, or unknown */
}

static void read_path(const Project *p, Graph *graph, Ref path, uint32_t number) {
  const Unit *unit = project_unit(p, path);
  for (uint32_t at = unit_first_child(unit, path.at); at != NONE; at = unit_next_sibling(unit, at)) {
    if (unit->statements[at].keyword != K_ARROW) continue;
    Ref ref = {path.unit, at};
    uint32_t from = find_step(p, graph, ref, unit_value(unit, at, 0), true);
    uint32_t to = find_step(p, graph, ref, unit_value(unit, at, 1), false);
    if (from != NONE && to != NONE) vec_push(&graph->arrows, (Arrow){from, to, number, ref, unit_value(unit, at, 2)});
  }
}

static int compare_arrows(const void *a, const void *b) {
  const Arrow *x = a, *y = b;
  if (x->from != y->from) return x->from < y->from ? -1 : 1;
  if (x->path != y->path) return x->path < y->path ? -1 : 1;
  return rule_compare_refs(&x->at, &y->at);
}

static Graph read_graph(const Project *p, const Journey *journey, Arena *arena) {
  Graph graph = {.journey = journey};
  Item *paths;
  size_t count = item_all(p, journey, &journey->item, K_PATH_, arena, &paths);
  if (count == 0) return graph;
  list_places(&graph, arena);
  for (size_t i = 0; i < count; i++) {
    bool titled = project_statement(p, paths[i].at)->value_count > 0;
    read_path(p, &graph, paths[i].at, titled ? (uint32_t)i + 1 : 0);
  }
  if (graph.arrows.len > 0) qsort(graph.arrows.at, graph.arrows.len, sizeof *graph.arrows.at, compare_arrows);
  return graph;
}

/* ---- shares ---- */

static void say_shares(const Rules *rules, const Arrow *arrows, size_t count, double sum) {
  const Arrow *last = NULL, *others[2] = {NULL, NULL};
  for (size_t i = 0; i < count; i++) {
    if (!arrows[i].share) continue;
    if (last && !others[0]) others[0] = last;
    else if (last && !others[1]) others[1] = last;
    last = &arrows[i];
  }
  if (!last || !rule_is_here(rules, last->at)) return;
  Buf percent = {0};
  buf_number(&percent, sum * 100, 2);
  bool entry = last->from == OUTSIDE;
  Str from = unit_raw(project_unit(rules->p, last->at), unit_value(project_unit(rules->p, last->at), last->at.at, 0));
  Diagnostic *added = diagnose(rules->to, DIAG_SHARES_OVER_100, last->at.unit, last->share->span,
                               entry ? "each share is one of all who begin: lower them to 100% together"
                                     : "each share is one of those who were at this step: lower them to 100% together",
                               entry ? "the shares of the ways in, from `" STR_FMT "`, add up to " STR_FMT "%%"
                                     : "the shares out of `" STR_FMT "` add up to " STR_FMT "%%",
                               STR_ARG(from), STR_ARG(buf_str(&percent)));
  buf_free(&percent);
  for (int i = 0; i < 2 && others[i]; i++)
    diagnostic_relate(rules->to, added, others[i]->at.unit, others[i]->share->span,
                      i == 0 ? "with this one" : "and this one");
}

static void check_shares(const Rules *rules, const Graph *graph) {
  const Arrow *arrows = graph->arrows.at;
  for (size_t from = 0, to; from < graph->arrows.len; from = to) {
    double sum = 0;
    for (to = from;
         to < graph->arrows.len && arrows[to].from == arrows[from].from && arrows[to].path == arrows[from].path; to++)
      if (arrows[to].share && isfinite(arrows[to].share->number)) sum += arrows[to].share->number;
    if (sum > 1 + 1e-9) say_shares(rules, arrows + from, to - from, sum);
  }
}

/* ---- reach ---- */

typedef struct {
  const Graph *graph;
  bool *reached;
  uint32_t *first_arrow; /* of each step; one more at the end */
  uint32_t *todo;
  size_t todo_count;
} Reach;

static void enter(Reach *reach, uint32_t step) {
  if (step >= reach->graph->journey->step_count || reach->reached[step]) return;
  reach->reached[step] = true;
  reach->todo[reach->todo_count++] = step;
}

static void follow(Reach *reach) {
  while (reach->todo_count > 0) {
    uint32_t step = reach->todo[--reach->todo_count];
    uint32_t from = reach->first_arrow[step], to = reach->first_arrow[step + 1];
    for (uint32_t i = from; i < to; i++) enter(reach, reach->graph->arrows.at[i].to);
    if (from == to) enter(reach, step + 1);
  }
}

static Reach find_reach(const Graph *graph, Arena *arena) {
  uint32_t steps = graph->journey->step_count, arrow = 0;
  const Arrow *arrows = graph->arrows.at;
  Reach reach = {graph, ARENA_ARRAY(arena, bool, steps + 1), ARENA_ARRAY(arena, uint32_t, steps + 2),
                 ARENA_ARRAY(arena, uint32_t, steps + 1), 0};
  for (uint32_t step = 0; step <= steps; step++) {
    while (arrow < graph->arrows.len && arrows[arrow].from < step) arrow++;
    reach.first_arrow[step] = arrow;
  }
  bool named = false; /* entries; `starts` sorts behind all steps */
  for (uint32_t i = reach.first_arrow[steps]; i < graph->arrows.len; i++) {
    enter(&reach, arrows[i].to);
    named = true;
  }
  if (!named) enter(&reach, 0);
  follow(&reach);
  return reach;
}

/* The steps that are out of reach in the base already; sorted. */
static Refs unreached_in_base(const Rules *rules) {
  Refs refs = {0};
  const Journey *base = rules->journey->base;
  if (!base) return refs;
  Graph graph = read_graph(rules->p, base, rules->scratch);
  if (graph.arrows.len > 0 && !graph.open) {
    Reach reach = find_reach(&graph, rules->scratch);
    for (uint32_t i = 0; i < base->step_count; i++)
      if (!reach.reached[i]) vec_push(&refs, base->steps[i].item.at);
  }
  vec_free(&graph.arrows);
  if (refs.len > 0) qsort(refs.at, refs.len, sizeof *refs.at, rule_compare_refs);
  return refs;
}

static void say_unreached(const Rules *rules, const Step *step) {
  Ref at = step->item.at;
  bool here = rule_is_here(rules, at);
  Str title = item_title(rules->p, &step->item, rules->to->arena);
  Ref place = here ? at : rules->journey->at;
  Diagnostic *added = diagnose(
      rules->to, DIAG_UNREACHABLE_STEP, place.unit, rule_span(rules->p, place),
      arena_format(rules->to->arena,
                   "draw the arrow that leads there, or say that clients begin there: starts -> " STR_FMT,
                   STR_ARG(item_id(rules->p, &step->item)))
          .at,
      here ? "no path leads to the step \"" STR_FMT "\"" : "in this variant no path leads to the step \"" STR_FMT "\"",
      STR_ARG(title));
  if (!here) diagnostic_relate(rules->to, added, at.unit, rule_span(rules->p, at), "this step");
}

/* What is behind a step out of reach is out of reach because of it: that is said once. */
static void check_reach(const Rules *rules, const Graph *graph) {
  Reach reach = find_reach(graph, rules->scratch);
  Refs known = unreached_in_base(rules);
  for (uint32_t i = 0; i < graph->journey->step_count; i++) {
    const Step *step = &graph->journey->steps[i];
    if (reach.reached[i]) continue;
    bool said = known.len > 0 && bsearch(&step->item.at, known.at, known.len, sizeof *known.at, rule_compare_refs);
    if (!said) say_unreached(rules, step);
    enter(&reach, i);
    follow(&reach);
  }
  vec_free(&known);
}

void check_paths(const Rules *rules) {
  Graph graph = read_graph(rules->p, rules->journey, rules->scratch);
  if (graph.arrows.len > 0) {
    check_shares(rules, &graph);
    if (!graph.open) check_reach(rules, &graph);
  }
  vec_free(&graph.arrows);
}
