/* Where the Lua files are: beside the file that names them, or in the standard library inside the executable. */
#ifndef JOURNEY_SCRIPT_FILES_H
#define JOURNEY_SCRIPT_FILES_H

#include "project/project.h"
#include "script/sandbox.h"

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
/* Whether the file is not to be run: it is the project's own, and ProjectOptions.no_scripts says so. */
bool lua_is_held_back(const Project *p, Ref metric);
/* A file of the standard library: "metrics/effort.lua". */
bool lua_library_file(const char *name, LuaFile *file);
/* A SandboxFind whose context is the project, which may be NULL: `require "weights"` is weights.lua beside the file
 * that asks, or in a folder below it, or else in the standard library; `require "stdlib.metrics.effort"` is the
 * standard library's even where there is one beside. No name and no link leads out of the folder. */
bool lua_require(void *context, Str from, Str name, Arena *arena, Str *path, Str *text, Str *why);

/* Where a line of a Lua file is: its words in the unit that is the file. False where the file is not one of the
 * project's (the standard library's, a name made up while the script ran), or `line` is 0. */
bool lua_place(const Project *p, Str file, uint32_t line, uint32_t *unit, Span *span);
/* The line of a .journey file on account of which a script ran. */
typedef struct {
  uint32_t unit;
  Span span;
  const char *words; /* "the metric is declared here": said of it as the related place */
} LuaAsked;
/* Says what happened in a Lua file (`error->file`, `error->line`): at that line, with `asked` as the related place;
 * at its first line where no line is known, as of an empty file; where the file isn't one of the project's, at `asked`,
 * with file and line in the message. The traceback ends the
 * help, which may be NULL. */
Diagnostic *lua_diagnose(const Project *p, Diagnostics *to, DiagnosticCode code, const SandboxError *error,
                         LuaAsked asked, const char *help, Str message);
/* Says what scripts printed (H0406): one diagnostic for each line of a script that printed, each of its words once. */
void lua_say_printed(const Project *p, Diagnostics *to, const SandboxPrint *list, size_t count, LuaAsked asked);

#endif
