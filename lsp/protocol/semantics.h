/* Semantic tokens: what was sent of each document last is kept, so that only what differs is sent again. */
#ifndef JOURNEY_LSP_PROTOCOL_SEMANTICS_H
#define JOURNEY_LSP_PROTOCOL_SEMANTICS_H

#include "lsp/feature/semantics.h"
#include "lsp/protocol/call.h"

/* Frees what is kept. */
void semantics_forget(Session *session);
/* The type of token that stands for it, where the client knows that. */
const char *semantics_type(Meaning meaning);

#endif
