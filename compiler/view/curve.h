/* A smooth curve through points that never rises above nor falls below its neighbours: monotone cubics (Fritsch,
 * Carlson). */
#ifndef JOURNEY_VIEW_CURVE_H
#define JOURNEY_VIEW_CURVE_H

#include <stddef.h>

/* The slope of the curve at each point; x rises, count >= 1. */
void curve_slopes(const double *x, const double *y, size_t count, double *slopes);
/* y of the curve at `at`, which is kept within x[0] … x[count-1]. */
double curve_at(const double *x, const double *y, const double *slopes, size_t count, double at);

#endif
