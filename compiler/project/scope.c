#include "project/scope.h"

#include <stdlib.h>

#include "base/os.h"
#include "base/vec.h"

Str scope_last(Str name) {
  size_t from = name.len;
  while (from > 0 && name.at[from - 1] != '.') from--;
  return str_slice(name, from, name.len);
}

/* ---- the table of declarations ---- */

/* The file's name as it is written, without its quotes; nothing is allocated, since names are looked up on several
 * threads. */
static Str used_file(const Project *p, Ref use) {
  const Unit *unit = project_unit(p, use);
  const Value *file = unit_value(unit, use.at, 0);
  Str raw = file ? unit_raw(unit, file) : STR("");
  return raw.len >= 2 ? str_slice(raw, 1, raw.len - 1) : STR("");
}

static bool is_lua(const Project *p, Ref use) { return str_ends(used_file(p, use), STR(".lua")); }

Str scope_name(const Project *p, Ref ref) {
  const Unit *unit = project_unit(p, ref);
  if (unit->statements[ref.at].keyword != K_USE) return unit_id(unit, ref.at);
  Str file = os_file_name(used_file(p, ref));
  return str_slice(file, 0, file.len > 4 ? file.len - 4 : 0);
}

static bool declares(const Project *p, Ref ref) {
  const Statement *statement = project_statement(p, ref);
  if (statement->keyword == K_USE) return is_lua(p, ref);
  return schema_declares((Keyword)statement->keyword) && statement->id_len > 0;
}

static uint32_t hash_of(Ref place, Str name) {
  uint64_t where = ((uint64_t)place.unit << 32 | place.at) * 0x9e3779b97f4a7c15u;
  return (uint32_t)((str_hash(name) ^ where) * 0xff51afd7ed558ccdu >> 32);
}

static Ref place_of(const Project *p, Ref ref) {
  const Statement *statement = project_statement(p, ref);
  bool of_journey = statement->parent != NONE && schema_is_of_journey((Keyword)statement->keyword);
  return of_journey ? scope_journey(p, ref) : (Ref){ref.unit, NONE};
}

/* A touchpoint, a pain or a persona's need is entered a second time, by what it stands in: many stages may have a step
 * of the same name. */
static bool is_nested(const Project *p, Ref ref, Ref place) {
  const Statement *statement = project_statement(p, ref);
  return statement->parent != place.at && (place.at != NONE || statement->keyword == K_PERSONA_NEED);
}

/* The number of a file's entries. */
static void count_entries(void *context, size_t u) {
  const Project *p = context;
  uint32_t count = 0;
  bool only_journeys = true;
  for (uint32_t at = 0; at < p->units[u]->statement_count; at++) {
    Ref ref = {(uint32_t)u, at};
    if (!declares(p, ref)) continue;
    Ref place = place_of(p, ref);
    count += 1 + is_nested(p, ref, place);
    if (place.at == NONE && project_statement(p, ref)->keyword != K_JOURNEY) only_journeys = false;
  }
  p->scope->first_entry[u + 1] = count;
  p->scope->only_journeys[u] = only_journeys;
}

static void fill_entries(void *context, size_t u) {
  const Project *p = context;
  ScopeEntry *next = p->scope->entries + p->scope->first_entry[u];
  for (uint32_t at = 0; at < p->units[u]->statement_count; at++) {
    Ref ref = {(uint32_t)u, at};
    if (!declares(p, ref)) continue;
    Ref place = place_of(p, ref), parent = {ref.unit, project_statement(p, ref)->parent};
    Str name = scope_name(p, ref);
    *next++ = (ScopeEntry){ref, place.at, hash_of(place, name), NONE};
    if (is_nested(p, ref, place)) *next++ = (ScopeEntry){ref, parent.at, hash_of(parent, name), NONE};
  }
}

/* Backwards, so that each slot's chain runs in the order of files and lines. */
static void chain_entries(struct Scope *scope) {
  for (uint32_t entry = scope->entry_count; entry-- > 0;) {
    uint32_t *slot = &scope->slots[scope->entries[entry].hash & scope->slot_mask];
    scope->entries[entry].next = *slot;
    *slot = entry;
  }
}

/* Each file is counted and entered by one thread; only the chains run across all of them. */
static void enter_all(Project *p) {
  struct Scope *scope = p->scope;
  scope->first_entry = ARENA_ARRAY(p->arena, uint32_t, p->unit_count + 1);
  scope->only_journeys = ARENA_ARRAY(p->arena, bool, p->unit_count);
  os_parallel(p->unit_count, p->threads, count_entries, p);
  for (uint32_t u = 0; u < p->unit_count; u++) scope->first_entry[u + 1] += scope->first_entry[u];
  scope->entry_count = scope->first_entry[p->unit_count];
  scope->entries = ARENA_ARRAY(p->arena, ScopeEntry, scope->entry_count);
  os_parallel(p->unit_count, p->threads, fill_entries, p);
  uint32_t slots = 64;
  while (slots < scope->entry_count) slots *= 2;
  scope->slot_mask = slots - 1;
  scope->slots = ARENA_ARRAY(p->arena, uint32_t, slots);
  memset(scope->slots, 0xFF, slots * sizeof *scope->slots);
  chain_entries(scope);
}

/* ---- which file sees which ---- */

static void make_visible(Project *p) {
  struct Scope *scope = p->scope;
  VEC(uint32_t) all = {0};
  uint32_t *seen_by = mem_alloc(p->unit_count * sizeof *seen_by); /* the last unit that saw it */
  memset(seen_by, 0xFF, p->unit_count * sizeof *seen_by);
  scope->first_visible = ARENA_ARRAY(p->arena, uint32_t, p->unit_count + 1);
  for (uint32_t u = 0; u < p->unit_count; u++) {
    size_t first = all.len;
    scope->first_visible[u] = (uint32_t)first;
    seen_by[0] = seen_by[u] = u;
    vec_push(&all, u);
    for (size_t next = first; next < all.len; next++) {
      uint32_t from = all.at[next];
      for (uint32_t i = scope->first_import[from]; i < scope->first_import[from + 1]; i++) {
        uint32_t to = scope->imports[i].unit;
        if (seen_by[to] == u) continue;
        seen_by[to] = u;
        vec_push(&all, to);
      }
    }
    if (u != 0) vec_push(&all, 0);
  }
  scope->first_visible[p->unit_count] = (uint32_t)all.len;
  scope->visible = ARENA_ARRAY(p->arena, uint32_t, all.len);
  if (all.len > 0) memcpy(scope->visible, all.at, all.len * sizeof *all.at);
  vec_free(&all);
  free(seen_by);
}

void scope_new(Project *p) {
  make_visible(p);
  enter_all(p);
}

static bool is_entry_of(const Project *p, const ScopeEntry *entry, uint32_t hash, Ref place, Str name) {
  return entry->hash == hash && ref_is(entry_place(entry), place) && str_is(scope_name(p, entry->ref), name);
}

Ref scope_next(const Project *p, Ref place, Str name, uint32_t *entry) {
  const ScopeEntry *entries = p->scope->entries;
  uint32_t hash = *entry == NONE ? hash_of(place, name) : entries[*entry].hash;
  uint32_t i = *entry == NONE ? p->scope->slots[hash & p->scope->slot_mask] : entries[*entry].next;
  while (i != NONE && !is_entry_of(p, &entries[i], hash, place, name)) i = entries[i].next;
  *entry = i;
  return i == NONE ? NO_REF : entries[i].ref;
}

/* ---- journeys ---- */

Ref scope_journey(const Project *p, Ref ref) {
  const Unit *unit = project_unit(p, ref);
  for (uint32_t at = ref.at; at != NONE; at = unit->statements[at].parent)
    if (unit->statements[at].keyword == K_JOURNEY) return (Ref){ref.unit, at};
  return NO_REF;
}

const Journey *scope_journey_at(const Project *p, Ref at) {
  uint32_t from = 0, to = p->journey_count;
  while (from < to) {
    uint32_t middle = from + (to - from) / 2;
    Ref here = p->journeys[middle].at;
    if (ref_is(here, at)) return &p->journeys[middle];
    if (here.unit < at.unit || (here.unit == at.unit && here.at < at.at)) from = middle + 1;
    else to = middle;
  }
  return NULL;
}

/* ---- resolving ---- */

/* Whether the parts in front of the last, `decision.` of `decision.sign`, are what the declaration stands in. */
static bool qualifies(const Project *p, Ref ref, Str name) {
  const Unit *unit = project_unit(p, ref);
  uint32_t at = ref.at;
  Str rest = str_slice(name, 0, name.len - scope_last(name).len);
  while (rest.len > 0) {
    rest.len--; /* the dot */
    Str part = scope_last(rest);
    rest.len -= part.len;
    at = unit->statements[at].parent;
    if (at == NONE) return false;
    const Value *target = unit->statements[at].keyword == K_CHANGE ? unit_value(unit, at, 0) : NULL;
    Str inside = target ? scope_last(unit_raw(unit, target)) : unit_id(unit, at);
    if (!str_is(inside, part)) return false;
  }
  return true;
}

static bool fits(const Project *p, Ref ref, Str name, Keyword target) {
  Keyword keyword = (Keyword)project_statement(p, ref)->keyword;
  bool metric = target == K_METRIC && keyword == K_USE;
  return (metric || schema_target_matches(target, keyword)) && qualifies(p, ref, name);
}

/* A name that was written wins over one that was made from a title. */
static void add_meaning(const Project *p, Resolved *result, Ref ref) {
  bool own = project_statement(p, ref)->own_id;
  bool found_own = result->count > 0 && project_statement(p, result->found)->own_id;
  if (result->count > 0 && own != found_own) {
    if (own) *result = (Resolved){.found = ref, .count = 1, .other = NO_REF};
  } else if (result->count++ == 0) result->found = ref;
  else result->other = ref;
}

static void look_at(const Project *p, Ref place, Str name, Keyword target, Resolved *result) {
  Str last = scope_last(name);
  uint32_t entry = NONE;
  for (Ref ref; result->count < 2 && ref_ok(ref = scope_next(p, place, last, &entry));)
    if (fits(p, ref, name, target)) add_meaning(p, result, ref);
}

static void look_in(const Project *p, Ref place, Str name, Keyword target, Resolved *result) {
  Str around = str_slice(name, 0, name.len - scope_last(name).len);
  uint32_t entry = NONE;
  if (around.len > 0 && place.at != NONE) { /* of `decision.sign`, in all that is called `decision` */
    Str outer = scope_last(str_slice(around, 0, around.len - 1));
    for (Ref ref; result->count < 2 && ref_ok(ref = scope_next(p, place, outer, &entry));)
      look_at(p, ref, name, target, result);
  }
  if (result->count == 0) look_at(p, place, name, target, result); /* what a `change` adds stands in no declaration */
}

static Resolved resolve_part(const Project *p, Ref from, Str name, Keyword target) {
  Resolved result = {.found = NO_REF, .other = NO_REF};
  Ref at = scope_journey(p, from);
  const Journey *journey = ref_ok(at) ? scope_journey_at(p, at) : NULL;
  for (; journey && result.count == 0; journey = journey->base) look_in(p, journey->at, name, target, &result);
  return result;
}

/* Whom the `persona` inside a journey or an actor names. */
static Ref persona_in(const Project *p, Ref ref) {
  uint32_t at = unit_child(project_unit(p, ref), ref.at, K_PERSONA_OF);
  const Value *name = at == NONE ? NULL : unit_value(project_unit(p, ref), at, 0);
  if (!name) return NO_REF;
  Resolved found = scope_resolve(p, (Ref){ref.unit, at}, unit_raw(project_unit(p, ref), name), K_PERSONA);
  return found.count == 1 ? found.found : NO_REF;
}

/* Of the actor whose need it is, else of the journey. */
static Ref persona_of(const Project *p, Ref from) {
  const Unit *unit = project_unit(p, from);
  uint32_t parent = unit->statements[from.at].parent;
  bool of_actor = parent != NONE && unit->statements[parent].keyword == K_ACTOR_OF;
  const Value *name = of_actor ? unit_value(unit, parent, 0) : NULL;
  if (name) {
    Resolved actor = scope_resolve(p, (Ref){from.unit, parent}, unit_raw(unit, name), K_ACTOR);
    Ref persona = actor.count == 1 ? persona_in(p, actor.found) : NO_REF;
    if (ref_ok(persona)) return persona;
  }
  Ref at = scope_journey(p, from), persona = NO_REF;
  const Journey *journey = ref_ok(at) ? scope_journey_at(p, at) : NULL;
  for (; journey && !ref_ok(persona); journey = journey->base) persona = persona_in(p, journey->at);
  return persona;
}

/* Several personas may have a need of the same name: the map's own persona comes first. */
static Resolved resolve_need(const Project *p, Ref from, Str name) {
  Resolved result = {.found = NO_REF, .other = NO_REF};
  Ref persona = persona_of(p, from);
  if (ref_ok(persona)) look_at(p, persona, name, K_PERSONA_NEED, &result);
  return result;
}

/* Most files are maps alone, and most names are of a channel, a team or evidence: no need to look there. What stands in
 * a journey may be meant by `journey.name`. */
static bool may_declare(const Project *p, uint32_t unit, Str name, Keyword target) {
  return !p->scope->only_journeys[unit] || schema_target_matches(target, K_JOURNEY) || scope_last(name).len < name.len;
}

/* A journey's own words win over the project's, and those over the standard library's. */
Resolved scope_resolve(const Project *p, Ref from, Str name, Keyword target) {
  Resolved result = {.found = NO_REF, .other = NO_REF};
  if (schema_is_of_journey(target)) {
    result = resolve_part(p, from, name, target);
    if (result.count > 0 || target >= K_COUNT || !schema_allows(K_FILE, target)) return result;
  }
  if (target == K_PERSONA_NEED) {
    result = resolve_need(p, from, name);
    if (result.count > 0) return result;
  }
  const struct Scope *scope = p->scope;
  for (uint32_t i = scope->first_visible[from.unit]; i < scope->first_visible[from.unit + 1]; i++) {
    uint32_t unit = scope->visible[i];
    if (p->units[unit]->library && result.count > 0) continue;
    if (may_declare(p, unit, name, target)) look_in(p, (Ref){unit, NONE}, name, target, &result);
  }
  return result;
}
