/* A client that talks to the core of the language server in this process, and holds to the protocol whatever comes
 * back: messages are framed, each request is answered once. Where something does not hold, the process is aborted. */
#ifndef JOURNEY_FUZZ_LSP_TALK_H
#define JOURNEY_FUZZ_LSP_TALK_H

#include <jansson.h>

#include "base/vec.h"
#include "lsp/server/frame.h"
#include "lsp/server/state.h"
#include "lsp_model.h"

enum { DOCUMENTS = 5 };

typedef struct {
  const char *address, *language;
  bool is_open;
  int version;
  Buf text;
} Opened;

/* That the server knows of, and has not taken yet. */
typedef struct {
  json_t *message;
  Pending *pending;
} Queued;

typedef struct {
  Server *server;
  ModelEncoding encoding;
  bool pulls, has_folder;
  bool waits; /* what is computed late is computed, in processes of their own; else it never comes to its end */
  Job *held;  /* where it is not */
  Frames in;
  VEC(Queued) queue;
  size_t taken;      /* of the queue */
  Buf out;           /* of the server, not looked at yet */
  json_t *asked;     /* id → method, of requests that are not answered yet */
  json_t *published; /* address → the diagnostics that were pushed last */
  json_t *answer;    /* the last one with a result */
  int last_id;
  unsigned odd; /* messages to which an answer without an id may come */
  Opened documents[DOCUMENTS];
  const uint8_t *bytes;
  size_t left;
  uint64_t chance; /* where the bytes are at their end */
} Talk;

/* `encoding`, `pulls`, `has_folder` and `waits` are set by the caller. */
void talk_start(Talk *talk);
void talk_end(Talk *talk);
_Noreturn void talk_fail(const char *what, const json_t *shown);

unsigned talk_byte(Talk *talk);
unsigned below(Talk *talk, unsigned limit);
#define ANY(talk, list) (list)[below(talk, sizeof(list) / sizeof *(list))]

/* Bytes for the server, which need not be messages. Each message waits until it is taken. */
void talk_receive(Talk *talk, Str bytes);
void talk_say(Talk *talk, Str body); /* with its header */
/* `params` is freed. */
void talk_notify(Talk *talk, const char *method, Buf *params);
void talk_ask(Talk *talk, const char *method, Buf *params);
/* Whether there was a message that waited. */
bool talk_take(Talk *talk);
/* Until the server has nothing more to do or to say. */
void talk_work(Talk *talk);
/* The answer to a request that is asked now; a new reference, NULL where it is an error. */
json_t *talk_answer(Talk *talk, const char *method, Buf *params);

#endif
