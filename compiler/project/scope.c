#include "project/scope.h"

#include <stdlib.h>

#include "base/os.h"
#include "base/vec.h"

Str scope_last(Str name) {
  size_t from = name.len;
  while (from > 0 && name.at[from - 1] != '.') from--;
  return str_slice(name, from, name.len);
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

void scope_new(Project *p) { make_visible(p); }

Ref scope_next(const Project *p, Ref place, Str name, uint32_t *entry) {
  uint32_t at = unit_next_declared(p->units[place.unit], place.at, name, entry);
  return at == NONE ? NO_REF : (Ref){place.unit, at};
}

/* ---- journeys ---- */

Ref scope_journey(const Project *p, Ref ref) {
  uint32_t at = unit_journey(project_unit(p, ref), ref.at);
  return at == NONE ? NO_REF : (Ref){ref.unit, at};
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
  return !p->units[unit]->only_journeys || schema_target_matches(target, K_JOURNEY) || scope_last(name).len < name.len;
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
