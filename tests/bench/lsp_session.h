/* A server with one document open, and what is asked of it: each function takes samples, in milliseconds. */
#ifndef JOURNEY_BENCH_LSP_SESSION_H
#define JOURNEY_BENCH_LSP_SESSION_H

#include "base/vec.h"
#include "lsp_client.h"
#include "lsp_servers.h"

typedef VEC(double) Samples;

typedef struct {
  Client client;
  Document document;
  const Server *server;
  Str address, folder; /* address: the document's URI */
  long version;
  json_t *offers; /* the server's capabilities */
  Arena *arena;
} Session;

typedef enum { ASK_COMPLETION, ASK_HOVER, ASK_SYMBOLS, ASK_TOKENS, ASK_DELTA, ASK_COUNT } Ask;

/* Runs the server with `folder` as its workspace and opens `text` there under the server's name for it; a client that
 * `pulls` says that it asks for diagnostics. False where the server says nothing for ten seconds. */
bool session_open(Session *session, const Server *server, const char *folder, Str text, bool pulls,
                  const cpu_set_t *processors);
void session_close(Session *session);
/* Until the diagnostics of the last version are there, then until nothing has come for so many seconds. */
bool session_settle(Session *session, double quiet);

/* Sends an edit of one of the server's kinds, waits for the diagnostics. All return false where none came in time. */
bool session_edit(Session *session);
bool session_push(Session *session, unsigned count, Samples *to);
bool session_pull(Session *session, unsigned count, Samples *to);
bool session_ask(Session *session, Ask what, unsigned count, Samples *to);
/* Twenty keys, one each 80 milliseconds, and a hover right behind the last. */
bool session_burst(Session *session, unsigned count, Samples *to);
/* A change of the document after which the diagnostics of so many other files are others. `own`: until the document's
 * own are there. */
bool session_change_all(Session *session, const EditKind *kind, long files, Samples *all, Samples *own);
/* The diagnostics of the whole workspace in one answer, with `count` files or more in the first; with a change before
 * it where `kind` is not NULL. */
bool session_pull_all(Session *session, const EditKind *kind, size_t count, Samples *to);

/* Of the process: memory in MB (`field` as in /proc/PID/status); milliseconds of processor use, its children's too. */
double session_memory(const Session *session, const char *field);
double session_used(const Session *session);

#endif
