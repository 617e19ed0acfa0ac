#include "view/curve.h"

#include <math.h>

static double secant(const double *x, const double *y, size_t i) { return (y[i + 1] - y[i]) / (x[i + 1] - x[i]); }

static void limit(double step, double *before, double *after) {
  if (step == 0) {
    *before = *after = 0;
    return;
  }
  double a = *before / step, b = *after / step, length = hypot(a, b);
  if (length <= 3) return;
  *before = 3 * a / length * step;
  *after = 3 * b / length * step;
}

void curve_slopes(const double *x, const double *y, size_t count, double *slopes) {
  if (count == 1) {
    slopes[0] = 0;
    return;
  }
  slopes[0] = secant(x, y, 0);
  slopes[count - 1] = secant(x, y, count - 2);
  for (size_t i = 1; i + 1 < count; i++) {
    double before = secant(x, y, i - 1), after = secant(x, y, i);
    slopes[i] = before * after <= 0 ? 0 : (before + after) / 2;
  }
  for (size_t i = 0; i + 1 < count; i++) limit(secant(x, y, i), &slopes[i], &slopes[i + 1]);
}

double curve_at(const double *x, const double *y, const double *slopes, size_t count, double at) {
  if (count == 1 || at <= x[0]) return y[0];
  if (at >= x[count - 1]) return y[count - 1];
  size_t i = 0;
  for (size_t high = count - 1; high - i > 1;) {
    size_t middle = (i + high) / 2;
    if (x[middle] < at) i = middle;
    else high = middle;
  }
  double h = x[i + 1] - x[i], t = (at - x[i]) / h, u = 1 - t;
  return (1 + 2 * t) * u * u * y[i] + t * u * u * h * slopes[i] + t * t * (3 - 2 * t) * y[i + 1] -
         t * t * u * h * slopes[i + 1];
}
