/* What the server asks the client to tell it of, once it has been greeted. */
#ifndef JOURNEY_LSP_PROTOCOL_REGISTRATION_H
#define JOURNEY_LSP_PROTOCOL_REGISTRATION_H

#include "lsp/protocol/session.h"

/* Changes of files and of settings, where the client takes such wishes. */
void registration_ask(Session *session);
/* Whether the client tells of changed files; else the server watches them itself. */
bool client_watches_files(const Client *client);

#endif
