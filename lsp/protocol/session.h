/* What there is between this server and its client, beside single messages. */
#ifndef JOURNEY_LSP_PROTOCOL_SESSION_H
#define JOURNEY_LSP_PROTOCOL_SESSION_H

#include "lsp/protocol/client.h"
#include "lsp/workspace/workspace.h"

/* What the client was told of a file's diagnostics. */
typedef struct {
  char *uri;
  uint64_t hash;   /* of what it was told; 0: that there are none */
  int32_t version; /* of the text that it was told about */
  const Root *root;
  uint64_t seen; /* the number of the snapshot in which it was looked at last */
} Published;

/* What an answer to one of the server's own requests is given to. `result` is borrowed, NULL after an error. */
typedef struct Session Session;
typedef void SessionAnswered(Session *session, void *context, const json_t *result);

/* Drawings and tables of the program, which the server does not know how to make: see command/lsp.c. Each returns a
 * text in `arena`. */
typedef struct LspDrawing LspDrawing;

/* A request of the server that waits for its answer. */
typedef struct {
  int64_t id;
  SessionAnswered *answered;
  void *context;
} Waiting;

struct Session {
  Client client;
  ColumnUnits encoding;
  Workspace *workspace;
  const LspDrawing *drawing; /* NULL: none are made */
  json_t *settings;          /* the client's for `journey`, an object; may be empty */
  VEC(struct LivePage) live; /* protocol/live.h */
  VEC(char *) models;        /* addresses of models that the client has shown (workspace/textDocumentContent) */
  VEC(Published) published;  /* sorted by uri */
  struct SentTokens *tokens; /* protocol/semantics.h */
  char *attended;            /* the address of the document that the client opened, edited or asked about last; NULL */
  int trace;                 /* 0: off, 1: messages, 2: verbose */
  /* Sends a message to the client; the reference is stolen. Any thread. */
  void (*send)(void *context, json_t *message);
  /* Many messages follow one another, until it is let go: they may be sent together. NULL: each goes at once. */
  void (*hold)(void *context, bool on);
  void *context;
  VEC(Waiting) waiting;
  int64_t last_id;
};

/* `params` is stolen. */
void session_notify(const Session *session, const char *method, json_t *params);
/* `params` is stolen; `answered` may be NULL. */
void session_request(Session *session, const char *method, json_t *params, SessionAnswered *answered, void *context);
/* An answer of the client to one of those; borrowed. */
void session_answered(Session *session, const json_t *message);

#endif
