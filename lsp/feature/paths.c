#include "lsp/feature/paths.h"

#include "base/os.h"

static Str folder_of(Arena *arena, Str path) {
  while (path.len > 1 && path.at[path.len - 1] != '/') path.len--;
  return arena_copy(arena, path.len > 1 ? str_slice(path, 0, path.len - 1) : path);
}

Str paths_between(Arena *arena, Str from, Str to) { return os_relative(arena, to, folder_of(arena, from)); }

Str paths_quoted(Arena *arena, Str path) {
  Buf out = {0};
  buf_add_byte(&out, '"');
  for (size_t i = 0; i < path.len; i++) {
    if (path.at[i] == '"' || path.at[i] == '\\') buf_add_byte(&out, '\\');
    buf_add_byte(&out, path.at[i]);
  }
  buf_add_byte(&out, '"');
  return buf_take(&out, arena);
}

static uint32_t first_use(const Unit *unit) {
  for (uint32_t at = 0; at < unit->statement_count; at = unit->statements[at].after)
    if (unit->statements[at].keyword == K_USE) return at;
  return NONE;
}

bool paths_has_use(const Unit *unit) { return first_use(unit) != NONE; }

/* A file may begin with comments, which are about all of it where a blank line follows. */
uint32_t paths_first_use(const Unit *unit) {
  uint32_t use = first_use(unit), top = 0;
  if (use != NONE) return unit->statements[use].span.start;
  Str text = unit->source.text, rest = text;
  if (str_starts(rest, STR("\xEF\xBB\xBF"))) top = 3, rest = str_slice(rest, 3, rest.len);
  while (str_starts(rest, STR("//")) && !str_starts(rest, STR("///"))) {
    str_cut_line(&rest);
    Str line = rest;
    if (str_trim(str_cut_line(&line)).len == 0 && rest.len > 0) top = (uint32_t)(line.at - text.at);
  }
  return top;
}
