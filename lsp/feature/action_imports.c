/* The `use` lines of a file: each group in order, every file once, and none that nobody needs. */
#include "base/os.h"
#include "lsp/feature/actions.h"
#include "lsp/feature/patch.h"
#include "project/scope.h"

/* ---- which are needed ---- */

typedef struct {
  const Project *p;
  uint32_t from; /* the file whose imports are looked at */
  bool *gone;    /* those that it does without already, and the one that may go */
  bool *without; /* which units a file sees then */
  uint32_t *queue;
} Need;

/* All that `unit` leads to; `through_gone`: also by the imports that are gone. */
static void follow(const Need *n, uint32_t unit, bool through_gone, bool *seen) {
  const struct Scope *scope = n->p->scope;
  uint32_t count = 0;
  n->queue[count++] = unit;
  seen[unit] = true;
  for (uint32_t next = 0; next < count; next++) {
    uint32_t at = n->queue[next];
    for (uint32_t i = scope->first_import[at]; i < scope->first_import[at + 1]; i++) {
      uint32_t to = scope->imports[i].unit;
      if (seen[to] || (at == n->from && n->gone[to] && !through_gone)) continue;
      seen[to] = true;
      n->queue[count++] = to;
    }
  }
}

static bool is_lua(const Unit *unit, uint32_t use) {
  const Value *file = unit_value(unit, use, 0);
  return file && str_ends(unit_raw(unit, file), STR(".lua\""));
}

/* Whether the file says anything that holds where nobody names it: words for emotions, metrics, checks, settings. */
static bool holds_unnamed(const Unit *unit) {
  for (uint32_t at = 0; at < unit->statement_count; at = unit->statements[at].after) {
    switch (unit->statements[at].keyword) {
      case K_PERSONA:
      case K_SEGMENT:
      case K_TEAM:
      case K_SYSTEM:
      case K_EVIDENCE:
      case K_CHANNEL:
      case K_METHOD:
      case K_JOURNEY: break;
      case K_USE:
        if (is_lua(unit, at)) return true;
        break;
      default: return true;
    }
  }
  return false;
}

/* Whether the file names anything that it would not see any more, or that nobody knows. */
static bool names_lost(const Need *n, uint32_t u) {
  const Unit *unit = n->p->units[u];
  for (uint32_t at = 0; at < unit->statement_count; at++) {
    const Statement *statement = &unit->statements[at];
    for (uint16_t v = 0; v < statement->value_count; v++) {
      const Value *value = &unit->values[statement->first_value + v];
      if (value->type != V_REF) continue;
      Keyword target = schema_row((Keyword)statement->keyword)->values[value->slot].target;
      Resolved meant = scope_resolve(n->p, (Ref){u, at}, unit_raw(unit, value), target);
      bool ends_path = meant.count == 0 && statement->keyword == K_ARROW;
      if (meant.count != 1 ? !ends_path : !n->without[meant.found.unit]) return true;
    }
  }
  return false;
}

static bool is_needed_by(const Need *n, uint32_t unit) {
  const struct Scope *scope = n->p->scope;
  bool loses = false;
  memset(n->without, 0, n->p->unit_count * sizeof *n->without);
  n->without[0] = true;
  follow(n, unit, false, n->without);
  for (uint32_t i = scope->first_visible[unit]; i < scope->first_visible[unit + 1]; i++) {
    uint32_t seen = scope->visible[i];
    if (n->without[seen]) continue;
    if (holds_unnamed(n->p->units[seen])) return true;
    loses = true;
  }
  return loses && names_lost(n, unit);
}

/* What is named in the file itself is needed from where it is imported, even if another import leads there, too. */
static bool is_needed_here(const Need *n, uint32_t import, bool *reached) {
  memset(reached, 0, n->p->unit_count * sizeof *reached);
  follow(n, import, true, reached);
  for (uint32_t u = 0; u < n->p->unit_count; u++) n->without[u] = !reached[u] || u == n->from;
  return names_lost(n, n->from);
}

static bool sees(const Project *p, uint32_t from, uint32_t unit) {
  for (uint32_t i = p->scope->first_visible[from]; i < p->scope->first_visible[from + 1]; i++)
    if (p->scope->visible[i] == unit) return true;
  return false;
}

static uint32_t imported_by(const Project *p, uint32_t from, uint32_t use) {
  for (uint32_t i = p->scope->first_import[from]; i < p->scope->first_import[from + 1]; i++)
    if (p->scope->imports[i].use == use) return p->scope->imports[i].unit;
  return NONE;
}

static Need need_new(const Spot *spot, Arena *arena) {
  const Project *p = spot->snapshot->project;
  return (Need){.p = p,
                .from = spot->unit,
                .gone = ARENA_ARRAY(arena, bool, p->unit_count),
                .without = ARENA_ARRAY(arena, bool, p->unit_count),
                .queue = ARENA_ARRAY(arena, uint32_t, p->unit_count)};
}

/* Whether any file would miss it, as far as anybody can tell. One that nobody misses is gone from then on. */
static bool is_needed(Need *n, uint32_t use, Arena *arena) {
  const Project *p = n->p;
  uint32_t import = imported_by(p, n->from, use);
  if (import == NONE || p->scope->incomplete[n->from] || holds_unnamed(p->units[import])) return true;
  if (is_needed_here(n, import, ARENA_ARRAY(arena, bool, p->unit_count))) return true;
  n->gone[import] = true;
  bool needed = false;
  for (uint32_t u = 1; u < p->unit_count && !needed; u++)
    needed = !p->units[u]->library && sees(p, u, n->from) && is_needed_by(n, u);
  n->gone[import] = !needed;
  return needed;
}

/* ---- lines ---- */

typedef struct {
  uint32_t at;
  Span lines; /* with the comments above it and behind it, without the line's end */
  Str path;
  bool first, kept; /* of its group */
} UseLine;

typedef VEC(UseLine) UseLines;

static int by_path(const void *left, const void *right) {
  const UseLine *a = left, *b = right;
  int order = str_compare(a->path, b->path);
  return order ? order : a->at < b->at ? -1 : 1;
}

static bool is_one_line_end(Str between) {
  return str_is_c(between, "\n") || str_is_c(between, "\r\n") || str_is_c(between, "\r");
}

/* False where one doesn't have its line for itself. */
static bool list_uses(const Unit *unit, Arena *arena, UseLines *uses) {
  Str text = unit->source.text;
  for (uint32_t at = 0; at < unit->statement_count; at = unit->statements[at].after) {
    if (unit->statements[at].keyword != K_USE) continue;
    const Value *file = unit_value(unit, at, 0);
    Span lines = patch_with_comments(unit, at);
    while (lines.end < text.len && !is_line_end(text.at[lines.end])) lines.end++;
    uint32_t next = unit->statements[at].after;
    bool shares = next < unit->statement_count && unit->statements[next].span.start < lines.end;
    if (!file || !patch_begins_line(unit, at) || shares) return false;
    const UseLine *last = uses->len > 0 ? &uses->at[uses->len - 1] : NULL;
    bool joins =
        last && lines.start >= last->lines.end && is_one_line_end(str_slice(text, last->lines.end, lines.start));
    if (!joins) lines.start = unit->statements[at].span.start; /* what is said above a group is about all of it */
    vec_push(uses, (UseLine){at, lines, unit_text(unit, arena, file), !joins, true});
  }
  return true;
}

/* Paths may be written in several ways. */
static bool is_same_file(const Spot *spot, const UseLine *a, const UseLine *b, Arena *arena) {
  Str here = spot->file->path;
  return str_is(os_absolute(arena, os_beside(arena, here, a->path)),
                os_absolute(arena, os_beside(arena, here, b->path)));
}

static void put_group(Patch *patch, const Unit *unit, UseLine *group, size_t count) {
  Span all = {group[0].lines.start, group[count - 1].lines.end};
  Buf out = {0};
  qsort(group, count, sizeof *group, by_path);
  for (size_t i = 0; i < count; i++) {
    if (!group[i].kept) continue;
    if (out.len > 0) buf_add(&out, source_line_end(&unit->source));
    buf_add(&out, source_text(&unit->source, group[i].lines));
  }
  if (out.len == 0) patch_take(patch, all);
  else patch_put(patch, all, buf_take(&out, patch->arena));
}

bool action_imports(const Spot *spot, Edits *edits) {
  const Unit *unit = spot_unit(spot);
  UseLines uses = {0};
  if (list_uses(unit, edits->arena, &uses) && uses.len > 0) {
    Need n = need_new(spot, edits->arena);
    for (size_t i = 0; i < uses.len; i++) {
      for (size_t k = 0; k < i && uses.at[i].kept; k++)
        uses.at[i].kept = !is_same_file(spot, &uses.at[i], &uses.at[k], edits->arena);
      if (uses.at[i].kept) uses.at[i].kept = is_needed(&n, uses.at[i].at, edits->arena);
    }
    Patch patch = patch_new(edits->arena, spot->file);
    for (size_t first = 0, end; first < uses.len; first = end) {
      for (end = first + 1; end < uses.len && !uses.at[end].first;) end++;
      put_group(&patch, unit, uses.at + first, end - first);
    }
    patch_end(&patch, edits);
  }
  vec_free(&uses);
  return true;
}
