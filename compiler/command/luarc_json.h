/* .luarc.json, which tells lua-language-server where types are. */
#ifndef JOURNEY_COMMAND_LUARC_JSON_H
#define JOURNEY_COMMAND_LUARC_JSON_H

#include "base/buf.h"

#define LUARC_TYPES ".journey/types"
/* What one adds by hand where the file can't be changed. */
#define LUARC_LINE "\"workspace.library\": [\"" LUARC_TYPES "\"]"

/* A whole one, for a folder that has none: types of ours, and none of what a script doesn't have. */
extern const char *const luarc_new;

typedef enum {
  LUARC_HAS_IT, /* nothing to do */
  LUARC_ADDED,  /* `*to` is the text with it; all else is as it was, letter by letter */
  LUARC_CANNOT, /* it is no plain JSON; `*why` says so */
} LuarcEnd;

/* Adds the folder of types to the libraries that the file names, in whichever way it writes them: "workspace.library",
 * "Lua.workspace.library" or "workspace": { "library" }. `*why` lives in `arena`. */
LuarcEnd luarc_add(Str text, Arena *arena, Str *to, Str *why);

#endif
