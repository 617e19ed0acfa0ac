/* Work that takes longer than half a second is shown by the client, where it can. */
#ifndef JOURNEY_LSP_SERVER_PROGRESS_H
#define JOURNEY_LSP_SERVER_PROGRESS_H

#include <pthread.h>
#include <stdatomic.h>

#include "lsp/server/server.h"

typedef enum { PROGRESS_READING, PROGRESS_MEASURING, PROGRESS_KINDS } ProgressKind;

enum { PROGRESS_AFTER_MILLISECONDS = 500 };

typedef struct {
  pthread_mutex_t lock; /* of what is on and shown */
  struct {
    atomic_int_fast64_t asked; /* the id of the request that asked the client for a bar; 0: none was made */
    atomic_bool is_ready; /* set by the thread that reads, which must not wait for a lock that is held while writing */
    unsigned number;      /* of the bar: each is shown once */
    bool is_on, is_shown;
  } bars[PROGRESS_KINDS];
} Progresses;

/* Asks the client for the bars, once it has been greeted. */
void progress_ask(Server *server);
/* On the thread that reads: its answer may come while the server is busy. */
void progress_note(Server *server, const json_t *message);
/* Such work begins, and ends. */
void progress_on(Server *server, ProgressKind kind);
void progress_off(Server *server, ProgressKind kind);
/* It has taken that long; any thread. */
void progress_show(Server *server, ProgressKind kind);

#endif
