/* Personas: whether anything meets what they need, and whether one of them stands for everybody. Of the whole project,
 * since several maps share a persona. */
#include <stdlib.h>

#include "check/rules.h"

typedef struct {
  Ref need, at; /* where a step names it as unmet */
} Unmet;

typedef struct {
  const Project *p;
  Diagnostics *to;
  Refs used;        /* the personas of all maps, sorted */
  Refs met;         /* the needs that a step meets, or partly, or an opportunity will; sorted */
  VEC(Unmet) unmet; /* sorted, by the need and then by the place */
} Needs;

static int compare_unmet(const void *a, const void *b) {
  const Unmet *x = a, *y = b;
  int needs = ref_compare(&x->need, &y->need);
  return needs != 0 ? needs : ref_compare(&x->at, &y->at);
}

/* The first of that need; the length of the list where there is none. */
static size_t find_unmet(const Needs *needs, Ref need) {
  size_t low = 0, high = needs->unmet.len;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (ref_compare(&needs->unmet.at[middle].need, &need) < 0) low = middle + 1;
    else high = middle;
  }
  return low < needs->unmet.len && ref_is(needs->unmet.at[low].need, need) ? low : needs->unmet.len;
}

static void sort_refs(Refs *refs) {
  if (refs->len > 0) qsort(refs->at, refs->len, sizeof *refs->at, ref_compare);
}

static bool holds(const Refs *refs, Ref ref) {
  return refs->len > 0 && bsearch(&ref, refs->at, refs->len, sizeof ref, ref_compare);
}

static void add_step_need(Needs *needs, const Unit *unit, uint32_t at) {
  const Value *name = unit_value(unit, at, 0), *state = unit_value(unit, at, 2);
  if (!name || name->type != V_REF) return;
  Ref ref = {unit->number, at}, need = project_resolve(needs->p, ref, name);
  if (!ref_ok(need)) return;
  if (state && strcmp(schema_row(K_NEEDS)->values[2].choices[state->extra], "unmet") == 0)
    vec_push(&needs->unmet, (Unmet){need, ref});
  else vec_push(&needs->met, need);
}

static void add_promised(Needs *needs, const Unit *unit, uint32_t at) {
  Ref ref = {unit->number, at};
  const Statement *statement = &unit->statements[at];
  for (uint32_t i = 0; i < statement->value_count; i++) {
    const Value *value = &unit->values[statement->first_value + i];
    Ref need = value->type == V_REF ? project_resolve(needs->p, ref, value) : NO_REF;
    if (ref_ok(need)) vec_push(&needs->met, need);
  }
}

/* Whom a `persona` names: of a journey, or of another actor in it. */
static void add_persona(Needs *needs, const Unit *unit, uint32_t at) {
  const Value *name = unit_value(unit, at, 0);
  Ref persona = name ? project_resolve(needs->p, (Ref){unit->number, at}, name) : NO_REF;
  if (ref_ok(persona)) vec_push(&needs->used, persona);
}

static void read_unit(Needs *needs, const Unit *unit) {
  for (uint32_t at = 0; at < unit->statement_count; at++) switch (unit->statements[at].keyword) {
      case K_NEEDS: add_step_need(needs, unit, at); break;
      case K_MEETS: add_promised(needs, unit, at); break;
      case K_PERSONA_OF: add_persona(needs, unit, at); break;
      default: break;
    }
}

/* ---- needs that nothing meets ---- */

static Str name_of(const Needs *needs, Ref persona) {
  Item item = item_of(persona);
  return item_title(needs->p, &item, needs->to->arena);
}

enum { MOST_NAMED = 3 };

static void say_unmet(const Needs *needs, Ref persona, Ref need) {
  const Project *p = needs->p;
  const Value *text = unit_value(project_unit(p, need), need.at, 1);
  Diagnostic *added =
      diagnose(needs->to, DIAG_NEED_UNMET, need.unit, text ? text->span : rule_span(p, need),
               "name it at the step that meets it, or let an opportunity say that it will: meets NEED",
               "no step of any map meets this need of \"" STR_FMT "\"", STR_ARG(name_of(needs, persona)));
  diagnostic_relate(needs->to, added, persona.unit, rule_span(p, persona), "the persona");
  size_t first = find_unmet(needs, need);
  for (size_t i = first; i < needs->unmet.len && i < first + MOST_NAMED && ref_is(needs->unmet.at[i].need, need); i++) {
    Ref at = needs->unmet.at[i].at;
    diagnostic_relate(needs->to, added, at.unit, unit_value(project_unit(p, at), at.at, 0)->span,
                      "named here as unmet");
  }
}

static void say_unnamed(const Needs *needs, Ref persona) {
  diagnose(needs->to, DIAG_NEEDS_UNNAMED, persona.unit, rule_span(needs->p, persona),
           "give each need a name, and name it at the steps that meet it or don't: needs plain-price unmet",
           "no step says whether it meets what \"" STR_FMT "\" needs", STR_ARG(name_of(needs, persona)));
}

static void check_persona(const Needs *needs, Ref persona) {
  const Unit *unit = project_unit(needs->p, persona);
  uint32_t count = 0, linked = 0;
  for (uint32_t at = unit_first_child(unit, persona.at); at != NONE; at = unit_next_sibling(unit, at)) {
    if (unit->statements[at].keyword != K_PERSONA_NEED) continue;
    Ref need = {persona.unit, at};
    count++;
    linked += holds(&needs->met, need) || find_unmet(needs, need) < needs->unmet.len;
  }
  if (count > 0 && linked == 0) say_unnamed(needs, persona);
  if (linked == 0) return;
  for (uint32_t at = unit_first_child(unit, persona.at); at != NONE; at = unit_next_sibling(unit, at)) {
    Ref need = {persona.unit, at};
    if (unit->statements[at].keyword == K_PERSONA_NEED && !holds(&needs->met, need)) say_unmet(needs, persona, need);
  }
}

/* ---- one persona for everyone ---- */

enum { SEVERAL_MAPS = 3, SEVERAL_SEGMENTS = 2 };

typedef struct {
  uint32_t personas, segments;
  Ref persona, segment[SEVERAL_SEGMENTS]; /* the last persona, the first segments */
  Ref map[SEVERAL_MAPS];
  uint32_t maps; /* that name it, and extend nothing */
} Everyone;

static void count_parts(const Project *p, Everyone *parts) {
  for (uint32_t u = 0; u < p->unit_count; u++) {
    const Unit *unit = p->units[u];
    for (uint32_t at = 0; project_is_own(p, u) && at < unit->statement_count; at = unit->statements[at].after) {
      if (unit->statements[at].keyword == K_PERSONA) parts->personas++, parts->persona = (Ref){u, at};
      if (unit->statements[at].keyword != K_SEGMENT) continue;
      if (parts->segments < SEVERAL_SEGMENTS) parts->segment[parts->segments] = (Ref){u, at};
      parts->segments++;
    }
  }
  for (uint32_t i = 0; i < p->journey_count; i++) {
    const Journey *journey = &p->journeys[i];
    if (journey->base || !ref_is(item_ref(p, &journey->item, K_PERSONA_OF), parts->persona)) continue;
    if (parts->maps < SEVERAL_MAPS) parts->map[parts->maps] = journey->at;
    parts->maps++;
  }
}

static void check_everyone(const Needs *needs) {
  const Project *p = needs->p;
  Everyone parts = {.persona = NO_REF};
  count_parts(p, &parts);
  bool maps = parts.maps >= SEVERAL_MAPS, segments = parts.maps > 0 && parts.segments >= SEVERAL_SEGMENTS;
  if (parts.personas != 1 || (!maps && !segments)) return;
  Diagnostic *added =
      diagnose(needs->to, DIAG_ONE_PERSONA, parts.persona.unit, rule_span(p, parts.persona),
               "talk to clients who are not like that, and make a persona of them",
               segments ? "\"" STR_FMT "\" is the only persona, and stands for %u segments of clients"
                        : "\"" STR_FMT "\" is the only persona, and stands on all %u maps",
               STR_ARG(name_of(needs, parts.persona)), (unsigned)(segments ? parts.segments : parts.maps));
  for (uint32_t i = 0; i < (segments ? SEVERAL_SEGMENTS : SEVERAL_MAPS); i++) {
    Ref at = segments ? parts.segment[i] : parts.map[i];
    diagnostic_relate(needs->to, added, at.unit, rule_span(p, at), segments ? "a segment" : "a map");
  }
}

void check_personas(const Project *p, Diagnostics *to) {
  Needs needs = {.p = p, .to = to};
  for (uint32_t u = 0; u < p->unit_count; u++)
    if (project_is_own(p, u)) read_unit(&needs, p->units[u]);
  sort_refs(&needs.used);
  sort_refs(&needs.met);
  if (needs.unmet.len > 0) qsort(needs.unmet.at, needs.unmet.len, sizeof *needs.unmet.at, compare_unmet);
  for (size_t i = 0; i < needs.used.len; i++) {
    bool again = i > 0 && ref_is(needs.used.at[i], needs.used.at[i - 1]);
    if (!again && project_is_own(p, needs.used.at[i].unit)) check_persona(&needs, needs.used.at[i]);
  }
  check_everyone(&needs);
  vec_free(&needs.used);
  vec_free(&needs.met);
  vec_free(&needs.unmet);
}
