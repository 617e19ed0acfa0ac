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

/* The quantile of the standard normal distribution (Wichura, algorithm AS 241, Applied Statistics 37, 1988), and of
 * Student's t with `degrees` > 0 (the incomplete beta function, inverted). p 0..1, else NAN. */
double normal_quantile(double p);
double student_quantile(double p, double degrees);

/* hits ÷ n, with Wilson's interval (Journal of the American Statistical Association 22, 1927; method 3 of Newcombe,
 * Statistics in Medicine 17, 1998, 857–872). 104/180 → .5778 [.5047, .6476]; 0/10 → [0, .2775]. */
Estimate estimate_share(uint64_t hits, uint64_t n, double confidence);
/* 100·(P − D) points, ± z·100·√((P + D − (P − D)²) / n), cut to −100..100. n=39, P=8, D=22 → −35.9 ± 25.1. Where all
 * answers are of one kind the formula's margin is 0, however few they are; then Wilson's bound of the share of the
 * other kinds takes its place: 3 promoters of 3 → 100 [43.8, 100]. */
Estimate estimate_nps(uint64_t promoters, uint64_t detractors, uint64_t n, double confidence);
/* The mean of n numbers from their sum and sum of squares about `shift` (0, or a number near the mean, against loss of
 * digits), ± t·s/√n; n = 1: no interval. */
Estimate estimate_mean(uint64_t n, double sum, double sum_of_squares, double shift, double confidence);
/* a − b of independent estimates; the margin is the root of the sum of their squared margins towards each other
 * (Newcombe, Statistics in Medicine 17, 1998, 873–890, method 10). 56/70 − 48/80 → .2 [.0524, .3339]. n is the smaller
 * one; no interval where either has none. */
Estimate estimate_difference(Estimate a, Estimate b);
/* Whether two estimates can be told from each other: the interval of their difference leaves 0 out. */
bool estimates_differ(Estimate a, Estimate b);
/* Whether the interval leaves out a number that is known exactly, such as a target. */
bool estimate_differs_from(Estimate a, double number);

/* The p-quantile of sorted numbers, p 0..1, by linear interpolation (type 7 of Hyndman and Fan, The
 * American Statistician 50, 1996; the usual one of R); NAN of none. */
double sorted_quantile(const double *sorted, size_t count, double p);
/* The slope of the least squares line through values at 0, 1, 2 …, ± t·its standard error with count − 2 degrees;
 * whether it can be told from 0 is estimate_differs_from(trend, 0). n is the count; below 3: no interval. */
Estimate estimate_trend(const double *values, size_t count, double confidence);

#endif
