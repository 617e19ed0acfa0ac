#include "lsp/server/watch.h"

#include "lsp/protocol/registration.h"
#include "lsp/server/state.h"

static Str folder_of(Str path) {
  while (path.len > 1 && path.at[path.len - 1] != '/') path.len--;
  return path.len > 1 ? str_slice(path, 0, path.len - 1) : path;
}

void watch_root(Server *server, Root *root) {
  const ServerOptions *options = &server->options;
  bool wanted = options->watch && root->is_anew && !client_watches_files(&server->session.client);
  root->is_anew = false;
  if (!wanted) return;
  Str last = root->is_file ? folder_of(root->path) : root->path;
  options->watch(options->context, last);
  for (uint32_t u = 0; u < root->snapshot->project->unit_count; u++) {
    const File *file = root->snapshot->files[u];
    Str folder = file ? folder_of(file->path) : last;
    if (!str_is(folder, last)) options->watch(options->context, folder);
    last = folder;
  }
}

/* What editors write beside a file for a moment is none of ours. */
static bool is_ours(Str path) {
  static const Str endings[] = {STR(".journey"), STR(".lua"),   STR(".json"),   STR(".csv"),
                                STR(".tsv"),     STR(".jsonl"), STR(".ndjson"), STR(".gz")};
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
    if (str_ends(path, endings[i])) return true;
  return false;
}

void server_touched(Server *server, Str path, bool is_folder) {
  if (is_folder && server->options.watch) server->options.watch(server->options.context, path);
  if (is_folder || is_ours(path)) workspace_touched(server->session.workspace, path);
}
