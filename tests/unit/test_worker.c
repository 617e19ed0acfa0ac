/* A job that loops, crashes, eats memory or floods costs itself alone; all others are answered, in order. */
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/os.h"
#include "base/os_process.h"
#include "check.h"
#include "script/worker.h"

enum { SHORT = 900, WAIT_MS = SHORT * 3 / 2 }; /* milliseconds */
typedef enum { FINE, LOOP, SEGV, ABORT, LEAVE, EAT, FLOOD, LARGE, LONG, WAIT, STRAY, PRINT, TELL, LOSE, SPEND } Deed;

typedef struct {
  const Deed *deeds;
  size_t heard;
  WorkerFate fates[64];
  Str answers[64];
  Arena *arena;
  atomic_bool *told; /* shared with workers */
} Log;

enum { LOST_MS = 60 }; /* of 100 */
enum { LARGE_SIZE = 5 << 20, LONG_MS = 300, LONG_PARTS = 12 };

static void loop(void) {
  for (volatile unsigned i = 0;; i++) continue;
}

static void spend(void) {
  for (double end = os_computed() + LOST_MS / 1000.0; os_computed() < end;) continue;
}

static void eat(void) {
  for (size_t size = 1 << 20;; size *= 2) {
    volatile char *memory = mem_alloc(size);
    *memory = 1;
  }
}

/* Longer than its time, and than what the system would leave it beyond, but each part of it within. */
static void long_work(void) {
  for (int part = 0; part < LONG_PARTS; part++) {
    worker_begin();
    for (double end = os_computed() + LONG_MS / 1000.0; os_computed() < end;) continue;
  }
}

static volatile uintptr_t nowhere = 16; /* no page is there */

static void work(void *context, size_t job, Buf *answer) {
  const Log *log = context;
  worker_note(STR("metrics/one.lua"), 7);
  worker_note(STR("metrics/two.lua"), (uint32_t)job);
  buf_printf(answer, "job %zu", job);
  switch (log->deeds[job]) {
    case FINE: break;
    case LOOP: loop(); break;
    case SEGV: raise(SIGSEGV); break;
    case ABORT: abort();
    case LEAVE: exit(0);
    case EAT: eat(); break;
    case FLOOD: buf_repeat(answer, STR("0123456789abcdef"), LIMIT_WORKER_ANSWER / 16); break;
    case LARGE: buf_repeat(answer, STR("x"), LARGE_SIZE); break;
    case LONG: long_work(); break;
    case WAIT: usleep(WAIT_MS * 1000); break;
    case STRAY: *(volatile int *)nowhere = 1; break;
    case PRINT:
      printf("this must not be seen\n");
      (void)!write(STDOUT_FILENO, "nor this\n", 9);
      fflush(stdout);
      break;
    case TELL: atomic_store(log->told, true), loop(); break;
    case LOSE: worker_lost(), spend(); break;
    case SPEND: spend(); break;
  }
}

static atomic_size_t answers_heard; /* since the test of stopping began */

static void heard(void *context, size_t job, WorkerFate fate, Str answer) {
  Log *log = context;
  CHECK(job == log->heard);
  log->fates[job] = fate;
  log->fates[job].file = arena_copy(log->arena, fate.file);
  log->answers[job] = arena_copy(log->arena, answer);
  log->heard++;
  atomic_fetch_add(&answers_heard, 1);
}

static Log run(Arena *arena, const Deed *deeds, size_t count, int milliseconds) {
  Log log = {.deeds = deeds, .arena = arena};
  Str why = {0};
  CHECK(worker_run(count, milliseconds, NULL, work, heard, &log, &why));
  CHECK(log.heard == count);
  return log;
}

static void is_answered(const Log *log, size_t job) {
  char words[32];
  snprintf(words, sizeof words, "job %zu", job);
  CHECK(log->fates[job].end == WORKER_DONE);
  CHECK_STR(log->answers[job], words);
}

/* Where it was is known, to the line. */
static void ended(const Log *log, size_t job, WorkerEnd end, int signal_number) {
  if (log->fates[job].end != end || log->fates[job].signal != signal_number)
    printf("job %zu: end %d, signal %d\n", job, log->fates[job].end, log->fates[job].signal);
  CHECK(log->fates[job].end == end && log->fates[job].signal == signal_number);
  CHECK(log->answers[job].len == 0);
  CHECK_STR(log->fates[job].file, "metrics/two.lua");
  CHECK(log->fates[job].line == job);
}

#define RUN_IN(arena, deeds, milliseconds) run(arena, deeds, sizeof(deeds) / sizeof *(deeds), milliseconds)
#define RUN(deeds, milliseconds) RUN_IN(arena, deeds, milliseconds)
enum { AMPLE = 60000 }; /* milliseconds */

static void crashes(Arena *arena) {
  static const Deed deeds[] = {FINE, SEGV, FINE, ABORT, LEAVE, FINE, STRAY, FINE, FLOOD, FINE, LARGE, FINE, SEGV};
  Log log = RUN(deeds, AMPLE);
  for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++)
    if (deeds[i] == FINE) is_answered(&log, i);
  ended(&log, 1, WORKER_CRASHED, SIGSEGV);
  ended(&log, 3, WORKER_CRASHED, SIGABRT);
  ended(&log, 4, WORKER_CRASHED, 0);
  ended(&log, 6, WORKER_CRASHED, SIGSEGV);
  ended(&log, 8, WORKER_FLOOD, 0);
  CHECK(log.fates[10].end == WORKER_DONE && log.answers[10].len == LARGE_SIZE + strlen("job 10"));
  ended(&log, 12, WORKER_CRASHED, SIGSEGV);
}

/* What a job waits, as for its turn on a busy machine, is not its time. */
static void loops(Arena *arena) {
  static const Deed deeds[] = {FINE, LOOP, FINE, LOOP, LOOP, FINE, LONG, FINE, WAIT, FINE};
  Log log = RUN(deeds, SHORT);
  is_answered(&log, 0);
  ended(&log, 1, WORKER_TIME, 0);
  is_answered(&log, 2);
  ended(&log, 3, WORKER_TIME, 0);
  ended(&log, 4, WORKER_TIME, 0);
  for (size_t i = 5; i < 10; i++) is_answered(&log, i);
}

static atomic_bool starts_slowly;

static void be_slow(void) {
  if (!atomic_load(&starts_slowly)) return;
  for (double end = os_clock() + SHORT * 1.2 / 1000; os_clock() < end;) continue;
}

/* On a busy machine a worker may take longer to start than a job may take: that is not the job's time. */
static void slow_start(Arena *arena) {
  static const Deed deeds[] = {FINE};
  CHECK(pthread_atfork(NULL, NULL, be_slow) == 0);
  atomic_store(&starts_slowly, true);
  Log log = RUN(deeds, SHORT);
  atomic_store(&starts_slowly, false);
  is_answered(&log, 0);
}

/* Under sanitizers there is no limit, since they map more than any machine has. */
static void memory(Arena *arena) {
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && !defined(__clang__)
  static const Deed deeds[] = {FINE, EAT, FINE};
  Log log = RUN(deeds, AMPLE);
  is_answered(&log, 0);
  ended(&log, 1, WORKER_MEMORY, 0);
  is_answered(&log, 2);
#else
  (void)arena;
#endif
}

/* Neither what a worker prints nor what this process was about to print is seen twice. */
static void streams(Arena *arena) {
  int ends[2], saved = dup(STDOUT_FILENO);
  CHECK(saved >= 0 && pipe(ends) == 0);
  fflush(stdout);
  dup2(ends[1], STDOUT_FILENO);
  printf("once;"); /* stays in the buffer while workers come and go */
  static const Deed deeds[] = {PRINT, LEAVE, SEGV, FINE};
  Log log = RUN(deeds, AMPLE);
  fflush(stdout);
  dup2(saved, STDOUT_FILENO);
  close(ends[1]);
  char seen[200] = {0};
  ssize_t got = read(ends[0], seen, sizeof seen - 1);
  close(ends[0]);
  close(saved);
  CHECK(got == 5 && strcmp(seen, "once;") == 0);
  is_answered(&log, 0);
  is_answered(&log, 3);
}

/* A process that shut its own standard streams. */
static void without_streams(Arena *arena) {
  int saved = dup(STDIN_FILENO);
  close(STDIN_FILENO);
  static const Deed deeds[] = {FINE, SEGV, FINE};
  Log log = RUN(deeds, AMPLE);
  if (saved >= 0) dup2(saved, STDIN_FILENO), close(saved);
  is_answered(&log, 0);
  is_answered(&log, 2);
}

/* ---- stopping ---- */

typedef struct {
  const atomic_bool *told;
  atomic_bool stop;
} Stopping;

/* Not before the answer in front of it was heard: on a busy machine that may come later. */
static void *stop_when_told(void *context) {
  Stopping *stopping = context;
  while (!atomic_load(stopping->told) || atomic_load(&answers_heard) == 0) sched_yield();
  atomic_store(&stopping->stop, true);
  return NULL;
}

/* Another thread stops it while a job loops that has a minute: that one and those behind it are given up. */
static void stopped(Arena *arena) {
  static const Deed deeds[] = {FINE, TELL, FINE, LOOP};
  Log log = {.deeds = deeds, .arena = arena, .told = os_share(sizeof *log.told)};
  Stopping stopping = {.told = log.told};
  pthread_t thread;
  Str why;
  atomic_store(&answers_heard, 0);
  CHECK(pthread_create(&thread, NULL, stop_when_told, &stopping) == 0);
  CHECK(worker_run(4, AMPLE, &stopping.stop, work, heard, &log, &why) && log.heard == 4);
  pthread_join(thread, NULL);
  is_answered(&log, 0);
  for (size_t i = 1; i < 4; i++) CHECK(log.fates[i].end == WORKER_STOPPED && log.answers[i].len == 0);
  log.heard = 0; /* nobody wanted it in the first place */
  CHECK(worker_run(4, AMPLE, &stopping.stop, work, heard, &log, &why) && log.heard == 4);
  for (size_t i = 0; i < 4; i++) CHECK(log.fates[i].end == WORKER_STOPPED);
  os_unshare(log.told, sizeof *log.told);
}

/* ---- beside other threads ---- */

static void *be_busy(void *context) {
  const atomic_bool *done = context;
  FILE *nowhere_to = fopen("/dev/null", "w");
  while (!atomic_load(done)) {
    Arena *arena = arena_new();
    for (int i = 0; i < 50; i++) fprintf(nowhere_to, STR_FMT, STR_ARG(arena_format(arena, "%d %p", i, (void *)arena)));
    arena_free(arena);
  }
  fclose(nowhere_to);
  return NULL;
}

/* Whatever they are at when the process is copied: the copy finds memory and streams that it can use. */
static void beside_threads(void) {
  enum { BUSY = 3, COPIES = 40 };
  static const Deed deeds[] = {FINE, PRINT, SEGV, FINE};
  atomic_bool done = false;
  pthread_t threads[BUSY];
  for (int i = 0; i < BUSY; i++) CHECK(pthread_create(&threads[i], NULL, be_busy, &done) == 0);
  for (int i = 0; i < COPIES; i++) {
    Arena *own = arena_new();
    Log log = RUN_IN(own, deeds, AMPLE);
    is_answered(&log, 0);
    is_answered(&log, 1);
    is_answered(&log, 3);
    arena_free(own);
  }
  atomic_store(&done, true);
  for (int i = 0; i < BUSY; i++) pthread_join(threads[i], NULL);
}

/* Jobs that come to no end, ended from outside or by themselves, are tried for some time in all; those that take long
 * and end well as long as they like. */
static void without_end(Arena *arena) {
  enum { OF_ONE = 100, JOBS = 24, MOST = LIMIT_WORKER_LOST * OF_ONE / LOST_MS + 1 };
  static const Deed ways[] = {LOOP, LOSE, SPEND};
  for (size_t way = 0; way < sizeof ways / sizeof *ways; way++) {
    Deed deeds[JOBS];
    for (size_t i = 0; i < JOBS; i++) deeds[i] = i % 2 && i < JOBS - 3 ? ways[way] : FINE;
    Log log = RUN(deeds, OF_ONE);
    size_t tried = 0, lost = 0;
    while (tried < JOBS && log.fates[tried].end != WORKER_UNTRIED) tried++;
    for (size_t i = 0; i < tried; i++) {
      if (deeds[i] == LOOP) ended(&log, i, WORKER_TIME, 0);
      else is_answered(&log, i);
      lost += deeds[i] != FINE;
    }
    for (size_t i = tried; i < JOBS; i++) CHECK(log.fates[i].end == WORKER_UNTRIED && log.answers[i].len == 0);
    if (ways[way] == SPEND) CHECK(tried == JOBS && lost > MOST);
    else CHECK(lost >= LIMIT_WORKER_LOST && lost <= MOST && tried < JOBS);
  }
}

int main(void) {
  Arena *arena = arena_new();
  CHECK(!worker_listens());
  worker_note(STR("nobody reads this"), 1);
  worker_begin();
  crashes(arena);
  loops(arena);
  without_end(arena);
  slow_start(arena);
  memory(arena);
  streams(arena);
  without_streams(arena);
  stopped(arena);
  beside_threads();
  Log none = run(arena, NULL, 0, SHORT);
  CHECK(none.heard == 0);
  arena_free(arena);
  return CHECK_DONE();
}
