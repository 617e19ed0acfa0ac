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

/* Why there is no such commit, and what to do: of a name for which revision_find is false. */
Str revision_why_not(Arena *arena, Str top, Str name);

typedef struct {
  Str *at; /* absolute */
  size_t count;
} RevisionPaths;
/* What differs between the commit and the working tree: files that were changed, made (those that git does not know
 * yet, too) or taken away. */
bool revision_changes(Arena *arena, Str top, Str commit, RevisionPaths *changes, Str *why);
/* The files that the next commit takes away; with `range`, a...b, that are gone between the two. */
RevisionPaths revision_gone(Arena *arena, Str top, Str range);

#endif
