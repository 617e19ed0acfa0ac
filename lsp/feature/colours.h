/* The colours that a map gives to teams and actors. */
#ifndef JOURNEY_LSP_FEATURE_COLOURS_H
#define JOURNEY_LSP_FEATURE_COLOURS_H

#include "lsp/feature/spot.h"

typedef struct {
  Span span;    /* of `#rgb` or `#rrggbb` */
  uint32_t rgb; /* 0xRRGGBB */
} Colour;

/* Of the spot's file, in order; they live in `arena`. */
size_t colours_of(const Spot *spot, Arena *arena, Colour **colours);
/* How the map writes it: "#2b6cb0"; where `shortly`, and nothing is lost, "#26b". */
Str colour_text(uint32_t rgb, bool shortly, Arena *arena);

#endif
