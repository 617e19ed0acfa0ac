/* Maps as Lua tables, made from the schema: what a script's `journey` and `place` are (see docs/metrics.md). */
#ifndef JOURNEY_SCRIPT_MODEL_H
#define JOURNEY_SCRIPT_MODEL_H

#include "project/project.h"
#include "script/part.h"
#include "script/place.h"
#include "script/sandbox.h"

typedef struct Model Model;

/* Nothing of a map is there before a script asks for it; then each thing is made once. `journey` is the usual one of
 * model_push and may be NULL; all journeys of the project can be pushed. Lives in `arena`, as long as the sandbox. NULL
 * with `*error` where memory is out. */
Model *model_new(Sandbox *sandbox, const Project *project, const Journey *journey, Arena *arena, SandboxError *error);

typedef struct {
  Model *model;
  Place place;
  const Journey *journey; /* in which the place is; NULL: the model's */
} ModelCall;
/* A SandboxPush with a ModelCall: pushes the journey (nil for a project, a persona, a team) and the place, a table of
 * its own that may be added to with lua_rawset. */
int model_push(struct lua_State *lua, void *call);

/* The place that the table at `index` stands for: a journey, a stage, a step, or a `place` as it was pushed. `*journey`
 * (may be NULL) is the one in which it is; NULL for a project, a persona, a team. */
bool model_place_in(struct lua_State *lua, int index, const Journey **journey, Place *place);
/* The statement for which the table at `index` stands, as this journey says it: a step, a pain, a measure, a team, …;
 * or that of a property, for {thing, "due"} and {thing, "needs", 2}, by its word or its key: the thing itself where it
 * has none. False where it is no table of a map, or no such property is known. */
bool model_ref(struct lua_State *lua, int index, Ref *ref);

/* Leaves the table of a part: of a step or a pain the one that is in the lists of its journey, too. A statement that
 * declares nothing gets one of its own each time. Called guarded. */
void model_push_part(struct lua_State *lua, Model *model, const MapPart *part);
/* The part for which the table at `index` stands; false where it is no table of a map. */
bool model_part(struct lua_State *lua, int index, MapPart *part);
/* The tables of journeys are made anew from now on, so that those of many don't pile up: only for scripts that keep
 * none of them. Called guarded. */
void model_forget(struct lua_State *lua, Model *model);
/* Goes on with another project, and what it makes lives in `arena`; NULL: with none. Behind model_forget. */
void model_rebind(Model *model, const Project *project, Arena *arena);

#endif
