/* Walks both trees at once, and says what differs in the order in which it is read. */
#include "compare/compare.h"

#include <stdlib.h>

#include "compare/build.h"

static void visit(Compare *compare, const TreeNode *was, const TreeNode *is, uint32_t depth);

static uint32_t index_of(const Side *side, const TreeNode *node) { return (uint32_t)(node - side->nodes.at); }
static const TreeNode *node_at(const Side *side, uint32_t at) { return at == NONE ? NULL : &side->nodes.at[at]; }
static Str title_of(const Compare *compare, const Side *side, const TreeNode *node) {
  return item_title(side->project, &node->item, compare->arena);
}

/* ---- what each holds ---- */

/* What went from behind `at` on: up to the next thing that is still there. */
static void visit_dropped(Compare *compare, uint32_t at, uint32_t is_parent, uint32_t depth) {
  for (; at != NONE; at = next_node(&compare->was, at)) {
    const TreeNode *node = &compare->was.nodes.at[at];
    if (node->pair == NONE) visit(compare, node, NULL, depth);
    else if (compare->is.nodes.at[node->pair].parent == is_parent) return;
  }
}

static void visit_parts(Compare *compare, const TreeNode *was, const TreeNode *is, uint32_t depth) {
  uint32_t parent = is ? index_of(&compare->is, is) : NONE, was_parent = was ? index_of(&compare->was, was) : NONE;
  if (was) visit_dropped(compare, first_node(&compare->was, was_parent), parent, depth);
  if (!is) return;
  for (uint32_t i = first_node(&compare->is, parent); i != NONE; i = next_node(&compare->is, i)) {
    const TreeNode *node = &compare->is.nodes.at[i], *before = node_at(&compare->was, node->pair);
    visit(compare, before, node, depth);
    if (before && before->parent == was_parent)
      visit_dropped(compare, next_node(&compare->was, node->pair), parent, depth);
  }
}

/* ---- one thing ---- */

/* "from stage “Contract”", "behind “Signs the order”", "to the front"; empty where it stands where it stood. */
static Str moved_words(Compare *compare, const TreeNode *was, const TreeNode *is) {
  Side *from = &compare->was, *to = &compare->is;
  Buf words = {0};
  if (node_parent(from, was)->pair != is->parent) {
    const TreeNode *parent = node_parent(from, was);
    buf_printf(&words, "from %s ", schema_row(parent->keyword)->word);
    words_quoted(title_of(compare, from, parent), &words);
  } else if (is->moved) {
    const TreeNode *behind = node_at(to, is->behind);
    if (behind) buf_add_c(&words, "behind "), words_quoted(title_of(compare, to, behind), &words);
    else buf_add_c(&words, "to the front");
  }
  if (words.len > 0 && said_before(compare, node_ref(was), node_ref(is), SAID_PLACE)) words.len = 0;
  return buf_take(&words, compare->arena);
}

static bool taken_over(Compare *compare, const TreeNode *was, const TreeNode *is) {
  if (was && is) return false;
  return said_before(compare, was ? node_ref(was) : NO_REF, is ? node_ref(is) : NO_REF, SAID_THING);
}

static void add_place(Compare *compare, const TreeNode *was, const TreeNode *is, uint32_t difference) {
  Keyword keyword = (is ? is : was)->keyword;
  PlacePair place = {was ? was->number : NONE, is ? is->number : NONE, difference};
  if (keyword == K_STAGE) vec_push(&compare->stages, place);
  if (keyword == K_TOUCHPOINT) vec_push(&compare->steps, place);
}

/* A stage stands in front of its steps; whether it differs is known behind them. */
static void set_place(Compare *compare, Keyword keyword, size_t stage, size_t step, uint32_t difference) {
  if (keyword == K_STAGE) compare->stages.at[stage].difference = difference;
  if (keyword == K_TOUCHPOINT) compare->steps.at[step].difference = difference;
}

static void visit(Compare *compare, const TreeNode *was, const TreeNode *is, uint32_t depth) {
  const TreeNode *node = is ? is : was;
  const Side *side = is ? &compare->is : &compare->was;
  uint32_t at = (uint32_t)compare->differences.len, first = (uint32_t)compare->properties.len;
  size_t stage = compare->stages.len, step = compare->steps.len;
  add_place(compare, was, is, NONE);
  bool silent = taken_over(compare, was, is);
  Ref ref = node_ref(node);
  vec_push(&compare->differences, (Difference){.keyword = node->keyword,
                                               .kind = was && is ? DIFFERENCE_CHANGED
                                                       : is      ? DIFFERENCE_ADDED
                                                                 : DIFFERENCE_DROPPED,
                                               .depth = depth,
                                               .id = unit_id(project_unit(side->project, ref), ref.at),
                                               .was = was ? node_ref(was) : NO_REF,
                                               .is = is ? node_ref(is) : NO_REF,
                                               .first_property = first,
                                               .brief = compare->whole,
                                               .journey = NONE});
  if (!silent) compare_properties(compare, node->keyword, was, is);
  uint32_t properties = (uint32_t)compare->properties.len - first;
  Str moved = was && is ? moved_words(compare, was, is) : STR("");
  visit_parts(compare, was, is, depth + 1);
  bool differs = properties > 0 || moved.len > 0 || !(was && is) || compare->differences.len > at + 1;
  if (silent || !differs) {
    compare->differences.len = at;
    return;
  }
  Difference *difference = &compare->differences.at[at];
  difference->title = title_of(compare, side, node);
  difference->moved = moved;
  difference->property_count = properties;
  difference->end = (uint32_t)compare->differences.len;
  set_place(compare, node->keyword, stage, step, at);
}

/* ---- journeys ---- */

static JourneyCounts counts_of(const Compare *compare, const Side *side, const TreeNode *node) {
  JourneyCounts figures = {0};
  if (!node) return figures;
  double sum = 0, emotion;
  figures.steps = node->journey->step_count;
  for (uint32_t i = 0; i < node->journey->step_count; i++)
    if (step_emotion(side->project, &node->journey->steps[i], &emotion)) sum += emotion, figures.emotions++;
  if (figures.emotions > 0) figures.emotion = sum / figures.emotions;
  for (uint32_t i = index_of(side, node); i < node->end; i++)
    if (side->nodes.at[i].keyword == K_PAIN) {
      const Item *pain = &side->nodes.at[i].item;
      int severity = pain_severity(side->project, pain), rank = severity > 0 && severity <= 4 ? severity : 0;
      Item word = item_of(item_ref(side->project, pain, K_SEVERITY_OF));
      figures.pains[rank]++;
      if (rank > 0) figures.severities[rank] = item_title(side->project, &word, compare->arena);
    }
  return figures;
}

static void visit_journey(Compare *compare, const TreeNode *was, const TreeNode *is) {
  uint32_t at = (uint32_t)compare->differences.len;
  size_t stage = compare->stages.len, step = compare->steps.len;
  compare->whole = !was || !is;
  visit(compare, was, is, 0);
  compare->whole = false;
  if (compare->differences.len > at) compare->differences.at[at].journey = (uint32_t)compare->journeys.len;
  JourneyDifference journey = {.was = was ? was->journey : NULL,
                               .is = is ? is->journey : NULL,
                               .difference = compare->differences.len > at ? at : NONE,
                               .before = counts_of(compare, &compare->was, was),
                               .after = counts_of(compare, &compare->is, is),
                               .stage_count = (uint32_t)(compare->stages.len - stage),
                               .step_count = (uint32_t)(compare->steps.len - step)};
  vec_push(&compare->journeys, journey);
}

static void visit_top(Compare *compare, const TreeNode *was, const TreeNode *is) {
  if ((is ? is : was)->keyword == K_JOURNEY) visit_journey(compare, was, is);
  else visit(compare, was, is, 0);
}

static void visit_files(Compare *compare) {
  uint32_t first = (uint32_t)compare->properties.len;
  compare_files(compare);
  uint32_t count = (uint32_t)compare->properties.len - first, end = (uint32_t)compare->differences.len + 1;
  Difference files = {.keyword = K_FILE, .was = NO_REF, .is = NO_REF, .title = STR("Settings"), .journey = NONE};
  files.end = end, files.first_property = first, files.property_count = count;
  if (count > 0) vec_push(&compare->differences, files);
}

/* Journeys are told of first: they stand first among the nodes. */
static void visit_all(Compare *compare) {
  for (uint32_t i = first_node(&compare->is, 0); i != NONE; i = next_node(&compare->is, i)) {
    const TreeNode *node = &compare->is.nodes.at[i];
    visit_top(compare, node_at(&compare->was, node->pair), node);
  }
  for (uint32_t i = first_node(&compare->was, 0); i != NONE; i = next_node(&compare->was, i))
    if (compare->was.nodes.at[i].pair == NONE) visit_top(compare, &compare->was.nodes.at[i], NULL);
  visit_files(compare);
}

/* The places of all journeys stand in one list each, in the order of the journeys. */
static void keep_places(Compare *compare) {
  PlacePair *stages = ARENA_ARRAY(compare->arena, PlacePair, compare->stages.len);
  PlacePair *steps = ARENA_ARRAY(compare->arena, PlacePair, compare->steps.len);
  if (compare->stages.len > 0) memcpy(stages, compare->stages.at, compare->stages.len * sizeof *stages);
  if (compare->steps.len > 0) memcpy(steps, compare->steps.at, compare->steps.len * sizeof *steps);
  for (size_t i = 0; i < compare->journeys.len; i++) {
    JourneyDifference *journey = &compare->journeys.at[i];
    journey->stages = stages;
    journey->steps = steps;
    stages += journey->stage_count;
    steps += journey->step_count;
  }
}

static void keep_shared(const Compare *compare, Comparison *result) {
  SharedPair *pairs = ARENA_ARRAY(compare->arena, SharedPair, compare->was.nodes.len);
  for (uint32_t i = first_node(&compare->was, 0); i != NONE; i = next_node(&compare->was, i)) {
    const TreeNode *node = &compare->was.nodes.at[i];
    if (node->keyword != K_JOURNEY && node->pair != NONE)
      pairs[result->shared_count++] = (SharedPair){node->item.at, compare->is.nodes.at[node->pair].item.at};
  }
  if (result->shared_count > 0) qsort(pairs, result->shared_count, sizeof *pairs, ref_compare);
  result->shared = pairs;
}

/* Of one project's, and of the standard library's, each is itself. */
bool comparison_same(const Comparison *comparison, Ref was, Ref is) {
  if (!ref_ok(was) || !ref_ok(is)) return ref_ok(was) == ref_ok(is);
  bool common = comparison->was == comparison->is ||
                (!project_is_own(comparison->was, was.unit) && !project_is_own(comparison->is, is.unit));
  if (common) return ref_is(was, is);
  const SharedPair *pair = comparison->shared_count == 0 ? NULL
                                                         : bsearch(&was, comparison->shared, comparison->shared_count,
                                                                   sizeof *comparison->shared, ref_compare);
  return pair && ref_is(pair->is, is);
}

/* Never NULL, so that whoever has none of them may still say where they would begin. */
static void *keep(Arena *arena, const void *items, size_t size) {
  void *kept = arena_alloc(arena, size);
  if (size > 0) memcpy(kept, items, size);
  return kept;
}
#define KEEP(arena, T, vec) ((T *)keep((arena), (vec).at, (vec).len * sizeof(T)))

static const Comparison *finish(Compare *compare) {
  pair_nodes(compare);
  visit_all(compare);
  keep_places(compare);
  Comparison *result = ARENA_NEW(compare->arena, Comparison);
  *result = (Comparison){.was = compare->was.project,
                         .is = compare->is.project,
                         .differences = KEEP(compare->arena, Difference, compare->differences),
                         .difference_count = (uint32_t)compare->differences.len,
                         .properties = KEEP(compare->arena, PropertyDifference, compare->properties),
                         .property_count = (uint32_t)compare->properties.len,
                         .journeys = KEEP(compare->arena, JourneyDifference, compare->journeys),
                         .journey_count = (uint32_t)compare->journeys.len};
  keep_shared(compare, result);
  vec_free(&compare->was.nodes);
  vec_free(&compare->is.nodes);
  vec_free(&compare->differences);
  vec_free(&compare->properties);
  vec_free(&compare->journeys);
  vec_free(&compare->stages);
  vec_free(&compare->steps);
  return result;
}

const Comparison *compare_projects(const Project *was, const Project *is, Arena *arena) {
  Compare compare = {.arena = arena};
  read_schema(&compare);
  side_of_project(&compare, &compare.was, was);
  side_of_project(&compare, &compare.is, is);
  return finish(&compare);
}

const Comparison *compare_journeys(const Project *was, const Journey *from, const Project *is, const Journey *to,
                                   Arena *arena) {
  Compare compare = {.arena = arena, .variants = was == is};
  read_schema(&compare);
  side_of_journey(&compare, &compare.was, was, from);
  side_of_journey(&compare, &compare.is, is, to);
  return finish(&compare);
}
