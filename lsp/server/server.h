/* The language server's core: it takes messages, keeps the session and does what is left to do. It belongs to one
 * thread; `journey lsp` puts threads around it (loop.c), tests and fuzzers drive it as it is. */
#ifndef JOURNEY_LSP_SERVER_SERVER_H
#define JOURNEY_LSP_SERVER_SERVER_H

#include "lsp/protocol/session.h"

typedef struct Server Server;

/* Work that may take long, and touches nothing that can change: done on any thread, its end on the server's. */
typedef struct Job {
  void (*work)(struct Job *job);
  void (*end)(Server *server, struct Job *job); /* frees it */
  bool is_late; /* what is computed after edits, one at a time; else the answer to a request */
  double pause; /* seconds that a late one waits before it begins, unless it is stopped in them */
  atomic_bool stop;
} Job;

typedef struct {
  /* What goes to the client: one message, with its header. Any thread. */
  void (*write)(void *context, Str bytes);
  /* The first folder that the client opened: what is shown of paths begins there; NULL: at the working folder. */
  void (*enter)(void *context, Str folder);
  /* Whether what is written may wait, so that much of it goes at once; NULL: it never does. */
  void (*hold)(void *context, bool on);
  /* Does job->work elsewhere, and then gives the job to server_end; NULL: done at once. */
  void (*start)(void *context, Job *job);
  /* Asks to be told, by server_touched, of what changes in the folder; NULL: nobody tells. */
  void (*watch)(void *context, Str folder);
  /* Calls progress_show for that kind of work after so many milliseconds, on a thread that is neither the one that
   * reads nor the server's; less than 0: not any more. NULL: no progress is shown. */
  void (*alarm)(void *context, int kind, int after);
  void *context;
  const LspDrawing *drawing; /* NULL: nothing is drawn */
  int32_t today;             /* days since 1970-01-01; INT32_MIN: the system's date */
  int threads;               /* 0: as many as the machine has */
  bool no_scripts;           /* of ProjectOptions */
} ServerOptions;

Server *server_new(const ServerOptions *options);
void server_free(Server *server);

/* A request that waits to be answered, known by its id before its turn comes. */
typedef struct Pending Pending;
/* Notes the message, on the thread that reads: whether it is a request, and which one is cancelled by it. Borrowed. */
Pending *server_note(Server *server, const json_t *message);
/* Takes a message; the reference is stolen. `pending` is what server_note made of it. */
void server_take(Server *server, json_t *message, Pending *pending);
/* Something arrived that is no message. */
void server_complain(Server *server, const char *why);
void server_end(Server *server, Job *job);
/* A file or folder of the disk was written, made, moved or taken away. */
void server_touched(Server *server, Str path, bool is_folder);
/* Does a piece of what is left to do; false where there is nothing. */
bool server_work(Server *server);
/* Whether `exit` was heard, and with which code the process is to end. */
bool server_has_ended(const Server *server, int *code);
/* The process of the client, which ends with us where it is gone; 0: it said none. */
long server_parent(const Server *server);

#endif
