/* `journey check --fix`: what can be mended without a human is mended. */
#ifndef JOURNEY_COMMAND_FIX_H
#define JOURNEY_COMMAND_FIX_H

#include "command/command.h"

typedef struct {
  bool dry_run; /* nothing is written; what would change is shown */
  bool quiet;   /* standard output belongs to something else: what was fixed is told on standard error */
} FixStyle;

/* Makes the fixes that are sure, again and again until there are none. Files of the project are replaced, and files
 * elsewhere where they were named; standard input goes to standard output. Afterwards `input` holds the mended texts,
 * as if they had been given. Returns EXIT_CLEAN, EXIT_FOUND where a dry run would change something, or
 * EXIT_COULD_NOT_RUN. */
int command_fix(CommandInput *input, FixStyle style, Arena *arena);

#endif
