#include "lsp/feature/selection.h"

#include "lsp/protocol/methods.h"

static json_t *selection_json(const Call *call, Selection selection) {
  json_t *json = NULL;
  for (uint32_t i = selection.count; i-- > 0;) {
    json_t *inner = json_object();
    json_object_set_new(inner, "range", json_range(call, call->spot.file, selection.at[i]));
    if (json) json_object_set_new(inner, "parent", json);
    json = inner;
  }
  return json;
}

json_t *selection_ranges(Call *call) {
  const json_t *positions = json_object_get(call->params, "positions");
  if (!json_is_array(positions)) return call_wrong(call, "positions is no list");
  json_t *list = json_array();
  for (size_t i = 0; i < json_array_size(positions); i++) {
    Spot spot = call->spot;
    if (!call_read_offset(call, spot.file, json_array_get(positions, i), &spot.offset)) {
      json_decref(list);
      return call_wrong(call, "a position is none: it takes a line and a character from 0 on");
    }
    json_array_append_new(list, selection_json(call, selection_of(&spot, call->arena)));
  }
  return list;
}

void selection_announce(const Client *client, json_t *capabilities) {
  (void)client;
  json_object_set_new(capabilities, "selectionRangeProvider", json_true());
}
