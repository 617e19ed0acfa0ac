/* The life of a session: initialize, initialized, shutdown, exit, and what the protocol itself needs ($/…). */
#ifndef JOURNEY_LSP_SERVER_LIFE_H
#define JOURNEY_LSP_SERVER_LIFE_H

#include "lsp/server/server.h"

/* Whether the message was one of these; then it has been dealt with, and both are gone. */
bool life_take(Server *server, const char *method, json_t *message, Pending *pending);

#endif
