/* Names that can be edited at once, as one types: where each place that names a thing is in the same file. */
#ifndef JOURNEY_LSP_FEATURE_LINKED_H
#define JOURNEY_LSP_FEATURE_LINKED_H

#include "lsp/feature/spot.h"
#include "lsp/feature/uses.h"

/* What a name may be made of, as a regular expression of JavaScript without flags. */
#define NAME_PATTERN "[^\\s\"{}(),;:/<>=!|#%&*?@\\\\^`~\\[\\]+]+"

/* The declared name and all its uses; none where the cursor touches no name, where a title makes the name, or where
 * another file uses it and would lose it. */
Uses linked_names(const Spot *spot, Arena *arena);

#endif
