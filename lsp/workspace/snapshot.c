#include "lsp/workspace/snapshot.h"

struct SnapshotMemory {
  atomic_uint owners;
  Arena *arena;
  Project *project;
  File **open;
  size_t open_count;
  uint32_t *slots; /* the units by their paths: open addressing */
  uint64_t mask;
};

static atomic_uint_fast64_t last_number;

static uint32_t *slot_of(const Snapshot *snapshot, Str path, uint64_t hash) {
  const struct SnapshotMemory *memory = snapshot->memory;
  uint64_t slot = hash & memory->mask;
  while (memory->slots[slot] != NONE && !str_is(snapshot->files[memory->slots[slot]]->path, path))
    slot = (slot + 1) & memory->mask;
  return &memory->slots[slot];
}

static void list_paths(Snapshot *snapshot) {
  struct SnapshotMemory *memory = snapshot->memory;
  size_t count = 4;
  while (count < (size_t)snapshot->project->unit_count * 2) count *= 2;
  memory->mask = count - 1;
  memory->slots = ARENA_ARRAY(memory->arena, uint32_t, count);
  memset(memory->slots, 0xFF, count * sizeof *memory->slots);
  for (uint32_t u = 0; u < snapshot->project->unit_count; u++)
    if (snapshot->files[u]) *slot_of(snapshot, snapshot->files[u]->path, snapshot->files[u]->path_hash) = u;
}

Snapshot *snapshot_new(Arena *arena, Project *project, File **files, File **open, size_t open_count) {
  Snapshot *snapshot = ARENA_NEW(arena, Snapshot);
  struct SnapshotMemory *memory = ARENA_NEW(arena, struct SnapshotMemory);
  atomic_init(&memory->owners, 1);
  memory->arena = arena;
  memory->project = project;
  memory->open = open;
  memory->open_count = open_count;
  *snapshot = (Snapshot){project, files, atomic_fetch_add(&last_number, 1) + 1, memory};
  list_paths(snapshot);
  return snapshot;
}

Snapshot *snapshot_share(const Snapshot *snapshot) {
  atomic_fetch_add(&snapshot->memory->owners, 1);
  return (Snapshot *)snapshot;
}

void snapshot_free(const Snapshot *snapshot) {
  if (!snapshot || atomic_fetch_sub(&snapshot->memory->owners, 1) > 1) return;
  struct SnapshotMemory *memory = snapshot->memory;
  for (uint32_t u = 0; u < snapshot->project->unit_count; u++) file_free(snapshot->files[u]);
  for (size_t i = 0; i < memory->open_count; i++) file_free(memory->open[i]);
  project_free(memory->project);
  arena_free(memory->arena);
}

uint32_t snapshot_unit(const Snapshot *snapshot, Str path) { return *slot_of(snapshot, path, str_hash(path)); }

bool snapshot_was_open(const Snapshot *snapshot, Str path) {
  for (size_t i = 0; i < snapshot->memory->open_count; i++)
    if (str_is(snapshot->memory->open[i]->path, path)) return true;
  return false;
}
