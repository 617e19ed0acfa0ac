/* The file that a path in quotes names: of `use`, `file` and `computed-by`. */
#ifndef JOURNEY_LSP_FEATURE_NAMED_FILE_H
#define JOURNEY_LSP_FEATURE_NAMED_FILE_H

#include "lsp/workspace/snapshot.h"

typedef struct {
  Str path;      /* absolute; empty: there is no such file on the disk */
  uint32_t unit; /* of the project, also the standard library's; NONE: it has no such file, as one of data */
} NamedFile;

/* `value` is a V_PATH of the statement. */
NamedFile named_file(const Snapshot *snapshot, Ref statement, const Value *value, Arena *arena);

#endif
