/* Files of the disk that change behind the editor's back, for clients that don't tell. */
#ifndef JOURNEY_LSP_SERVER_WATCH_H
#define JOURNEY_LSP_SERVER_WATCH_H

#include "lsp/server/server.h"

/* The folders of all files of a project that was read; those that the client tells of are left to it. */
void watch_root(Server *server, Root *root);
/* Those of its data, whatever their names. */
void watch_evidence(Server *server, const Root *root);

#endif
