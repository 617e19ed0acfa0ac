#include "plan/plan.h"

#include <stdlib.h>

#include "base/vec.h"

enum { SEVERE = 3 };

/* ---- a set of statements ---- */

typedef struct {
  const Project *p;
  Arena *arena;
  bool **units; /* of each, which statements are in the set; NULL: none */
} Set;

static Set set_new(const Project *p, Arena *arena) {
  return (Set){p, arena, ARENA_ARRAY(arena, bool *, p->unit_count)};
}

static bool set_has(const Set *set, Ref ref) { return set->units[ref.unit] && set->units[ref.unit][ref.at]; }

/* False where it was there before. */
static bool set_add(Set *set, Ref ref) {
  bool **unit = &set->units[ref.unit];
  if (!*unit) *unit = ARENA_ARRAY(set->arena, bool, set->p->units[ref.unit]->statement_count);
  if ((*unit)[ref.at]) return false;
  (*unit)[ref.at] = true;
  return true;
}

/* ---- one opportunity ---- */

typedef struct {
  const Project *p;
  Arena *arena, *scratch; /* scratch: until the plan is made */
  PlanOptions options;
  Set listed, solved;
  VEC(PlanItem) items;
  VEC(PlanPain) unsolved;
} Build;

static PlanPain pain_of(const Build *build, const Item *item) {
  Item severity = item_of(item_ref(build->p, item, K_SEVERITY_OF));
  return (PlanPain){.at = item->at,
                    .title = item_title(build->p, item, build->arena),
                    .level = pain_severity(build->p, item),
                    .severity = ref_ok(severity.at) ? item_title(build->p, &severity, build->arena) : STR("")};
}

/* By severity, then by place. */
static int worst_first(const void *a, const void *b) {
  const PlanPain *x = a, *y = b;
  if (x->level != y->level) return y->level - x->level;
  return ref_compare(&x->at, &y->at);
}

static void read_links(const Build *build, const Item *item, PlanItem *to) {
  Ref *refs;
  to->solve_count = (uint32_t)item_refs(build->p, item, K_SOLVES, build->arena, &refs);
  PlanPain *solves = ARENA_ARRAY(build->arena, PlanPain, to->solve_count);
  for (uint32_t i = 0; i < to->solve_count; i++) solves[i] = pain_of(build, &(Item){.at = refs[i]});
  if (to->solve_count) qsort(solves, to->solve_count, sizeof *solves, worst_first);
  to->solves = solves;
  to->meet_count = (uint32_t)item_refs(build->p, item, K_MEETS, build->arena, &refs);
  Str *meets = ARENA_ARRAY(build->arena, Str, to->meet_count);
  for (uint32_t i = 0; i < to->meet_count; i++) meets[i] = item_title(build->p, &(Item){.at = refs[i]}, build->arena);
  to->meets = meets;
}

static Str written(const Project *p, Ref at) {
  return unit_raw(project_unit(p, at), unit_value(project_unit(p, at), at.at, 0));
}

static PlanItem item_plan(const Build *build, const Journey *journey, const Item *item) {
  static const Keyword numbers[] = {K_REACH, K_IMPACT, K_CONFIDENCE, K_EFFORT, K_IMPORTANCE, K_SATISFACTION};
  const Project *p = build->p;
  const char *status = item_choice(p, item, K_STATUS, 0);
  Item owner = item_of(item_ref(p, item, K_OWNER));
  PlanItem plan = {.at = item->at,
                   .journey = journey,
                   .id = item_id(p, item),
                   .title = item_title(p, item, build->arena),
                   .journey_title = item_title(p, &journey->item, build->arena),
                   .owner = ref_ok(owner.at) ? item_title(p, &owner, build->arena) : STR(""),
                   .status = status ? status : "",
                   .missing = STR("")};
  plan.closed = strcmp(plan.status, "done") == 0 || strcmp(plan.status, "dropped") == 0;
  for (int i = 0; i < NUMBER_COUNT; i++) plan.numbers.has[i] = item_number(p, item, numbers[i], 0, &plan.numbers.of[i]);
  double due;
  plan.has_due = item_number(p, item, K_DUE, 0, &due);
  plan.due_written = plan.has_due ? written(p, item_get(p, item, K_DUE)) : STR("");
  if (plan.has_due) plan.due = (int32_t)due;
  plan.overdue = plan.has_due && !plan.closed && plan.due < p->today;
  plan.quadrant = priority_quadrant(&plan.numbers);
  read_links(build, item, &plan);
  return plan;
}

/* `declared`: those that the journey declares itself, else those that are left. */
static void list_items(Build *build, const Journey *journey, bool declared) {
  Item *items;
  size_t count = item_all(build->p, journey, &journey->item, K_OPPORTUNITY, build->scratch, &items);
  for (size_t i = 0; i < count; i++) {
    const Journey *from = project_journey_of(build->p, items[i].at);
    if (declared && from != journey) continue;
    if (set_add(&build->listed, items[i].at))
      vec_push(&build->items, item_plan(build, from ? from : journey, &items[i]));
  }
}

/* ---- ranks ---- */

static uint32_t count_ranked(const Build *build, Priority by) {
  uint32_t count = 0;
  double score;
  for (size_t i = 0; i < build->items.len; i++)
    count += !build->items.at[i].closed && priority_score(by, &build->items.at[i].numbers, &score);
  return count;
}

static int by_group(const PlanItem *item) { return item->closed ? 2 : item->missing.len ? 1 : 0; }

static int compare_items(const void *a, const void *b) {
  const PlanItem *x = a, *y = b;
  int group = by_group(x) - by_group(y);
  if (group) return group;
  if (x->score != y->score) return x->score > y->score ? -1 : 1;
  double impact = x->numbers.of[NUMBER_IMPACT] - y->numbers.of[NUMBER_IMPACT];
  if (impact != 0) return impact > 0 ? -1 : 1;
  return ref_compare(&x->at, &y->at);
}

_Static_assert((int)PRIORITY_RICE == RANKED_BY_RICE && (int)PRIORITY_ICE == RANKED_BY_ICE &&
                   (int)PRIORITY_ICE_PRODUCT == RANKED_BY_ICE_PRODUCT &&
                   (int)PRIORITY_IMPACT_EFFORT == RANKED_BY_IMPACT_EFFORT &&
                   (int)PRIORITY_OPPORTUNITY_SCORE == RANKED_BY_OPPORTUNITY_SCORE,
               "formulas stand in the order in which `ranked-by` lists them");

/* Journeys that say different things are ranked as the project says. */
static Priority choose(const Build *build, const Journey *const *journeys, uint32_t count) {
  if (build->options.chosen) return build->options.by;
  Ranking said = build->p->settings.ranked_by;
  for (uint32_t i = 0; i < count; i++) {
    Ranking ranking = journey_ranked_by(build->p, journeys[i]);
    if (i > 0 && ranking != said) {
      said = build->p->settings.ranked_by;
      break;
    }
    said = ranking;
  }
  if (said != RANKED_BY_UNSAID) return (Priority)said;
  bool rice = count_ranked(build, PRIORITY_RICE) == count_ranked(build, PRIORITY_IMPACT_EFFORT);
  return rice ? PRIORITY_RICE : PRIORITY_IMPACT_EFFORT;
}

static void rank(Build *build, Plan *plan, const Journey *const *journeys) {
  plan->by = choose(build, journeys, plan->journey_count);
  PlanItem *items = build->items.at;
  for (size_t i = 0; i < build->items.len; i++) {
    plan->closed_count += items[i].closed;
    if (items[i].closed || priority_score(plan->by, &items[i].numbers, &items[i].score)) continue;
    Buf missing = {0};
    priority_missing(plan->by, &items[i].numbers, &missing);
    items[i].missing = buf_take(&missing, build->arena);
  }
  if (build->items.len) qsort(items, build->items.len, sizeof *items, compare_items);
  for (uint32_t i = 0; i < build->items.len; i++) {
    if (items[i].closed) continue;
    plan->open_count++;
    if (items[i].missing.len == 0) items[i].rank = ++plan->ranked_count;
  }
  plan->count = build->options.all ? (uint32_t)build->items.len : plan->open_count;
  PlanItem *kept = ARENA_ARRAY(build->arena, PlanItem, plan->count);
  if (plan->count) memcpy(kept, items, plan->count * sizeof *kept);
  plan->items = kept;
}

/* ---- severe pains that nothing solves ---- */

static void note_solved(Build *build, const Journey *journey) {
  Item *items;
  Ref *pains;
  size_t count = item_all(build->p, journey, &journey->item, K_OPPORTUNITY, build->scratch, &items);
  for (size_t i = 0; i < count; i++) {
    const char *status = item_choice(build->p, &items[i], K_STATUS, 0);
    if (status && strcmp(status, "dropped") == 0) continue;
    size_t pain_count = item_refs(build->p, &items[i], K_SOLVES, build->scratch, &pains);
    for (size_t k = 0; k < pain_count; k++) set_add(&build->solved, pains[k]);
  }
}

static bool is_solved(const Build *build, const Item *pain) {
  bool solved = set_has(&build->solved, pain->at);
  for (uint32_t i = 0; i < pain->count; i++) solved = solved || set_has(&build->solved, pain->over[i]);
  return solved;
}

static void list_unsolved(Build *build, const Journey *journey, bool declared) {
  for (uint32_t s = 0; s < journey->step_count; s++) {
    if (declared && journey->base && journey->steps[s].state == 0) continue;
    Item *pains;
    const Item *step = &journey->steps[s].item;
    size_t count = item_all(build->p, journey, step, K_PAIN, build->scratch, &pains);
    for (size_t i = 0; i < count; i++) {
      if (pain_severity(build->p, &pains[i]) < SEVERE || is_solved(build, &pains[i])) continue;
      const Journey *from = project_journey_of(build->p, pains[i].at);
      if ((declared && from != journey) || !set_add(&build->listed, pains[i].at)) continue;
      PlanPain pain = pain_of(build, &pains[i]);
      pain.step = item_title(build->p, step, build->arena);
      pain.journey = item_title(build->p, from ? &from->item : &journey->item, build->arena);
      vec_push(&build->unsolved, pain);
    }
  }
}

/* A pain may be solved by any journey of its family: those that go back to the same base. */
static void note_family(Build *build, const Journey *const *journeys, uint32_t count) {
  Set families = set_new(build->p, build->scratch);
  for (uint32_t i = 0; i < count; i++) set_add(&families, journeys[i]->item.at);
  for (uint32_t i = 0; i < build->p->journey_count; i++)
    if (set_has(&families, build->p->journeys[i].item.at)) note_solved(build, &build->p->journeys[i]);
}

const Plan *plan_new(const Project *project, const Journey *const *journeys, uint32_t count, PlanOptions options,
                     Arena *arena) {
  Build build = {.p = project, .arena = arena, .scratch = arena_new(), .options = options};
  Plan *plan = ARENA_NEW(arena, Plan);
  build.listed = set_new(project, build.scratch);
  build.solved = set_new(project, build.scratch);
  note_family(&build, journeys, count);
  for (int inherited = 0; inherited < 2; inherited++)
    for (uint32_t i = 0; i < count; i++) {
      list_items(&build, journeys[i], !inherited);
      list_unsolved(&build, journeys[i], !inherited);
    }
  plan->journey_count = count;
  plan->title = count == 1 ? item_title(project, &journeys[0]->item, arena) : project->settings.title;
  rank(&build, plan, journeys);
  plan->unsolved_count = (uint32_t)build.unsolved.len;
  PlanPain *unsolved = ARENA_ARRAY(arena, PlanPain, build.unsolved.len);
  if (build.unsolved.len) {
    qsort(build.unsolved.at, build.unsolved.len, sizeof *build.unsolved.at, worst_first);
    memcpy(unsolved, build.unsolved.at, build.unsolved.len * sizeof *unsolved);
  }
  plan->unsolved = unsolved;
  arena_free(build.scratch);
  vec_free(&build.items);
  vec_free(&build.unsolved);
  return plan;
}
