/* One client of a language server that runs as a process, over pipes. What comes is kept as what was heard last, with
 * the moment at which its last byte was read. */
#ifndef JOURNEY_BENCH_LSP_CLIENT_H
#define JOURNEY_BENCH_LSP_CLIENT_H

#include <jansson.h>
#include <sched.h>
#include <sys/types.h>

#include "base/buf.h"

enum { MOST_FILES = 1001 };

typedef struct {
  pid_t pid; /* 0: it has ended */
  int to, from;
  Buf body, out, in;
  double started;

  unsigned heard; /* messages */
  json_t *answer; /* to the last request, or NULL */
  long asked;     /* its id */
  double answered_at;
  Str address; /* of the document whose diagnostics are listened for; "" for any */
  long published_version;
  unsigned published; /* how often; the moment of the last time */
  double published_at;
  /* Of a project: which files (by the number in their name) had diagnostics published since client_forget_files. */
  bool file_published[MOST_FILES];
  unsigned files_published;
  double file_published_at; /* the last time, of any of them */
} Client;

/* Runs the program, found in $PATH, on these processors. False where it can't be run. */
bool client_start(Client *client, const char *const *argv, const cpu_set_t *processors);
/* Ends the process, by force if it must, and frees all. */
void client_end(Client *client);

/* A message is what is written to client_begin until client_close. Messages are handed over by client_send, all that is
 * ready at once; it returns the moment before. */
Buf *client_begin(Client *client);
void client_close(Client *client);
double client_send(Client *client);
/* A whole request or notification whose params are JSON. client_ask makes client->answer that of this request. */
void client_notify(Client *client, const char *method, Str params);
void client_ask(Client *client, const char *method, Str params);

/* Reads until the condition holds; false where it does not within so many seconds. */
typedef bool ClientCondition(const Client *client, long wanted);
bool client_wait(Client *client, ClientCondition *condition, long wanted, double seconds);
bool client_answered(const Client *client, long unused);
bool client_published_version(const Client *client, long version);
bool client_published_since(const Client *client, long count); /* more often than `count` */
bool client_published_files(const Client *client, long count);
bool client_never(const Client *client, long unused); /* to listen for a while */
void client_forget_files(Client *client);

#endif
