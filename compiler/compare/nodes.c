/* The two sides as trees of declared things. */
#include "compare/build.h"

uint32_t *side_nodes_of(Compare *compare, Side *side, uint32_t unit) {
  if (!side->node_of[unit])
    side->node_of[unit] = ARENA_ARRAY(compare->arena, uint32_t, side->project->units[unit]->statement_count);
  return side->node_of[unit];
}

static bool said(Compare *compare, Side *side, Ref ref, uint8_t what) {
  if (!ref_ok(ref)) return true;
  uint8_t **said = &side->said[ref.unit];
  if (!*said) *said = ARENA_ARRAY(compare->arena, uint8_t, side->project->units[ref.unit]->statement_count);
  bool before = (*said)[ref.at] & what;
  (*said)[ref.at] |= what;
  return before;
}

bool said_before(Compare *compare, Ref was, Ref is, uint8_t what) {
  bool of_was = said(compare, &compare->was, was, what), of_is = said(compare, &compare->is, is, what);
  return of_was && of_is;
}

const TreeNode *side_node(const Side *side, Ref ref) {
  const uint32_t *nodes = ref_ok(ref) ? side->node_of[ref.unit] : NULL;
  return nodes && nodes[ref.at] > 0 ? &side->nodes.at[nodes[ref.at] - 1] : NULL;
}

/* Between variants, `extends` too says how they are put together. */
static bool is_mechanics(const Compare *compare, Keyword keyword) {
  return schema_is_structure(keyword) || (keyword == K_EXTENDS && compare->variants);
}

void read_schema(Compare *compare) {
  compare->inside = ARENA_ARRAY(compare->arena, Inside, K_COUNT);
  for (Keyword k = K_FILE + 1; k < K_COUNT; k++) {
    if (is_mechanics(compare, k)) continue;
    for (const Keyword *where = schema_row(k)->where; *where != K_NONE; where++) {
      Inside *inside = &compare->inside[*where];
      if (schema_declares(k)) inside->declared[inside->declared_count++] = k;
      else inside->properties[inside->property_count++] = k;
      if (schema_row(k)->how_often == MANY && *where != K_MEASURE) inside->is_list = true; /* its number comes first */
    }
  }
}

/* The first journey that has it is where it is declared: variants come later. */
static void remember(Compare *compare, Side *side, Ref ref, uint32_t node) {
  if (!schema_declares((Keyword)project_statement(side->project, ref)->keyword)) return;
  uint32_t *nodes = side_nodes_of(compare, side, ref.unit);
  if (nodes[ref.at] == 0) nodes[ref.at] = node + 1;
}

static uint32_t add_node(Compare *compare, Side *side, TreeNode node) {
  uint32_t at = (uint32_t)side->nodes.len;
  node.level = node.parent == NONE ? 0 : side->nodes.at[node.parent].level + 1;
  node.pair = NONE;
  vec_push(&side->nodes, node);
  if (!ref_ok(node.item.at)) return at;
  remember(compare, side, node.item.at, at);
  for (uint32_t i = 0; i < node.item.count; i++) remember(compare, side, node.item.over[i], at);
  return at;
}

static void add_held(Compare *compare, Side *side, uint32_t parent, Keyword without);

static uint32_t add_thing(Compare *compare, Side *side, TreeNode node, Keyword without) {
  uint32_t at = add_node(compare, side, node);
  add_held(compare, side, at, without);
  side->nodes.at[at].end = (uint32_t)side->nodes.len;
  return at;
}

/* What a thing declares, but for one keyword. */
static void add_held(Compare *compare, Side *side, uint32_t parent, Keyword without) {
  TreeNode around = side->nodes.at[parent];
  const Inside *inside = &compare->inside[around.keyword];
  for (size_t row = 0; row < inside->declared_count; row++) {
    Keyword k = inside->declared[row];
    if (k == without) continue;
    Item *items;
    size_t count = item_all(side->project, around.journey, &around.item, k, compare->arena, &items);
    uint32_t behind = NONE;
    for (size_t i = 0; i < count; i++)
      behind = add_thing(compare, side,
                         (TreeNode){.item = items[i],
                                    .journey = around.journey,
                                    .keyword = k,
                                    .parent = parent,
                                    .behind = behind,
                                    .number = NONE},
                         K_NONE);
  }
}

static void add_stages(Compare *compare, Side *side, uint32_t parent, const Journey *journey) {
  uint32_t stage_behind = NONE;
  for (uint32_t s = 0; s < journey->stage_count; s++) {
    const Stage *stage = &journey->stages[s];
    uint32_t at = add_node(compare, side,
                           (TreeNode){.item = stage->item,
                                      .journey = journey,
                                      .keyword = K_STAGE,
                                      .parent = parent,
                                      .behind = stage_behind,
                                      .number = s});
    uint32_t behind = NONE;
    for (uint32_t i = 0; i < stage->step_count; i++) {
      const Step *step = &journey->steps[stage->first_step + i];
      behind = add_thing(compare, side,
                         (TreeNode){.item = step->item,
                                    .journey = journey,
                                    .keyword = K_TOUCHPOINT,
                                    .parent = at,
                                    .behind = behind,
                                    .number = stage->first_step + i},
                         K_NONE);
    }
    stage_behind = at;
    add_held(compare, side, at, K_TOUCHPOINT);
    side->nodes.at[at].end = (uint32_t)side->nodes.len;
  }
}

static void add_journey(Compare *compare, Side *side, const Journey *journey) {
  uint32_t at = add_node(compare, side,
                         (TreeNode){.item = journey->item, .journey = journey, .keyword = K_JOURNEY, .number = NONE});
  add_stages(compare, side, at, journey);
  add_held(compare, side, at, K_STAGE);
  side->nodes.at[at].end = (uint32_t)side->nodes.len;
}

static void begin(Compare *compare, Side *side, const Project *project) {
  side->project = project;
  side->node_of = ARENA_ARRAY(compare->arena, uint32_t *, project->unit_count);
  side->said = ARENA_ARRAY(compare->arena, uint8_t *, project->unit_count);
  add_node(compare, side, (TreeNode){.item.at = NO_REF, .keyword = K_FILE, .parent = NONE, .number = NONE});
}

void side_of_journey(Compare *compare, Side *side, const Project *project, const Journey *journey) {
  begin(compare, side, project);
  add_journey(compare, side, journey);
  side->nodes.at[0].end = (uint32_t)side->nodes.len;
}

/* Bases first, whichever file they stand in. */
static void add_with_bases(Compare *compare, Side *side, const Journey *journey, bool *done) {
  size_t number = (size_t)(journey - side->project->journeys);
  if (done[number]) return;
  done[number] = true;
  if (journey->base) add_with_bases(compare, side, journey->base, done);
  if (project_is_named(side->project, journey->at.unit)) add_journey(compare, side, journey);
}

void side_of_project(Compare *compare, Side *side, const Project *project) {
  begin(compare, side, project);
  bool *done = ARENA_ARRAY(compare->arena, bool, project->journey_count);
  for (uint32_t i = 0; i < project->journey_count; i++) add_with_bases(compare, side, &project->journeys[i], done);
  for (uint32_t u = 0; u < project->unit_count; u++) {
    const Unit *unit = project->units[u];
    for (uint32_t at = 0; project_is_own(project, u) && at < unit->statement_count; at = unit->statements[at].after) {
      Keyword keyword = (Keyword)unit->statements[at].keyword;
      if (keyword != K_JOURNEY && schema_declares(keyword))
        add_thing(compare, side, (TreeNode){.item = item_of((Ref){u, at}), .keyword = keyword, .number = NONE}, K_NONE);
    }
  }
  side->nodes.at[0].end = (uint32_t)side->nodes.len;
}
