#include "flow/chain.h"

#include <math.h>

#include "flow/loops.h"
#include "flow/solver.h"

typedef struct {
  const Chain *chain;
  Loops loops;
  ChainStep *steps;
  double *inflow; /* of each step: who comes to it from outside its loop */
  double *length; /* of each step: steps until the end */
  LoopSystem system;
  uint32_t *first;
  Way *ways;
  double *out, *x, *visits, *came; /* of the loop that is being solved */
  double completes, endless;
  bool settled;
} Solve;

typedef struct {
  const uint32_t *at; /* steps, in order */
  uint32_t count, number;
  bool closed; /* nobody who came in gets out */
} Loop;

static bool in_loop(const Solve *solve, const Loop *loop, uint32_t step) {
  return solve->loops.of[step] == loop->number;
}

/* Who goes out of the loop from this step, by any way. */
static double outflow(const Solve *solve, const Loop *loop, uint32_t step) {
  const Crossing *crossing = &solve->chain->steps[step];
  double sum = crossing->leaves + crossing->completes + crossing->unaccounted;
  for (uint32_t i = 0; i < crossing->count; i++)
    if (!in_loop(solve, loop, crossing->ways[i].to)) sum += crossing->ways[i].share;
  return sum;
}

static Loop open_loop(const Solve *solve, uint32_t number) {
  const uint32_t *first = solve->loops.first + number;
  Loop loop = {solve->loops.steps + first[0], first[1] - first[0], number, true};
  for (uint32_t i = 0; i < loop.count && loop.closed; i++) loop.closed = outflow(solve, &loop, loop.at[i]) <= 0;
  return loop;
}

static void prepare(Solve *solve, const Loop *loop) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < loop->count; i++) {
    const Crossing *crossing = &solve->chain->steps[loop->at[i]];
    solve->first[i] = count;
    solve->out[i] = outflow(solve, loop, loop->at[i]);
    for (uint32_t w = 0; w < crossing->count; w++)
      if (in_loop(solve, loop, crossing->ways[w].to))
        solve->ways[count++] = (Way){solve->loops.place[crossing->ways[w].to], crossing->ways[w].share};
  }
  solve->first[loop->count] = count;
  solve->system.count = loop->count;
  if (solver_is_exact(loop->count)) solver_prepare(&solve->system);
}

/* ---- who comes: from the first loops to the last ---- */

static void come_closed(Solve *solve, const Loop *loop) {
  double came = 0;
  for (uint32_t i = 0; i < loop->count; i++) came += solve->inflow[loop->at[i]];
  for (uint32_t i = 0; i < loop->count; i++) {
    ChainStep *step = &solve->steps[loop->at[i]];
    *step = (ChainStep){.reach = came, .visits = came > 0 ? INFINITY : 0, .endless = true};
    solve->length[loop->at[i]] = INFINITY;
  }
  solve->endless += came;
}

static void come_around(Solve *solve, const Loop *loop) {
  double came = 0;
  prepare(solve, loop);
  for (uint32_t i = 0; i < loop->count; i++) came += solve->x[i] = solve->inflow[loop->at[i]];
  solve->settled &= solver_row(&solve->system, solve->x);
  for (uint32_t i = 0; i < loop->count; i++) {
    ChainStep *step = &solve->steps[loop->at[i]];
    step->visits = solve->x[i];
    step->reach = came > 0 ? step->visits / solver_returns(&solve->system, i) : 0;
  }
}

static void hand_on(Solve *solve, uint32_t number) {
  ChainStep *step = &solve->steps[number];
  const Crossing *crossing = &solve->chain->steps[number];
  if (step->endless) return;
  for (uint32_t i = 0; i < crossing->count; i++)
    if (solve->loops.of[crossing->ways[i].to] != solve->loops.of[number])
      solve->inflow[crossing->ways[i].to] += step->visits * crossing->ways[i].share;
  step->leaves = step->visits * crossing->leaves;
  step->completes = step->visits * crossing->completes;
  step->unaccounted = step->visits * crossing->unaccounted;
  solve->completes += step->completes;
}

static void come(Solve *solve, uint32_t number) {
  Loop loop = open_loop(solve, number);
  if (loop.closed) come_closed(solve, &loop);
  else if (loop.count > 1) come_around(solve, &loop);
  else {
    ChainStep *step = &solve->steps[loop.at[0]];
    step->reach = solve->inflow[loop.at[0]];
    step->visits = step->reach / outflow(solve, &loop, loop.at[0]);
  }
  for (uint32_t i = 0; i < loop.count; i++) hand_on(solve, loop.at[i]);
}

/* ---- what is before them: from the last loops to the first ---- */

/* What those who go out of the loop from this step have before them. */
static double after(const Solve *solve, const Loop *loop, uint32_t step, bool length) {
  const Crossing *crossing = &solve->chain->steps[step];
  double sum = length ? 1 : crossing->completes;
  for (uint32_t i = 0; i < crossing->count; i++) {
    uint32_t to = crossing->ways[i].to;
    if (!in_loop(solve, loop, to))
      sum += crossing->ways[i].share * (length ? solve->length[to] : solve->steps[to].completes_from);
  }
  return sum;
}

static void look_ahead_around(Solve *solve, const Loop *loop, bool length) {
  bool endless = false;
  for (uint32_t i = 0; i < loop->count; i++) {
    solve->x[i] = after(solve, loop, loop->at[i], length);
    endless |= isinf(solve->x[i]);
  }
  if (!endless) solve->settled &= solver_column(&solve->system, solve->x, solve->visits, solve->came);
  for (uint32_t i = 0; i < loop->count; i++) {
    if (length) solve->length[loop->at[i]] = endless ? INFINITY : solve->x[i];
    else solve->steps[loop->at[i]].completes_from = solve->x[i];
  }
}

static void look_ahead(Solve *solve, uint32_t number) {
  Loop loop = open_loop(solve, number);
  if (loop.closed) return;
  if (loop.count == 1) {
    double out = outflow(solve, &loop, loop.at[0]);
    solve->steps[loop.at[0]].completes_from = after(solve, &loop, loop.at[0], false) / out;
    solve->length[loop.at[0]] = after(solve, &loop, loop.at[0], true) / out;
    return;
  }
  prepare(solve, &loop);
  for (uint32_t i = 0; i < loop.count; i++) {
    solve->visits[i] = solve->steps[loop.at[i]].visits;
    solve->came[i] = solve->inflow[loop.at[i]];
  }
  look_ahead_around(solve, &loop, false);
  look_ahead_around(solve, &loop, true);
}

/* ---- all of them ---- */

static double square(double x) { return x * x; }

/* How far those who go this way differ from what was expected of them. */
static double spread(const Solve *solve, const Crossing *crossing, double expected, double walked) {
  double sum = (crossing->leaves + crossing->completes + crossing->unaccounted) * square(walked - expected);
  for (uint32_t i = 0; i < crossing->count; i++)
    sum += crossing->ways[i].share * square(walked + solve->length[crossing->ways[i].to] - expected);
  return sum;
}

static ChainResult sum_up(Solve *solve) {
  const Chain *chain = solve->chain;
  ChainResult result = {.steps = solve->steps, .settled = solve->settled, .endless = solve->endless};
  result.leaves = chain->starts.leaves;
  result.completes = chain->starts.completes;
  result.unaccounted = chain->starts.unaccounted;
  for (uint32_t i = 0; i < chain->step_count; i++) {
    ChainStep *step = &solve->steps[i];
    result.leaves += step->leaves;
    result.completes += step->completes;
    result.unaccounted += step->unaccounted;
    result.length += step->visits;
    step->removal = solve->completes > 0 ? step->reach * step->completes_from / solve->completes : NAN;
  }
  double variance = spread(solve, &chain->starts, result.length, 0);
  for (uint32_t i = 0; i < chain->step_count; i++)
    if (solve->steps[i].visits > 0)
      variance += solve->steps[i].visits * spread(solve, &chain->steps[i], solve->length[i], 1);
  result.deviation = result.endless > 0 ? INFINITY : sqrt(variance);
  return result;
}

static void make_room(Solve *solve, Arena *arena) {
  uint32_t largest = solve->loops.largest, exact = 0;
  size_t ways = 0;
  for (uint32_t i = 0; i < solve->loops.count; i++) {
    uint32_t count = solve->loops.first[i + 1] - solve->loops.first[i];
    size_t of_loop = 0;
    for (uint32_t s = solve->loops.first[i]; s < solve->loops.first[i + 1]; s++)
      of_loop += solve->chain->steps[solve->loops.steps[s]].count;
    if (of_loop > ways) ways = of_loop;
    if (count > exact && solver_is_exact(count)) exact = count;
  }
  double **rooms[] = {&solve->out, &solve->x, &solve->visits, &solve->came, &solve->system.work, &solve->system.spare};
  for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++) *rooms[i] = ARENA_ARRAY(arena, double, largest + 1);
  solve->system.first = solve->first = ARENA_ARRAY(arena, uint32_t, largest + 1);
  solve->system.ways = solve->ways = ARENA_ARRAY(arena, Way, ways + 1);
  solve->system.out = solve->out;
  solve->system.matrix = ARENA_ARRAY(arena, double, (size_t)exact *exact + 1);
}

ChainResult chain_solve(const Chain *chain, Arena *arena) {
  Arena *scratch = arena_new();
  Solve solve = {.chain = chain,
                 .loops = loops_find(chain, scratch),
                 .steps = ARENA_ARRAY(arena, ChainStep, chain->step_count + 1),
                 .inflow = ARENA_ARRAY(scratch, double, chain->step_count + 1),
                 .length = ARENA_ARRAY(scratch, double, chain->step_count + 1),
                 .completes = chain->starts.completes,
                 .settled = true};
  make_room(&solve, scratch);
  for (uint32_t i = 0; i < chain->starts.count; i++)
    solve.inflow[chain->starts.ways[i].to] += chain->starts.ways[i].share;
  for (uint32_t i = solve.loops.count; i-- > 0;) come(&solve, i);
  for (uint32_t i = 0; i < solve.loops.count; i++) look_ahead(&solve, i);
  ChainResult result = sum_up(&solve);
  arena_free(scratch);
  return result;
}
