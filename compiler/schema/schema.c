#include "schema/schema.h"

#include <pthread.h>

#define IN(...) EXPAND_WHERE(__VA_ARGS__)
#define EXPAND_WHERE(...) ((const Keyword[]){KEYWORDS(__VA_ARGS__) K_NONE})
/* K_ in front of each of up to twenty names. */
#define KEYWORDS(...) KEYWORDS_(__VA_ARGS__, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _)
#define KEYWORDS_(a, b, c, d, e, f, g, h, i, j, ...) \
  K1(a) K1(b) K1(c) K1(d) K1(e) K1(f) K1(g) K1(h) K1(i) K1(j) MORE_KEYWORDS(__VA_ARGS__)
#define MORE_KEYWORDS(a, b, c, d, e, f, g, h, i, j, ...) K1(a) K1(b) K1(c) K1(d) K1(e) K1(f) K1(g) K1(h) K1(i) K1(j)
#define K1(name) K_##name,
#define K__ K_NONE

#define VALUES(...) ((const ValueRule[]){__VA_ARGS__, {0}})
#define REQ(rule, word) \
  { RULE_##rule, .name = word }
#define OPT(rule, word) \
  { RULE_##rule, .name = word, .optional = true }
#define EITHER(rule, word) \
  { RULE_##rule, .name = word, .optional = true, .either = true }
#define RULE_ID .type = V_ID
#define RULE_TEXT .type = V_TEXT
#define RULE_REF(keyword) .type = V_REF, .target = K_##keyword
#define RULE_REFS(keyword) .type = V_REFS, .target = K_##keyword
#define RULE_CHOICE(...) \
  .type = V_CHOICE, .choices = (const char *const[]) { __VA_ARGS__, NULL }
#define RULE_NUMBER(least, most) .type = V_NUMBER, .min = (least), .max = (most)
#define RULE_SHARE .type = V_SHARE, .max = 1
#define RULE_DURATION .type = V_DURATION
#define RULE_MONEY .type = V_MONEY
#define RULE_DATE .type = V_DATE
#define RULE_TIME .type = V_TIME
#define RULE_EMOTION .type = V_EMOTION, .target = K_EMOTION
#define RULE_RANGE .type = V_RANGE
#define RULE_QUANTITY .type = V_QUANTITY
#define RULE_OPERATOR .type = V_OPERATOR
#define RULE_PATH .type = V_PATH
#define RULE_COLOUR .type = V_COLOUR
#define RULE_CODE .type = V_CODE

static const KeywordRow rows[K_COUNT] = {
#define KEYWORD(id, word, key, where, how_often, values, doc, example, also) \
  [K_##id] = {word, key, where, how_often, values, doc, example, also},
#include "schema/schema.def"
#undef KEYWORD
};

enum { FIRST_ROW = K_FILE + 1, SLOTS = 512 };

/* Made from the rows at the first use, never changed after. */
static struct {
  pthread_once_t once;
  uint8_t by_word[SLOTS];     /* the first row of a word: open addressing */
  uint8_t same_word[K_COUNT]; /* the next row of the same word */
  bool allowed[K_COUNT][K_COUNT];
  bool has_block[K_COUNT];
  uint8_t required[K_COUNT];
} table = {.once = PTHREAD_ONCE_INIT};

_Static_assert(K_COUNT < SLOTS / 2, "the table of words is too small");

static size_t slot_of(Str word) {
  size_t slot = str_hash(word) % SLOTS;
  while (table.by_word[slot] && !str_is_c(word, rows[table.by_word[slot]].word)) slot = (slot + 1) % SLOTS;
  return slot;
}

static void make_table(void) {
  for (int row = K_COUNT - 1; row >= FIRST_ROW; row--) {
    size_t slot = slot_of(str_of(rows[row].word));
    table.same_word[row] = table.by_word[slot];
    table.by_word[slot] = (uint8_t)row;
    for (const Keyword *where = rows[row].where; *where != K_NONE; where++) {
      table.allowed[*where][row] = true;
      table.has_block[*where] = true;
      if (rows[row].how_often == REQUIRED) table.required[*where] = (uint8_t)row;
    }
  }
}

static void prepare(void) { pthread_once(&table.once, make_table); }

const KeywordRow *schema_row(Keyword keyword) { return &rows[keyword]; }

Keyword schema_find(Keyword parent, Str word) {
  prepare();
  for (uint8_t row = table.by_word[slot_of(word)]; row; row = table.same_word[row])
    if (table.allowed[parent][row]) return (Keyword)row;
  return K_NONE;
}

Keyword schema_find_anywhere(Str word, Keyword after) {
  prepare();
  if (after != K_NONE) return (Keyword)table.same_word[after];
  return (Keyword)table.by_word[slot_of(word)];
}

bool schema_has_namesake(Keyword keyword) {
  Str word = str_of(schema_row(keyword)->word);
  return schema_find_anywhere(word, K_NONE) != keyword || schema_find_anywhere(word, keyword) != K_NONE;
}

bool schema_allows(Keyword parent, Keyword child) {
  prepare();
  return table.allowed[parent][child];
}

bool schema_has_block(Keyword keyword) {
  prepare();
  return table.has_block[keyword];
}

Keyword schema_required(Keyword parent) {
  prepare();
  return (Keyword)table.required[parent];
}

bool schema_is_structure(Keyword keyword) {
  switch (keyword) {
    case K_USE:
    case K_CHANGE:
    case K_DROP:
    case K_AFTER:
    case K_BEFORE:
    case K_SILENCE: return true;
    default: return false;
  }
}

bool schema_is_content(Keyword keyword) {
  switch (keyword) {
    case K_PROJECT:
    case K_RULE:
    case K_TOO_LARGE:
    case K_REVIEW_EVERY:
    case K_BASELINE: return false;
    default: return !schema_is_structure(keyword);
  }
}

bool schema_declares(Keyword keyword) { return rows[keyword].how_often == DECLARES; }

bool schema_is_of_journey(Keyword keyword) {
  if (keyword == K_STEP || keyword == K_PART) return true;
  return keyword < K_COUNT && schema_declares(keyword) &&
         (schema_target_matches(K_PART, keyword) || schema_allows(K_JOURNEY, keyword));
}

const char *schema_target_words(Keyword target) {
  if (target == K_STEP) return "stage or step";
  if (target == K_PART) return "stage, step, pain or opportunity";
  if (target == K_AUDIENCE) return "persona, segment or channel";
  if (target == K_PERSONA_NEED) return "need of a persona";
  return rows[target].word;
}

bool schema_target_matches(Keyword target, Keyword declared) {
  if (target == K_STEP) return declared == K_STAGE || declared == K_TOUCHPOINT;
  if (target == K_PART)
    return declared == K_STAGE || declared == K_TOUCHPOINT || declared == K_PAIN || declared == K_OPPORTUNITY;
  if (target == K_AUDIENCE) return declared == K_PERSONA || declared == K_SEGMENT || declared == K_CHANNEL;
  return target == declared;
}
