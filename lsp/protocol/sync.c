/* Texts and files as the client tells of them. */
#include "lsp/protocol/methods.h"
#include "lsp/text/uri.h"

static Str uri_of(const Call *call) { return json_get_text(json_object_get(call->params, "textDocument"), "uri"); }

static int32_t version_of(const Call *call) {
  const json_t *version = json_object_get(json_object_get(call->params, "textDocument"), "version");
  bool fits =
      json_is_integer(version) && json_integer_value(version) > INT32_MIN && json_integer_value(version) <= INT32_MAX;
  return fits ? (int32_t)json_integer_value(version) : NO_VERSION;
}

json_t *sync_open(Call *call) {
  const json_t *document = json_object_get(call->params, "textDocument");
  Str uri = uri_of(call);
  if (!uri_is_valid(uri)) return call_wrong(call, "textDocument.uri is no address");
  if (!json_is_string(json_object_get(document, "text"))) return call_wrong(call, "textDocument.text is no text");
  Workspace *workspace = call->session->workspace;
  Str path = workspace_path(workspace, call->arena, uri);
  documents_open(&workspace->documents, uri, path, json_get_text(document, "languageId"), version_of(call),
                 json_get_text(document, "text"));
  workspace_adopt(workspace, path, uri);
  return NULL;
}

static void change(Call *call, Document *document, const json_t *change) {
  Documents *documents = &call->session->workspace->documents;
  const json_t *range = json_object_get(change, "range");
  TextPosition start, end;
  Str text = json_get_text(change, "text");
  if (!json_is_string(json_object_get(change, "text"))) {
    call_wrong(call, "a change has no text");
    return;
  }
  if (!range || json_is_null(range)) {
    document_replace(documents, document, text);
    return;
  }
  if (!json_read_position(json_object_get(range, "start"), &start) ||
      !json_read_position(json_object_get(range, "end"), &end)) {
    call_wrong(call, "a change has no range of positions");
    return;
  }
  Str now = buf_str(&document->text);
  Span span = {text_offset(now, &document->lines, call->encoding, start),
               text_offset(now, &document->lines, call->encoding, end)};
  document_edit(documents, document, span, text);
}

json_t *sync_change(Call *call) {
  Workspace *workspace = call->session->workspace;
  Document *document = documents_find(&workspace->documents, workspace_path(workspace, call->arena, uri_of(call)));
  const json_t *changes = json_object_get(call->params, "contentChanges");
  if (!document) return call_wrong(call, "this document is not open");
  if (!json_is_array(changes)) return call_wrong(call, "contentChanges is no array");
  for (size_t i = 0; i < json_array_size(changes); i++) change(call, document, json_array_get(changes, i));
  document->version = version_of(call);
  return NULL;
}

json_t *sync_close(Call *call) {
  Workspace *workspace = call->session->workspace;
  Str path = workspace_path(workspace, call->arena, uri_of(call));
  documents_close(&workspace->documents, path);
  workspace_touched(workspace, path);
  return NULL;
}

json_t *sync_watched(Call *call) {
  Workspace *workspace = call->session->workspace;
  const json_t *changes = json_object_get(call->params, "changes");
  for (size_t i = 0; i < json_array_size(changes); i++) {
    Str uri = json_get_text(json_array_get(changes, i), "uri");
    if (uri_is_file(uri)) workspace_touched(workspace, workspace_path(workspace, call->arena, uri));
  }
  return NULL;
}

json_t *sync_folders(Call *call) {
  const json_t *event = json_object_get(call->params, "event");
  const json_t *added = json_object_get(event, "added"), *removed = json_object_get(event, "removed");
  for (size_t i = 0; i < json_array_size(removed); i++)
    workspace_drop_folder(call->session->workspace, json_get_text(json_array_get(removed, i), "uri"));
  for (size_t i = 0; i < json_array_size(added); i++)
    workspace_add_folder(call->session->workspace, json_get_text(json_array_get(added, i), "uri"));
  return NULL;
}

void sync_announce(const Client *client, json_t *capabilities) {
  json_object_set_new(capabilities, "textDocumentSync", json_pack("{s:b, s:i}", "openClose", 1, "change", 2));
  if (client_can(client, "workspace.workspaceFolders"))
    json_object_set_new(capabilities, "workspace",
                        json_pack("{s:{s:b, s:b}}", "workspaceFolders", "supported", 1, "changeNotifications", 1));
}
