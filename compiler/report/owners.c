/* Who owns what, and who does something there: teams by stages. */
#include <stdlib.h>

#include "report/build.h"

typedef struct {
  const Build *build;
  Refs teams;
  VEC(ReportCell) cells; /* a row of `columns` for each team */
  uint32_t columns;
  uint32_t *steps, *unowned;
} Matrix;

static ReportCell *cell_of(Matrix *m, Ref team, uint32_t column) {
  size_t row = 0;
  while (row < m->teams.len && !ref_is(m->teams.at[row], team)) row++;
  if (row == m->teams.len) {
    vec_push(&m->teams, team);
    for (uint32_t i = 0; i < m->columns; i++) vec_push(&m->cells, (ReportCell){0});
  }
  return &m->cells.at[row * m->columns + column];
}

/* The teams of its actions, each once a step. */
static void add_acting(Matrix *m, const Journey *journey, const Step *step, uint32_t column) {
  static const Keyword acts[] = {K_FRONTSTAGE, K_BACKSTAGE};
  enum { MOST = 32 };
  Ref seen[MOST];
  size_t seen_count = 0;
  for (int a = 0; a < 2; a++) {
    Item *items;
    size_t count = item_all(m->build->p, journey, &step->item, acts[a], m->build->arena, &items);
    for (size_t i = 0; i < count && seen_count < MOST; i++) {
      const Unit *unit = project_unit(m->build->p, items[i].at);
      const Value *name = unit_value(unit, items[i].at.at, 0);
      Ref team = name && name->type == V_REF ? project_resolve(m->build->p, items[i].at, name) : NO_REF;
      bool known = !ref_ok(team);
      for (size_t s = 0; s < seen_count && !known; s++) known = ref_is(seen[s], team);
      if (known) continue;
      seen[seen_count++] = team;
      cell_of(m, team, column)->acts++;
    }
  }
}

static void add_step(Matrix *m, const Journey *journey, const Step *step, uint32_t column) {
  Ref owner = step_owner(m->build->p, journey, step);
  m->steps[column]++;
  if (ref_ok(owner)) cell_of(m, owner, column)->owned++;
  else m->unowned[column]++;
  add_acting(m, journey, step, column);
}

static Matrix matrix_new(const Build *build, uint32_t columns) {
  Matrix m = {.build = build, .columns = columns};
  m.steps = ARENA_ARRAY(build->arena, uint32_t, columns);
  m.unowned = ARENA_ARRAY(build->arena, uint32_t, columns);
  return m;
}

static ReportMatrix matrix_take(Matrix *m, Str title, const Str *stages) {
  const Build *build = m->build;
  ReportTeam *teams = ARENA_ARRAY(build->arena, ReportTeam, m->teams.len);
  for (size_t i = 0; i < m->teams.len; i++) {
    ReportCell *cells = ARENA_ARRAY(build->arena, ReportCell, m->columns);
    memcpy(cells, m->cells.at + i * m->columns, m->columns * sizeof *cells);
    teams[i] = (ReportTeam){.title = build_title(build, m->teams.at[i]), .cells = cells};
    teams[i].has_colour = item_colour(build->p, &(Item){.at = m->teams.at[i]}, &teams[i].colour);
  }
  ReportMatrix matrix = {.title = title,
                         .stages = stages,
                         .steps = m->steps,
                         .unowned = m->unowned,
                         .stage_count = m->columns,
                         .teams = teams,
                         .team_count = (uint32_t)m->teams.len};
  vec_free(&m->teams);
  vec_free(&m->cells);
  return matrix;
}

static ReportMatrix matrix_of_map(const Build *build, const ReportMap *map) {
  const Journey *journey = map->journey;
  Matrix m = matrix_new(build, journey->stage_count);
  Str *stages = ARENA_ARRAY(build->arena, Str, journey->stage_count);
  for (uint32_t i = 0; i < journey->stage_count; i++)
    stages[i] = item_title(build->p, &journey->stages[i].item, build->arena);
  for (uint32_t i = 0; i < journey->step_count; i++) add_step(&m, journey, &journey->steps[i], journey->steps[i].stage);
  return matrix_take(&m, map->view->title, stages);
}

/* ---- of the whole project ---- */

static uint32_t column_of(const Refs *names, Ref name) {
  for (uint32_t i = 0; i < names->len; i++)
    if (ref_is(names->at[i], name)) return i;
  return NONE;
}

/* What the stage is usually called; NO_REF where the field has no name for it. */
static Ref usual_name(const Build *build, const Journey *journey, uint32_t stage) {
  Ref name = stage_name_of(build->p, journey, &journey->stages[stage]);
  return ref_ok(name) ? stage_name_meaning(build->p, name) : NO_REF;
}

/* In the order in which they are declared. */
static Refs usual_names(const Build *build) {
  Refs names = {0};
  for (uint32_t i = 0; i < build->report->map_count; i++) {
    const Journey *journey = build->report->maps[i].journey;
    for (uint32_t s = 0; s < journey->stage_count; s++) {
      Ref name = usual_name(build, journey, s);
      if (ref_ok(name) && column_of(&names, name) == NONE) vec_push(&names, name);
    }
  }
  if (names.len) qsort(names.at, names.len, sizeof *names.at, ref_compare);
  return names;
}

static void add_map(Matrix *m, const Refs *names, const Journey *journey) {
  for (uint32_t s = 0; s < journey->stage_count; s++) {
    Ref name = usual_name(m->build, journey, s);
    const Stage *stage = &journey->stages[s];
    uint32_t column = ref_ok(name) ? column_of(names, name) : NONE;
    for (uint32_t i = 0; column != NONE && i < stage->step_count; i++)
      add_step(m, journey, &journey->steps[stage->first_step + i], column);
  }
}

/* False where the stages of fewer than two maps, variants not counted, go under usual names. */
static bool matrix_of_project(const Build *build, ReportMatrix *matrix) {
  Refs names = usual_names(build);
  uint32_t maps = 0;
  for (uint32_t i = 0; i < build->report->map_count; i++) maps += !build->report->maps[i].journey->base;
  bool worth = names.len > 1 && maps > 1;
  if (worth) {
    Matrix m = matrix_new(build, (uint32_t)names.len);
    Str *titles = ARENA_ARRAY(build->arena, Str, names.len);
    for (size_t i = 0; i < names.len; i++) titles[i] = build_title(build, names.at[i]);
    for (uint32_t i = 0; i < build->report->map_count; i++)
      if (!build->report->maps[i].journey->base) add_map(&m, &names, build->report->maps[i].journey);
    *matrix = matrix_take(&m, STR(""), titles);
  }
  vec_free(&names);
  return worth;
}

void build_owners(Build *build) {
  ReportMatrix *matrices = ARENA_ARRAY(build->arena, ReportMatrix, build->report->map_count + 1);
  uint32_t count = matrix_of_project(build, matrices);
  for (uint32_t i = 0; i < build->report->map_count; i++)
    matrices[count++] = matrix_of_map(build, &build->report->maps[i]);
  build->report->matrices = matrices;
  build->report->matrix_count = count;
}
