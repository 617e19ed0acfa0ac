/* Journeys: which extends which, and the stages and steps that each has after its changes and drops. */
#include <stdlib.h>

#include "base/limits.h"
#include "project/link.h"
#include "project/scope.h"

/* ---- which extends which ---- */

static uint32_t count_journeys(const Project *p) {
  uint32_t count = 0;
  for (uint32_t u = 0; u < p->unit_count; u++)
    for (uint32_t at = 0; at < p->units[u]->statement_count; at = p->units[u]->statements[at].after)
      count += p->units[u]->statements[at].keyword == K_JOURNEY;
  return count;
}

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
  p->journey_count = count_journeys(p);
  Journey *journeys = ARENA_ARRAY(p->arena, Journey, p->journey_count);
  Journey *next = journeys;
  for (uint32_t u = 0; u < p->unit_count; u++)
    for (uint32_t at = 0; at < p->units[u]->statement_count; at = p->units[u]->statements[at].after)
      if (p->units[u]->statements[at].keyword == K_JOURNEY) (next++)->at = (Ref){u, at};
  p->journeys = journeys;
  for (uint32_t i = 0; i < p->journey_count; i++) journeys[i].base = base_of(p, journeys[i].at);
  for (uint32_t i = 0; i < p->journey_count; i++) cut_circle(p, &journeys[i]);
  for (uint32_t i = 0; i < p->journey_count; i++) cut_length(p, &journeys[i]);
  for (uint32_t i = 0; i < p->journey_count; i++) {
    layer_journey(p, &journeys[i]);
    read_scale(p, &journeys[i]);
  }
}

/* ---- stages and steps ---- */

typedef struct {
  Item item;
  uint32_t stage; /* of a step: which of the stages */
  uint8_t state;
} Part;

typedef VEC(Part) Parts;

typedef struct {
  Project *p;
  Journey *journey;
  Parts stages, steps; /* steps: in any order of stages, in order within each */
  VEC(Ref) dropped;
} Build;

static uint32_t find_part(const Parts *parts, Ref at) {
  for (uint32_t i = 0; i < parts->len; i++)
    if (ref_is(parts->at[i].item.at, at)) return i;
  return NONE;
}

static void insert_part(Parts *parts, size_t index, Part part) {
  vec_push(parts, part);
  memmove(parts->at + index + 1, parts->at + index, (parts->len - 1 - index) * sizeof part);
  parts->at[index] = part;
}

/* Where `after` and `before` put an added part; at the end where they say nothing. */
static size_t wanted_index(Build *build, const Parts *parts, Ref added) {
  Project *p = build->p;
  const Keyword words[] = {K_AFTER, K_BEFORE};
  for (int i = 0; i < 2; i++) {
    uint32_t at = unit_child(project_unit(p, added), added.at, words[i]);
    const Value *name = at == NONE ? NULL : unit_value(project_unit(p, added), at, 0);
    if (!name) continue;
    uint32_t place = find_part(parts, project_resolve(p, (Ref){added.unit, at}, name));
    if (place != NONE) return place + (i == 0);
    diagnose(&p->diagnostics, DIAG_NOTHING_TO_CHANGE, added.unit, name->span,
             "name a part of the same kind that is there in this variant",
             "there is no such place `" STR_FMT "` to stand %s", STR_ARG(unit_raw(project_unit(p, added), name)),
             schema_row(words[i])->word);
  }
  return parts->len;
}

static void add_steps_of(Build *build, Ref parent, uint32_t stage, uint8_t state) {
  const Unit *unit = project_unit(build->p, parent);
  for (uint32_t at = unit_first_child(unit, parent.at); at != NONE; at = unit_next_sibling(unit, at)) {
    if (unit->statements[at].keyword != K_TOUCHPOINT) continue;
    Part part = {.item = item_of((Ref){parent.unit, at}), .stage = stage, .state = state};
    if (state == 0) vec_push(&build->steps, part);
    else insert_part(&build->steps, wanted_index(build, &build->steps, part.item.at), part);
  }
}

static void add_stages_of(Build *build, uint8_t state) {
  Ref journey = build->journey->at;
  const Unit *unit = project_unit(build->p, journey);
  for (uint32_t at = unit_first_child(unit, journey.at); at != NONE; at = unit_next_sibling(unit, at)) {
    if (unit->statements[at].keyword != K_STAGE) continue;
    Part part = {.item = item_of((Ref){journey.unit, at}), .state = state};
    size_t index = state == 0 ? build->stages.len : wanted_index(build, &build->stages, part.item.at);
    for (size_t i = 0; state != 0 && i < build->steps.len; i++)
      build->steps.at[i].stage += build->steps.at[i].stage >= index;
    insert_part(&build->stages, index, part);
    add_steps_of(build, part.item.at, (uint32_t)index, state);
  }
}

static void take_base(Build *build) {
  const Journey *base = build->journey->base;
  for (uint32_t i = 0; i < base->stage_count; i++) vec_push(&build->stages, (Part){.item = base->stages[i].item});
  for (uint32_t i = 0; i < base->step_count; i++)
    vec_push(&build->steps, (Part){.item = base->steps[i].item, .stage = base->steps[i].stage});
  for (uint32_t i = 0; i < base->dropped_count; i++) vec_push(&build->dropped, base->dropped[i]);
}

static void lay_over(Build *build, Part *part, Ref change) {
  Ref *over = ARENA_ARRAY(build->p->arena, Ref, part->item.count + 1);
  over[0] = change;
  for (uint32_t i = 0; i < part->item.count; i++) over[i + 1] = part->item.over[i];
  part->item.count++;
  part->item.over = over;
  if (part->state == 0) part->state = 1;
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
  uint32_t stage = find_part(&build->stages, target), step = find_part(&build->steps, target);
  if (stage != NONE) {
    lay_over(build, &build->stages.at[stage], change);
    add_steps_of(build, change, stage, 2);
  } else if (step != NONE) lay_over(build, &build->steps.at[step], change);
  else if (ref_ok(target)) complain_gone(build, change, name);
}

static void take_away(Build *build, Ref target) {
  uint32_t stage = find_part(&build->stages, target), step = find_part(&build->steps, target);
  size_t kept = 0;
  for (size_t i = 0; i < build->steps.len; i++) {
    Part part = build->steps.at[i];
    if (i == step || (stage != NONE && part.stage == stage)) continue;
    part.stage -= stage != NONE && part.stage > stage;
    build->steps.at[kept++] = part;
  }
  build->steps.len = kept;
  if (stage == NONE) return;
  memmove(build->stages.at + stage, build->stages.at + stage + 1,
          (build->stages.len - stage - 1) * sizeof *build->stages.at);
  build->stages.len--;
}

static void apply_drop(Build *build, Ref drop) {
  const Unit *unit = project_unit(build->p, drop);
  const Statement *statement = &unit->statements[drop.at];
  for (uint32_t i = 0; i < statement->value_count; i++) {
    const Value *name = &unit->values[statement->first_value + i];
    Ref target = project_resolve(build->p, drop, name);
    if (!ref_ok(target)) continue; /* said with the names */
    bool gone = false;
    for (size_t d = 0; d < build->dropped.len; d++) gone |= ref_is(build->dropped.at[d], target);
    if (gone) complain_gone(build, drop, name);
    else vec_push(&build->dropped, target);
    take_away(build, target);
  }
}

static void apply_all(Build *build, Keyword keyword, void (*apply)(Build *, Ref)) {
  Ref journey = build->journey->at;
  const Unit *unit = project_unit(build->p, journey);
  for (uint32_t at = unit_first_child(unit, journey.at); at != NONE; at = unit_next_sibling(unit, at)) {
    if (unit->statements[at].keyword != keyword) continue;
    if (build->journey->base) apply(build, (Ref){journey.unit, at});
    else if (unit_child(unit, journey.at, K_EXTENDS) == NONE)
      diagnose(&build->p->diagnostics, DIAG_NOT_A_VARIANT, journey.unit, statement_head(&unit->statements[at]),
               "say which: journey … extends NAME { … }", "`%s` needs a journey that this one extends",
               schema_row(keyword)->word);
  }
}

static void keep(Build *build) {
  Journey *journey = build->journey;
  Stage *stages = ARENA_ARRAY(build->p->arena, Stage, build->stages.len);
  Step *steps = ARENA_ARRAY(build->p->arena, Step, build->steps.len);
  for (size_t s = 0; s < build->steps.len; s++) stages[build->steps.at[s].stage].step_count++;
  uint32_t first = 0;
  for (size_t i = 0; i < build->stages.len; i++) {
    stages[i].item = build->stages.at[i].item;
    stages[i].first_step = first;
    first += stages[i].step_count;
    stages[i].step_count = 0;
  }
  for (size_t s = 0; s < build->steps.len; s++) {
    const Part *part = &build->steps.at[s];
    Stage *stage = &stages[part->stage];
    uint32_t number = stage->first_step + stage->step_count++;
    steps[number] = (Step){.item = part->item, .stage = part->stage, .number = number, .state = part->state};
  }
  journey->stages = stages;
  journey->stage_count = (uint32_t)build->stages.len;
  journey->steps = steps;
  journey->step_count = (uint32_t)build->steps.len;
  Ref *dropped = ARENA_ARRAY(build->p->arena, Ref, build->dropped.len);
  if (build->dropped.len > 0) memcpy(dropped, build->dropped.at, build->dropped.len * sizeof *dropped);
  journey->dropped = dropped;
  journey->dropped_count = (uint32_t)build->dropped.len;
}

static void build_journey(Project *p, Journey *journey) {
  if (journey->stages) return;
  Build build = {.p = p, .journey = journey};
  if (journey->base) {
    build_journey(p, (Journey *)journey->base);
    take_base(&build);
  }
  add_stages_of(&build, journey->base ? 2 : 0);
  apply_all(&build, K_CHANGE, apply_change);
  apply_all(&build, K_DROP, apply_drop);
  keep(&build);
  vec_free(&build.stages);
  vec_free(&build.steps);
  vec_free(&build.dropped);
}

void link_steps(Project *p) {
  for (uint32_t i = 0; i < p->journey_count; i++) build_journey(p, (Journey *)&p->journeys[i]);
}
