/* Which thing of the one side is which of the other: by id, by title, by what it holds, by how alike it is. */
#include <stdlib.h>

#include "compare/build.h"

/* ---- by keys ---- */

typedef struct {
  uint64_t key;
  uint32_t first, last; /* of those with this key, by number; `next` leads from one to the other */
} Slot;

static Slot *slot_of(Slot *slots, size_t mask, uint64_t key) {
  size_t at = (key * 0x9e3779b97f4a7c15u >> 20) & mask;
  while (slots[at].key != 0 && slots[at].key != key) at = (at + 1) & mask;
  return &slots[at];
}

void pair_keys(const uint64_t *was_keys, uint32_t *was_pairs, size_t was_count, const uint64_t *is_keys,
               uint32_t *is_pairs, size_t is_count) {
  size_t cap = 8;
  while (cap < is_count * 2) cap *= 2;
  Slot *slots = mem_alloc(cap * sizeof *slots);
  uint32_t *next = mem_alloc((is_count + 1) * sizeof *next);
  memset(slots, 0, cap * sizeof *slots);
  for (uint32_t i = 0; i < is_count; i++) {
    if (is_keys[i] == 0 || is_pairs[i] != NONE) continue;
    Slot *slot = slot_of(slots, cap - 1, is_keys[i]);
    if (slot->key) next[slot->last] = i;
    else *slot = (Slot){.key = is_keys[i], .first = i};
    slot->last = i;
    next[i] = NONE;
  }
  for (uint32_t i = 0; i < was_count; i++) {
    if (was_keys[i] == 0 || was_pairs[i] != NONE) continue;
    Slot *slot = slot_of(slots, cap - 1, was_keys[i]);
    if (slot->key == 0 || slot->first == NONE) continue;
    was_pairs[i] = slot->first;
    is_pairs[slot->first] = i;
    slot->first = next[slot->first];
  }
  free(slots);
  free(next);
}

typedef enum { BY_FILE, BY_ID, BY_TITLE, BY_ID_ELSEWHERE } By;

/* The pair of the journey that a node stands in. */
static uint32_t journey_of(const Side *side, uint32_t at) {
  while (side->nodes.at[at].level > 1) at = side->nodes.at[at].parent;
  return at;
}

static Str id_of(const Side *side, const TreeNode *node) {
  Ref ref = node_ref(node);
  return unit_id(project_unit(side->project, ref), ref.at);
}

/* 0 where the node cannot be paired in this way. Of the old side, places are those of the new one. */
static uint64_t key_of(Compare *compare, const Side *side, uint32_t at, By by) {
  const TreeNode *node = &side->nodes.at[at];
  uint32_t place = by == BY_ID_ELSEWHERE ? journey_of(side, at) : node->parent;
  if (side == &compare->was) place = side->nodes.at[place].pair;
  if (place == NONE) return 0;
  Str name = by == BY_TITLE ? item_title(side->project, &node->item, compare->arena) : id_of(side, node);
  if (name.len == 0 && by != BY_TITLE) return 0; /* what has no name is paired in its order */
  uint64_t key = str_hash(name) ^ ((uint64_t)place << 8 | node->keyword) * 0x9e3779b97f4a7c15u;
  if (by == BY_FILE) key ^= str_hash(project_unit(side->project, node_ref(node))->source.path) * 3;
  return key | 1;
}

static uint64_t *keys_of(Compare *compare, const Side *side, uint32_t level, By by) {
  uint64_t *keys = mem_alloc(side->nodes.len * sizeof *keys);
  for (uint32_t i = 0; i < side->nodes.len; i++) {
    bool open = side->nodes.at[i].level == level && side->nodes.at[i].pair == NONE;
    keys[i] = open ? key_of(compare, side, i, by) : 0;
  }
  return keys;
}

static bool any_open(const Side *side, uint32_t level) {
  for (uint32_t i = 0; i < side->nodes.len; i++)
    if (side->nodes.at[i].level == level && side->nodes.at[i].pair == NONE) return true;
  return false;
}

static uint32_t *pairs_of(const Side *side) {
  uint32_t *pairs = mem_alloc(side->nodes.len * sizeof *pairs);
  for (uint32_t i = 0; i < side->nodes.len; i++) pairs[i] = side->nodes.at[i].pair;
  return pairs;
}

static void pair_by(Compare *compare, uint32_t level, By by) {
  Side *was = &compare->was, *is = &compare->is;
  if (!any_open(was, level) || !any_open(is, level)) return;
  uint64_t *was_keys = keys_of(compare, was, level, by), *is_keys = keys_of(compare, is, level, by);
  uint32_t *was_pairs = pairs_of(was), *is_pairs = pairs_of(is);
  pair_keys(was_keys, was_pairs, was->nodes.len, is_keys, is_pairs, is->nodes.len);
  for (uint32_t i = 0; i < was->nodes.len; i++) was->nodes.at[i].pair = was_pairs[i];
  for (uint32_t i = 0; i < is->nodes.len; i++) is->nodes.at[i].pair = is_pairs[i];
  free(was_keys), free(is_keys), free(was_pairs), free(is_pairs);
}

/* ---- by what they hold ---- */

static void make_pair(Compare *compare, uint32_t was, uint32_t is) {
  compare->was.nodes.at[was].pair = is;
  compare->is.nodes.at[is].pair = was;
}

/* A stage under another name is still the one in which most of its steps are, if a third of them is there at all. Boyer
 * and Moore's vote. */
static uint32_t where_most_are(Compare *compare, uint32_t was) {
  Side *from = &compare->was, *to = &compare->is;
  uint32_t candidate = NONE, votes = 0, held = 0, kept = 0, there = 0;
  for (int round = 0; round < 2; round++)
    for (uint32_t i = first_node(from, was); i != NONE; i = next_node(from, i)) {
      uint32_t pair = from->nodes.at[i].pair, place = pair == NONE ? NONE : to->nodes.at[pair].parent;
      if (round == 1) held++, kept += place != NONE, there += place != NONE && place == candidate;
      else if (place == NONE) continue;
      else if (votes == 0) candidate = place, votes = 1;
      else if (place == candidate) votes++;
      else votes--;
    }
  return candidate != NONE && there * 2 > kept && there * 3 >= held ? candidate : NONE;
}

static void pair_by_parts(Compare *compare, uint32_t level) {
  for (uint32_t i = 0; i < compare->was.nodes.len; i++) {
    const TreeNode *node = &compare->was.nodes.at[i];
    if (node->level != level || node->pair != NONE || node_parent(&compare->was, node)->pair == NONE) continue;
    uint32_t place = where_most_are(compare, i);
    if (place == NONE) continue;
    const TreeNode *other = &compare->is.nodes.at[place];
    if (other->pair == NONE && other->keyword == node->keyword &&
        other->parent == node_parent(&compare->was, node)->pair)
      make_pair(compare, i, place);
  }
}

/* ---- by likeness ---- */

enum { MOST_PIECES = 96, LOOK_AHEAD = 3, MOST_TRIES = 20000 };

static int by_number(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return x < y ? -1 : x > y;
}

/* All runs of three bytes, sorted: a sign of Chinese is one, and so is a piece of a word. */
static size_t pieces_of(Str text, uint32_t pieces[MOST_PIECES]) {
  size_t count = 0;
  uint32_t run = ' ';
  for (size_t i = 0; i < text.len && count < MOST_PIECES; i++) {
    unsigned char c = (unsigned char)text.at[i];
    run = (run << 8 | (c >= 'A' && c <= 'Z' ? c | 32u : c)) & 0xFFFFFF;
    if (i > 0) pieces[count++] = run;
  }
  qsort(pieces, count, sizeof *pieces, by_number);
  return count;
}

static bool titles_alike(Str a, Str b) {
  uint32_t of_a[MOST_PIECES], of_b[MOST_PIECES];
  size_t count_a = pieces_of(a, of_a), count_b = pieces_of(b, of_b), same = 0;
  for (size_t i = 0, k = 0; i < count_a && k < count_b;) {
    if (of_a[i] == of_b[k]) same++, i++, k++;
    else if (of_a[i] < of_b[k]) i++;
    else k++;
  }
  return same > 0 && same * 2 * 5 >= (count_a + count_b) * 2; /* Dice: at least 0.4 */
}

/* Two properties or more, and all spelled alike. */
static bool blocks_alike(const Compare *compare, Ref was, Ref is) {
  const Unit *a = project_unit(compare->was.project, was), *b = project_unit(compare->is.project, is);
  uint32_t i = unit_first_child(a, was.at), k = unit_first_child(b, is.at), count = 0;
  for (; i != NONE && k != NONE; i = unit_next_sibling(a, i), k = unit_next_sibling(b, k), count++)
    if (!str_is(source_text(&a->source, a->statements[i].span), source_text(&b->source, b->statements[k].span)))
      return false;
  return i == NONE && k == NONE && count > 1;
}

static bool alike(const Compare *compare, const TreeNode *was, const TreeNode *is) {
  Str before = item_title(compare->was.project, &was->item, compare->arena);
  Str after = item_title(compare->is.project, &is->item, compare->arena);
  return titles_alike(before, after) || blocks_alike(compare, was->item.at, is->item.at);
}

/* What stands at the same place between the same neighbours, and is alike, was only named anew. */
static void pair_alike_in(Compare *compare, uint32_t parent, int *tries) {
  Side *was = &compare->was, *is = &compare->is;
  uint32_t is_parent = was->nodes.at[parent].pair, behind = NONE;
  for (uint32_t i = first_node(was, parent); i != NONE; i = next_node(was, i)) {
    const TreeNode *node = &was->nodes.at[i];
    if (node->pair != NONE) {
      if (is->nodes.at[node->pair].parent == is_parent) behind = node->pair;
      continue;
    }
    uint32_t k = behind == NONE ? first_node(is, is_parent) : next_node(is, behind);
    for (int ahead = 0; k != NONE && ahead < LOOK_AHEAD && ++*tries < MOST_TRIES; k = next_node(is, k), ahead++) {
      const TreeNode *other = &is->nodes.at[k];
      if (other->pair != NONE) break;
      if (other->keyword != node->keyword || !alike(compare, node, other)) continue;
      make_pair(compare, i, k);
      behind = k;
      break;
    }
  }
}

static void pair_alike(Compare *compare, uint32_t level) {
  int tries = 0;
  for (uint32_t i = 0; i < compare->was.nodes.len; i++) {
    const TreeNode *node = &compare->was.nodes.at[i];
    if (node->level + 1 == level && node->pair != NONE) pair_alike_in(compare, i, &tries);
  }
}

/* The only journey of one file is that of the other, whatever they are called. */
static uint32_t only_journey(const Side *side) {
  uint32_t only = NONE;
  for (uint32_t i = first_node(side, 0); i != NONE; i = next_node(side, i)) {
    if (side->nodes.at[i].keyword != K_JOURNEY) continue;
    if (only != NONE) return NONE;
    only = i;
  }
  return only;
}

/* ---- order ---- */

static bool has_order(Keyword keyword) { return keyword == K_STAGE || keyword == K_TOUCHPOINT; }

/* Of the things that stayed with their parent, the fewest that must have moved: all that are not in the longest run
 * that kept its order (patience sorting). */
static void mark_moved_in(Compare *compare, uint32_t parent, Keyword keyword, uint32_t *tops, uint32_t *before) {
  Side *was = &compare->was, *is = &compare->is;
  uint32_t is_parent = was->nodes.at[parent].pair, piles = 0;
  for (uint32_t i = first_node(is, is_parent); i != NONE; i = next_node(is, i)) {
    TreeNode *node = &is->nodes.at[i];
    if (node->keyword != keyword || node->pair == NONE || was->nodes.at[node->pair].parent != parent) continue;
    uint32_t from = 0, to = piles;
    while (from < to) {
      uint32_t middle = (from + to) / 2;
      if (is->nodes.at[tops[middle]].pair < node->pair) from = middle + 1;
      else to = middle;
    }
    before[i] = from > 0 ? tops[from - 1] : NONE;
    tops[from] = i;
    if (from == piles) piles++;
    node->moved = true;
  }
  for (uint32_t i = piles > 0 ? tops[piles - 1] : NONE; i != NONE; i = before[i]) is->nodes.at[i].moved = false;
}

static void mark_moved(Compare *compare) {
  uint32_t *tops = mem_alloc(compare->is.nodes.len * sizeof *tops),
           *before = mem_alloc(compare->is.nodes.len * sizeof *before);
  for (uint32_t i = 0; i < compare->was.nodes.len; i++) {
    const TreeNode *node = &compare->was.nodes.at[i];
    if (node->pair == NONE) continue;
    for (Keyword k = K_FILE + 1; k < K_COUNT; k++)
      if (has_order(k) && schema_allows(node->keyword, k)) mark_moved_in(compare, i, k, tops, before);
  }
  free(tops);
  free(before);
}

void pair_nodes(Compare *compare) {
  uint32_t deepest = 1;
  for (uint32_t i = 0; i < compare->was.nodes.len; i++)
    if (compare->was.nodes.at[i].level > deepest) deepest = compare->was.nodes.at[i].level;
  make_pair(compare, 0, 0);
  for (uint32_t level = 1; level <= deepest + 1; level++) {
    if (level == 1) pair_by(compare, level, BY_FILE);
    pair_by(compare, level, BY_ID);
    pair_by(compare, level, BY_TITLE);
    if (level == 1) {
      uint32_t was = only_journey(&compare->was), is = only_journey(&compare->is);
      if (was != NONE && is != NONE && compare->was.nodes.at[was].pair == NONE && compare->is.nodes.at[is].pair == NONE)
        make_pair(compare, was, is);
      continue;
    }
    if (level > 2) pair_by(compare, level, BY_ID_ELSEWHERE), pair_by_parts(compare, level - 1);
    pair_alike(compare, level - 1);
    pair_by(compare, level, BY_ID);
    pair_by(compare, level, BY_TITLE);
  }
  mark_moved(compare);
}
