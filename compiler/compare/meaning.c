/* What statements mean, as numbers: the same for the same meaning. */
#include <math.h>

#include "compare/build.h"
#include "unit/value.h"

static uint64_t mix(uint64_t a, uint64_t b) {
  uint64_t hash = (a ^ b) * 0xff51afd7ed558ccdu;
  return hash ^ hash >> 32;
}

static uint64_t number_meaning(double number) {
  double rounded = round(number * 1e6) + 0.0; /* -0 is 0 */
  if (rounded == 0) rounded = 0;
  uint64_t bits;
  memcpy(&bits, &rounded, sizeof bits);
  return mix(bits, 0x9e3779b97f4a7c15u);
}

static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/* Lines broken elsewhere are no other text. */
uint64_t text_meaning(Str text) {
  Buf plain = {0};
  text = str_trim(text);
  for (size_t i = 0; i < text.len; i++) {
    if (!is_space(text.at[i])) buf_add_byte(&plain, text.at[i]);
    else if (!is_space(text.at[i - 1])) buf_add_byte(&plain, ' ');
  }
  uint64_t hash = str_hash(buf_str(&plain));
  buf_free(&plain);
  return hash;
}

/* What a name means: the thing, paired with that of the other side; or else what it is called. */
static uint64_t name_meaning(const Compare *compare, const Side *side, Ref from, const Value *value) {
  Ref ref = project_resolve(side->project, from, value);
  if (!ref_ok(ref)) return mix(str_hash(unit_raw(project_unit(side->project, from), value)), 1);
  const TreeNode *node = side_node(side, ref);
  if (node && node->pair != NONE)
    return mix(side == &compare->was ? node->pair : (uint64_t)(node - side->nodes.at), 0x5bd1e995);
  return mix(str_hash(unit_id(project_unit(side->project, ref), ref.at)),
             project_statement(side->project, ref)->keyword);
}

static uint64_t emotion_meaning(const Side *side, Ref from, double number) {
  const Journey *journey = project_journey_of(side->project, from);
  double min = journey ? journey->scale_min : -2, max = journey ? journey->scale_max : 2;
  return number_meaning((number - min) / (max - min));
}

static uint64_t colour_meaning(Str raw) {
  uint64_t hash = 0;
  for (size_t i = 1; i < raw.len; i++)
    for (int twice = raw.len == 4 ? 0 : 1; twice < 2; twice++) hash = hash << 4 | ((unsigned char)raw.at[i] & 31u) % 25;
  return mix(hash, raw.len > 0);
}

/* "€1.5k" and "1500 €" differ in the amount's spelling alone: what is neither digit nor scale is the currency. */
static uint64_t money_meaning(Str raw, double amount) {
  Buf currency = {0};
  for (size_t i = 0; i < raw.len; i++)
    if (!strchr("0123456789.,+- kKmM", raw.at[i])) buf_add_byte(&currency, raw.at[i]);
  uint64_t hash = str_hash(buf_str(&currency));
  buf_free(&currency);
  return mix(hash, number_meaning(amount));
}

static uint64_t value_meaning(const Compare *compare, const Side *side, Ref from, const Value *value) {
  const Unit *unit = project_unit(side->project, from);
  uint64_t type = (uint64_t)value->type << 8 | value->slot;
  switch ((ValueType)value->type) {
    case V_REF:
    case V_REFS: return mix(name_meaning(compare, side, from, value), type);
    case V_TEXT:
    case V_PATH: return mix(text_meaning(unit_text(unit, compare->arena, value)), type);
    case V_CHOICE: return mix(value->extra, type);
    case V_RANGE:
      return mix(mix(number_meaning((double)value->range.min), number_meaning((double)value->range.max)), type);
    case V_EMOTION: return mix(emotion_meaning(side, from, value->number), type);
    case V_MONEY: return mix(money_meaning(unit_raw(unit, value), value->number), type);
    case V_OPERATOR: return mix(str_hash(str_of(value_operator(unit_raw(unit, value)))), type);
    case V_COLOUR: return mix(colour_meaning(unit_raw(unit, value)), type);
    case V_NUMBER:
    case V_SHARE:
    case V_DURATION:
    case V_DATE:
    case V_TIME:
    case V_QUANTITY: return mix(number_meaning(value->number), type);
    default: return mix(str_hash(unit_raw(unit, value)), type);
  }
}

static bool is_name(const Value *value) { return value->type == V_REF || value->type == V_REFS; }

/* The order of several names in one slot is kept out of it: `via email, phone` is `via phone, email`. But lanes are
 * drawn in the order in which they are listed. */
static uint64_t values_meaning(const Compare *compare, const Side *side, Ref ref, bool names, bool texts, bool rest) {
  const Unit *unit = project_unit(side->project, ref);
  const Statement *statement = &unit->statements[ref.at];
  uint64_t sum = 0;
  for (uint32_t i = 0; i < statement->value_count; i++) {
    const Value *value = &unit->values[statement->first_value + i];
    bool wanted = is_name(value) ? names : value->type == V_TEXT ? texts : rest;
    uint64_t place = statement->keyword == K_LANES ? i + 1 : 1;
    if (wanted && value->type != V_ID) sum += place * value_meaning(compare, side, ref, value);
  }
  return sum;
}

uint64_t meaning_of(const Compare *compare, const Side *side, Ref ref) {
  const Unit *unit = project_unit(side->project, ref);
  uint64_t sum = mix(unit->statements[ref.at].keyword, values_meaning(compare, side, ref, true, true, true));
  for (uint32_t i = unit_first_child(unit, ref.at); i != NONE; i = unit_next_sibling(unit, i))
    sum += mix(meaning_of(compare, side, (Ref){ref.unit, i}), 0x165667b19e3779f9u);
  return sum | 1;
}

uint64_t names_of(const Compare *compare, const Side *side, Ref ref) {
  return values_meaning(compare, side, ref, true, false, false);
}

uint64_t texts_of(const Compare *compare, const Side *side, Ref ref) {
  return values_meaning(compare, side, ref, false, true, false);
}

uint64_t slot_meaning(const Compare *compare, const Side *side, Ref ref, unsigned slot) {
  if (!ref_ok(ref)) return 0;
  const Unit *unit = project_unit(side->project, ref);
  const Statement *statement = &unit->statements[ref.at];
  uint64_t sum = 0;
  for (uint32_t i = 0; i < statement->value_count; i++) {
    const Value *value = &unit->values[statement->first_value + i];
    uint64_t place = statement->keyword == K_LANES ? i + 1 : 1;
    if (value->slot == slot) sum += place * value_meaning(compare, side, ref, value);
  }
  return sum;
}

/* ---- quickly ---- */

/* Whether what it says hangs on where it stands: on the parts of its journey, or on the journey's scale. */
static bool hangs_on_place(const Unit *unit, uint32_t at) {
  for (uint32_t i = at; i < unit->statements[at].after; i++) {
    const Statement *statement = &unit->statements[i];
    const ValueRule *rules = schema_row((Keyword)statement->keyword)->values;
    for (uint32_t v = 0; v < statement->value_count; v++) {
      const Value *value = &unit->values[statement->first_value + v];
      if (value->type == V_EMOTION || value->type == V_ID) return true;
      if (!is_name(value)) continue;
      Keyword target = rules[value->slot].target;
      if (target == K_STEP || target == K_PART || schema_target_matches(K_PART, target)) return true;
    }
  }
  return false;
}

bool means_same(const Compare *compare, Ref was, Ref is) {
  const Unit *a = project_unit(compare->was.project, was), *b = project_unit(compare->is.project, is);
  if (a->statements[was.at].keyword != b->statements[is.at].keyword) return false;
  bool spelled_alike =
      str_is(source_text(&a->source, a->statements[was.at].span), source_text(&b->source, b->statements[is.at].span));
  if (spelled_alike && !hangs_on_place(b, is.at)) return true;
  return meaning_of(compare, &compare->was, was) == meaning_of(compare, &compare->is, is);
}
