/* The field's formulas against published values. */
#include "statistics/statistics.h"

#include <math.h>

#include "unit/check.h"

#define NEAR(got, expected, by) check_near((got), (expected), (by), __FILE__, __LINE__, #got)

static void check_near(double got, double expected, double by, const char *file, int line, const char *what) {
  if (fabs(got - expected) <= by) return;
  check_failures++;
  fprintf(stderr, "%s:%d: %s is %.15g, not %.15g\n", file, line, what, got, expected);
}

static void check_interval(Estimate e, double low, double high, double by, int line) {
  check_near(e.low, low, by, __FILE__, line, "the lower end");
  check_near(e.high, high, by, __FILE__, line, "the upper end");
}
#define INTERVAL(e, low, high, by) check_interval((e), (low), (high), (by), __LINE__)

/* Wichura, AS 241, gives the first three; the rest is in every table. */
static void quantiles_of_the_normal_distribution(void) {
  NEAR(normal_quantile(0.25), -0.6744897501960817, 1e-15);
  NEAR(normal_quantile(0.001), -3.090232306167814, 1e-14);
  NEAR(normal_quantile(1e-20), -9.262340089798408, 1e-13);
  NEAR(normal_quantile(0.5), 0, 0);
  NEAR(normal_quantile(0.975), 1.959963984540054, 1e-14);
  NEAR(normal_quantile(0.995), 2.5758293035489, 1e-12);
  CHECK(isinf(normal_quantile(1)) && isinf(normal_quantile(0)) && isnan(normal_quantile(1.5)));
  for (double x = -8; x < 5; x += 0.125) NEAR(normal_quantile(erfc(-x / sqrt(2)) / 2), x, 1e-9);
}

/* Tables of Student's t, as in the NIST/SEMATECH handbook 1.3.6.7.2. */
static void quantiles_of_student(void) {
  static const struct {
    double p, degrees, t;
  } TABLE[] = {{0.975, 1, 12.706}, {0.975, 2, 4.303}, {0.975, 3, 3.182},   {0.975, 9, 2.262},   {0.975, 10, 2.228},
               {0.95, 5, 2.015},   {0.99, 7, 2.998},  {0.995, 30, 2.750},  {0.975, 100, 1.984}, {0.999, 1, 318.313},
               {0.999, 4, 7.173},  {0.90, 15, 1.341}, {0.025, 10, -2.228}, {0.5, 4, 0}};
  for (size_t i = 0; i < sizeof TABLE / sizeof *TABLE; i++)
    NEAR(student_quantile(TABLE[i].p, TABLE[i].degrees), TABLE[i].t, fabs(TABLE[i].t) > 100 ? 0.005 : 5.1e-4);
  NEAR(student_quantile(0.975, 1), tan(0.475 * acos(-1)), 1e-10);
  NEAR(student_quantile(0.975, 2), 0.95 / sqrt(2 * 0.975 * 0.025), 1e-11);
  NEAR(student_quantile(0.975, 19999.99), student_quantile(0.975, 20000), 1e-9);
  NEAR(student_quantile(0.975, 1e12), 1.959963984540054, 1e-9);
  CHECK(isnan(student_quantile(0.9, 0)) && isinf(student_quantile(1, 3)));
}

/* Newcombe 1998, table I, method 3 (the first four), and the vectors of this project. */
static void shares(void) {
  INTERVAL(estimate_share(81, 263, 0.95), 0.2553, 0.3662, 5e-5);
  INTERVAL(estimate_share(15, 148, 0.95), 0.0624, 0.1605, 5e-5);
  INTERVAL(estimate_share(0, 20, 0.95), 0, 0.1611, 5e-5);
  INTERVAL(estimate_share(1, 29, 0.95), 0.0061, 0.1718, 5e-5);
  INTERVAL(estimate_share(104, 180, 0.95), 0.5047, 0.6476, 5e-5);
  INTERVAL(estimate_share(0, 10, 0.95), 0, 0.2775, 5e-5);
  INTERVAL(estimate_share(8, 39, 0.95), 0.1078, 0.3553, 5e-5);
  NEAR(estimate_share(104, 180, 0.95).value, 0.5778, 5e-5);
  CHECK(estimate_share(0, 10, 0.95).low >= 0 && estimate_share(0, 10, 0.95).low <= 0);
  CHECK(estimate_share(10, 10, 0.95).high >= 1);
  CHECK(isnan(estimate_share(0, 0, 0.95).value) && isnan(estimate_share(0, 0, 0.95).low));
}

static void net_promoter_scores(void) {
  Estimate e = estimate_nps(8, 22, 39, 0.95);
  NEAR(e.value, -35.9, 0.05);
  NEAR(e.high - e.value, 25.1, 0.05);
  NEAR(e.value - e.low, 25.1, 0.05);
  CHECK(e.n == 39);
  CHECK(estimate_nps(19, 1, 20, 0.95).high <= 100);
  INTERVAL(estimate_nps(3, 0, 3, 0.95), 43.85, 100, 0.01);
  INTERVAL(estimate_nps(0, 3, 3, 0.95), -100, -43.85, 0.01);
  INTERVAL(estimate_nps(0, 0, 10, 0.95), -27.75, 27.75, 0.01);
  CHECK(isnan(estimate_nps(0, 0, 0, 0.95).value));
}

/* Student's own: Biometrika 6, 1908, the gain of sleep by a drug in ten patients; R's t.test(extra ~ group) of `sleep`
 * gives 2.33 [0.898, 3.762] for the second one. */
static void means(void) {
  static const double SLEEP[] = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};
  double sum = 0, squares = 0, shifted = 0;
  for (int i = 0; i < 10; i++) {
    sum += SLEEP[i], squares += SLEEP[i] * SLEEP[i];
    shifted += (SLEEP[i] - 2) * (SLEEP[i] - 2);
  }
  NEAR(estimate_mean(10, sum, squares, 0, 0.95).value, 2.33, 1e-12);
  INTERVAL(estimate_mean(10, sum, squares, 0, 0.95), 0.8976775, 3.7623225, 1e-6);
  INTERVAL(estimate_mean(10, sum, shifted, 2, 0.95), 0.8976775, 3.7623225, 1e-6);
  CHECK(isnan(estimate_mean(1, 4, 16, 0, 0.95).low) && isnan(estimate_mean(0, 0, 0, 0, 0.95).value));
}

/* Newcombe 1998, part two, table II: the cases a to h by method 10. */
static void differences(void) {
  static const struct {
    uint64_t a, m, b, n;
    double low, high;
  } TABLE[] = {{56, 70, 48, 80, 0.0524, 0.3339}, {9, 10, 3, 10, 0.1705, 0.8090},  {5, 56, 0, 29, -0.0381, 0.1926},
               {0, 10, 0, 20, -0.1611, 0.2775},  {0, 10, 0, 10, -0.2775, 0.2775}, {10, 10, 0, 20, 0.6791, 1.0000},
               {10, 10, 0, 10, 0.6075, 1.0000}};
  for (size_t i = 0; i < sizeof TABLE / sizeof *TABLE; i++) {
    Estimate a = estimate_share(TABLE[i].a, TABLE[i].m, 0.95), b = estimate_share(TABLE[i].b, TABLE[i].n, 0.95);
    INTERVAL(estimate_difference(a, b), TABLE[i].low, TABLE[i].high, 6e-5);
    CHECK(estimates_differ(a, b) == (TABLE[i].low > 0));
  }
  Estimate one = estimate_mean(1, 3, 9, 0, 0.95);
  CHECK(!estimates_differ(one, estimate_share(1, 2, 0.95)));
  CHECK(estimate_differs_from(estimate_share(104, 180, 0.95), 0.65));
  CHECK(!estimate_differs_from(estimate_share(104, 180, 0.95), 0.6));
  CHECK(!estimate_differs_from(one, 100));
}

/* R: quantile(c(1, 2, 4, 8, 16), c(0, .1, .25, .5, .9, 1)), type 7. */
static void quantiles_of_lists(void) {
  static const double LIST[] = {1, 2, 4, 8, 16};
  static const double P[] = {0, 0.1, 0.25, 0.5, 0.9, 1}, EXPECTED[] = {1, 1.4, 2, 4, 12.8, 16};
  for (int i = 0; i < 6; i++) NEAR(sorted_quantile(LIST, 5, P[i]), EXPECTED[i], 1e-12);
  NEAR(sorted_quantile(LIST, 1, 0.9), 1, 0);
  CHECK(isnan(sorted_quantile(LIST, 0, 0.5)) && isnan(sorted_quantile(LIST, 5, 1.1)));
}

/* 1, 3, 2, 5 at 0 … 3: slope 1.1, rest 2.7, so its standard error is √(1.35 / 5) and t(2) is 4.302653. */
static void trends(void) {
  static const double LIST[] = {1, 3, 2, 5}, LINE[] = {10, 8, 6, 4};
  Estimate e = estimate_trend(LIST, 4, 0.95);
  NEAR(e.value, 1.1, 1e-12);
  INTERVAL(e, 1.1 - 4.302653 * sqrt(0.27), 1.1 + 4.302653 * sqrt(0.27), 1e-5);
  CHECK(!estimate_differs_from(e, 0));
  INTERVAL(estimate_trend(LINE, 4, 0.95), -2, -2, 1e-12);
  CHECK(estimate_differs_from(estimate_trend(LINE, 4, 0.95), 0));
  CHECK(isnan(estimate_trend(LIST, 2, 0.95).low) && isnan(estimate_trend(LIST, 1, 0.95).value));
}

int main(void) {
  quantiles_of_the_normal_distribution();
  quantiles_of_student();
  shares();
  net_promoter_scores();
  means();
  differences();
  quantiles_of_lists();
  trends();
  return CHECK_DONE();
}
