/* Mermaid's journey diagrams become the text of a .journey file that `journey check` finds no error in.
 *
 * What becomes what: a section is a stage, a task a touchpoint, its score what the client `feels` on `scale 1..5`. The
 * actor of most tasks (the first of several) is the client, so the map's persona. Other actors are teams: `frontstage`
 * in a task that the client has a part in, `backstage` in one that goes on without them. A task without actors is the
 * client's own. accTitle and accDescr are the documentation of the journey; comments, directives and settings stay as
 * comments.
 *
 * Nothing is lost and nothing guessed: what Mermaid could not draw, or would draw as something else than what was meant
 * (a score that is no number from 1 to 5, a colon too many …), is a problem with its line, and stays at its place as a
 * comment. Any bytes give a text that checks or a refusal. */
#ifndef JOURNEY_IMPORT_MERMAID_H
#define JOURNEY_IMPORT_MERMAID_H

#include "base/buf.h"
#include "base/vec.h"

typedef struct {
  uint32_t line; /* one-based; 0: the whole file */
  Str message;   /* one sentence, no full stop */
  Str help;      /* what to do; may be empty */
} ImportProblem;

/* At most IMPORT_PROBLEMS_KEPT are kept, the rest is counted. Texts live in `arena`; free the list with vec_free. */
#define IMPORT_PROBLEMS_KEPT 1000
typedef struct {
  Arena *arena;
  VEC(ImportProblem) list;
  size_t left_out;
} ImportProblems;

/* `path` tells Markdown (all its journey diagrams, other kinds passed over) from a diagram, and names the source. False
 * where there is nothing to import: the last problem then says why. */
bool mermaid_import(Arena *arena, Str text, Str path, Buf *journey_text, ImportProblems *problems);

/* "path:line: message", and the help below it, for each. */
void import_problems_print(const ImportProblems *problems, Str path, Buf *to);

#endif
