/* All that a script sees. Whatever is not named here does not exist for it: nothing reaches files, the clock, chance,
 * other code, or metatables. What is here takes time in proportion to what it is charged for. */
#include <utf8proc.h>

#include "script/state.h"

/* ---- guards ---- */

static uint64_t text_work(lua_State *lua) {
  uint64_t work = 1;
  for (int i = 1, n = lua_gettop(lua); i <= n; i++)
    work += 1 + (lua_type(lua, i) == LUA_TSTRING ? lua_rawlen(lua, i) / 16 : 0);
  return work;
}

/* Lua's own function, the first upvalue, charged for its arguments. */
static int charged(lua_State *lua) {
  sandbox_charge(lua, text_work(lua));
  return lua_tocfunction(lua, lua_upvalueindex(1))(lua);
}

/* The same for functions that go through a table from end to end. */
static int charged_table(lua_State *lua) {
  luaL_checktype(lua, 1, LUA_TTABLE);
  sandbox_charge(lua, text_work(lua) + lua_rawlen(lua, 1));
  return lua_tocfunction(lua, lua_upvalueindex(1))(lua);
}

/* The same for functions that change their table: only the map's tables have a metatable. */
static int changing_table(lua_State *lua) {
  luaL_checktype(lua, 1, LUA_TTABLE);
  if (lua_getmetatable(lua, 1)) luaL_error(lua, "a table of the map cannot be changed: change a copy of it");
  return charged_table(lua);
}

static void give(lua_State *lua, const char *name, lua_CFunction function) {
  lua_pushcfunction(lua, function);
  lua_setfield(lua, -2, name);
}

/* From the table below the top into the one on top, each name wrapped by `guard` where there is one. */
static void take(lua_State *lua, const char *const *names, lua_CFunction guard) {
  for (; *names; names++) {
    lua_getfield(lua, -2, *names);
    if (guard) lua_pushcclosure(lua, guard, 1);
    lua_setfield(lua, -2, *names);
  }
}

/* ---- base ---- */

/* pcall holds errors of the script, never the end of its budget. */
static int base_pcall(lua_State *lua) {
  luaL_checkany(lua, 1);
  sandbox_charge(lua, (uint64_t)lua_gettop(lua));
  int status = lua_pcall(lua, lua_gettop(lua) - 1, LUA_MULTRET, 0);
  if (status == LUA_ERRMEM && !sandbox_of(lua)->stopped) sandbox_stop(lua, SANDBOX_MEMORY);
  sandbox_charge(lua, 1);
  luaL_checkstack(lua, 1, "too many results");
  lua_pushboolean(lua, status == LUA_OK);
  lua_insert(lua, 1);
  return lua_gettop(lua);
}

/* No addresses: they differ from run to run. */
static int base_tostring(lua_State *lua) {
  luaL_checkany(lua, 1);
  int type = lua_type(lua, 1);
  if (type == LUA_TNIL || type == LUA_TBOOLEAN || type == LUA_TNUMBER || type == LUA_TSTRING)
    luaL_tolstring(lua, 1, NULL);
  else lua_pushstring(lua, lua_typename(lua, type));
  return 1;
}

typedef struct {
  int type;
  bool whole;
  lua_Integer integer; /* where whole */
  lua_Number number;
  Str text;
} Key;

static int key_order(const void *left, const void *right) {
  const Key *a = left, *b = right;
  if (a->type != b->type) return (a->type == LUA_TNUMBER ? 0 : a->type) - (b->type == LUA_TNUMBER ? 0 : b->type);
  if (a->type == LUA_TSTRING) return str_compare(a->text, b->text);
  if (a->whole && b->whole) return (a->integer > b->integer) - (a->integer < b->integer);
  return (a->number > b->number) - (a->number < b->number);
}

/* Reads the key on top of the stack; its text stays the table's. */
static Key key_read(lua_State *lua) {
  Key key = {.type = lua_type(lua, -1), .whole = lua_isinteger(lua, -1)};
  if (key.whole) key.integer = lua_tointeger(lua, -1);
  if (key.type == LUA_TSTRING) key.text.at = lua_tolstring(lua, -1, &key.text.len);
  else if (key.type == LUA_TNUMBER) key.number = lua_tonumber(lua, -1);
  else if (key.type == LUA_TBOOLEAN) key.number = lua_toboolean(lua, -1);
  else
    luaL_error(lua, "pairs has no order for keys that are a %s: use ids or numbers as keys",
               lua_typename(lua, key.type));
  return key;
}

static void key_push(lua_State *lua, const Key *key) {
  if (key->type == LUA_TSTRING) lua_pushlstring(lua, key->text.at, key->text.len);
  else if (key->type == LUA_TBOOLEAN) lua_pushboolean(lua, key->number != 0);
  else if (key->whole) lua_pushinteger(lua, key->integer);
  else lua_pushnumber(lua, key->number);
}

/* Upvalues: the table; its keys in order, or its length where it is a list; how many have been given. What lost its
 * value in the meantime is passed over. */
static int pairs_next(lua_State *lua) {
  lua_Integer i = lua_tointeger(lua, lua_upvalueindex(3));
  bool is_list = lua_isinteger(lua, lua_upvalueindex(2));
  for (;;) {
    sandbox_charge(lua, 1);
    lua_settop(lua, 0);
    lua_pushinteger(lua, ++i);
    lua_copy(lua, -1, lua_upvalueindex(3));
    if (is_list && i > lua_tointeger(lua, lua_upvalueindex(2))) return lua_pushnil(lua), 1;
    if (!is_list && lua_rawgeti(lua, lua_upvalueindex(2), i) == LUA_TNIL) return 1;
    lua_pushvalue(lua, -1);
    if (lua_rawget(lua, lua_upvalueindex(1)) != LUA_TNIL) return 2;
  }
}

/* Leaves a list of the keys of the table at 1: numbers first, then texts in byte order, the same on every run. */
static void push_keys(lua_State *lua, size_t count) {
  if (count > LIMIT_LUA_KEYS) luaL_error(lua, "pairs can order at most %d keys", LIMIT_LUA_KEYS);
  Key *keys = lua_newuserdatauv(lua, (count + 1) * sizeof *keys, 0);
  size_t at = 0;
  for (lua_pushnil(lua); lua_next(lua, 1);) {
    lua_pop(lua, 1);
    if (lua_type(lua, -1) != LUA_TLIGHTUSERDATA) keys[at++] = key_read(lua);
  }
  sandbox_charge(lua, count * 4);
  qsort(keys, count, sizeof *keys, key_order);
  lua_createtable(lua, (int)count, 0);
  for (size_t i = 0; i < count; i++) {
    key_push(lua, &keys[i]);
    lua_rawseti(lua, -2, (lua_Integer)i + 1);
  }
}

static int base_pairs(lua_State *lua) {
  luaL_checktype(lua, 1, LUA_TTABLE);
  lua_settop(lua, 1);
  if (luaL_getmetafield(lua, 1, MODEL_FILL) != LUA_TNIL) {
    lua_pushvalue(lua, 1);
    lua_call(lua, 1, 0);
  }
  lua_settop(lua, 1);
  size_t count = 0, in_list = 0;
  lua_Integer length = (lua_Integer)lua_rawlen(lua, 1);
  for (lua_pushnil(lua); lua_next(lua, 1); lua_pop(lua, 1)) {
    sandbox_charge(lua, 1);
    count += lua_type(lua, -2) != LUA_TLIGHTUSERDATA;
    in_list += lua_isinteger(lua, -2) && lua_tointeger(lua, -2) >= 1 && lua_tointeger(lua, -2) <= length;
  }
  lua_pushvalue(lua, 1);
  if (in_list == count && count == (size_t)length) lua_pushinteger(lua, length);
  else push_keys(lua, count), lua_replace(lua, -2); /* in place of what they were sorted in */
  lua_pushinteger(lua, 0);
  lua_pushcclosure(lua, pairs_next, 3);
  return 1;
}

/* ---- print ---- */

enum { SHOWN_FIELDS = 12, SHOWN_BYTES = 240 };

/* A value as a script would write it; a table in a list is only called so. */
static void show(lua_State *lua, Buf *to, int index, bool inside) {
  int type = lua_type(lua, index);
  size_t len;
  if (type == LUA_TSTRING && inside) {
    const char *text = lua_tolstring(lua, index, &len);
    buf_printf(to, "\"%.*s\"", (int)(len < SHOWN_BYTES ? len : SHOWN_BYTES), text);
  } else if (type == LUA_TNIL || type == LUA_TBOOLEAN || type == LUA_TNUMBER || type == LUA_TSTRING) {
    const char *text = luaL_tolstring(lua, index, &len);
    buf_add(to, (Str){text, len < SHOWN_BYTES * 2 ? len : SHOWN_BYTES * 2});
    lua_pop(lua, 1);
  } else buf_add_c(to, lua_typename(lua, type));
}

/* What makes a table of the map known: its id, or its title. */
static bool show_named(lua_State *lua, Buf *to, int index) {
  static const char *const names[] = {"id", "title"};
  bool named = false;
  for (size_t i = 0; i < 2 && !named && lua_getmetatable(lua, index); i++) {
    lua_pop(lua, 1);
    named = lua_getfield(lua, index, names[i]) == LUA_TSTRING;
    if (named) buf_printf(to, "table of \"%.*s\"", SHOWN_BYTES, lua_tostring(lua, -1));
    lua_pop(lua, 1);
  }
  return named;
}

/* { 1, 2, x = 3 }, in the order of `pairs`. */
static void show_table(lua_State *lua, Buf *to, int index) {
  if (show_named(lua, to, index)) return;
  lua_Integer length = (lua_Integer)lua_rawlen(lua, index), shown = 0, given = 0;
  lua_pushcfunction(lua, base_pairs);
  lua_pushvalue(lua, index);
  lua_call(lua, 1, 1);
  buf_add_byte(to, '{');
  for (;; lua_pop(lua, 2)) {
    lua_pushvalue(lua, -1);
    lua_call(lua, 0, 2);
    if (lua_isnil(lua, -2) || shown == SHOWN_FIELDS) break;
    buf_add_c(to, shown++ ? ", " : " ");
    bool next = lua_isinteger(lua, -2) && lua_tointeger(lua, -2) == given + 1 && given < length;
    if (next) given++;
    else if (lua_type(lua, -2) == LUA_TSTRING) buf_printf(to, "%.*s = ", SHOWN_BYTES, lua_tostring(lua, -2));
    else buf_add_byte(to, '['), show(lua, to, lua_absindex(lua, -2), true), buf_add(to, STR("] = "));
    show(lua, to, lua_absindex(lua, -1), true);
  }
  buf_add_c(to, lua_isnil(lua, -2) ? shown ? " }" : "}" : ", … }");
  lua_pop(lua, 3);
}

/* For those who look for what is wrong with their script; what it says, and where, is shown with the diagnostics. */
static int base_print(lua_State *lua) {
  int count = lua_gettop(lua);
  sandbox_charge(lua, 20 + (uint64_t)count);
  luaL_checkstack(lua, 12, NULL);
  Buf *words = &sandbox_of(lua)->words; /* the sandbox's: an error on the way ends this function */
  words->len = 0;
  for (int i = 1; i <= count && i <= SHOWN_FIELDS && words->len < SHOWN_BYTES; i++) {
    if (i > 1) buf_add_byte(words, ' ');
    if (lua_istable(lua, i)) show_table(lua, words, i);
    else show(lua, words, i, false);
  }
  sandbox_print(lua, buf_str(words));
  return 0;
}

/* `require "weights"`: a file beside the one that asks, or of the standard library; read once. */
static int base_require(lua_State *lua) {
  Sandbox *sandbox = sandbox_of(lua);
  Str name, path, text, why = {0}, from = {0};
  name.at = luaL_checklstring(lua, 1, &name.len);
  lua_Debug at;
  if (lua_getstack(lua, 1, &at) && lua_getinfo(lua, "S", &at) && at.source[0] == '@') from = str_of(at.source + 1);
  if (!sandbox->find) return luaL_error(lua, "nothing can be required here");
  if (!sandbox->find(sandbox->context, from, name, sandbox->arena, &path, &text, &why)) {
    lua_pushlstring(lua, why.at, why.len);
    return luaL_error(lua, "cannot require \"%s\": %s", name.at, lua_tostring(lua, -1));
  }
  luaL_getsubtable(lua, LUA_REGISTRYINDEX, "required");
  lua_pushlstring(lua, path.at, path.len);
  lua_pushvalue(lua, -1);
  if (lua_rawget(lua, -3) == LUA_TLIGHTUSERDATA) return luaL_error(lua, "\"%s\" requires itself", name.at);
  if (!lua_isnil(lua, -1)) return 1;
  lua_pop(lua, 1);
  lua_pushvalue(lua, -1);
  lua_pushlightuserdata(lua, sandbox); /* it is being read */
  lua_rawset(lua, -4);
  sandbox_chunk(lua, path, text);
  if (lua_isnil(lua, -1)) lua_pushboolean(lua, 1), lua_replace(lua, -2);
  lua_pushvalue(lua, -2);
  lua_pushvalue(lua, -2);
  lua_rawset(lua, -5);
  return 1;
}

/* ---- table ---- */

static int table_unpack(lua_State *lua) {
  luaL_checktype(lua, 1, LUA_TTABLE);
  lua_Integer from = luaL_optinteger(lua, 2, 1);
  lua_Integer to = luaL_opt(lua, luaL_checkinteger, 3, (lua_Integer)lua_rawlen(lua, 1));
  if (from > to) return 0;
  if ((lua_Unsigned)to - (lua_Unsigned)from >= LIMIT_LUA_VALUES || !lua_checkstack(lua, (int)(to - from) + 1))
    return luaL_error(lua, "too many values to unpack; the limit is %d", LIMIT_LUA_VALUES);
  sandbox_charge(lua, (uint64_t)(to - from) + 1);
  for (lua_Integer i = from; i < to; i++) lua_geti(lua, 1, i);
  lua_geti(lua, 1, to);
  return (int)(to - from) + 1;
}

/* Whether the value at `a` comes before the one at `b`: by the function at 2, or by `<`. */
static bool sort_before(lua_State *lua, int a, int b) {
  sandbox_charge(lua, 3 + (lua_type(lua, a) == LUA_TSTRING ? lua_rawlen(lua, a) / 16 : 0));
  if (!lua_isfunction(lua, 2)) return lua_compare(lua, a, b, LUA_OPLT);
  lua_pushvalue(lua, 2);
  lua_pushvalue(lua, a < 0 ? a - 1 : a);
  lua_pushvalue(lua, b < 0 ? b - 2 : b);
  lua_call(lua, 2, 1);
  bool before = lua_toboolean(lua, -1);
  lua_pop(lua, 1);
  return before;
}

/* Merges the runs [from, middle] and [middle+1, to] of the table at `in` into the one at `out`. */
static void sort_merge(lua_State *lua, int in, int out, lua_Integer from, lua_Integer middle, lua_Integer to) {
  lua_Integer left = from, right = middle + 1;
  for (lua_Integer at = from; at <= to; at++) {
    sandbox_charge(lua, 1);
    bool take_right = left > middle;
    if (left <= middle && right <= to) {
      lua_rawgeti(lua, in, left);
      lua_rawgeti(lua, in, right);
      take_right = sort_before(lua, -1, -2);
      lua_pop(lua, 2);
    }
    lua_rawgeti(lua, in, take_right ? right++ : left++);
    lua_rawseti(lua, out, at);
  }
}

/* A merge sort: stable, the same on every machine, and done after n·log n comparisons whatever the function answers. */
static int table_sort(lua_State *lua) {
  luaL_checktype(lua, 1, LUA_TTABLE);
  if (lua_getmetatable(lua, 1)) luaL_error(lua, "a table of the map cannot be changed: sort a copy of it");
  if (!lua_isnoneornil(lua, 2)) luaL_checktype(lua, 2, LUA_TFUNCTION);
  lua_settop(lua, 2);
  lua_Integer count = (lua_Integer)lua_rawlen(lua, 1);
  sandbox_charge(lua, (uint64_t)count * 2);
  lua_createtable(lua, count < INT_MAX ? (int)count : 0, 0);
  lua_createtable(lua, count < INT_MAX ? (int)count : 0, 0);
  int in = 3, out = 4;
  for (lua_Integer i = 1; i <= count; i++) lua_rawgeti(lua, 1, i), lua_rawseti(lua, in, i);
  for (lua_Integer run = 1; run < count; run *= 2) {
    for (lua_Integer from = 1; from <= count; from += 2 * run) {
      lua_Integer middle = from + run - 1, to = middle + run;
      sort_merge(lua, in, out, from, middle < count ? middle : count, to < count ? to : count);
    }
    int swap = in;
    in = out, out = swap;
  }
  for (lua_Integer i = 1; i <= count; i++) lua_rawgeti(lua, in, i), lua_rawseti(lua, 1, i);
  return 0;
}

/* ---- string ---- */

static int string_rep(lua_State *lua) {
  size_t len, between;
  luaL_checklstring(lua, 1, &len);
  lua_Integer times = luaL_checkinteger(lua, 2);
  luaL_optlstring(lua, 3, "", &between);
  size_t one = len + between ? len + between : 1; /* Lua counts to `times` even where there is nothing to repeat */
  if (times > 0 && (lua_Unsigned)times > (lua_Unsigned)LIMIT_LUA_TEXT / one)
    return luaL_error(lua, "string.rep would make a text of more than %d KiB, which is the limit",
                      LIMIT_LUA_TEXT >> 10);
  sandbox_charge(lua, times > 0 ? (uint64_t)times * one / 16 : 1);
  return lua_tocfunction(lua, lua_upvalueindex(1))(lua);
}

/* As Lua's, without addresses: %p is refused, and tables and functions are written as what they are. */
static int string_format(lua_State *lua) {
  Str format;
  format.at = luaL_checklstring(lua, 1, &format.len);
  for (size_t i = 0; i < format.len; i++) {
    if (format.at[i] != '%') continue;
    for (i++; i < format.len && strchr("-+ #0123456789.", format.at[i]) && format.at[i]; i++) {
    }
    if (i < format.len && format.at[i] == 'p')
      return luaL_error(lua, "%%p is not allowed: addresses differ from run to run");
  }
  for (int i = 2, n = lua_gettop(lua); i <= n; i++) {
    int type = lua_type(lua, i);
    if (type == LUA_TNIL || type == LUA_TBOOLEAN || type == LUA_TNUMBER || type == LUA_TSTRING) continue;
    lua_pushstring(lua, lua_typename(lua, type));
    lua_replace(lua, i);
  }
  return charged(lua);
}

/* How many characters a text has; nil where it isn't UTF-8. */
static int utf8_len(lua_State *lua) {
  size_t len;
  const char *text = luaL_checklstring(lua, 1, &len);
  sandbox_charge(lua, len);
  lua_Integer count = 0;
  for (size_t at = 0; at < len; count++) {
    utf8proc_int32_t c;
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)text + at, (utf8proc_ssize_t)(len - at), &c);
    if (n <= 0) return lua_pushnil(lua), 1;
    at += (size_t)n;
  }
  lua_pushinteger(lua, count);
  return 1;
}

/* ---- the whole ---- */

/* Opens one of Lua's libraries and leaves its table, with a new empty one above. */
static void start(lua_State *lua, lua_CFunction open) {
  lua_pushcfunction(lua, open);
  lua_call(lua, 0, 1);
  lua_newtable(lua);
}

/* Puts the finished library into the table at 1. */
static void finish(lua_State *lua, const char *name) {
  lua_remove(lua, -2);
  lua_setfield(lua, 1, name);
}

static void open_base(lua_State *lua) {
  static const char *const plain[] = {"assert", "error", "ipairs", "type", NULL};
  static const char *const by_text[] = {"tonumber", "select", NULL};
  lua_pushcfunction(lua, luaopen_base);
  lua_call(lua, 0, 1);
  lua_pushvalue(lua, 1);
  take(lua, plain, NULL);
  take(lua, by_text, charged);
  give(lua, "pcall", base_pcall);
  give(lua, "tostring", base_tostring);
  give(lua, "pairs", base_pairs);
  give(lua, "print", base_print);
  give(lua, "require", base_require);
  lua_settop(lua, 1);
}

static void open_math(lua_State *lua) {
  static const char *const plain[] = {"abs",  "ceil", "cos",        "deg",        "exp",  "floor", "fmod",
                                      "huge", "log",  "maxinteger", "mininteger", "modf", "pi",    "rad",
                                      "sin",  "sqrt", "tan",        "tointeger",  "type", "ult",   NULL};
  static const char *const many[] = {"max", "min", NULL};
  start(lua, luaopen_math);
  take(lua, plain, NULL);
  take(lua, many, charged);
  finish(lua, "math");
}

static void open_table(lua_State *lua) {
  static const char *const changing[] = {"insert", "remove", NULL}, *const reading[] = {"concat", NULL},
                           *const many[] = {"pack", NULL};
  start(lua, luaopen_table);
  take(lua, changing, changing_table);
  take(lua, reading, charged_table);
  take(lua, many, charged);
  give(lua, "unpack", table_unpack);
  give(lua, "sort", table_sort);
  finish(lua, "table");
}

static void open_string(lua_State *lua) {
  static const char *const by_text[] = {"byte", "char", "len", "lower", "reverse", "sub", "upper", NULL};
  static const char *const rep[] = {"rep", NULL}, *const format[] = {"format", NULL};
  start(lua, luaopen_string);
  take(lua, by_text, charged);
  take(lua, rep, string_rep);
  take(lua, format, string_format);
  library_patterns(lua, lua_absindex(lua, -2));
  finish(lua, "string");
}

/* Copies the table on top, one level. */
static void copy(lua_State *lua) {
  lua_newtable(lua);
  for (lua_pushnil(lua); lua_next(lua, -3);) {
    lua_pushvalue(lua, -2);
    lua_insert(lua, -2);
    lua_settable(lua, -4);
  }
  lua_remove(lua, -2);
}

void library_copy(lua_State *lua) {
  luaL_checkstack(lua, 8, NULL);
  lua_getfield(lua, LUA_REGISTRYINDEX, "library");
  copy(lua);
  static const char *const parts[] = {"math", "string", "table", "utf8"};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    lua_getfield(lua, -1, parts[i]);
    copy(lua);
    lua_setfield(lua, -2, parts[i]);
  }
}

/* What `("text"):upper()` finds: a table of its own, that no script holds. */
static void lock_strings(lua_State *lua) {
  lua_pushliteral(lua, "");
  lua_createtable(lua, 0, 2);
  lua_getfield(lua, 1, "string");
  copy(lua);
  lua_setfield(lua, -2, "__index");
  lua_pushboolean(lua, 0);
  lua_setfield(lua, -2, "__metatable");
  lua_setmetatable(lua, -2);
  lua_pop(lua, 1);
}

int library_open(lua_State *lua) {
  lua_settop(lua, 0);
  lua_newtable(lua);
  open_base(lua);
  open_math(lua);
  open_table(lua);
  open_string(lua);
  lua_newtable(lua);
  give(lua, "len", utf8_len);
  lua_setfield(lua, 1, "utf8");
  lock_strings(lua);
  lua_newtable(lua); /* what luaopen_base left behind is out of reach */
  lua_rawseti(lua, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
  return 1;
}
