/* Files that the editor makes, renames and deletes: before, so that what names them follows; after, to look again. */
#include "lsp/feature/moves.h"
#include "lsp/protocol/methods.h"
#include "lsp/protocol/workspace_edit.h"
#include "lsp/text/uri.h"

/* `*to` gets the path of `file[key]`; false where that is no file of the disk. */
static bool read_path(const Call *call, const json_t *file, const char *key, Str *to) {
  Str uri = json_get_text(file, key);
  if (!uri_is_file(uri)) return false;
  *to = workspace_path(call->session->workspace, call->arena, uri);
  while (to->len > 1 && to->at[to->len - 1] == '/') to->len--;
  return true;
}

/* A file may belong to several projects: it is changed once. */
static void drop_known(Edits *edits, size_t known) {
  size_t kept = known;
  for (size_t i = known; i < edits->list.len; i++) {
    bool again = false;
    for (size_t k = 0; k < known && !again; k++)
      again = str_is(edits->list.at[k].file->path, edits->list.at[i].file->path);
    if (!again) edits->list.at[kept++] = edits->list.at[i];
  }
  edits->list.len = kept;
}

json_t *files_will_rename(Call *call) {
  const json_t *files = json_object_get(call->params, "files");
  size_t count = 0;
  if (!json_is_array(files)) return call_wrong(call, "files is no array");
  Move *moves = ARENA_ARRAY(call->arena, Move, json_array_size(files) + 1);
  for (size_t i = 0; i < json_array_size(files); i++) {
    const json_t *file = json_array_get(files, i);
    if (read_path(call, file, "oldUri", &moves[count].from) && read_path(call, file, "newUri", &moves[count].to))
      count++;
  }
  Edits *edits = edits_new(call->arena);
  for (size_t i = 0; i < call->state_count && !call_is_stopped(call); i++) {
    size_t known = edits->list.len;
    moves_edit(call->states[i].snapshot, moves, count, edits);
    drop_known(edits, known);
  }
  return edits->list.len > 0 ? json_workspace_edit(call, edits) : NULL;
}

static void touch(const Call *call, const json_t *file, const char *key) {
  Str path;
  if (read_path(call, file, key, &path)) workspace_touched(call->session->workspace, path);
}

json_t *files_renamed(Call *call) {
  const json_t *files = json_object_get(call->params, "files");
  for (size_t i = 0; i < json_array_size(files); i++) {
    touch(call, json_array_get(files, i), "oldUri");
    touch(call, json_array_get(files, i), "newUri");
  }
  return NULL;
}

json_t *files_came_or_went(Call *call) {
  const json_t *files = json_object_get(call->params, "files");
  for (size_t i = 0; i < json_array_size(files); i++) touch(call, json_array_get(files, i), "uri");
  return NULL;
}

/* Any file may be named by a map, as data, and any folder may hold some. */
static void add(const Client *client, json_t *operations, const char *capability, const char *name) {
  if (!client_can(client, capability)) return;
  json_t *all =
      json_pack("{s:[{s:s, s:{s:s, s:s}}, {s:s, s:{s:s, s:s}}]}", "filters", "scheme", "file", "pattern", "glob",
                "**/*", "matches", "file", "scheme", "file", "pattern", "glob", "**", "matches", "folder");
  json_object_set_new(operations, name, all);
}

void files_announce(const Client *client, json_t *capabilities) {
  json_t *operations = json_object(), *workspace = json_object_get(capabilities, "workspace");
  add(client, operations, "workspace.fileOperations.willRename", "willRename");
  add(client, operations, "workspace.fileOperations.didRename", "didRename");
  add(client, operations, "workspace.fileOperations.didCreate", "didCreate");
  add(client, operations, "workspace.fileOperations.didDelete", "didDelete");
  if (json_object_size(operations) == 0) {
    json_decref(operations);
    return;
  }
  if (!workspace) json_object_set_new(capabilities, "workspace", workspace = json_object());
  json_object_set_new(workspace, "fileOperations", operations);
}
