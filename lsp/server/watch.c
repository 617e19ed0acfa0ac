#include "lsp/server/watch.h"

#include "base/os.h"
#include "lsp/protocol/registration.h"
#include "lsp/server/state.h"

/* Clients tell of what lies in the folders that they have opened, nothing else. */
static bool is_told(const Server *server, Str path) {
  const Workspace *workspace = server->session.workspace;
  if (!client_watches_files(&server->session.client)) return false;
  for (size_t i = 0; i < workspace->roots.len; i++) {
    const Root *root = workspace->roots.at[i];
    if (root->is_wanted && !root->is_file && os_is_in(path, root->path)) return true;
  }
  return false;
}

static void watch(const Server *server, Str folder) {
  if (server->options.watch && !is_told(server, folder)) server->options.watch(server->options.context, folder);
}

void watch_root(Server *server, Root *root) {
  if (!root->is_anew) return;
  root->is_anew = false;
  Str last = root->is_file ? os_folder(root->path) : root->path;
  watch(server, last);
  for (uint32_t u = 0; u < root->snapshot->project->unit_count; u++) {
    const File *file = root->snapshot->files[u];
    Str folder = file ? os_folder(file->path) : last;
    if (!str_is(folder, last)) watch(server, folder);
    last = folder;
  }
}

/* ---- data ---- */

typedef bool EachData(const Server *server, Str path, Str wanted);

/* Whether `each` says so of one of the data files that are known. */
static bool any_data(const Server *server, const Root *root, EachData *each, Str wanted) {
  const EvidenceFile *files;
  size_t count = root->late && root->late->evidence ? evidence_files(root->late->evidence, &files) : 0;
  Arena *arena = arena_new();
  bool found = false;
  for (size_t i = 0; i < count && !found; i++) found = each(server, os_absolute(arena, files[i].path), wanted);
  arena_free(arena);
  return found;
}

static bool watch_data(const Server *server, Str path, Str wanted) {
  (void)wanted;
  if (server->options.watch) server->options.watch(server->options.context, os_folder(path));
  return false;
}

static bool is_data(const Server *server, Str path, Str wanted) {
  (void)server;
  return str_is(path, wanted);
}

void watch_evidence(Server *server, const Root *root) { any_data(server, root, watch_data, STR("")); }

/* What editors write beside a file for a moment is none of ours; data may have any name. */
static bool is_ours(const Server *server, Str path) {
  static const Str endings[] = {STR(".journey"), STR(".lua"),   STR(".json"),   STR(".csv"),
                                STR(".tsv"),     STR(".jsonl"), STR(".ndjson"), STR(".gz")};
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
    if (str_ends(path, endings[i])) return true;
  for (size_t i = 0; i < server->session.workspace->roots.len; i++)
    if (any_data(server, server->session.workspace->roots.at[i], is_data, path)) return true;
  return false;
}

void server_touched(Server *server, Str path, bool is_folder) {
  if (is_folder && server->options.watch) server->options.watch(server->options.context, path);
  if (is_folder || is_ours(server, path)) workspace_touched(server->session.workspace, path);
}
