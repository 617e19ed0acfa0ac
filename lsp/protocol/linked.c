#include "lsp/feature/linked.h"

#include "lsp/protocol/methods.h"

json_t *linked_editing(Call *call) {
  Uses uses = linked_names(&call->spot, call->arena);
  if (uses.count < 2) return NULL;
  json_t *ranges = json_array();
  for (uint32_t i = 0; i < uses.count; i++)
    json_array_append_new(ranges, json_range(call, call->spot.file, uses.at[i].span));
  return json_pack("{s:o, s:s}", "ranges", ranges, "wordPattern", NAME_PATTERN);
}

void linked_announce(const Client *client, json_t *capabilities) {
  (void)client;
  json_object_set_new(capabilities, "linkedEditingRangeProvider", json_true());
}
