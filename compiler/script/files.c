#include "script/files.h"

#include "base/embedded.h"
#include "base/limits.h"
#include "base/os.h"

static Str in_stdlib(Arena *arena, const char *folder, Str name) {
  return arena_format(arena, "stdlib/%s" STR_FMT, folder, STR_ARG(name));
}

static Ref file_statement(const Project *p, Ref metric) {
  if (project_statement(p, metric)->keyword == K_USE) return metric;
  return (Ref){metric.unit, unit_child(project_unit(p, metric), metric.at, K_COMPUTED_BY)};
}

static Str named_file(const Project *p, Ref metric, Arena *arena) {
  Ref at = file_statement(p, metric);
  return at.at == NONE ? STR("") : unit_text_of(project_unit(p, at), arena, at.at, 0);
}

bool lua_names_file(const Project *p, Ref metric) {
  Arena *arena = arena_new();
  Str name = named_file(p, metric, arena);
  bool names = name.len > 0 && (project_statement(p, metric)->keyword != K_USE || str_ends(name, STR(".lua")));
  arena_free(arena);
  return names;
}

static bool read(Arena *arena, Str path, Str *text, Str *why) {
  switch (os_kind(path.at)) {
    case OS_NOTHING: return *why = STR("there is no such file"), false;
    case OS_FILE:
      return os_read_file(arena, path.at, LIMIT_FILE_BYTES, text, why); /* the sandbox has a limit of its own */
    default: return *why = STR("it is no file"), false;
  }
}

static Str path_beside(const Project *p, Ref metric, Str name, Arena *arena) {
  return arena_copy(arena, os_beside(arena, project_unit(p, metric)->source.path, name));
}

bool lua_file_is_there(const Project *p, Ref metric) {
  Arena *arena = arena_new();
  Str name = named_file(p, metric, arena), text;
  bool there =
      os_kind(path_beside(p, metric, name, arena).at) == OS_FILE || embedded_find(in_stdlib(arena, "", name), &text);
  arena_free(arena);
  return there;
}

bool lua_file_of(const Project *p, Ref metric, Arena *arena, LuaFile *file, Str *why) {
  Str name = named_file(p, metric, arena);
  Str library = in_stdlib(arena, "", name);
  if (project_is_own(p, metric.unit)) {
    file->path = path_beside(p, metric, name, arena);
    if (os_kind(file->path.at) != OS_NOTHING || !embedded_find(library, &file->text))
      return read(arena, file->path, &file->text, why);
  }
  file->path = library;
  *why = STR("the standard library has no such file");
  return embedded_find(library, &file->text);
}

/* Letters, digits, `_` and `-`, in parts with `/` or `.` between: no way up, and nothing hidden. */
static bool plain_name(Arena *arena, Str name, Str *file) {
  if (str_ends(name, STR(".lua"))) name.len -= 4;
  Buf buf = {0};
  bool plain = name.len > 0, inside = false;
  for (size_t i = 0; i < name.len && plain; i++) {
    char c = name.at[i];
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    plain = letter || ((c == '.' || c == '/') && inside && i + 1 < name.len);
    inside = letter;
    buf_add_byte(&buf, letter ? c : '/');
  }
  buf_add(&buf, STR(".lua"));
  *file = buf_take(&buf, arena);
  return plain;
}

/* Whether the file is really where its path says: below the folder of the file that asks for it. */
static bool stays_inside(Arena *arena, Str path, Str from) {
  Str folder = os_real(arena, arena_copy(arena, os_beside(arena, from, STR("."))).at), real = os_real(arena, path.at);
  return folder.len && real.len > folder.len && str_starts(real, folder) &&
         (real.at[folder.len] == '/' || folder.len == 1);
}

bool lua_require(void *context, Str from, Str name, Arena *arena, Str *path, Str *text, Str *why) {
  (void)context;
  Str file;
  if (!plain_name(arena, name, &file))
    return *why = STR("a name is made of letters, digits, - and _, with a / or . between folders"), false;
  *path = file; /* `require "stdlib.metrics.effort"` is always the standard library's */
  if (embedded_find(file, text)) return true;
  *path = arena_copy(arena, os_beside(arena, from, file));
  Str ignored;
  if (embedded_find(from, &ignored)) {
    if (embedded_find(*path, text)) return true;
  } else if (os_kind(path->at) != OS_NOTHING) {
    if (!stays_inside(arena, *path, from)) return *why = STR("it leads out of the folder"), false;
    return read(arena, *path, text, why);
  }
  *path = in_stdlib(arena, "", file);
  if (embedded_find(*path, text)) return true;
  *path = in_stdlib(arena, "metrics/", file);
  *why = STR("there is no such file beside it, nor in the standard library");
  return embedded_find(*path, text);
}
