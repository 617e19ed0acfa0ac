#include "write/ci_parts.h"

#include "base/os.h"

Str ci_root(const Project *project, Arena *arena) {
  Str here = os_working_folder(arena);
  Str folder = here;
  if (project->named_count > 0) folder = os_folder(os_absolute(arena, project->units[1]->source.path));
  for (;; folder = os_folder(folder)) {
    if (os_kind(arena_format(arena, STR_FMT "/.git", STR_ARG(folder)).at) != OS_NOTHING) return folder;
    if (str_is(folder, os_folder(folder))) return here;
  }
}

static Str path_from(Str root, Str path, Arena *arena) {
  Str absolute = os_absolute(arena, path);
  return os_is_in(absolute, root) ? os_relative(arena, absolute, root) : absolute;
}

Ci ci_begin(const CiReport *report) {
  const Project *project = report->project;
  Arena *arena = arena_new();
  Str *paths = ARENA_ARRAY(arena, Str, project->unit_count);
  for (uint32_t u = 0; u < project->unit_count; u++)
    paths[u] = project_is_own(project, u) ? path_from(report->root, project->units[u]->source.path, arena)
                                          : project->units[u]->source.path;
  return (Ci){report, arena, places_new(project, arena), paths};
}

void ci_end(Ci *ci) { arena_free(ci->arena); }

Str ci_title(const Diagnostic *diagnostic) {
  return diagnostic->own ? diagnostic->own->title : str_of(diagnostic_info(diagnostic->code).title);
}

bool ci_fails(const Ci *ci, const Diagnostic *diagnostic) {
  return diagnostic->severity == SEVERITY_ERROR ||
         (ci->report->warnings_fail && diagnostic->severity == SEVERITY_WARNING);
}

Str ci_words(const Ci *ci, const Diagnostic *diagnostic) {
  if (!diagnostic->help.len) return diagnostic->message;
  return arena_format(ci->arena, STR_FMT "\nhelp: " STR_FMT, STR_ARG(diagnostic->message), STR_ARG(diagnostic->help));
}

Str ci_place(const Ci *ci, uint32_t unit, uint32_t offset) {
  if (unit >= ci->report->project->unit_count) return STR("");
  Position position = places_position(ci->places, unit, offset);
  return arena_format(ci->arena, STR_FMT ":%u:%u: ", STR_ARG(ci->paths[unit]), (unsigned)position.line,
                      (unsigned)position.column);
}

Str ci_story(const Ci *ci, const Diagnostic *diagnostic) {
  Buf story = {0};
  buf_add(&story, diagnostic->message);
  for (uint32_t i = 0; i < diagnostic->related_count; i++) {
    const Related *related = &diagnostic->related[i];
    buf_add_byte(&story, '\n');
    buf_add(&story, ci_place(ci, related->unit, related->span.start));
    buf_add(&story, related->text);
  }
  if (diagnostic->help.len) {
    buf_add(&story, STR("\nhelp: "));
    buf_add(&story, diagnostic->help);
  }
  return buf_take(&story, ci->arena);
}
