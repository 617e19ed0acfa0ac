/* Diagnostics for programs: {"version": 1, "errors": n, "warnings": n, "information": n, "hints": n, "diagnostics":
 * [{code, severity, title, message, help?, path?, start?, end?, related?, fix?}]}. `severity` is "error", "warning",
 * "information" or "hint". `start` and `end` are {line, column, offset}: line and column count
 * from 1, columns in characters (code points), offsets in bytes from 0; `end` stands behind the last character.
 * `related` is an array of {message, path, start, end}; `fix` is {start, end, replacement, sure}, in the same file;
 * `journey check --fix` makes those that are sure. What
 * there is not is left out. */
#ifndef JOURNEY_WRITE_DIAGNOSTICS_JSON_H
#define JOURNEY_WRITE_DIAGNOSTICS_JSON_H

#include "project/project.h"

void diagnostics_write_json(const Project *project, const Diagnostics *list, Buf *to);

#endif
