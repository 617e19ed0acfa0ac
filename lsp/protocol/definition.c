#include "lsp/feature/definition.h"

#include "lsp/protocol/methods.h"
#include "lsp/text/uri.h"

/* The standard library is in no file: clients that can show texts without one get its address. */
static Str uri_of(const Call *call, const Target *target) {
  if (target->unit == NONE) return target->is_page ? target->path : uri_of_path(call->arena, target->path);
  const File *file = call->spot.snapshot->files[target->unit];
  if (file) return file->uri;
  if (!json_is_object(client_get(call->client, "workspace.textDocumentContent"))) return STR("");
  Str path = call->spot.snapshot->project->units[target->unit]->source.path;
  return arena_format(call->arena, "journey-library:///" STR_FMT, STR_ARG(path));
}

static json_t *range_of(const Call *call, const Target *target, Span span) {
  const File *file = target->unit == NONE ? NULL : call->spot.snapshot->files[target->unit];
  if (file) return json_range(call, file, span);
  TextRange range = {{target->line, 0}, {target->line, target->length}};
  if (target->unit != NONE) {
    Str text = call->spot.snapshot->project->units[target->unit]->source.text;
    Lines lines = lines_of(text);
    range = text_range(text, &lines, call->encoding, span);
    lines_free(&lines);
  }
  json_t *json = json_object();
  json_object_set_new(json, "start", json_position(range.start));
  json_object_set_new(json, "end", json_position(range.end));
  return json;
}

static json_t *link_json(const Call *call, const Target *target, Str uri, Span origin) {
  json_t *json = json_object();
  json_object_set_new(json, "originSelectionRange", json_range(call, call->spot.file, origin));
  json_object_set_new(json, "targetUri", json_of(uri));
  json_object_set_new(json, "targetRange", range_of(call, target, target->whole));
  json_object_set_new(json, "targetSelectionRange", range_of(call, target, target->name));
  return json;
}

static json_t *targets_json(const Call *call, Targets targets, const char *links) {
  bool as_links = client_can(call->client, links);
  json_t *list = json_array();
  for (uint32_t i = 0; i < targets.count; i++) {
    const Target *target = &targets.at[i];
    Str uri = uri_of(call, target);
    if (uri.len == 0) continue;
    if (as_links) json_array_append_new(list, link_json(call, target, uri, targets.origin));
    else
      json_array_append_new(
          list, json_pack("{s:o, s:o}", "uri", json_of(uri), "range", range_of(call, target, target->name)));
  }
  return list;
}

json_t *definition(Call *call) {
  return targets_json(call, definition_of(&call->spot, call->arena), "textDocument.definition.linkSupport");
}

json_t *declaration(Call *call) {
  return targets_json(call, declaration_of(&call->spot, call->arena), "textDocument.declaration.linkSupport");
}

json_t *implementation(Call *call) {
  return targets_json(call, implementation_of(&call->spot, call->arena), "textDocument.implementation.linkSupport");
}

json_t *type_definition(Call *call) {
  return targets_json(call, type_definition_of(&call->spot, call->arena), "textDocument.typeDefinition.linkSupport");
}

void definition_announce(const Client *client, json_t *capabilities) {
  (void)client;
  json_object_set_new(capabilities, "definitionProvider", json_true());
  json_object_set_new(capabilities, "declarationProvider", json_true());
  json_object_set_new(capabilities, "implementationProvider", json_true());
  json_object_set_new(capabilities, "typeDefinitionProvider", json_true());
}
