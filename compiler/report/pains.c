/* Where it hurts, the heaviest first, with the fewest that carry most of the weight. */
#include <stdlib.h>

#include "plan/pareto.h"
#include "report/build.h"

typedef VEC(ReportPain) Pains;

static Str first_because(const Build *build, const Item *item) {
  Ref at = item_get(build->p, item, K_BECAUSE);
  return ref_ok(at) ? unit_text_of(project_unit(build->p, at), build->arena, at.at, 0) : STR("");
}

/* "Exit interviews 38%, Support log"; the largest share. */
static Str seen_in(const Build *build, const Item *item, double *largest) {
  Item *all;
  size_t count = item_all(build->p, NULL, item, K_SEEN_IN, build->arena, &all);
  Buf words = {0};
  *largest = 0;
  for (size_t i = 0; i < count; i++) {
    const Unit *unit = project_unit(build->p, all[i].at);
    const Value *name = unit_value(unit, all[i].at.at, 0), *share = unit_value(unit, all[i].at.at, 1);
    Ref evidence = name ? project_resolve(build->p, all[i].at, name) : NO_REF;
    if (!ref_ok(evidence)) continue;
    buf_printf(&words, "%s" STR_FMT, words.len ? ", " : "", STR_ARG(build_title(build, evidence)));
    if (!share) continue;
    buf_printf(&words, " " STR_FMT, STR_ARG(unit_raw(unit, share)));
    if (share->number > *largest) *largest = share->number;
  }
  return buf_take(&words, build->arena);
}

/* The titles of the open opportunities that solve it. */
static Str solved_by(const Build *build, const Item *pain) {
  const Plan *plan = build->report->plan;
  Buf words = {0};
  for (uint32_t i = 0; i < plan->open_count; i++)
    for (uint32_t s = 0; s < plan->items[i].solve_count; s++) {
      bool same = ref_is(plan->items[i].solves[s].at, pain->at);
      for (uint32_t layer = 0; layer < pain->count; layer++)
        same |= ref_is(plan->items[i].solves[s].at, pain->over[layer]);
      if (same) buf_printf(&words, "%s" STR_FMT, words.len ? ", " : "", STR_ARG(plan->items[i].title));
    }
  return buf_take(&words, build->arena);
}

static ReportPain read_pain(const Build *build, const Item *item, uint32_t map, const Step *step, Str anchor) {
  ReportPain pain = {.at = item->at,
                     .title = item_title(build->p, item, build->arena),
                     .severity = build_title(build, item_ref(build->p, item, K_SEVERITY_OF)),
                     .level = pain_severity(build->p, item),
                     .step = item_title(build->p, &step->item, build->arena),
                     .why = first_because(build, item),
                     .solved_by = solved_by(build, item),
                     .map = map,
                     .step_anchor = anchor};
  double share;
  pain.seen_in = seen_in(build, item, &share);
  pain.weight = (pain.level ? pain.level : 1) * (share > 0 ? share : 1);
  return pain;
}

/* Where the drawing has the step: in the order of the journey, with what was dropped between. */
static Str next_anchor(const View *view, Ref step, uint32_t *at) {
  while (*at < view->step_count && !ref_is(view->steps[*at].at, step)) ++*at;
  return *at < view->step_count ? view->steps[*at].anchor : STR("");
}

static void read_map(const Build *build, uint32_t map, Pains *to) {
  ReportMap *report = (ReportMap *)&build->report->maps[map];
  const Journey *journey = report->journey;
  uint32_t drawn = 0;
  for (uint32_t s = 0; s < journey->step_count; s++) {
    Item *items;
    Str anchor = next_anchor(report->view, journey->steps[s].item.at, &drawn);
    size_t count = item_all(build->p, journey, &journey->steps[s].item, K_PAIN, build->arena, &items);
    for (size_t i = 0; i < count; i++) {
      report->pains++;
      report->severe += pain_severity(build->p, &items[i]) >= 3;
      bool of_base = project_journey_of(build->p, items[i].at) != journey;
      if (!of_base) vec_push(to, read_pain(build, &items[i], map, &journey->steps[s], anchor));
    }
  }
}

/* The most severe first, then the heaviest, then by place. */
static int compare_pains(const void *a, const void *b) {
  const ReportPain *x = a, *y = b;
  if (x->level != y->level) return y->level - x->level;
  if (x->weight != y->weight) return x->weight < y->weight ? 1 : -1;
  return ref_compare(&x->at, &y->at);
}

void build_pains(Build *build) {
  Pains pains = {0};
  Report *report = build->report;
  for (uint32_t i = 0; i < report->map_count; i++) read_map(build, i, &pains);
  double *weights = ARENA_ARRAY(build->arena, double, pains.len);
  for (size_t i = 0; i < pains.len; i++) weights[i] = pains.at[i].weight;
  Pareto vital = pareto(weights, pains.len, PARETO_SHARE, build->arena);
  ReportPain *sorted = ARENA_ARRAY(build->arena, ReportPain, pains.len);
  for (size_t i = 0; i < pains.len; i++) {
    sorted[i] = pains.at[vital.order[i]];
    sorted[i].vital = i < vital.count;
  }
  if (pains.len) qsort(sorted, pains.len, sizeof *sorted, compare_pains);
  report->pains = sorted;
  report->pain_count = (uint32_t)pains.len;
  report->vital_count = (uint32_t)vital.count;
  vec_free(&pains);
}
