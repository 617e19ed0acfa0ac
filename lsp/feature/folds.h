/* What can be folded away: blocks, runs of comments and of `use`, texts of several lines. */
#ifndef JOURNEY_LSP_FEATURE_FOLDS_H
#define JOURNEY_LSP_FEATURE_FOLDS_H

#include "lsp/workspace/snapshot.h"

typedef enum { FOLD_BLOCK, FOLD_COMMENT, FOLD_IMPORTS, FOLD_TEXT } FoldKind;

typedef struct {
  FoldKind kind;
  uint32_t depth;                 /* how many others it lies in */
  uint32_t first_line, last_line; /* from 0; what is hidden lies behind the first, up to and with the last */
  Span span;                      /* the bytes that are hidden, for editors that fold by characters */
} Fold;

typedef struct {
  Fold *at; /* in the order of their beginnings */
  uint32_t count;
} Folds;

/* At most `most` of them: those that lie deepest go first. */
Folds folds_of(const Snapshot *snapshot, uint32_t unit, uint32_t most, Arena *arena);

#endif
