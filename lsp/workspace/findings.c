#include "lsp/workspace/findings.h"

#include <stdlib.h>

#include "base/os.h"
#include "check/settle.h"
#include "project/baseline.h"

struct FindingsMemory {
  atomic_uint owners;
  Arena *arena;
};

Findings *findings_new(const Snapshot *snapshot, Arena *arena, const Diagnostics *all, uint32_t only) {
  Findings *findings = ARENA_NEW(arena, Findings);
  struct FindingsMemory *memory = ARENA_NEW(arena, struct FindingsMemory);
  atomic_init(&memory->owners, 1);
  memory->arena = arena;
  Diagnostic *list = ARENA_ARRAY(arena, Diagnostic, all->list.len);
  if (all->list.len > 0) memcpy(list, all->list.at, all->list.len * sizeof *list);
  *findings = (Findings){snapshot_share(snapshot), list, (uint32_t)all->list.len, only, memory};
  return findings;
}

Findings *findings_share(Findings *findings) {
  atomic_fetch_add(&findings->memory->owners, 1);
  return findings;
}

void findings_free(Findings *findings) {
  if (!findings || atomic_fetch_sub(&findings->memory->owners, 1) > 1) return;
  snapshot_free(findings->snapshot);
  arena_free(findings->memory->arena);
}

static uint32_t first_of(const Findings *findings, uint32_t unit) {
  uint32_t from = 0, to = findings->count;
  while (from < to) {
    uint32_t middle = from + (to - from) / 2;
    if (findings->list[middle].unit < unit) from = middle + 1;
    else to = middle;
  }
  return from;
}

FindingList findings_of(const Findings *findings, uint32_t unit) {
  uint32_t first = first_of(findings, unit), end = first;
  while (end < findings->count && findings->list[end].unit == unit) end++;
  return (FindingList){findings->list + first, end - first};
}

static void add_written(const Project *p, uint32_t unit, Diagnostics *to) {
  const Diagnostics *own = &p->units[unit]->diagnostics, *loading = &p->diagnostics;
  for (size_t i = 0; i < own->list.len; i++) vec_push(&to->list, own->list.at[i]);
  for (size_t i = 0; i < loading->list.len; i++)
    if (loading->list.at[i].unit == unit) vec_push(&to->list, loading->list.at[i]);
  project_complain(p, unit, to);
}

enum { FILES_AT_ONCE = 16 };

typedef struct {
  const Project *p;
  Diagnostics *parts;
} Work;

static void add_some(void *context, size_t part) {
  const Work *work = context;
  Diagnostics *to = &work->parts[part];
  to->arena = arena_new();
  uint32_t first = (uint32_t)part * FILES_AT_ONCE, end = first + FILES_AT_ONCE;
  for (uint32_t u = first; u < end && u < work->p->unit_count; u++) add_written(work->p, u, to);
}

/* Of all files, on several threads. */
static void add_all_written(const Project *p, Diagnostics *to) {
  size_t count = (p->unit_count + FILES_AT_ONCE - 1) / FILES_AT_ONCE;
  Work work = {p, mem_alloc(count * sizeof *work.parts)};
  memset(work.parts, 0, count * sizeof *work.parts);
  os_parallel(count, p->threads, add_some, &work);
  for (size_t i = 0; i < count; i++) {
    Diagnostics *part = &work.parts[i];
    for (size_t k = 0; k < part->list.len; k++) vec_push(&to->list, part->list.at[k]);
    vec_free(&part->list);
    arena_take_over(to->arena, part->arena);
  }
  free(work.parts);
}

/* All are sorted by file, so that each file's part is settled by itself. */
static void settle_files(const Project *p, Diagnostics *all) {
  Diagnostics settled = {.arena = all->arena}, part = {.arena = all->arena};
  diagnostics_sort(all);
  for (size_t i = 0; i < all->list.len;) {
    uint32_t unit = all->list.at[i].unit;
    part.list.len = 0;
    for (; i < all->list.len && all->list.at[i].unit == unit; i++) vec_push(&part.list, all->list.at[i]);
    diagnostics_settle_file(p, unit, &part);
    for (size_t k = 0; k < part.list.len; k++) vec_push(&settled.list, part.list.at[k]);
  }
  vec_free(&part.list);
  vec_free(&all->list);
  *all = settled;
}

Findings *findings_soon(Checker *checker, const Snapshot *snapshot, uint32_t unit) {
  const Project *p = snapshot->project;
  Arena *arena = arena_new();
  Diagnostics all = {.arena = arena};
  if (unit == NONE) {
    add_all_written(p, &all);
    check_files(checker, p, &all);
  } else {
    add_written(p, unit, &all);
    check_file(checker, p, unit, &all);
  }
  settle_files(p, &all);
  baseline_leave_out(p, &all);
  Findings *findings = findings_new(snapshot, arena, &all, unit);
  vec_free(&all.list);
  return findings;
}
