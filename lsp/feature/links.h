/* What in a file leads elsewhere: files that it names, pages of its codes, addresses in texts and comments. */
#ifndef JOURNEY_LSP_FEATURE_LINKS_H
#define JOURNEY_LSP_FEATURE_LINKS_H

#include "lsp/feature/spot.h"

typedef struct {
  Span span;
  Str target;  /* an address */
  Str tooltip; /* may be empty */
} Link;

/* Of the spot's file, in order; they live in `arena`. Files are linked where they are there. */
size_t links_of(const Spot *spot, Arena *arena, Link **links);

#endif
