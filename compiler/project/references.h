/* Which other files a file speaks of: maps that it brings in, Lua files, data. */
#ifndef JOURNEY_PROJECT_REFERENCES_H
#define JOURNEY_PROJECT_REFERENCES_H

#include "project/project.h"

typedef enum {
  REFERENCE_DATA,   /* a table, an event log: nothing in it speaks of other files */
  REFERENCE_SCRIPT, /* a .lua file */
  REFERENCE_MAP,    /* to be read as a map, whatever it is called */
} ReferenceKind;

typedef struct {
  Str path; /* as it stands there, beside the path of the file itself */
  ReferenceKind kind;
} Reference;

typedef struct {
  VEC(Reference) list;
  bool governs;      /* says something that holds for all maps: it is a file of settings, or has a `project` block */
  bool any_script;   /* a Lua file that requires what nobody can tell: any in its folder, or below it */
  bool asks_for_all; /* a Lua file that may look at all maps of the project */
} References;

/* From the text alone, without parsing: all that the file speaks of, and perhaps more, such as what stands in a
 * comment. Texts live in `arena`. */
void references_of_text(Arena *arena, Str path, Str text, References *to);
/* From the parsed file: what it speaks of. */
void references_of_unit(Arena *arena, const Unit *unit, References *to);

#endif
