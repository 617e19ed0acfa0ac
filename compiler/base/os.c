#include "base/os.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/vec.h"

static Str reason(Arena *arena, int error) {
  switch (error) {
    case ENOENT: return STR("no such file or folder");
    case EACCES:
    case EPERM: return STR("you have no permission");
    case EISDIR: return STR("it is a folder");
    case ENOTDIR: return STR("a part of the path is a file, not a folder");
    case ENOSPC: return STR("the disk is full");
    case EROFS: return STR("the disk is read-only");
    case ENXIO: return STR("it is a pipe that nobody reads from, or a socket");
    case ELOOP: return STR("the link leads in a circle");
    case ENAMETOOLONG: return STR("the name is too long");
    case EFBIG: return arena_format(arena, "it is larger than %d MiB", LIMIT_FILE_MIB);
    default: return arena_copy(arena, str_of(strerror(error)));
  }
}

/* ---- reading ---- */

/* Reads to the end, or to one byte more than `limit`. 0 or an errno. */
static int read_all(int fd, size_t limit, size_t expected, Arena *arena, Str *text) {
  size_t cap = expected + 1, len = 0;
  char *bytes = mem_alloc(cap);
  for (;;) {
    if (len == cap) bytes = mem_realloc(bytes, cap *= 2);
    ssize_t got = read(fd, bytes + len, cap - len);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      int error = errno;
      free(bytes);
      return error;
    }
    if (got == 0) break;
    len += (size_t)got;
    if (len > limit) {
      free(bytes);
      return EFBIG;
    }
  }
  *text = arena_copy(arena, (Str){bytes, len});
  free(bytes);
  return 0;
}

/* A regular file's size is known: its bytes go straight into the arena. */
static int read_sized(int fd, size_t size, Arena *arena, Str *text) {
  char *bytes = arena_alloc(arena, size + 1);
  size_t len = 0;
  while (len < size) {
    ssize_t got = read(fd, bytes + len, size - len);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return errno;
    if (got == 0) break;
    len += (size_t)got;
  }
  *text = (Str){bytes, len};
  return 0;
}

/* /dev/null is as good as an empty file. */
static bool is_plain(const struct stat *info) {
  return S_ISREG(info->st_mode) || (S_ISCHR(info->st_mode) && info->st_rdev == makedev(1, 3));
}

/* By the names under which a shell hands over what it has opened: `<(…)` is /dev/fd/63. */
static bool is_handed_over(const char *path, const struct stat *info) {
  Str name = str_of(path);
  return S_ISFIFO(info->st_mode) && (str_starts(name, STR("/dev/fd/")) || str_starts(name, STR("/proc/self/fd/")) ||
                                     str_is(name, STR("/dev/stdin")));
}

static Str why_not_plain(Arena *arena, mode_t mode) {
  if (S_ISDIR(mode)) return reason(arena, EISDIR);
  return arena_format(arena, "it is a %s, not a file; save the text in a file, and name that",
                      S_ISFIFO(mode)   ? "pipe"
                      : S_ISSOCK(mode) ? "socket"
                                       : "device");
}

static bool may_be_read(const char *path, const struct stat *info, bool or_handed_over) {
  return is_plain(info) || (or_handed_over && is_handed_over(path, info));
}

/* What else there may be under the name isn't opened: that could wait for ever, or ring a bell. */
static int open_to_read(Arena *arena, const char *path, bool or_handed_over, struct stat *info, Str *why) {
  if (stat(path, info) < 0) return *why = reason(arena, errno), -1;
  if (!may_be_read(path, info, or_handed_over)) return *why = why_not_plain(arena, info->st_mode), -1;
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY); /* should it be another by now */
  if (fd < 0) return *why = reason(arena, errno), -1;
  if (fstat(fd, info) == 0 && may_be_read(path, info, or_handed_over)) return fd;
  *why = why_not_plain(arena, info->st_mode);
  close(fd);
  return -1;
}

FILE *os_open_file(Arena *arena, const char *path, Str *why) {
  struct stat info;
  int fd = open_to_read(arena, path, false, &info, why);
  FILE *file = fd < 0 ? NULL : fdopen(fd, "rb");
  if (fd >= 0 && !file) *why = reason(arena, errno), close(fd);
  return file;
}

static bool read_file(Arena *arena, const char *path, size_t limit, bool or_handed_over, Str *text, Str *why) {
  struct stat info;
  int fd = open_to_read(arena, path, or_handed_over, &info, why), error = 0;
  if (fd < 0) return false;
  if (S_ISFIFO(info.st_mode) && fcntl(fd, F_SETFL, 0) < 0) error = errno;
  else if (S_ISREG(info.st_mode) && (uintmax_t)info.st_size > limit) error = EFBIG;
  else if (S_ISREG(info.st_mode) && info.st_size > 0) error = read_sized(fd, (size_t)info.st_size, arena, text);
  else error = read_all(fd, limit, 65536, arena, text);
  close(fd);
  if (error) *why = reason(arena, error);
  return error == 0;
}

bool os_read_file(Arena *arena, const char *path, size_t limit, Str *text, Str *why) {
  return read_file(arena, path, limit, false, text, why);
}

bool os_read_given(Arena *arena, const char *path, size_t limit, Str *text, Str *why) {
  return read_file(arena, path, limit, true, text, why);
}

bool os_read_stdin(Arena *arena, size_t limit, Str *text, Str *why) {
  int error = read_all(STDIN_FILENO, limit, 65536, arena, text);
  if (error) *why = reason(arena, error);
  return error == 0;
}

/* ---- writing ---- */

static int write_all(int fd, Str text) {
  while (text.len > 0) {
    ssize_t wrote = write(fd, text.at, text.len);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return errno;
    text = str_slice(text, (size_t)wrote, text.len);
  }
  return 0;
}

static int write_beside(Arena *arena, const char *path, Str text) {
  Str temporary = arena_format(arena, "%s.tmp-%ld", path, (long)getpid());
  struct stat old;
  mode_t mode = stat(path, &old) == 0 ? old.st_mode & 07777 : 0;
  int fd = open(temporary.at, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (fd < 0) return errno;
  int error = write_all(fd, text);
  if (!error && mode && fchmod(fd, mode) < 0) error = errno;
  if (!error && fsync(fd) < 0 && errno != EINVAL) error = errno;
  if (close(fd) < 0 && !error) error = errno;
  if (!error && rename(temporary.at, path) < 0) error = errno;
  if (error) unlink(temporary.at);
  return error;
}

bool os_write_file(Arena *arena, const char *path, Str text, Str *why) {
  char *target = realpath(path, NULL);
  const char *to = target ? target : path;
  int error;
  if (os_kind(to) == OS_OTHER) { /* /dev/full, a pipe: nothing to rename over */
    int fd = open(to, O_WRONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    error = fd < 0 || fcntl(fd, F_SETFL, 0) < 0 ? errno : write_all(fd, text);
    if (fd >= 0 && close(fd) < 0 && !error) error = errno;
  } else if (os_kind(to) == OS_FOLDER) error = EISDIR;
  else error = write_beside(arena, to, text);
  free(target);
  if (error) *why = reason(arena, error);
  return error == 0;
}

bool os_write_stdout(Str text, Str *why) {
  int error = write_all(STDOUT_FILENO, text);
  if (error == 0 || error == EPIPE) return true;
  *why = error == ENOSPC ? STR("the disk is full") : str_of(strerror(error));
  return false;
}

bool os_make_folders(Arena *arena, const char *path, Str *why) {
  Str copy = arena_copy(arena, str_of(path));
  char *at = (char *)copy.at;
  for (char *p = at + 1; p <= at + copy.len; p++) {
    if (*p != '/' && *p != 0) continue;
    char kept = *p;
    *p = 0;
    bool failed = mkdir(at, 0777) < 0 && errno != EEXIST && os_kind(at) != OS_FOLDER;
    int error = errno;
    if (!failed && os_kind(at) != OS_FOLDER) failed = true, error = ENOTDIR;
    *p = kept;
    if (failed) return *why = reason(arena, error), false;
  }
  return true;
}

/* ---- folders ---- */

OsKind os_kind(const char *path) {
  struct stat info;
  if (stat(path, &info) < 0) return OS_NOTHING;
  if (S_ISDIR(info.st_mode)) return OS_FOLDER;
  return S_ISREG(info.st_mode) ? OS_FILE : OS_OTHER;
}

uint64_t os_identity(const char *path) {
  struct stat info;
  if (stat(path, &info) < 0) return 0;
  return ((uint64_t)info.st_dev * 0x9e3779b97f4a7c15u) ^ ((uint64_t)info.st_ino + 1);
}

uint64_t os_stamp(const char *path, int64_t since) {
  struct stat info;
  if (stat(path, &info) < 0 || info.st_mtim.tv_sec >= since) return 0;
  uint64_t stamp = ((uint64_t)info.st_ino + 1) * 0x9e3779b97f4a7c15u;
  stamp = (stamp ^ (uint64_t)info.st_size) * 0x9e3779b97f4a7c15u;
  stamp = (stamp ^ (uint64_t)info.st_mtim.tv_sec) * 0x9e3779b97f4a7c15u;
  return (stamp ^ (uint64_t)info.st_mtim.tv_nsec) | 1;
}

typedef VEC(Str) Paths;

static int by_bytes(const void *a, const void *b) { return str_compare(*(const Str *)a, *(const Str *)b); }

/* Appends the entries of one folder, at most `most`; a trailing slash marks a folder. */
static int list_folder(Arena *arena, Str folder, Str ending, size_t most, Paths *to) {
  DIR *dir = opendir(folder.at);
  if (!dir) return errno;
  struct dirent *entry;
  while (to->len < most && (entry = readdir(dir))) {
    Str name = str_of(entry->d_name);
    if (name.at[0] == '.' || str_is(name, STR("node_modules"))) continue;
    bool here = str_is(folder, STR("."));
    Str path = here ? arena_copy(arena, name) : arena_format(arena, STR_FMT "/%s", STR_ARG(folder), name.at);
    struct stat info;
    unsigned char type = entry->d_type;
    if (type == DT_UNKNOWN && lstat(path.at, &info) == 0) type = S_ISDIR(info.st_mode) ? DT_DIR : DT_REG;
    if (type == DT_DIR) vec_push(to, arena_format(arena, STR_FMT "/", STR_ARG(path)));
    else if (str_ends(name, ending) && os_kind(path.at) != OS_FOLDER) vec_push(to, path);
  }
  closedir(dir);
  return 0;
}

static int walk(Arena *arena, Str folder, Str ending, int depth, OsFound *found, void *context) {
  Paths paths = {0};
  int error = depth > LIMIT_FOLDER_DEPTH ? 0 : list_folder(arena, folder, ending, SIZE_MAX, &paths);
  if (paths.len > 0) qsort(paths.at, paths.len, sizeof *paths.at, by_bytes);
  for (size_t i = 0; i < paths.len && !error; i++) {
    Str path = paths.at[i];
    if (path.at[path.len - 1] != '/') {
      found(context, path);
      continue;
    }
    int inner = walk(arena, arena_copy(arena, str_slice(path, 0, path.len - 1)), ending, depth + 1, found, context);
    if (inner && inner != EACCES) error = inner; /* a folder that one may not read is passed over */
  }
  vec_free(&paths);
  return error;
}

bool os_walk(Arena *arena, const char *folder, Str ending, OsFound *found, void *context, Str *why) {
  Str name = str_of(folder);
  while (name.len > 1 && name.at[name.len - 1] == '/') name.len--;
  int error = walk(arena, arena_copy(arena, name), ending, 0, found, context);
  if (error) *why = reason(arena, error);
  return error == 0;
}

bool os_list(Arena *arena, const char *folder, size_t most, OsFound *found, void *context, Str *why) {
  Paths paths = {0};
  int error = list_folder(arena, str_of(folder), STR(""), most, &paths);
  for (size_t i = 0; i < paths.len; i++) found(context, paths.at[i]);
  vec_free(&paths);
  if (error) *why = reason(arena, error);
  return error == 0;
}

void os_sweep(const char *folder, int64_t seconds, bool (*is_kind)(Str name)) {
  DIR *dir = opendir(folder);
  struct stat info;
  for (struct dirent *entry; dir && (entry = readdir(dir)) != NULL;)
    if (is_kind(str_of(entry->d_name)) && fstatat(dirfd(dir), entry->d_name, &info, AT_SYMLINK_NOFOLLOW) == 0 &&
        S_ISREG(info.st_mode) && info.st_uid == geteuid() && info.st_mtim.tv_sec < time(NULL) - seconds)
      unlinkat(dirfd(dir), entry->d_name, 0);
  if (dir) closedir(dir);
}

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

/* ---- other programs ---- */

enum { TO_CHILD, FROM_CHILD, COMPLAINTS, STREAMS };

/* The three pipes of a child, and what went through them so far. */
typedef struct {
  struct pollfd ours[STREAMS]; /* fd -1: shut */
  int theirs[STREAMS];
  Str input;
  Buf read[STREAMS];
} Child;

static void shut(int *fd) {
  if (*fd >= 0) close(*fd);
  *fd = -1;
}

static bool open_pipes(Child *child) {
  for (int i = 0; i < STREAMS; i++) child->ours[i].fd = child->theirs[i] = -1;
  for (int i = 0; i < STREAMS; i++) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0) return false;
    child->ours[i] = (struct pollfd){.fd = ends[i == TO_CHILD], .events = i == TO_CHILD ? POLLOUT : POLLIN};
    child->theirs[i] = ends[i != TO_CHILD];
    fcntl(child->ours[i].fd, F_SETFL, O_NONBLOCK);
  }
  return true;
}

static int start(Child *child, const char *const *argv, pid_t *pid) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  for (int i = 0; i < STREAMS; i++) posix_spawn_file_actions_adddup2(&actions, child->theirs[i], i);
  int error = posix_spawnp(pid, argv[0], &actions, NULL, (char *const *)(void *)argv, environ);
  posix_spawn_file_actions_destroy(&actions);
  for (int i = 0; i < STREAMS; i++) shut(&child->theirs[i]);
  return error;
}

static void pass_on(Child *child, int stream) {
  char bytes[65536];
  int *fd = &child->ours[stream].fd;
  bool writes = stream == TO_CHILD;
  ssize_t done = writes ? write(*fd, child->input.at, child->input.len) : read(*fd, bytes, sizeof bytes);
  if (done < 0 && (errno == EINTR || errno == EAGAIN)) return;
  if (done > 0 && writes) child->input = str_slice(child->input, (size_t)done, child->input.len);
  else if (done > 0) buf_add(&child->read[stream], (Str){bytes, (size_t)done});
  if (done <= 0 || (writes && child->input.len == 0)) shut(fd);
}

/* Until the child has shut all that it writes to. */
static void exchange(Child *child) {
  if (child->input.len == 0) shut(&child->ours[TO_CHILD].fd);
  while (child->ours[FROM_CHILD].fd >= 0 || child->ours[COMPLAINTS].fd >= 0) {
    if (poll(child->ours, STREAMS, -1) < 0 && errno != EINTR) break;
    for (int i = 0; i < STREAMS; i++)
      if (child->ours[i].fd >= 0 && child->ours[i].revents) pass_on(child, i);
  }
}

int os_run(Arena *arena, const char *const *argv, Str input, Str *output, Str *complaint) {
  Child child = {.input = input};
  pid_t pid = 0;
  int status = -1, error = open_pipes(&child) ? start(&child, argv, &pid) : errno;
  if (!error) {
    exchange(&child);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
  }
  for (int i = 0; i < STREAMS; i++) shut(&child.ours[i].fd), shut(&child.theirs[i]);
  *output = buf_take(&child.read[FROM_CHILD], arena);
  *complaint = buf_take(&child.read[COMPLAINTS], arena);
  if (!error && WIFEXITED(status)) return WEXITSTATUS(status);
  *complaint = error ? reason(arena, error) : STR("it was ended before it was done");
  return -1;
}

bool os_show_page(const char *address) {
  static const char script[] = "command -v xdg-open > /dev/null || exit 1\n"
                               "xdg-open \"$1\" < /dev/null > /dev/null 2>&1 &\n";
  const char *const argv[] = {"sh", "-c", script, "sh", address, NULL};
  if (!getenv("DISPLAY") && !getenv("WAYLAND_DISPLAY")) return false; /* it would take the terminal */
  Arena *arena = arena_new();
  Str output, complaint;
  int code = os_run(arena, argv, STR(""), &output, &complaint);
  arena_free(arena);
  return code == 0;
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

/* ---- copies of this process ---- */

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0 /* they map terabytes that nobody uses */
#endif

static void limit(int what, rlim_t most) {
  struct rlimit now;
  if (getrlimit((__rlimit_resource_t)what, &now) < 0) return;
  if (most < now.rlim_max) now.rlim_max = most;
  now.rlim_cur = now.rlim_max;
  setrlimit((__rlimit_resource_t)what, &now);
}

/* Bytes of address space that this process has. */
static size_t address_space(void) {
  char text[64] = {0};
  int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  ssize_t got = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
  if (fd >= 0) close(fd);
  return got > 0 ? strtoull(text, NULL, 10) * (size_t)sysconf(_SC_PAGESIZE) : 0;
}

/* The standard streams lead nowhere, and only `to` is left of all that was open; its new number. */
static int leave_files(int to) {
  enum { KEPT = 3 };
  int kept = fcntl(to, F_DUPFD, KEPT), nowhere = open("/dev/null", O_RDWR);
  if (kept < 0 || nowhere < 0) _exit(1);
  for (int fd = 0; fd < KEPT - SANITIZED; fd++) dup2(nowhere, fd); /* what a sanitizer finds is to be read */
  if (kept != KEPT) dup2(kept, KEPT);
  close_range(KEPT + 1, ~0U, 0);
  return KEPT;
}

static void settle_copy(pid_t parent, size_t memory) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(1); /* it died before */
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  static const int usual[] = {SIGINT,  SIGTERM, SIGHUP,  SIGQUIT, SIGPIPE, SIGALRM, SIGCHLD, SIGWINCH,
                              SIGUSR1, SIGUSR2, SIGSEGV, SIGBUS,  SIGABRT, SIGFPE,  SIGILL};
  for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) signal(usual[i], SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  size_t has = address_space();
  if (has && !SANITIZED) limit(RLIMIT_AS, has + memory);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, 0);
  limit(RLIMIT_NPROC, 0);
  prctl(PR_SET_DUMPABLE, 0); /* no core either where a program takes them */
}

bool os_copy_start(OsCopy *copy, size_t memory, void (*body)(void *context, int to), void *context, Str *why) {
  int ends[2];
  pid_t self = getpid(), pid = -1;
  if (pipe2(ends, O_CLOEXEC) == 0) {
    pid = fork();
    if (pid < 0) close(ends[0]), close(ends[1]);
  }
  if (pid < 0) {
    *why = errno == EAGAIN || errno == ENOMEM ? STR("the system gives no more processes")
                                              : STR("the system has no more open files to give");
    return false;
  }
  if (pid == 0) {
    settle_copy(self, memory);
    body(context, leave_files(ends[1]));
    _exit(0); /* nothing that this process had to print is printed twice */
  }
  close(ends[1]);
  *copy = (OsCopy){pid, ends[0]};
  return true;
}

long os_copy_read(const OsCopy *copy, char *bytes, size_t size, double until) {
  struct pollfd wait = {.fd = copy->from, .events = POLLIN};
  for (;;) {
    double left = (until - os_clock()) * 1000;
    int ready = poll(&wait, 1, left <= 0 ? 0 : left > 1e6 ? 1000000 : (int)left + 1);
    if (ready < 0 && errno != EINTR) return 0;
    if (ready == 0 && left <= 1e6) return -1;
    if (ready <= 0) continue;
    ssize_t got = read(copy->from, bytes, size);
    if (got >= 0 || errno != EINTR) return got < 0 ? 0 : (long)got;
  }
}

double os_copy_computed(const OsCopy *copy) {
  clockid_t clock;
  return clock_getcpuclockid((pid_t)copy->id, &clock) == 0 ? seconds_of(clock) : -1;
}

OsEnd os_copy_end(OsCopy *copy) {
  int status = 0;
  kill((pid_t)copy->id, SIGKILL);
  close(copy->from);
  while (waitpid((pid_t)copy->id, &status, 0) < 0)
    if (errno != EINTR) return (OsEnd){0}; /* somebody else saw it off */
  if (WIFSIGNALED(status)) return (OsEnd){.signal = WTERMSIG(status)};
  return (OsEnd){.out_of_memory = WEXITSTATUS(status) == MEM_EXIT};
}

bool os_copy_say(int to, Str bytes) { return write_all(to, bytes) == 0; }

void os_copy_limit(int milliseconds) {
  struct rusage used;
  struct rlimit most;
  if (getrusage(RUSAGE_SELF, &used) < 0 || getrlimit(RLIMIT_CPU, &most) < 0) return;
  most.rlim_cur = (rlim_t)(used.ru_utime.tv_sec + used.ru_stime.tv_sec + milliseconds / 1000 + 3);
  if (most.rlim_cur < most.rlim_max) setrlimit(RLIMIT_CPU, &most);
}

void os_give_way(void) {
  enum { NICE = 10 };
  setpriority(PRIO_PROCESS, (id_t)syscall(SYS_gettid), NICE);
}

void *os_share(size_t size) {
  void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  return memory == MAP_FAILED ? NULL : memory;
}

void os_unshare(void *memory, size_t size) { munmap(memory, size); }

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

long os_read_some(int fd, char *bytes, size_t size, int process) {
  for (;;) {
    struct pollfd wanted[2] = {{.fd = fd, .events = POLLIN}, {.fd = process, .events = POLLIN}};
    if (poll(wanted, 2, -1) < 0 && errno != EINTR) return 0;
    if (!wanted[0].revents && wanted[1].revents) return 0;
    if (!wanted[0].revents) continue;
    ssize_t count = read(fd, bytes, size);
    if (count >= 0) return count;
    if (errno != EINTR && errno != EAGAIN) return 0;
  }
}

bool os_write_all(int fd, Str bytes) {
  while (bytes.len > 0) {
    ssize_t count = write(fd, bytes.at, bytes.len);
    if (count < 0 && errno != EINTR && errno != EAGAIN) return false;
    if (count > 0) bytes = str_slice(bytes, (size_t)count, bytes.len);
  }
  return true;
}

int os_process_watch(long id) {
#ifdef SYS_pidfd_open
  int fd = (int)syscall(SYS_pidfd_open, (pid_t)id, 0);
  return fd >= 0 ? fd : errno == ESRCH ? -2 : -1;
#else
  return kill((pid_t)id, 0) < 0 && errno == ESRCH ? -2 : -1;
#endif
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

bool os_is_terminal(int fd) { return isatty(fd); }

int os_terminal_width(int fd) {
  struct winsize size;
  return ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}
