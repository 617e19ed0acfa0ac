#include "lsp/protocol/workspace_edit.h"

#include "lsp/text/uri.h"

bool client_makes_files(const Client *client) {
  return client_can(client, "workspace.workspaceEdit.documentChanges") &&
         client_lists(client, "workspace.workspaceEdit.resourceOperations", "create");
}

static bool makes_files(const Edits *edits) {
  for (size_t i = 0; i < edits->list.len; i++)
    if (!edits->list.at[i].file) return true;
  return false;
}

/* Changes that want a look are marked so, where the client shows that. */
static json_t *edit_json(const Call *call, const Edit *edit, json_t *labels) {
  json_t *json = json_text_edit(call, edit->file, edit->span, edit->text);
  if (!labels || !edit->why) return json;
  json_object_set_new(json, "annotationId", json_string(edit->why));
  if (!json_object_get(labels, edit->why))
    json_object_set_new(labels, edit->why, json_pack("{s:s, s:b}", "label", edit->why, "needsConfirmation", 1));
  return json;
}

static json_t *plain_changes(const Call *call, const Edits *edits) {
  json_t *changes = json_object();
  for (size_t i = 0; i < edits->list.len; i++) {
    const Edit *edit = &edits->list.at[i];
    Str uri = arena_copy(call->arena, edit->file->uri);
    json_t *list = json_object_get(changes, uri.at);
    if (!list) json_object_set_new(changes, uri.at, list = json_array());
    json_array_append_new(list, edit_json(call, edit, NULL));
  }
  return changes;
}

static json_t *text_document_edit(const File *file) {
  json_t *document = json_object(), *json = json_object();
  json_object_set_new(document, "uri", json_of(file->uri));
  json_object_set_new(document, "version", file->version == NO_VERSION ? json_null() : json_integer(file->version));
  json_object_set_new(json, "textDocument", document);
  json_object_set_new(json, "edits", json_array());
  return json;
}

/* A new file: made, then filled. */
static void add_made(const Call *call, const Edit *edit, json_t *changes) {
  json_t *uri = json_of(uri_of_path(call->arena, edit->made));
  json_t *start = json_position((TextPosition){0, 0});
  json_array_append_new(changes,
                        json_pack("{s:s, s:O, s:{s:b}}", "kind", "create", "uri", uri, "options", "ignoreIfExists", 0));
  json_array_append_new(changes,
                        json_pack("{s:{s:o, s:n}, s:[{s:{s:O, s:o}, s:o}]}", "textDocument", "uri", uri, "version",
                                  "edits", "range", "start", start, "end", start, "newText", json_of(edit->text)));
  json_decref(uri);
  json_decref(start);
}

/* Those of one file stand behind one another in the list, or are gathered. */
static json_t *document_changes(const Call *call, const Edits *edits, json_t *labels) {
  json_t *changes = json_array();
  for (size_t i = 0; i < edits->list.len; i++) {
    const Edit *edit = &edits->list.at[i];
    bool told = false;
    if (!edit->file) {
      add_made(call, edit, changes);
      continue;
    }
    for (size_t k = 0; k < i && !told; k++) told = edits->list.at[k].file == edit->file;
    if (told) continue;
    json_t *json = text_document_edit(edit->file), *list = json_object_get(json, "edits");
    for (size_t k = i; k < edits->list.len; k++)
      if (edits->list.at[k].file == edit->file)
        json_array_append_new(list, edit_json(call, &edits->list.at[k], labels));
    json_array_append_new(changes, json);
  }
  return changes;
}

json_t *json_workspace_edit(const Call *call, const Edits *edits) {
  json_t *json = json_object();
  if (!client_can(call->client, "workspace.workspaceEdit.documentChanges")) {
    if (!makes_files(edits)) json_object_set_new(json, "changes", plain_changes(call, edits));
    else json_decref(json), json = NULL;
    return json;
  }
  if (makes_files(edits) && !client_makes_files(call->client)) return json_decref(json), NULL;
  json_t *labels = client_get(call->client, "workspace.workspaceEdit.changeAnnotationSupport") ? json_object() : NULL;
  json_object_set_new(json, "documentChanges", document_changes(call, edits, labels));
  if (labels && json_object_size(labels) > 0) json_object_set(json, "changeAnnotations", labels);
  json_decref(labels);
  return json;
}
