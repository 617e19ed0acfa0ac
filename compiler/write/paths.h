/* Where clients go, as tables for people and for programs: `journey paths`. */
#ifndef JOURNEY_WRITE_PATHS_H
#define JOURNEY_WRITE_PATHS_H

#include "flow/flow.h"
#include "write/terminal.h"

typedef struct {
  Flows flows;
  Flows base; /* of the journey that it extends; its journey is NULL: none */
} JourneyPaths;

/* For each set of paths what becomes of 100 who start, and a row for each step: who comes, how often, who leaves there,
 * and what is lost without it; beneath each number of a variant that of its base. Where there is
 * little room, some columns are left out; below a width of 60, lines may be longer. */
void paths_write_text(const Project *project, const JourneyPaths *paths, TerminalStyle style, Buf *to);
/* {"version": 1, "journeys": [{"id", "title", "extends", "paths": [{"title", "completes", "leaves", "unaccounted",
 * "endless", "steps-on-the-way", "deviation", "base": {…}, "steps": [{"id", "title", "stage", "reach", "visits", …,
 * "ways": [{"to", "share"}], "base": {…}}]}]}]}; shares are from 0 to 1; null is a number that is not known or
 * infinite. */
void paths_write_json(const Project *project, const JourneyPaths *paths, size_t count, Buf *to);
/* A row for each step of each set of paths, below a row of names. */
void paths_write_csv(const Project *project, const JourneyPaths *paths, size_t count, Buf *to);

#endif
