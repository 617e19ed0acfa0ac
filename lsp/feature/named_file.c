#include "lsp/feature/named_file.h"

#include "base/os.h"

/* Only a `use` names files of the library. */
static uint32_t library_unit(const Project *p, Str name) {
  static const Str folder = STR("stdlib/");
  for (uint32_t u = 0; u < p->unit_count; u++) {
    Str path = p->units[u]->source.path;
    if (p->units[u]->library && str_ends(path, name) && path.len == folder.len + name.len) return u;
  }
  return NONE;
}

NamedFile named_file(const Snapshot *snapshot, Ref statement, const Value *value, Arena *arena) {
  const File *file = snapshot->files[statement.unit];
  Str name = unit_text(project_unit(snapshot->project, statement), arena, value);
  if (!file || name.len == 0) return (NamedFile){STR(""), NONE};
  Str path = os_absolute(arena, os_beside(arena, file->path, name));
  uint32_t unit = snapshot_unit(snapshot, path);
  if (unit == NONE && os_kind(path.at) != OS_FILE) return (NamedFile){STR(""), library_unit(snapshot->project, name)};
  return (NamedFile){path, unit};
}
