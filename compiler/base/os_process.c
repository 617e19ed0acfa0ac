#include "base/os_process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/os.h"

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
  *complaint = error ? os_reason(arena, error) : STR("it was ended before it was done");
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
  struct timespec used;
  if (clock_getcpuclockid((pid_t)copy->id, &clock) != 0 || clock_gettime(clock, &used) != 0) return -1;
  return (double)used.tv_sec + (double)used.tv_nsec / 1e9;
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

bool os_copy_say(int to, Str bytes) { return os_write_all(to, bytes); }

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

/* ---- streams ---- */

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
