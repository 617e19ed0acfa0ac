/* Quantiles of many times, without sorting them. */
#ifndef JOURNEY_OBSERVE_TIMES_H
#define JOURNEY_OBSERVE_TIMES_H

#include "observe/observe.h"

/* Median and 90th percentile, by linear interpolation (Hyndman and Fan's type 7); puts them into another order. */
Times times_of(float *seconds, size_t count);

#endif
