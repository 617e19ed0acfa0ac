/* Files and folders that somebody may change: whoever follows them is told. */
#ifndef JOURNEY_BASE_OS_WATCH_H
#define JOURNEY_BASE_OS_WATCH_H

#include "base/buf.h"

/* Files that somebody may change. */
typedef struct OsChanges OsChanges;
OsChanges *os_changes_new(void);
/* A file, which is there or not; or a folder: whether .journey files come to it or go. As it was when `changes` were
 * made: make them before you read it. */
void os_changes_add(OsChanges *changes, Str path);
/* Waits until one of them is no longer what it was when it was added; `*changed` is its path, and lasts as long as the
 * changes. False where Ctrl-C was pressed. Told by the system where it does that (inotify), else looked at twice a
 * second. */
bool os_changes_wait(OsChanges *changes, Str *changed);
void os_changes_free(OsChanges *changes); /* NULL is fine */

/* Folders in which files may change, for as long as the program runs. */
typedef struct OsWatch OsWatch;
OsWatch *os_watch_new(void); /* NULL where the system doesn't tell */
/* Once is enough, twice is fine. Any thread. */
void os_watch_folder(OsWatch *watch, Str path);
/* Waits until a file or folder in one of them was written, made, moved or taken away: its path, in `path`. False where
 * there will be no more. */
bool os_watch_next(OsWatch *watch, Buf *path, bool *is_folder);

#endif
