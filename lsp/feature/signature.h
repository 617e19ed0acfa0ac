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

/* Behind the last value of what has no name it goes on with what may follow on the line: "hands-over [text] [to
 * <team>]". False where nothing of both is being written. Lives in `arena`. */
bool signature_at(const Spot *spot, Arena *arena, Signature *signature);

#endif
