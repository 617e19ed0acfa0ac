#include "lsp/workspace/findings.h"

#include "check/settle.h"

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
  for (uint32_t u = 0; unit == NONE && u < p->unit_count; u++) add_written(p, u, &all);
  if (unit == NONE) check_files(checker, p, &all);
  else {
    add_written(p, unit, &all);
    check_file(checker, p, unit, &all);
  }
  settle_files(p, &all);
  Findings *findings = findings_new(snapshot, arena, &all, unit);
  vec_free(&all.list);
  return findings;
}
