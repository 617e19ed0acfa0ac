/* What the files that compare share: the two sides as trees of declared things, and their pairs. */
#ifndef JOURNEY_COMPARE_BUILD_H
#define JOURNEY_COMPARE_BUILD_H

#include "base/vec.h"
#include "compare/compare.h"

/* Something declared. The things that it declares follow it, as in Unit.statements. */
typedef struct {
  Item item;              /* at NO_REF: the root */
  const Journey *journey; /* in which it stands; NULL at the top of a file */
  Keyword keyword;
  uint32_t level;  /* 0 the root, 1 what files declare, 2 stages …, 3 steps … */
  uint32_t parent; /* NONE: it is the root */
  uint32_t end;    /* behind the last thing that it holds */
  uint32_t number; /* of a stage or step in its journey */
  uint32_t behind; /* the thing of its keyword in front of it, in the same place; NONE: it is the first */
  uint32_t pair;   /* of the other side's nodes; NONE: it is not there */
  bool moved;      /* among those that stand in the same place */
} TreeNode;

typedef struct {
  const Project *project;
  VEC(TreeNode) nodes;
  uint32_t **node_of; /* [unit][statement]: index + 1 of the node that was declared there; a unit's array may be NULL */
  uint8_t **said;     /* [unit][statement]: what was said of it already, for variants that only take it over */
} Side;

/* What may stand inside a keyword: what is declared there, and the properties. */
typedef struct {
  Keyword declared[K_COUNT], properties[K_COUNT];
  size_t declared_count, property_count;
  bool is_list; /* it holds properties of which there may be many, as `path` does */
} Inside;

typedef struct {
  Arena *arena;
  Inside *inside; /* by keyword */
  Side was, is;
  bool variants; /* of one project, each other's variants: `extends` says nothing new */
  bool whole;    /* what is looked at is part of a journey that was added or dropped */
  VEC(Difference) differences;
  VEC(PropertyDifference) properties;
  VEC(JourneyDifference) journeys;
  VEC(PlacePair) stages, steps;
} Compare;

/* Where it is declared. */
static inline Ref node_ref(const TreeNode *node) {
  return node->keyword == K_JOURNEY ? node->journey->at : node->item.at;
}
static inline const TreeNode *node_parent(const Side *side, const TreeNode *node) {
  return &side->nodes.at[node->parent];
}
/* Of the same parent, whatever its keyword; NONE behind the last. */
static inline uint32_t next_node(const Side *side, uint32_t at) {
  const TreeNode *node = &side->nodes.at[at];
  return node->end < side->nodes.at[node->parent].end ? node->end : NONE;
}
static inline uint32_t first_node(const Side *side, uint32_t at) {
  return at + 1 < side->nodes.at[at].end ? at + 1 : NONE;
}

/* ---- nodes.c ---- */
/* Fills compare->inside. */
void read_schema(Compare *compare);
/* All that the project's own files declare, and the journeys of those that were named; each base before its variants.
 */
void side_of_project(Compare *compare, Side *side, const Project *project);
void side_of_journey(Compare *compare, Side *side, const Project *project, const Journey *journey);
/* The array of a unit, made at the first use. */
uint32_t *side_nodes_of(Compare *compare, Side *side, uint32_t unit);
/* What a variant only takes over was said of its base: whether this was said, and that it is said now. */
enum { SAID_STATEMENT = 1, SAID_TITLE = 2, SAID_HEAD = 4, SAID_THING = 8, SAID_PLACE = 16 };
bool said_before(Compare *compare, Ref was, Ref is, uint8_t what);
/* The node that a reference means, or NULL. */
const TreeNode *side_node(const Side *side, Ref ref);
/* ---- pair.c ---- */
/* Finds for each node its pair on the other side, and which of those that stayed in their place have moved. */
void pair_nodes(Compare *compare);
/* Pairs what has the same key, in order; key 0 takes no part, and what has a pair already is passed over. */
void pair_keys(const uint64_t *was_keys, uint32_t *was_pairs, size_t was_count, const uint64_t *is_keys,
               uint32_t *is_pairs, size_t is_count);

/* ---- meaning.c ---- */
/* The same for two statements that mean the same, whatever the order and spelling of what they hold. */
uint64_t meaning_of(const Compare *compare, const Side *side, Ref ref);
/* Of the names that a statement gives, and of its texts; 0 where it has none. */
uint64_t names_of(const Compare *compare, const Side *side, Ref ref);
uint64_t texts_of(const Compare *compare, const Side *side, Ref ref);
/* meaning_of(was) == meaning_of(is), but quickly where they are spelled alike. */
bool means_same(const Compare *compare, Ref was, Ref is);
/* Of the values in one slot; 0 where there are none. */
uint64_t slot_meaning(const Compare *compare, const Side *side, Ref ref, unsigned slot);
uint64_t text_meaning(Str text);

/* ---- words.c ---- */
/* Adds the values of one slot, as people read them. */
void words_of_slot(const Compare *compare, const Side *side, Ref ref, unsigned slot, Buf *to);
/* Adds all values, and the properties inside. */
void words_of_statement(const Compare *compare, const Side *side, Ref ref, Buf *to);
void words_quoted(Str text, Buf *to);

/* ---- properties.c ---- */
/* Adds to compare->properties what the two items say of themselves, without what they declare. Either may be NULL. */
void compare_properties(Compare *compare, Keyword keyword, const TreeNode *was, const TreeNode *is);
/* What files say beside their declarations: the settings of a project. */
void compare_files(Compare *compare);

#endif
