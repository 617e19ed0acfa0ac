/* Checks of what a change touches: which maps are to be read for that, and which diagnostics count. */
#ifndef JOURNEY_COMMAND_TOUCHED_H
#define JOURNEY_COMMAND_TOUCHED_H

#include "command/command.h"
#include "project/dependents.h"

typedef struct {
  const char *since; /* a revision; the paths say where to look. NULL: the paths are what has changed */
  bool gone;         /* what the next commit takes away has changed, too */
  const char *extra; /* a file that touches all; NULL: none */
} TouchedBy;

typedef struct {
  const TouchedBy *by;
  Str *changed; /* files and folders that have changed, have come or are gone; absolute */
  size_t count;
  CommandInput input; /* what is to be read */
  CommandInput all;   /* the same where the whole project has to be */
  bool any;           /* whether anything is to be checked */
  bool reads_all;
  const char **reads; /* what `input` names, while it is put together */
  size_t read_count;
  Dependents *dependents; /* of what was read */
} Touched;

/* A repository may hold several projects, each with settings of its own: what is touched in each. */
typedef struct {
  Touched *at;
  size_t count; /* one, where nothing is touched */
} TouchedParts;

/* Finds out what changed, and which maps that touches. False after saying why that can't be known. */
bool touched_find(const TouchedBy *by, const CommandInput *input, TouchedParts *parts, Arena *arena);
/* Reads these maps, and all that is needed for saying of them what is said where all are checked. NULL after saying
 * why not. */
Project *touched_load(Touched *touched, Arena *arena);
/* Leaves what is said of other files out. */
void touched_keep(const Touched *touched, const Project *project, Diagnostics *all);
/* Of each file of the project whether it is touched. */
const bool *touched_units(const Touched *touched, const Project *project, Arena *arena);
/* "No problems in the 3 files that …"; for when there are none. */
Str touched_summary(const Touched *touched, const Project *project, Arena *arena);
void touched_free(Touched *touched);

#endif
