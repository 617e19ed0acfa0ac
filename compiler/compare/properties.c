/* What two things say of themselves, property by property. */
#include <stdlib.h>

#include "compare/build.h"

/* ---- one statement against another ---- */

/* What is gathered of two statements: which of their values differ, and what names the property. */
typedef struct {
  Compare *compare;
  Keyword keyword;
  Ref was, is; /* one may be NO_REF */
  Buf label, before, after;
  bool texts, others; /* differ */
} Both;

static const Unit *unit_of(const Side *side, Ref ref) { return project_unit(side->project, ref); }

static Ref child_of(const Side *side, Ref ref, Keyword keyword) {
  uint32_t at = ref_ok(ref) ? unit_child(unit_of(side, ref), ref.at, keyword) : NONE;
  return at == NONE ? NO_REF : (Ref){ref.unit, at};
}

static bool same_child(const Compare *compare, Ref was, Ref is) {
  if (!ref_ok(was) || !ref_ok(is)) return ref_ok(was) == ref_ok(is);
  return means_same(compare, was, is);
}

static void add_slot(Both *both, unsigned slot) {
  if (ref_ok(both->was)) words_of_slot(both->compare, &both->compare->was, both->was, slot, &both->before);
  if (ref_ok(both->is)) words_of_slot(both->compare, &both->compare->is, both->is, slot, &both->after);
}

/* "blog → demo" of an arrow, "Net Promoter Score" of a measure: what tells it from others of its keyword. */
static void add_to_label(Both *both, unsigned slot) {
  Side *side = ref_ok(both->is) ? &both->compare->is : &both->compare->was;
  bool arrow = both->keyword == K_ARROW && slot > 0;
  if (arrow) buf_add_c(&both->label, " →");
  words_of_slot(both->compare, side, ref_ok(both->is) ? both->is : both->was, slot, &both->label);
}

static void compare_slots(Both *both) {
  const KeywordRow *row = schema_row(both->keyword);
  bool many = row->how_often == MANY;
  for (unsigned slot = 0; row->values[slot].type != V_NONE; slot++) {
    ValueType type = row->values[slot].type;
    bool names = type == V_REF || type == V_REFS;
    uint64_t was = slot_meaning(both->compare, &both->compare->was, both->was, slot),
             is = slot_meaning(both->compare, &both->compare->is, both->is, slot);
    bool alone = !ref_ok(both->was) || !ref_ok(both->is);
    if (was != is && !(alone && both->keyword == K_ARROW && names)) {
      add_slot(both, slot);
      *(type == V_TEXT && !alone ? &both->texts : &both->others) = true;
    } else if (many && (names || type == V_TEXT) && (was | is)) add_to_label(both, slot);
  }
}

static bool is_counted(const Side *side, Ref measure) {
  return ref_ok(measure) && !unit_value(project_unit(side->project, measure), measure.at, 1);
}

/* A measure that states no number is counted from a file; that is what the other side's number stands against. */
static void say_counted(Both *both) {
  bool was = is_counted(&both->compare->was, both->was), is = is_counted(&both->compare->is, both->is);
  if (was && is) return;
  if (was) buf_add_c(&both->before, both->before.len ? " counted" : "counted");
  if (is) buf_add_c(&both->after, both->after.len ? " counted" : "counted");
}

/* The properties inside: `from` of a feeling, `target` of a measure. */
static void compare_inner(Both *both) {
  Compare *compare = both->compare;
  const Inside *inside = &compare->inside[both->keyword];
  bool only = both->before.len == 0 && both->after.len == 0;
  size_t differ = 0;
  for (size_t i = 0; i < inside->property_count; i++)
    differ += !same_child(compare, child_of(&compare->was, both->was, inside->properties[i]),
                          child_of(&compare->is, both->is, inside->properties[i]));
  for (size_t i = 0; i < inside->property_count; i++) {
    const char *word = schema_row(inside->properties[i])->word;
    Ref was = child_of(&compare->was, both->was, inside->properties[i]),
        is = child_of(&compare->is, both->is, inside->properties[i]);
    if (same_child(compare, was, is)) continue;
    both->others = true;
    bool named = only && differ == 1 && both->keyword != K_ARROW; /* "feels, from": the word is said once */
    if (named) buf_printf(&both->label, ", %s", word);
    for (int side = 0; side < 2; side++) {
      Buf *to = side == 0 ? &both->before : &both->after;
      Ref ref = side == 0 ? was : is;
      if (!ref_ok(ref)) continue;
      if (!named) buf_printf(to, "%s%s", to->len > 0 ? " " : "", word);
      words_of_statement(compare, side == 0 ? &compare->was : &compare->is, ref, to);
    }
  }
}

static void add_difference(Compare *compare, PropertyDifference difference) {
  difference.kind = !ref_ok(difference.was)  ? DIFFERENCE_ADDED
                    : !ref_ok(difference.is) ? DIFFERENCE_DROPPED
                                             : DIFFERENCE_CHANGED;
  vec_push(&compare->properties, difference);
}

static void compare_statements(Compare *compare, Str prefix, Ref was, Ref is) {
  if (ref_ok(was) && ref_ok(is) && means_same(compare, was, is)) return;
  if (said_before(compare, was, is, SAID_STATEMENT)) return;
  Keyword keyword =
      (Keyword)(ref_ok(is) ? project_statement(compare->is.project, is) : project_statement(compare->was.project, was))
          ->keyword;
  Both both = {.compare = compare, .keyword = keyword, .was = was, .is = is};
  buf_add(&both.label, prefix);
  if (keyword != K_ARROW) buf_add_c(&both.label, schema_row(keyword)->word);
  compare_slots(&both);
  if (keyword == K_MEASURE) say_counted(&both);
  compare_inner(&both);
  PropertyDifference difference = {.keyword = keyword, .was = was, .is = is, .wording = both.texts && !both.others};
  difference.label = buf_take(&both.label, compare->arena);
  difference.before = buf_take(&both.before, compare->arena);
  difference.after = buf_take(&both.after, compare->arena);
  add_difference(compare, difference);
}

/* ---- many against many ---- */

typedef struct {
  Item *items;
  size_t count;
  uint32_t *pairs;
  uint64_t *keys;
} Many;

typedef uint64_t KeyOf(const Compare *, const Side *, Ref);

static void pair_many(Compare *compare, Many *was, Many *is, KeyOf *key_of) {
  for (size_t i = 0; i < was->count; i++) was->keys[i] = key_of(compare, &compare->was, was->items[i].at);
  for (size_t i = 0; i < is->count; i++) is->keys[i] = key_of(compare, &compare->is, is->items[i].at);
  pair_keys(was->keys, was->pairs, was->count, is->keys, is->pairs, is->count);
}

/* Those that are left and name nothing: one text for another. */
static uint64_t no_names(const Compare *compare, const Side *side, Ref ref) {
  return names_of(compare, side, ref) == 0;
}

static void compare_many(Compare *compare, Str prefix, Many *was, Many *is);

static Many many_inside(Compare *compare, const Side *side, Ref ref, Keyword keyword) {
  Many many = {0};
  Item item = item_of(ref);
  if (ref_ok(ref)) many.count = item_all(side->project, NULL, &item, keyword, compare->arena, &many.items);
  return many;
}

/* How a list is called: "path “By phone” ", or "path " where there is no other. */
static Str list_label(Compare *compare, Keyword keyword, Ref was, Ref is, bool alone) {
  Buf label = {0};
  buf_add_c(&label, schema_row(keyword)->word);
  const Side *side = ref_ok(is) ? &compare->is : &compare->was;
  for (unsigned slot = 0; schema_row(keyword)->values[slot].type != V_NONE && !alone; slot++)
    words_of_slot(compare, side, ref_ok(is) ? is : was, slot, &label);
  buf_add_byte(&label, ' ');
  return buf_take(&label, compare->arena);
}

static void compare_list_title(Compare *compare, Keyword keyword, Ref was, Ref is) {
  uint64_t before = ref_ok(was) ? texts_of(compare, &compare->was, was) : 0,
           after = ref_ok(is) ? texts_of(compare, &compare->is, is) : 0;
  if (before == after || !ref_ok(was) || !ref_ok(is)) return;
  Both both = {.compare = compare, .keyword = keyword, .was = was, .is = is};
  for (unsigned slot = 0; schema_row(keyword)->values[slot].type != V_NONE; slot++) add_slot(&both, slot);
  add_difference(compare, (PropertyDifference){.keyword = keyword,
                                               .wording = true,
                                               .label = str_of(schema_row(keyword)->word),
                                               .before = buf_take(&both.before, compare->arena),
                                               .after = buf_take(&both.after, compare->arena),
                                               .was = was,
                                               .is = is});
}

/* A path: its title, and each of its arrows; an actor, and what they do and feel. */
static void compare_lists(Compare *compare, Keyword keyword, Ref was, Ref is, bool alone) {
  if (ref_ok(was) && ref_ok(is) && means_same(compare, was, is)) return;
  if (said_before(compare, was, is, SAID_STATEMENT)) return;
  compare_list_title(compare, keyword, was, is);
  Str label = list_label(compare, keyword, was, is, alone);
  const Inside *inside = &compare->inside[keyword];
  for (size_t i = 0; i < inside->property_count; i++) {
    Many before = many_inside(compare, &compare->was, was, inside->properties[i]),
         after = many_inside(compare, &compare->is, is, inside->properties[i]);
    bool once = schema_row(inside->properties[i])->how_often != MANY && before.count > 0 && after.count > 0;
    if (once) compare_statements(compare, label, before.items[0].at, after.items[0].at);
    else compare_many(compare, label, &before, &after);
  }
}

/* `alone`: neither side has another of its keyword. */
static void compare_pair(Compare *compare, Str prefix, Ref was, Ref is, bool alone) {
  Keyword keyword =
      (Keyword)(ref_ok(is) ? project_statement(compare->is.project, is) : project_statement(compare->was.project, was))
          ->keyword;
  if (compare->inside[keyword].is_list && prefix.len == 0) compare_lists(compare, keyword, was, is, alone);
  else compare_statements(compare, prefix, was, is);
}

static void open_many(Compare *compare, Many *many) {
  many->pairs = ARENA_ARRAY(compare->arena, uint32_t, many->count);
  many->keys = ARENA_ARRAY(compare->arena, uint64_t, many->count);
  for (size_t i = 0; i < many->count; i++) many->pairs[i] = NONE;
}

static bool all_same(const Compare *compare, const Many *was, const Many *is) {
  if (was->count != is->count) return false;
  for (size_t i = 0; i < was->count; i++)
    if (!means_same(compare, was->items[i].at, is->items[i].at)) return false;
  return true;
}

/* Of one keyword, in any order: first those that mean the same, then those that name the same, then those that say the
 * same, then one after the other. */
static void compare_many(Compare *compare, Str prefix, Many *was, Many *is) {
  if (all_same(compare, was, is)) return;
  open_many(compare, was);
  open_many(compare, is);
  KeyOf *const ways[] = {meaning_of, names_of, texts_of, no_names};
  for (size_t i = 0; i < sizeof ways / sizeof *ways && was->count > 0 && is->count > 0; i++)
    pair_many(compare, was, is, ways[i]);
  bool alone = was->count <= 1 && is->count <= 1;
  for (size_t i = 0; i < was->count; i++)
    compare_pair(compare, prefix, was->items[i].at, was->pairs[i] == NONE ? NO_REF : is->items[was->pairs[i]].at,
                 alone);
  for (size_t i = 0; i < is->count; i++)
    if (is->pairs[i] == NONE) compare_pair(compare, prefix, NO_REF, is->items[i].at, alone);
}

/* ---- things ---- */

static Many many_of(Compare *compare, const Side *side, const TreeNode *node, Keyword keyword) {
  Many many = {0};
  if (node) many.count = item_all(side->project, node->journey, &node->item, keyword, compare->arena, &many.items);
  return many;
}

/* A property that may stand once: the layer that counts says it, so that many lists are of one at most. */
static Many one_of(Compare *compare, const Side *side, const TreeNode *node, Keyword keyword) {
  Ref ref = node ? item_get(side->project, &node->item, keyword) : NO_REF;
  Many many = {.count = ref_ok(ref)};
  if (!many.count) return many;
  many.items = ARENA_NEW(compare->arena, Item);
  many.items[0] = item_of(ref);
  return many;
}

static void compare_keyword(Compare *compare, Keyword keyword, const TreeNode *was, const TreeNode *is) {
  bool once = schema_row(keyword)->how_often != MANY;
  Many before = once ? one_of(compare, &compare->was, was, keyword) : many_of(compare, &compare->was, was, keyword);
  Many after = once ? one_of(compare, &compare->is, is, keyword) : many_of(compare, &compare->is, is, keyword);
  if (once && before.count && after.count) compare_pair(compare, STR(""), before.items[0].at, after.items[0].at, true);
  else compare_many(compare, STR(""), &before, &after);
}

/* A text of the declaration: its title, what is written above it. `was` and `is`: where it stands. */
static void add_text(Compare *compare, const char *label, Str before, Str after, Ref was, Ref is) {
  if (str_is(before, after) || (before.len > 0 && after.len > 0 && text_meaning(before) == text_meaning(after))) return;
  if (said_before(compare, was, is, str_is(str_of(label), STR("title")) ? SAID_TITLE : SAID_HEAD)) return;
  Buf words[2] = {0};
  if (before.len > 0) words_quoted(before, &words[0]);
  if (after.len > 0) words_quoted(after, &words[1]);
  add_difference(compare, (PropertyDifference){.label = str_of(label),
                                               .before = buf_take(&words[0], compare->arena),
                                               .after = buf_take(&words[1], compare->arena),
                                               .wording = true,
                                               .was = before.len > 0 ? was : NO_REF,
                                               .is = after.len > 0 ? is : NO_REF});
}

/* The layer that says how it is called. */
static Ref title_ref(const Side *side, const Item *item) {
  for (uint32_t i = 0; i <= item->count; i++) {
    Ref ref = i < item->count ? item->over[i] : item->at;
    const Unit *unit = unit_of(side, ref);
    const Statement *statement = &unit->statements[ref.at];
    for (uint32_t v = 0; v < statement->value_count; v++)
      if (unit->values[statement->first_value + v].type == V_TEXT) return ref;
  }
  return item->at;
}

static Str doc_of(Compare *compare, const Side *side, const TreeNode *node) {
  Ref ref = node_ref(node);
  return unit_doc(project_unit(side->project, ref), compare->arena, ref.at);
}

static void compare_titles(Compare *compare, const TreeNode *was, const TreeNode *is) {
  Str before = item_title(compare->was.project, &was->item, compare->arena);
  Str after = item_title(compare->is.project, &is->item, compare->arena);
  if (str_is(before, after)) return;
  add_text(compare, "title", before, after, title_ref(&compare->was, &was->item), title_ref(&compare->is, &is->item));
}

/* A value of the declaration, such as the rank of a severity. */
static void compare_value(Compare *compare, const ValueRule *rule, unsigned slot, Ref was, Ref is) {
  if (slot_meaning(compare, &compare->was, was, slot) == slot_meaning(compare, &compare->is, is, slot)) return;
  Buf before = {0}, after = {0};
  if (ref_ok(was)) words_of_slot(compare, &compare->was, was, slot, &before);
  if (ref_ok(is)) words_of_slot(compare, &compare->is, is, slot, &after);
  add_difference(compare, (PropertyDifference){.label = str_of(rule->name),
                                               .before = buf_take(&before, compare->arena),
                                               .after = buf_take(&after, compare->arena),
                                               .was = was,
                                               .is = is});
}

static void compare_heads(Compare *compare, Keyword keyword, const TreeNode *was, const TreeNode *is) {
  const ValueRule *rules = schema_row(keyword)->values;
  for (unsigned slot = 0; rules[slot].type != V_NONE; slot++)
    if (rules[slot].type != V_ID && rules[slot].type != V_TEXT)
      compare_value(compare, &rules[slot], slot, was ? was->item.at : NO_REF, is ? is->item.at : NO_REF);
  if (!was || !is) return;
  compare_titles(compare, was, is);
  add_text(compare, "description", doc_of(compare, &compare->was, was), doc_of(compare, &compare->is, is),
           node_ref(was), node_ref(is));
}

/* Whether both are spelled property for property alike; declarations are looked at on their own. */
static bool spelled_alike(const Compare *compare, const TreeNode *was, const TreeNode *is) {
  if (was->item.count > 0 || is->item.count > 0) return false;
  const Unit *a = project_unit(compare->was.project, was->item.at), *b = project_unit(compare->is.project, is->item.at);
  uint32_t i = unit_first_child(a, was->item.at.at), k = unit_first_child(b, is->item.at.at);
  for (; i != NONE && k != NONE; i = unit_next_sibling(a, i), k = unit_next_sibling(b, k)) {
    if (a->statements[i].keyword != b->statements[k].keyword) return false;
    if (schema_declares((Keyword)a->statements[i].keyword)) continue;
    if (!means_same(compare, (Ref){was->item.at.unit, i}, (Ref){is->item.at.unit, k})) return false;
  }
  return i == NONE && k == NONE;
}

void compare_properties(Compare *compare, Keyword keyword, const TreeNode *was, const TreeNode *is) {
  compare_heads(compare, keyword, was, is);
  if (was && is && spelled_alike(compare, was, is)) return;
  const Inside *inside = &compare->inside[keyword];
  for (size_t i = 0; i < inside->property_count; i++) compare_keyword(compare, inside->properties[i], was, is);
}

/* ---- files ---- */

static Many many_at_top(Compare *compare, const Side *side, Keyword keyword) {
  VEC(Item) found = {0};
  for (uint32_t u = 0; u < side->project->unit_count; u++) {
    const Unit *unit = side->project->units[u];
    for (uint32_t at = 0; project_is_own(side->project, u) && at < unit->statement_count;
         at = unit->statements[at].after)
      if (unit->statements[at].keyword == keyword) vec_push(&found, item_of((Ref){u, at}));
  }
  Many many = {.items = ARENA_ARRAY(compare->arena, Item, found.len), .count = found.len};
  if (found.len > 0) memcpy(many.items, found.at, found.len * sizeof *found.at);
  vec_free(&found);
  return many;
}

void compare_files(Compare *compare) {
  const Inside *inside = &compare->inside[K_FILE];
  for (size_t i = 0; i < inside->property_count; i++) {
    Many was = many_at_top(compare, &compare->was, inside->properties[i]),
         is = many_at_top(compare, &compare->is, inside->properties[i]);
    compare_many(compare, STR(""), &was, &is);
  }
}
