/* Diagnostics for people: what is wrong, where, the line with a mark under the place, what to do. Nothing is said by
 * colour alone. An example:
 *
 *   error E0203: there is no team called "sucess"
 *     onboarding.journey:12:10
 *
 *      12 |   owner  sucess
 *         |          ^^^^^^
 *
 *     help: did you mean "success"?
 *
 *   1 error in 1 file
 *   `journey explain E0203` tells more
 *
 * A fix that the help does not say already has a line of its own: "fix:  write `-2` instead of `-5`". */
#ifndef JOURNEY_WRITE_DIAGNOSTICS_TEXT_H
#define JOURNEY_WRITE_DIAGNOSTICS_TEXT_H

#include "project/project.h"

typedef struct {
  bool colour;
  bool all;  /* else LIMIT_DIAGNOSTICS_SHOWN of a file are shown, and the rest is counted */
  int width; /* columns of the terminal in which sentences wrap at words; 0: there is none, a sentence is a line */
} DiagnosticsStyle;

/* `list` is sorted. The summary counts all. */
void diagnostics_write_text(const Project *project, const Diagnostics *list, DiagnosticsStyle style, Buf *to);

#endif
