/* Which values a keyword takes, while they are being written. */
#ifndef JOURNEY_LSP_FEATURE_SIGNATURE_H
#define JOURNEY_LSP_FEATURE_SIGNATURE_H

#include "lsp/feature/spot.h"

typedef struct {
  Span span; /* in the label */
  Str words; /* what it may be */
} SignatureValue;

typedef struct {
  Str label; /* "measure <metric> [value]": what may be left out stands in square brackets */
  Str doc, example;
  SignatureValue *values;
  size_t value_count;
  size_t active; /* the one that is written */
} Signature;

/* False where no value is being written: not behind a keyword, or behind its last value. Lives in `arena`. */
bool signature_at(const Spot *spot, Arena *arena, Signature *signature);

#endif
