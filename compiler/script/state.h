/* The inside of the sandbox, for the files of this folder: the only ones that see Lua. */
#ifndef JOURNEY_SCRIPT_STATE_H
#define JOURNEY_SCRIPT_STATE_H

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

#include "base/buf.h"
#include "base/vec.h"
#include "script/heap.h"
#include "script/sandbox.h"

struct Sandbox {
  lua_State *lua;
  Arena *arena;
  SandboxBudget budget;
  SandboxFind *find;
  void *context;
  uint64_t fuel;               /* instructions that are left */
  double deadline;             /* of os_computed: on a busy machine a script may have to wait, which is not its time */
  double look;                 /* of os_clock, which costs less: before, the deadline can't be over */
  uint64_t unclocked;          /* work since the clock was last read */
  size_t used, allowed, fresh; /* bytes: now, at most, asked for since the clock was last read */
  Heap heap;
  bool finalizes; /* something is in here that has to be told of its end */
  bool collects;  /* garbage: from here on, which most scripts never reach */
  size_t free_until;
  size_t since_full;  /* bytes asked for since memory was last full */
  SandboxEnd stopped; /* sticky until the next refill */
  Str file;           /* where the last error was raised, or memory was refused */
  uint32_t line;
  Str trace;
  Str loading; /* the file that is being read */
  VEC(SandboxPrint) prints;
  size_t given;   /* prints that have been handed out */
  size_t printed; /* bytes */
  Buf words;      /* of the line that is being printed */
};

/* How many instructions pass between two looks at the budget. */
#define SANDBOX_STRIDE 1000

static inline Sandbox *sandbox_of(lua_State *lua) { return *(Sandbox **)lua_getextraspace(lua); }
/* Takes `work` off the budget, about an instruction's worth each; raises the error when it is spent. Every function
 * that C gives to scripts and that takes longer than an instruction calls it, since the hook only sees Lua's own
 * instructions. */
void sandbox_charge(lua_State *lua, uint64_t work);
/* Its time, from now on. */
void sandbox_time(Sandbox *sandbox, double seconds);
/* Looks at the clock, now. */
void sandbox_clock(lua_State *lua);
_Noreturn void sandbox_stop(lua_State *lua, SandboxEnd end);
/* Garbage is collected from now on: for a state that works on much, of which it keeps little. */
void sandbox_collects(lua_State *lua);
/* Something has a `__gc`: the sandbox ends in order, and collects garbage from now on. */
void sandbox_finalizes(lua_State *lua);
/* Adds a line to what was printed, from where the script is. */
void sandbox_print(lua_State *lua, Str text);
/* Runs the text in a world of its own and leaves its one result. */
void sandbox_chunk(lua_State *lua, Str path, Str text);

/* Makes the library, and leaves a table of all that a script may see. */
int library_open(lua_State *lua);
/* Leaves a copy of it that a file may change without others noticing. */
void library_copy(lua_State *lua);
/* string.* with patterns, whose work is bounded in advance; leaves a table. */
void library_patterns(lua_State *lua, int strings);

/* The map's tables are locked: a script that adds to them, sorts or empties them is told to change a copy. Lazy ones
 * have a metatable with this field, a function that fills in what is missing. */
#define MODEL_FILL "fill"

#endif
