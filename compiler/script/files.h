/* Where the Lua files are: beside the file that names them, or in the standard library inside the executable. */
#ifndef JOURNEY_SCRIPT_FILES_H
#define JOURNEY_SCRIPT_FILES_H

#include "project/project.h"

typedef struct {
  Str path; /* as it is shown */
  Str text;
} LuaFile;

/* Whether the declaration names a Lua file at all: `computed-by`, or `use "….lua"`. */
bool lua_names_file(const Project *p, Ref metric);
/* Whether that file is there, beside the declaration or in the standard library. */
bool lua_file_is_there(const Project *p, Ref metric);
/* Reads it. False with `*why` where it can't be read. Texts live in `arena`. */
bool lua_file_of(const Project *p, Ref metric, Arena *arena, LuaFile *file, Str *why);
/* A SandboxFind: `require "weights"` is weights.lua beside the file that asks, or in a folder below it, or else in the
 * standard library; `require "stdlib.metrics.effort"` is the standard library's even where there is one beside. No name
 * and no link leads out of the folder. */
bool lua_require(void *context, Str from, Str name, Arena *arena, Str *path, Str *text, Str *why);

#endif
