#include "lsp/server/loop.h"

#include <errno.h>
#include <malloc.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/os.h"
#include "base/os_process.h"
#include "base/os_watch.h"
#include "lsp/protocol/drawing.h"
#include "lsp/server/frame.h"
#include "lsp/server/state.h"

/* What arrives for the thread that answers. */
typedef struct {
  json_t *message; /* NULL: another thing */
  Pending *pending;
  Job *done;
  const char *why; /* bytes that are no message */
  char *touched;   /* a file or folder of the disk */
  bool is_folder;
  bool is_end; /* the client is gone */
  /* None of these: somebody looks at a live page, and what is left to do may be more. */
} Arrival;

/* A thread of its own for work that takes long, one job at a time. */
typedef struct {
  struct Loop *loop;
  pthread_t thread;
  bool is_running;
  VEC(Job *) jobs;
  pthread_cond_t changed;
} Bench;

typedef struct Loop {
  Server *server;
  int out;
  pthread_mutex_t lock; /* of all below */
  pthread_cond_t arrived;
  VEC(Arrival) arrivals;
  size_t first; /* of those that wait */
  bool is_over;
  Bench late, slow;
  struct { /* when long work is to be shown: os_clock; 0: there is none */
    double at[PROGRESS_KINDS];
    pthread_cond_t changed;
    bool is_running;
  } alarm;
  OsWatch *watch;          /* NULL: nothing is watched */
  pthread_mutex_t writing; /* of the two below, and of `out` */
  Buf held;
  bool is_holding;
} Loop;

/* ---- arrivals ---- */

static void arrive(Loop *loop, Arrival arrival) {
  pthread_mutex_lock(&loop->lock);
  vec_push(&loop->arrivals, arrival);
  pthread_cond_signal(&loop->arrived);
  pthread_mutex_unlock(&loop->lock);
}

/* False where none waits, and `wait` isn't wanted. */
static bool next_arrival(Loop *loop, bool wait, Arrival *arrival) {
  pthread_mutex_lock(&loop->lock);
  while (wait && loop->first == loop->arrivals.len) pthread_cond_wait(&loop->arrived, &loop->lock);
  bool any = loop->first < loop->arrivals.len;
  if (any) *arrival = loop->arrivals.at[loop->first++];
  if (any && loop->first == loop->arrivals.len) loop->first = loop->arrivals.len = 0;
  pthread_mutex_unlock(&loop->lock);
  return any;
}

/* ---- reading ---- */

typedef struct {
  Loop *loop;
  int process; /* the client's, as os_process_watch; -1: none */
} Reader;

static void watch_parent(Reader *reader, const json_t *message) {
  const json_t *method = json_object_get(message, "method");
  const json_t *id = json_object_get(json_object_get(message, "params"), "processId");
  if (!json_is_string(method) || strcmp(json_string_value(method), "initialize") != 0) return;
  if (json_is_integer(id) && json_integer_value(id) > 0)
    reader->process = os_process_watch((long)json_integer_value(id));
}

static void *read_all(void *context) {
  Reader reader = {context, -1};
  enum { AT_ONCE = 64 << 10 };
  char *bytes = mem_alloc(AT_ONCE);
  Frames frames = {0};
  for (long count; reader.process != -2 && (count = os_read_some(0, bytes, AT_ONCE, reader.process)) > 0;) {
    frames_add(&frames, (Str){bytes, (size_t)count});
    json_t *message;
    const char *why;
    for (FrameKind kind; (kind = frames_next(&frames, &message, &why)) != FRAME_MORE;) {
      if (kind == FRAME_WRONG) {
        arrive(reader.loop, (Arrival){.why = why});
        continue;
      }
      watch_parent(&reader, message);
      arrive(reader.loop, (Arrival){.message = message, .pending = server_note(reader.loop->server, message)});
    }
  }
  arrive(reader.loop, (Arrival){.is_end = true});
  frames_free(&frames);
  free(bytes);
  return NULL;
}

/* ---- long work ---- */

static void wait_before(Bench *bench, const Job *job) {
  struct timespec until;
  clock_gettime(CLOCK_REALTIME, &until);
  int64_t nanoseconds = until.tv_nsec + (int64_t)(job->pause * 1e9);
  until.tv_sec += nanoseconds / 1000000000;
  until.tv_nsec = nanoseconds % 1000000000;
  Loop *loop = bench->loop;
  while (!loop->is_over && !atomic_load(&job->stop))
    if (pthread_cond_timedwait(&bench->changed, &loop->lock, &until) != 0) break;
}

static void *do_jobs(void *context) {
  Bench *bench = context;
  Loop *loop = bench->loop;
  if (bench == &loop->late) os_give_way();
  pthread_mutex_lock(&loop->lock);
  for (;;) {
    while (bench->jobs.len == 0 && !loop->is_over) pthread_cond_wait(&bench->changed, &loop->lock);
    if (bench->jobs.len == 0) break;
    Job *job = bench->jobs.at[0];
    bench->jobs.len--;
    memmove(bench->jobs.at, bench->jobs.at + 1, bench->jobs.len * sizeof *bench->jobs.at);
    if (job->is_late) wait_before(bench, job);
    pthread_mutex_unlock(&loop->lock);
    job->work(job);
    arrive(loop, (Arrival){.done = job});
    pthread_mutex_lock(&loop->lock);
  }
  pthread_mutex_unlock(&loop->lock);
  return NULL;
}

static void start(void *context, Job *job) {
  Loop *loop = context;
  Bench *bench = job->is_late ? &loop->late : &loop->slow;
  pthread_mutex_lock(&loop->lock);
  vec_push(&bench->jobs, job);
  if (!bench->is_running) bench->is_running = pthread_create(&bench->thread, NULL, do_jobs, bench) == 0;
  pthread_cond_signal(&bench->changed);
  pthread_mutex_unlock(&loop->lock);
}

/* ---- alarms ---- */

/* The kind whose time comes first; PROGRESS_KINDS: none. */
static int next_alarm(const Loop *loop) {
  int next = PROGRESS_KINDS;
  for (int kind = 0; kind < PROGRESS_KINDS; kind++)
    if (loop->alarm.at[kind] > 0 && (next == PROGRESS_KINDS || loop->alarm.at[kind] < loop->alarm.at[next]))
      next = kind;
  return next;
}

static void *ring(void *context) {
  Loop *loop = context;
  pthread_mutex_lock(&loop->lock);
  for (;;) {
    int kind = next_alarm(loop);
    double left = kind == PROGRESS_KINDS ? 0 : loop->alarm.at[kind] - os_clock();
    if (kind == PROGRESS_KINDS) pthread_cond_wait(&loop->alarm.changed, &loop->lock);
    else if (left > 0) {
      struct timespec until;
      clock_gettime(CLOCK_REALTIME, &until);
      int64_t nanoseconds = until.tv_nsec + (int64_t)(left * 1e9);
      until.tv_sec += nanoseconds / 1000000000;
      until.tv_nsec = nanoseconds % 1000000000;
      pthread_cond_timedwait(&loop->alarm.changed, &loop->lock, &until);
    } else {
      loop->alarm.at[kind] = 0;
      pthread_mutex_unlock(&loop->lock);
      progress_show(loop->server, (ProgressKind)kind);
      pthread_mutex_lock(&loop->lock);
    }
  }
  return NULL;
}

/* The thread waits for nothing in particular while there is nothing to ring for; what is switched off in time doesn't
 * wake it. */
static void set_alarm(void *context, int kind, int after) {
  Loop *loop = context;
  pthread_t thread;
  pthread_mutex_lock(&loop->lock);
  loop->alarm.at[kind] = after >= 0 ? os_clock() + after / 1e3 : 0;
  if (after >= 0 && !loop->alarm.is_running) loop->alarm.is_running = pthread_create(&thread, NULL, ring, loop) == 0;
  if (after >= 0) pthread_cond_signal(&loop->alarm.changed);
  pthread_mutex_unlock(&loop->lock);
}

/* ---- the disk ---- */

static void *watch_all(void *context) {
  Loop *loop = context;
  Buf path = {0};
  bool is_folder;
  while (os_watch_next(loop->watch, &path, &is_folder)) {
    buf_add_byte(&path, 0);
    arrive(loop, (Arrival){.touched = strdup(path.at), .is_folder = is_folder});
  }
  buf_free(&path);
  return NULL;
}

/* On the server's thread, which alone starts to watch. */
static void watch(void *context, Str folder) {
  Loop *loop = context;
  pthread_t thread;
  if (!loop->watch && (loop->watch = os_watch_new()) && pthread_create(&thread, NULL, watch_all, loop) != 0) return;
  if (loop->watch) os_watch_folder(loop->watch, folder);
}

enum { HELD_MOST = 64 << 10 };

/* A client that reads no more also sends no more. */
static void write_held(Loop *loop) {
  os_write_all(loop->out, buf_str(&loop->held));
  loop->held.len = 0;
}

static void write_out(void *context, Str bytes) {
  Loop *loop = context;
  pthread_mutex_lock(&loop->writing);
  if (loop->is_holding) buf_add(&loop->held, bytes);
  else os_write_all(loop->out, bytes);
  if (loop->held.len > HELD_MOST) write_held(loop);
  pthread_mutex_unlock(&loop->writing);
}

static void hold(void *context, bool on) {
  Loop *loop = context;
  pthread_mutex_lock(&loop->writing);
  loop->is_holding = on;
  if (!on) {
    write_held(loop);
    buf_free(&loop->held);
  }
  pthread_mutex_unlock(&loop->writing);
}

/* ---- live pages ---- */

static void somebody_looks(void *context) { arrive(context, (Arrival){0}); }

/* ---- answering ---- */

static void take(Loop *loop, Arrival *arrival) {
  if (arrival->touched) {
    server_touched(loop->server, str_of(arrival->touched), arrival->is_folder);
    free(arrival->touched);
  } else if (arrival->done) server_end(loop->server, arrival->done);
  else if (arrival->why) server_complain(loop->server, arrival->why);
  else if (arrival->message) server_take(loop->server, arrival->message, arrival->pending);
}

static int answer_all(Loop *loop) {
  Arrival arrival;
  bool idle = false;
  int code;
  while (!server_has_ended(loop->server, &code)) {
    if (next_arrival(loop, idle, &arrival)) {
      if (arrival.is_end) return code;
      take(loop, &arrival);
      idle = false;
    } else idle = !server_work(loop->server);
  }
  return code;
}

/* A folder that isn't there leaves us where we are. */
static void enter(void *context, Str folder) {
  (void)context;
  Arena *arena = arena_new();
  if (chdir(arena_copy(arena, folder).at) != 0) errno = 0;
  arena_free(arena);
}

/* What is printed by mistake must not get between messages. */
static int take_stdout(void) {
  fflush(stdout);
  int out = dup(1);
  if (out >= 0) dup2(2, 1);
  return out >= 0 ? out : 1;
}

/* A state of a large project is megabytes that go with the next key and are needed again at once: they are not given
 * back to the system each time. */
static void keep_memory(void) {
  mallopt(M_MMAP_THRESHOLD, 16 << 20);
  mallopt(M_TRIM_THRESHOLD, 32 << 20);
}

int lsp_run(const LspDrawing *drawing, int32_t today, bool no_scripts) {
  keep_memory();
  Loop loop = {.out = take_stdout()};
  pthread_mutex_init(&loop.lock, NULL);
  pthread_mutex_init(&loop.writing, NULL);
  pthread_cond_init(&loop.arrived, NULL);
  pthread_cond_init(&loop.alarm.changed, NULL);
  Bench *const benches[] = {&loop.late, &loop.slow};
  for (int i = 0; i < 2; i++) {
    benches[i]->loop = &loop;
    pthread_cond_init(&benches[i]->changed, NULL);
  }
  ServerOptions options = {.write = write_out,
                           .hold = hold,
                           .enter = enter,
                           .start = start,
                           .watch = watch,
                           .alarm = set_alarm,
                           .context = &loop,
                           .drawing = drawing,
                           .today = today,
                           .no_scripts = no_scripts};
  if (drawing->live) drawing->live->listen(drawing->live->context, somebody_looks, &loop);
  loop.server = server_new(&options);
  pthread_t reader;
  if (pthread_create(&reader, NULL, read_all, &loop) != 0) return 2;
  int code = answer_all(&loop);
  fflush(NULL);
  _exit(code); /* what still runs has nothing to lose, and nobody to tell */
}
