/* The .lua files of a project, seen from its maps: who names them, and what they come to now. What stands in them is
 * the business of Lua's own server; here only places that speak of the metric or check as a whole are answered. */
#ifndef JOURNEY_LSP_FEATURE_LUA_FILES_H
#define JOURNEY_LSP_FEATURE_LUA_FILES_H

#include "lsp/feature/spot.h"

typedef struct {
  Ref declaration; /* the `metric` or `check`; or the `use` */
  Ref naming;      /* its `computed-by`; or the `use` */
} LuaNaming;

typedef struct {
  const LuaNaming *at; /* by file and place */
  uint32_t count;
} LuaNamings;

/* Those that name the file of that unit. */
LuaNamings lua_namings(const Snapshot *snapshot, uint32_t unit, Arena *arena);
/* Of a .lua file: those that the word under the cursor stands for. In the comment at the top, and on what the file
 * returns, all that name the file; on the name of a metric, such as `value("effort")`, what declares that. `*origin` is
 * what the cursor touches. */
LuaNamings lua_namings_at(const Spot *spot, Span *origin, Arena *arena);

/* What the metrics and checks of the file come to: "42 for Trip to Lisbon · 3 journeys". One line each, at the top of
 * the file; none before it is known. */
typedef struct {
  LuaNaming of;
  Str words;
} LuaValue;

typedef struct {
  const LuaValue *at;
  uint32_t count;
} LuaValues;

LuaValues lua_values(const Spot *spot, Arena *arena);

#endif
