/* Inside of script/: what a ruleset and its reports share. */
#ifndef JOURNEY_SCRIPT_RULESET_STATE_H
#define JOURNEY_SCRIPT_RULESET_STATE_H

#include "script/model.h"
#include "script/ruleset.h"
#include "script/state.h"

/* Which statements name a declaration of some keyword, in the order of files and lines. */
typedef struct {
  Ref target, at;
} Use;

typedef struct {
  Keyword target;
  VEC(Use) list; /* by target, then by place */
} Uses;

struct Ruleset {
  const Project *p;
  Arena *arena;
  Sandbox *sandbox;
  Model *model;
  VEC(Rule) rules;
  VEC(Uses) uses; /* made when first asked for */
  int ask;        /* handle of the function that calls a rule */
  /* The call that is under way. */
  const Rule *rule;
  const MapPart *part;
  Diagnostics *to;
  uint32_t reported; /* since the last refill */
  Str said[2];       /* the last message and the last help: many are the same, and kept once */
};

/* The keyword that `word` (its word or its key) is inside of `parent`; K_NONE: none. */
Keyword rule_word(Keyword parent, const char *word);
/* The functions that checks have beside the sandbox's library, into the table on top. */
void report_open(lua_State *lua, Ruleset *set);
/* Leaves the function `report`. */
void report_push(lua_State *lua, Ruleset *set);

#endif
