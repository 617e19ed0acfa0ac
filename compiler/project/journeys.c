/* Journeys: which extends which, and the stages and steps that each has after its changes and drops. */
#include <stdlib.h>

#include "base/limits.h"
#include "base/os.h"
#include "project/link.h"
#include "project/scope.h"

/* ---- which extends which ---- */

typedef struct {
  VEC(Journey) list;
  VEC(bool) alone;
} Journeys;

static void *copied(Arena *arena, const void *from, size_t size) {
  void *copy = arena_alloc(arena, size);
  if (size > 0) memcpy(copy, from, size);
  return copy;
}

/* One of an unchanged file that stands alone is what it was, to its last step. */
static Journey taken_over(const Project *p, const Journey *old, bool alone) {
  Journey journey = {.at = old->at};
  if (!alone) return journey;
  journey = *old;
  journey.item = item_of(old->at);
  journey.stages = copied(p->arena, old->stages, old->stage_count * sizeof *old->stages);
  journey.steps = copied(p->arena, old->steps, old->step_count * sizeof *old->steps);
  return journey;
}

static void find_journeys(const Project *p, uint32_t u, Journeys *found) {
  const Unit *unit = p->units[u];
  for (uint32_t at = 0; at < unit->statement_count; at = unit->statements[at].after) {
    if (unit->statements[at].keyword != K_JOURNEY) continue;
    vec_push(&found->list, (Journey){.at = {u, at}});
    vec_push(&found->alone, unit_child(unit, at, K_EXTENDS) == NONE);
  }
}

/* In the order of files and lines. */
static Journeys all_journeys(const Project *p) {
  const Project *before = p->scope->before;
  Journeys found = {0};
  for (uint32_t u = 0, old = 0; u < p->unit_count; u++) {
    bool same = before && before->units[u] == p->units[u];
    if (!same) find_journeys(p, u, &found);
    for (; before && old < before->journey_count && before->journeys[old].at.unit == u; old++) {
      if (!same) continue;
      bool alone = before->scope->alone[old];
      vec_push(&found.list, taken_over(p, &before->journeys[old], alone));
      vec_push(&found.alone, alone);
    }
  }
  return found;
}

static bool is_taken_over(const Journey *journey) { return journey->stages != NULL; }

static const Journey *base_of(const Project *p, Ref at) {
  uint32_t extends = unit_child(project_unit(p, at), at.at, K_EXTENDS);
  if (extends == NONE) return NULL;
  const Value *name = unit_value(project_unit(p, at), extends, 0);
  return name ? scope_journey_at(p, project_resolve(p, (Ref){at.unit, extends}, name)) : NULL;
}

static Span extends_span(const Project *p, const Journey *journey) {
  const Unit *unit = project_unit(p, journey->at);
  return statement_head(&unit->statements[unit_child(unit, journey->at.at, K_EXTENDS)]);
}

enum { LONGEST_WALK = 1000 }; /* a longer way back to itself is cut by LIMIT_EXTENDS all the same */

static void cut_circle(Project *p, Journey *journey) {
  int walked = 0;
  const Journey *base = journey->base;
  while (base && base != journey && walked++ < LONGEST_WALK) base = base->base;
  if (base != journey) return;
  Diagnostic *added =
      diagnose(&p->diagnostics, DIAG_EXTENDS_CYCLE, journey->at.unit, extends_span(p, journey),
               "let one of them stand on its own, without `extends`",
               journey->base == journey ? "this journey extends itself" : "journeys extend each other in a circle");
  if (journey->base != journey)
    diagnostic_relate(&p->diagnostics, added, journey->base->at.unit,
                      statement_head(project_statement(p, journey->base->at)), "this one leads back to it");
  journey->base = NULL;
}

static void cut_length(Project *p, Journey *journey) {
  int length = 0;
  for (const Journey *base = journey->base; base && length <= LIMIT_EXTENDS; base = base->base) length++;
  if (length <= LIMIT_EXTENDS) return;
  diagnose(&p->diagnostics, DIAG_EXTENDS_CYCLE, journey->at.unit, extends_span(p, journey),
           "let it extend a journey further up", "variants of variants go more than %d deep", LIMIT_EXTENDS);
  journey->base = NULL;
}

static void layer_journey(Project *p, Journey *journey) {
  uint32_t count = 0;
  for (const Journey *base = journey->base; base; base = base->base) count++;
  Ref *over = ARENA_ARRAY(p->arena, Ref, count);
  const Journey *layer = journey;
  for (uint32_t i = 0; i < count; i++, layer = layer->base) over[i] = layer->at;
  journey->item = (Item){.at = layer->at, .count = count, .over = over};
}

static void read_scale(const Project *p, Journey *journey) {
  journey->scale_min = -2;
  journey->scale_max = 2;
  Ref scale = item_get(p, &journey->item, K_SCALE);
  const Value *range = ref_ok(scale) ? unit_value(project_unit(p, scale), scale.at, 0) : NULL;
  if (!range || range->range.min >= range->range.max) return;
  journey->scale_min = (double)range->range.min;
  journey->scale_max = (double)range->range.max;
}

void link_journeys(Project *p) {
  Journeys found = all_journeys(p);
  Journey *journeys = copied(p->arena, found.list.at, found.list.len * sizeof *journeys);
  p->journey_count = (uint32_t)found.list.len;
  p->journeys = journeys;
  p->scope->alone = copied(p->arena, found.alone.at, found.alone.len);
  vec_free(&found.list);
  vec_free(&found.alone);
  for (uint32_t i = 0; i < p->journey_count; i++)
    if (!p->scope->alone[i]) journeys[i].base = base_of(p, journeys[i].at);
  for (uint32_t i = 0; i < p->journey_count; i++) cut_circle(p, &journeys[i]);
  for (uint32_t i = 0; i < p->journey_count; i++) cut_length(p, &journeys[i]);
  for (uint32_t i = 0; i < p->journey_count; i++) {
    if (is_taken_over(&journeys[i])) continue;
    layer_journey(p, &journeys[i]);
    read_scale(p, &journeys[i]);
  }
}

/* ---- stages and steps ---- */

enum { AS_BEFORE, CHANGED, ADDED }; /* Step.state */
enum { STAGES, STEPS, RINGS }; /* the first two parts are the ends of two rings, each in the order of the journey */

typedef struct {
  Item item;
  uint32_t stage;          /* of a step: the part that is its stage; NONE: it is a stage itself */
  uint32_t next, previous; /* in its ring; the steps of a stage may stand between those of others */
  uint32_t room;           /* places left in front of item.over */
  uint32_t number;         /* of a stage that is kept: which */
  uint8_t state;
  bool gone;
} Part;

/* What a variant knows of a statement: which part it is, where it is one, and whether it was dropped. */
typedef struct {
  Ref ref;
  uint32_t part;
  bool dropped;
} Known;

typedef struct {
  Project *p;
  Journey *journey;
  VEC(Part) parts;
  struct {
    Known *at; /* open addressing, at most half full */
    size_t len, cap;
  } known;
  Refs dropped;
} Build;

static Known *known_slot(const Build *build, Ref ref) {
  uint64_t hash = ((uint64_t)ref.unit << 32 | ref.at) * 0x9e3779b97f4a7c15u;
  size_t slot = (hash >> 32) & (build->known.cap - 1);
  while (ref_ok(build->known.at[slot].ref) && !ref_is(build->known.at[slot].ref, ref))
    slot = (slot + 1) & (build->known.cap - 1);
  return &build->known.at[slot];
}

static void grow_known(Build *build) {
  Known *old = build->known.at;
  size_t old_cap = build->known.cap;
  build->known.cap = old_cap ? old_cap * 2 : 64;
  build->known.at = mem_alloc(build->known.cap * sizeof *build->known.at);
  for (size_t i = 0; i < build->known.cap; i++) build->known.at[i].ref = NO_REF;
  for (size_t i = 0; i < old_cap; i++)
    if (ref_ok(old[i].ref)) *known_slot(build, old[i].ref) = old[i];
  free(old);
}

static Known *know(Build *build, Ref ref) {
  if (build->known.len * 2 >= build->known.cap) grow_known(build);
  Known *known = known_slot(build, ref);
  if (ref_ok(known->ref)) return known;
  build->known.len++;
  *known = (Known){.ref = ref, .part = NONE};
  return known;
}

static bool is_gone(const Build *build, const Part *part) {
  return part->gone || (part->stage != NONE && build->parts.at[part->stage].gone);
}

/* The stage or step that the statement declares, or NONE. */
static uint32_t find_part(const Build *build, Ref ref) {
  if (!ref_ok(ref) || build->known.cap == 0) return NONE;
  const Known *known = known_slot(build, ref);
  bool there = ref_ok(known->ref) && known->part != NONE && !is_gone(build, &build->parts.at[known->part]);
  return there ? known->part : NONE;
}

/* In front of the part `before`; in front of a ring's end is behind all others. */
static uint32_t add_part(Build *build, Part part, uint32_t before) {
  uint32_t number = (uint32_t)build->parts.len;
  part.next = before;
  part.previous = build->parts.at[before].previous;
  vec_push(&build->parts, part);
  build->parts.at[part.previous].next = build->parts.at[before].previous = number;
  know(build, part.item.at)->part = number;
  return number;
}

/* What `after` and `before` put an added part in front of; the ring's end where they say nothing. */
static uint32_t wanted_place(Build *build, uint32_t ring, Ref added) {
  Project *p = build->p;
  const Keyword words[] = {K_AFTER, K_BEFORE};
  for (int i = 0; i < 2; i++) {
    uint32_t at = unit_child(project_unit(p, added), added.at, words[i]);
    const Value *name = at == NONE ? NULL : unit_value(project_unit(p, added), at, 0);
    if (!name) continue;
    uint32_t place = find_part(build, project_resolve(p, (Ref){added.unit, at}, name));
    if (place != NONE && (build->parts.at[place].stage == NONE) == (ring == STAGES))
      return words[i] == K_AFTER ? build->parts.at[place].next : place;
    diagnose(&p->diagnostics, DIAG_NOTHING_TO_CHANGE, added.unit, name->span,
             "name a part of the same kind that is there in this variant",
             "there is no such place `" STR_FMT "` to stand %s", STR_ARG(unit_raw(project_unit(p, added), name)),
             schema_row(words[i])->word);
  }
  return ring;
}

/* Of what a variant adds. */
static void add_steps_of(Build *build, Ref parent, uint32_t stage) {
  const Unit *unit = project_unit(build->p, parent);
  for (uint32_t at = unit_first_child(unit, parent.at); at != NONE; at = unit_next_sibling(unit, at)) {
    if (unit->statements[at].keyword != K_TOUCHPOINT) continue;
    Ref ref = {parent.unit, at};
    uint32_t before = wanted_place(build, STEPS, ref);
    add_part(build, (Part){.item = item_of(ref), .stage = stage, .state = ADDED}, before);
  }
}

static void add_stages(Build *build) {
  Ref journey = build->journey->at;
  const Unit *unit = project_unit(build->p, journey);
  for (uint32_t at = unit_first_child(unit, journey.at); at != NONE; at = unit_next_sibling(unit, at)) {
    if (unit->statements[at].keyword != K_STAGE) continue;
    Ref ref = {journey.unit, at};
    uint32_t before = wanted_place(build, STAGES, ref);
    add_steps_of(build, ref, add_part(build, (Part){.item = item_of(ref), .stage = NONE, .state = ADDED}, before));
  }
}

static void take_base(Build *build) {
  const Journey *base = build->journey->base;
  for (uint32_t i = 0; i < base->stage_count; i++)
    add_part(build, (Part){.item = base->stages[i].item, .stage = NONE}, STAGES);
  for (uint32_t i = 0; i < base->step_count; i++)
    add_part(build, (Part){.item = base->steps[i].item, .stage = RINGS + base->steps[i].stage}, STEPS);
  for (uint32_t i = 0; i < base->dropped_count; i++) {
    know(build, base->dropped[i])->dropped = true;
    vec_push(&build->dropped, base->dropped[i]);
  }
}

/* The latest change stands first; each time that the places in front of it run out, there are twice as many. */
static void lay_over(Build *build, Part *part, Ref change) {
  Item *item = &part->item;
  if (part->room == 0) {
    part->room = item->count + 1;
    Ref *over = ARENA_ARRAY(build->p->arena, Ref, part->room + item->count);
    for (uint32_t i = 0; i < item->count; i++) over[part->room + i] = item->over[i];
    item->over = over + part->room;
  }
  Ref *over = (Ref *)item->over - 1;
  *over = change;
  part->room--;
  item->count++;
  item->over = over;
  if (part->state == AS_BEFORE) part->state = CHANGED;
}

static void complain_gone(Build *build, Ref statement, const Value *name) {
  Project *p = build->p;
  Str text = unit_raw(project_unit(p, statement), name);
  diagnose(&p->diagnostics, DIAG_NOTHING_TO_CHANGE, statement.unit, name->span,
           "see what the journey that this one extends is made of, or take the line away",
           "there is nothing called `" STR_FMT "` to %s here", STR_ARG(text),
           schema_row((Keyword)project_statement(p, statement)->keyword)->word);
}

static void apply_change(Build *build, Ref change) {
  const Unit *unit = project_unit(build->p, change);
  const Value *name = unit_value(unit, change.at, 0);
  if (!name) return;
  Ref target = project_resolve(build->p, change, name);
  uint32_t part = find_part(build, target);
  if (part != NONE) {
    lay_over(build, &build->parts.at[part], change);
    if (build->parts.at[part].stage == NONE) add_steps_of(build, change, part);
  } else if (ref_ok(target)) complain_gone(build, change, name);
}

static void apply_drop(Build *build, Ref drop) {
  const Unit *unit = project_unit(build->p, drop);
  const Statement *statement = &unit->statements[drop.at];
  for (uint32_t i = 0; i < statement->value_count; i++) {
    const Value *name = &unit->values[statement->first_value + i];
    Ref target = project_resolve(build->p, drop, name);
    if (!ref_ok(target)) continue; /* said with the names */
    uint32_t part = find_part(build, target);
    if (part != NONE) build->parts.at[part].gone = true;
    Known *known = know(build, target);
    if (known->dropped) complain_gone(build, drop, name);
    else vec_push(&build->dropped, target);
    known->dropped = true;
  }
}

static void apply_all(Build *build, Keyword keyword, void (*apply)(Build *, Ref)) {
  Ref journey = build->journey->at;
  const Unit *unit = project_unit(build->p, journey);
  for (uint32_t at = unit_first_child(unit, journey.at); at != NONE; at = unit_next_sibling(unit, at))
    if (unit->statements[at].keyword == keyword) apply(build, (Ref){journey.unit, at});
}

/* Numbers the stages that are left, and counts the steps of each. */
static void keep_stages(Build *build) {
  Journey *journey = build->journey;
  Part *parts = build->parts.at;
  for (uint32_t i = parts[STAGES].next; i != STAGES; i = parts[i].next)
    if (!parts[i].gone) parts[i].number = journey->stage_count++;
  Stage *stages = ARENA_ARRAY(build->p->arena, Stage, journey->stage_count);
  for (uint32_t i = parts[STAGES].next; i != STAGES; i = parts[i].next)
    if (!parts[i].gone) stages[parts[i].number].item = parts[i].item;
  for (uint32_t i = parts[STEPS].next; i != STEPS; i = parts[i].next)
    if (!is_gone(build, &parts[i])) stages[parts[parts[i].stage].number].step_count++;
  for (uint32_t i = 0; i < journey->stage_count; i++) {
    stages[i].first_step = journey->step_count;
    journey->step_count += stages[i].step_count;
    stages[i].step_count = 0; /* counted again as they are put there */
  }
  journey->stages = stages;
}

static void keep_steps(Build *build) {
  Journey *journey = build->journey;
  const Part *parts = build->parts.at;
  Step *steps = ARENA_ARRAY(build->p->arena, Step, journey->step_count);
  for (uint32_t i = parts[STEPS].next; i != STEPS; i = parts[i].next) {
    if (is_gone(build, &parts[i])) continue;
    uint32_t of = parts[parts[i].stage].number;
    Stage *stage = (Stage *)&journey->stages[of];
    uint32_t number = stage->first_step + stage->step_count++;
    steps[number] = (Step){.item = parts[i].item, .stage = of, .number = number, .state = parts[i].state};
  }
  journey->steps = steps;
}

static void keep_dropped(Build *build) {
  size_t count = build->dropped.len;
  Ref *dropped = ARENA_ARRAY(build->p->arena, Ref, count);
  if (count > 0) memcpy(dropped, build->dropped.at, count * sizeof *dropped);
  if (count > 1) qsort(dropped, count, sizeof *dropped, ref_compare);
  build->journey->dropped = dropped;
  build->journey->dropped_count = (uint32_t)count;
}

static void build_variant(Project *p, Journey *journey) {
  if (journey->stages) return;
  Build build = {.p = p, .journey = journey};
  for (uint32_t ring = 0; ring < RINGS; ring++) vec_push(&build.parts, (Part){.next = ring, .previous = ring});
  build_variant(p, (Journey *)journey->base);
  take_base(&build);
  add_stages(&build);
  apply_all(&build, K_CHANGE, apply_change);
  apply_all(&build, K_DROP, apply_drop);
  keep_stages(&build);
  keep_steps(&build);
  keep_dropped(&build);
  vec_free(&build.parts);
  vec_free(&build.dropped);
  free(build.known.at);
}

/* ---- journeys that extend nothing: what stands in them is what they have ---- */

static uint32_t count_inside(const Unit *unit, uint32_t parent, Keyword keyword) {
  uint32_t count = 0;
  for (uint32_t at = unit_first_child(unit, parent); at != NONE; at = unit_next_sibling(unit, at))
    count += unit->statements[at].keyword == keyword;
  return count;
}

static void build_plain(const Project *p, Journey *journey, Arena *arena) {
  Ref ref = journey->at;
  const Unit *unit = project_unit(p, ref);
  uint32_t stage = 0, step = 0;
  journey->stage_count = count_inside(unit, ref.at, K_STAGE);
  Stage *stages = ARENA_ARRAY(arena, Stage, journey->stage_count);
  for (uint32_t at = unit_first_child(unit, ref.at); at != NONE; at = unit_next_sibling(unit, at)) {
    if (unit->statements[at].keyword != K_STAGE) continue;
    uint32_t count = count_inside(unit, at, K_TOUCHPOINT);
    stages[stage++] = (Stage){item_of((Ref){ref.unit, at}), journey->step_count, count};
    journey->step_count += count;
  }
  Step *steps = ARENA_ARRAY(arena, Step, journey->step_count);
  for (stage = 0; stage < journey->stage_count; stage++) {
    uint32_t parent = stages[stage].item.at.at;
    for (uint32_t at = unit_first_child(unit, parent); at != NONE; at = unit_next_sibling(unit, at))
      if (unit->statements[at].keyword == K_TOUCHPOINT)
        steps[step] = (Step){.item = item_of((Ref){ref.unit, at}), .stage = stage, .number = step}, step++;
  }
  journey->stages = stages;
  journey->steps = steps;
}

enum { JOURNEYS_AT_ONCE = 16 }; /* what a thread takes in one go */

typedef struct {
  Project *p;
  Arena **arenas; /* of each go: no other thread touches it */
} PlainWork;

static void build_some(void *context, size_t number) {
  const PlainWork *work = context;
  uint32_t first = (uint32_t)number * JOURNEYS_AT_ONCE;
  work->arenas[number] = arena_new();
  for (uint32_t i = first; i < work->p->journey_count && i < first + JOURNEYS_AT_ONCE; i++) {
    Journey *journey = (Journey *)&work->p->journeys[i];
    if (!journey->base && !is_taken_over(journey)) build_plain(work->p, journey, work->arenas[number]);
  }
}

static void build_all_plain(Project *p) {
  bool all = p->scope->before == NULL;
  for (uint32_t i = 0; i < p->journey_count && !all; i++) {
    Journey *journey = (Journey *)&p->journeys[i];
    if (!journey->base && !is_taken_over(journey)) build_plain(p, journey, p->arena);
  }
  if (!all) return;
  size_t count = (p->journey_count + JOURNEYS_AT_ONCE - 1) / JOURNEYS_AT_ONCE;
  PlainWork work = {p, mem_alloc(count * sizeof *work.arenas)};
  os_parallel(count, p->threads, build_some, &work);
  for (size_t i = 0; i < count; i++) arena_take_over(p->arena, work.arenas[i]);
  free(work.arenas);
}

void link_steps(Project *p) {
  build_all_plain(p);
  for (uint32_t i = 0; i < p->journey_count; i++) {
    Journey *journey = (Journey *)&p->journeys[i];
    if (journey->base) build_variant(p, journey);
  }
}
