/* A change of one file that is written as one would type it, and comes out in the house style. */
#ifndef JOURNEY_LSP_FEATURE_PATCH_H
#define JOURNEY_LSP_FEATURE_PATCH_H

#include "lsp/feature/edits.h"

typedef struct {
  Span span;
  Str text;
} Put;

typedef struct {
  Arena *arena;
  const File *file;
  VEC(Put) puts;
} Patch;

/* Freed by patch_end. */
Patch patch_new(Arena *arena, const File *file);
/* `text` instead of the span, in any order; of two that overlap the first in the file counts, of two at one place the
 * one that was put first comes first. */
void patch_put(Patch *patch, Span span, Str text);
/* Takes a statement away, with the comments right above it and its line; and a blank line, where two would be left. */
void patch_take(Patch *patch, Span statement);
/* Adds what has to be changed: where the file was in the house style, it stays so; else only the lines that were put in
 * get it. */
void patch_end(Patch *patch, Edits *edits);
/* The text in the house style; as it is, where it can't be read. */
Str patch_styled(Arena *arena, Str text);

/* ---- statements ---- */

/* Where the `{` of a statement's own block stands; NONE: it has none. */
uint32_t patch_brace(const Unit *unit, uint32_t at);
/* Whether nothing stands in front of it on its line. */
bool patch_begins_line(const Unit *unit, uint32_t at);
/* The statement with the comments right above it, up to its end. */
Span patch_with_comments(const Unit *unit, uint32_t at);
/* Puts `line`, of the keyword, into the block of the statement: behind its last one, or where the schema's order has
 * it. A statement without a block gets one, or the line behind it on its own where it is `short_enough`. */
void patch_add_property(Patch *patch, const Unit *unit, uint32_t at, Keyword keyword, Str line, bool short_enough);

#endif
