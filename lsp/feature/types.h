/* Journeys and their variants as a hierarchy of types. */
#ifndef JOURNEY_LSP_FEATURE_TYPES_H
#define JOURNEY_LSP_FEATURE_TYPES_H

#include "lsp/feature/spot.h"

/* The journey that the cursor names, or whose `extends` it is on; NULL: none. */
const Journey *type_at(const Spot *spot);

typedef struct {
  const Journey **at;
  uint32_t count;
} Types;

/* Those that extend the journey themselves, in the order of files and lines. */
Types types_below(const Project *p, const Journey *journey, Arena *arena);

#endif
