/* What is wrong in the files of a project: soon after an edit what files, names and rules say, first of the edited file
 * alone; later what takes a process or reads data. */
#ifndef JOURNEY_LSP_WORKSPACE_FINDINGS_H
#define JOURNEY_LSP_WORKSPACE_FINDINGS_H

#include "check/check.h"
#include "lsp/workspace/snapshot.h"

/* Of some files of one snapshot. Immutable, shared by counting owners. */
typedef struct Findings {
  const Snapshot *snapshot;
  const Diagnostic *list; /* settled; by file and place */
  uint32_t count;
  uint32_t only; /* the one unit that was asked about; NONE: all */
  struct FindingsMemory *memory;
} Findings;

typedef struct {
  const Diagnostic *at;
  uint32_t count;
} FindingList;

/* What can be said at once: of one file, or (NONE) of all. */
Findings *findings_soon(Checker *checker, const Snapshot *snapshot, uint32_t unit);
/* Takes the list and its arena over; sorted by file. */
Findings *findings_new(const Snapshot *snapshot, Arena *arena, const Diagnostics *all, uint32_t only);
Findings *findings_share(Findings *findings);
void findings_free(Findings *findings); /* NULL is fine */
FindingList findings_of(const Findings *findings, uint32_t unit);

#endif
