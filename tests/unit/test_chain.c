/* The chain of the paths, held against formulas that are known, and against a plain inverse. */
#include "flow/chain.h"

#include <math.h>
#include <stdlib.h>

#include "base/limits.h"
#include "check.h"

static Arena *arena;

/* |a - b| is small, for numbers of any size. */
static bool near(double a, double b) { return fabs(a - b) <= 1e-9 * (1 + fabs(b)); }

typedef struct {
  Chain chain;
  Crossing *steps;
} Sample;

static Sample sample(uint32_t count) {
  Crossing *steps = ARENA_ARRAY(arena, Crossing, count);
  return (Sample){{steps, count, {0}}, steps};
}

static void add_way(Crossing *crossing, uint32_t to, double share) {
  Way *ways = ARENA_ARRAY(arena, Way, crossing->count + 1);
  for (uint32_t i = 0; i < crossing->count; i++) ways[i] = crossing->ways[i];
  ways[crossing->count++] = (Way){to, share};
  crossing->ways = ways;
}

static ChainResult solve(Sample *made) { return chain_solve(&made->chain, arena); }

/* Gambler's ruin (Feller, An Introduction to Probability Theory, chapter XIV): from k the game is won with probability
 * (1 - r^k) / (1 - r^N), r = q/p, and takes k/(q-p) - N/(q-p) (1 - r^k)/(1 - r^N) rounds; for p = 1/2: k/N, k(N-k). */
static void test_ruin(double p, uint32_t n, uint32_t k) {
  Sample made = sample(n - 1); /* step i holds i + 1 coins */
  double q = 1 - p, r = q / p;
  for (uint32_t i = 0; i < n - 1; i++) {
    if (i == 0) made.steps[i].leaves = q;
    else add_way(&made.steps[i], i - 1, q);
    if (i == n - 2) made.steps[i].completes = p;
    else add_way(&made.steps[i], i + 1, p);
  }
  add_way(&made.chain.starts, k - 1, 1);
  ChainResult result = solve(&made);
  double wins = p == 0.5 ? (double)k / n : (1 - pow(r, k)) / (1 - pow(r, n));
  double rounds = p == 0.5 ? (double)k * (n - k) : k / (q - p) - n / (q - p) * wins;
  CHECK(near(result.completes, wins));
  CHECK(near(result.leaves, 1 - wins));
  CHECK(near(result.length, rounds));
  CHECK(near(result.completes + result.leaves, 1) && result.unaccounted == 0 && result.endless == 0);
  /* Reach of j > k: the same game that ends at j. Visits, p = 1/2: 2 min(i,j) (N - max(i,j)) / N. */
  for (uint32_t j = k; j < n; j++) {
    double reach = p == 0.5 ? (double)k / j : (1 - pow(r, k)) / (1 - pow(r, j));
    CHECK(near(result.steps[j - 1].reach, reach));
    if (p == 0.5) CHECK(near(result.steps[j - 1].visits, 2.0 * k * (n - j) / n));
  }
}

/* Tries again with probability p: 1/(1-p) visits, deviation sqrt(p)/(1-p). */
static void test_retry(double p) {
  Sample made = sample(1);
  add_way(&made.steps[0], 0, p);
  made.steps[0].completes = 1 - p;
  add_way(&made.chain.starts, 0, 1);
  ChainResult result = solve(&made);
  CHECK(near(result.steps[0].visits, 1 / (1 - p)) && near(result.length, 1 / (1 - p)));
  CHECK(near(result.deviation, sqrt(p) / (1 - p)));
  CHECK(result.steps[0].reach == 1 && near(result.completes, 1) && near(result.steps[0].removal, 1));
}

/* 100, 60, 30 and 24 of 100; the rest leaves, or is not accounted for. */
static void test_funnel(void) {
  static const double share[] = {0.6, 0.5, 0.8, 0.75}, reach[] = {1, 0.6, 0.3, 0.24};
  Sample made = sample(4);
  for (uint32_t i = 0; i < 4; i++) {
    if (i < 3) add_way(&made.steps[i], i + 1, share[i]);
    else made.steps[i].completes = share[i];
    *(i == 1 ? &made.steps[i].unaccounted : &made.steps[i].leaves) = 1 - share[i];
  }
  add_way(&made.chain.starts, 0, 1);
  ChainResult result = solve(&made);
  for (uint32_t i = 0; i < 4; i++) {
    CHECK(near(result.steps[i].reach, reach[i]) && near(result.steps[i].visits, reach[i]));
    CHECK(near(result.steps[i].removal, 1));
  }
  CHECK(near(result.completes, 0.18) && near(result.unaccounted, 0.3) && near(result.leaves, 0.4 + 0.06 + 0.06));
  CHECK(near(result.length, 2.14) && near(result.steps[1].completes_from, 0.3));
  /* 1, 2, 3, 4 steps with 0.4, 0.3, 0.06, 0.24 */
  CHECK(near(result.deviation, sqrt(0.4 + 4 * 0.3 + 9 * 0.06 + 16 * 0.24 - 2.14 * 2.14)));
}

/* A goes to B with 30%, to C with 70%; both to D, C with 80%. */
static void test_diamond(void) {
  Sample made = sample(4);
  add_way(&made.steps[0], 1, 0.3);
  add_way(&made.steps[0], 2, 0.7);
  add_way(&made.steps[1], 3, 1);
  add_way(&made.steps[2], 3, 0.8);
  made.steps[2].leaves = 0.2;
  made.steps[3].completes = 1;
  add_way(&made.chain.starts, 0, 1);
  ChainResult result = solve(&made);
  CHECK(near(result.steps[3].reach, 0.86) && near(result.completes, 0.86));
  CHECK(near(result.steps[1].removal, 0.3 / 0.86) && near(result.steps[2].removal, 0.56 / 0.86));
  CHECK(near(result.steps[3].removal, 1) && near(result.steps[0].completes_from, 0.86));
}

/* A -> B; B back to B with b, back to A with a, on with 1 - a - b. By hand: A is visited 1 + a v_B times, B
 * (v_A + b v_B) times, so v_B = 1 / (1 - a - b), v_A = (1 - b) / (1 - a - b). */
static void test_nested(double a, double b) {
  Sample made = sample(2);
  add_way(&made.steps[0], 1, 1);
  add_way(&made.steps[1], 1, b);
  add_way(&made.steps[1], 0, a);
  made.steps[1].completes = 1 - a - b;
  add_way(&made.chain.starts, 0, 1);
  ChainResult result = solve(&made);
  CHECK(near(result.steps[0].visits, (1 - b) / (1 - a - b)) && near(result.steps[1].visits, 1 / (1 - a - b)));
  CHECK(near(result.steps[0].reach, 1) && near(result.steps[1].reach, 1) && near(result.completes, 1));
}

/* 70% begin at A, 20% at B, of 10% nobody knows; A leads to C with half, B to C with all. */
static void test_entries(void) {
  Sample made = sample(3);
  add_way(&made.steps[0], 2, 0.5);
  made.steps[0].leaves = 0.5;
  add_way(&made.steps[1], 2, 1);
  made.steps[2].completes = 1;
  add_way(&made.chain.starts, 0, 0.7);
  add_way(&made.chain.starts, 1, 0.2);
  made.chain.starts.unaccounted = 0.1;
  ChainResult result = solve(&made);
  CHECK(near(result.steps[0].reach, 0.7) && near(result.steps[1].reach, 0.2) && near(result.steps[2].reach, 0.55));
  CHECK(near(result.completes, 0.55) && near(result.leaves, 0.35) && near(result.unaccounted, 0.1));
  CHECK(near(result.steps[1].removal, 0.2 / 0.55) && near(result.length, 1.45));
}

/* A to the end with 40%, into B and C, which lead to each other, with 60%; D leads to B, but nobody comes to D. */
static void test_endless(void) {
  Sample made = sample(4);
  add_way(&made.steps[0], 1, 0.6);
  made.steps[0].completes = 0.4;
  add_way(&made.steps[1], 2, 1);
  add_way(&made.steps[2], 1, 1);
  add_way(&made.steps[3], 1, 1);
  add_way(&made.chain.starts, 0, 1);
  ChainResult result = solve(&made);
  CHECK(near(result.endless, 0.6) && near(result.completes, 0.4) && isinf(result.length) && isinf(result.deviation));
  CHECK(near(result.steps[1].reach, 0.6) && near(result.steps[2].reach, 0.6) && isinf(result.steps[1].visits));
  CHECK(result.steps[2].endless && !result.steps[0].endless && result.steps[1].removal == 0);
  CHECK(result.steps[3].reach == 0 && result.steps[3].visits == 0 && near(result.steps[0].removal, 1));
}

/* A ladder on which 1% climb and 99% fall to the bottom: as long as 1 + 100 + 100^2 + … says, to the last digit. */
static void test_ladder(void) {
  enum { RUNGS = 30 };
  Sample made = sample(RUNGS);
  double visits = 0;
  for (uint32_t i = 0; i < RUNGS; i++) {
    add_way(&made.steps[i], 0, 0.99);
    if (i + 1 < RUNGS) add_way(&made.steps[i], i + 1, 0.01);
    else made.steps[i].completes = 0.01;
    visits = 100 * (visits + 1);
  }
  add_way(&made.chain.starts, 0, 1);
  ChainResult result = solve(&made);
  CHECK(fabs(result.length / visits - 1) < 1e-12 && near(result.completes, 1));
  CHECK(near(result.steps[RUNGS - 1].reach, 1));
}

/* ---- any chain, against a plain inverse of all of I - Q ---- */

static uint64_t state = 88172645463325252u;
static double chance(void) { /* xorshift, the same on every machine */
  state ^= state << 13, state ^= state >> 7, state ^= state << 17;
  return (double)(state >> 11) / 9007199254740992.0;
}

static Sample any_chain(uint32_t count) {
  Sample made = sample(count);
  for (uint32_t i = 0; i < count; i++) {
    Crossing *step = &made.steps[i];
    double left = 1;
    while (left > 0.1) {
      double share = left * chance(), to = chance();
      if (to < 0.15) step->leaves += share;
      else if (to < 0.2) step->unaccounted += share;
      else if (to < 0.4) add_way(step, (uint32_t)(chance() * count), share); /* back, on, or to itself */
      else if (i + 1 < count) add_way(step, i + 1, share);
      else step->completes += share;
      left -= share;
    }
    step->completes += left;
  }
  add_way(&made.chain.starts, 0, 0.75);
  add_way(&made.chain.starts, count / 2, 0.25);
  return made;
}

/* Gauss and Jordan, with the largest pivot. */
static void invert(double *a, double *b, uint32_t n) {
  for (uint32_t k = 0; k < n; k++) {
    uint32_t best = k;
    for (uint32_t i = k; i < n; i++)
      if (fabs(a[i * n + k]) > fabs(a[best * n + k])) best = i;
    for (uint32_t j = 0; j < n; j++) {
      double x = a[k * n + j], y = b[k * n + j];
      a[k * n + j] = a[best * n + j], a[best * n + j] = x;
      b[k * n + j] = b[best * n + j], b[best * n + j] = y;
    }
    double pivot = a[k * n + k];
    for (uint32_t j = 0; j < n; j++) a[k * n + j] /= pivot, b[k * n + j] /= pivot;
    for (uint32_t i = 0; i < n; i++) {
      double part = a[i * n + k];
      for (uint32_t j = 0; j < n && i != k; j++)
        a[i * n + j] -= part * a[k * n + j], b[i * n + j] -= part * b[k * n + j];
    }
  }
}

static void test_any(uint32_t n) {
  Sample made = any_chain(n);
  ChainResult result = solve(&made);
  double *a = ARENA_ARRAY(arena, double, (size_t)n *n), *inverse = ARENA_ARRAY(arena, double, (size_t)n *n);
  for (uint32_t i = 0; i < n; i++) {
    a[i * n + i] += 1, inverse[i * n + i] = 1;
    for (uint32_t w = 0; w < made.steps[i].count; w++)
      a[i * n + made.steps[i].ways[w].to] -= made.steps[i].ways[w].share;
  }
  invert(a, inverse, n);
  double completes = 0, length = 0, ends = 0, second = 0;
  for (uint32_t j = 0; j < n; j++) {
    double visits = 0.75 * inverse[j] + 0.25 * inverse[n / 2 * n + j], from = 0, steps = 0;
    for (uint32_t k = 0; k < n; k++) {
      from += inverse[j * n + k] * made.steps[k].completes;
      steps += inverse[j * n + k];
    }
    CHECK(near(result.steps[j].visits, visits) && near(result.steps[j].reach, visits / inverse[j * n + j]));
    CHECK(near(result.steps[j].completes_from, from) && near(result.steps[j].leaves, visits * made.steps[j].leaves));
    completes += visits * made.steps[j].completes, length += visits, second += 2 * visits * steps;
    ends += result.steps[j].leaves + result.steps[j].completes + result.steps[j].unaccounted;
  }
  CHECK(near(result.completes, completes) && near(result.length, length) && near(ends, 1) && result.settled);
  CHECK(near(result.deviation, sqrt(second - length - length * length)));
}

/* ---- large ones ---- */

/* One loop of all steps, larger than is solved exactly: from the last step 99.9% begin again. 1000 rounds. */
static void test_large_loop(uint32_t count) {
  Sample made = sample(count);
  for (uint32_t i = 0; i + 1 < count; i++) add_way(&made.steps[i], i + 1, 1);
  add_way(&made.steps[count - 1], 0, 0.999);
  made.steps[count - 1].completes = 0.001;
  add_way(&made.chain.starts, 0, 1);
  ChainResult result = solve(&made);
  CHECK(result.settled && near(result.length, 1000.0 * count) && near(result.completes, 1));
  CHECK(near(result.steps[0].completes_from, 1) && isnan(result.steps[1].reach));
}

static void test_large_any(uint32_t n) {
  Sample made = any_chain(n);
  ChainResult result = solve(&made);
  double ends = result.leaves + result.completes + result.unaccounted, astray = 0;
  for (uint32_t i = 0; i < n; i++) { /* v = e + vQ, from the other end */
    double came = 0.75 * (i == 0) + 0.25 * (i == n / 2);
    astray += came - result.steps[i].visits;
    for (uint32_t w = 0; w < made.steps[i].count; w++) astray += made.steps[i].ways[w].share * result.steps[i].visits;
  }
  CHECK(result.settled && near(ends, 1) && fabs(astray) < 1e-8);
}

static void test_long_line(void) {
  enum { STEPS = 100000 };
  Sample made = sample(STEPS);
  for (uint32_t i = 0; i + 1 < STEPS; i++) add_way(&made.steps[i], i + 1, 1);
  made.steps[STEPS - 1].completes = 1;
  add_way(&made.chain.starts, 0, 1);
  ChainResult result = solve(&made);
  CHECK(result.length == STEPS && result.completes == 1 && result.deviation == 0);
  CHECK(result.steps[STEPS - 1].reach == 1 && result.steps[0].removal == 1);
}

int main(void) {
  arena = arena_new();
  for (uint32_t k = 1; k < 5; k++) test_ruin(0.5, 5, k), test_ruin(0.6, 5, k);
  test_ruin(0.45, 60, 30);
  test_retry(0.5), test_retry(0.9), test_retry(0.999);
  test_funnel();
  test_diamond();
  test_nested(0.2, 0.3), test_nested(0.49, 0.5);
  test_entries();
  test_endless();
  test_ladder();
  for (uint32_t n = 1; n < 40; n++) test_any(n);
  test_any(LIMIT_LOOP_STEPS / 4);
  test_large_loop(LIMIT_LOOP_STEPS + 1), test_large_loop(20000);
  test_large_any(LIMIT_LOOP_STEPS * 8);
  test_long_line();
  Sample nothing = sample(0);
  nothing.chain.starts.completes = 1;
  CHECK(solve(&nothing).completes == 1 && solve(&nothing).length == 0);
  arena_free(arena);
  return CHECK_DONE();
}
