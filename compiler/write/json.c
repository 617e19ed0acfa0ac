#include "write/json.h"

#include <math.h>

#include "base/calendar.h"
#include "unit/value.h"
#include "write/json_out.h"
#include "write/model.h"

typedef struct {
  size_t count;
  Keyword list[K_COUNT];
} Children;

typedef struct {
  const Project *project;
  const Figures *figures; /* may be NULL */
  const Journey *journey; /* that is being written; NULL outside of one */
  Arena *arena;
  JsonOut out;
  Children children[K_COUNT];
  bool *
      *named; /* [unit][statement]: declarations that the document must hold; NULL for a unit of which it needs none */
} Writer;

static void write_item(Writer *w, const char *key, Keyword keyword, const Item *item);

static const Unit *unit_of(const Writer *w, Ref ref) { return project_unit(w->project, ref); }

static void mark_named(Writer *w, Ref ref) {
  if (!w->named[ref.unit]) w->named[ref.unit] = ARENA_ARRAY(w->arena, bool, unit_of(w, ref)->statement_count);
  w->named[ref.unit][ref.at] = true;
}

/* ---- names ---- */

/* The stage of a touchpoint, the touchpoint of a pain, also where a `change` stands in between; NO_REF for others. */
static Ref part_parent(const Writer *w, Ref part) {
  const Statement *statement = project_statement(w->project, part);
  Ref parent = {part.unit, statement->parent};
  if (statement->parent == NONE || (statement->keyword != K_TOUCHPOINT && statement->keyword != K_PAIN)) return NO_REF;
  if (project_statement(w->project, parent)->keyword != K_CHANGE) return parent;
  const Value *place = unit_value(unit_of(w, parent), parent.at, 0);
  return place ? project_resolve(w->project, parent, place) : NO_REF;
}

static Str name_of(const Writer *w, Ref ref) {
  Str name = unit_id(unit_of(w, ref), ref.at);
  for (Ref parent = part_parent(w, ref); ref_ok(parent); parent = part_parent(w, parent)) {
    Str outer = unit_id(unit_of(w, parent), parent.at);
    name = arena_format(w->arena, STR_FMT "." STR_FMT, STR_ARG(outer), STR_ARG(name));
  }
  return name;
}

static void write_name(Writer *w, const char *key, Ref from, const Value *value) {
  Ref ref = project_resolve(w->project, from, value);
  json_str(&w->out, key, ref_ok(ref) ? name_of(w, ref) : unit_raw(unit_of(w, from), value));
  if (ref_ok(ref) && !project_is_own(w->project, ref.unit)) mark_named(w, ref);
}

static void write_names(Writer *w, const char *key, Ref from, unsigned slot) {
  const Unit *unit = unit_of(w, from);
  const Statement *statement = &unit->statements[from.at];
  json_begin_array(&w->out, key);
  for (uint32_t i = 0; i < statement->value_count; i++) {
    const Value *value = &unit->values[statement->first_value + i];
    if (value->slot == slot) write_name(w, NULL, from, value);
  }
  json_end_array(&w->out);
}

/* ---- values ---- */

static void write_range(Writer *w, const char *key, double min, double max) {
  json_begin_object(&w->out, key);
  json_num(&w->out, "min", min);
  json_num(&w->out, "max", max);
  json_end_object(&w->out);
}

/* The sign or the letters of an amount, without the number and its k or M: "€1.5k", "1500 EUR", "-2kUSD". Empty where
 * none is. */
static Str currency_of(Str raw) {
  static const char *const number = "0123456789.";
  Str minus = STR("\u2212");
  size_t start = str_starts(raw, minus) ? minus.len : 0, end = raw.len;
  while (start < end && strchr("+-", raw.at[start])) start++;
  if (start == end || !strchr(number, raw.at[start])) { /* the sign stands in front */
    if (end > start && strchr("kKmM", raw.at[end - 1])) end--;
    while (end > start && strchr(number, raw.at[end - 1])) end--;
    return str_slice(raw, start, end);
  }
  while (start < end && strchr(number, raw.at[start])) start++;
  Str rest = str_slice(raw, start, end);
  bool letters = rest.len == 3 && (unsigned char)rest.at[2] < 0x80; /* the M of MXN is no million */
  if (!letters && rest.len > 0 && strchr("kKmM", rest.at[0])) rest = str_slice(rest, 1, rest.len);
  return str_trim(rest);
}

static void write_money(Writer *w, const char *key, const Unit *unit, const Value *value) {
  Str currency = currency_of(unit_raw(unit, value));
  json_begin_object(&w->out, key);
  json_num(&w->out, "amount", value->number);
  if (currency.len) json_str(&w->out, "currency", currency);
  json_end_object(&w->out);
}

static void write_quantity(Writer *w, const char *key, const Unit *unit, const Value *value) {
  if (value->type == V_MONEY) {
    write_money(w, key, unit, value);
  } else if (value->type == V_SHARE || value->type == V_DURATION) {
    json_begin_object(&w->out, key);
    json_num(&w->out, value->type == V_SHARE ? "share" : "minutes", value->number);
    json_end_object(&w->out);
  } else {
    json_num(&w->out, key, value->number);
  }
}

static Str date_of(Arena *arena, double days) {
  CalendarDay day = calendar_day((int32_t)days);
  return arena_format(arena, "%04d-%02d-%02d", day.year, day.month, day.day);
}

/* A word counts as its value on the map's scale, and is kept beside it. */
static void write_emotion(Writer *w, const char *key, Ref from, const Value *value) {
  if (value->type != V_REF) {
    json_num(&w->out, key, value->number);
    return;
  }
  Ref emotion = project_resolve(w->project, from, value);
  const Value *inner = ref_ok(emotion) ? unit_value(unit_of(w, emotion), emotion.at, 2) : NULL;
  if (inner && w->journey)
    json_num(&w->out, key,
             w->journey->scale_min + (inner->number + 1) / 2 * (w->journey->scale_max - w->journey->scale_min));
  write_name(w, "word", from, value);
}

/* The colour with all six digits, in lower case. */
static Str colour_of(Arena *arena, Str raw) {
  Buf colour = {0};
  for (size_t i = 0; i < raw.len; i++) {
    char c = raw.at[i] >= 'A' && raw.at[i] <= 'F' ? (char)(raw.at[i] + ('a' - 'A')) : raw.at[i];
    buf_repeat(&colour, (Str){&c, 1}, raw.len == 4 && i > 0 ? 2 : 1);
  }
  return buf_take(&colour, arena);
}

static void write_value(Writer *w, const char *key, Ref from, const ValueRule *rule, const Value *value) {
  const Unit *unit = unit_of(w, from);
  switch (rule->type) {
    case V_REF: write_name(w, key, from, value); break;
    case V_REFS: write_names(w, key, from, value->slot); break;
    case V_CHOICE: json_c(&w->out, key, rule->choices[value->extra]); break;
    case V_NUMBER:
    case V_SHARE:
    case V_DURATION: json_num(&w->out, key, value->number); break;
    case V_MONEY: write_money(w, key, unit, value); break;
    case V_DATE: json_str(&w->out, key, date_of(w->arena, value->number)); break;
    case V_TIME:
      json_str(&w->out, key, arena_format(w->arena, "%02d:%02d", (int)value->number / 60, (int)value->number % 60));
      break;
    case V_EMOTION: write_emotion(w, key, from, value); break;
    case V_RANGE: write_range(w, key, (double)value->range.min, (double)value->range.max); break;
    case V_QUANTITY: write_quantity(w, key, unit, value); break;
    case V_OPERATOR: json_c(&w->out, key, value_operator(unit_raw(unit, value))); break;
    case V_COLOUR: json_str(&w->out, key, colour_of(w->arena, unit_raw(unit, value))); break;
    default: json_str(&w->out, key, unit_text(unit, w->arena, value)); break;
  }
}

/* ---- statements ---- */

/* Id and title are always there; the title may come from a `change`. */
static size_t write_declared(Writer *w, Keyword keyword, const Item *item) {
  const KeywordRow *row = schema_row(keyword);
  if (row->how_often != DECLARES) return 0;
  Ref at = keyword == K_JOURNEY ? w->journey->at : item->at; /* the item of a variant is its base */
  json_str(&w->out, row->values[0].name, unit_id(unit_of(w, at), at.at));
  json_str(&w->out, row->values[1].name, item_title(w->project, item, w->arena));
  Str doc = unit_doc(unit_of(w, at), w->arena, at.at);
  if (doc.len) json_str(&w->out, "doc", doc);
  return 2;
}

static void write_values(Writer *w, Keyword keyword, const Item *item) {
  Ref at = item->at;
  const KeywordRow *row = schema_row(keyword);
  for (size_t slot = write_declared(w, keyword, item); row->values[slot].type != V_NONE; slot++) {
    const Value *value = unit_value(unit_of(w, at), at.at, (unsigned)slot);
    if (value) write_value(w, row->values[slot].name, at, &row->values[slot], value);
  }
}

static void write_bare(Writer *w, const char *key, Keyword keyword, Ref at) {
  const ValueRule *rule = schema_row(keyword)->values;
  const Value *value = unit_value(unit_of(w, at), at.at, 0);
  if (value) write_value(w, key, at, rule, value);
  else if (rule->optional) json_bool(&w->out, key, true);
}

static void write_list(Writer *w, Keyword keyword, const Item *parent) {
  Item *items;
  size_t count = item_all(w->project, w->journey, parent, keyword, w->arena, &items);
  if (!count) return;
  json_begin_array(&w->out, schema_row(keyword)->key);
  for (size_t i = 0; i < count; i++) {
    if (model_is_bare(keyword)) write_bare(w, NULL, keyword, items[i].at);
    else write_item(w, NULL, keyword, &items[i]);
  }
  json_end_array(&w->out);
}

static void write_one(Writer *w, Keyword keyword, const Item *parent) {
  Ref at = item_get(w->project, parent, keyword);
  if (!ref_ok(at)) return;
  Item item = item_of(at);
  if (model_is_bare(keyword)) write_bare(w, schema_row(keyword)->key, keyword, at);
  else write_item(w, schema_row(keyword)->key, keyword, &item);
}

static void write_child(Writer *w, Keyword keyword, const Item *parent) {
  if (model_is_list(keyword)) write_list(w, keyword, parent);
  else write_one(w, keyword, parent);
}

/* ---- what was counted ---- */

static void write_interval(Writer *w, double low, double high) {
  if (!isfinite(low) || !isfinite(high)) return;
  json_num(&w->out, "low", low);
  json_num(&w->out, "high", high);
}

static void write_point(Writer *w, const FigurePoint *point) {
  json_begin_object(&w->out, NULL);
  json_str(&w->out, "period", point->period);
  if (isfinite(point->value)) json_num(&w->out, "value", point->value);
  write_interval(w, point->low, point->high);
  json_num(&w->out, "n", (double)point->n);
  json_end_object(&w->out);
}

static void write_counted_value(Writer *w, Quantity value) {
  bool plain = value.kind != V_SHARE && value.kind != V_DURATION && value.kind != V_MONEY;
  if (plain) {
    json_num(&w->out, "value", value.number);
    return;
  }
  json_begin_object(&w->out, "value");
  json_num(&w->out, value.kind == V_SHARE ? "share" : value.kind == V_DURATION ? "minutes" : "amount", value.number);
  if (value.kind == V_MONEY && value.currency.len) json_str(&w->out, "currency", value.currency);
  json_end_object(&w->out);
}

/* Of a measure that states no value. */
static void write_counted(Writer *w, Ref measure) {
  const Figure *figure = figures_get(w->figures, measure);
  if (!figure) return;
  json_begin_object(&w->out, "counted");
  if (figure->value.kind == V_NONE) {
    json_str(&w->out, "failure", figure->failure);
    json_end_object(&w->out);
    return;
  }
  write_counted_value(w, figure->value);
  if (figure->has_interval) write_interval(w, figure->low, figure->high);
  json_num(&w->out, "n", (double)figure->n);
  if (figure->how.len) json_str(&w->out, "how", figure->how);
  if (figure->stale) json_bool(&w->out, "stale", true);
  if (figure->near_target) json_bool(&w->out, "nearTarget", true);
  if (figure->trend_count) json_begin_array(&w->out, "trend");
  for (uint32_t i = 0; i < figure->trend_count; i++) write_point(w, &figure->trend[i]);
  if (figure->trend_count) json_end_array(&w->out);
  json_end_object(&w->out);
}

static void write_item(Writer *w, const char *key, Keyword keyword, const Item *item) {
  json_begin_object(&w->out, key);
  write_values(w, keyword, item);
  if (keyword == K_MEASURE) write_counted(w, item->at);
  const Children *children = &w->children[keyword];
  for (size_t i = 0; i < children->count; i++) write_child(w, children->list[i], item);
  json_end_object(&w->out);
}

/* ---- journeys ---- */

static void write_stage(Writer *w, const Stage *stage) {
  const Children *children = &w->children[K_STAGE];
  json_begin_object(&w->out, NULL);
  write_values(w, K_STAGE, &stage->item);
  for (size_t i = 0; i < children->count; i++) {
    if (children->list[i] != K_TOUCHPOINT) {
      write_child(w, children->list[i], &stage->item);
      continue;
    }
    json_begin_array(&w->out, schema_row(K_TOUCHPOINT)->key);
    const Step *steps = w->journey->steps + stage->first_step;
    for (uint32_t s = 0; s < stage->step_count; s++) write_item(w, NULL, K_TOUCHPOINT, &steps[s].item);
    json_end_array(&w->out);
  }
  json_end_object(&w->out);
}

static void write_journey(Writer *w, const Journey *journey) {
  const Children *children = &w->children[K_JOURNEY];
  w->journey = journey;
  json_begin_object(&w->out, NULL);
  write_values(w, K_JOURNEY, &journey->item);
  for (size_t i = 0; i < children->count; i++) {
    Keyword keyword = children->list[i];
    if (keyword == K_SCALE) {
      write_range(w, schema_row(keyword)->key, journey->scale_min, journey->scale_max);
    } else if (keyword == K_STAGE) {
      json_begin_array(&w->out, schema_row(keyword)->key);
      for (uint32_t s = 0; s < journey->stage_count; s++) write_stage(w, &journey->stages[s]);
      json_end_array(&w->out);
    } else {
      write_child(w, keyword, &journey->item);
    }
  }
  json_end_object(&w->out);
  w->journey = NULL;
}

/* ---- declarations ---- */

static void found_visible(void *context, Ref ref) {
  Writer *w = context;
  if (project_is_own(w->project, ref.unit)) mark_named(w, ref);
}

static bool is_wanted(const Writer *w, const Journey *only, Ref ref) {
  if (w->named[ref.unit] && w->named[ref.unit][ref.at]) return true;
  return !only && project_is_own(w->project, ref.unit);
}

static void write_declarations(Writer *w, const Journey *only, Keyword keyword) {
  bool any = false;
  if (only) project_visible(w->project, only->at.unit, keyword, found_visible, w);
  for (uint32_t number = 0; number < w->project->unit_count; number++) {
    const Unit *unit = w->project->units[number];
    for (uint32_t at = 0; at < unit->statement_count; at = unit->statements[at].after) {
      if (unit->statements[at].keyword != keyword || !is_wanted(w, only, (Ref){number, at})) continue;
      if (!any) json_begin_array(&w->out, schema_row(keyword)->key);
      any = true;
      Item item = item_of((Ref){number, at});
      write_item(w, NULL, keyword, &item);
    }
  }
  if (any) json_end_array(&w->out);
}

static void write_document(Writer *w, const Journey *only) {
  json_begin_object(&w->out, NULL);
  json_c(&w->out, "$schema", "journey.schema.json");
  json_c(&w->out, "journey", "1");
  json_begin_array(&w->out, schema_row(K_JOURNEY)->key);
  for (uint32_t i = 0; i < w->project->journey_count; i++)
    if (!only || only == &w->project->journeys[i]) write_journey(w, &w->project->journeys[i]);
  json_end_array(&w->out);
  /* In the schema's order a declaration names only what comes behind it, so that one pass finds all that is named. */
  const Children *children = &w->children[K_FILE];
  for (size_t i = 0; i < children->count; i++)
    if (children->list[i] != K_JOURNEY) write_declarations(w, only, children->list[i]);
  json_end_object(&w->out);
  json_end(&w->out);
}

void json_write(const Project *project, const Journey *only, const Figures *figures, Buf *to) {
  Arena *arena = arena_new();
  Writer *w = ARENA_NEW(arena, Writer);
  *w = (Writer){.project = project, .figures = figures, .arena = arena, .out = json_out(to)};
  w->named = ARENA_ARRAY(arena, bool *, project->unit_count);
  for (Keyword k = K_FILE; k < K_COUNT; k++) w->children[k].count = model_children(k, w->children[k].list);
  write_document(w, only);
  arena_free(arena);
}
