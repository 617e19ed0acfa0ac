/* What a budget of instructions and memory does not stop, and a sandbox leaves out: in a bare Lua, with all of its
 * libraries, each of these ends by the worker alone, and costs itself alone. */
#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/os.h"
#include "check.h"
#include "script/worker.h"

enum { DEADLINE = 250 };

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

static char here[] = "/tmp/journey-escape-XXXXXX";

static void work(void *context, size_t job, Buf *answer) {
  (void)context;
  lua_State *lua = luaL_newstate();
  luaL_openlibs(lua);
  lua_pushstring(lua, here);
  lua_setglobal(lua, "here");
  if (luaL_loadstring(lua, escapes[job].script) == LUA_OK) lua_pcall(lua, 0, 0, 0);
  lua_close(lua);
  buf_printf(answer, "%zu", job);
}

static void heard(void *context, size_t job, WorkerFate fate, Str answer) {
  size_t *count = context;
  char words[16];
  snprintf(words, sizeof words, "%zu", job);
  bool fine = job == *count && fate.end == escapes[job].end && fate.signal == escapes[job].signal &&
              str_is_c(answer, fate.end == WORKER_DONE ? words : "");
  if (!fine) printf("%s\n  end %d, signal %d\n", escapes[job].script, fate.end, fate.signal);
  CHECK(fine);
  ++*count;
}

int main(void) {
  size_t count = 0;
  Str why = {0};
  CHECK(mkdtemp(here) && rmdir(here) == 0);
  CHECK(worker_run(ESCAPES, DEADLINE, NULL, work, heard, &count, &why));
  CHECK(count == ESCAPES);
  Arena *arena = arena_new();
  Str text = {0};
  CHECK(!os_read_file(arena, here, 100, &text, &why) || text.len == 0);
  unlink(here);
  arena_free(arena);
  return CHECK_DONE();
}
