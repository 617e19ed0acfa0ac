#include "base/os.h"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

/* ---- paths ---- */

Str os_working_folder(Arena *arena) {
  char *folder = getcwd(NULL, 0);
  Str copy = arena_copy(arena, folder ? str_of(folder) : STR("/"));
  free(folder);
  return copy;
}

Str os_absolute(Arena *arena, Str path) {
  Buf out = {0};
  Str base = path.len > 0 && path.at[0] == '/' ? STR("") : os_working_folder(arena);
  Str parts[2] = {base, path};
  for (int i = 0; i < 2; i++) {
    for (Str rest = parts[i]; rest.len > 0;) {
      Str part = str_cut(&rest, '/');
      if (part.len == 0 || str_is(part, STR("."))) continue;
      if (str_is(part, STR(".."))) {
        while (out.len > 0 && out.at[--out.len] != '/') continue;
        continue;
      }
      buf_add_byte(&out, '/');
      buf_add(&out, part);
    }
  }
  if (out.len == 0) buf_add_byte(&out, '/');
  return buf_take(&out, arena);
}

Str os_relative(Arena *arena, Str path, Str from) {
  size_t same = 0, i = 0;
  for (; i < path.len && i < from.len && path.at[i] == from.at[i]; i++)
    if (path.at[i] == '/') same = i;
  if (i == from.len && i < path.len && path.at[i] == '/') same = i;
  if (same == 0 && from.len > 1) return path; /* nothing in common: the absolute path is clearer */
  Buf out = {0};
  for (size_t at = same; at < from.len; at++)
    if (from.at[at] == '/' && at + 1 < from.len) buf_add_c(&out, "../");
  buf_add(&out, str_slice(path, same + 1 < path.len ? same + 1 : path.len, path.len));
  return buf_take(&out, arena);
}

Str os_beside(Arena *arena, Str beside, Str name) {
  if (name.len > 0 && name.at[0] == '/') return arena_copy(arena, name);
  size_t folder = beside.len;
  while (folder > 0 && beside.at[folder - 1] != '/') folder--;
  return arena_format(arena, STR_FMT STR_FMT, STR_ARG(str_slice(beside, 0, folder)), STR_ARG(name));
}

Str os_real(Arena *arena, const char *path) {
  char *real = realpath(path, NULL);
  Str copy = real ? arena_copy(arena, str_of(real)) : STR("");
  free(real);
  return copy;
}

Str os_folder(Str path) {
  while (path.len > 0 && path.at[path.len - 1] != '/') path.len--;
  return path.len > 1 ? str_slice(path, 0, path.len - 1) : path;
}

bool os_is_in(Str path, Str folder) {
  return folder.len == 1 || (str_starts(path, folder) && (path.len == folder.len || path.at[folder.len] == '/'));
}

Str os_program(Arena *arena) { return os_real(arena, "/proc/self/exe"); }

Str os_file_name(Str path) {
  size_t from = path.len;
  while (from > 0 && path.at[from - 1] != '/') from--;
  return str_slice(path, from, path.len);
}

void *os_library(const char *name) { return dlopen(name, RTLD_NOW | RTLD_LOCAL); }

void *os_library_symbol(void *library, const char *name) { return dlsym(library, name); }

/* ---- time, threads ---- */

int32_t os_today(void) {
  time_t now = time(NULL);
  struct tm local;
  localtime_r(&now, &local);
  return (int32_t)((now + local.tm_gmtoff) / 86400);
}

int64_t os_time(void) { return (int64_t)time(NULL); }

static double seconds_of(clockid_t clock) {
  struct timespec now;
  return clock_gettime(clock, &now) == 0 ? (double)now.tv_sec + (double)now.tv_nsec / 1e9 : -1;
}

double os_clock(void) { return seconds_of(CLOCK_MONOTONIC); }

double os_computed(void) { return seconds_of(CLOCK_THREAD_CPUTIME_ID); }

int os_processors(void) {
  cpu_set_t set; /* those that this process may use, not those that the machine has */
  if (sched_getaffinity(0, sizeof set, &set) == 0) return CPU_COUNT(&set);
  return 1;
}

typedef struct {
  atomic_size_t next;
  size_t count;
  void (*work)(void *, size_t);
  void *context;
} Queue;

static void *run_queue(void *argument) {
  Queue *queue = argument;
  for (size_t i; (i = atomic_fetch_add(&queue->next, 1)) < queue->count;) queue->work(queue->context, i);
  return NULL;
}

void os_parallel(size_t count, int threads, void (*work)(void *context, size_t i), void *context) {
  enum { MOST = 64 };
  pthread_t running[MOST];
  int started = 0;
  Queue queue = {.count = count, .work = work, .context = context};
  if (threads > MOST) threads = MOST;
  if ((size_t)threads > count) threads = (int)count;
  while (started + 1 < threads && pthread_create(&running[started], NULL, run_queue, &queue) == 0) started++;
  run_queue(&queue);
  for (int i = 0; i < started; i++) pthread_join(running[i], NULL);
}

bool os_random(void *bytes, size_t size) {
  char *to = bytes;
  while (size > 0) {
    ssize_t got = getrandom(to, size, 0);
    if (got < 0 && errno != EINTR) return false;
    if (got > 0) to += got, size -= (size_t)got;
  }
  return true;
}

/* ---- the terminal ---- */

/* A signal's handler can only write what is everybody's. */
static volatile sig_atomic_t interrupted;
static int watching; /* for Ctrl-C: how many, one within another */

static void note_interrupt(int number) { (void)number, interrupted = 1; }

static void handle_interrupt(void (*handler)(int)) {
  struct sigaction before;
  if (sigaction(SIGINT, NULL, &before) == 0 && before.sa_handler == SIG_IGN) return;
  sigaction(SIGINT, &(struct sigaction){.sa_handler = handler}, NULL);
}

void os_watch_interrupt(void) {
  if (watching++) return;
  interrupted = 0;
  handle_interrupt(note_interrupt);
}

bool os_interrupted(void) { return interrupted != 0; }

bool os_unwatch_interrupt(void) {
  if (--watching) return false;
  handle_interrupt(SIG_DFL);
  return true;
}

void os_end_interrupted(void) {
  signal(SIGINT, SIG_DFL);
  raise(SIGINT);
  _exit(128 + SIGINT);
}

bool os_is_terminal(int fd) { return isatty(fd); }

int os_terminal_width(int fd) {
  struct winsize size;
  return ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}
