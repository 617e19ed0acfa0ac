/* What files say, for scripts: `place.answers`, which is counted, and `evidence(id)`, whose rows are read again. */
#ifndef JOURNEY_SCRIPT_ANSWERS_H
#define JOURNEY_SCRIPT_ANSWERS_H

#include "evidence/evidence.h"
#include "script/state.h"

/* Leaves the table of what a measure counted. `as` is the measure's, or NULL. */
void answers_push(lua_State *lua, const Answers *answers, const char *as);
/* Bytes that its tables take at most. */
size_t answers_room(const Answers *answers);

typedef struct {
  const Project *project;
  const Evidence *evidence;
  uint32_t unit; /* whose names count; NONE: all files' */
  Arena *arena;
} EvidenceSeen;
/* Leaves the function `evidence`, which keeps `seen`. */
void evidence_push(lua_State *lua, const EvidenceSeen *seen);

#endif
