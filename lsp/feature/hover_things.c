/* Declarations: journeys, stages, steps, personas, teams, evidence, whatever has a name. */
#include "flow/flow.h"
#include "lsp/feature/curve.h"
#include "lsp/feature/hover_parts.h"
#include "lsp/feature/uses_words.h"
#include "view/words.h"

/* ---- texts ---- */

Str hover_clip(Str text, size_t most, Arena *arena) {
  if (text.len <= most) return text;
  size_t end = most;
  while (end > most / 2 && text.at[end] != ' ') end--;
  if (text.at[end] != ' ')
    for (end = most; end > 0 && ((unsigned char)text.at[end] & 0xC0) == 0x80;) end--;
  return arena_format(arena, STR_FMT "\u2026", STR_ARG(str_slice(text, 0, end)));
}

static Str value_text(const Hover *hover, Ref ref, const Value *value) {
  const Unit *unit = project_unit(hover->p, ref);
  Arena *arena = hover->arena;
  Ref meant = value->type == V_REF ? project_resolve(hover->p, ref, value) : NO_REF;
  Item item = item_of(meant);
  switch (value->type) {
    case V_REF: return ref_ok(meant) ? item_title(hover->p, &item, arena) : unit_raw(unit, value);
    case V_TEXT:
    case V_PATH: return unit_text(unit, arena, value);
    case V_DURATION: return words_duration(unit_raw(unit, value), arena);
    case V_DATE: return words_date((int32_t)value->number, arena);
    default: return unit_raw(unit, value);
  }
}

Str hover_values(const Hover *hover, Ref ref, size_t most) {
  const Unit *unit = project_unit(hover->p, ref);
  const Statement *statement = &unit->statements[ref.at];
  Buf words = {0};
  for (uint16_t i = 0; i < statement->value_count; i++) {
    const Value *value = &unit->values[statement->first_value + i];
    bool same_slot = i > 0 && value->slot == unit->values[statement->first_value + i - 1].slot;
    bool is_text = value->type == V_TEXT;
    if (i > 0) buf_add_c(&words, same_slot || is_text ? ", " : " ");
    buf_add(&words, value_text(hover, ref, value));
  }
  return hover_clip(buf_take(&words, hover->arena), most, hover->arena);
}

/* ---- what it says of itself ---- */

/* Short statements that say one thing: not numbers, which are shown apart, nor what is for the record. */
static bool is_property(const Unit *unit, uint32_t at, Keyword parent) {
  const Statement *statement = &unit->statements[at];
  Keyword keyword = (Keyword)statement->keyword;
  const KeywordRow *row = schema_row(keyword);
  if (!schema_is_content(keyword) || row->values[0].type == V_NONE || !statement->value_count) return false;
  if (row->how_often == ONE) return true;
  if (keyword == K_PERSONA_NEED || keyword == K_NEEDS) return true;
  return row->how_often == MANY && parent != K_JOURNEY && keyword != K_NOTE && keyword != K_CLAIM &&
         (row->values[0].type == V_TEXT || keyword == K_SEEN_IN);
}

/* "1 May 2026 every quarter" */
static Str reviewed_words(const Hover *hover, Ref ref, Str date) {
  uint32_t every = unit_child(project_unit(hover->p, ref), ref.at, K_EVERY);
  if (every == NONE) return date;
  Str period = hover_values(hover, (Ref){ref.unit, every}, 40);
  return arena_format(hover->arena, STR_FMT " every " STR_FMT, STR_ARG(date), STR_ARG(period));
}

static void add_properties(const Hover *hover, Ref ref) {
  enum { MOST = 9, MOST_OF_ONE = 2, LONGEST = 110 };
  const Unit *unit = project_unit(hover->p, ref);
  Keyword parent = (Keyword)unit->statements[ref.at].keyword;
  int count = 0, of_one[K_COUNT] = {0};
  for (uint32_t at = unit_first_child(unit, ref.at); at != NONE && count < MOST; at = unit_next_sibling(unit, at)) {
    Keyword keyword = (Keyword)unit->statements[at].keyword;
    if (!is_property(unit, at, parent) || of_one[keyword]++ >= MOST_OF_ONE) continue;
    Str words = hover_values(hover, (Ref){ref.unit, at}, LONGEST);
    Item item = item_of((Ref){ref.unit, at});
    if (schema_declares(keyword)) words = hover_clip(item_title(hover->p, &item, hover->arena), LONGEST, hover->arena);
    if (keyword == K_REVIEWED) words = reviewed_words(hover, (Ref){ref.unit, at}, words);
    prose_line(hover->prose, schema_row(keyword)->word, words);
    count++;
  }
}

/* "The quote takes twelve days, The budget is closed" */
static Str titles_of(const Hover *hover, const Item *item, Keyword keyword) {
  Item *all;
  size_t count = item_all(hover->p, NULL, item, keyword, hover->arena, &all);
  Buf words = {0};
  for (size_t i = 0; i < count; i++)
    buf_printf(&words, "%s" STR_FMT, i ? ", " : "", STR_ARG(item_title(hover->p, &all[i], hover->arena)));
  return hover_clip(buf_take(&words, hover->arena), 160, hover->arena);
}

/* ---- journeys and their places ---- */

void hover_curve(const Hover *hover, Ref ref) {
  Place place;
  const Journey *journey = place_around(hover->p, ref, &place);
  uint32_t parent = project_statement(hover->p, ref)->parent;
  bool is_other = parent != NONE && project_unit(hover->p, ref)->statements[parent].keyword == K_ACTOR_OF;
  if (!journey || is_other) return; /* an actor has a curve of their own */
  uint32_t first = 0, end = journey->step_count, marked = place.kind == PLACE_STEP ? place.index : NONE;
  if (place.kind == PLACE_STAGE) {
    first = journey->stages[place.index].first_step;
    end = first + journey->stages[place.index].step_count;
  }
  prose_code(hover->prose, "text", curve_text(hover->p, journey, first, end, marked, hover->arena));
}

static void add_owner(const Hover *hover, const Journey *journey, const Step *step) {
  if (ref_ok(item_get(hover->p, &step->item, K_OWNER))) return;
  Ref owner = step_owner(hover->p, journey, step);
  if (!ref_ok(owner)) return;
  Item team = item_of(owner);
  bool of_stage = ref_ok(item_get(hover->p, &journey->stages[step->stage].item, K_OWNER));
  prose_line(hover->prose, "owner",
             arena_format(hover->arena, STR_FMT ", as of the whole %s",
                          STR_ARG(item_title(hover->p, &team, hover->arena)), of_stage ? "stage" : "journey"));
}

/* Who ever comes there, where not all do. */
static void add_reach(const Hover *hover, const Journey *journey, uint32_t step) {
  Flows flows = flows_of(hover->p, journey, hover->arena);
  for (uint32_t i = 0; i < flows.count; i++) {
    double reach = flows.at[i].result.steps[step].reach;
    Str title = flow_title(hover->p, &flows.at[i], hover->arena);
    if (!(reach < 0.995)) continue;
    prose_line(hover->prose, "reached by",
               arena_format(hover->arena, "%.0f%% of clients%s" STR_FMT "%s", reach * 100, title.len ? " (" : "",
                            STR_ARG(title), title.len ? ")" : ""));
  }
}

static void add_step(const Hover *hover, const Journey *journey, uint32_t number) {
  const Step *step = &journey->steps[number];
  add_owner(hover, journey, step);
  prose_line(hover->prose, "pains", titles_of(hover, &step->item, K_PAIN));
  add_reach(hover, journey, number);
}

static void add_place(const Hover *hover, Ref ref) {
  enum { MOST = 6 };
  Place place;
  const Journey *journey = place_around(hover->p, ref, &place);
  if (!journey || !place_at(hover->p, journey, ref, &place)) return;
  if (place.kind == PLACE_STEP) add_step(hover, journey, place.index);
  else if (place.kind == PLACE_JOURNEY)
    prose_line(hover->prose, "",
               arena_format(hover->arena, "%u stages, %u steps", journey->stage_count, journey->step_count));
  hover_curve(hover, ref);
  hover_numbers(hover, journey, place, MOST);
}

static void add_around(const Hover *hover, Ref ref) {
  Place place;
  Keyword keyword = (Keyword)project_statement(hover->p, ref)->keyword;
  uint32_t parent = project_statement(hover->p, ref)->parent;
  if (parent == NONE || keyword == K_JOURNEY) return;
  const Journey *journey = place_around(hover->p, (Ref){ref.unit, parent}, &place);
  if (!journey) return;
  const Item *item = place.kind == PLACE_STAGE  ? &journey->stages[place.index].item
                     : place.kind == PLACE_STEP ? &journey->steps[place.index].item
                                                : &journey->item;
  static const char *const words[] = {"journey", "stage", "step"};
  prose_line(hover->prose, words[place.kind], item_title(hover->p, item, hover->arena));
}

/* ---- all ---- */

static void add_heading(const Hover *hover, Ref ref) {
  const Unit *unit = project_unit(hover->p, ref);
  Item item = item_of(ref);
  Str id = unit_id(unit, ref.at), title = item_title(hover->p, &item, hover->arena);
  const char *word = schema_row((Keyword)unit->statements[ref.at].keyword)->word;
  bool both = id.len > 0 && unit->statements[ref.at].own_id && !str_is(id, title);
  prose_heading(hover->prose, title,
                both ? arena_format(hover->arena, "%s " STR_FMT, word, STR_ARG(id)) : str_of(word));
}

/* What stands behind its title: "rank: 2" of a severity. */
static void add_own_values(const Hover *hover, Ref ref) {
  const Unit *unit = project_unit(hover->p, ref);
  const Statement *statement = &unit->statements[ref.at];
  const ValueRule *rules = schema_row((Keyword)statement->keyword)->values;
  for (uint16_t i = 0; i < statement->value_count; i++) {
    const Value *value = &unit->values[statement->first_value + i];
    if (value->type == V_CHOICE || value->type == V_NUMBER)
      prose_line(hover->prose, rules[value->slot].name, unit_raw(unit, value));
  }
}

static void add_solutions(const Hover *hover, Ref pain) {
  Uses uses = uses_of(hover->spot->snapshot, pain, NONE, hover->arena);
  Buf words = {0};
  for (uint32_t i = 0; i < uses.count; i++) {
    const Statement *statement = project_statement(hover->p, uses.at[i].at);
    if (statement->keyword != K_SOLVES || statement->parent == NONE) continue;
    Item opportunity = item_of((Ref){uses.at[i].at.unit, statement->parent});
    buf_printf(&words, "%s" STR_FMT, words.len ? ", " : "", STR_ARG(item_title(hover->p, &opportunity, hover->arena)));
  }
  if (words.len == 0) buf_add_c(&words, "nothing yet");
  prose_line(hover->prose, "solved by", buf_take(&words, hover->arena));
}

void hover_thing(const Hover *hover, Ref ref) {
  const Unit *unit = project_unit(hover->p, ref);
  Keyword keyword = (Keyword)unit->statements[ref.at].keyword;
  if (keyword == K_USE || keyword == K_METRIC) {
    hover_metric(hover, ref);
    return;
  }
  add_heading(hover, ref);
  prose_text(hover->prose, unit_doc(unit, hover->arena, ref.at));
  if (keyword == K_EMOTION) hover_emotion(hover, unit_value(unit, ref.at, 2) ? unit_value(unit, ref.at, 2)->number : 0);
  else add_own_values(hover, ref);
  add_around(hover, ref);
  add_properties(hover, ref);
  if (keyword == K_JOURNEY || keyword == K_STAGE || keyword == K_TOUCHPOINT) {
    add_place(hover, ref);
    return;
  }
  if (keyword == K_EVIDENCE) hover_evidence(hover, ref);
  if (keyword == K_PAIN) add_solutions(hover, ref);
  if (!unit->library && !project_journey_of(hover->p, ref))
    prose_line(hover->prose, "", uses_words(hover->spot->snapshot, ref, hover->arena));
}
