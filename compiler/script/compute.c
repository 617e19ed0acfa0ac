#include "script/compute.h"

#include <math.h>

#include "base/nearest.h"
#include "base/os.h"
#include "script/answers.h"
#include "script/files.h"
#include "script/model.h"
#include "script/statistics.h"
#include "script/worker.h"

enum { MOST_LINES = 200, MOST_POINTS = 1000, MOST_SETTINGS = 100 };

struct Computer {
  ComputeWorld world;
  Arena *arena;
  Sandbox *sandbox;
  Model *model;
  Str path, text;
  int function;  /* in the registry */
  uint32_t line; /* where it begins */
  ComputeFile file;
  /* The budget of all places together. */
  uint64_t fuel;
  double seconds;
  Str failed; /* another metric that it asked for does: sticky */
  VEC(ComputeLine) lines;
  const ComputeCall *call; /* that runs; NULL: none does */
};

static const char *const scopes[] = {"journey", "stage", "touchpoint", "project", "persona", "team"};
enum { SCOPES = sizeof scopes / sizeof *scopes, USUAL_SCOPE = 1 << PLACE_JOURNEY | 1 << PLACE_STAGE | 1 << PLACE_STEP };

/* ---- what scripts call ---- */

static Computer *computer_of(lua_State *lua) { return lua_touserdata(lua, lua_upvalueindex(1)); }

static Str text_at(lua_State *lua, int index) {
  Str text;
  text.at = luaL_checklstring(lua, index, &text.len);
  return text;
}

/* value("effort", place): the time that the other metric takes is not this one's. */
static int compute_value(lua_State *lua) {
  Computer *computer = computer_of(lua);
  Str id = text_at(lua, 1), why = {0};
  Place place;
  const Journey *journey;
  bool has_value = false;
  double number = 0, before = os_computed();
  if (lua_isnoneornil(lua, 2) && computer->call) place = computer->call->place, journey = computer->call->journey;
  else if (!model_place_in(lua, 2, &journey, &place))
    return luaL_error(lua,
                      "value(id, place) takes a place: the one that was handed in, a step, a stage or the journey");
  sandbox_charge(lua, 50);
  bool fine = computer->world.value(computer->world.context, id, journey, place, &has_value, &number, &why);
  computer->sandbox->deadline += os_computed() - before;
  if (!fine) {
    if (!computer->failed.len) computer->failed = why;
    lua_pushlstring(lua, why.at, why.len);
    return luaL_error(lua, "%s", lua_tostring(lua, -1));
  }
  if (has_value) lua_pushnumber(lua, number);
  else lua_pushnil(lua);
  return 1;
}

/* explain("3 actions × 1", 3), or explain(step, 3), which asks for titles only while lines are kept */
static int compute_explain(lua_State *lua) {
  Computer *computer = computer_of(lua);
  sandbox_charge(lua, 10);
  if (!computer->world.explains || computer->lines.len >= MOST_LINES) return 0;
  Place place;
  if (model_place_in(lua, 1, NULL, &place)) lua_getfield(lua, 1, "title"), lua_replace(lua, 1);
  Str text = text_at(lua, 1);
  ComputeLine line = {.text = arena_copy(computer->arena, str_slice(text, 0, text.len < 400 ? text.len : 400))};
  line.has_number = lua_type(lua, 2) == LUA_TNUMBER;
  if (line.has_number) line.number = lua_tonumber(lua, 2);
  vec_push(&computer->lines, line);
  return 0;
}

static void give(lua_State *lua, Computer *computer, const char *name, lua_CFunction function) {
  lua_pushlightuserdata(lua, computer);
  lua_pushcclosure(lua, function, 1);
  lua_setfield(lua, -2, name);
}

/* Into the table of all that a script may see. */
static int give_all(lua_State *lua, void *context) {
  Computer *computer = context;
  lua_getfield(lua, LUA_REGISTRYINDEX, "library");
  statistics_push(lua);
  lua_setfield(lua, -2, "stats");
  give(lua, computer, "value", compute_value);
  give(lua, computer, "explain", compute_explain);
  EvidenceSeen seen = {computer->world.project, computer->world.evidence, computer->world.unit, computer->arena};
  evidence_push(lua, &seen);
  lua_setfield(lua, -2, "evidence");
  return 0;
}

/* ---- what the file says of itself ---- */

/* The text of a field of the table on top, in the arena; empty where there is none. */
static Str field_text(lua_State *lua, Arena *arena, const char *key) {
  Str text = STR("");
  int type = lua_getfield(lua, -1, key);
  if (type != LUA_TNIL && type != LUA_TSTRING)
    luaL_error(lua, "its `%s` is no text but a %s", key, lua_typename(lua, type));
  if (type == LUA_TSTRING) text.at = lua_tolstring(lua, -1, &text.len), text = arena_copy(arena, text);
  lua_pop(lua, 1);
  return text;
}

static void read_better(lua_State *lua, Computer *computer) {
  Str better = field_text(lua, computer->arena, "better");
  if (!better.len) return;
  computer->file.better = str_is_c(better, "higher") ? 1 : str_is_c(better, "lower") ? -1 : 0;
  if (!computer->file.better) luaL_error(lua, "its `better` is \"higher\" or \"lower\", not \"%s\"", better.at);
}

static void read_range(lua_State *lua, ComputeFile *file) {
  int type = lua_getfield(lua, -1, "range");
  file->has_range = type != LUA_TNIL;
  if (file->has_range) {
    if (type != LUA_TTABLE) luaL_error(lua, "its `range` is a list of two numbers, such as {0, 10}");
    bool both = lua_rawgeti(lua, -1, 1) == LUA_TNUMBER && lua_rawgeti(lua, -2, 2) == LUA_TNUMBER;
    if (both) file->min = lua_tonumber(lua, -2), file->max = lua_tonumber(lua, -1);
    if (!both || !(file->min <= file->max))
      luaL_error(lua, "its `range` is a list of two numbers, the smaller one first, such as {0, 10}");
    lua_pop(lua, 2);
  }
  lua_pop(lua, 1);
}

static unsigned scope_at(lua_State *lua, int index) {
  const char *word = lua_type(lua, index) == LUA_TSTRING ? lua_tostring(lua, index) : NULL;
  for (unsigned i = 0; i < SCOPES && word; i++)
    if (strcmp(word, scopes[i]) == 0) return 1u << i;
  luaL_error(lua, "its `scope` holds \"%s\"; there are touchpoint, stage, journey, project, persona and team",
             word ? word : luaL_typename(lua, index));
  return 0;
}

static void read_scope(lua_State *lua, ComputeFile *file) {
  int type = lua_getfield(lua, -1, "scope");
  file->scope = type == LUA_TNIL ? USUAL_SCOPE : 0;
  if (type == LUA_TSTRING) file->scope = scope_at(lua, -1);
  else if (type != LUA_TNIL && type != LUA_TTABLE)
    luaL_error(lua, "its `scope` is a list of words, such as {\"stage\", \"journey\"}");
  size_t count = type == LUA_TTABLE ? (size_t)lua_rawlen(lua, -1) : 0;
  for (size_t i = 1; i <= count && i <= 100; i++) {
    lua_rawgeti(lua, -1, (lua_Integer)i);
    file->scope |= scope_at(lua, -1);
    lua_pop(lua, 1);
  }
  if (!file->scope) luaL_error(lua, "its `scope` is empty: it could be computed nowhere");
  lua_pop(lua, 1);
}

static int by_name(const void *left, const void *right) {
  return str_compare(((const ComputeSetting *)left)->name, ((const ComputeSetting *)right)->name);
}

static void read_settings(lua_State *lua, Computer *computer) {
  int type = lua_getfield(lua, -1, "settings");
  ComputeSetting *settings = ARENA_ARRAY(computer->arena, ComputeSetting, MOST_SETTINGS);
  uint32_t count = 0;
  if (type != LUA_TNIL && type != LUA_TTABLE)
    luaL_error(lua, "its `settings` is a table of names with the usual values, such as {waiting = 0.5}");
  for (type == LUA_TTABLE ? lua_pushnil(lua) : (void)0; type == LUA_TTABLE && lua_next(lua, -2); lua_pop(lua, 1)) {
    if (lua_type(lua, -2) != LUA_TSTRING || lua_type(lua, -1) != LUA_TNUMBER)
      luaL_error(lua, "its `settings` is a table of names with numbers, such as {waiting = 0.5}");
    if (count == MOST_SETTINGS) luaL_error(lua, "it has more than %d settings", MOST_SETTINGS);
    Str name;
    name.at = lua_tolstring(lua, -2, &name.len);
    settings[count++] = (ComputeSetting){arena_copy(computer->arena, name), lua_tonumber(lua, -1)};
  }
  lua_pop(lua, 1);
  qsort(settings, count, sizeof *settings, by_name);
  computer->file.settings = settings;
  computer->file.setting_count = count;
}

static void read_file(lua_State *lua, Computer *computer) {
  Arena *arena = computer->arena;
  computer->file.scope = USUAL_SCOPE;
  if (!lua_istable(lua, -1)) return;
  computer->file.id = field_text(lua, arena, "id");
  computer->file.title = field_text(lua, arena, "title");
  computer->file.unit = field_text(lua, arena, "unit");
  read_better(lua, computer);
  read_range(lua, &computer->file);
  read_scope(lua, &computer->file);
  read_settings(lua, computer);
}

/* ---- running ---- */

/* A guarded call refills the sandbox: what was left before is put back. */
static void start_clock(Computer *computer) {
  computer->sandbox->fuel = computer->fuel;
  sandbox_time(computer->sandbox, computer->seconds);
}

static void stop_clock(Computer *computer) {
  computer->fuel = computer->sandbox->fuel;
  computer->seconds = computer->sandbox->deadline - os_computed();
}

static int load(lua_State *lua, void *context) {
  Computer *computer = context;
  start_clock(computer);
  sandbox_chunk(lua, computer->path, computer->text);
  read_file(lua, computer);
  if (lua_istable(lua, -1)) lua_getfield(lua, -1, "compute");
  if (!lua_isfunction(lua, -1))
    luaL_error(lua, "it returns no function: end it with `return function(journey, place) … end`");
  lua_Debug at;
  lua_pushvalue(lua, -1);
  if (lua_getinfo(lua, ">S", &at) && at.linedefined > 0 && str_is_c(computer->path, at.source + 1))
    computer->line = (uint32_t)at.linedefined;
  computer->function = luaL_ref(lua, LUA_REGISTRYINDEX);
  return 0;
}

static bool guarded(Computer *computer, SandboxPush *work, void *context, SandboxError *error) {
  bool fine = sandbox_build(computer->sandbox, work, context, error);
  stop_clock(computer);
  if (!fine && !error->file.len) error->file = computer->path;
  if (!fine && !error->line && str_is(error->file, computer->path)) error->line = computer->line; /* of its result */
  return fine;
}

Computer *computer_new(const ComputeWorld *world, Str path, Str text, Arena *arena, SandboxError *error) {
  Computer *computer = ARENA_NEW(arena, Computer);
  SandboxBudget budget = SANDBOX_BUDGET;
  *computer = (Computer){.world = *world, .arena = arena, .path = path, .text = text, .fuel = budget.instructions};
  computer->seconds = budget.milliseconds / 1000.0;
  *error = (SandboxError){.file = path, .message = STR("memory is out")};
  computer->sandbox = sandbox_new(arena, budget, lua_require, (void *)world->project);
  if (computer->sandbox) computer->model = model_new(computer->sandbox, world->project, world->journey, arena, error);
  if (computer->model && sandbox_build(computer->sandbox, give_all, computer, error) &&
      guarded(computer, load, computer, error))
    return computer;
  computer_free(computer);
  return NULL;
}

void computer_free(Computer *computer) {
  if (!computer) return;
  sandbox_free(computer->sandbox);
  vec_free(&computer->lines);
  computer->sandbox = NULL;
}

const ComputeFile *computer_file(const Computer *computer) { return &computer->file; }

size_t computer_printed(Computer *computer, const SandboxPrint **list) {
  return sandbox_printed(computer->sandbox, list);
}

/* ---- arguments ---- */

static double setting_of(const ComputeWorld *world, const ComputeSetting *usual) {
  for (uint32_t i = 0; i < world->setting_count; i++)
    if (str_is(world->settings[i].name, usual->name)) return world->settings[i].value;
  return usual->value;
}

static void push_settings(lua_State *lua, const Computer *computer) {
  lua_createtable(lua, 0, (int)computer->file.setting_count);
  for (uint32_t i = 0; i < computer->file.setting_count; i++) {
    const ComputeSetting *setting = &computer->file.settings[i];
    lua_pushlstring(lua, setting->name.at, setting->name.len);
    lua_pushnumber(lua, setting_of(&computer->world, setting));
    lua_rawset(lua, -3);
  }
}

/* ---- results ---- */

/* The number of a field of the table on top; false where it says nothing. */
static bool field_number(lua_State *lua, const char *key, double *number) {
  int type = lua_getfield(lua, -1, key);
  if (type != LUA_TNIL && type != LUA_TNUMBER)
    luaL_error(lua, "the `%s` of its result is no number but a %s", key, lua_typename(lua, type));
  *number = type == LUA_TNUMBER ? lua_tonumber(lua, -1) : NAN;
  lua_pop(lua, 1);
  if (type == LUA_TNUMBER && !isfinite(*number))
    luaL_error(lua, "the `%s` of its result is no number that can be shown: it divides by zero", key);
  return type == LUA_TNUMBER;
}

static bool field_count(lua_State *lua, uint64_t *count) {
  double number;
  if (!field_number(lua, "n", &number)) return false;
  if (number < 0 || number > 9e15) luaL_error(lua, "the `n` of its result is no count");
  *count = (uint64_t)number;
  return true;
}

static void read_interval(lua_State *lua, double value, double *low, double *high) {
  bool has_low = field_number(lua, "low", low), has_high = field_number(lua, "high", high);
  if (has_low != has_high) luaL_error(lua, "its result has only one of `low` and `high`");
  double slack = 1e-9 * fmax(1, fabs(value));
  if (has_low && (*low > value + slack || *high < value - slack))
    luaL_error(lua, "its result is not between the `low` and the `high` of it");
}

static void read_trend(lua_State *lua, Computer *computer, ComputeResult *result) {
  int type = lua_getfield(lua, -1, "trend");
  if (type != LUA_TNIL && type != LUA_TTABLE) luaL_error(lua, "the `trend` of its result is no list");
  size_t count = type == LUA_TTABLE ? (size_t)lua_rawlen(lua, -1) : 0;
  if (count > MOST_POINTS) luaL_error(lua, "the `trend` of its result has more than %d periods", MOST_POINTS);
  ComputePoint *points = ARENA_ARRAY(computer->arena, ComputePoint, count);
  for (size_t i = 0; i < count; i++) {
    ComputePoint *point = &points[result->trend_count];
    if (lua_rawgeti(lua, -1, (lua_Integer)i + 1) != LUA_TTABLE)
      luaL_error(lua, "the `trend` of its result holds a %s instead of a table", luaL_typename(lua, -1));
    point->period = field_text(lua, computer->arena, "period");
    if (field_number(lua, "value", &point->value)) {
      read_interval(lua, point->value, &point->low, &point->high);
      field_count(lua, &point->n);
      result->trend_count++;
    }
    lua_pop(lua, 1);
  }
  result->trend = points;
  lua_pop(lua, 1);
}

static void check_range(lua_State *lua, Arena *arena, const ComputeFile *file, const ComputeResult *result) {
  if (!result->has_value) return;
  if (!isfinite(result->value)) luaL_error(lua, "its result is no number that can be shown: it divides by zero");
  double slack = 1e-9 * fmax(1, fmax(fabs(file->min), fabs(file->max)));
  if (!file->has_range || result->unit.len ||
      (result->value >= file->min - slack && result->value <= file->max + slack))
    return;
  luaL_error(
      lua, "%s",
      arena_format(arena, "its result is %.6g, out of its range of %.6g to %.6g", result->value, file->min, file->max)
          .at);
}

static void read_result(lua_State *lua, Computer *computer, ComputeResult *result) {
  int type = lua_type(lua, -1);
  *result = (ComputeResult){.low = NAN, .high = NAN};
  if (type == LUA_TNUMBER) {
    result->has_value = true;
    result->value = lua_tonumber(lua, -1);
  } else if (type == LUA_TTABLE) {
    result->has_value = field_number(lua, "value", &result->value);
    if (result->has_value) read_interval(lua, result->value, &result->low, &result->high);
    result->has_n = field_count(lua, &result->n);
    result->how = field_text(lua, computer->arena, "how");
    result->unit = field_text(lua, computer->arena, "unit");
    read_trend(lua, computer, result);
  } else if (type != LUA_TNIL) {
    luaL_error(lua, "its result is no number but a %s", luaL_typename(lua, -1));
  }
  check_range(lua, computer->arena, &computer->file, result);
}

/* ---- one place ---- */

typedef struct {
  Computer *computer;
  const ComputeCall *call;
  ComputeResult *result;
} Run;

static void set_count(lua_State *lua, const char *key, uint64_t count) {
  lua_pushinteger(lua, (lua_Integer)count);
  lua_setfield(lua, -2, key);
}

static void push_seen(lua_State *lua, const ComputeSeen *seen) {
  lua_createtable(lua, 0, 6);
  set_count(lua, "cases", seen->cases);
  set_count(lua, "reached", seen->reached);
  if (seen->has_here) set_count(lua, "here", seen->here), set_count(lua, "goesOn", seen->goes_on);
  if (seen->name.len) lua_pushlstring(lua, seen->name.at, seen->name.len), lua_setfield(lua, -2, "name");
  lua_createtable(lua, (int)seen->period_count, 0);
  for (uint32_t i = 0; i < seen->period_count; i++) {
    push_seen(lua, &seen->periods[i]);
    lua_rawseti(lua, -2, (lua_Integer)i + 1);
  }
  lua_setfield(lua, -2, "periods");
}

/* Into the place, which is on top: what files say of it. */
static void add_found(lua_State *lua, const ComputeCall *call) {
  if (call->answers) {
    lua_pushliteral(lua, "answers");
    answers_push(lua, call->answers, call->as);
    lua_rawset(lua, -3);
  }
  if (!call->seen) return;
  lua_pushliteral(lua, "observed");
  push_seen(lua, call->seen);
  lua_rawset(lua, -3);
}

static int run_one(lua_State *lua, void *context) {
  Run *run = context;
  Computer *computer = run->computer;
  ModelCall model = {computer->model, run->call->place, run->call->journey};
  start_clock(computer);
  lua_rawgeti(lua, LUA_REGISTRYINDEX, computer->function);
  int arguments = model_push(lua, &model);
  add_found(lua, run->call);
  push_settings(lua, computer);
  lua_call(lua, arguments + 1, 1);
  sandbox_charge(lua, 0); /* a budget that is spent stays spent, whatever the script made of it */
  if (computer->failed.len) luaL_error(lua, "%s", arena_copy(computer->arena, computer->failed).at);
  read_result(lua, computer, run->result);
  return 0;
}

bool computer_run(Computer *computer, const ComputeCall *call, ComputeResult *result, SandboxError *error) {
  Run job = {computer, call, result};
  computer->lines.len = 0;
  computer->failed = (Str){0};
  if (call->answers) sandbox_allow(computer->sandbox, answers_room(call->answers));
  computer->call = call;
  bool fine = guarded(computer, run_one, &job, error);
  computer->call = NULL;
  if (!fine) *result = (ComputeResult){.low = NAN, .high = NAN};
  ComputeLine *lines = ARENA_ARRAY(computer->arena, ComputeLine, computer->lines.len);
  for (size_t i = 0; i < computer->lines.len; i++) lines[i] = computer->lines.at[i];
  result->lines = lines;
  result->line_count = (uint32_t)computer->lines.len;
  return fine;
}
