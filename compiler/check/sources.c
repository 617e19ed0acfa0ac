#include "check/sources.h"

#include "check/rules.h"

CheckSource *source_of(const Project *p, Ref at, Arena *arena) {
  CheckSource *source = ARENA_NEW(arena, CheckSource);
  Item item = item_of(at);
  *source = (CheckSource){.at = at,
                          .library = !project_is_own(p, at.unit),
                          .name = {item_id(p, &item), item_title(p, &item, arena)},
                          .severity = check_severity(p, at)};
  return source;
}

LuaAsked source_asked(const Project *p, const CheckSource *source) {
  const Unit *unit = project_unit(p, source->at);
  uint32_t by = unit_child(unit, source->at.at, K_COMPUTED_BY);
  const Value *file = by == NONE ? NULL : unit_value(unit, by, 0);
  return (LuaAsked){source->at.unit, file ? file->span : rule_span(p, source->at), "the check is declared here"};
}

static Str failure_of(Str id, Arena *arena) {
  return arena_format(arena, "the check \"" STR_FMT "\" fails: ", STR_ARG(id));
}

bool source_failure(const Diagnostic *diagnostic, Str id, Arena *arena, Str *why) {
  if (diagnostic->code != DIAG_CHECK_FAILED) return false;
  Str begin = failure_of(id, arena), message = diagnostic->message;
  if (!str_starts(message, begin)) return false;
  *why = str_slice(message, begin.len, message.len);
  return true;
}

void source_say_failed(const Project *p, const CheckSource *source, const SandboxError *error, Diagnostics *to) {
  Str begin = failure_of(source->name.id, to->arena);
  Str message = arena_format(to->arena, STR_FMT STR_FMT, STR_ARG(begin), STR_ARG(error->message));
  lua_diagnose(p, to, DIAG_CHECK_FAILED, error, source_asked(p, source),
               "the check is wrong, not the map: mend the Lua file; docs/checks.md says what it may do", message);
}
