#include "write/diagnostics_json.h"

#include "write/json_out.h"
#include "write/places.h"

static void write_place(JsonOut *out, Places *places, uint32_t unit, const char *key, uint32_t offset) {
  Position position = places_position(places, unit, offset);
  json_begin_object(out, key);
  json_num(out, "line", position.line);
  json_num(out, "column", position.column);
  json_num(out, "offset", offset);
  json_end_object(out);
}

static void write_span(JsonOut *out, Places *places, uint32_t unit, Span span) {
  write_place(out, places, unit, "start", span.start);
  write_place(out, places, unit, "end", span.end);
}

static void write_where(JsonOut *out, const Project *project, Places *places, uint32_t unit, Span span) {
  if (unit >= project->unit_count) return;
  json_str(out, "path", project->units[unit]->source.path);
  write_span(out, places, unit, span);
}

static void write_related(JsonOut *out, const Project *project, Places *places, const Diagnostic *diagnostic) {
  if (!diagnostic->related_count) return;
  json_begin_array(out, "related");
  for (uint32_t i = 0; i < diagnostic->related_count; i++) {
    const Related *related = &diagnostic->related[i];
    json_begin_object(out, NULL);
    json_str(out, "message", related->text);
    write_where(out, project, places, related->unit, related->span);
    json_end_object(out);
  }
  json_end_array(out);
}

static void write_diagnostic(JsonOut *out, const Project *project, Places *places, const Diagnostic *diagnostic) {
  json_begin_object(out, NULL);
  json_str(out, "code", diagnostic_label(diagnostic));
  json_c(out, "severity", diagnostic_severity_word(diagnostic->severity));
  json_str(out, "title", diagnostic->own ? diagnostic->own->title : str_of(diagnostic_info(diagnostic->code).title));
  json_str(out, "message", diagnostic->message);
  if (diagnostic->help.len) json_str(out, "help", diagnostic->help);
  write_where(out, project, places, diagnostic->unit, diagnostic->span);
  write_related(out, project, places, diagnostic);
  if (diagnostic->has_fix && diagnostic->unit < project->unit_count) {
    json_begin_object(out, "fix");
    write_span(out, places, diagnostic->unit, diagnostic->fix);
    json_str(out, "replacement", diagnostic->replacement);
    json_bool(out, "sure", diagnostic->fix_is_sure);
    json_end_object(out);
  }
  json_end_object(out);
}

void diagnostics_write_json(const Project *project, const Diagnostics *list, Buf *to) {
  Arena *arena = arena_new();
  Places *places = places_new(project, arena);
  JsonOut out = json_out(to);
  json_begin_object(&out, NULL);
  json_num(&out, "version", 1);
  json_num(&out, "errors", (double)diagnostics_count(list, SEVERITY_ERROR));
  json_num(&out, "warnings", (double)diagnostics_count(list, SEVERITY_WARNING));
  json_num(&out, "information", (double)diagnostics_count(list, SEVERITY_INFORMATION));
  json_num(&out, "hints", (double)diagnostics_count(list, SEVERITY_HINT));
  json_begin_array(&out, "diagnostics");
  for (size_t i = 0; i < list->list.len; i++) write_diagnostic(&out, project, places, &list->list.at[i]);
  json_end_array(&out);
  json_end_object(&out);
  json_end(&out);
  arena_free(arena);
}
