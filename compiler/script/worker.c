#include "script/worker.h"

bool worker_run(size_t count, int milliseconds, WorkerDo *work, WorkerHeard *heard, void *context, Str *why) {
  (void)milliseconds, (void)why;
  for (size_t job = 0; job < count; job++) {
    Buf answer = {0};
    work(context, job, &answer);
    heard(context, job, (WorkerFate){.end = WORKER_DONE}, buf_str(&answer));
    buf_free(&answer);
  }
  return true;
}

void worker_note(Str file, uint32_t line) { (void)file, (void)line; }

void worker_begin(void) {}
