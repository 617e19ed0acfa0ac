#include "lsp/protocol/hierarchy.h"

#include "lsp/protocol/commands.h"

json_t *hierarchy_json(const Call *call, const Snapshot *snapshot, const HierarchyItem *item) {
  const File *file = snapshot->files[item->unit];
  json_t *json = json_object();
  json_object_set_new(json, "name", json_of(item->name));
  json_object_set_new(json, "kind", json_integer(item->kind));
  if (item->detail.len > 0) json_object_set_new(json, "detail", json_of(item->detail));
  json_object_set_new(json, "uri", json_of(file->uri));
  json_object_set_new(json, "range", json_range(call, file, item->range));
  json_object_set_new(json, "selectionRange", json_range(call, file, item->name_span));
  return json;
}

bool hierarchy_find(Call *call, Spot *spot) {
  const json_t *item = json_object_get(call->params, "item"), *range = json_object_get(item, "selectionRange");
  const CallState *state = NULL;
  uint32_t unit = NONE;
  Span span;
  if (!call_find_file(call, json_get_text(item, "uri"), &state, &unit))
    return call_wrong(call, "item.uri is no file of the projects that are open"), false;
  const File *file = state->snapshot->files[unit];
  if (!call_read_range(call, file, range, &span)) return call_wrong(call, "item.selectionRange is none"), false;
  *spot = (Spot){state->snapshot, state->late, file, unit, span.start};
  return true;
}
