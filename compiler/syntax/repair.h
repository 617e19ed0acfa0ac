/* Half-typed files: what is never closed would swallow the rest of the file, so it is closed here before lowering. */
#ifndef JOURNEY_SYNTAX_REPAIR_H
#define JOURNEY_SYNTAX_REPAIR_H

#include <tree_sitter/api.h>

#include "base/vec.h"

/* The places of the `{` whose `}` was put in. */
typedef VEC(uint32_t) Opens;

/* Mends a copy of the text that `tree` was made of, byte for byte in its place: a text block that goes on to the end of
 * the file becomes one line; a block that the indentation shows to be over gets its `}` in the white space there.
 * Blocks are left alone where `opens` is NULL. The copy is to be freed; NULL where there is nothing to mend. */
char *repair_text(const TSTree *tree, Str text, Opens *opens);

#endif
