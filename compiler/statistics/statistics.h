/* The field's formulas with their margins. All intervals are two-sided; `confidence` is 0..1, usually 0.95. Nothing
 * here allocates, and nothing fails: where there are no data (n = 0) an estimate has n = 0 and NAN. */
#ifndef JOURNEY_STATISTICS_STATISTICS_H
#define JOURNEY_STATISTICS_STATISTICS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define USUAL_CONFIDENCE 0.95

typedef struct {
  double value;     /* of the sample */
  double low, high; /* the interval; both NAN where n is too small for one */
  uint64_t n;
} Estimate;

/* The quantile of the standard normal distribution (Wichura, AS 241), and of Student's t with `degrees` > 0. */
double normal_quantile(double p);
double student_quantile(double p, double degrees);

/* hits ÷ n, with Wilson's interval (JASA 22, 1927). 104/180 → .5778 [.5047, .6476]; 0/10 → [0, .2775]. */
Estimate estimate_share(uint64_t hits, uint64_t n, double confidence);
/* 100·(P − D) points, ± z·100·√((P + D − (P − D)²) / n), cut to −100..100. n=39, P=8, D=22 → −35.9 ± 25.1. */
Estimate estimate_nps(uint64_t promoters, uint64_t detractors, uint64_t n, double confidence);
/* The mean of n numbers from their sum and sum of squares about `shift` (0, or a number near the mean, against loss of
 * digits), ± t·s/√n; n = 1: no interval. */
Estimate estimate_mean(uint64_t n, double sum, double sum_of_squares, double shift, double confidence);
/* Whether two estimates can be told from each other: the difference of independent estimates, its margin the root of
 * the sum of their squared margins towards each other (Newcombe, Statistics in Medicine 17, 1998, method 10), leaves 0
 * out. False where either has no interval. */
bool estimates_differ(Estimate a, Estimate b);
/* Whether the interval leaves out a number that is known exactly, such as a target. */
bool estimate_differs_from(Estimate a, double number);

/* The p-quantile of sorted numbers, p 0..1, by linear interpolation (Hyndman and Fan's type 7); NAN of none. */
double sorted_quantile(const double *sorted, size_t count, double p);
/* The slope of the least squares line through values at 0, 1, 2 …, and whether it can be told from 0. */
Estimate estimate_trend(const double *values, size_t count, double confidence);

#endif
