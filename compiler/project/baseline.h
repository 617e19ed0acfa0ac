/* Old warnings that a team has put up with for now: a file lists them, and checks leave them out. An entry holds
 * through moved lines and other words: it names the file, the code, and what in the file it is about. */
#ifndef JOURNEY_PROJECT_BASELINE_H
#define JOURNEY_PROJECT_BASELINE_H

#include "project/project.h"

enum { BASELINE_VERSION = 1 };

typedef struct {
  Str file;       /* seen from the folder of the baseline */
  Str code;       /* "W0603", or the name of a check of the project's own */
  Str at;         /* "onboarding/contract/hurdle/because": the names of the statements around it, from the outermost */
  uint32_t count; /* how many of them there may be */
} BaselineEntry;

typedef struct Baseline {
  BaselineEntry *entries; /* sorted, each once */
  uint32_t count;
} Baseline;

/* Makes the text of a unit its baseline; what is wrong with it becomes a diagnostic of the unit. (baseline_json.c) */
void baseline_read(Unit *unit);
/* One entry a line, in order, so that git merges them. (baseline_json.c) */
void baseline_write(const Baseline *baseline, Buf *to);

/* The baseline that would leave out all of these; those that are errors by themselves are not recorded. `path` is where
 * it will stand. */
Baseline baseline_of(const Project *p, const Diagnostics *all, Str path, Arena *arena);
/* Leaves out what the project's baseline lists, as often as it does; `all` are settled, of all files or of one. Returns
 * how many entries list more than there is: worth saying only of a whole project without errors. */
size_t baseline_leave_out(const Project *p, Diagnostics *all);
/* For sorting and searching, the counts aside. */
int baseline_compare(const void *a, const void *b);

#endif
