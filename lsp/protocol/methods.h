/* The table of methods: which message goes to which handler, and what the handlers announce at `initialize`. */
#ifndef JOURNEY_LSP_PROTOCOL_METHODS_H
#define JOURNEY_LSP_PROTOCOL_METHODS_H

#include "lsp/protocol/call.h"

typedef enum {
  METHOD_NOTE,          /* a notification; may change the session */
  METHOD_SESSION,       /* a request that may change the session, or ask the client something */
  METHOD_DOCUMENT,      /* a request about params.textDocument, answered at once: call->spot says where */
  METHOD_WORKSPACE,     /* about all projects, answered at once: call->states */
  METHOD_DOCUMENT_SLOW, /* the same on a thread of its own, of the state when it was asked */
  METHOD_WORKSPACE_SLOW,
} MethodKind;

typedef json_t *Handler(Call *call);

typedef struct {
  const char *name;
  Handler *handler;
  MethodKind kind;
  const char *nothing;
} Method;

/* NULL where there is none of that name. */
const Method *method_find(const char *name);

/* Adds what the server can do for this client to its ServerCapabilities: each feature what belongs to it. */
typedef void Announce(const Client *client, json_t *capabilities);
void methods_announce(const Client *client, json_t *capabilities);

#define METHOD(name, handler, kind, nothing) Handler handler;
#include "lsp/protocol/methods.def"
#undef METHOD

#endif
