/* What the operating system gives: files, folders, paths, the date, threads, the terminal; processes are in
 * os_process.h, files that somebody may change in os_watch.h. A port is the files os*.c. */
#ifndef JOURNEY_BASE_OS_H
#define JOURNEY_BASE_OS_H

#include <stdio.h>

#include "base/buf.h"

/* An errno in words: "no such file or folder". */
Str os_reason(Arena *arena, int error);
/* Reads a whole file into the arena. On failure false, and `*why` says the reason in words ("no such file"). What is no
 * plain file (a pipe, a socket, a device) isn't opened: nobody waits for what may never come. */
bool os_read_file(Arena *arena, const char *path, size_t limit, Str *text, Str *why);
/* The same for what the command line names: a pipe that the shell handed over, `<(…)` or /dev/stdin, is read to its
 * end. */
bool os_read_given(Arena *arena, const char *path, size_t limit, Str *text, Str *why);
/* A plain file, open for reading; NULL with `*why`. */
FILE *os_open_file(Arena *arena, const char *path, Str *why);
bool os_read_stdin(Arena *arena, size_t limit, Str *text, Str *why);
/* Writes to a temporary name beside `path`, then renames: whoever reads sees the old file or the new one.
 * A link is written through; the file's permissions are kept. A pipe is written to where somebody reads from it. */
bool os_write_file(Arena *arena, const char *path, Str text, Str *why);
/* To standard output; false with `*why` where it cannot be written (a full disk). A closed pipe is no error. */
bool os_write_stdout(Str text, Str *why);
bool os_make_folders(Arena *arena, const char *path, Str *why);

typedef enum { OS_NOTHING, OS_FILE, OS_FOLDER, OS_OTHER } OsKind;
OsKind os_kind(const char *path); /* follows links */
/* A number that is the same for two names of one file; 0 where there is none. */
uint64_t os_identity(const char *path);
/* A number that changes when the file is written to; 0 where there is none, or it was written at or after `since`
 * (seconds since 1970), so that a later write might leave no other trace. */
uint64_t os_stamp(const char *path, int64_t since);
/* Calls `found` for each file below the folder whose name ends in `ending`, in byte order of the paths; hidden folders
 * and `node_modules` are passed over, links to folders are not followed. */
typedef void OsFound(void *context, Str path);
bool os_walk(Arena *arena, const char *folder, Str ending, OsFound *found, void *context, Str *why);
/* The same for what lies in the folder itself, in no order, at most `most` of it: files, and folders, whose paths end
 * in
 * '/'. */
bool os_list(Arena *arena, const char *folder, size_t most, OsFound *found, void *context, Str *why);
/* Takes away what lies in the folder itself, is a plain file of this user's, was written more than `seconds` ago, and
 * has a name of that kind. No link is followed; what can't be taken away stays. */
void os_sweep(const char *folder, int64_t seconds, bool (*is_kind)(Str name));
Str os_working_folder(Arena *arena);
/* An absolute path without `.`, `..` and double slashes; links stay. */
Str os_absolute(Arena *arena, Str path);
/* `path` as seen from the folder `from`, both absolute; used for printing. */
Str os_relative(Arena *arena, Str path, Str from);
/* `name` beside the file `beside`, or `name` itself where it is absolute. */
Str os_beside(Arena *arena, Str beside, Str name);
Str os_file_name(Str path);
/* The folder in which an absolute path lies; that of the root is the root. */
Str os_folder(Str path);
/* Whether an absolute path is the folder, or lies in it. */
bool os_is_in(Str path, Str folder);
/* The absolute path of this program; empty where the system doesn't say. */
Str os_program(Arena *arena);
/* The absolute path with all links followed; empty where nothing is there. */
Str os_real(Arena *arena, const char *path);

/* A shared library that is loaded when it is needed, for the rest of the program; NULL where it isn't there. */
void *os_library(const char *name);
/* What it, or a library that it brings along, calls so; NULL: nothing. */
void *os_library_symbol(void *library, const char *name);

/* Days since 1970-01-01 of today's date, in local time. */
int32_t os_today(void);
/* Seconds since 1970. */
int64_t os_time(void);
/* Seconds of a clock that only goes forward. */
double os_clock(void);
/* Seconds that this thread has computed. A system call, which os_clock is not. */
double os_computed(void);
int os_processors(void);
/* Calls work(context, i) for i in [0, count) on up to `threads` threads; returns when all are done. */
void os_parallel(size_t count, int threads, void (*work)(void *context, size_t i), void *context);

/* Bytes that nobody can guess; false where the system has none. */
bool os_random(void *bytes, size_t size);

/* Ctrl-C: while it is watched it only sets a mark, and whoever works looks for that now and then. Where the program
 * was started with Ctrl-C ignored, it stays so. One may watch within another: the mark lasts until the outermost ends,
 * for which os_unwatch_interrupt is true. os_end_interrupted ends the program as Ctrl-C would have done (a shell shows
 * 130). */
void os_watch_interrupt(void);
bool os_interrupted(void);
bool os_unwatch_interrupt(void);
_Noreturn void os_end_interrupted(void);

bool os_is_terminal(int fd);
int os_terminal_width(int fd); /* 0 where unknown */

#endif
