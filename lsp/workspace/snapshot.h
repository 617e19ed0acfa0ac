/* A project in one state, with its files. Immutable, shared by counting owners: whoever answers a question holds one,
 * while the next may be made already. */
#ifndef JOURNEY_LSP_WORKSPACE_SNAPSHOT_H
#define JOURNEY_LSP_WORKSPACE_SNAPSHOT_H

#include <stdatomic.h>

#include "lsp/workspace/file.h"
#include "project/project.h"

typedef struct Snapshot {
  const Project *project;
  File *const *files; /* of each unit; NULL for those of the standard library */
  uint64_t number;    /* of two states of a project the later has the larger one */
  struct SnapshotMemory *memory;
} Snapshot;

/* Takes the arena, the project (which lives in it) and the owners of the files over; `open` are files whose texts stand
 * for the disk's, and which have to last as long: one owner of each is taken over, too. */
Snapshot *snapshot_new(Arena *arena, Project *project, File **files, File **open, size_t open_count);
Snapshot *snapshot_share(const Snapshot *snapshot); /* any thread */
void snapshot_free(const Snapshot *snapshot);       /* NULL is fine; any thread */
/* The unit of the file with that absolute path; NONE where the project has none. */
uint32_t snapshot_unit(const Snapshot *snapshot, Str path);
/* Whether the file was open when the snapshot was made: then it has been asked for, even where it is no unit. */
bool snapshot_was_open(const Snapshot *snapshot, Str path);

#endif
