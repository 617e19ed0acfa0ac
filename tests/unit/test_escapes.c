/* What a budget of instructions and memory does not stop, and a sandbox leaves out: in a bare Lua, with all of its
 * libraries, each of these ends by the worker alone, and costs itself alone. */
#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/os.h"
#include "check.h"
#include "script/worker.h"

enum { DEADLINE = 250, AT_ONCE = LIMIT_WORKER_LOST }; /* so few that none is left untried */

static const struct {
  const char *script;
  WorkerEnd end;
  int signal;
} escapes[] = {
    {"return 1", WORKER_DONE, 0},
    {"while true do end", WORKER_TIME, 0},
    {"while true do pcall(error) end", WORKER_TIME, 0},
    {"setmetatable({}, {__gc = function() while true do end end}) collectgarbage()", WORKER_TIME, 0},
    {"return 1", WORKER_DONE, 0},
    {"return (('a'):rep(3000):find('.-.-.-.-b'))", WORKER_TIME, 0},
    {"table.move({}, 1, 1 << 40, 2)", WORKER_TIME, 0},
    {"table.remove(setmetatable({}, {__len = function() return 1 << 40 end}), 1)", WORKER_TIME, 0},
    {"table.concat(setmetatable({}, {__len = function() return 1 << 40 end, __index = function() return '' end}))",
     WORKER_TIME, 0},
    {"coroutine.wrap(function() while true do end end)()", WORKER_TIME, 0},
    {"local function f() return coroutine.wrap(f)() end f()", WORKER_DONE, 0}, /* an error of Lua's own */
    {"os.exit(7)", WORKER_CRASHED, 0},
    {"os.exit(0)", WORKER_CRASHED, 0},
    {"local f = io.open(here, 'w') f:write('x') f:close()", WORKER_CRASHED, SIGXFSZ},
    {"return 1", WORKER_DONE, 0},
};
enum { ESCAPES = sizeof escapes / sizeof *escapes };

static size_t heard_of;
static char here[] = "/tmp/journey-escape-XXXXXX";

/* escapes[from + job] are those of one worker, and those that follow it. */
static void work(void *context, size_t job, Buf *answer) {
  job += *(size_t *)context;
  lua_State *lua = luaL_newstate();
  luaL_openlibs(lua);
  lua_pushstring(lua, here);
  lua_setglobal(lua, "here");
  if (luaL_loadstring(lua, escapes[job].script) == LUA_OK) lua_pcall(lua, 0, 0, 0);
  lua_close(lua);
  buf_printf(answer, "%zu", job);
}

static void heard(void *context, size_t job, WorkerFate fate, Str answer) {
  char words[16];
  job += *(size_t *)context;
  snprintf(words, sizeof words, "%zu", job);
  bool fine = job == heard_of && fate.end == escapes[job].end && fate.signal == escapes[job].signal &&
              str_is_c(answer, fate.end == WORKER_DONE ? words : "");
  if (!fine) printf("%s\n  end %d, signal %d\n", escapes[job].script, fate.end, fate.signal);
  CHECK(fine);
  heard_of++;
}

int main(void) {
  Str why = {0};
  CHECK(mkdtemp(here) && rmdir(here) == 0);
  for (size_t from = 0; from < ESCAPES; from += AT_ONCE) {
    size_t left = ESCAPES - from;
    CHECK(worker_run(left < AT_ONCE ? left : AT_ONCE, DEADLINE, NULL, work, heard, &from, &why));
  }
  CHECK(heard_of == ESCAPES);
  Arena *arena = arena_new();
  Str text = {0};
  CHECK(!os_read_file(arena, here, 100, &text, &why) || text.len == 0);
  unlink(here);
  arena_free(arena);
  return CHECK_DONE();
}
