/* Work that may loop, eat memory or crash, in a process of its own: the third ring around scripts.
 *
 * The worker is forked from this process, so it holds the project already; what it finds comes back as bytes. A job
 * that does not end in time, or takes the worker down, costs itself alone: the jobs behind it go on in a new worker. */
#ifndef JOURNEY_SCRIPT_WORKER_H
#define JOURNEY_SCRIPT_WORKER_H

#include <stdatomic.h>

#include "base/buf.h"

typedef enum {
  WORKER_DONE,
  WORKER_TIME,    /* it was ended at its deadline */
  WORKER_CRASHED, /* it ended by itself, by a signal or an exit */
  WORKER_MEMORY,  /* it wanted more memory than LIMIT_WORKER_MEMORY */
  WORKER_FLOOD,   /* its answer was larger than LIMIT_WORKER_ANSWER */
  WORKER_STOPPED, /* nobody wants the answer any more */
  WORKER_UNTRIED, /* too much time went to jobs in front of it that came to no end */
} WorkerEnd;

typedef struct {
  WorkerEnd end;
  Str file; /* where the script last was, as it said by worker_note; empty where it didn't */
  uint32_t line;
  int signal; /* WORKER_CRASHED: 0 where it ended otherwise */
} WorkerFate;

/* In the worker: does job number `job`, and writes what it found to `answer`. */
typedef void WorkerDo(void *context, size_t job, Buf *answer);
/* In this process, in the order of jobs: what came of it. `answer` is good until it returns, and empty unless
 * WORKER_DONE. */
typedef void WorkerHeard(void *context, size_t job, WorkerFate fate, Str answer);

/* Runs jobs 0 … count - 1, each within `milliseconds` that it computes: one that runs on is ended LIMIT_WORKER_GRACE
 * later, so that a budget of its own of the same length speaks first. A budget that is larger is of no use. False with
 * `*why`, a text that lasts, where no process could be started at all; then nothing was heard. In a worker they are
 * done at once where they are: its own limits hold for all of them. Once `*stop` is set, by another thread, the worker
 * is ended, and all jobs that were not done yet are heard of as WORKER_STOPPED; NULL: it never is. Once jobs that came
 * to no end have taken LIMIT_WORKER_LOST times as long as one may, those behind them are WORKER_UNTRIED: a thousand
 * that loop don't take a thousand times as long. */
bool worker_run(size_t count, int milliseconds, const atomic_bool *stop, WorkerDo *work, WorkerHeard *heard,
                void *context, Str *why);

/* In the worker: where the script is now. Cheap. Does nothing outside of a worker. */
void worker_note(Str file, uint32_t line);
/* Whether anybody reads notes: this is a worker. */
bool worker_listens(void);
/* In the worker: the job came to a limit that holds within it, so that its time is lost. */
void worker_lost(void);
/* In the worker: the job's time begins anew, since it goes on to something that has a limit of its own. */
void worker_begin(void);

#endif
