/* How the files of a project name each other: `use`, `file`, `computed-by`. */
#ifndef JOURNEY_LSP_FEATURE_PATHS_H
#define JOURNEY_LSP_FEATURE_PATHS_H

#include "lsp/workspace/snapshot.h"

/* A file as another one beside it names it: "../shared/people.journey". Both absolute. */
Str paths_between(Arena *arena, Str from, Str to);
/* In quotes, as a text of the language. */
Str paths_quoted(Arena *arena, Str path);
/* Where a new `use` goes: in front of the first one; else at the top, behind the comments with which the file begins.
 */
uint32_t paths_first_use(const Unit *unit);
bool paths_has_use(const Unit *unit);

#endif
