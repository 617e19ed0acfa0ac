#include "script/statistics.h"

#include <math.h>
#include <stdlib.h>

static void set_number(lua_State *lua, const char *key, double number) {
  if (isnan(number)) return;
  lua_pushnumber(lua, number);
  lua_setfield(lua, -2, key);
}

void statistics_push_estimate(lua_State *lua, Estimate estimate) {
  if (!estimate.n || isnan(estimate.value)) {
    lua_pushnil(lua);
    return;
  }
  lua_createtable(lua, 0, 4);
  set_number(lua, "value", estimate.value);
  set_number(lua, "low", estimate.low);
  set_number(lua, "high", estimate.high);
  lua_pushinteger(lua, (lua_Integer)estimate.n);
  lua_setfield(lua, -2, "n");
}

/* ---- arguments ---- */

static uint64_t count_at(lua_State *lua, int index, const char *what) {
  double number = luaL_checknumber(lua, index);
  if (number < 0 || number > 9e15 || number != floor(number))
    luaL_error(lua, "%s is no count: it has to be a whole number from 0 up", what);
  return (uint64_t)number;
}

static double field(lua_State *lua, int table, const char *key) {
  lua_getfield(lua, table, key);
  double number = lua_type(lua, -1) == LUA_TNUMBER ? lua_tonumber(lua, -1) : NAN;
  lua_pop(lua, 1);
  return number;
}

/* A table { value, low, high, n }, such as stats.* make. */
static Estimate estimate_at(lua_State *lua, int index) {
  luaL_checktype(lua, index, LUA_TTABLE);
  double n = field(lua, index, "n");
  return (Estimate){field(lua, index, "value"), field(lua, index, "low"), field(lua, index, "high"),
                    n >= 0 && n < 9e15 ? (uint64_t)n : 0};
}

/* The list at `index` as numbers, in memory that is Lua's; left on the stack. */
static double *list_at(lua_State *lua, int index, size_t *count) {
  luaL_checktype(lua, index, LUA_TTABLE);
  *count = (size_t)lua_rawlen(lua, index);
  if (*count > LIMIT_LUA_KEYS * 40ULL) luaL_error(lua, "the list is too long");
  sandbox_charge(lua, *count * 8);
  double *numbers = lua_newuserdatauv(lua, (*count + 1) * sizeof *numbers, 0);
  for (size_t i = 0; i < *count; i++) {
    lua_rawgeti(lua, index, (lua_Integer)i + 1);
    if (lua_type(lua, -1) != LUA_TNUMBER)
      luaL_error(lua, "the list holds a %s among its numbers", luaL_typename(lua, -1));
    numbers[i] = lua_tonumber(lua, -1);
    lua_pop(lua, 1);
  }
  return numbers;
}

/* ---- functions ---- */

static int stats_share(lua_State *lua) {
  uint64_t hits = count_at(lua, 1, "the first number of stats.share"),
           n = count_at(lua, 2, "the second number of stats.share");
  if (hits > n) return luaL_error(lua, "stats.share(hits, n): there are more hits than n");
  statistics_push_estimate(lua, estimate_share(hits, n, USUAL_CONFIDENCE));
  return 1;
}

static int stats_nps(lua_State *lua) {
  uint64_t promoters = count_at(lua, 1, "promoters"), detractors = count_at(lua, 2, "detractors"),
           n = count_at(lua, 3, "n");
  if (promoters + detractors > n) return luaL_error(lua, "stats.nps(promoters, detractors, n): n is less than both");
  statistics_push_estimate(lua, estimate_nps(promoters, detractors, n, USUAL_CONFIDENCE));
  return 1;
}

/* Of answers with n, mean and deviation: squares about the mean lose no digits. */
static Estimate mean_of_answers(lua_State *lua) {
  double n = field(lua, 1, "n"), mean = field(lua, 1, "mean"), deviation = field(lua, 1, "deviation");
  if (!(n >= 1) || isnan(mean)) return (Estimate){NAN, NAN, NAN, 0};
  double squares = isnan(deviation) ? 0 : deviation * deviation * (n - 1);
  return estimate_mean((uint64_t)n, n * mean, squares, mean, USUAL_CONFIDENCE);
}

static Estimate mean_of_list(lua_State *lua) {
  size_t count;
  const double *list = list_at(lua, 1, &count);
  double sum = 0, squares = 0, shift = count ? list[0] : 0;
  for (size_t i = 0; i < count; i++) sum += list[i], squares += (list[i] - shift) * (list[i] - shift);
  return estimate_mean(count, sum, squares, shift, USUAL_CONFIDENCE);
}

static int stats_mean(lua_State *lua) {
  Estimate estimate;
  if (lua_type(lua, 1) != LUA_TTABLE)
    estimate =
        estimate_mean(count_at(lua, 1, "n"), luaL_checknumber(lua, 2), luaL_checknumber(lua, 3), 0, USUAL_CONFIDENCE);
  else if (!isnan(field(lua, 1, "n"))) estimate = mean_of_answers(lua);
  else estimate = mean_of_list(lua);
  statistics_push_estimate(lua, estimate);
  return 1;
}

/* Of two estimates, or of one and a number that is known exactly. */
static int stats_differ(lua_State *lua) {
  Estimate a = estimate_at(lua, 1);
  bool differ = lua_type(lua, 2) == LUA_TNUMBER ? estimate_differs_from(a, lua_tonumber(lua, 2))
                                                : estimates_differ(a, estimate_at(lua, 2));
  lua_pushboolean(lua, differ);
  return 1;
}

static int by_size(const void *left, const void *right) {
  double a = *(const double *)left, b = *(const double *)right;
  return (a > b) - (a < b);
}

static int stats_quantile(lua_State *lua) {
  double p = luaL_checknumber(lua, 2);
  if (!(p >= 0 && p <= 1)) return luaL_error(lua, "stats.quantile(list, p): p runs from 0 to 1");
  size_t count;
  double *list = list_at(lua, 1, &count);
  sandbox_charge(lua, count * 16);
  qsort(list, count, sizeof *list, by_size);
  double quantile = sorted_quantile(list, count, p);
  if (isnan(quantile)) lua_pushnil(lua);
  else lua_pushnumber(lua, quantile);
  return 1;
}

static int stats_trend(lua_State *lua) {
  size_t count;
  const double *list = list_at(lua, 1, &count);
  statistics_push_estimate(lua, estimate_trend(list, count, USUAL_CONFIDENCE));
  return 1;
}

int statistics_push(lua_State *lua) {
  static const luaL_Reg functions[] = {
      {"share", stats_share},       {"nps", stats_nps},     {"mean", stats_mean}, {"differ", stats_differ},
      {"quantile", stats_quantile}, {"trend", stats_trend}, {NULL, NULL}};
  luaL_newlib(lua, functions);
  return 1;
}
