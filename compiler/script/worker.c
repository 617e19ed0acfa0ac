#include "script/worker.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/os.h"
#include "base/os_process.h"

/* What the worker says of itself while it works; this process reads it when it has to end it, or finds it gone. */
typedef struct {
  atomic_size_t job;   /* the one that it is at */
  _Atomic double from; /* of os_clock: when the job, or what it went on to, began; 0 until the worker is there */
  _Atomic double had;  /* of os_computed, then */
  uint32_t line;
  uint32_t length; /* of `file`, written last */
  char file[1024];
} Board;

/* In front of every answer. */
typedef struct {
  uint64_t job, length;
  double lost; /* seconds, where the job came to a limit */
} Head;

static Board *board; /* in a worker: its own. A process is one worker or none. */
static int its_time; /* milliseconds */
static bool is_lost; /* the job */

/* ---- in the worker ---- */

typedef struct {
  size_t next, count;
  int milliseconds;
  const atomic_bool *stop;
  WorkerDo *work;
  WorkerHeard *heard;
  void *context;
  Board *board;
  double started; /* of os_clock: the worker */
  double lost;    /* seconds that went to jobs without an end */
  OsCopy worker;
  Buf read; /* what came and is not yet a whole answer */
} Run;

void worker_begin(void) {
  if (!board) return;
  os_copy_limit(its_time);
  atomic_store(&board->had, os_computed());
  atomic_store(&board->from, os_clock());
}

void worker_lost(void) { is_lost = true; }

bool worker_listens(void) { return board != NULL; }

void worker_note(Str file, uint32_t line) {
  if (!board) return;
  board->line = line;
  size_t length = file.len < sizeof board->file ? file.len : sizeof board->file;
  if (length == board->length && memcmp(file.at, board->file, length) == 0) return;
  board->length = 0;
  memcpy(board->file, file.at, length);
  board->length = (uint32_t)length;
}

static bool answer(int to, size_t job, Buf *found, double lost) {
  if (found->len > LIMIT_WORKER_ANSWER) found->len = LIMIT_WORKER_ANSWER + 1; /* refused by its length */
  Head head = {job, found->len, lost};
  if (!os_copy_say(to, (Str){(const char *)&head, sizeof head})) return false;
  return found->len > LIMIT_WORKER_ANSWER || os_copy_say(to, buf_str(found));
}

static void work(void *context, int to) {
  Run *run = context;
  board = run->board, its_time = run->milliseconds;
  for (size_t job = run->next; job < run->count; job++) {
    Buf found = {0};
    worker_note(STR(""), 0);
    worker_begin();
    atomic_store(&board->job, job);
    double had = os_computed();
    is_lost = false;
    run->work(run->context, job, &found);
    if (!answer(to, job, &found, is_lost ? os_computed() - had : 0)) return;
    buf_free(&found);
  }
}

/* ---- outside of it ---- */

static double seconds_of_job(const Run *run) { return run->milliseconds / 1000.0; }

static bool is_too_much(const Run *run) { return run->lost >= LIMIT_WORKER_LOST * seconds_of_job(run); }

static void hear(Run *run, WorkerFate fate, Str found) {
  size_t job = run->next++;
  run->heard(run->context, job, fate, found);
}

/* Hands on the answers that are there as a whole. False where what came is none. */
static bool hear_all(Run *run, WorkerEnd *end) {
  size_t at = 0;
  bool fine = true;
  while (fine && !is_too_much(run) && run->read.len - at >= sizeof(Head)) {
    Head head;
    memcpy(&head, run->read.at + at, sizeof head);
    fine = head.job == run->next && run->next < run->count && head.length <= LIMIT_WORKER_ANSWER;
    if (!fine) *end = head.job == run->next && run->next < run->count ? WORKER_FLOOD : WORKER_CRASHED;
    if (!fine || run->read.len - at - sizeof head < head.length) break;
    if (head.lost > 0) run->lost += fmin(head.lost, seconds_of_job(run));
    hear(run, (WorkerFate){.end = WORKER_DONE}, (Str){run->read.at + at + sizeof head, (size_t)head.length});
    at += sizeof head + (size_t)head.length;
  }
  if (at) memmove(run->read.at, run->read.at + at, run->read.len - at);
  run->read.len -= at;
  return fine;
}

static bool is_stopped(const Run *run) { return run->stop && atomic_load(run->stop); }

/* Seconds that the worker, whose job began at `from`, may go on for, at least. What counts is the time that it
 * computes: on a busy machine it may have to wait, in a job and before its first. */
static double time_left(const Run *run, double from) {
  double limit = (run->milliseconds + LIMIT_WORKER_GRACE) / 1000.0, wait = LIMIT_WORKER_WAIT / 1000.0;
  if (from <= 0) return run->started + wait - os_clock();
  double passed = os_clock() - from;
  if (passed <= limit) return limit - passed;
  double had = atomic_load(&run->board->had), has = os_copy_computed(&run->worker);
  if (atomic_load(&run->board->from) != from) return limit; /* it went on meanwhile */
  return has < 0 ? 0 : fmin(limit - (has - had), limit + wait - passed);
}

/* Until when to wait for bytes: that the worker is there, and that somebody stops it, is looked for now and then. */
static double wait_until(const Run *run, double from, double left) {
  static const double between_looks = 0.005;
  bool looks = run->stop || from <= 0;
  return os_clock() + (looks && left > between_looks ? between_looks : left);
}

/* Until nothing more comes: it is over, or what came is no answer (then with `*end`), or the job that `*late` says is
 * over its time; or it is stopped. */
static bool listen(Run *run, WorkerEnd *end, size_t *late) {
  static const size_t at_once = 1 << 16;
  char *bytes = mem_alloc(at_once);
  bool is_late = false, fine = true;
  while (fine && !is_late && !is_stopped(run) && !is_too_much(run)) {
    *late = atomic_load(&run->board->job);
    double from = atomic_load(&run->board->from), left = time_left(run, from);
    long got = os_copy_read(&run->worker, bytes, at_once, wait_until(run, from, left));
    if (got == 0) break;
    if (got > 0) buf_add(&run->read, (Str){bytes, (size_t)got});
    if (got > 0) fine = hear_all(run, end);
    else is_late = left <= 0;
  }
  free(bytes);
  return is_late;
}

static WorkerFate fate_of(const Run *run, WorkerEnd end, OsEnd ended) {
  WorkerFate fate = {.end = end, .line = run->board->line, .signal = end == WORKER_CRASHED ? ended.signal : 0};
  fate.file = (Str){run->board->file, run->board->length < sizeof run->board->file ? run->board->length : 0};
  if (end == WORKER_CRASHED && ended.out_of_memory) fate.end = WORKER_MEMORY;
  return fate;
}

/* One worker, until all is done or it is gone; the job that it was at is over then. */
static void attend(Run *run) {
  WorkerEnd end = WORKER_CRASHED;
  size_t late = 0;
  run->read.len = 0;
  bool is_late = listen(run, &end, &late);
  OsEnd ended = os_copy_end(&run->worker);
  if (run->next == run->count || (is_late && late < run->next)) return; /* it answered at the last moment */
  if (is_stopped(run) || is_too_much(run)) return;
  double from = atomic_load(&run->board->from);
  if (from > 0) run->lost += fmin(os_clock() - from, seconds_of_job(run));
  hear(run, fate_of(run, is_late ? WORKER_TIME : end, ended), STR(""));
}

static void run_here(Run *run) {
  while (run->next < run->count && !is_stopped(run)) {
    Buf found = {0};
    run->work(run->context, run->next, &found);
    hear(run, (WorkerFate){.end = WORKER_DONE}, buf_str(&found));
    buf_free(&found);
  }
}

/* What is left once nobody can do it, or nobody wants it any more. */
static void give_up(Run *run) {
  WorkerEnd end = is_stopped(run) ? WORKER_STOPPED : is_too_much(run) ? WORKER_UNTRIED : WORKER_CRASHED;
  while (run->next < run->count) hear(run, (WorkerFate){.end = end}, STR(""));
}

bool worker_run(size_t count, int milliseconds, const atomic_bool *stop, WorkerDo *work_of, WorkerHeard *heard,
                void *context, Str *why) {
  Run run = {.count = count, .milliseconds = milliseconds, .stop = stop};
  run.work = work_of, run.heard = heard, run.context = context;
#ifdef FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION /* what a fuzzer is to see happens where it looks */
  run_here(&run);
#endif
  if (board) run_here(&run);
  if (is_stopped(&run)) give_up(&run);
  if (run.next == count) return true;
  run.board = os_share(sizeof *run.board);
  if (!run.board) return *why = STR("memory is out"), false;
  bool started = true;
  while (run.next < count && started && !is_stopped(&run) && !is_too_much(&run)) {
    atomic_store(&run.board->job, run.next);
    atomic_store(&run.board->from, 0);
    run.started = os_clock();
    started = os_copy_start(&run.worker, LIMIT_WORKER_MEMORY, work, &run, why);
    if (started) attend(&run);
  }
  bool none = !started && run.next == 0;
  if (!none) give_up(&run);
  buf_free(&run.read);
  os_unshare(run.board, sizeof *run.board);
  return !none;
}
