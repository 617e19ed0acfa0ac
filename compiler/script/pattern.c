/* string.find, match, gmatch and gsub. A pattern such as ".-.-.-.-b" can take longer than the sun burns, and Lua cannot
 * be stopped while it matches. So the steps that it takes at worst are counted in advance, from the length of the text
 * and the repetitions in the pattern, and a pattern that could take too many of them is refused. Plain searches are not
 * limited. */
#include "script/state.h"

/* Past the set that begins at `p`, behind its `[`, as Lua reads it. */
static const char *skip_set(const char *p, const char *end) {
  if (p < end && *p == '^') p++;
  do { /* the first character is never the end of the set */
    if (p == end) return end;
    if (*p++ == '%' && p < end) p++;
  } while (p == end || *p != ']');
  return p < end ? p + 1 : end;
}

/* At most how many steps matching takes. k repetitions share a text of n characters in at most C(n+k, k) ways; where
 * the match starts counts as one of them. Each way is tried item by item. */
static double worst_case(Str pattern, size_t length, bool anchors) {
  double n = (double)length + 1, ways = 1, repetitions = 0, items = 1, widest = 1;
  const char *p = pattern.at, *end = p + pattern.len;
  if (anchors && p < end && *p == '^') p++;
  else ways = n, repetitions = 1;
  while (p < end) {
    const char *item = p++;
    if (*item == '[') p = skip_set(p, end);
    else if (*item == '%' && p < end) {
      char kind = *p++;
      if (kind == 'b') ways *= n, p = end - p > 2 ? p + 2 : end;
      else if (kind >= '0' && kind <= '9') ways *= n;
      else if (kind == 'f' && p < end && *p == '[') p = skip_set(p + 1, end);
    }
    if ((double)(p - item) > widest) widest = (double)(p - item);
    if (p < end && (*p == '*' || *p == '+' || *p == '-')) repetitions++, ways *= (n + repetitions) / repetitions, p++;
    else if (p < end && *p == '?') ways *= 2, p++;
    else items++;
  }
  return ways * (widest + items);
}

/* `anchors`: whether a ^ at the front ties the pattern to the front of the text. */
static void check_pattern(lua_State *lua, bool anchors) {
  size_t length;
  Str pattern;
  luaL_checklstring(lua, 1, &length);
  pattern.at = luaL_checklstring(lua, 2, &pattern.len);
  sandbox_charge(lua, 1 + (length + pattern.len) / 4);
  sandbox_clock(lua);
  if (worst_case(pattern, length, anchors) <= LIMIT_LUA_PATTERN) return;
  luaL_error(lua, "this pattern could take too long on a text of %d characters: use fewer of * + - in it", (int)length);
}

static int matched(lua_State *lua) {
  check_pattern(lua, true);
  return lua_tocfunction(lua, lua_upvalueindex(1))(lua);
}

/* find(text, what, from, true): without patterns, and in linear time. */
static int string_find(lua_State *lua) {
  if (!lua_toboolean(lua, 4)) return matched(lua);
  Str text, what;
  text.at = luaL_checklstring(lua, 1, &text.len);
  what.at = luaL_checklstring(lua, 2, &what.len);
  lua_Integer from = luaL_optinteger(lua, 3, 1);
  if (from < 0) from = from < -(lua_Integer)text.len ? 1 : (lua_Integer)text.len + from + 1;
  if (from == 0) from = 1;
  sandbox_charge(lua, 1 + (text.len + what.len) / 4);
  if ((lua_Unsigned)from > text.len + 1) return lua_pushnil(lua), 1;
  const char *start = text.at + from - 1;
  const char *found = memmem(start, text.len - (size_t)(from - 1), what.at, what.len);
  if (!found) return lua_pushnil(lua), 1;
  lua_pushinteger(lua, found - text.at + 1);
  lua_pushinteger(lua, found - text.at + (lua_Integer)what.len);
  return 2;
}

/* Upvalues: what Lua's gmatch made, the length of the text. */
static int gmatch_next(lua_State *lua) {
  sandbox_charge(lua, 1 + (uint64_t)lua_tointeger(lua, lua_upvalueindex(2)) / 4);
  sandbox_clock(lua);
  lua_settop(lua, 0);
  lua_pushvalue(lua, lua_upvalueindex(1));
  lua_call(lua, 0, LUA_MULTRET);
  return lua_gettop(lua);
}

static int string_gmatch(lua_State *lua) {
  check_pattern(lua, false);
  lua_pushinteger(lua, (lua_Integer)lua_rawlen(lua, 1));
  lua_pushvalue(lua, lua_upvalueindex(1));
  lua_pushvalue(lua, 1);
  lua_pushvalue(lua, 2);
  lua_call(lua, 2, 1);
  lua_insert(lua, -2);
  lua_pushcclosure(lua, gmatch_next, 2);
  return 1;
}

void library_patterns(lua_State *lua, int strings) {
  static const struct {
    const char *name;
    lua_CFunction guard;
  } all[] = {{"find", string_find}, {"match", matched}, {"gsub", matched}, {"gmatch", string_gmatch}};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    lua_getfield(lua, strings, all[i].name);
    lua_pushcclosure(lua, all[i].guard, 1);
    lua_setfield(lua, -2, all[i].name);
  }
}
