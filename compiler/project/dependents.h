/* Who has to be looked at again when files change: what speaks of them, what speaks of that, and so on. Nothing is
 * parsed, so that it takes a fraction of the time in which the files are checked. */
#ifndef JOURNEY_PROJECT_DEPENDENTS_H
#define JOURNEY_PROJECT_DEPENDENTS_H

#include "project/references.h"

typedef struct Dependents Dependents;

/* Knows of no file yet. Lives in `arena`; free it all the same. */
Dependents *dependents_new(Arena *arena, int threads);
void dependents_free(Dependents *dependents);

/* The files below the folder, or the file; false with `*why` where it can't be looked through. Nothing there is fine.
 */
bool dependents_add(Dependents *dependents, Str path, Str *why);
/* A file that holds for all maps, whether it is there or not. */
void dependents_add_settings(Dependents *dependents, Str path);
/* Reads what was added and what that brings in. What it finds that files speak of is all that there is, and perhaps
 * more (references_of_text). */
void dependents_read(Dependents *dependents);
/* Instead of both: what the files of a project speak of, neither more nor less. */
void dependents_of_project(Dependents *dependents, const Project *p);

/* What has changed, has come or is gone: a file, or all that is in a folder. Before dependents_spread. */
void dependents_touch(Dependents *dependents, Str path);
/* Where what holds for all maps is touched (settings; checks that the project's own file brings in), so are all;
 * where projects are `nested` in one another, settings hold for their own folder. */
void dependents_spread(Dependents *dependents, bool nested);

/* Whether the file has to be looked at again. */
bool dependents_is_touched(Dependents *dependents, Str path);
/* Whether any file speaks of it. */
bool dependents_speak_of(Dependents *dependents, Str path);
typedef struct {
  Str *paths; /* in byte order, as they were found */
  uint32_t count;
} DependentPaths;
/* The maps among those that are there. With `governing` also those that say what holds for all, touched or not. */
DependentPaths dependents_maps(const Dependents *dependents, bool touched, bool governing);
/* Whether a Lua file may look at all maps of the project. */
bool dependents_ask_for_all(const Dependents *dependents);

#endif
