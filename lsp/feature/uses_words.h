/* How often a declaration is named, in words. */
#ifndef JOURNEY_LSP_FEATURE_USES_WORDS_H
#define JOURNEY_LSP_FEATURE_USES_WORDS_H

#include "lsp/feature/uses.h"

/* "used by 12 steps in 2 journeys", "used by 1 journey", "used 3 times", "not used yet". */
Str uses_words(const Snapshot *snapshot, Ref declaration, Arena *arena);

#endif
