/* What metrics say of journeys, as a table for people and as JSON for programs: `journey score`. */
#ifndef JOURNEY_WRITE_SCORE_H
#define JOURNEY_WRITE_SCORE_H

#include "metric/metric.h"
#include "write/terminal.h"

/* A row for each metric, with its unit, which direction is better, the whole journey and each stage; targets beneath
 * the values that have one, metrics that fail at the end. Stages that don't fit stand in further tables below. */
void score_write_text(const Project *project, const Journey *journey, MetricTable table, TerminalStyle style, Buf *to);

typedef struct {
  const Journey *journey;
  MetricTable table;
} Score;
/* {"version": 1, "journeys": [{"id", "title", "metrics": [{"id", "title", "unit", "better", "journey": {…}, "stages":
 * [{"id", "title", …}], "failure"}]}]}; a value is {"number", "kind", "source": "measured" or "computed", "target"}, as
 * are shares from 0 to 1 and times in minutes; {} where there is nothing to say. */
void score_write_json(const Project *project, const Score *scores, size_t count, Buf *to);

#endif
