#include "project/baseline.h"

#include <stdlib.h>

#include "base/os.h"
#include "project/about.h"

int baseline_compare(const void *left, const void *right) {
  const BaselineEntry *a = left, *b = right;
  int order = str_compare(a->file, b->file);
  if (order == 0) order = str_compare(a->code, b->code);
  return order ? order : str_compare(a->at, b->at);
}

/* What is wrong by itself is never put up with, as it can't be silenced; a warning that the project calls an error may
 * be an old one. */
static bool is_recorded(const Project *p, const Diagnostic *diagnostic) {
  if (diagnostic->unit >= p->unit_count || !project_is_own(p, diagnostic->unit)) return false;
  if (!diagnostic->own) return diagnostic_info(diagnostic->code).severity != SEVERITY_ERROR;
  Ref check = project_check(p, NONE, diagnostic->own->id);
  return ref_ok(check) && check_severity(p, check) != SEVERITY_ERROR;
}

static Str folder_of(Str path, Arena *arena) { return arena_copy(arena, os_folder(os_absolute(arena, path))); }

/* Diagnostics stand beside others of their file, whose name is found once. */
typedef struct {
  const Project *p;
  Arena *arena;
  Str folder; /* of the baseline, from which files are seen */
  uint32_t unit;
  Str file;
} Naming;

static BaselineEntry entry_of(Naming *naming, const Diagnostic *diagnostic) {
  if (naming->file.len == 0 || naming->unit != diagnostic->unit) {
    Str path = os_absolute(naming->arena, naming->p->units[diagnostic->unit]->source.path);
    naming->unit = diagnostic->unit;
    naming->file = os_relative(naming->arena, path, naming->folder);
  }
  return (BaselineEntry){naming->file, diagnostic_label(diagnostic),
                         diagnostic_about(naming->p, diagnostic, naming->arena), 1};
}

/* ---- both ways ---- */

Baseline baseline_of(const Project *p, const Diagnostics *all, Str path, Arena *arena) {
  Baseline baseline = {ARENA_ARRAY(arena, BaselineEntry, all->list.len + 1), 0};
  Naming naming = {.p = p, .arena = arena, .folder = folder_of(path, arena)};
  uint32_t count = 0;
  for (size_t i = 0; i < all->list.len; i++)
    if (is_recorded(p, &all->list.at[i])) baseline.entries[count++] = entry_of(&naming, &all->list.at[i]);
  if (count > 1) qsort(baseline.entries, count, sizeof *baseline.entries, baseline_compare);
  for (uint32_t i = 0; i < count; i++) {
    BaselineEntry *last = baseline.count > 0 ? &baseline.entries[baseline.count - 1] : NULL;
    if (last && baseline_compare(last, &baseline.entries[i]) == 0) last->count++;
    else baseline.entries[baseline.count++] = baseline.entries[i];
  }
  return baseline;
}

/* Whether one of the entries still stands for it: then that stands for one less. */
static bool take(const Baseline *baseline, uint32_t *left, const BaselineEntry *wanted) {
  const BaselineEntry *found = bsearch(wanted, baseline->entries, baseline->count, sizeof *wanted, baseline_compare);
  uint32_t *of = found ? &left[found - baseline->entries] : NULL;
  if (!of || *of == 0) return false;
  (*of)--;
  return true;
}

size_t baseline_leave_out(const Project *p, Diagnostics *all) {
  uint32_t unit = p->settings.baseline;
  const Baseline *baseline = unit == NONE ? NULL : p->units[unit]->baseline;
  if (!baseline || baseline->count == 0) return 0;
  Arena *arena = arena_new();
  Naming naming = {.p = p, .arena = arena, .folder = folder_of(p->units[unit]->source.path, arena)};
  uint32_t *left = ARENA_ARRAY(arena, uint32_t, baseline->count);
  for (uint32_t i = 0; i < baseline->count; i++) left[i] = baseline->entries[i].count;
  size_t kept = 0, needless = 0;
  for (size_t i = 0; i < all->list.len; i++) {
    const Diagnostic *one = &all->list.at[i];
    BaselineEntry wanted = {0};
    bool recorded = is_recorded(p, one);
    if (recorded) wanted = entry_of(&naming, one);
    if (!recorded || !take(baseline, left, &wanted)) all->list.at[kept++] = *one;
  }
  all->list.len = kept;
  for (uint32_t i = 0; i < baseline->count; i++) needless += left[i] > 0;
  arena_free(arena);
  return needless;
}
