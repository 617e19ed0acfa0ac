#include "base/os.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <time.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/vec.h"

Str os_reason(Arena *arena, int error) {
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

/* By the names under which a shell hands over what it has opened: `<(…)` is /dev/fd/63, seen from the root dev/fd/63.
 */
static bool is_handed_over(Arena *arena, const char *path, const struct stat *info) {
  if (!S_ISFIFO(info->st_mode)) return false;
  Str name = os_absolute(arena, str_of(path));
  return str_starts(name, STR("/dev/fd/")) || str_starts(name, STR("/proc/self/fd/")) ||
         str_is(name, STR("/dev/stdin"));
}

static Str why_not_plain(Arena *arena, mode_t mode) {
  if (S_ISDIR(mode)) return os_reason(arena, EISDIR);
  return arena_format(arena, "it is a %s, not a file; save the text in a file, and name that",
                      S_ISFIFO(mode)   ? "pipe"
                      : S_ISSOCK(mode) ? "socket"
                                       : "device");
}

static bool may_be_read(Arena *arena, const char *path, const struct stat *info, bool or_handed_over) {
  return is_plain(info) || (or_handed_over && is_handed_over(arena, path, info));
}

/* What else there may be under the name isn't opened: that could wait for ever, or ring a bell. */
static int open_to_read(Arena *arena, const char *path, bool or_handed_over, struct stat *info, Str *why) {
  if (stat(path, info) < 0) return *why = os_reason(arena, errno), -1;
  if (!may_be_read(arena, path, info, or_handed_over)) return *why = why_not_plain(arena, info->st_mode), -1;
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY); /* should it be another by now */
  if (fd < 0) return *why = os_reason(arena, errno), -1;
  if (fstat(fd, info) == 0 && may_be_read(arena, path, info, or_handed_over)) return fd;
  *why = why_not_plain(arena, info->st_mode);
  close(fd);
  return -1;
}

FILE *os_open_file(Arena *arena, const char *path, Str *why) {
  struct stat info;
  int fd = open_to_read(arena, path, false, &info, why);
  FILE *file = fd < 0 ? NULL : fdopen(fd, "rb");
  if (fd >= 0 && !file) *why = os_reason(arena, errno), close(fd);
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
  if (error) *why = os_reason(arena, error);
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
  if (error) *why = os_reason(arena, error);
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
  if (error) *why = os_reason(arena, error);
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
    if (failed) return *why = os_reason(arena, error), false;
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
  if (error) *why = os_reason(arena, error);
  return error == 0;
}

bool os_list(Arena *arena, const char *folder, size_t most, OsFound *found, void *context, Str *why) {
  Paths paths = {0};
  int error = list_folder(arena, str_of(folder), STR(""), most, &paths);
  for (size_t i = 0; i < paths.len; i++) found(context, paths.at[i]);
  vec_free(&paths);
  if (error) *why = os_reason(arena, error);
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
