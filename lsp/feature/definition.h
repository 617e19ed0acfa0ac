/* Where the thing under the cursor is declared, written, changed and described. */
#ifndef JOURNEY_LSP_FEATURE_DEFINITION_H
#define JOURNEY_LSP_FEATURE_DEFINITION_H

#include "lsp/feature/spot.h"

typedef struct {
  uint32_t unit;   /* also one of the standard library; NONE: it is in no file of the project */
  Span whole;      /* the statement; of a file its beginning */
  Span name;       /* within it */
  Str path;        /* where unit is NONE: the file's, absolute, or the page's address */
  bool is_page;    /* the path is an address of a page, */
  uint32_t line;   /* and this the line from 0 of which it is spoken there, */
  uint32_t length; /* which is as long, in ASCII */
} Target;

typedef struct {
  Span origin; /* of what the cursor touches */
  Target *at;
  uint32_t count;
} Targets;

/* Where it is said what a name means here, of a path the file, of a diagnostic's code its page. */
Targets definition_of(const Spot *spot, Arena *arena);
/* The same, but of what a variant lays over something of its base: where that was declared first. */
Targets declaration_of(const Spot *spot, Arena *arena);
/* What is made of it: of a step, stage, pain … the changes of the variants, of a journey those that extend it, of a
 * metric or check the Lua file that computes it. */
Targets implementation_of(const Spot *spot, Arena *arena);
/* The place in docs/language.md of the keyword: that of the statement, of a name that of what it means. */
Targets type_definition_of(const Spot *spot, Arena *arena);

#endif
