#include "check/asking.h"

Asking asking_of(const Rule *rules, size_t count, Arena *arena) {
  Asking asking = {0};
  const Rule **sorted = ARENA_ARRAY(arena, const Rule *, count);
  uint32_t next = 0;
  for (Keyword each = K_NONE; each < K_COUNT; each++) {
    asking.first[each] = next;
    for (size_t i = 0; i < count; i++) {
      if (rules[i].each != each) continue;
      sorted[next++] = &rules[i];
      asking.in_statements |=
          rule_is_of_journeys(&rules[i]) && each != K_JOURNEY && each != K_STAGE && each != K_TOUCHPOINT;
    }
  }
  asking.first[K_COUNT] = next;
  asking.rules = sorted;
  return asking;
}

/* Whether any rule is about it. */
static bool concerns(const Asking *asking, Keyword keyword) {
  return asking->first[keyword] < asking->first[keyword + 1];
}

typedef struct {
  const Asking *asking;
  const Project *p;
  const Journey *journey;
  Arena *scratch;
  Ask *ask;
  void *context;
} Walk;

static bool ask_about(const Walk *walk, const MapPart *part) {
  const Asking *asking = walk->asking;
  for (uint32_t i = asking->first[part->keyword]; i < asking->first[part->keyword + 1]; i++) {
    const Rule *rule = asking->rules[i];
    if (rule->not_in_variants && walk->journey && walk->journey->base) continue;
    if (part->keyword != K_PROJECT && !rule_concerns(walk->p, rule, &part->item)) continue;
    if (!walk->ask(walk->context, rule, part)) return false;
  }
  return true;
}

static bool is_in(const Walk *walk, Ref ref) {
  Ref at = walk->journey->at;
  return ref.unit == at.unit && ref.at >= at.at && ref.at < project_statement(walk->p, at)->after;
}

/* Whether this journey itself says something of the part: declares it, or changes it. */
static bool is_here(const Walk *walk, const Item *item) {
  for (uint32_t i = 0; i < item->count; i++)
    if (is_in(walk, item->over[i])) return true;
  return is_in(walk, item->at);
}

static bool ask_list(const Walk *walk, Keyword keyword, const Item *parent) {
  Item *items;
  size_t count = item_all(walk->p, walk->journey, parent, keyword, walk->scratch, &items);
  for (size_t i = 0; i < count; i++)
    if (is_here(walk, &items[i]) && !ask_about(walk, &(MapPart){keyword, walk->journey, items[i], 0})) return false;
  return true;
}

/* What may lie over what a base says is put together first; all else stands as it is written. */
static bool ask_layered(const Walk *walk) {
  const Journey *journey = walk->journey;
  if (concerns(walk->asking, K_OPPORTUNITY) && !ask_list(walk, K_OPPORTUNITY, &journey->item)) return false;
  for (uint32_t i = 0; i < journey->step_count && concerns(walk->asking, K_PAIN); i++)
    if (journey->steps[i].state != 0 && !ask_list(walk, K_PAIN, &journey->steps[i].item)) return false;
  return true;
}

static bool ask_statements(const Walk *walk) {
  const Asking *asking = walk->asking;
  Ref at = walk->journey->at;
  const Unit *unit = project_unit(walk->p, at);
  bool layered = walk->journey->base != NULL;
  if (layered && !ask_layered(walk)) return false;
  for (uint32_t i = at.at + 1; i < unit->statements[at.at].after; i++) {
    Keyword keyword = (Keyword)unit->statements[i].keyword;
    if (!concerns(asking, keyword) || keyword == K_STAGE || keyword == K_TOUCHPOINT) continue;
    if (layered && (keyword == K_OPPORTUNITY || keyword == K_PAIN)) continue;
    if (!ask_about(walk, &(MapPart){keyword, walk->journey, item_of((Ref){at.unit, i}), 0})) return false;
  }
  return true;
}

bool asking_journey(const Asking *asking, const Project *p, const Journey *journey, Arena *scratch, Ask *ask,
                    void *context) {
  Walk walk = {asking, p, journey, scratch, ask, context};
  if (concerns(asking, K_JOURNEY) && !ask_about(&walk, &(MapPart){K_JOURNEY, journey, journey->item, 0})) return false;
  for (uint32_t i = 0; i < journey->stage_count && concerns(asking, K_STAGE); i++) {
    const Item *item = &journey->stages[i].item;
    if (is_here(&walk, item) && !ask_about(&walk, &(MapPart){K_STAGE, journey, *item, i})) return false;
  }
  for (uint32_t i = 0; i < journey->step_count && concerns(asking, K_TOUCHPOINT); i++) {
    const Item *item = &journey->steps[i].item;
    if (is_here(&walk, item) && !ask_about(&walk, &(MapPart){K_TOUCHPOINT, journey, *item, i})) return false;
  }
  return !asking->in_statements || ask_statements(&walk);
}

static bool ask_declared(const Walk *walk, uint32_t u) {
  const Unit *unit = walk->p->units[u];
  for (uint32_t at = 0; project_is_own(walk->p, u) && at < unit->statement_count; at = unit->statements[at].after) {
    Keyword keyword = (Keyword)unit->statements[at].keyword;
    if (keyword == K_JOURNEY || keyword == K_PROJECT || !concerns(walk->asking, keyword)) continue;
    if (!ask_about(walk, &(MapPart){keyword, NULL, item_of((Ref){u, at}), 0})) return false;
  }
  return true;
}

bool asking_declared(const Asking *asking, const Project *p, uint32_t unit, Ask *ask, void *context) {
  return ask_declared(&(Walk){asking, p, NULL, NULL, ask, context}, unit);
}

bool asking_project(const Asking *asking, const Project *p, Ask *ask, void *context) {
  Walk walk = {asking, p, NULL, NULL, ask, context};
  if (concerns(asking, K_PROJECT) && !ask_about(&walk, &(MapPart){K_PROJECT, NULL, item_of(NO_REF), 0})) return false;
  for (uint32_t u = 0; u < p->unit_count; u++)
    if (!ask_declared(&walk, u)) return false;
  return true;
}
