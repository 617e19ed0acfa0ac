/* The paths of a journey as a hierarchy of calls: which steps lead to a step, and which follow. */
#ifndef JOURNEY_LSP_FEATURE_CALLS_H
#define JOURNEY_LSP_FEATURE_CALLS_H

#include "lsp/feature/spot.h"

/* A step, as one journey walks through it: that may be a variant of the one that declares it. Or an end of its paths:
 * where clients come in, where they go away, where they are done. */
typedef struct {
  bool is_end;
  const Journey *journey;
  Ref at; /* the step; of an end the arrow that says so, else the journey */
  Str name, detail;
  Span range, name_span;
} CallItem;

typedef struct {
  CallItem item; /* the other one */
  Span *said;    /* where, in the file of the one that leads to the other */
  uint32_t said_count;
} CallStep;

typedef struct {
  CallStep *at; /* in the order of the journey */
  uint32_t count;
} CallSteps;

typedef struct {
  CallItem *at;
  uint32_t count;
} CallItems;

/* The step under the cursor, in the journey that the cursor is in; of a stage all of its steps. */
CallItems call_items(const Spot *spot, Arena *arena);
/* None where the journey has no such step. */
CallSteps calls_to(const Project *p, const Journey *journey, Ref step, Arena *arena);
CallSteps calls_from(const Project *p, const Journey *journey, Ref step, Arena *arena);

#endif
