/* Changes to texts, in any number of files: what renaming, fixes and other changes come to. */
#ifndef JOURNEY_LSP_FEATURE_EDITS_H
#define JOURNEY_LSP_FEATURE_EDITS_H

#include "lsp/workspace/snapshot.h"

typedef struct {
  const File *file; /* NULL: of `made`, a file that is not there yet, whose text is `text` */
  Str made;         /* its absolute path */
  Span span;
  Str text;        /* in place of the span */
  const char *why; /* the label of a change that wants a look of its own; NULL: it goes without saying */
} Edit;

typedef struct {
  Arena *arena;
  VEC(Edit) list; /* in the arena's hands: see edits_new */
} Edits;

/* Freed with the arena. */
Edits *edits_new(Arena *arena);
void edits_replace(Edits *edits, const File *file, Span span, Str text);
/* A change that somebody has to agree to; `why` lasts. */
void edits_propose(Edits *edits, const File *file, Span span, Str text, const char *why);
/* A file that is to be made, with its text. */
void edits_make(Edits *edits, Str path, Str text);
/* The file's text with its changes; the text that it has, where there are none. */
Str edits_applied(const Edits *edits, const File *file, Arena *arena);

#endif
