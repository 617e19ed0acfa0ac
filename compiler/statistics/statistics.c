#include "statistics/statistics.h"

#include <math.h>

static double least(double a, double b) { return a < b ? a : b; }
static double greatest(double a, double b) { return a > b ? a : b; }
static double between(double x, double low, double high) { return greatest(low, least(high, x)); }

static Estimate no_interval(double value, uint64_t n) { return (Estimate){value, NAN, NAN, n}; }
static bool has_interval(Estimate e) { return !isnan(e.low) && !isnan(e.high); }

/* ---- quantiles ---- */

/* c[0] + c[1]·x + … + c[7]·x⁷ */
static double polynomial(const double c[8], double x) {
  double sum = c[7];
  for (int i = 6; i >= 0; i--) sum = sum * x + c[i];
  return sum;
}

static const double MIDDLE[2][8] = {
    {3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
     4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3},
    {1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3, 2.1213794301586595867e4,
     3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3}};
static const double TAIL[2][8] = {
    {1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
     1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4},
    {1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1, 1.48103976427480074590e-1,
     1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9}};
static const double FAR_TAIL[2][8] = {
    {6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
     2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7},
    {1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2, 7.86869131145613259100e-4,
     1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15}};

static double ratio(const double of[2][8], double x) { return polynomial(of[0], x) / polynomial(of[1], x); }

double normal_quantile(double p) {
  if (!(p >= 0 && p <= 1)) return NAN;
  double q = p - 0.5;
  if (fabs(q) <= 0.425) return q * ratio(MIDDLE, 0.180625 - q * q);
  double r = q < 0 ? p : 1 - p;
  if (r <= 0) return q < 0 ? -INFINITY : INFINITY;
  r = sqrt(-log(r));
  double x = r <= 5 ? ratio(TAIL, r - 1.6) : ratio(FAR_TAIL, r - 5);
  return q < 0 ? -x : x;
}

/* The continued fraction of the incomplete beta function, by Lentz's method. */
static double beta_fraction(double a, double b, double x) {
  const double tiny = 1e-300;
  double c = 1, d = 1 - (a + b) * x / (a + 1);
  d = 1 / (fabs(d) < tiny ? tiny : d);
  double h = d;
  for (int m = 1; m < 1000; m++) {
    double before = h;
    for (int odd = 0; odd < 2; odd++) {
      double i = a + 2.0 * m, k = m;
      double term = odd ? -(a + k) * (a + b + k) * x / (i * (i + 1)) : k * (b - k) * x / ((i - 1) * i);
      d = 1 + term * d, c = 1 + term / c;
      d = 1 / (fabs(d) < tiny ? tiny : d), c = fabs(c) < tiny ? tiny : c;
      h *= d * c;
    }
    if (fabs(h - before) <= 1e-16 * fabs(h)) break;
  }
  return h;
}

/* log Γ, which leaves no trace behind (lgamma writes a global). */
static double log_gamma(double x) {
  int sign;
  return lgamma_r(x, &sign);
}

/* The share of the beta distribution below x. */
static double incomplete_beta(double a, double b, double x) {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  double front = exp(log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * log(x) + b * log1p(-x));
  if (x < (a + 1) / (a + b + 2)) return front * beta_fraction(a, b, x) / a;
  return 1 - front * beta_fraction(b, a, 1 - x) / b;
}

/* The share of Student's distribution over t ≥ 0. */
static double student_tail(double t, double degrees) {
  return incomplete_beta(degrees / 2, 0.5, degrees / (degrees + t * t)) / 2;
}

/* From so many degrees on, the first terms of the expansion in 1/degrees are exact to twelve digits. */
#define MANY_DEGREES 20000

static double student_of_many(double z, double degrees) {
  double z3 = z * z * z, z5 = z3 * z * z;
  return z + (z3 + z) / (4 * degrees) + (5 * z5 + 16 * z3 + 3 * z) / (96 * degrees * degrees);
}

double student_quantile(double p, double degrees) {
  if (!(p >= 0 && p <= 1) || !(degrees > 0)) return NAN;
  if (p < 0.5) return -student_quantile(1 - p, degrees);
  if (p <= 0.5) return 0;
  if (p >= 1) return INFINITY;
  if (degrees >= MANY_DEGREES) return student_of_many(normal_quantile(p), degrees);
  double low = 0, high = 1;
  while (student_tail(high, degrees) > 1 - p && high < 1e300) low = high, high *= 2;
  for (int i = 0; i < 200 && high - low > 1e-14 * high; i++) {
    double middle = low + (high - low) / 2;
    *(student_tail(middle, degrees) > 1 - p ? &low : &high) = middle;
  }
  return low + (high - low) / 2;
}

/* How many standard errors an interval reaches to each side. */
static double normal_reach(double confidence) { return normal_quantile(0.5 + confidence / 2); }
static double student_reach(double confidence, double degrees) {
  return student_quantile(0.5 + confidence / 2, degrees);
}

/* ---- estimates ---- */

Estimate estimate_share(uint64_t hits, uint64_t n, double confidence) {
  if (!n) return no_interval(NAN, 0);
  if (hits > n) hits = n;
  double count = (double)n, share = (double)hits / count;
  double z = normal_reach(confidence), zz = z * z;
  double middle = (share + zz / (2 * count)) / (1 + zz / count);
  double margin = z * sqrt(share * (1 - share) / count + zz / (4 * count * count)) / (1 + zz / count);
  /* At the ends the formula gives the end itself, but for the last digits. */
  double low = hits ? between(middle - margin, 0, share) : 0;
  double high = hits < n ? between(middle + margin, share, 1) : 1;
  return (Estimate){share, low, high, n};
}

/* All gave the same kind of answer: what the sample hides is bounded by the share of the other kinds. */
static Estimate nps_of_one_kind(uint64_t promoters, uint64_t detractors, uint64_t n, double confidence) {
  double others = estimate_share(0, n, confidence).high;
  if (promoters) return (Estimate){100, 100 * (1 - others), 100, n};
  if (detractors) return (Estimate){-100, -100, -100 * (1 - others), n};
  return (Estimate){0, -100 * others, 100 * others, n};
}

Estimate estimate_nps(uint64_t promoters, uint64_t detractors, uint64_t n, double confidence) {
  if (!n) return no_interval(NAN, 0);
  if (promoters == n || detractors == n || !(promoters | detractors))
    return nps_of_one_kind(promoters, detractors, n, confidence);
  double count = (double)n, p = (double)promoters / count, d = (double)detractors / count;
  double value = 100 * (p - d);
  double margin = normal_reach(confidence) * 100 * sqrt(greatest(p + d - (p - d) * (p - d), 0) / count);
  return (Estimate){value, greatest(value - margin, -100), least(value + margin, 100), n};
}

Estimate estimate_mean(uint64_t n, double sum, double sum_of_squares, double shift, double confidence) {
  if (!n) return no_interval(NAN, 0);
  double count = (double)n, mean = sum / count;
  if (n == 1) return no_interval(mean, 1);
  double off = mean - shift;
  double variance = greatest(sum_of_squares - count * off * off, 0) / (count - 1);
  double margin = student_reach(confidence, count - 1) * sqrt(variance / count);
  return (Estimate){mean, mean - margin, mean + margin, n};
}

Estimate estimate_difference(Estimate a, Estimate b) {
  double difference = a.value - b.value;
  uint64_t n = a.n < b.n ? a.n : b.n;
  if (!has_interval(a) || !has_interval(b)) return no_interval(difference, n);
  double down = hypot(a.value - a.low, b.high - b.value), up = hypot(a.high - a.value, b.value - b.low);
  return (Estimate){difference, difference - down, difference + up, n};
}

bool estimates_differ(Estimate a, Estimate b) { return estimate_differs_from(estimate_difference(a, b), 0); }

bool estimate_differs_from(Estimate a, double number) {
  return has_interval(a) && !isnan(number) && (number < a.low || number > a.high);
}

/* ---- lists ---- */

double sorted_quantile(const double *sorted, size_t count, double p) {
  if (!count || !(p >= 0 && p <= 1)) return NAN;
  double at = (double)(count - 1) * p;
  size_t below = (size_t)at;
  if (below + 1 >= count) return sorted[count - 1];
  double part = at - (double)below;
  return part > 0 ? sorted[below] + part * (sorted[below + 1] - sorted[below]) : sorted[below];
}

static double mean_of(const double *values, size_t count) {
  double sum = 0;
  for (size_t i = 0; i < count; i++) sum += values[i];
  return sum / (double)count;
}

Estimate estimate_trend(const double *values, size_t count, double confidence) {
  if (count < 2) return no_interval(NAN, count);
  double n = (double)count, middle = (n - 1) / 2, mean = mean_of(values, count);
  double xx = n * (n * n - 1) / 12, xy = 0, rest = 0;
  for (size_t i = 0; i < count; i++) xy += ((double)i - middle) * (values[i] - mean);
  double slope = xy / xx;
  if (count == 2) return no_interval(slope, count);
  for (size_t i = 0; i < count; i++) {
    double off = values[i] - mean - slope * ((double)i - middle);
    rest += off * off;
  }
  double margin = student_reach(confidence, n - 2) * sqrt(rest / (n - 2) / xx);
  return (Estimate){slope, slope - margin, slope + margin, count};
}
