/* Files of the disk that change behind the editor's back, for clients that don't tell. */
#ifndef JOURNEY_LSP_SERVER_WATCH_H
#define JOURNEY_LSP_SERVER_WATCH_H

#include "lsp/server/server.h"

/* The folders of all files of a project that was read. */
void watch_root(Server *server, Root *root);

#endif
