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
  if (os_kind(path.at) == OS_NOTHING) return *why = STR("there is no such file"), false;
  return os_read_file(arena, path.at, LIMIT_FILE_BYTES, text, why); /* the sandbox has a limit of its own */
}

static Str path_beside(const Project *p, Ref metric, Str name, Arena *arena) {
  return arena_copy(arena, os_beside(arena, project_unit(p, metric)->source.path, name));
}

bool lua_file_is_there(const Project *p, Ref metric) {
  if (project_script(p, file_statement(p, metric)) != NONE) return true; /* a text may stand for it */
  Arena *arena = arena_new();
  Str name = named_file(p, metric, arena), text;
  bool there =
      os_kind(path_beside(p, metric, name, arena).at) != OS_NOTHING || embedded_find(in_stdlib(arena, "", name), &text);
  arena_free(arena);
  return there;
}

/* What the project has read already. */
static bool read_script(const Project *p, uint32_t unit, Arena *arena, LuaFile *file) {
  if (unit == NONE) return false;
  const Source *source = &p->units[unit]->source;
  *file = (LuaFile){arena_copy(arena, source->path), source->text};
  return true;
}

bool lua_file_of(const Project *p, Ref metric, Arena *arena, LuaFile *file, Str *why) {
  if (read_script(p, project_script(p, file_statement(p, metric)), arena, file)) return true;
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

bool lua_is_held_back(const Project *p, Ref metric) {
  if (!p->no_scripts || !lua_names_file(p, metric)) return false;
  Arena *arena = arena_new();
  LuaFile file;
  Str why, text;
  bool is_library = lua_file_of(p, metric, arena, &file, &why) && embedded_find(file.path, &text) &&
                    text.at == file.text.at; /* a project may have a folder "stdlib" of its own */
  arena_free(arena);
  return !is_library;
}

bool lua_library_file(const char *name, LuaFile *file) {
  for (const EmbeddedFile *embedded = embedded_files; embedded->path; embedded++) {
    Str path = str_of(embedded->path);
    if (!str_starts(path, STR("stdlib/")) || !str_is_c(str_slice(path, 7, path.len), name)) continue;
    *file = (LuaFile){path, embedded->text};
    return true;
  }
  return false;
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

static uint32_t known_script(const Project *p, Str path) { return p ? project_script_at(p, path) : NONE; }

bool lua_require(void *context, Str from, Str name, Arena *arena, Str *path, Str *text, Str *why) {
  const Project *p = context;
  LuaFile script;
  Str file;
  if (!plain_name(arena, name, &file))
    return *why = STR("a name is made of letters, digits, - and _, with a / or . between folders"), false;
  *path = file; /* `require "stdlib.metrics.effort"` is always the standard library's */
  if (embedded_find(file, text)) return true;
  *path = arena_copy(arena, os_beside(arena, from, file));
  Str ignored;
  if (embedded_find(from, &ignored) || (p && p->no_scripts)) {
    if (embedded_find(*path, text)) return true;
  } else if (os_kind(path->at) != OS_NOTHING) {
    if (!stays_inside(arena, *path, from)) return *why = STR("it leads out of the folder"), false;
    if (!read_script(p, known_script(p, *path), arena, &script)) return read(arena, *path, text, why);
    return *text = script.text, true;
  } else if (read_script(p, known_script(p, *path), arena, &script)) { /* a text that stands for a file */
    return *text = script.text, true;
  }
  *path = in_stdlib(arena, "", file);
  if (embedded_find(*path, text)) return true;
  *path = in_stdlib(arena, "metrics/", file);
  *why = STR("there is no such file beside it, nor in the standard library");
  return embedded_find(*path, text);
}

/* ---- places ---- */

/* A line without what it is indented by. */
static Span line_span(const Source *source, uint32_t line) {
  uint32_t at = 0;
  for (uint32_t n = 1; n < line; n++) {
    const char *end = memchr(source->text.at + at, '\n', source->text.len - at);
    if (!end) break;
    at = (uint32_t)(end - source->text.at) + 1;
  }
  Span span = source_line(source, at);
  while (span.start < span.end && strchr(" \t", source->text.at[span.start])) span.start++;
  while (span.end > span.start && strchr(" \t", source->text.at[span.end - 1])) span.end--;
  return span;
}

bool lua_place(const Project *p, Str file, uint32_t line, uint32_t *unit, Span *span) {
  uint32_t found = line ? project_script_at(p, file) : NONE;
  if (found == NONE) return false;
  *unit = found;
  *span = line_span(&p->units[found]->source, line);
  return true;
}

Diagnostic *lua_diagnose(const Project *p, Diagnostics *to, DiagnosticCode code, const SandboxError *error,
                         LuaAsked asked, const char *help, Str message) {
  uint32_t unit = asked.unit;
  Span span = asked.span;
  bool inside = lua_place(p, error->file, error->line ? error->line : 1, &unit, &span);
  Str place = STR("");
  if (!inside && error->line)
    place = arena_format(to->arena, " (" STR_FMT ", line %u)", STR_ARG(error->file), error->line);
  else if (!inside && error->file.len) place = arena_format(to->arena, " (" STR_FMT ")", STR_ARG(error->file));
  Str advice = error->trace.len
                   ? arena_format(to->arena, "%s%s" STR_FMT, help ? help : "", help ? "\n" : "", STR_ARG(error->trace))
                   : str_of(help ? help : "");
  Diagnostic *added = diagnose(to, code, unit, span, advice.at, STR_FMT STR_FMT, STR_ARG(message), STR_ARG(place));
  if (inside) diagnostic_relate(to, added, asked.unit, asked.span, "%s", asked.words);
  return added;
}

/* ---- what was printed ---- */

static bool is_same_line(const SandboxPrint *a, const SandboxPrint *b) {
  return a->line == b->line && str_is(a->file, b->file);
}

/* The first print of the same line; of the same text, too, where `text_too`. Itself where there is none before it. */
static size_t first_like(const SandboxPrint *list, size_t i, bool text_too) {
  size_t j = 0;
  while (j < i && !(is_same_line(&list[j], &list[i]) && (!text_too || str_is(list[j].text, list[i].text)))) j++;
  return j;
}

static bool is_new(const SandboxPrint *list, size_t i, bool text_too) { return first_like(list, i, text_too) == i; }

/* What the line printed behind the first time. */
static Str printed_later(const SandboxPrint *list, size_t count, size_t first, Arena *arena) {
  Buf later = {0};
  bool is_last = false;
  for (size_t i = first; i < count; i++) {
    if (!is_same_line(&list[first], &list[i])) continue;
    is_last = is_last || list[i].is_last;
    if (i > first && is_new(list, i, true))
      buf_printf(&later, "%s" STR_FMT, later.len ? "\n" : "then it printed\n", STR_ARG(list[i].text));
  }
  if (is_last)
    buf_printf(&later, "%sa script may print %d KiB, and %d times: what came behind is lost", later.len ? "\n" : "",
               LIMIT_LUA_PRINTED >> 10, LIMIT_LUA_PRINTS);
  return buf_take(&later, arena);
}

static bool is_said(const Diagnostics *list, size_t before, const Diagnostic *added) {
  for (size_t i = 0; i < before; i++) {
    const Diagnostic *other = &list->list.at[i];
    if (other->code == added->code && other->unit == added->unit && other->span.start == added->span.start &&
        str_is(other->message, added->message) && str_is(other->help, added->help))
      return true;
  }
  return false;
}

void lua_say_printed(const Project *p, Diagnostics *to, const SandboxPrint *list, size_t count, LuaAsked asked) {
  for (size_t i = 0; i < count; i++) {
    if (!is_new(list, i, false)) continue;
    SandboxError at = {.file = list[i].file, .line = list[i].line};
    Str words = list[i].text.len ? arena_format(to->arena, "printed: " STR_FMT, STR_ARG(list[i].text))
                                 : STR("printed an empty line");
    Str later = printed_later(list, count, i, to->arena);
    size_t before = to->list.len;
    Diagnostic *added = lua_diagnose(p, to, DIAG_PRINTED, &at, asked, later.len ? later.at : NULL, words);
    if (is_said(to, before, added)) to->list.len--;
  }
}
