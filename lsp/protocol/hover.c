/* textDocument/hover. */
#include "lsp/feature/hover.h"

#include "lsp/protocol/methods.h"

json_t *hover_show(Call *call) {
  Prose *prose;
  Span span;
  if (!json_object_get(call->params, "position")) return call_wrong(call, "position is missing");
  if (!hover_at(&call->spot, call->arena, &prose, &span)) return NULL;
  json_t *json = json_object();
  json_object_set_new(
      json, "contents",
      json_markup(call, "textDocument.hover.contentFormat", buf_str(&prose->markdown), buf_str(&prose->plain)));
  json_object_set_new(json, "range", json_range(call, call->spot.file, span));
  return json;
}

void hover_announce(const Client *client, json_t *capabilities) {
  (void)client;
  json_object_set_new(capabilities, "hoverProvider", json_true());
}
