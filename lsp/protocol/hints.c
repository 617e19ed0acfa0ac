/* textDocument/inlayHint. */
#include "lsp/feature/hints.h"

#include "lsp/protocol/methods.h"
#include "lsp/protocol/settings.h"

json_t *hints_list(Call *call) {
  Span span;
  Hint *hints;
  json_t *list = json_array();
  if (!call_read_range(call, call->spot.file, json_object_get(call->params, "range"), &span)) {
    json_decref(list);
    return call_wrong(call, "range is none");
  }
  if (!settings_say(call->session, "inlayHints.enable", true)) return list;
  bool has_lenses = json_is_object(client_get(call->client, "textDocument.codeLens")) &&
                    settings_say(call->session, "codeLens.enable", true);
  size_t count = hints_of(&call->spot, span, !has_lenses, call->arena, &hints);
  for (size_t i = 0; i < count; i++) {
    json_t *json = json_object();
    json_object_set_new(
        json, "position",
        json_position(text_position(call->spot.file->text, &call->spot.file->lines, call->encoding, hints[i].at)));
    json_object_set_new(json, "label", json_of(hints[i].label));
    json_object_set_new(json, "paddingLeft", json_true());
    if (hints[i].tooltip.len > 0) json_object_set_new(json, "tooltip", json_of(hints[i].tooltip));
    json_array_append_new(list, json);
  }
  return list;
}

void hints_announce(const Client *client, json_t *capabilities) {
  (void)client;
  json_object_set_new(capabilities, "inlayHintProvider", json_true());
}
