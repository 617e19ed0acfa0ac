/* The `check` statements, with the Lua files that they name. */
#ifndef JOURNEY_CHECK_SOURCES_H
#define JOURNEY_CHECK_SOURCES_H

#include "base/vec.h"
#include "script/files.h"
#include "script/ruleset.h"

typedef VEC(CheckSource *) Sources;

/* Without its file. Its texts are the project's, but for the title, which lives in `arena`. */
CheckSource *source_of(const Project *p, Ref at, Arena *arena);
/* Where the file is named. */
LuaAsked source_asked(const Project *p, const CheckSource *source);
/* Says that the check itself is wrong. */
void source_say_failed(const Project *p, const CheckSource *source, const SandboxError *error, Diagnostics *to);
/* Whether it says that the check of this id is wrong, and of what. */
bool source_failure(const Diagnostic *diagnostic, Str id, Arena *arena, Str *why);

#endif
