/* Runs Lua that nobody vouches for: a small world of named functions, and a budget that no script gets around.
 *
 * A script is a text file that returns a function, or a table with a function `compute`. It sees what library.c names
 * and nothing else: no files, no clock, no chance, no code made from text, no metatables. The same input gives the same
 * answer. Each call has a budget of instructions, time and memory; once one of them is spent, the call ends and `pcall`
 * in the script cannot hold it. Whatever happens, the sandbox can be used again afterwards.
 *
 * This does not guard against faults of the Lua interpreter itself: that takes a process of its own. */
#ifndef JOURNEY_SCRIPT_SANDBOX_H
#define JOURNEY_SCRIPT_SANDBOX_H

#include "base/arena.h"
#include "base/limits.h"
#include "base/str.h"

typedef struct Sandbox Sandbox;
struct lua_State;

typedef struct {
  uint64_t instructions;
  size_t memory; /* bytes, on top of what the sandbox and its map take */
  int milliseconds;
} SandboxBudget;
#define SANDBOX_BUDGET ((SandboxBudget){LIMIT_LUA_INSTRUCTIONS, LIMIT_LUA_MEMORY, LIMIT_LUA_MILLISECONDS})

typedef enum {
  SANDBOX_OK,
  SANDBOX_WRONG,        /* an error in the script */
  SANDBOX_INSTRUCTIONS, /* a limit was reached */
  SANDBOX_TIME,
  SANDBOX_MEMORY,
  SANDBOX_TEXT,
} SandboxEnd;

typedef struct {
  SandboxEnd end;
  Str file;      /* where in the Lua files it happened; empty where that isn't known */
  uint32_t line; /* one-based; 0 where it isn't known */
  Str message;   /* plain words, one line, no full stop; names the limit that was reached */
  Str trace; /* who called whom, where there is more than one: "in weigh (metrics/x.lua, line 3)\ncalled by …"; may be
                empty */
} SandboxError;

/* Finds what `require(name)` in the file `from` means. Texts live in `arena`. False with `*why` where there is none. */
typedef bool SandboxFind(void *context, Str from, Str name, Arena *arena, Str *path, Str *text, Str *why);

/* Errors live in `arena`. `find` may be NULL: then there is no `require`. NULL where memory is out. */
Sandbox *sandbox_new(Arena *arena, SandboxBudget budget, SandboxFind *find, void *context);
void sandbox_free(Sandbox *sandbox); /* NULL is fine */

/* From now on errors, and what was printed, live in `arena`, and `find` gets this context: for a sandbox that outlives
 * what it was made for. */
void sandbox_rebind(Sandbox *sandbox, Arena *arena, void *context);

/* A fresh budget for all calls up to the next refill. */
void sandbox_refill(Sandbox *sandbox);
/* More memory that does not count: room for a map's tables. */
void sandbox_allow(Sandbox *sandbox, size_t bytes);

/* Runs a file. The handle of the function that it returns, or 0 with `*error`. */
int sandbox_load(Sandbox *sandbox, Str path, Str text, SandboxError *error);
/* Calls it. `push` (may be NULL) pushes the arguments and returns how many. `*has_value` is false where the answer was
 * nil; anything but a finite number or nil is an error. False with `*error` where it failed. */
typedef int SandboxPush(struct lua_State *lua, void *context);
bool sandbox_call(Sandbox *sandbox, int handle, SandboxPush *push, void *context, bool *has_value, double *value,
                  SandboxError *error);
/* What print(…) said. */
typedef struct {
  Str file; /* of the call, and its line; empty and 0 where that isn't known */
  uint32_t line;
  Str text;     /* one line of plain text */
  bool is_last; /* LIMIT_LUA_PRINTED or LIMIT_LUA_PRINTS is reached: what was printed behind it is lost */
} SandboxPrint;
/* All that was printed since this was last asked, in order; how many. The list lives in the sandbox's arena. */
size_t sandbox_printed(Sandbox *sandbox, const SandboxPrint **list);
/* Calls `work` guarded, with no budget but memory: for building tables. False where it failed. */
bool sandbox_build(Sandbox *sandbox, SandboxPush *work, void *context, SandboxError *error);

/* "Lua 5.4.4". */
const char *sandbox_library(void);

#endif
