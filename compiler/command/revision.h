/* The files of a git revision, by the command git. */
#ifndef JOURNEY_COMMAND_REVISION_H
#define JOURNEY_COMMAND_REVISION_H

#include "project/project.h"

typedef struct {
  ProjectText *texts; /* in byte order of their paths */
  size_t count;
} RevisionTexts;

/* The folder of the working tree around `folder`; false, with `*why`, where there is no git or no repository. */
bool revision_top(Arena *arena, Str folder, Str *top, Str *why);
/* The commit that a name means, such as HEAD~1; with `a...b`, where the two went apart. False where there is none. */
bool revision_find(Arena *arena, Str top, Str name, Str *commit);
/* All files of the commit under the paths that they have in the working tree; only .journey files and settings have
 * their text. */
bool revision_texts(Arena *arena, Str top, Str commit, RevisionTexts *texts, Str *why);

#endif
