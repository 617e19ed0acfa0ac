#include "lsp/feature/moves.h"

#include "base/os.h"
#include "lsp/feature/paths.h"

typedef struct {
  const Snapshot *snapshot;
  const Move *moves;
  size_t count;
  Edits *edits;
} Moving;

/* Where the file is afterwards. */
static Str moved(const Moving *m, Str path) {
  for (size_t i = 0; i < m->count; i++) {
    Move move = m->moves[i];
    if (!str_starts(path, move.from)) continue;
    if (path.len > move.from.len && path.at[move.from.len] != '/') continue;
    return arena_format(m->edits->arena, STR_FMT STR_FMT, STR_ARG(move.to),
                        STR_ARG(str_slice(path, move.from.len, path.len)));
  }
  return path;
}

/* Names of the standard library's files are no paths. */
static bool is_there(const Moving *m, Str path) {
  return snapshot_unit(m->snapshot, path) != NONE || os_kind(path.at) == OS_FILE;
}

static void look_at(const Moving *m, const File *file, Str file_after, const Value *value) {
  Arena *arena = m->edits->arena;
  Str name = unit_text(file->unit, arena, value);
  if (name.len == 0) return;
  Str target = os_absolute(arena, os_beside(arena, file->path, name)), target_after = moved(m, target);
  if ((str_is(target, target_after) && str_is(file->path, file_after)) || !is_there(m, target)) return;
  Str before = paths_between(arena, file->path, target), after = paths_between(arena, file_after, target_after);
  if (name.at[0] == '/') before = target, after = target_after;
  if (!str_is(before, after)) edits_replace(m->edits, file, value->span, paths_quoted(arena, after));
}

void moves_edit(const Snapshot *snapshot, const Move *moves, size_t count, Edits *edits) {
  Moving m = {snapshot, moves, count, edits};
  for (uint32_t u = 0; u < snapshot->project->unit_count; u++) {
    const File *file = snapshot->files[u];
    if (!file || !file->unit) continue;
    Str after = moved(&m, file->path);
    for (uint32_t i = 0; i < file->unit->value_count; i++)
      if (file->unit->values[i].type == V_PATH) look_at(&m, file, after, &file->unit->values[i]);
  }
}
