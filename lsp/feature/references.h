/* Where the thing under the cursor is named: for "find all references", and for what the editor marks in one file. */
#ifndef JOURNEY_LSP_FEATURE_REFERENCES_H
#define JOURNEY_LSP_FEATURE_REFERENCES_H

#include "lsp/feature/spot.h"
#include "lsp/feature/uses.h"

/* In all files; of a file's path all that name that file. Where the cursor touches no name there are none. */
Uses references_of(const Spot *spot, Arena *arena);
/* In the file of the spot alone; also the ends of a journey's paths, `starts`, `leaves` and `ends`. */
Uses highlights_of(const Spot *spot, Arena *arena);

#endif
