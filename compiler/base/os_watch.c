#include "base/os_watch.h"

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/os.h"
#include "base/vec.h"

/* ---- changes ---- */

typedef struct {
  uint64_t identity, size, names;
  int64_t seconds, nanoseconds;
} Stamp;

typedef struct {
  Str path;
  Stamp stamp;
} Watched;

struct OsChanges {
  Arena *arena;
  int told; /* of inotify; -1: there is none */
  struct timespec since;
  VEC(Watched) list;
};

/* The same for two orders in which the system lists them. */
static uint64_t journey_names(const char *folder) {
  uint64_t names = 0;
  DIR *open = opendir(folder);
  for (struct dirent *entry; open && (entry = readdir(open)) != NULL;)
    if (str_ends(str_of(entry->d_name), STR(".journey"))) names += str_hash(str_of(entry->d_name));
  if (open) closedir(open);
  return names;
}

static Stamp stamp_of(const char *path) {
  struct stat info;
  if (stat(path, &info) != 0) return (Stamp){0};
  if (S_ISDIR(info.st_mode)) return (Stamp){.names = journey_names(path)};
  return (Stamp){.identity = (uint64_t)info.st_ino,
                 .size = (uint64_t)info.st_size,
                 .seconds = info.st_mtim.tv_sec,
                 .nanoseconds = info.st_mtim.tv_nsec};
}

OsChanges *os_changes_new(void) {
  OsChanges *changes = mem_alloc(sizeof *changes);
  *changes = (OsChanges){.arena = arena_new(), .told = inotify_init1(IN_NONBLOCK | IN_CLOEXEC)};
  clock_gettime(CLOCK_REALTIME, &changes->since);
  return changes;
}

/* Whoever adds a file has read it since `changes` were made, perhaps before it was written. */
static bool is_younger(const OsChanges *changes, const char *path) {
  struct stat info;
  if (stat(path, &info) != 0 || S_ISDIR(info.st_mode)) return false;
  struct timespec when = info.st_ctim, since = changes->since;
  return when.tv_sec > since.tv_sec || (when.tv_sec == since.tv_sec && when.tv_nsec > since.tv_nsec);
}

void os_changes_add(OsChanges *changes, Str path) {
  const uint32_t all = IN_CLOSE_WRITE | IN_MODIFY | IN_ATTRIB | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO;
  Watched watched = {.path = arena_copy(changes->arena, path)};
  if (!is_younger(changes, watched.path.at)) watched.stamp = stamp_of(watched.path.at);
  bool is_folder = os_kind(watched.path.at) == OS_FOLDER;
  Str folder = is_folder ? watched.path : arena_copy(changes->arena, os_beside(changes->arena, watched.path, STR(".")));
  if (changes->told >= 0) inotify_add_watch(changes->told, folder.at, all);
  vec_push(&changes->list, watched);
}

static bool find_change(OsChanges *changes, Str *changed) {
  for (size_t i = 0; i < changes->list.len; i++) {
    Stamp now = stamp_of(changes->list.at[i].path.at);
    if (memcmp(&now, &changes->list.at[i].stamp, sizeof now) == 0) continue;
    *changed = changes->list.at[i].path;
    return true;
  }
  return false;
}

/* Until something may have changed, or `milliseconds` have passed. */
static bool wait_told(OsChanges *changes, int milliseconds) {
  struct pollfd wait = {.fd = changes->told, .events = POLLIN};
  char events[4096];
  if (poll(&wait, changes->told >= 0 ? 1 : 0, milliseconds) <= 0) return false;
  while (read(changes->told, events, sizeof events) > 0) {
  }
  return true;
}

bool os_changes_wait(OsChanges *changes, Str *changed) {
  enum { LOOK_AGAIN = 500, QUIET = 30, PATIENCE = 300 }; /* milliseconds */
  os_watch_interrupt();
  bool found = false;
  while (!os_interrupted() && !(found = find_change(changes, changed))) wait_told(changes, LOOK_AGAIN);
  double until = os_clock() + PATIENCE / 1e3; /* what is written beside it, such as a log, may never be quiet */
  while (!os_interrupted() && os_clock() < until && wait_told(changes, QUIET)) { /* an editor writes in several steps */
  }
  bool stopped = os_interrupted();
  os_unwatch_interrupt();
  return found && !stopped;
}

void os_changes_free(OsChanges *changes) {
  if (!changes) return;
  if (changes->told >= 0) close(changes->told);
  arena_free(changes->arena);
  vec_free(&changes->list);
  free(changes);
}

/* ---- folders that are watched ---- */

typedef struct {
  int id;
  char *path;
} WatchedFolder;

struct OsWatch {
  int from;
  pthread_mutex_t lock; /* of the list */
  VEC(WatchedFolder) list;
  _Alignas(struct inotify_event) char events[4096];
  size_t next, end; /* of those that were read and not yet told */
};

OsWatch *os_watch_new(void) {
  int from = inotify_init1(IN_CLOEXEC);
  if (from < 0) return NULL;
  OsWatch *watch = mem_alloc(sizeof *watch);
  memset(watch, 0, sizeof *watch);
  watch->from = from;
  pthread_mutex_init(&watch->lock, NULL);
  return watch;
}

void os_watch_folder(OsWatch *watch, Str path) {
  char *copy = mem_alloc(path.len + 1);
  memcpy(copy, path.at, path.len);
  copy[path.len] = 0;
  int id = inotify_add_watch(watch->from, copy, IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVE | IN_ONLYDIR);
  pthread_mutex_lock(&watch->lock);
  bool known = id < 0;
  for (size_t i = 0; i < watch->list.len && !known; i++) known = watch->list.at[i].id == id;
  if (known) free(copy);
  else vec_push(&watch->list, (WatchedFolder){id, copy});
  pthread_mutex_unlock(&watch->lock);
}

static bool put_path(OsWatch *watch, const struct inotify_event *event, Buf *path) {
  bool found = false;
  pthread_mutex_lock(&watch->lock);
  for (size_t i = 0; i < watch->list.len && !found; i++) {
    found = watch->list.at[i].id == event->wd;
    if (found) buf_printf(path, "%s/%s", watch->list.at[i].path, event->len > 0 ? event->name : "");
  }
  pthread_mutex_unlock(&watch->lock);
  return found;
}

bool os_watch_next(OsWatch *watch, Buf *path, bool *is_folder) {
  for (;;) {
    while (watch->next < watch->end) {
      const struct inotify_event *event = (const struct inotify_event *)(watch->events + watch->next);
      watch->next += sizeof *event + event->len;
      *is_folder = (event->mask & IN_ISDIR) != 0;
      path->len = 0;
      if (put_path(watch, event, path)) return true;
    }
    ssize_t count = read(watch->from, watch->events, sizeof watch->events);
    if (count <= 0 && errno != EINTR) return false;
    watch->next = 0;
    watch->end = count > 0 ? (size_t)count : 0;
  }
}
