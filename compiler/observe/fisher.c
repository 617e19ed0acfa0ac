#include <math.h>

#include "observe/differ.h"

/* lgamma() keeps its sign in a global variable. */
static double log_factorial(double n) {
  int sign;
  return lgamma_r(n + 1, &sign);
}

static double log_choose(double n, double k) { return log_factorial(n) - log_factorial(k) - log_factorial(n - k); }

/* The hypergeometric tail from k upwards, `k` being above what is expected: terms fall, so that few of them count. */
static double upper_tail(double k, double n, double hits, double all) {
  double most = fmin(n, hits), term = exp(log_choose(hits, k) + log_choose(all - hits, n - k) - log_choose(all, n));
  double sum = term;
  for (double i = k; i < most && term > sum * 1e-15; i++) {
    term *= (hits - i) / (i + 1) * (n - i) / (all - hits - n + i + 1);
    sum += term;
  }
  return sum;
}

double fisher_exact(uint64_t k, uint64_t n, uint64_t other_k, uint64_t other_n) {
  double hits = (double)(k + other_k), all = (double)(n + other_n), size = (double)n, here = (double)k;
  if (n == 0 || other_n == 0) return 1;
  /* Fewer than expected here are more than expected of the others. */
  double tail = here * all >= hits * size ? upper_tail(here, size, hits, all)
                                          : upper_tail((double)other_k, (double)other_n, hits, all);
  return fmin(1, 2 * tail);
}
