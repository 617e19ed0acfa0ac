#include "flow/solver.h"

#include <math.h>

#include "base/limits.h"

#define UNBALANCED 1e-12

bool solver_is_exact(uint32_t count) { return count <= LIMIT_LOOP_STEPS; }

/* ---- exactly: I - Q = L U ---- */

static void fill(const LoopSystem *system) {
  uint32_t n = system->count;
  memset(system->matrix, 0, sizeof *system->matrix * n * n);
  for (uint32_t i = 0; i < n; i++) {
    system->work[i] = system->out[i];
    for (uint32_t w = system->first[i]; w < system->first[i + 1]; w++)
      system->matrix[(size_t)i * n + system->ways[w].to] += system->ways[w].share;
  }
}

/* Takes step after step out and hands its shares to the others. What is left of it would be 1 less its own share: it is
 * summed up from the others' instead, so that nothing is ever subtracted. Then the diagonal holds the pivots, what is
 * left of it -L, what is right of it -U. */
void solver_prepare(LoopSystem *system) {
  uint32_t n = system->count;
  double *out = system->work;
  fill(system);
  for (uint32_t k = 0; k < n; k++) {
    double *taken = system->matrix + (size_t)k * n, left = out[k];
    for (uint32_t j = k + 1; j < n; j++) left += taken[j];
    taken[k] = left;
    for (uint32_t i = k + 1; i < n; i++) {
      double *row = system->matrix + (size_t)i * n, part = row[k] /= left;
      if (part == 0) continue;
      for (uint32_t j = k + 1; j < n; j++) row[j] += part * taken[j];
      out[i] += part * out[k];
    }
  }
}

static void row_exactly(const LoopSystem *system, double *x) {
  uint32_t n = system->count;
  const double *a = system->matrix;
  for (uint32_t i = 0; i < n; i++) {
    x[i] /= a[(size_t)i * n + i];
    for (uint32_t j = i + 1; j < n; j++) x[j] += a[(size_t)i * n + j] * x[i];
  }
  for (uint32_t i = n; i-- > 0;)
    for (uint32_t j = 0; j < i; j++) x[j] += a[(size_t)i * n + j] * x[i];
}

/* Up from the last step to `until`; before `from` there is nothing but 0. */
static void column_exactly(const LoopSystem *system, double *x, uint32_t from, uint32_t until) {
  uint32_t n = system->count;
  const double *a = system->matrix;
  for (uint32_t i = from + 1; i < n; i++)
    for (uint32_t j = from; j < i; j++) x[i] += a[(size_t)i * n + j] * x[j];
  for (uint32_t i = n; i-- > until;) {
    for (uint32_t j = i + 1; j < n; j++) x[i] += a[(size_t)i * n + j] * x[j];
    x[i] /= a[(size_t)i * n + i];
  }
}

double solver_returns(const LoopSystem *system, uint32_t i) {
  if (!solver_is_exact(system->count)) return NAN;
  memset(system->work, 0, sizeof *system->work * system->count);
  system->work[i] = 1;
  column_exactly(system, system->work, i, i);
  return system->work[i];
}

/* ---- by Gauss-Seidel sweeps ---- */

/* The share of a step that stays there at once is solved for, not swept. */
static double own_share(const LoopSystem *system, uint32_t i) {
  double sum = 0;
  for (uint32_t w = system->first[i]; w < system->first[i + 1]; w++)
    if (system->ways[w].to == i) sum += system->ways[w].share;
  return sum;
}

static double total(const double *x, uint32_t count) {
  double sum = 0;
  for (uint32_t i = 0; i < count; i++) sum += x[i];
  return sum;
}

static double product(const double *x, const double *y, uint32_t count) {
  double sum = 0;
  for (uint32_t i = 0; i < count; i++) sum += x[i] * y[i];
  return sum;
}

/* `work` holds who still has to walk on from each step. They are sent on, step by step; after each sweep all is
 * stretched so that as many leave as came in, which makes a long tight loop settle at once. */
static bool row_by_sweeps(const LoopSystem *system, double *x) {
  uint32_t n = system->count;
  double *waiting = system->work, *came = system->spare, all = total(x, n);
  memcpy(came, x, sizeof *x * n);
  memcpy(waiting, x, sizeof *x * n);
  memset(x, 0, sizeof *x * n);
  for (int sweep = 0; sweep < LIMIT_LOOP_SWEEPS; sweep++) {
    double unbalanced = 0;
    for (uint32_t i = 0; i < n; i++) {
      double now = waiting[i] / (1 - own_share(system, i));
      waiting[i] = 0;
      x[i] += now;
      for (uint32_t w = system->first[i]; w < system->first[i + 1]; w++)
        if (system->ways[w].to != i) waiting[system->ways[w].to] += now * system->ways[w].share;
    }
    for (uint32_t i = 0; i < n; i++) unbalanced += fabs(waiting[i]);
    if (unbalanced <= UNBALANCED * all) return true;
    double left = product(x, system->out, n);
    if (left <= 0) continue;
    double stretch = all / left;
    for (uint32_t i = 0; i < n; i++) {
      x[i] *= stretch;
      waiting[i] = stretch * waiting[i] + (1 - stretch) * came[i];
    }
  }
  return false;
}

static double sweep_up(const LoopSystem *system, const double *b, double *x) {
  double changed = 0;
  for (uint32_t i = system->count; i-- > 0;) {
    double value = b[i];
    for (uint32_t w = system->first[i]; w < system->first[i + 1]; w++)
      if (system->ways[w].to != i) value += system->ways[w].share * x[system->ways[w].to];
    value /= 1 - own_share(system, i);
    changed = fmax(changed, fabs(value - x[i]));
    x[i] = value;
  }
  return changed;
}

/* What all who come in have before them is known: visits b. After each sweep x is raised by what is missing to it. */
static bool column_by_sweeps(const LoopSystem *system, double *x, const double *visits, const double *inflow) {
  uint32_t n = system->count;
  double *b = system->work, all = inflow ? total(inflow, n) : 0, known = all > 0 ? product(visits, x, n) : 0;
  memcpy(b, x, sizeof *x * n);
  memset(x, 0, sizeof *x * n);
  for (int sweep = 0; sweep < LIMIT_LOOP_SWEEPS; sweep++) {
    double largest = 0, changed = sweep_up(system, b, x), missing = 0;
    if (all > 0) missing = (known - product(inflow, x, n)) / all;
    for (uint32_t i = 0; i < n; i++) largest = fmax(largest, x[i] += missing);
    if (changed + fabs(missing) <= UNBALANCED * largest) return true;
  }
  return false;
}

/* ---- either ---- */

bool solver_row(const LoopSystem *system, double *x) {
  if (total(x, system->count) <= 0) return true;
  if (!solver_is_exact(system->count)) return row_by_sweeps(system, x);
  row_exactly(system, x);
  return true;
}

bool solver_column(const LoopSystem *system, double *x, const double *visits, const double *inflow) {
  if (total(x, system->count) <= 0) return true;
  if (!solver_is_exact(system->count)) return column_by_sweeps(system, x, visits, inflow);
  column_exactly(system, x, 0, 0);
  return true;
}
