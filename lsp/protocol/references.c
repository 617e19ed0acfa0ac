#include "lsp/feature/references.h"

#include "lsp/protocol/methods.h"
#include "lsp/protocol/written.h"

json_t *references(Call *call) {
  const json_t *context = json_object_get(call->params, "context");
  bool declaration = json_is_true(json_object_get(context, "includeDeclaration"));
  Uses uses = references_of(&call->spot, call->arena);
  Buf to = {0};
  for (uint32_t i = 0; i < uses.count && !call_is_stopped(call); i++) {
    const Use *use = &uses.at[i];
    const File *file = call->spot.snapshot->files[use->at.unit];
    if (use->kind == USE_DECLARES && !declaration) continue;
    buf_add_c(&to, to.len == 0 ? "[{\"uri\":" : ",{\"uri\":");
    write_json_text(file->uri, &to);
    write_json_key("range", &to);
    write_json_range(call, file, use->span, &to);
    buf_add_byte(&to, '}');
  }
  buf_add_c(&to, to.len == 0 ? "[]" : "]");
  return call_write(call, &to);
}

void references_announce(const Client *client, json_t *capabilities) {
  (void)client;
  json_object_set_new(capabilities, "referencesProvider", json_true());
}

/* ---- what is marked in the file ---- */

enum { HIGHLIGHT_READ = 2, HIGHLIGHT_WRITE = 3 };

json_t *document_highlights(Call *call) {
  Uses uses = highlights_of(&call->spot, call->arena);
  json_t *list = json_array();
  for (uint32_t i = 0; i < uses.count; i++) {
    const Use *use = &uses.at[i];
    bool writes = use->kind == USE_DECLARES || use->kind == USE_OVERLAYS || use->kind == USE_CHANGES;
    json_t *json = json_object();
    json_object_set_new(json, "range", json_range(call, call->spot.file, use->span));
    json_object_set_new(json, "kind", json_integer(writes ? HIGHLIGHT_WRITE : HIGHLIGHT_READ));
    json_array_append_new(list, json);
  }
  return list;
}

void highlights_announce(const Client *client, json_t *capabilities) {
  (void)client;
  json_object_set_new(capabilities, "documentHighlightProvider", json_true());
}
