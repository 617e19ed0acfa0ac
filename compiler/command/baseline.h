/* Writing a baseline, and what is said of one. */
#ifndef JOURNEY_COMMAND_BASELINE_H
#define JOURNEY_COMMAND_BASELINE_H

#include "command/command.h"

/* Records what is weak in the project now in the file. Errors are not recorded, but shown; the exit code says whether
 * there are any. */
int command_write_baseline(const CommandInput *input, const char *path, Arena *arena);
/* On standard error: that some entries of the project's baseline are no longer needed. */
void command_tell_needless(const Project *project, size_t needless);

#endif
