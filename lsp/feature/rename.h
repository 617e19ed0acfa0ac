/* Another name for what is declared, in all files of the project, so that each name means what it meant before. */
#ifndef JOURNEY_LSP_FEATURE_RENAME_H
#define JOURNEY_LSP_FEATURE_RENAME_H

#include "lsp/feature/edits.h"
#include "lsp/feature/spot.h"

typedef struct {
  Ref declaration;
  Span span; /* of the name under the cursor; of a title, of which a name was made, with its quotes */
  Str name;  /* as it is now */
} RenameTarget;

/* What is called by its name at the spot. False where there is nothing of the kind (`*why` is empty), or something that
 * can't be renamed: then `*why` says in a sentence what to do. */
bool rename_find(const Spot *spot, Arena *arena, RenameTarget *target, Str *why);

/* A place where a text of a Lua file or of journey.json holds the name, and may mean it or not. */
typedef struct {
  const File *file;
  Span span; /* without quotes */
} Mention;

typedef VEC(Mention) Mentions;

/* What has to be changed; what has no name of its own, only a title, gets one. False, with `*why`, where the new name
 * is none, or would mean something else anywhere. */
bool rename_edit(const Snapshot *snapshot, Ref declaration, Str name, Edits *edits, Str *why);
/* Where a name is written outside of maps; vec_free it. */
Mentions rename_mentions(const Snapshot *snapshot, Str name);

#endif
