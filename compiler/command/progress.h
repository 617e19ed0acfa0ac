/* How far a long work is: a line on standard error, where that is a terminal and the work takes over half a second;
 * it is gone again behind it. Meanwhile Ctrl-C only makes progress_report return false, and progress_end then ends the
 * program, so that files are whole and the terminal is clean. */
#ifndef JOURNEY_COMMAND_PROGRESS_H
#define JOURNEY_COMMAND_PROGRESS_H

#include "base/str.h"

typedef struct {
  double started, shown; /* seconds of os_clock; shown is 0 before the first time */
  bool terminal;
} Progress;

void progress_begin(Progress *progress);
/* Of the file that is being read: `read` of `size` bytes. False: stop. Its type is that of EvidenceProgress. */
bool progress_report(void *progress, Str file, uint64_t read, uint64_t size);
/* Where Ctrl-C was pressed it does not return, unless whoever called watches for it (os_watch_interrupt). */
void progress_end(Progress *progress);

#endif
