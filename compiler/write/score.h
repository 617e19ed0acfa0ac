/* What metrics say of journeys, as a table for people and as JSON for programs: `journey score`. */
#ifndef JOURNEY_WRITE_SCORE_H
#define JOURNEY_WRITE_SCORE_H

#include "metric/explain.h"
#include "write/terminal.h"

/* A row for each metric, with its unit, which direction is better, the whole journey and each stage; targets beneath
 * the values that have one, metrics that fail at the end. Stages that don't fit stand in further tables below. */
void score_write_text(const Project *project, const Journey *journey, MetricTable table, TerminalStyle style, Buf *to);

/* The same of the project, its personas and its teams: a small table for each. */
void score_write_parts_text(const Project *project, const MetricPart *parts, uint32_t count, TerminalStyle style,
                            Buf *to);

typedef struct {
  const Journey *journey;
  MetricTable table;
} Score;
/* {"version": 1, "journeys": [{"id", "title", "metrics": [{"id", "title", "unit", "better", "journey": {…}, "stages":
 * [{"id", "title", …}], "steps": [those that have a measure of it], "contrasts", "failure"}]}], "project": [{"id",
 * "title", "unit", "better", …}], "personas": [{"id", "title", "metrics": […]}], "teams": as personas}. A value is
 * {"number", "kind", "source": "measured", "counted" or "computed", "low", "high", "n", "how", "stale", "target",
 * "nearTarget", "trend": [{"period", "number", "low", "high", "n"}], "trendIs": "unclear", "rising" or "falling",
 * "oddPeriod"}, as are shares from 0 to 1 and times in minutes; nothing of it where there is nothing to say. */
void score_write_json(const Project *project, const Score *scores, size_t count, const MetricPart *parts,
                      uint32_t part_count, Buf *to);

/* How one number came about, for people. */
void score_write_explanation(const Project *project, const Explanation *explanation, TerminalStyle style, Buf *to);
/* {"version": 1, "explanations": [{"id", "title", "unit", "better", "place", "value", "failure", "lines", "uses",
 * "settings", "evidence", "measure", "declared", "formula", "about"}]} */
void score_write_explanations_json(const Project *project, const Explanation *all, size_t count, Buf *to);

#endif
