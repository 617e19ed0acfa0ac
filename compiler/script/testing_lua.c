/* `t`: what a test sees. */
#include <math.h>

#include "script/testing_state.h"

static const char map_key; /* its address is the key under which a map's table keeps its number */

static Testing *testing_of(lua_State *lua) { return lua_touserdata(lua, lua_upvalueindex(1)); }

/* Each function begins with it: `t:equal(…)` is meant as `t.equal(…)`. */
static Testing *begin(lua_State *lua) {
  sandbox_charge(lua, 10);
  if (lua_istable(lua, 1) && lua_rawequal(lua, 1, lua_upvalueindex(2))) lua_remove(lua, 1);
  return testing_of(lua);
}

/* ---- failing ---- */

/* The line of the test's file that stands nearest. */
static void note_line(lua_State *lua, Testing *testing) {
  lua_Debug at;
  for (int level = 0; lua_getstack(lua, level, &at); level++) {
    if (!lua_getinfo(lua, "Sl", &at) || at.currentline <= 0 || at.source[0] != '@') continue;
    if (!str_is_c(testing->path, at.source + 1)) continue;
    testing->outcome.file = testing->path;
    testing->outcome.line = (uint32_t)at.currentline;
    return;
  }
}

/* What comes first counts: the script may hold the error, but not undo it. */
static int fail(lua_State *lua, Testing *testing, Str message, Str place, Str expected, Str found) {
  if (!testing->failed) {
    testing->failed = true;
    testing->outcome.message = message;
    testing->outcome.place = place;
    testing->outcome.expected = expected;
    testing->outcome.found = found;
    note_line(lua, testing);
  }
  lua_pushlstring(lua, message.at, message.len);
  return lua_error(lua);
}

static int refuse(lua_State *lua, Testing *testing, Str why) {
  return fail(lua, testing, why, STR(""), STR(""), STR(""));
}

/* What the author says at `index` that it is about, or the words. */
static Str message_of(lua_State *lua, Testing *testing, int index, Str words) {
  if (lua_type(lua, index) != LUA_TSTRING) return words;
  Str what;
  what.at = lua_tolstring(lua, index, &what.len);
  return arena_copy(testing->arena, what);
}

static Str text_at(lua_State *lua, int index) {
  Str text;
  text.at = luaL_checklstring(lua, index, &text.len);
  return text;
}

static Str optional_text(lua_State *lua, int index) {
  return lua_isnoneornil(lua, index) ? STR("") : text_at(lua, index);
}

static int map_at(lua_State *lua, Testing *testing, int index) {
  int map = 0;
  if (lua_istable(lua, index)) {
    lua_rawgetp(lua, index, &map_key);
    map = (int)lua_tointeger(lua, -1);
    lua_pop(lua, 1);
  }
  if (map) return map;
  return refuse(lua, testing,
                arena_format(testing->arena, "there a map is wanted, as t.journey [[ … ]] makes it, not " STR_FMT,
                             STR_ARG(testing_words(lua, index, testing->arena))));
}

/* ---- making ---- */

static int t_journey(lua_State *lua) {
  Testing *testing = begin(lua);
  Str why = {0};
  int map = testing->world->map(testing->world->context, text_at(lua, 1), &why);
  if (!map) return refuse(lua, testing, why);
  lua_newtable(lua);
  lua_pushinteger(lua, map);
  lua_rawsetp(lua, -2, &map_key);
  return 1;
}

static int t_file(lua_State *lua) {
  Testing *testing = begin(lua);
  Str why = {0};
  if (!testing->world->file(testing->world->context, text_at(lua, 1), text_at(lua, 2), &why))
    return refuse(lua, testing, why);
  return 0;
}

static int t_today(lua_State *lua) {
  Testing *testing = begin(lua);
  Str why = {0};
  if (!testing->world->today(testing->world->context, text_at(lua, 1), &why)) return refuse(lua, testing, why);
  return 0;
}

/* ---- asking ---- */

static TestNumber number_of(lua_State *lua, Testing *testing) {
  TestNumber number = {0};
  Str metric = text_at(lua, 1), place = optional_text(lua, 3), why = {0};
  int map = map_at(lua, testing, 2);
  bool fine = testing->world->number(testing->world->context, map, metric, place, &number, &why);
  testing_take_prints(sandbox_of(lua), testing, &number);
  if (!fine) refuse(lua, testing, why);
  return number;
}

static int t_value(lua_State *lua) {
  TestNumber number = number_of(lua, begin(lua));
  if (number.has_value) lua_pushnumber(lua, number.value);
  else lua_pushnil(lua);
  return 1;
}

static void set_number(lua_State *lua, const char *key, double number) {
  lua_pushnumber(lua, number);
  lua_setfield(lua, -2, key);
}

static void set_text(lua_State *lua, const char *key, Str text) {
  if (!text.len) return;
  lua_pushlstring(lua, text.at, text.len);
  lua_setfield(lua, -2, key);
}

static int t_result(lua_State *lua) {
  TestNumber number = number_of(lua, begin(lua));
  if (!number.has_value) return lua_pushnil(lua), 1;
  lua_newtable(lua);
  set_number(lua, "value", number.value);
  if (number.has_interval) set_number(lua, "low", number.low), set_number(lua, "high", number.high);
  if (number.has_n) set_number(lua, "n", (double)number.n);
  set_text(lua, "how", number.how);
  set_text(lua, "unit", number.unit);
  return 1;
}

static int t_messages(lua_State *lua) {
  Testing *testing = begin(lua);
  const TestMessage *list;
  size_t count = testing->world->messages(testing->world->context, map_at(lua, testing, 1), &list);
  lua_newtable(lua);
  for (size_t i = 0; i < count; i++) {
    lua_newtable(lua);
    set_text(lua, "code", list[i].code);
    set_text(lua, "severity", str_of(list[i].severity));
    set_text(lua, "message", list[i].message);
    lua_pushlstring(lua, list[i].help.at, list[i].help.len);
    lua_setfield(lua, -2, "help");
    set_text(lua, "file", list[i].file);
    set_number(lua, "line", list[i].line);
    lua_rawseti(lua, -2, (lua_Integer)i + 1);
  }
  return 1;
}

/* ---- comparing ---- */

static int t_equal(lua_State *lua) {
  Testing *testing = begin(lua);
  Str place, found, expected;
  luaL_checkany(lua, 1);
  lua_settop(lua, 3);
  if (testing_same(lua, 1, 2, testing->arena, &place, &found, &expected)) return 0;
  return fail(lua, testing, message_of(lua, testing, 3, STR("they differ")), place, expected, found);
}

static int t_near(lua_State *lua) {
  Testing *testing = begin(lua);
  double expected = luaL_checknumber(lua, 2), by = luaL_checknumber(lua, 3);
  lua_settop(lua, 4);
  if (lua_type(lua, 1) == LUA_TNUMBER && fabs(lua_tonumber(lua, 1) - expected) <= by) return 0;
  Buf words = {0};
  buf_printf(&words, "%.14g, or at most %.14g beside it", expected, by);
  return fail(lua, testing, message_of(lua, testing, 4, STR("it is not near enough")), STR(""),
              buf_take(&words, testing->arena), testing_words(lua, 1, testing->arena));
}

static int t_ok(lua_State *lua) {
  Testing *testing = begin(lua);
  luaL_checkany(lua, 1);
  lua_settop(lua, 2);
  if (lua_toboolean(lua, 1)) return 0;
  return fail(lua, testing, message_of(lua, testing, 2, STR("it does not hold")), STR(""),
              STR("anything but false or nil"), testing_words(lua, 1, testing->arena));
}

static bool holds(Str text, Str part) { return !part.len || memmem(text.at, text.len, part.at, part.len) != NULL; }

static Str message_words(Arena *arena, Str code, Str text) {
  return arena_format(arena, STR_FMT "%s" STR_FMT, STR_ARG(code), text.len ? ": " : "", STR_ARG(text));
}

/* The messages of that code, or all where there are none: so many as can be read. */
static Str found_messages(Arena *arena, const TestMessage *list, size_t count, Str code) {
  enum { MOST = 6 };
  Buf out = {0};
  size_t said = 0, all = 0, of_code = 0;
  for (size_t i = 0; i < count; i++) of_code += str_is(list[i].code, code);
  for (size_t i = 0; i < count; i++) {
    if ((of_code && !str_is(list[i].code, code)) || ++all > MOST) continue;
    buf_add_c(&out, said++ ? "\n" : "");
    buf_add(&out, message_words(arena, list[i].code, list[i].message));
  }
  if (all > MOST) buf_printf(&out, "\n… and %zu more", all - MOST);
  return all ? buf_take(&out, arena) : STR("no message at all");
}

static int t_reports(lua_State *lua) {
  Testing *testing = begin(lua);
  const TestMessage *list;
  int map = map_at(lua, testing, 1);
  Str code = text_at(lua, 2), text = optional_text(lua, 3);
  size_t count = testing->world->messages(testing->world->context, map, &list);
  for (size_t i = 0; i < count; i++)
    if (str_is(list[i].code, code) && holds(list[i].message, text)) return 0;
  return fail(lua, testing, STR("the message is not reported"), STR(""), message_words(testing->arena, code, text),
              found_messages(testing->arena, list, count, code));
}

static int t_silent(lua_State *lua) {
  Testing *testing = begin(lua);
  const TestMessage *list;
  int map = map_at(lua, testing, 1);
  Str code = text_at(lua, 2);
  size_t count = testing->world->messages(testing->world->context, map, &list);
  for (size_t i = 0; i < count; i++)
    if (str_is(list[i].code, code))
      return fail(lua, testing, STR("the message is reported"), STR(""),
                  arena_format(testing->arena, "nothing of " STR_FMT, STR_ARG(code)),
                  found_messages(testing->arena, list, count, code));
  return 0;
}

/* An error inside: a comparison that fails in there fails the test, it is not what was waited for. What asking for a
 * number or making a map says is: then the test goes on. */
static int t_fails(lua_State *lua) {
  Testing *testing = begin(lua);
  luaL_checktype(lua, 1, LUA_TFUNCTION);
  Str text = optional_text(lua, 2);
  bool before = testing->failed;
  lua_pushvalue(lua, 1);
  int status = lua_pcall(lua, 0, 0, 0);
  sandbox_charge(lua, 1);
  if (status == LUA_OK)
    return fail(lua, testing, STR("nothing failed"), STR(""),
                text.len ? arena_format(testing->arena, "an error: " STR_FMT, STR_ARG(text)) : STR("an error"),
                STR("none"));
  bool compared = testing->failed && testing->outcome.expected.len;
  if (compared) return lua_error(lua);
  Str message = STR("");
  if (lua_type(lua, -1) == LUA_TSTRING) message.at = lua_tolstring(lua, -1, &message.len);
  message = arena_copy(testing->arena, message);
  if (!before) testing->failed = false, testing->outcome = (TestOutcome){0};
  if (holds(message, text)) return 0;
  return fail(lua, testing, STR("it fails with other words"), STR(""), arena_copy(testing->arena, text), message);
}

/* ---- the table ---- */

void testing_push(lua_State *lua, Testing *testing) {
  static const luaL_Reg functions[] = {
      {"journey", t_journey},   {"file", t_file},   {"today", t_today}, {"value", t_value}, {"result", t_result},
      {"messages", t_messages}, {"equal", t_equal}, {"near", t_near},   {"ok", t_ok},       {"reports", t_reports},
      {"silent", t_silent},     {"fails", t_fails}, {NULL, NULL},
  };
  lua_newtable(lua);
  for (const luaL_Reg *function = functions; function->name; function++) {
    lua_pushlightuserdata(lua, testing);
    lua_pushvalue(lua, -2);
    lua_pushcclosure(lua, function->func, 2);
    lua_setfield(lua, -2, function->name);
  }
}
