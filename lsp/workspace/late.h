/* What is known of a state of a project only after a while: what its data files say, its metrics, its own checks. */
#ifndef JOURNEY_LSP_WORKSPACE_LATE_H
#define JOURNEY_LSP_WORKSPACE_LATE_H

#include "evidence/evidence.h"
#include "lsp/workspace/findings.h"
#include "metric/metric.h"

/* What an event log knows to happen. */
typedef struct {
  Str file;               /* as it is shown */
  const Str *activities;  /* in byte order */
  const uint64_t *events; /* how often each happened */
  uint32_t count;
} LateLog;

typedef struct Late {
  const Snapshot *snapshot;
  const Evidence *evidence;
  MetricsAll metrics;
  const Figures *figures; /* of the measures that state no value */
  const LateLog *logs;    /* those that maps are held against */
  uint32_t log_count;
  Findings *findings; /* what there is beside the findings that were known soon; those of all files */
  struct LateMemory *memory;
} Late;

/* What lasts from one state of a project to the next. For one thread at a time. */
typedef struct LateKeep LateKeep;
LateKeep *late_keep_new(void);
void late_keep_free(LateKeep *keep); /* NULL is fine */

/* Takes as long as it takes; NULL once `stop` is set, which another thread may do. `soon` are the findings of all files
 * of one snapshot. */
Late *late_run(LateKeep *keep, const Findings *soon, const atomic_bool *stop);
Late *late_share(Late *late);
void late_free(Late *late); /* NULL is fine */

/* What the measures without a value came to, of the measures as they stand in `now`, which may be a later snapshot;
 * NULL where nothing was counted. Lives in `arena`, and as long as `late`. */
const Figures *late_figures(const Late *late, const Snapshot *now, Arena *arena);

/* Two states of a text, and how much of their beginning and end is the same. Start from {0}. */
typedef struct {
  Str before, now;
  size_t head, tail;
} LateChange;

/* The byte of a text that is now where `offset` was before; false where that is no longer there. `last` is kept by the
 * caller, so that the same two texts are compared once. */
bool late_offset(LateChange *last, Str before, Str now, uint32_t offset, uint32_t *moved);

#endif
