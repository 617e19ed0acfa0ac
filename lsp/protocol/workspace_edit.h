/* Changes of texts as the client takes them: with versions, files to make and labels where it can, else plain. */
#ifndef JOURNEY_LSP_PROTOCOL_WORKSPACE_EDIT_H
#define JOURNEY_LSP_PROTOCOL_WORKSPACE_EDIT_H

#include "lsp/feature/edits.h"
#include "lsp/protocol/call.h"

/* A WorkspaceEdit; NULL where it makes files, and the client can't. `uri_of` is not needed for files of snapshots. */
json_t *json_workspace_edit(const Call *call, const Edits *edits);
/* Whether the client can make files by it. */
bool client_makes_files(const Client *client);

#endif
