/* The formulas against vectors, the vital few, and what a plan lists. */
#include <math.h>

#include "base/os.h"
#include "check.h"
#include "plan/pareto.h"
#include "plan/plan.h"

#define ABSENT (-1.0)

static PriorityNumbers numbers_of(const double *values) {
  PriorityNumbers numbers = {0};
  for (int i = 0; i < NUMBER_COUNT; i++) {
    numbers.has[i] = values[i] >= 0;
    numbers.of[i] = values[i] >= 0 ? values[i] : 0;
  }
  return numbers;
}

/* ---- formulas ---- */

static void check_scores(void) {
  static const struct {
    Priority by;
    double values[NUMBER_COUNT]; /* reach, impact, confidence, effort, importance, satisfaction */
    double score;
  } vectors[] = {
      {PRIORITY_RICE, {400, 4, 0.8, 2, ABSENT, ABSENT}, 640},
      {PRIORITY_RICE, {1500, 3, 1, 4, ABSENT, ABSENT}, 1125},
      {PRIORITY_RICE, {0, 10, 1, 1, ABSENT, ABSENT}, 0},
      {PRIORITY_RICE, {100, 2, 0.5, 0, ABSENT, ABSENT}, 200},    /* no effort counts as half a point */
      {PRIORITY_RICE, {100, 2, 0.5, 0.25, ABSENT, ABSENT}, 200}, /* as does less than that */
      {PRIORITY_RICE, {100, 2, 0.5, 0.5, ABSENT, ABSENT}, 200},
      {PRIORITY_ICE, {ABSENT, 9, 0.6, 4, ABSENT, ABSENT}, 7},
      {PRIORITY_ICE, {ABSENT, 10, 1, 0, ABSENT, ABSENT}, 10},
      {PRIORITY_ICE, {ABSENT, 0, 0, 10, ABSENT, ABSENT}, 0},
      {PRIORITY_ICE_PRODUCT, {ABSENT, 9, 0.6, 4, ABSENT, ABSENT}, 324},
      {PRIORITY_ICE_PRODUCT, {ABSENT, 10, 1, 0, ABSENT, ABSENT}, 1000},
      {PRIORITY_IMPACT_EFFORT, {ABSENT, 9, ABSENT, 4, ABSENT, ABSENT}, 2.25},
      {PRIORITY_IMPACT_EFFORT, {ABSENT, 3, ABSENT, 0, ABSENT, ABSENT}, 6},
      {PRIORITY_OPPORTUNITY_SCORE, {ABSENT, ABSENT, ABSENT, ABSENT, 9.5, 3.2}, 15.8}, /* Ulwick 2002 */
      {PRIORITY_OPPORTUNITY_SCORE, {ABSENT, ABSENT, ABSENT, ABSENT, 4, 7}, 4},        /* served too well */
      {PRIORITY_OPPORTUNITY_SCORE, {ABSENT, ABSENT, ABSENT, ABSENT, 10, 0}, 20},
      {PRIORITY_OPPORTUNITY_SCORE, {ABSENT, ABSENT, ABSENT, ABSENT, 0, 0}, 0},
  };
  for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
    PriorityNumbers numbers = numbers_of(vectors[i].values);
    double score = -1;
    CHECK(priority_score(vectors[i].by, &numbers, &score));
    CHECK(fabs(score - vectors[i].score) < 1e-9);
    if (fabs(score - vectors[i].score) >= 1e-9) fprintf(stderr, "vector %zu: %g\n", i, score);
  }
}

static void check_missing(void) {
  static const struct {
    Priority by;
    double values[NUMBER_COUNT];
    const char *words;
  } vectors[] = {
      {PRIORITY_RICE, {400, 4, 0.8, 2, ABSENT, ABSENT}, ""},
      {PRIORITY_RICE, {ABSENT, 4, 0.8, 2, ABSENT, ABSENT}, "no reach"},
      {PRIORITY_RICE, {ABSENT, 4, ABSENT, 2, 1, 1}, "no reach and no confidence"},
      {PRIORITY_RICE, {ABSENT, ABSENT, ABSENT, ABSENT, 1, 1}, "no reach, no impact, no confidence and no effort"},
      {PRIORITY_ICE, {ABSENT, 4, ABSENT, 2, 1, 1}, "no confidence"},
      {PRIORITY_IMPACT_EFFORT, {1, 4, 1, ABSENT, 1, 1}, "no effort"},
      {PRIORITY_OPPORTUNITY_SCORE, {1, 4, 1, 2, ABSENT, ABSENT}, "no importance and no satisfaction"},
  };
  for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
    PriorityNumbers numbers = numbers_of(vectors[i].values);
    double score;
    Buf words = {0};
    priority_missing(vectors[i].by, &numbers, &words);
    CHECK_STR(buf_str(&words), vectors[i].words);
    CHECK(priority_score(vectors[i].by, &numbers, &score) == (words.len == 0));
    buf_free(&words);
  }
}

static Quadrant quadrant_at(double impact, double effort) {
  PriorityNumbers numbers = numbers_of((const double[]){ABSENT, impact, ABSENT, effort, ABSENT, ABSENT});
  return priority_quadrant(&numbers);
}

static void check_quadrants(void) {
  CHECK(quadrant_at(9, 2) == QUADRANT_EASY_WIN && quadrant_at(9, 8) == QUADRANT_BIG_BET);
  CHECK(quadrant_at(2, 2) == QUADRANT_FILL_IN && quadrant_at(2, 8) == QUADRANT_THINK_TWICE);
  CHECK(quadrant_at(9, 5) == QUADRANT_BIG_BET && quadrant_at(5, 2) == QUADRANT_FILL_IN);
  CHECK(quadrant_at(5, 5) == QUADRANT_THINK_TWICE && quadrant_at(5.1, 4.9) == QUADRANT_EASY_WIN);
  CHECK(quadrant_at(ABSENT, 2) == QUADRANT_NONE && quadrant_at(2, ABSENT) == QUADRANT_NONE);
}

/* ---- the vital few ---- */

static void check_few(const double *weights, size_t count, size_t few, double carried, const size_t *order) {
  Arena *arena = arena_new();
  Pareto result = pareto(weights, count, PARETO_SHARE, arena);
  CHECK(result.count == few);
  CHECK(fabs(result.carried - carried) < 1e-9);
  for (size_t i = 0; order && i < few; i++) CHECK(result.order[i] == order[i]);
  arena_free(arena);
}

static void check_pareto(void) {
  check_few((const double[]){5, 65, 20, 10}, 4, 2, 0.85, (const size_t[]){1, 2});
  check_few((const double[]){0.5, 0.3, 0.2}, 3, 2, 0.8, (const size_t[]){0, 1});   /* 80% to the dot */
  check_few((const double[]){0.57, 0.23, 0.2}, 3, 2, 0.8, (const size_t[]){0, 1}); /* here binary fractions miss it */
  check_few((const double[]){0.1, 0.7, 0.1, 0.1}, 4, 2, 0.8, (const size_t[]){1, 0});
  check_few((const double[]){1, 1, 1, 1, 1}, 5, 4, 0.8, (const size_t[]){0, 1, 2, 3}); /* of equal ones the earlier */
  check_few((const double[]){0, 7, 0}, 3, 1, 1, (const size_t[]){1});
  check_few((const double[]){0, 0}, 2, 0, 0, NULL); /* nothing weighs anything */
  check_few(NULL, 0, 0, 0, NULL);
  check_few((const double[]){-4, 8, NAN, 2}, 4, 1, 0.8, (const size_t[]){1});
}

/* ---- plans ---- */

static const char family[] =
    "journey now \"Now\" {\n"
    "  stage a \"A\" {\n"
    "    touchpoint t \"T\" {\n"
    "      pain slow \"Slow\" severity high\n"
    "      pain dear \"Dear\" severity critical\n"
    "      pain dull \"Dull\" severity low\n"
    "      pain rude \"Rude\" severity high\n"
    "    }\n"
    "  }\n"
    "  opportunity one \"One\" solves dull, slow impact 8 effort 2 confidence 50% reach 10 due 2027-01-01\n"
    "  opportunity two \"Two\" impact 9 effort 9 confidence 100% reach 100 status planned\n"
    "  opportunity three \"Three\" impact 9 effort 1 status done\n"
    "  opportunity four \"Four\" solves rude impact 9 effort 1 status dropped\n"
    "}\n"
    "journey then \"Then\" extends now {\n"
    "  change t { pain new \"New\" severity high }\n"
    "  opportunity one status started\n"
    "  opportunity five \"Five\" solves dear effort 1\n"
    "}\n";

static Project *load(Arena *arena, const char *text) {
  Str why, map = str_of(text);
  ProjectOptions options = {.stdin_text = &map, .stdin_path = STR("map.journey"), .today = 20820}; /* 2027-01-02 */
  Project *project = project_load(&options, arena, &why);
  CHECK(project && project->journey_count > 0);
  return project;
}

static void check_family(void) {
  Arena *arena = arena_new();
  Project *project = load(arena, family);
  const Journey *both[] = {&project->journeys[1], &project->journeys[0]}; /* the variant first: no matter */
  const Plan *plan = plan_new(project, both, 2, (PlanOptions){0}, arena);
  CHECK(plan->by == PRIORITY_RICE); /* it ranks as many as impact and effort do: five has no impact either */
  CHECK(plan->ranked_count == 2 && plan->open_count == 3 && plan->count == 3 && plan->closed_count == 2);
  CHECK_STR(plan->items[0].id, "two");
  CHECK(plan->items[0].rank == 1 && plan->items[0].score == 100 && !plan_is_easy_win(&plan->items[0]));
  CHECK(plan_is_unowned(&plan->items[0]) && plan_is_undated(&plan->items[0]));
  CHECK_STR(plan->items[1].id, "one");
  CHECK(plan->items[1].overdue && plan_is_easy_win(&plan->items[1]) && plan->items[1].status[0] == 0);
  CHECK_STR(plan->items[1].solves[0].title, "Slow"); /* the worst first */
  CHECK_STR(plan->items[2].missing, "no reach, no impact and no confidence");
  CHECK_STR(plan->items[2].journey_title, "Then");
  CHECK(plan->unsolved_count == 2); /* dear is solved by the variant, rude by what was dropped */
  CHECK_STR(plan->unsolved[0].title, "Rude");
  CHECK_STR(plan->unsolved[1].title, "New");
  CHECK_STR(plan->unsolved[1].journey, "Then");

  const Plan *variant = plan_new(project, both, 1, (PlanOptions){.all = true}, arena);
  CHECK(variant->count == 5 && variant->open_count == 3);
  CHECK(strcmp(variant->items[1].status, "started") == 0); /* as the variant says it */
  CHECK_STR(variant->items[1].journey_title, "Now");
  CHECK(variant->items[3].closed && variant->items[3].rank == 0 && !plan_is_easy_win(&variant->items[3]));

  PlanOptions by_ratio = {.chosen = true, .by = PRIORITY_IMPACT_EFFORT};
  CHECK_STR(plan_new(project, both, 2, by_ratio, arena)->items[0].id, "one");
  project_free(project);
  arena_free(arena);
}

static void check_default(void) {
  Arena *arena = arena_new();
  Project *project =
      load(arena, "journey a \"A\" { opportunity b \"B\" impact 2 effort 1\nopportunity c \"C\" impact 9 "
                  "effort 3 confidence 80% reach 4 }\n");
  const Journey *journey = &project->journeys[0];
  CHECK(plan_new(project, &journey, 1, (PlanOptions){0}, arena)->by == PRIORITY_IMPACT_EFFORT);
  project_free(project);
  project = load(arena, "journey a \"A\" { stage s \"S\" { touchpoint t \"T\" } }\n");
  journey = &project->journeys[0];
  const Plan *empty = plan_new(project, &journey, 1, (PlanOptions){0}, arena);
  CHECK(empty->count == 0 && empty->unsolved_count == 0);
  project_free(project);
  arena_free(arena);
}

int main(void) {
  check_scores();
  check_missing();
  check_quadrants();
  check_pareto();
  check_family();
  check_default();
  return CHECK_DONE();
}
