/* A line above a declaration: what a journey comes to, how often a persona, a team or evidence is used. */
#ifndef JOURNEY_LSP_FEATURE_LENSES_H
#define JOURNEY_LSP_FEATURE_LENSES_H

#include "lsp/feature/spot.h"

typedef enum { LENS_NUMBERS, LENS_PREVIEW, LENS_USES } LensKind;

typedef struct {
  LensKind kind;
  Ref at; /* the declaration */
  Span span;
  Str id;
  Str title; /* of LENS_USES empty: it is reckoned when it is seen, with uses_words */
} Lens;

/* Of the spot's file, in order; they live in `arena`. */
size_t lenses_of(const Spot *spot, Arena *arena, Lens **lenses);
/* The declaration at the top of a file that a lens is of, by its keyword and id; NO_REF where it is gone. */
Ref lens_declaration(const Project *p, uint32_t unit, Str keyword, Str id);

#endif
