/* Other programs, copies of this one, and what goes between them. */
#ifndef JOURNEY_BASE_OS_PROCESS_H
#define JOURNEY_BASE_OS_PROCESS_H

#include "base/buf.h"

/* Runs a program, found by its name in $PATH, without a shell: `input` is what it reads, `*output` what it writes;
 * `*complaint` what it says on standard error. Returns its exit code; -1, with `*complaint` saying why, where it could
 * not be run or was ended. */
int os_run(Arena *arena, const char *const *argv, Str input, Str *output, Str *complaint);

/* Has the desktop show a page of the web, in its usual browser; false where there is none. Doesn't wait for it. */
bool os_show_page(const char *address);

/* A copy of this process that does one thing and ends: what it changes is not seen here, what takes it down harms
 * nobody else. Its standard streams lead nowhere, all other open files are shut in it; it writes no file, starts no
 * program, leaves no core, gains no rights, and dies with this process, or with the thread that made it. Other threads
 * may be at whatever they like: the copy has none of them, and memory that can be asked for. */
typedef struct {
  long id;
  int from; /* what it writes to `to` comes out here */
} OsCopy;
typedef struct {
  bool out_of_memory;
  int signal; /* what ended it; 0: none did */
} OsEnd;
/* The copy runs body(context, to), with at most `memory` bytes more than this process has (where the system can say so:
 * not under sanitizers). False with `*why`, a text that lasts, where there is none. */
bool os_copy_start(OsCopy *copy, size_t memory, void (*body)(void *context, int to), void *context, Str *why);
/* Waits for bytes until os_clock() is `until`: how many were read; 0 at their end, -1 where none came. */
long os_copy_read(const OsCopy *copy, char *bytes, size_t size, double until);
/* Seconds that it has computed so far; below 0 where the system doesn't say. */
double os_copy_computed(const OsCopy *copy);
/* Sees it off, by force where it is still there. */
OsEnd os_copy_end(OsCopy *copy);
/* In the copy: hands bytes over; false where nobody listens any more. */
bool os_copy_say(int to, Str bytes);
/* In the copy: from now on it may compute for this long, and is ended by the system soon behind. For what the one who
 * waits for it no longer can. */
void os_copy_limit(int milliseconds);

/* This thread, and the processes that it starts, give way to others from now on. */
void os_give_way(void);

/* Zeros that this process and its later copies share; NULL where there are none. */
void *os_share(size_t size);
void os_unshare(void *memory, size_t size);

/* Bytes from a stream, as soon as there are any: how many; 0 at its end, or when that process is gone (-1: none is
 * watched). */
long os_read_some(int fd, char *bytes, size_t size, int process);
/* Writes all of it; false where it can't be written. */
bool os_write_all(int fd, Str bytes);
/* A number by which a process is watched: -1 where it can't be, -2 where there is none. */
int os_process_watch(long id);

#endif
