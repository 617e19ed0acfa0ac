/* How a metric's number came about: `journey score --explain`. */
#ifndef JOURNEY_METRIC_EXPLAIN_H
#define JOURNEY_METRIC_EXPLAIN_H

#include "evidence/evidence.h"
#include "metric/metric.h"

typedef struct {
  Str name;
  double value, usual; /* that counts; that the Lua file says */
  Ref set;             /* the `set` that says another; NO_REF: none */
} ExplainedSetting;

typedef struct {
  Ref evidence;
  Str title;
  const EvidenceFile *file; /* NULL: it has none that was read */
  const Answers *answers;   /* NULL: nothing of it was counted for this */
} ExplainedEvidence;

typedef struct {
  Metric metric;
  const Journey *journey; /* NULL: of the project, a persona, a team */
  Place place;
  MetricValue value;
  Str file;  /* of Lua; empty: it is only measured */
  Str about; /* the comment at the beginning of the file, without its signs */
  const ExplainedSetting *settings;
  uint32_t setting_count;
  const ExplainedEvidence *evidence;
  uint32_t evidence_count;
} Explanation;

/* Of each place at which the metric says something, or of all that are given where none does. */
typedef struct {
  const Journey *journey;
  Place place;
} ExplainPlace;
/* The explanations live in `arena`; as many as there are places. `metric` is looked up by each journey's file. */
const Explanation *explain_metric(const Project *p, const Evidence *evidence, Str metric, const ExplainPlace *places,
                                  size_t count, Arena *arena);
/* The metric that a place's file sees under that name; NULL with the nearest in `*nearest`, which may be empty. */
const Metric *explain_find(const Project *p, const Journey *journey, Str id, Arena *arena, Str *nearest);

/* The comment at the beginning of a Lua file, without its signs and without notes to editors (`---@`). */
Str explain_comment(Str text, Arena *arena);

/* "the journey", "the stage Paying", "the step Pays", "the project", "the persona Sarah", "the team Sales". */
Str place_words(const Project *p, const Journey *journey, Place place, Arena *arena);
/* The places of the project that the words name: `stage`, `step`, `stage.step`, the id of a persona or team, or
 * `project`; in each of the journeys. */
size_t places_named(const Project *p, const Journey *const *journeys, uint32_t count, Str words, Arena *arena,
                    ExplainPlace **places);

#endif
