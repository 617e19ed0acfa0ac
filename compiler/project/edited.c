/* A project in which some files say something else: what was found out about the others is taken over. */
#include <stdlib.h>

#include "project/link.h"
#include "project/load.h"
#include "project/scope.h"

/* ---- what a file brings in ---- */

typedef VEC(uint32_t) Places;

/* The `use`, `computed-by` and `baseline` of the top level, in the order in which loading looks at them. */
static Places bringing(const Unit *unit) {
  Places places = {0};
  for (uint32_t at = 0; at < unit->statement_count; at = unit->statements[at].after) {
    Keyword keyword = (Keyword)unit->statements[at].keyword;
    uint32_t computed = schema_allows(keyword, K_COMPUTED_BY) ? unit_child(unit, at, K_COMPUTED_BY) : NONE;
    if (computed != NONE) vec_push(&places, computed);
    uint32_t baseline = keyword == K_PROJECT ? unit_child(unit, at, K_BASELINE) : NONE;
    if (baseline != NONE) vec_push(&places, baseline);
    if (keyword == K_USE) vec_push(&places, at);
  }
  return places;
}

static bool same_place(const Unit *a, uint32_t in_a, const Unit *b, uint32_t in_b) {
  const Value *left = unit_value(a, in_a, 0), *right = unit_value(b, in_b, 0);
  if (a->statements[in_a].keyword != b->statements[in_b].keyword || !left != !right) return false;
  return !left || str_is(unit_raw(a, left), unit_raw(b, right));
}

static bool same_requires(const Unit *a, const Unit *b) {
  Str left = a->source.text, right = b->source.text, in_left, in_right;
  bool more = true;
  while (more) {
    more = load_next_require(&left, &in_left);
    if (more != load_next_require(&right, &in_right) || (more && !str_is(in_left, in_right))) return false;
  }
  return true;
}

/* Whether both bring in the same files; where they do, which statement of `after` stands for which of `before`. */
static bool same_files(const Unit *before, const Unit *after, Places *old, Places *new) {
  *old = bringing(before);
  *new = bringing(after);
  bool same = old->len == new->len && before->script == after->script;
  for (size_t i = 0; i < old->len && same; i++) same = same_place(before, old->at[i], after, new->at[i]);
  return same && (!before->script || same_requires(before, after));
}

static uint32_t moved(const Places *old, const Places *new, uint32_t at) {
  for (size_t i = 0; i < old->len; i++)
    if (old->at[i] == at) return new->at[i];
  return NONE;
}

/* False where the unit brings in other files than the one in its place. */
static bool take_place(Project *p, Unit *unit) {
  struct Scope *scope = p->scope;
  uint32_t u = unit->number;
  Places old, new;
  bool fits = !scope->incomplete[u] && same_files(p->units[u], unit, &old, &new);
  for (uint32_t i = scope->first_import[u]; i < scope->first_import[u + 1] && fits; i++)
    scope->imports[i].use = moved(&old, &new, scope->imports[i].use);
  for (uint32_t i = 0; i < scope->script_count && fits; i++)
    if (scope->scripts[i].at.unit == u) scope->scripts[i].at.at = moved(&old, &new, scope->scripts[i].at.at);
  if (!scope->incomplete[u]) {
    vec_free(&old);
    vec_free(&new);
  }
  if (fits) p->units[u] = unit;
  return fits;
}

/* ---- the project around it ---- */

static void *copied(Arena *arena, const void *from, size_t size) {
  void *copy = arena_alloc(arena, size);
  if (size > 0) memcpy(copy, from, size);
  return copy;
}

static struct Scope *copy_scope(const Project *before, Arena *arena) {
  const struct Scope *old = before->scope;
  struct Scope *scope = ARENA_NEW(arena, struct Scope);
  uint32_t count = before->unit_count, imports = old->first_import[count];
  scope->imports = copied(arena, old->imports, imports * sizeof *old->imports);
  scope->first_import = copied(arena, old->first_import, (count + 1) * sizeof *old->first_import);
  scope->scripts = copied(arena, old->scripts, old->script_count * sizeof *old->scripts);
  scope->script_count = old->script_count;
  scope->baseline = old->baseline;
  scope->no_baseline = old->no_baseline;
  scope->incomplete = copied(arena, old->incomplete, count * sizeof *old->incomplete);
  return scope;
}

/* What loading said, of files that aren't there. */
static void copy_said(Project *p, const Project *before) {
  p->scope->loading_said = before->scope->loading_said;
  for (size_t i = 0; i < before->scope->loading_said; i++)
    vec_push(&p->diagnostics.list, diagnostic_copy(&before->diagnostics.list.at[i], p->arena));
}

Project *project_edited(const Project *before, Unit *const *edited, size_t count, const ProjectText *texts,
                        size_t text_count, Arena *arena) {
  Project *p = ARENA_NEW(arena, Project);
  *p = (Project){.arena = arena,
                 .unit_count = before->unit_count,
                 .named_count = before->named_count,
                 .is_whole = before->is_whole,
                 .today = before->today,
                 .threads = before->threads,
                 .stop = before->stop,
                 .no_scripts = before->no_scripts,
                 .texts = load_texts(texts, text_count, arena),
                 .text_count = text_count,
                 .diagnostics = {.arena = arena},
                 .scope = copy_scope(before, arena)};
  p->units = copied(arena, before->units, before->unit_count * sizeof *before->units);
  for (size_t i = 0; i < count; i++)
    if (!take_place(p, edited[i])) return NULL;
  for (uint32_t u = 0; u < p->unit_count; u++) unit_share(p->units[u]);
  copy_said(p, before);
  p->scope->before = before;
  project_link(p, before->scope->later);
  p->scope->before = NULL;
  return p;
}
