/* stdlib/types/journey.lua: what metrics, checks and tests see, for lua-language-server, which completes and checks Lua
 * files by it. The tables of a map come from the rows of schema.def, as script/model.c makes them; what is not of the
 * schema (functions, results, reports, tests) stands in luatypes_text.c. A test holds the file to what a script really
 * finds in its tables. */
#ifndef JOURNEY_WRITE_LUATYPES_H
#define JOURNEY_WRITE_LUATYPES_H

#include "base/buf.h"

void luatypes_write(Buf *to);

/* What stands in front of the tables of the schema, and behind them. */
extern const char *const luatypes_before, *const luatypes_after;

#endif
