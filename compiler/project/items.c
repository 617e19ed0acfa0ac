/* Reading items: what a part of a journey says once all variants are laid over it. */
#include <math.h>
#include <stdlib.h>

#include "base/calendar.h"
#include "base/os.h"
#include "project/scope.h"

int ref_compare(const void *a, const void *b) {
  const Ref *x = a, *y = b;
  if (x->unit != y->unit) return x->unit < y->unit ? -1 : 1;
  return x->at == y->at ? 0 : x->at < y->at ? -1 : 1;
}

static uint32_t layer_count(const Item *item) { return ref_ok(item->at) ? item->count + 1 : 0; }
static Ref layer(const Item *item, uint32_t i) { return i < item->count ? item->over[i] : item->at; }

Ref item_get(const Project *p, const Item *item, Keyword keyword) {
  for (uint32_t i = 0; i < layer_count(item); i++) {
    Ref at = layer(item, i);
    uint32_t child = unit_child(project_unit(p, at), at.at, keyword);
    if (child != NONE) return (Ref){at.unit, child};
  }
  return NO_REF;
}

static bool is_dropped(const Journey *journey, Ref ref) {
  return journey && journey->dropped_count > 0 &&
         bsearch(&ref, journey->dropped, journey->dropped_count, sizeof ref, ref_compare);
}

typedef VEC(Item) Items;

/* A declaration of the same id in a lower layer: what stands above is laid over it. */
static bool merge(const Project *p, Arena *arena, Items *items, Ref found) {
  Str id = unit_id(project_unit(p, found), found.at);
  for (size_t i = 0; i < items->len; i++) {
    Item *item = &items->at[i];
    if (id.len == 0 || !str_is(id, unit_id(project_unit(p, item->at), item->at.at))) continue;
    Ref *over = ARENA_ARRAY(arena, Ref, item->count + 1);
    for (uint32_t j = 0; j < item->count; j++) over[j] = item->over[j];
    over[item->count] = item->at;
    *item = (Item){.at = found, .count = item->count + 1, .over = over};
    return true;
  }
  return false;
}

/* Base first: what a variant adds stands behind what was there. */
static void order_base_first(Items *items, const size_t *ends, uint32_t layers, Item *to) {
  size_t out = 0;
  for (uint32_t i = layers; i-- > 0;)
    for (size_t from = i == 0 ? 0 : ends[i - 1]; from < ends[i]; from++) to[out++] = items->at[from];
}

size_t item_all(const Project *p, const Journey *journey, const Item *item, Keyword keyword, Arena *arena,
                Item **items) {
  Items found = {0};
  bool merges = schema_declares(keyword);
  uint32_t layers = layer_count(item);
  size_t *ends = ARENA_ARRAY(arena, size_t, layers + 1);
  for (uint32_t i = 0; i < layers; i++) {
    Ref at = layer(item, i);
    const Unit *unit = project_unit(p, at);
    for (uint32_t child = unit_first_child(unit, at.at); child != NONE; child = unit_next_sibling(unit, child)) {
      Ref ref = {at.unit, child};
      if (unit->statements[child].keyword != keyword || is_dropped(journey, ref)) continue;
      if (!merges || i == 0 || !merge(p, arena, &found, ref)) vec_push(&found, item_of(ref));
    }
    ends[i] = found.len;
    if (!merges && found.len > 0) layers = i + 1;
  }
  size_t count = found.len;
  *items = ARENA_ARRAY(arena, Item, count);
  order_base_first(&found, ends, layers, *items);
  vec_free(&found);
  return count;
}

Str item_id(const Project *p, const Item *item) {
  return ref_ok(item->at) ? unit_id(project_unit(p, item->at), item->at.at) : STR("");
}

static const Value *title_value(const Unit *unit, uint32_t at) {
  const Statement *statement = &unit->statements[at];
  for (uint32_t i = 0; i < statement->value_count; i++)
    if (unit->values[statement->first_value + i].type == V_TEXT) return &unit->values[statement->first_value + i];
  return NULL;
}

Str item_title(const Project *p, const Item *item, Arena *arena) {
  for (uint32_t i = 0; i < layer_count(item); i++) {
    Ref at = layer(item, i);
    const Value *title = title_value(project_unit(p, at), at.at);
    if (title) return unit_text(project_unit(p, at), arena, title);
  }
  return item_id(p, item);
}

static const Value *property(const Project *p, const Item *item, Keyword keyword, unsigned slot, Ref *at) {
  *at = item_get(p, item, keyword);
  return ref_ok(*at) ? unit_value(project_unit(p, *at), at->at, slot) : NULL;
}

Str item_text(const Project *p, const Item *item, Keyword keyword, unsigned slot, Arena *arena) {
  Ref at;
  const Value *value = property(p, item, keyword, slot, &at);
  return value ? unit_text(project_unit(p, at), arena, value) : STR("");
}

Ref item_ref(const Project *p, const Item *item, Keyword keyword) {
  Ref at = item_get(p, item, keyword);
  if (!ref_ok(at)) return NO_REF;
  const Unit *unit = project_unit(p, at);
  const Statement *statement = &unit->statements[at.at];
  for (uint32_t i = 0; i < statement->value_count; i++)
    if (unit->values[statement->first_value + i].type == V_REF)
      return project_resolve(p, at, &unit->values[statement->first_value + i]);
  return NO_REF;
}

size_t claim_evidence(const Project *p, const Item *step, Ref claim, Arena *arena, Ref **refs) {
  Item own = item_of(claim);
  size_t count = ref_ok(claim) ? item_refs(p, &own, K_FROM, arena, refs) : 0;
  return count || !step ? count : item_refs(p, step, K_FROM, arena, refs);
}

enum { MINUTES_A_DAY = 24 * 60 };

bool evidence_fresh_until(const Project *p, Ref evidence, int32_t *day) {
  Item item = item_of(evidence);
  double collected, minutes = p->settings.fresh_for;
  item_number(p, &item, K_FRESH_FOR, 0, &minutes);
  if (!item_number(p, &item, K_COLLECTED, 0, &collected) || minutes <= 0) return false;
  *day = (int32_t)fmin(collected + minutes / MINUTES_A_DAY, INT32_MAX);
  return true;
}

size_t item_refs(const Project *p, const Item *item, Keyword keyword, Arena *arena, Ref **refs) {
  Ref at = item_get(p, item, keyword);
  *refs = NULL;
  if (!ref_ok(at)) return 0;
  const Unit *unit = project_unit(p, at);
  const Statement *statement = &unit->statements[at.at];
  *refs = ARENA_ARRAY(arena, Ref, statement->value_count);
  size_t count = 0;
  for (uint32_t i = 0; i < statement->value_count; i++) {
    const Value *value = &unit->values[statement->first_value + i];
    Ref ref = value->type == V_REF ? project_resolve(p, at, value) : NO_REF;
    if (ref_ok(ref)) (*refs)[count++] = ref;
  }
  return count;
}

bool item_number(const Project *p, const Item *item, Keyword keyword, unsigned slot, double *number) {
  Ref at;
  const Value *value = property(p, item, keyword, slot, &at);
  if (!value || value->type == V_REF || value->type == V_TEXT || value->type == V_CHOICE) return false;
  *number = value->number;
  return true;
}

const char *item_choice(const Project *p, const Item *item, Keyword keyword, unsigned slot) {
  Ref at;
  const Value *value = property(p, item, keyword, slot, &at);
  return value && value->type == V_CHOICE ? schema_row(keyword)->values[slot].choices[value->extra] : NULL;
}

static uint32_t hex(char c) { return (uint32_t)(c <= '9' ? c - '0' : (c | 32) - 'a' + 10) & 15; }

bool item_colour(const Project *p, const Item *item, uint32_t *colour) {
  Ref at;
  const Value *value = property(p, item, K_COLOUR, 0, &at);
  Str raw = value ? unit_raw(project_unit(p, at), value) : STR("");
  if (raw.len != 4 && raw.len != 7) return false;
  *colour = 0;
  for (size_t i = 1; i < raw.len; i++)
    *colour = raw.len == 4 ? *colour << 8 | hex(raw.at[i]) * 17 : *colour << 4 | hex(raw.at[i]);
  return true;
}

/* ---- what a map asks for ---- */

const Journey *project_journey_of(const Project *p, Ref ref) {
  Ref at = scope_journey(p, ref);
  return ref_ok(at) ? scope_journey_at(p, at) : NULL;
}

Ref step_owner(const Project *p, const Journey *journey, const Step *step) {
  Ref owner = item_ref(p, &step->item, K_OWNER);
  if (!ref_ok(owner)) owner = item_ref(p, &journey->stages[step->stage].item, K_OWNER);
  return ref_ok(owner) ? owner : item_ref(p, &journey->item, K_OWNER);
}

Ref stage_name_of(const Project *p, const Journey *journey, const Stage *stage) {
  Ref as = item_ref(p, &stage->item, K_AS);
  if (ref_ok(as)) return as;
  Resolved found = scope_resolve(p, journey->at, item_id(p, &stage->item), K_STAGE_NAME);
  if (found.count != 1) {
    Arena *arena = arena_new();
    Buf slug = {0};
    unit_slug(&slug, item_title(p, &stage->item, arena));
    found = scope_resolve(p, journey->at, buf_str(&slug), K_STAGE_NAME);
    buf_free(&slug);
    arena_free(arena);
  }
  return found.count == 1 ? found.found : NO_REF;
}

Ref stage_name_meaning(const Project *p, Ref name) {
  enum { LONGEST_CHAIN = 32 }; /* of words for words: a circle ends here, too */
  for (int i = 0; i < LONGEST_CHAIN; i++) {
    Ref other = item_ref(p, &(Item){.at = name}, K_MEANS);
    if (!ref_ok(other)) break;
    name = other;
  }
  return name;
}

static double kept_inside(double emotion) { return emotion < -1 ? -1 : emotion > 1 ? 1 : emotion; }

/* A number is read on the scale of the journey in which it was written; a variant may have another. */
static double inner_emotion(const Project *p, Ref feels, double number) {
  const Journey *journey = project_journey_of(p, feels);
  double min = journey ? journey->scale_min : -2, max = journey ? journey->scale_max : 2;
  return kept_inside(2 * (number - min) / (max - min) - 1);
}

static bool declared_emotion(const Project *p, Ref word, double *emotion) {
  const Unit *unit = ref_ok(word) ? project_unit(p, word) : NULL;
  const Value *value = unit ? unit_value(unit, word.at, 2) : NULL;
  if (!value) return false;
  *emotion = kept_inside(value->number);
  return true;
}

bool step_emotion(const Project *p, const Step *step, double *emotion) {
  return feels_emotion(p, item_get(p, &step->item, K_FEELS), emotion);
}

bool feels_emotion(const Project *p, Ref feels, double *emotion) {
  const Value *value = ref_ok(feels) ? unit_value(project_unit(p, feels), feels.at, 0) : NULL;
  if (!value) return false;
  if (value->type == V_REF) return declared_emotion(p, project_resolve(p, feels, value), emotion);
  *emotion = inner_emotion(p, feels, value->number);
  return true;
}

int pain_severity(const Project *p, const Item *pain) {
  Ref severity = item_ref(p, pain, K_SEVERITY_OF);
  const Value *rank = ref_ok(severity) ? unit_value(project_unit(p, severity), severity.at, 2) : NULL;
  return rank ? (int)(rank->number + 0.5) : 0;
}

Str emotion_on_scale(const Journey *journey, double emotion, Arena *arena) {
  double value = journey->scale_min + (emotion + 1) / 2 * (journey->scale_max - journey->scale_min);
  Buf out = {0};
  if (value >= 0.05 && journey->scale_min < 0) buf_add_byte(&out, '+');
  if (value <= -0.05) { /* what rounds to 0 has no sign */
    buf_add_c(&out, "\xE2\x88\x92");
    value = -value;
  }
  buf_number(&out, value, 1);
  return buf_take(&out, arena);
}

/* A month is one later in the calendar; days that the month doesn't have run over, which is a day or two of grace. */
static int32_t months_later(int32_t days, int months) {
  CalendarDay day = calendar_day(days);
  int month = day.month - 1 + months;
  return calendar_days((CalendarDay){day.year + month / 12, month % 12 + 1, day.day});
}

bool journey_review_due(const Project *p, const Journey *journey, int32_t *due) {
  static const int months[] = {1, 3, 6, 12}; /* as `every` lists them */
  double reviewed;
  if (!item_number(p, &journey->item, K_REVIEWED, 0, &reviewed)) return false;
  Ref at = item_get(p, &journey->item, K_REVIEWED);
  uint32_t every = unit_child(project_unit(p, at), at.at, K_EVERY);
  const Value *period = every == NONE ? NULL : unit_value(project_unit(p, at), every, 0);
  int later = period ? months[period->extra] : p->settings.review_every;
  if (later == 0) return false;
  *due = months_later((int32_t)reviewed, later);
  return true;
}

Ranking journey_ranked_by(const Project *p, const Journey *journey) {
  Ref at = item_get(p, &journey->item, K_RANKED_BY);
  const Value *ranking = ref_ok(at) ? unit_value(project_unit(p, at), at.at, 0) : NULL;
  return ranking ? (Ranking)ranking->extra : p->settings.ranked_by;
}
