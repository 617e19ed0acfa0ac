/* textDocument/documentLink. */
#include "lsp/feature/links.h"

#include "lsp/protocol/methods.h"

json_t *links_list(Call *call) {
  Link *links;
  size_t count = links_of(&call->spot, call->arena, &links);
  bool with_tooltip = client_can(call->client, "textDocument.documentLink.tooltipSupport");
  json_t *list = json_array();
  for (size_t i = 0; i < count; i++) {
    json_t *json = json_object();
    json_object_set_new(json, "range", json_range(call, call->spot.file, links[i].span));
    json_object_set_new(json, "target", json_of(links[i].target));
    if (with_tooltip && links[i].tooltip.len > 0) json_object_set_new(json, "tooltip", json_of(links[i].tooltip));
    json_array_append_new(list, json);
  }
  return list;
}

void links_announce(const Client *client, json_t *capabilities) {
  (void)client;
  json_object_set_new(capabilities, "documentLinkProvider", json_object());
}
