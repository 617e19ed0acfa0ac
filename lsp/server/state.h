/* What the files of this room share. */
#ifndef JOURNEY_LSP_SERVER_STATE_H
#define JOURNEY_LSP_SERVER_STATE_H

#include <pthread.h>

#include "lsp/server/progress.h"

typedef enum { STATE_NEW, STATE_RUNNING, STATE_SHUT_DOWN, STATE_ENDED } ServerState;

typedef struct {
  Pending *pending;
  json_t *message;
} Held;

struct Server {
  ServerOptions options;
  Session session;
  ServerState state;
  bool is_greeted; /* the client said `initialized`, or went on to something else */
  int exit_code;
  long parent;
  pthread_mutex_t lock; /* of `pending` */
  Pending *pending;
  VEC(Pending *) settling; /* journey/settled: answered when nothing is left to do */
  VEC(Held) held;          /* requests that had nothing to answer yet */
  bool has_news;           /* since they were asked */
  size_t jobs;             /* that were started and have not ended */
  Progresses progress;
  Job *late;       /* the one that is running; NULL: none */
  Root *late_of;   /* whose */
  bool is_drawing; /* a live page */
  double soon;     /* how many seconds it took last to find what is known soon */
};

/* `result` is stolen. */
void server_answer(Server *server, Pending *pending, json_t *result);
void server_refuse(Server *server, Pending *pending, int code, const char *why);
/* Asks those again that are held: once there is news and nothing is left to do, or one was cancelled. */
void server_ask_held(Server *server);
void server_start(Server *server, Job *job);
/* As root_snapshot; where files have to be read for it, the client may see that. */
Snapshot *server_snapshot(Server *server, Root *root);

#endif
