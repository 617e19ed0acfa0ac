/* Files and folders that get another path: what names them has to name them anew, and what they name begins at another
 * folder. */
#ifndef JOURNEY_LSP_FEATURE_MOVES_H
#define JOURNEY_LSP_FEATURE_MOVES_H

#include "lsp/feature/edits.h"

typedef struct {
  Str from, to; /* absolute; of a folder all that is in it */
} Move;

/* `use`, `file` and `computed-by` in all maps of the project. The files are still where they were: so are the edits. */
void moves_edit(const Snapshot *snapshot, const Move *moves, size_t count, Edits *edits);

#endif
