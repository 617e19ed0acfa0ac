/* What a reader would otherwise have to reckon: numbers of journeys and stages, what measures come to, where clients
 * go. */
#ifndef JOURNEY_LSP_FEATURE_HINTS_H
#define JOURNEY_LSP_FEATURE_HINTS_H

#include "lsp/feature/spot.h"

typedef struct {
  uint32_t at; /* the byte in front of which it stands */
  Str label;
  Str tooltip; /* may be empty */
} Hint;

/* Of the lines of the spot's file that touch `span`, in order; they live in `arena`. `journeys`: with the numbers of
 * whole journeys, which a lens above them says, too. */
size_t hints_of(const Spot *spot, Span span, bool journeys, Arena *arena, Hint **hints);

#endif
