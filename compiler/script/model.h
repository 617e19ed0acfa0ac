/* A journey as Lua tables, made from the schema: what a metric's `journey` and `place` are (see docs/metrics.md). */
#ifndef JOURNEY_SCRIPT_MODEL_H
#define JOURNEY_SCRIPT_MODEL_H

#include "project/project.h"
#include "script/place.h"
#include "script/sandbox.h"

typedef struct Model Model;

/* The stages and steps are there at once; what they hold is made when a script first asks for it. Lives in `arena`, as
 * long as the sandbox. NULL with `*error` where memory is out. */
Model *model_new(Sandbox *sandbox, const Project *project, const Journey *journey, Arena *arena, SandboxError *error);

typedef struct {
  Model *model;
  Place place;
} ModelCall;
/* A SandboxPush with a ModelCall: pushes the journey and the place. */
int model_push(struct lua_State *lua, void *call);
/* The place that the table at `index` stands for: the journey, a stage, a step, or a `place` as it was pushed. */
bool model_place(struct lua_State *lua, int index, Place *place);

#endif
