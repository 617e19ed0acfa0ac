/* Whatever bytes come as a file, of maps or of settings: fixes that are sure come to an end, keep the text UTF-8, and
 * the list of them fits the text that they are made of. */
#include <stdlib.h>

#include "base/limits.h"
#include "check/check.h"
#include "check/settle.h"
#include "source/fix.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds) {
  if (!holds) abort();
}

static Str fix_once(Str text, Str path, Arena *keep, size_t *made) {
  Arena *arena = arena_new();
  Str why, fixed = text;
  ProjectOptions options = {.stdin_text = &text, .stdin_path = path, .today = 20700, .threads = 1};
  Project *p = project_load(&options, arena, &why);
  Diagnostics all = {.arena = arena};
  *made = 0;
  if (p) {
    const Unit *unit = p->units[1];
    for (size_t i = 0; i < unit->diagnostics.list.len; i++) vec_push(&all.list, unit->diagnostics.list.at[i]);
    for (size_t i = 0; i < p->diagnostics.list.len; i++) vec_push(&all.list, p->diagnostics.list.at[i]);
    check_project(p, NULL, &all);
    diagnostics_settle(p, &all);
    for (size_t i = 0; i < all.list.len; i++) {
      const Diagnostic *diagnostic = &all.list.at[i];
      demand(!diagnostic->has_fix || (diagnostic->fix.start <= diagnostic->fix.end && diagnostic->fix.end <= text.len));
    }
    size_t from = 0, to;
    while (from < all.list.len && all.list.at[from].unit != 1) from++;
    for (to = from; to < all.list.len && all.list.at[to].unit == 1;) to++;
    fixed = unit->source.text;
    if (to > from) fixed = fix_text(fixed, &all.list.at[from], to - from, keep, made);
    fixed = arena_copy(keep, fixed);
  }
  vec_free(&all.list);
  project_free(p);
  arena_free(arena);
  return fixed;
}

static void fix(Str text, Str path) {
  Arena *arena = arena_new();
  bool valid = source_first_invalid(text, 0) == text.len;
  size_t made = 1;
  for (int pass = 0; made > 0 && pass < LIMIT_FIX_PASSES; pass++) text = fix_once(text, path, arena, &made);
  demand(!valid || source_first_invalid(text, 0) == text.len);
  arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Str text = {size > 0 ? (const char *)data : "", size};
  fix(text, STR("map.journey"));
  fix(text, STR("journey.json"));
  return 0;
}
