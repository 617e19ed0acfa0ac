#include <ctype.h>
#include <math.h>

#include "script/testing_state.h"

enum { DEEPEST = 32, LONGEST = 400 };

bool testing_each(lua_State *lua, int index, TestingVisit *visit, void *context) {
  index = lua_absindex(lua, index);
  luaL_checkstack(lua, 12, "tables within tables");
  int top = lua_gettop(lua);
  bool go_on = true;
  lua_getfield(lua, LUA_REGISTRYINDEX, "library");
  lua_getfield(lua, -1, "pairs");
  lua_pushvalue(lua, index);
  lua_call(lua, 1, 1);
  while (go_on) {
    lua_pushvalue(lua, -1);
    lua_call(lua, 0, 2);
    if (lua_isnil(lua, -2)) break;
    go_on = visit(lua, context);
    lua_settop(lua, top + 2);
  }
  lua_settop(lua, top);
  return go_on;
}

/* ---- in words ---- */

typedef struct {
  Buf *to;
  int depth;
  lua_Integer next; /* the key that needs no name */
} Words;

static void add_value(lua_State *lua, int index, Buf *to, int depth);

static void add_text(Buf *to, Str text) {
  buf_add_byte(to, '"');
  for (size_t i = 0; i < text.len && to->len < LONGEST; i++) {
    char c = text.at[i];
    if (c == '"' || c == '\\') buf_add_byte(to, '\\');
    if (c == '\n') buf_add(to, STR("\\n"));
    else if ((unsigned char)c < ' ' || c == 0x7F) buf_printf(to, "\\x%02X", (unsigned)(unsigned char)c);
    else buf_add_byte(to, c);
  }
  buf_add_byte(to, '"');
}

static void add_number(lua_State *lua, int index, Buf *to) {
  double number = lua_tonumber(lua, index);
  if (lua_isinteger(lua, index)) buf_printf(to, LUA_INTEGER_FMT, lua_tointeger(lua, index));
  else if (isfinite(number)) buf_printf(to, "%.14g", number);
  else buf_add_c(to, isnan(number) ? "not a number" : number > 0 ? "infinity" : "-infinity");
}

static void add_key(lua_State *lua, int index, Words *words) {
  if (lua_isinteger(lua, index) && lua_tointeger(lua, index) == words->next) {
    words->next++;
    return;
  }
  Str name = {0};
  if (lua_type(lua, index) == LUA_TSTRING) name.at = lua_tolstring(lua, index, &name.len);
  bool plain = name.len > 0 && !(name.at[0] >= '0' && name.at[0] <= '9');
  for (size_t i = 0; i < name.len; i++) plain = plain && (isalnum((unsigned char)name.at[i]) || name.at[i] == '_');
  if (plain) buf_printf(words->to, STR_FMT " = ", STR_ARG(name));
  else {
    buf_add_byte(words->to, '[');
    add_value(lua, index, words->to, words->depth);
    buf_add(words->to, STR("] = "));
  }
}

static bool add_pair(lua_State *lua, void *context) {
  Words *words = context;
  if (words->to->len > LONGEST) return false;
  char last = words->to->at[words->to->len - 1];
  buf_add_c(words->to, last == '{' ? " " : ", ");
  int value = lua_absindex(lua, -1);
  add_key(lua, value - 1, words);
  add_value(lua, value, words->to, words->depth + 1);
  return true;
}

static void add_value(lua_State *lua, int index, Buf *to, int depth) {
  size_t len;
  index = lua_absindex(lua, index);
  switch (lua_type(lua, index)) {
    case LUA_TNIL:
    case LUA_TNONE: buf_add(to, STR("nil")); break;
    case LUA_TBOOLEAN: buf_add_c(to, lua_toboolean(lua, index) ? "true" : "false"); break;
    case LUA_TNUMBER: add_number(lua, index, to); break;
    case LUA_TSTRING: {
      const char *text = lua_tolstring(lua, index, &len);
      add_text(to, (Str){text, len});
      break;
    }
    case LUA_TTABLE: {
      Words words = {to, depth, 1};
      buf_add_byte(to, '{');
      if (depth > 4) buf_add(to, STR(" …"));
      else testing_each(lua, index, add_pair, &words);
      buf_add(to, to->at[to->len - 1] == '{' ? STR("}") : STR(" }"));
      break;
    }
    default: buf_printf(to, "a %s", luaL_typename(lua, index));
  }
}

/* Cut between two letters. */
static Str cut(Buf *words, Arena *arena) {
  bool is_long = words->len > LONGEST;
  if (is_long) {
    words->len = LONGEST;
    while (words->len > 0 && ((unsigned char)words->at[words->len] & 0xC0) == 0x80) words->len--;
    buf_add(words, STR(" …"));
  }
  return buf_take(words, arena);
}

Str testing_words(lua_State *lua, int index, Arena *arena) {
  Buf words = {0};
  add_value(lua, index, &words, 0);
  return cut(&words, arena);
}

/* ---- compared ---- */

typedef struct {
  int other; /* the table that is held against the one that is gone through */
  bool swapped;
  int depth;
  Arena *arena;
  Str *place, *found, *expected;
} Compare;

static bool same(lua_State *lua, int found, int expected, const Compare *compare, Str place);

static Str string_at(lua_State *lua, int index) {
  Str text;
  text.at = lua_tolstring(lua, index, &text.len);
  return text;
}

static size_t letter_before(Str text, size_t at) {
  while (at > 0 && at < text.len && ((unsigned char)text.at[at] & 0xC0) == 0x80) at--;
  return at < text.len ? at : text.len;
}

static Str words_from(Str text, size_t from, Arena *arena) {
  Buf words = {0};
  if (from) buf_add(&words, STR("… "));
  add_text(&words, str_slice(text, letter_before(text, from), text.len));
  return cut(&words, arena);
}

/* Of long texts, what stands around the first letter that differs. False where both are short. */
static bool differ_late(lua_State *lua, int found, int expected, const Compare *compare, Str place) {
  enum { SHORT = 120, IN_FRONT = 24 };
  if (lua_type(lua, found) != LUA_TSTRING || lua_type(lua, expected) != LUA_TSTRING) return false;
  Str a = string_at(lua, found), b = string_at(lua, expected);
  size_t at = 0, line = 1;
  while (at < a.len && at < b.len && a.at[at] == b.at[at]) line += a.at[at++] == '\n';
  if ((a.len <= SHORT && b.len <= SHORT) || at <= IN_FRONT) return false;
  *compare->place = arena_format(compare->arena, STR_FMT "%sline %zu", STR_ARG(place), place.len ? ", " : "", line);
  *compare->found = words_from(a, at - IN_FRONT, compare->arena);
  *compare->expected = words_from(b, at - IN_FRONT, compare->arena);
  return true;
}

static bool differ(lua_State *lua, int found, int expected, const Compare *compare, Str place) {
  if (differ_late(lua, found, expected, compare, place)) return false;
  *compare->place = place;
  *compare->found = testing_words(lua, found, compare->arena);
  *compare->expected = testing_words(lua, expected, compare->arena);
  return false;
}

typedef struct {
  const Compare *compare;
  Str place;
} Within;

/* The key on top of the pair as part of a place: ".title", "[2]". */
static Str place_of(lua_State *lua, int key, const Within *within) {
  Str words = testing_words(lua, key, within->compare->arena);
  if (lua_type(lua, key) != LUA_TSTRING)
    return arena_format(within->compare->arena, STR_FMT "[" STR_FMT "]", STR_ARG(within->place), STR_ARG(words));
  Str name = str_of(lua_tostring(lua, key));
  return arena_format(within->compare->arena, STR_FMT "%s" STR_FMT, STR_ARG(within->place),
                      within->place.len ? "." : "", STR_ARG(name));
}

static bool same_pair(lua_State *lua, void *context) {
  const Within *within = context;
  const Compare *compare = within->compare;
  int mine = lua_absindex(lua, -1), key = mine - 1;
  lua_pushvalue(lua, key);
  lua_rawget(lua, compare->other);
  int theirs = lua_gettop(lua);
  Compare deeper = *compare;
  deeper.depth++;
  Str place = place_of(lua, key, within);
  return compare->swapped ? same(lua, theirs, mine, &deeper, place) : same(lua, mine, theirs, &deeper, place);
}

/* What is expected first: then what is there beyond it. */
static bool same_tables(lua_State *lua, int found, int expected, const Compare *compare, Str place) {
  Compare within = *compare;
  Within context = {&within, place};
  if (compare->depth > DEEPEST) luaL_error(lua, "the tables are too deep to be compared");
  within.other = found, within.swapped = true;
  if (!testing_each(lua, expected, same_pair, &context)) return false;
  within.other = expected, within.swapped = false;
  return testing_each(lua, found, same_pair, &context);
}

static bool same(lua_State *lua, int found, int expected, const Compare *compare, Str place) {
  sandbox_charge(lua, 10);
  if (lua_type(lua, found) == LUA_TTABLE && lua_type(lua, expected) == LUA_TTABLE &&
      !lua_rawequal(lua, found, expected))
    return same_tables(lua, found, expected, compare, place);
  return lua_compare(lua, found, expected, LUA_OPEQ) || differ(lua, found, expected, compare, place);
}

bool testing_same(lua_State *lua, int found_at, int expected_at, Arena *arena, Str *place, Str *found, Str *expected) {
  Compare compare = {.arena = arena, .place = place, .found = found, .expected = expected};
  return same(lua, lua_absindex(lua, found_at), lua_absindex(lua, expected_at), &compare, STR(""));
}
