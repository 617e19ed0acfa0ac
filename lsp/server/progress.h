/* Work that takes longer than half a second is shown by the client, where it can. It is asked for a bar only then: some
 * editors show that something is going on from when they are asked. */
#ifndef JOURNEY_LSP_SERVER_PROGRESS_H
#define JOURNEY_LSP_SERVER_PROGRESS_H

#include <pthread.h>
#include <stdatomic.h>

#include "lsp/server/server.h"

typedef enum { PROGRESS_READING, PROGRESS_MEASURING, PROGRESS_KINDS } ProgressKind;

enum { PROGRESS_AFTER_MILLISECONDS = 500 };

typedef struct {
  pthread_mutex_t lock; /* of all but is_ready */
  struct {
    bool is_on;           /* such work goes on */
    bool is_asked;        /* the client was asked for a bar */
    atomic_bool is_ready; /* it has it; set by the thread that reads, which must not wait for a lock that is held while
                             writing */
    bool is_shown;        /* it was told to show it */
    unsigned number;      /* of the bar: each is shown once */
  } bars[PROGRESS_KINDS];
} Progresses;

/* On the thread that reads: that the client has a bar may be heard while the server is busy. */
void progress_note(Server *server, const json_t *message);
/* Such work begins, and ends. */
void progress_on(Server *server, ProgressKind kind);
void progress_off(Server *server, ProgressKind kind);
/* It has taken that long, or the client has its bar; any thread but the one that reads. */
void progress_show(Server *server, ProgressKind kind);

#endif
