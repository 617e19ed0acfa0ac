#include "script/answers.h"

#include <math.h>

#include "base/nearest.h"

enum { MOST_COLUMNS = 64 }; /* of a row */

static void set_number(lua_State *lua, const char *key, double number) {
  if (!isfinite(number)) return;
  lua_pushnumber(lua, number);
  lua_setfield(lua, -2, key);
}

static void set_count(lua_State *lua, const char *key, uint64_t count) {
  lua_pushinteger(lua, (lua_Integer)count);
  lua_setfield(lua, -2, key);
}

static void set_str(lua_State *lua, const char *key, Str text) {
  lua_pushlstring(lua, text.len ? text.at : "", text.len);
  lua_setfield(lua, -2, key);
}

/* ---- place.answers ---- */

static void set_scores(lua_State *lua, const Tally *tally) {
  if (!tally->scores && tally->n) return; /* too many different ones */
  lua_createtable(lua, (int)tally->score_count, 0);
  for (uint32_t i = 0; tally->scores && i < tally->score_count; i++) {
    lua_createtable(lua, 0, 2);
    set_number(lua, "value", tally->scores[i].value);
    set_count(lua, "count", tally->scores[i].count);
    lua_rawseti(lua, -2, (lua_Integer)i + 1);
  }
  lua_setfield(lua, -2, "scores");
}

static void set_tally(lua_State *lua, const Tally *tally) {
  double n = (double)tally->n, mean = tally->sum / n, off = mean - tally->shift;
  double squares = tally->sum_of_squares - n * off * off; /* about the mean */
  set_count(lua, "n", tally->n);
  set_number(lua, "start", tally->start);
  set_number(lua, "finish", tally->end);
  set_number(lua, "new", tally->new);
  set_number(lua, "lost", tally->lost);
  set_scores(lua, tally);
  set_number(lua, "sum", tally->sum);
  if (!tally->n) return;
  set_number(lua, "sumOfSquares", squares + n * mean * mean);
  set_number(lua, "mean", mean);
  set_number(lua, "min", tally->min);
  set_number(lua, "max", tally->max);
  if (tally->n > 1) set_number(lua, "deviation", sqrt(fmax(squares, 0) / (n - 1)));
}

static void set_periods(lua_State *lua, const Answers *answers) {
  lua_createtable(lua, (int)answers->period_count, 0);
  for (uint32_t i = 0; i < answers->period_count; i++) {
    lua_createtable(lua, 0, 12);
    set_str(lua, "name", answers->periods[i].name);
    set_tally(lua, &answers->periods[i].tally);
    lua_rawseti(lua, -2, (lua_Integer)i + 1);
  }
  lua_setfield(lua, -2, "periods");
}

size_t answers_room(const Answers *answers) {
  size_t scores = answers->all.score_count;
  for (uint32_t i = 0; i < answers->period_count; i++) scores += answers->periods[i].tally.score_count;
  return (answers->period_count + 1u) * 1024u + scores * 192u;
}

void answers_push(lua_State *lua, const Answers *answers, const char *as) {
  luaL_checkstack(lua, 10, NULL);
  lua_createtable(lua, 0, 16);
  set_tally(lua, &answers->all);
  set_periods(lua, answers);
  if (answers->has_scale) {
    lua_createtable(lua, 0, 2);
    set_number(lua, "min", answers->scale_min);
    set_number(lua, "max", answers->scale_max);
    lua_setfield(lua, -2, "scale");
  }
  if (as) lua_pushstring(lua, as), lua_setfield(lua, -2, "as");
  lua_pushboolean(lua, answers->stale);
  lua_setfield(lua, -2, "stale");
}

/* ---- evidence(id).each() ---- */

typedef struct {
  Arena *arena; /* its own: a script may open a file again and again */
  EvidenceRows *rows;
  size_t columns;
} Open;

static const char open_key; /* its address is the key of the metatable that closes files */

static void close_file(Open *open) {
  evidence_rows_close(open->rows);
  arena_free(open->arena);
  open->rows = NULL;
  open->arena = NULL;
}

static int open_close(lua_State *lua) {
  close_file(lua_touserdata(lua, 1));
  return 0;
}

static void push_row(lua_State *lua, const Str *cells, size_t columns, int names) {
  size_t bytes = 0;
  lua_createtable(lua, 0, (int)columns);
  for (size_t i = 0; i < columns; i++) {
    Str cell = cells[i];
    if (cell.len > LIMIT_LUA_TEXT) cell.len = LIMIT_LUA_TEXT;
    bytes += cell.len;
    lua_rawgeti(lua, names, (lua_Integer)i + 1);
    lua_pushlstring(lua, cell.len ? cell.at : "", cell.len);
    lua_rawset(lua, -3);
  }
  sandbox_charge(lua, 4 * columns + bytes / 16);
}

/* Upvalues: the open file; the names of its columns. What can't be read as a row has been said by `check`. */
static int rows_next(lua_State *lua) {
  Open *open = lua_touserdata(lua, lua_upvalueindex(1));
  const Str *cells;
  uint64_t line;
  if (open->rows && evidence_rows_next(open->rows, &cells, &line)) {
    push_row(lua, cells, open->columns, lua_upvalueindex(2));
    return 1;
  }
  close_file(open);
  lua_pushnil(lua);
  return 1;
}

static void push_open_metatable(lua_State *lua) {
  if (lua_rawgetp(lua, LUA_REGISTRYINDEX, &open_key) != LUA_TNIL) return;
  lua_pop(lua, 1);
  sandbox_finalizes(lua);
  lua_createtable(lua, 0, 2);
  lua_pushcfunction(lua, open_close);
  lua_setfield(lua, -2, "__gc");
  lua_pushboolean(lua, 0);
  lua_setfield(lua, -2, "__metatable");
  lua_pushvalue(lua, -1);
  lua_rawsetp(lua, LUA_REGISTRYINDEX, &open_key);
}

/* Upvalues: what is seen; the file; the names of its columns. */
static int evidence_each(lua_State *lua) {
  const EvidenceSeen *seen = lua_touserdata(lua, lua_upvalueindex(1));
  const EvidenceFile *file = lua_touserdata(lua, lua_upvalueindex(2));
  Str why = {0};
  sandbox_charge(lua, 1000);
  Open *open = lua_newuserdatauv(lua, sizeof *open, 0);
  *open = (Open){.columns = file->column_count < MOST_COLUMNS ? file->column_count : MOST_COLUMNS};
  push_open_metatable(lua);
  lua_setmetatable(lua, -2);
  open->arena = arena_new();
  open->rows = evidence_rows(seen->project, file, open->arena, &why);
  if (!open->rows) {
    lua_pushlstring(lua, why.at, why.len);
    return luaL_error(lua, "the evidence's file can't be read: %s", lua_tostring(lua, -1));
  }
  lua_pushvalue(lua, lua_upvalueindex(3));
  lua_pushcclosure(lua, rows_next, 2);
  return 1;
}

/* ---- evidence(id) ---- */

typedef struct {
  const Project *project;
  Str id;
  Ref found;
  Nearest nearest;
} Search;

static void look_at(void *context, Ref ref) {
  Search *search = context;
  Str id = unit_id(project_unit(search->project, ref), ref.at);
  if (str_is(id, search->id) && !ref_ok(search->found)) search->found = ref;
  nearest_offer(&search->nearest, id);
}

static Ref find_evidence(lua_State *lua, const EvidenceSeen *seen, Str id) {
  Search search = {seen->project, id, NO_REF, nearest_to(id)};
  const Project *p = seen->project;
  if (seen->unit != NONE) project_visible(p, seen->unit, K_EVIDENCE, look_at, &search);
  for (uint32_t u = 0; u < p->unit_count && seen->unit == NONE; u++)
    for (uint32_t at = 0; at < p->units[u]->statement_count; at = p->units[u]->statements[at].after)
      if (p->units[u]->statements[at].keyword == K_EVIDENCE) look_at(&search, (Ref){u, at});
  if (ref_ok(search.found)) return search.found;
  Str best = search.nearest.best;
  if (!best.len) luaL_error(lua, "there is no evidence \"%s\"", id.at);
  lua_pushlstring(lua, best.at, best.len);
  luaL_error(lua, "there is no evidence \"%s\"; did you mean \"%s\"?", id.at, lua_tostring(lua, -1));
  return NO_REF;
}

static void push_columns(lua_State *lua, const EvidenceFile *file) {
  lua_createtable(lua, (int)file->column_count, 0);
  for (uint32_t i = 0; i < file->column_count; i++) {
    lua_pushlstring(lua, file->columns[i].at, file->columns[i].len);
    lua_rawseti(lua, -2, (lua_Integer)i + 1);
  }
}

/* Upvalue: what is seen. */
static int evidence_of(lua_State *lua) {
  EvidenceSeen *seen = lua_touserdata(lua, lua_upvalueindex(1));
  Str id;
  id.at = luaL_checklstring(lua, 1, &id.len);
  Ref ref = find_evidence(lua, seen, id);
  const EvidenceFile *file = seen->evidence ? evidence_file(seen->evidence, ref) : NULL;
  if (!file || !file->is_read) return lua_pushnil(lua), 1; /* `check` has said why */
  Item item = item_of(ref);
  lua_createtable(lua, 0, 8);
  set_str(lua, "id", id);
  set_str(lua, "title", item_title(seen->project, &item, seen->arena));
  set_count(lua, "rows", file->rows);
  set_count(lua, "badRows", file->bad_rows);
  if (file->has_days) set_number(lua, "first", file->first_day), set_number(lua, "last", file->last_day);
  push_columns(lua, file);
  lua_setfield(lua, -2, "columns");
  lua_pushvalue(lua, lua_upvalueindex(1));
  lua_pushlightuserdata(lua, (void *)file);
  push_columns(lua, file); /* one of its own, that the script can't change */
  lua_pushcclosure(lua, evidence_each, 3);
  lua_setfield(lua, -2, "each");
  return 1;
}

void evidence_push(lua_State *lua, const EvidenceSeen *seen) {
  EvidenceSeen *kept = lua_newuserdatauv(lua, sizeof *kept, 0);
  *kept = *seen;
  lua_pushcclosure(lua, evidence_of, 1);
}
