/* What event logs say of places, for the measures that stand on one: read and counted once, before workers are made,
 * so that all of them have it. */
#ifndef JOURNEY_METRIC_SEEN_H
#define JOURNEY_METRIC_SEEN_H

#include "metric/metric.h"
#include "script/compute.h"

/* The event log that a measure without a value stands on: its own `from`, else that of its step. NO_REF: none. */
Ref measure_log(const Project *p, const Item *place, Ref measure);

typedef struct SeenLogs SeenLogs;
/* Logs that were kept with the evidence are not read again. `evidence` may be NULL. */
SeenLogs *seen_new(const Project *p, const Evidence *evidence);
void seen_free(SeenLogs *seen); /* NULL is fine */
/* Reads and counts for all measures of the journey that stand on logs. */
void seen_read(SeenLogs *seen, const Journey *journey);
/* NULL where nothing is known; then `*why`, if not empty, says what the measure asks for that can't be counted. */
const ComputeSeen *seen_at(const SeenLogs *seen, const Journey *journey, Ref measure, Str *why);

#endif
