/* All values of journeys, and of the project, personas and teams: asked for, computed with whatever else is asked of
 * the same Metrics, then read. What is asked lives in the arena of the Metrics. */
#ifndef JOURNEY_METRIC_TABLES_H
#define JOURNEY_METRIC_TABLES_H

#include "metric/metric.h"

typedef struct TablesAsked TablesAsked;
TablesAsked *tables_ask(Metrics *metrics, const Project *p, const Journey *const *journeys, uint32_t count);
/* A table for each of the journeys. */
void tables_read(const TablesAsked *asked, MetricTable *tables);

typedef struct PartsAsked PartsAsked;
PartsAsked *parts_ask(Metrics *metrics, const Project *p);
uint32_t parts_read(const PartsAsked *asked, const MetricPart **parts);

#endif
