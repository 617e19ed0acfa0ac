/* Measures that state a value and have a file that says another one (W0812). */
#ifndef JOURNEY_METRIC_STATED_H
#define JOURNEY_METRIC_STATED_H

#include "metric/counted.h"

/* A stated value is contradicted where it lies outside of the interval that its file gives at 95%, by more than it was
 * rounded. Where the file gives no interval, or another kind of number, nothing is said. */
void stated_say(const Project *p, const Evidence *evidence, const Metrics *metrics, const CountedList *stated,
                Diagnostics *to);

#endif
