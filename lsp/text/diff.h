/* What has to be changed in a text to get another one: as little as a person would, so that the cursor, marks and folds
 * around it stay. */
#ifndef JOURNEY_LSP_TEXT_DIFF_H
#define JOURNEY_LSP_TEXT_DIFF_H

#include "base/vec.h"
#include "source/source.h"

typedef struct {
  Span before;
  Span after; /* what stands in its place in the other text */
} Hunk;

typedef VEC(Hunk) Hunks;

/* In order, none touching another. Lines that differ in their spaces alone are the same line, changed within. No hunk
 * begins or ends within a character or a line's end. vec_free it. */
Hunks text_diff(Str before, Str after);

#endif
