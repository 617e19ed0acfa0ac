#include "script/testing.h"

#include <stdlib.h>

#include "base/vec.h"
#include "script/files.h"
#include "script/testing_state.h"

/* ---- the tests of a file ---- */

typedef VEC(TestName) Names;

typedef struct {
  Names *names;
  Arena *arena;
  Str group;
  const Str *wanted; /* leaves the function of that name in the registry; NULL: only lists them */
  int depth;
} Collect;

#define WANTED "wanted"

static bool collect(lua_State *lua, void *context) {
  Collect *to = context;
  int value = lua_absindex(lua, -1), key = value - 1;
  if (lua_type(lua, key) != LUA_TSTRING)
    luaL_error(lua, "each test has a name: [\"what it proves\"] = function(t) … end");
  Str name = str_of(lua_tostring(lua, key));
  name = to->group.len ? arena_format(to->arena, STR_FMT ": " STR_FMT, STR_ARG(to->group), STR_ARG(name))
                       : arena_copy(to->arena, name);
  if (lua_istable(lua, value) && to->depth < 8) {
    Collect within = *to;
    within.group = name;
    within.depth++;
    return testing_each(lua, value, collect, &within);
  }
  if (!lua_isfunction(lua, value))
    luaL_error(lua, "\"%s\" is no test but a %s: a test is a function(t)", name.at, luaL_typename(lua, value));
  lua_Debug at;
  lua_pushvalue(lua, value);
  lua_getinfo(lua, ">S", &at);
  vec_push(to->names, (TestName){name, at.linedefined > 0 ? (uint32_t)at.linedefined : 0});
  if (to->wanted && str_is(*to->wanted, name)) {
    lua_pushvalue(lua, value);
    lua_setfield(lua, LUA_REGISTRYINDEX, WANTED);
  }
  return true;
}

static void collect_all(lua_State *lua, Testing *testing, Names *names, const Str *wanted) {
  sandbox_chunk(lua, testing->path, testing->text);
  if (!lua_istable(lua, -1))
    luaL_error(lua, "it returns no tests: end it with return { [\"what it proves\"] = function(t) … end }");
  Collect to = {.names = names, .arena = testing->arena, .wanted = wanted};
  testing_each(lua, -1, collect, &to);
}

typedef struct {
  Testing *testing;
  Names names;
  const Str *wanted;
} Job;

static int list_body(lua_State *lua, void *context) {
  Job *job = context;
  collect_all(lua, job->testing, &job->names, NULL);
  return 0;
}

static int by_line(const void *left, const void *right) {
  const TestName *a = left, *b = right;
  if (a->line != b->line) return a->line < b->line ? -1 : 1;
  return str_compare(a->name, b->name);
}

static SandboxBudget budget(void) {
  SandboxBudget of_metrics = SANDBOX_BUDGET;
  of_metrics.milliseconds = LIMIT_TEST_MILLISECONDS;
  return of_metrics;
}

bool testing_list(Str path, Str text, Arena *arena, TestName **names, size_t *count, SandboxError *error) {
  Testing testing = {.path = path, .text = text, .arena = arena};
  Job job = {.testing = &testing};
  Sandbox *sandbox = sandbox_new(arena, budget(), lua_require, NULL);
  *error = (SandboxError){.end = SANDBOX_MEMORY, .message = STR("memory is out")};
  bool ok = sandbox && sandbox_build(sandbox, list_body, &job, error);
  sandbox_free(sandbox);
  *count = job.names.len;
  *names = ARENA_ARRAY(arena, TestName, job.names.len + 1);
  for (size_t i = 0; i < job.names.len; i++) (*names)[i] = job.names.at[i];
  qsort(*names, *count, sizeof **names, by_line);
  vec_free(&job.names);
  return ok;
}

/* ---- running one ---- */

static void add_prints(Testing *testing, const SandboxPrint *list, size_t count) {
  for (size_t i = 0; i < count; i++) {
    bool here = !list[i].line || str_is(list[i].file, testing->path);
    if (!here) buf_printf(&testing->printed, STR_FMT ", line %u: ", STR_ARG(list[i].file), list[i].line);
    buf_printf(&testing->printed, STR_FMT "\n", STR_ARG(list[i].text));
    if (list[i].is_last) buf_add(&testing->printed, STR("… (more is not kept)\n"));
  }
}

void testing_take_prints(Sandbox *sandbox, Testing *testing, const TestNumber *number) {
  const SandboxPrint *list;
  size_t count = sandbox_printed(sandbox, &list);
  add_prints(testing, list, count);
  if (number) add_prints(testing, number->prints, number->print_count);
}

static int run_body(lua_State *lua, void *context) {
  Job *job = context;
  collect_all(lua, job->testing, &job->names, job->wanted);
  if (lua_getfield(lua, LUA_REGISTRYINDEX, WANTED) != LUA_TFUNCTION) luaL_error(lua, "this test is gone");
  testing_push(lua, job->testing);
  lua_call(lua, 1, 0);
  sandbox_charge(lua, 0); /* a budget that is spent stays spent */
  return 0;
}

static TestOutcome outcome_of(Testing *testing, bool ok, const SandboxError *error) {
  TestOutcome outcome = testing->outcome;
  bool stopped = !ok && error->end != SANDBOX_WRONG;
  if (ok && !testing->failed) outcome.passed = true;
  if (ok || (testing->failed && !stopped)) return outcome;
  bool here = str_is(error->file, testing->path) || !error->line;
  outcome.message = here ? error->message
                         : arena_format(testing->arena, STR_FMT ", line %u: " STR_FMT, STR_ARG(error->file),
                                        error->line, STR_ARG(error->message));
  outcome.file = testing->path;
  outcome.line = here ? error->line : 0;
  outcome.trace = error->trace;
  outcome.expected = outcome.found = outcome.place = STR("");
  return outcome;
}

TestOutcome testing_run(Str path, Str text, Str name, const TestWorld *world, Arena *arena) {
  Testing testing = {.path = path, .text = text, .world = world, .arena = arena};
  Job job = {.testing = &testing, .wanted = &name};
  Sandbox *sandbox = sandbox_new(arena, budget(), lua_require, NULL);
  SandboxError error = {.end = SANDBOX_MEMORY, .message = STR("memory is out")};
  bool ok = sandbox && sandbox_build(sandbox, run_body, &job, &error);
  if (sandbox) testing_take_prints(sandbox, &testing, NULL);
  sandbox_free(sandbox);
  vec_free(&job.names);
  TestOutcome outcome = outcome_of(&testing, ok, &error);
  outcome.printed = buf_take(&testing.printed, arena);
  return outcome;
}
