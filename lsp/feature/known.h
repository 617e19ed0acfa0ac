/* The numbers of a journey that are known late, beside the journey as it stands now: it may have been edited since. */
#ifndef JOURNEY_LSP_FEATURE_KNOWN_H
#define JOURNEY_LSP_FEATURE_KNOWN_H

#include "lsp/feature/spot.h"

typedef struct {
  const Project *now, *then;
  const Journey *journey, *before; /* now, and when its numbers were computed */
  const MetricTable *table;
  bool is_same;    /* nothing was edited since */
  uint32_t cursor; /* where the last step was found */
} Known;

/* False where nothing is known of it. Journeys are the same by their files and ids, stages and steps by their ids. */
bool known_of(const Spot *spot, const Journey *journey, Known *known);
/* The stage or step of then, of one of now; NONE: there was none. */
uint32_t known_stage(const Known *known, uint32_t stage);
uint32_t known_step(Known *known, uint32_t step);
/* What a metric says of a place; NULL where it says nothing, or fails. */
const MetricValue *known_value(Known *known, const MetricRow *row, Place place);

/* The place that a statement is: the journey, a stage or a step of it, also by what changes it. False where it is none
 * of them. */
bool place_at(const Project *p, const Journey *journey, Ref ref, Place *place);
/* The journey whose place `ref` is, or in which it stands, and that place. A variant's `change` counts as the place
 * that it changes. */
const Journey *place_around(const Project *p, Ref ref, Place *place);

/* "−36 ± 25, n 39" */
Str known_words(const MetricValue *value, Arena *arena);
/* "Net Promoter Score −36 ± 25, n 39 (target 30: missed)" */
Str known_line(const Metric *metric, const MetricValue *value, Arena *arena);
/* "target 30: missed"; empty where there is none. */
Str known_target(const Metric *metric, const MetricValue *value, Arena *arena);

typedef struct {
  const Metric *metric;
  const MetricValue *value;
} KnownNumber;
/* The numbers of a place, at most `most`: those that are measured or counted first, then those of the project's own
 * metrics, then the standard library's. With `only_computed` without the first. */
size_t known_numbers(Known *known, Place place, bool only_computed, KnownNumber *numbers, size_t most);

#endif
