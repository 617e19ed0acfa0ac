#include "lsp/feature/named_file.h"

#include "base/os.h"

NamedFile named_file(const Snapshot *snapshot, Ref statement, const Value *value, Arena *arena) {
  NamedFile none = {STR(""), NONE};
  const File *file = snapshot->files[statement.unit];
  Str name = unit_text(project_unit(snapshot->project, statement), arena, value);
  if (!file || name.len == 0) return none;
  Str path = os_absolute(arena, os_beside(arena, file->path, name));
  uint32_t unit = snapshot_unit(snapshot, path);
  if (unit == NONE && os_kind(path.at) != OS_FILE) return none;
  return (NamedFile){path, unit};
}
