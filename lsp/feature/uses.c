#include "lsp/feature/uses.h"

#include "lsp/feature/spot.h"
#include "project/scope.h"

/* ---- what is laid over each other ---- */

/* What the declaration is a part of: the thing that a `change` changes is that thing. */
static Ref around(const Project *p, Ref ref) {
  const Unit *unit = project_unit(p, ref);
  uint32_t parent = unit->statements[ref.at].parent;
  if (parent == NONE || unit->statements[parent].keyword == K_JOURNEY) return NO_REF;
  const Value *target = unit->statements[parent].keyword == K_CHANGE ? unit_value(unit, parent, 0) : NULL;
  return target ? project_resolve(p, (Ref){ref.unit, parent}, target) : (Ref){ref.unit, parent};
}

/* As item_all lays them: stages and steps are changed with `change` instead, and words of emotions hide each other. */
static bool may_overlay(Keyword keyword) {
  return schema_is_of_journey(keyword) && schema_declares(keyword) && keyword != K_STAGE && keyword != K_TOUCHPOINT &&
         keyword != K_EMOTION;
}

Ref uses_root(const Project *p, Ref declaration) {
  Keyword keyword = (Keyword)project_statement(p, declaration)->keyword;
  Ref at = may_overlay(keyword) ? scope_journey(p, declaration) : NO_REF, root = declaration;
  const Journey *journey = ref_ok(at) ? scope_journey_at(p, at) : NULL;
  if (!journey || !journey->base) return declaration;
  Str name = scope_name(p, declaration);
  Ref whole = around(p, declaration);
  for (const Journey *base = journey->base; base; base = base->base) {
    uint32_t entry = NONE;
    for (Ref other; ref_ok(other = scope_next(p, base->at, name, &entry));)
      if ((Keyword)project_statement(p, other)->keyword == keyword && ref_is(around(p, other), whole)) root = other;
  }
  return root;
}

/* ---- looking ---- */

typedef struct {
  const Project *p;
  Ref declaration, root;
  Keyword keyword;
  Str name;
  Arena *arena;
  VEC(Use) found;
} Search;

static bool is_meant(const Search *search, Ref ref) {
  if (!ref_ok(ref)) return false;
  return ref_is(ref, search->declaration) || ref_is(ref, search->root) ||
         (may_overlay(search->keyword) && ref_is(uses_root(search->p, ref), search->root));
}

static void add(Search *search, UseKind kind, Ref at, const Value *value, Span span) {
  vec_push(&search->found, (Use){kind, at, value, span});
}

/* What the part of a name means that stands `depth` dots before its last, which means `ref`. */
static Ref outer(const Project *p, Ref ref, uint32_t depth) {
  const Unit *unit = project_unit(p, ref);
  uint32_t at = ref.at;
  for (; depth > 0 && at != NONE; depth--) at = unit->statements[at].parent;
  if (at == NONE) return NO_REF;
  const Value *target = unit->statements[at].keyword == K_CHANGE ? unit_value(unit, at, 0) : NULL;
  return target ? project_resolve(p, (Ref){ref.unit, at}, target) : (Ref){ref.unit, at};
}

static Ref code_meaning(const Project *p, Ref statement, const Value *value) {
  bool silence = project_statement(p, statement)->keyword == K_SILENCE;
  return value->extra == DIAG_COUNT
             ? project_check(p, silence ? statement.unit : NONE, unit_raw(project_unit(p, statement), value))
             : NO_REF;
}

static Ref meaning(const Project *p, Ref statement, const Value *value) {
  if (value->type == V_REF) return project_resolve(p, statement, value);
  return value->type == V_CODE ? code_meaning(p, statement, value) : NO_REF;
}

static uint32_t count_dots(Str text) {
  uint32_t count = 0;
  for (size_t i = 0; i < text.len; i++) count += text.at[i] == '.';
  return count;
}

Ref uses_meaning(const Project *p, Ref statement, const Value *value, uint32_t offset, Span *part) {
  Str raw = unit_raw(project_unit(p, statement), value);
  *part = value->span;
  Ref whole = meaning(p, statement, value);
  if (value->type != V_REF || !ref_ok(whole)) return whole;
  size_t at = offset - value->span.start, from = at < raw.len ? at : raw.len, to = from;
  while (from > 0 && raw.at[from - 1] != '.') from--;
  while (to < raw.len && raw.at[to] != '.') to++;
  *part = (Span){value->span.start + (uint32_t)from, value->span.start + (uint32_t)to};
  uint32_t depth = count_dots(str_slice(raw, to, raw.len));
  return depth > 0 ? outer(p, whole, depth) : whole;
}

static UseKind kind_in(const Search *search, Ref at) {
  Keyword keyword = (Keyword)project_statement(search->p, at)->keyword;
  return keyword == K_CHANGE || keyword == K_DROP ? USE_CHANGES : USE_NAMES;
}

/* A name of several parts, one of which may be the one that is looked for. */
static void look_at_parts(Search *search, Ref at, const Value *value, Str raw) {
  Ref whole = NO_REF;
  uint32_t depth = count_dots(raw);
  for (size_t from = 0; from <= raw.len; depth--) {
    const char *dot = memchr(raw.at + from, '.', raw.len - from);
    size_t to = dot ? (size_t)(dot - raw.at) : raw.len;
    Span span = {value->span.start + (uint32_t)from, value->span.start + (uint32_t)to};
    if (str_is(str_slice(raw, from, to), search->name)) {
      if (!ref_ok(whole)) whole = meaning(search->p, at, value);
      if (!ref_ok(whole)) return;
      if (is_meant(search, outer(search->p, whole, depth)))
        add(search, depth > 0 ? USE_QUALIFIES : kind_in(search, at), at, value, span);
    }
    from = to + 1;
  }
}

static void look_at_value(Search *search, const Unit *unit, Ref at, const Value *value) {
  if (value->type != V_REF && value->type != V_CODE) return;
  size_t length = value->span.end - value->span.start;
  if (length < search->name.len || search->name.len == 0) return;
  Str raw = unit_raw(unit, value);
  if (length == search->name.len) {
    if (memcmp(raw.at, search->name.at, length) == 0 && is_meant(search, meaning(search->p, at, value)))
      add(search, kind_in(search, at), at, value, value->span);
  } else if (memchr(raw.at, '.', length)) look_at_parts(search, at, value, raw);
}

static const Value *name_value(const Project *p, Ref declaration, Span span) {
  const Unit *unit = project_unit(p, declaration);
  const Statement *statement = &unit->statements[declaration.at];
  const Value *first = statement->value_count > 0 ? &unit->values[statement->first_value] : NULL;
  return first && first->span.start == span.start ? first : NULL;
}

static void look_at_declaration(Search *search, Ref at) {
  bool is_it = ref_is(at, search->root);
  if (!is_it) {
    if (!may_overlay(search->keyword) || !str_is(unit_id(project_unit(search->p, at), at.at), search->name)) return;
    if (!ref_is(uses_root(search->p, at), search->root)) return;
  }
  Span span = name_span(search->p, at);
  add(search, is_it ? USE_DECLARES : USE_OVERLAYS, at, name_value(search->p, at, span), span);
}

static void look_in(Search *search, const Unit *unit) {
  for (uint32_t at = 0; at < unit->statement_count; at++) {
    const Statement *statement = &unit->statements[at];
    Ref ref = {unit->number, at};
    if (statement->keyword == search->keyword) look_at_declaration(search, ref);
    for (uint32_t i = 0; i < statement->value_count; i++)
      look_at_value(search, unit, ref, &unit->values[statement->first_value + i]);
  }
}

static void end(void *context) {
  Search *search = context;
  vec_free(&search->found);
}

Uses uses_of(const Snapshot *snapshot, Ref declaration, uint32_t unit, Arena *arena) {
  const Project *p = snapshot->project;
  Search *search = ARENA_NEW(arena, Search);
  *search = (Search){.p = p, .declaration = declaration, .arena = arena};
  search->root = uses_root(p, declaration);
  search->keyword = (Keyword)project_statement(p, declaration)->keyword;
  search->name = scope_name(p, declaration);
  arena_at_end(arena, end, search);
  for (uint32_t u = unit == NONE ? 0 : unit; u < p->unit_count && (unit == NONE || u == unit); u++)
    if (snapshot->files[u]) look_in(search, p->units[u]);
  return (Uses){search->found.at, (uint32_t)search->found.len};
}
