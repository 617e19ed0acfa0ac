/* What is known of the word under the cursor, in a few lines. */
#ifndef JOURNEY_LSP_FEATURE_HOVER_H
#define JOURNEY_LSP_FEATURE_HOVER_H

#include "lsp/feature/prose.h"
#include "lsp/feature/spot.h"

/* False where there is nothing to say; else of what: a keyword or a value. */
bool hover_at(const Spot *spot, Arena *arena, Prose **prose, Span *span);

#endif
