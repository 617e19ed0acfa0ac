/* Where a declaration is named, in all files of a project: for references, renaming, highlights and counts. */
#ifndef JOURNEY_LSP_FEATURE_USES_H
#define JOURNEY_LSP_FEATURE_USES_H

#include "lsp/workspace/snapshot.h"

typedef enum {
  USE_DECLARES,  /* the declaration; where it has no name of its own, its title, of which the name is made */
  USE_OVERLAYS,  /* the same thing declared again in a variant, which lays its properties over it */
  USE_CHANGES,   /* the `change` or `drop` of a variant */
  USE_NAMES,     /* any other */
  USE_QUALIFIES, /* in front of another name: `decision` in `decision.sign` */
} UseKind;

typedef struct {
  UseKind kind;
  Ref at;             /* the statement */
  const Value *value; /* of it; NULL: a declaration that has neither name nor title */
  Span span;          /* of the name alone: without what stands in front of it, with the quotes of a title */
} Use;

typedef struct {
  const Use *at; /* by file and place */
  uint32_t count;
} Uses;

/* What the overlays of a variant are laid over; the declaration itself where it is none. All that it has in common with
 * them is one thing: uses_of gives the same for each of them. */
Ref uses_root(const Project *p, Ref declaration);
/* In one file, or (NONE) in all that are not the standard library's. The declaration may be the library's, or a `use`
 * of a metric in Lua. One pass over the project's values. */
Uses uses_of(const Snapshot *snapshot, Ref declaration, uint32_t unit, Arena *arena);
/* What the part of a name means that holds or touches the offset: of `decision.sign` the stage or the step. */
Ref uses_meaning(const Project *p, Ref statement, const Value *value, uint32_t offset, Span *part);

#endif
