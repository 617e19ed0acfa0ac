/* What "expand selection" takes, step by step: the word, the value, the statement's line, the block … the file. */
#ifndef JOURNEY_LSP_FEATURE_SELECTION_H
#define JOURNEY_LSP_FEATURE_SELECTION_H

#include "lsp/feature/spot.h"

typedef struct {
  Span *at; /* the smallest first; each lies in the next, and none is as large as it */
  uint32_t count;
} Selection;

/* Never empty: the file is always the last. */
Selection selection_of(const Spot *spot, Arena *arena);

#endif
