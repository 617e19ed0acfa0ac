/* A place in a file, and what stands there: where every feature begins. */
#ifndef JOURNEY_LSP_FEATURE_SPOT_H
#define JOURNEY_LSP_FEATURE_SPOT_H

#include "lsp/workspace/late.h"

typedef struct {
  const Snapshot *snapshot;
  const Late *late; /* NULL: nothing is known late; may be of an older snapshot */
  const File *file;
  uint32_t unit;
  uint32_t offset; /* a byte of the file's text, or its length */
} Spot;

typedef enum {
  SPOT_NOTHING, /* white space, a comment, a sign, the library's or a Lua file */
  SPOT_KEYWORD, /* of `statement` */
  SPOT_VALUE,   /* `value` of `statement` */
} SpotKind;

/* What the cursor touches: a word counts up to and with the place behind its last letter. */
typedef struct {
  SpotKind kind;
  uint32_t statement; /* the innermost that holds the place, also for SPOT_NOTHING; NONE: the file itself */
  const Value *value;
  const ValueRule *rule; /* of the value, by the schema; NULL where it has none */
  Span span;             /* of the keyword or value */
} SpotFound;

SpotFound spot_find(const Spot *spot);
static inline const Unit *spot_unit(const Spot *spot) { return spot->snapshot->project->units[spot->unit]; }
/* What the thing at the spot is: of a reference, or the part of it at the spot, what it means, of a declared name or
 * its keyword the statement itself. NO_REF where it is nothing that has a name. */
Ref spot_meaning(const Spot *spot);
/* Where a declaration's name stands: its id, else its title, else its keyword; of a `use` the file. */
Span name_span(const Project *p, Ref declaration);

#endif
