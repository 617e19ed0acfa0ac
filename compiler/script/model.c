#include "script/model.h"

#include <stdlib.h>

#include "script/state.h"

#define ROOM_OF_STEP (3u << 10) /* bytes that a step's tables take when all of it has been asked for */
#define ROOM_OF_MAP (32u << 10)

typedef struct {
  uint64_t ref;
  uint32_t step;
} StepOf;

typedef struct {
  uint8_t count, list[K_COUNT];
} Children;

enum { SAID = (K_COUNT + 63) / 64 }; /* words with a bit for each keyword */

/* One journey, or what belongs to none. */
typedef struct Map {
  Model *model;
  const Journey *journey; /* NULL: teams, personas, evidence, … */
  uint32_t number;
  StepOf *step_of; /* by ref; made when first asked for */
  size_t step_of_count;
  uint64_t (*said)[SAID]; /* of each step, by keyword: what it says at all; K_NONE: this has been looked up */
  struct Map *touched_before;
} Map;

struct Model {
  const Project *project;
  const Journey *journey;
  Arena *arena, *lasting; /* of what is made of the project; of what follows from the schema */
  Sandbox *sandbox;
  Map *maps;                         /* of each journey; behind them, of none; see map_of */
  Map *touched;                      /* the last of those that have been asked for, by their touched_before */
  const Children *children[K_COUNT]; /* made when first asked for */
};

/* What a table of the map stands for: its hidden field, which scripts can't name and `pairs` passes over. */
typedef struct {
  Map *map;
  const Item *item; /* NULL: a `place` that is no statement */
  Keyword keyword;
  bool is_lazy; /* a journey, a stage, a step or a `place`: filled when asked */
  Place place;  /* where is_lazy */
} Part;

/* Addresses that are keys. In the registry scripts can't reach them, and they may overwrite what they are given,
 * `journey.steps` for one: nothing in here reads a list back from their tables. */
static const char part_key, maps_key;
static const char lock_key;     /* metatable of tables that are whole */
static const char empty_key;    /* one for all lists that are empty */
static const char lazy_keys[4]; /* metatables of tables that are filled when asked, by Lazy */
typedef enum { LAZY_JOURNEY, LAZY_STAGE, LAZY_STEP, LAZY_PLACE } Lazy;
static const Keyword lazy_keyword[] = {K_JOURNEY, K_STAGE, K_TOUCHPOINT, K_FILE};

/* The fields of a map in the table at maps_key. */
enum { MAP_JOURNEY = 1, MAP_STAGES, MAP_STEPS, MAP_PARTS };

/* What is not one of the schema's properties, or differs from what is written there. */
typedef enum {
  D_ID = K_COUNT,
  D_TITLE,
  D_OWNER,
  D_NUMBER,
  D_STAGE,
  D_STEPS,
  D_TOUCHPOINTS,
  D_STAGES,
  D_EMOTION,
  D_SCALE,
  D_TODAY,
  D_INHERITED,
  D_PAINS,
  D_ARROWS,
  D_ALL_MEASURES,
  D_KIND,
  D_JOURNEY,
  D_STEP,
  D_JOURNEYS,
  D_PERSONA,
  D_TEAM,
  D_PROJECT,
  D_VARIANT,
  D_STAGE_COUNT,
  D_STEP_COUNT,
  D_REVIEW_DUE,
} Derived;

static const struct {
  uint8_t of; /* 1 << Lazy, … */
  const char *key;
  Derived derived;
} derived_fields[] = {
    {1 << LAZY_JOURNEY | 1 << LAZY_STAGE | 1 << LAZY_STEP, "id", D_ID},
    {1 << LAZY_JOURNEY | 1 << LAZY_STAGE | 1 << LAZY_STEP, "title", D_TITLE},
    {1 << LAZY_JOURNEY | 1 << LAZY_STAGE | 1 << LAZY_STEP, "owner", D_OWNER},
    {1 << LAZY_STAGE | 1 << LAZY_STEP, "number", D_NUMBER},
    {1 << LAZY_STAGE | 1 << LAZY_STEP, "inherited", D_INHERITED},
    {1 << LAZY_STEP | 1 << LAZY_PLACE, "stage", D_STAGE},
    {1 << LAZY_STEP, "emotion", D_EMOTION},
    {1 << LAZY_JOURNEY | 1 << LAZY_STAGE | 1 << LAZY_PLACE, "steps", D_STEPS},
    {1 << LAZY_STAGE, "touchpoints", D_TOUCHPOINTS},
    {1 << LAZY_JOURNEY, "stages", D_STAGES},
    {1 << LAZY_JOURNEY, "scale", D_SCALE},
    {1 << LAZY_JOURNEY | 1 << LAZY_PLACE, "today", D_TODAY},
    {1 << LAZY_JOURNEY, "variant", D_VARIANT},
    {1 << LAZY_JOURNEY, "stageCount", D_STAGE_COUNT},
    {1 << LAZY_JOURNEY, "stepCount", D_STEP_COUNT},
    {1 << LAZY_JOURNEY, "reviewDue", D_REVIEW_DUE},
    {1 << LAZY_JOURNEY, "pains", D_PAINS},
    {1 << LAZY_JOURNEY, "arrows", D_ARROWS},
    {1 << LAZY_JOURNEY, "allMeasures", D_ALL_MEASURES},
    {1 << LAZY_PLACE, "kind", D_KIND},
    {1 << LAZY_PLACE, "journey", D_JOURNEY},
    {1 << LAZY_PLACE, "step", D_STEP},
    {1 << LAZY_PLACE, "journeys", D_JOURNEYS},
    {1 << LAZY_PLACE, "persona", D_PERSONA},
    {1 << LAZY_PLACE, "team", D_TEAM},
    {1 << LAZY_PLACE, "project", D_PROJECT},
};
enum { DERIVED_FIELDS = sizeof derived_fields / sizeof *derived_fields };

static void push_item(lua_State *lua, Map *map, Keyword keyword, const Item *item);

/* ---- the schema's view ---- */

/* What may stand inside `parent` and is part of the map: a variant's changes are laid over it, not listed. */
static const Children *children_of(Model *model, Keyword parent) {
  if (model->children[parent]) return model->children[parent];
  Children *children = ARENA_NEW(model->lasting, Children);
  for (Keyword k = K_FILE + 1; k < K_COUNT; k++) {
    if (schema_is_content(k) && schema_allows(parent, k)) children->list[children->count++] = (uint8_t)k;
  }
  return model->children[parent] = children;
}

static bool is_list(Keyword keyword) { return schema_row(keyword)->how_often == MANY || schema_declares(keyword); }

/* A property with one value and nothing inside is that value alone. */
static bool is_bare(Keyword keyword) {
  const ValueRule *values = schema_row(keyword)->values;
  return !schema_declares(keyword) && values[0].type != V_NONE && values[1].type == V_NONE &&
         !schema_has_block(keyword);
}

/* ---- maps, and what stands in them ---- */

static uint64_t ref_number(Ref ref) { return (uint64_t)ref.unit << 32 | ref.at; }

static Map *map_of(Model *model, const Journey *journey) {
  const Project *p = model->project;
  uint32_t number = journey ? (uint32_t)(journey - p->journeys) : p->journey_count;
  Map *map = &model->maps[number];
  if (map->model) return map;
  *map = (Map){.model = model, .journey = journey, .number = number, .touched_before = model->touched};
  model->touched = map;
  return map;
}

static bool is_within(const Map *map, Ref ref) {
  if (!map->journey || ref.unit != map->journey->at.unit) return false;
  uint32_t from = map->journey->at.at;
  return ref.at >= from && ref.at < project_statement(map->model->project, map->journey->at)->after;
}

/* Whether a variant takes the part over as it is. */
static bool is_inherited(const Map *map, const Item *item) {
  if (!map->journey || !map->journey->base) return false;
  for (uint32_t i = 0; i < item->count; i++)
    if (is_within(map, item->over[i])) return false;
  return !is_within(map, item->at);
}

static int by_ref(const void *left, const void *right) {
  uint64_t a = ((const StepOf *)left)->ref, b = ((const StepOf *)right)->ref;
  return (a > b) - (a < b);
}

static void index_steps(Map *map) {
  const Journey *journey = map->journey;
  size_t count = 0;
  for (uint32_t s = 0; s < journey->step_count; s++) count += 1 + journey->steps[s].item.count;
  map->step_of = ARENA_ARRAY(map->model->arena, StepOf, count + 1);
  for (uint32_t s = 0; s < journey->step_count; s++) {
    const Item *item = &journey->steps[s].item;
    map->step_of[map->step_of_count++] = (StepOf){ref_number(item->at), s};
    for (uint32_t i = 0; i < item->count; i++)
      map->step_of[map->step_of_count++] = (StepOf){ref_number(item->over[i]), s};
  }
  qsort(map->step_of, map->step_of_count, sizeof *map->step_of, by_ref);
}

/* The step that a touchpoint, or a change of one, is a part of. */
static bool find_step(Map *map, Ref ref, uint32_t *step) {
  if (!map->journey) return false;
  if (!map->step_of) index_steps(map);
  StepOf key = {ref_number(ref), 0};
  const StepOf *found = bsearch(&key, map->step_of, map->step_of_count, sizeof key, by_ref);
  if (found) *step = found->step;
  return found != NULL;
}

static void add_said(const Project *p, Ref at, uint64_t said[SAID]) {
  const Unit *unit = project_unit(p, at);
  for (uint32_t child = unit_first_child(unit, at.at); child != NONE; child = unit_next_sibling(unit, child)) {
    unsigned keyword = unit->statements[child].keyword;
    said[keyword / 64] |= 1ull << keyword % 64;
  }
}

/* Whether the step says anything of `keyword`: most of what scripts ask for isn't there. */
static bool step_says(Map *map, uint32_t step, Keyword keyword) {
  const Project *p = map->model->project;
  if (!map->said) map->said = arena_alloc(map->model->arena, map->journey->step_count * sizeof *map->said);
  uint64_t *said = map->said[step];
  if (!said[0]) {
    const Item *item = &map->journey->steps[step].item;
    said[0] = 1;
    add_said(p, item->at, said);
    for (uint32_t i = 0; i < item->count; i++) add_said(p, item->over[i], said);
  }
  return said[keyword / 64] >> keyword % 64 & 1;
}

/* Pushes a field of the map's own table, which is made with the first. */
static void push_field(lua_State *lua, Map *map, int field) {
  lua_rawgetp(lua, LUA_REGISTRYINDEX, &maps_key);
  if (lua_rawgeti(lua, -1, (lua_Integer)map->number + 1) == LUA_TNIL) {
    int stages = map->journey ? (int)map->journey->stage_count : 0,
        steps = map->journey ? (int)map->journey->step_count : 0;
    sandbox_allow(map->model->sandbox, ROOM_OF_MAP + (size_t)(steps + stages) * ROOM_OF_STEP);
    lua_pop(lua, 1);
    lua_createtable(lua, MAP_PARTS, 0);
    lua_createtable(lua, stages, 0);
    lua_rawseti(lua, -2, MAP_STAGES);
    lua_createtable(lua, steps, 0);
    lua_rawseti(lua, -2, MAP_STEPS);
    lua_newtable(lua);
    lua_rawseti(lua, -2, MAP_PARTS);
    lua_pushvalue(lua, -1);
    lua_rawseti(lua, -3, (lua_Integer)map->number + 1);
  }
  lua_rawgeti(lua, -1, field);
  lua_replace(lua, -3);
  lua_pop(lua, 1);
}

static void push_lock(lua_State *lua) {
  lua_rawgetp(lua, LUA_REGISTRYINDEX, &lock_key);
  lua_setmetatable(lua, -2);
}

/* Says what the table on top stands for. */
static void mark(lua_State *lua, Model *model, Part part) {
  Part *kept = ARENA_NEW(model->arena, Part);
  *kept = part;
  lua_pushlightuserdata(lua, kept);
  lua_rawsetp(lua, -2, &part_key);
}

static const Part *part_at(lua_State *lua, int index) {
  if (!lua_istable(lua, index)) return NULL;
  lua_rawgetp(lua, index, &part_key);
  const Part *part = lua_touserdata(lua, -1);
  lua_pop(lua, 1);
  return part;
}

/* A table that is filled when asked. */
static void push_lazy(lua_State *lua, Map *map, Lazy lazy, const Item *item, Place place) {
  luaL_checkstack(lua, 12, NULL);
  lua_createtable(lua, 0, 8); /* to grow would cost more */
  mark(lua, map->model, (Part){map, item, lazy_keyword[lazy], true, place});
  lua_rawgetp(lua, LUA_REGISTRYINDEX, &lazy_keys[lazy]);
  lua_setmetatable(lua, -2);
}

/* Keeps the table on top at `index` of the list below it, and leaves it alone. */
static void keep_nth(lua_State *lua, lua_Integer index) {
  lua_pushvalue(lua, -1);
  lua_rawseti(lua, -3, index);
  lua_remove(lua, -2);
}

static void push_journey(lua_State *lua, Map *map) {
  push_field(lua, map, MAP_JOURNEY);
  if (!lua_isnil(lua, -1)) return;
  lua_pop(lua, 1);
  lua_rawgetp(lua, LUA_REGISTRYINDEX, &maps_key);
  lua_rawgeti(lua, -1, (lua_Integer)map->number + 1);
  lua_remove(lua, -2);
  push_lazy(lua, map, LAZY_JOURNEY, &map->journey->item, (Place){.kind = PLACE_JOURNEY});
  keep_nth(lua, MAP_JOURNEY);
}

static void push_stage(lua_State *lua, Map *map, uint32_t stage) {
  push_field(lua, map, MAP_STAGES);
  if (lua_rawgeti(lua, -1, (lua_Integer)stage + 1) != LUA_TNIL) {
    lua_remove(lua, -2);
    return;
  }
  lua_pop(lua, 1);
  push_lazy(lua, map, LAZY_STAGE, &map->journey->stages[stage].item, (Place){.kind = PLACE_STAGE, .index = stage});
  keep_nth(lua, (lua_Integer)stage + 1);
}

/* With the map's steps on top of the stack, so that a list of them is made quickly: puts the step above them. */
static void push_step_of(lua_State *lua, Map *map, uint32_t step) {
  if (lua_rawgeti(lua, -1, (lua_Integer)step + 1) != LUA_TNIL) return;
  lua_pop(lua, 1);
  push_lazy(lua, map, LAZY_STEP, &map->journey->steps[step].item, (Place){.kind = PLACE_STEP, .index = step});
  lua_pushvalue(lua, -1);
  lua_rawseti(lua, -3, (lua_Integer)step + 1);
}

static void push_step(lua_State *lua, Map *map, uint32_t step) {
  push_field(lua, map, MAP_STEPS);
  push_step_of(lua, map, step);
  lua_remove(lua, -2);
}

/* Appends `count` steps to the list on top, of which it holds `at` already. */
static void add_steps(lua_State *lua, Map *map, uint32_t first, uint32_t count, lua_Integer at) {
  push_field(lua, map, MAP_STEPS);
  for (uint32_t i = 0; i < count; i++) {
    if (i % 64 == 0) sandbox_charge(lua, 64 * 4);
    push_step_of(lua, map, first + i);
    lua_rawseti(lua, -3, at + (lua_Integer)i + 1);
  }
  lua_pop(lua, 1);
}

/* ---- names ---- */

/* What is kept under `ref`, or nothing: then false, and the stack is as before. */
static bool push_known(lua_State *lua, Map *map, Ref ref) {
  push_field(lua, map, MAP_PARTS);
  lua_rawgeti(lua, -1, (lua_Integer)ref_number(ref));
  lua_remove(lua, -2);
  if (!lua_isnil(lua, -1)) return true;
  lua_pop(lua, 1);
  return false;
}

/* Keeps the table on top under `ref`. */
static void keep(lua_State *lua, Map *map, Ref ref) {
  push_field(lua, map, MAP_PARTS);
  lua_pushvalue(lua, -2);
  lua_rawseti(lua, -2, (lua_Integer)ref_number(ref));
  lua_pop(lua, 1);
}

/* A pain stands in a step and an opportunity in the journey, where changes may lie over them: what they stand in makes
 * its list, this one among them. */
static bool push_listed(lua_State *lua, Map *map, Keyword keyword, Ref ref) {
  uint32_t step;
  Ref parent = {ref.unit, project_statement(map->model->project, ref)->parent};
  if (!map->journey || parent.at == NONE) return false;
  if (find_step(map, parent, &step)) push_step(lua, map, step);
  else if (is_within(map, parent) && ref_is(parent, map->journey->at)) push_journey(lua, map);
  else return false;
  lua_getfield(lua, -1, schema_row(keyword)->key);
  lua_pop(lua, 2);
  return push_known(lua, map, ref);
}

static bool push_place_named(lua_State *lua, Map *map, Keyword keyword, Ref ref) {
  uint32_t step;
  if ((keyword == K_TOUCHPOINT || keyword == K_CHANGE) && find_step(map, ref, &step)) {
    push_step(lua, map, step);
    return true;
  }
  for (uint32_t s = 0; keyword == K_STAGE && map->journey && s < map->journey->stage_count; s++) {
    if (!ref_is(map->journey->stages[s].item.at, ref)) continue;
    push_stage(lua, map, s);
    return true;
  }
  return false;
}

/* The table of what a name means. */
static void push_named(lua_State *lua, Map *map, Ref ref) {
  Model *model = map->model;
  const Statement *statement = project_statement(model->project, ref);
  Keyword keyword = (Keyword)statement->keyword;
  if (statement->parent == NONE && map->journey) map = map_of(model, NULL);
  if (push_place_named(lua, map, keyword, ref) || push_known(lua, map, ref)) return;
  if ((keyword == K_PAIN || keyword == K_OPPORTUNITY) && push_listed(lua, map, keyword, ref)) return;
  if (keyword == K_JOURNEY || keyword == K_STAGE || keyword == K_TOUCHPOINT || keyword == K_USE) {
    Str id = unit_id(project_unit(model->project, ref), ref.at); /* of another journey: its name is all that is said */
    lua_pushlstring(lua, id.at, id.len);
    return;
  }
  Item item = item_of(ref);
  push_item(lua, map, keyword, &item);
}

/* ---- values ---- */

/* Cut to the length that a text in Lua may have, between two characters. */
static void push_text(lua_State *lua, Str text) {
  if (text.len > LIMIT_LUA_TEXT) {
    text.len = LIMIT_LUA_TEXT;
    while (text.len > 0 && ((unsigned char)text.at[text.len] & 0xC0) == 0x80) text.len--;
  }
  lua_pushlstring(lua, text.at, text.len);
}

static void push_reference(lua_State *lua, Map *map, Ref from, const Value *value) {
  const Project *p = map->model->project;
  Ref ref = value->type == V_REF ? project_resolve(p, from, value) : NO_REF;
  if (ref_ok(ref)) push_named(lua, map, ref);
  else push_text(lua, unit_raw(project_unit(p, from), value));
}

static void push_references(lua_State *lua, Map *map, Ref from, unsigned slot) {
  const Unit *unit = project_unit(map->model->project, from);
  const Statement *statement = &unit->statements[from.at];
  lua_newtable(lua);
  lua_Integer count = 0;
  for (uint32_t i = 0; i < statement->value_count; i++) {
    const Value *value = &unit->values[statement->first_value + i];
    if (value->slot != slot) continue;
    push_reference(lua, map, from, value);
    lua_rawseti(lua, -2, ++count);
  }
  push_lock(lua);
}

/* A word counts as its value on the map's scale. */
static void push_emotion(lua_State *lua, Map *map, Ref from, const Value *value) {
  const Project *p = map->model->project;
  double number = value->number;
  if (value->type == V_REF) {
    Ref word = project_resolve(p, from, value);
    const Value *inner = ref_ok(word) ? unit_value(project_unit(p, word), word.at, 2) : NULL;
    double min = map->journey ? map->journey->scale_min : -1, max = map->journey ? map->journey->scale_max : 1;
    number = min + ((inner ? inner->number : 0) + 1) / 2 * (max - min);
  }
  lua_pushnumber(lua, number);
}

static void push_range(lua_State *lua, double min, double max) {
  lua_createtable(lua, 0, 2);
  lua_pushnumber(lua, min);
  lua_setfield(lua, -2, "min");
  lua_pushnumber(lua, max);
  lua_setfield(lua, -2, "max");
  push_lock(lua);
}

/* Numbers as they are held: shares 0 to 1, durations in minutes, times in minutes since midnight, dates in days, money
 * without its currency. */
static void push_value(lua_State *lua, Map *map, Ref from, const ValueRule *rule, const Value *value) {
  const Unit *unit = project_unit(map->model->project, from);
  switch (rule->type) {
    case V_REF: push_reference(lua, map, from, value); break;
    case V_REFS: push_references(lua, map, from, value->slot); break;
    case V_CHOICE: lua_pushstring(lua, rule->choices[value->extra]); break;
    case V_EMOTION: push_emotion(lua, map, from, value); break;
    case V_RANGE: push_range(lua, (double)value->range.min, (double)value->range.max); break;
    case V_NUMBER:
    case V_SHARE:
    case V_DURATION:
    case V_MONEY:
    case V_DATE:
    case V_TIME:
    case V_QUANTITY: lua_pushnumber(lua, value->number); break;
    default: push_text(lua, unit_text(unit, map->model->arena, value));
  }
}

static void set_text(lua_State *lua, const char *key, Str text) {
  push_text(lua, text);
  lua_setfield(lua, -2, key);
}

/* Into the table on top: the values of the statement by the names of their slots. */
static void set_values(lua_State *lua, Map *map, Keyword keyword, const Item *item) {
  const Project *p = map->model->project;
  const KeywordRow *row = schema_row(keyword);
  bool declares = row->how_often == DECLARES;
  if (declares) {
    set_text(lua, row->values[0].name, item_id(p, item));
    set_text(lua, row->values[1].name, item_title(p, item, map->model->arena));
  }
  for (unsigned slot = declares ? 2 : 0; row->values[slot].type != V_NONE; slot++) {
    const Value *value = unit_value(project_unit(p, item->at), item->at.at, slot);
    if (!value) continue;
    push_value(lua, map, item->at, &row->values[slot], value);
    lua_setfield(lua, -2, row->values[slot].name);
  }
}

/* ---- properties ---- */

static void push_property(lua_State *lua, Map *map, Keyword keyword, const Item *item) {
  if (!is_bare(keyword)) {
    push_item(lua, map, keyword, item);
    return;
  }
  const ValueRule *rule = schema_row(keyword)->values;
  const Value *value = unit_value(project_unit(map->model->project, item->at), item->at.at, 0);
  if (value) push_value(lua, map, item->at, rule, value);
  else if (rule->optional) lua_pushboolean(lua, 1); /* `moment-of-truth` alone */
  else lua_pushnil(lua);
}

static void push_empty(lua_State *lua) { lua_rawgetp(lua, LUA_REGISTRYINDEX, &empty_key); }

/* Of what no variant lies over: without the lists that item_all makes. */
static void push_plain_list(lua_State *lua, Map *map, Keyword keyword, const Item *parent) {
  const Unit *unit = project_unit(map->model->project, parent->at);
  lua_Integer count = 0;
  lua_createtable(lua, 2, 0);
  for (uint32_t at = unit_first_child(unit, parent->at.at); at != NONE; at = unit_next_sibling(unit, at)) {
    if (unit->statements[at].keyword != keyword) continue;
    Item item = item_of((Ref){parent->at.unit, at});
    push_property(lua, map, keyword, &item);
    lua_rawseti(lua, -2, ++count);
  }
  push_lock(lua);
  if (!count) lua_pop(lua, 1), push_empty(lua);
}

static void push_list(lua_State *lua, Map *map, Keyword keyword, const Item *parent) {
  if (!parent->count && !(map->journey && map->journey->base)) {
    push_plain_list(lua, map, keyword, parent);
    return;
  }
  Item *items;
  size_t count = item_all(map->model->project, map->journey, parent, keyword, map->model->arena, &items);
  if (!count) {
    push_empty(lua);
    return;
  }
  lua_createtable(lua, count < INT_MAX ? (int)count : 0, 0);
  for (size_t i = 0; i < count; i++) {
    push_property(lua, map, keyword, &items[i]);
    lua_rawseti(lua, -2, (lua_Integer)i + 1);
  }
  push_lock(lua);
}

/* What `parent` says of `keyword`: a value or nil, or a list, which may be empty. */
static void push_child(lua_State *lua, Map *map, Keyword keyword, const Item *parent) {
  if (is_list(keyword)) {
    push_list(lua, map, keyword, parent);
    return;
  }
  Item item = item_of(item_get(map->model->project, parent, keyword));
  if (ref_ok(item.at)) push_property(lua, map, keyword, &item);
  else lua_pushnil(lua);
}

static void push_item(lua_State *lua, Map *map, Keyword keyword, const Item *item) {
  luaL_checkstack(lua, 12, "too many things that name each other");
  const Children *children = children_of(map->model, keyword);
  Item *kept = ARENA_NEW(map->model->arena, Item);
  *kept = *item;
  lua_createtable(lua, 0, 4);
  mark(lua, map->model, (Part){.map = map, .item = kept, .keyword = keyword});
  if (schema_declares(keyword)) {
    keep(lua, map, item->at);
    for (uint32_t i = 0; i < item->count; i++) keep(lua, map, item->over[i]);
  }
  set_values(lua, map, keyword, item);
  for (size_t i = 0; i < children->count; i++) {
    push_child(lua, map, (Keyword)children->list[i], item);
    lua_setfield(lua, -2, schema_row((Keyword)children->list[i])->key);
  }
  if ((keyword == K_PAIN || keyword == K_OPPORTUNITY) && is_inherited(map, item))
    lua_pushboolean(lua, 1), lua_setfield(lua, -2, "inherited");
  int32_t until;
  if (keyword == K_EVIDENCE && evidence_fresh_until(map->model->project, item->at, &until))
    lua_pushinteger(lua, until), lua_setfield(lua, -2, "freshUntil");
  push_lock(lua);
}

/* ---- lists across a journey ---- */

/* Appends to the list at `to` what the list `key` of the table on top holds, and takes that table away. */
static lua_Integer add_list(lua_State *lua, int to, lua_Integer at, const char *key) {
  lua_getfield(lua, -1, key);
  lua_Integer count = (lua_Integer)lua_rawlen(lua, -1);
  sandbox_charge(lua, (uint64_t)count + 1);
  for (lua_Integer i = 1; i <= count; i++) {
    lua_rawgeti(lua, -1, i);
    lua_rawseti(lua, to, ++at);
  }
  lua_pop(lua, 2);
  return at;
}

/* What the steps list under `keyword`. */
static lua_Integer add_of_steps(lua_State *lua, Map *map, Keyword keyword, int to, lua_Integer at, uint32_t first,
                                uint32_t count) {
  for (uint32_t step = first; step < first + count; step++) {
    if (!step_says(map, step, keyword)) continue;
    push_step(lua, map, step);
    at = add_list(lua, to, at, schema_row(keyword)->key);
  }
  return at;
}

static void push_pains(lua_State *lua, Map *map) {
  lua_newtable(lua);
  sandbox_charge(lua, map->journey->step_count / 8);
  add_of_steps(lua, map, K_PAIN, lua_gettop(lua), 0, 0, map->journey->step_count);
  push_lock(lua);
}

/* In the order of reading: the journey's, then each stage's with those of its steps. */
static void push_all_measures(lua_State *lua, Map *map) {
  const char *key = schema_row(K_MEASURE)->key;
  lua_newtable(lua);
  int to = lua_gettop(lua);
  push_journey(lua, map);
  lua_Integer at = add_list(lua, to, 0, key);
  sandbox_charge(lua, map->journey->step_count / 8);
  for (uint32_t s = 0; s < map->journey->stage_count; s++) {
    const Stage *stage = &map->journey->stages[s];
    push_stage(lua, map, s);
    at = add_list(lua, to, at, key);
    at = add_of_steps(lua, map, K_MEASURE, to, at, stage->first_step, stage->step_count);
  }
  push_lock(lua);
}

static void push_arrows(lua_State *lua, Map *map) {
  lua_newtable(lua);
  int to = lua_gettop(lua);
  lua_Integer at = 0;
  push_journey(lua, map);
  lua_getfield(lua, -1, schema_row(K_PATH_)->key);
  for (lua_Integer i = 1, count = (lua_Integer)lua_rawlen(lua, -1); i <= count; i++) {
    lua_rawgeti(lua, -1, i);
    at = add_list(lua, to, at, schema_row(K_ARROW)->key);
  }
  lua_settop(lua, to);
  push_lock(lua);
}

/* ---- journeys, stages, steps ---- */

/* All steps of a journey or a stage. */
static void push_steps(lua_State *lua, Map *map, uint32_t first, uint32_t count) {
  lua_createtable(lua, (int)count, 0);
  add_steps(lua, map, first, count, 0);
  push_lock(lua);
}

static void push_stages(lua_State *lua, Map *map) {
  lua_createtable(lua, (int)map->journey->stage_count, 0);
  for (uint32_t s = 0; s < map->journey->stage_count; s++) {
    push_stage(lua, map, s);
    lua_rawseti(lua, -2, (lua_Integer)s + 1);
  }
  push_lock(lua);
}

static void push_owner(lua_State *lua, const Part *part) {
  Map *map = part->map;
  const Project *p = map->model->project;
  Ref owner = part->keyword == K_TOUCHPOINT ? step_owner(p, map->journey, &map->journey->steps[part->place.index])
                                            : item_ref(p, part->item, K_OWNER);
  if (!ref_ok(owner) && part->keyword == K_STAGE) owner = item_ref(p, &map->journey->item, K_OWNER);
  if (ref_ok(owner)) push_named(lua, map, owner);
  else lua_pushnil(lua);
}

static void push_id(lua_State *lua, const Part *part) {
  Item own =
      part->keyword == K_JOURNEY ? item_of(part->map->journey->at) : *part->item; /* of a variant, not its base */
  push_text(lua, item_id(part->map->model->project, &own));
}

static void push_step_emotion(lua_State *lua, const Part *part) {
  double emotion;
  const Step *step = &part->map->journey->steps[part->place.index];
  if (step_emotion(part->map->model->project, step, &emotion)) lua_pushnumber(lua, emotion);
  else lua_pushnil(lua);
}

static void push_review_due(lua_State *lua, const Map *map) {
  int32_t due;
  if (journey_review_due(map->model->project, map->journey, &due)) lua_pushinteger(lua, due);
  else lua_pushnil(lua);
}

static void push_derived(lua_State *lua, const Part *part, Derived what) {
  Map *map = part->map;
  const Journey *journey = map->journey;
  uint32_t index = part->place.index;
  switch (what) {
    case D_ID: push_id(lua, part); break;
    case D_TITLE: push_text(lua, item_title(map->model->project, part->item, map->model->arena)); break;
    case D_OWNER: push_owner(lua, part); break;
    case D_NUMBER: lua_pushinteger(lua, (lua_Integer)index + 1); break;
    case D_INHERITED: lua_pushboolean(lua, is_inherited(map, part->item)); break;
    case D_STAGE: push_stage(lua, map, journey->steps[index].stage); break;
    case D_EMOTION: push_step_emotion(lua, part); break;
    case D_STEPS:
      if (part->keyword == K_JOURNEY) push_steps(lua, map, 0, journey->step_count);
      else push_steps(lua, map, journey->stages[index].first_step, journey->stages[index].step_count);
      break;
    case D_TOUCHPOINTS: lua_getfield(lua, 1, "steps"); break;
    case D_STAGES: push_stages(lua, map); break;
    case D_SCALE: push_range(lua, journey->scale_min, journey->scale_max); break;
    case D_TODAY: lua_pushinteger(lua, map->model->project->today); break;
    case D_VARIANT: lua_pushboolean(lua, journey->base != NULL); break;
    case D_STAGE_COUNT: lua_pushinteger(lua, journey->stage_count); break;
    case D_STEP_COUNT: lua_pushinteger(lua, journey->step_count); break;
    case D_REVIEW_DUE: push_review_due(lua, map); break;
    case D_PAINS: push_pains(lua, map); break;
    case D_ARROWS: push_arrows(lua, map); break;
    case D_ALL_MEASURES: push_all_measures(lua, map); break;
    default: lua_pushnil(lua);
  }
}

/* Pains and measures lead back to what they stand in: they are in lists of the journey, too. */
static void lead_back(lua_State *lua, const char *key) {
  for (lua_Integer i = 1, count = (lua_Integer)lua_rawlen(lua, -1); i <= count; i++) {
    lua_rawgeti(lua, -1, i);
    lua_pushstring(lua, key);
    lua_pushvalue(lua, 1);
    lua_rawset(lua, -3);
    lua_pop(lua, 1);
  }
}

/* A property of a journey, a stage or a step, whose table is at 1. */
static void push_said(lua_State *lua, const Part *part, Keyword keyword) {
  bool of_step = part->keyword == K_TOUCHPOINT, listed = is_list(keyword);
  if (of_step && !step_says(part->map, part->place.index, keyword)) {
    if (listed) push_empty(lua);
    else lua_pushnil(lua);
    return;
  }
  push_child(lua, part->map, keyword, part->item);
  bool leads = keyword == K_PAIN || (keyword == K_MEASURE && part->keyword != K_JOURNEY);
  if (leads) lead_back(lua, of_step ? "step" : "stage");
}

/* ---- the `place` that is handed in ---- */

static const char *const kinds[] = {"journey", "stage", "step", "project", "persona", "team"};

static bool is_of_journey(PlaceKind kind) { return kind <= PLACE_STEP; }

static bool concerns(const Model *model, const Part *part, const Journey *journey) {
  const Project *p = model->project;
  Ref at = part->place.at;
  if (!project_is_own(p, journey->at.unit)) return false;
  if (part->place.kind == PLACE_PERSONA) return ref_is(item_ref(p, &journey->item, K_PERSONA_OF), at);
  if (part->place.kind != PLACE_TEAM) return true;
  if (ref_is(item_ref(p, &journey->item, K_OWNER), at)) return true;
  for (uint32_t s = 0; s < journey->step_count; s++)
    if (ref_is(step_owner(p, journey, &journey->steps[s]), at)) return true;
  return false;
}

static void push_journeys_of(lua_State *lua, const Part *part) {
  Model *model = part->map->model;
  lua_Integer at = 0;
  lua_newtable(lua);
  for (uint32_t i = 0; i < model->project->journey_count; i++) {
    sandbox_charge(lua, 1 + model->project->journeys[i].step_count / 8);
    if (!concerns(model, part, &model->project->journeys[i])) continue;
    push_journey(lua, map_of(model, &model->project->journeys[i]));
    lua_rawseti(lua, -2, ++at);
  }
  push_lock(lua);
}

static void push_steps_of_journeys(lua_State *lua, const Part *part) {
  Model *model = part->map->model;
  const Project *p = model->project;
  lua_Integer at = 0;
  lua_newtable(lua);
  for (uint32_t i = 0; i < p->journey_count; i++) {
    const Journey *journey = &p->journeys[i];
    sandbox_charge(lua, 1 + journey->step_count / 8);
    if (!concerns(model, part, journey)) continue;
    for (uint32_t s = 0; s < journey->step_count; s++) {
      bool counts =
          part->place.kind != PLACE_TEAM || ref_is(step_owner(p, journey, &journey->steps[s]), part->place.at);
      if (counts) add_steps(lua, map_of(model, journey), s, 1, at++);
    }
  }
  push_lock(lua);
}

static void push_place_steps(lua_State *lua, const Part *part) {
  uint32_t index = part->place.index;
  if (!is_of_journey(part->place.kind)) {
    push_steps_of_journeys(lua, part);
  } else if (part->place.kind == PLACE_STEP) {
    lua_createtable(lua, 1, 0);
    push_step(lua, part->map, index);
    lua_rawseti(lua, -2, 1);
    push_lock(lua);
  } else {
    if (part->place.kind == PLACE_STAGE) push_stage(lua, part->map, index);
    else push_journey(lua, part->map);
    lua_getfield(lua, -1, "steps");
    lua_remove(lua, -2);
  }
}

static void push_place_field(lua_State *lua, const Part *part, Derived what) {
  Map *map = part->map;
  PlaceKind kind = part->place.kind;
  bool of_stage = kind == PLACE_STAGE || kind == PLACE_STEP;
  Ref block = map->model->project->settings.block;
  if (what == D_KIND) lua_pushstring(lua, kinds[kind]);
  else if (what == D_TODAY) lua_pushinteger(lua, map->model->project->today);
  else if (what == D_JOURNEY && is_of_journey(kind)) push_journey(lua, map);
  else if (what == D_STAGE && of_stage)
    push_stage(lua, map, kind == PLACE_STAGE ? part->place.index : map->journey->steps[part->place.index].stage);
  else if (what == D_STEP && kind == PLACE_STEP) push_step(lua, map, part->place.index);
  else if (what == D_STEPS) push_place_steps(lua, part);
  else if (what == D_JOURNEYS && !is_of_journey(kind)) push_journeys_of(lua, part);
  else if ((what == D_PERSONA && kind == PLACE_PERSONA) || (what == D_TEAM && kind == PLACE_TEAM))
    push_named(lua, map, part->place.at);
  else if (what == D_PROJECT && kind == PLACE_PROJECT && ref_ok(block)) push_named(lua, map, block);
  else lua_pushnil(lua);
}

/* Of a project: all teams, personas, … that its own files declare. */
static void push_declared(lua_State *lua, const Part *part, Keyword keyword) {
  const Project *p = part->map->model->project;
  lua_Integer count = 0;
  lua_newtable(lua);
  for (uint32_t u = 0; u < p->unit_count; u++) {
    const Unit *unit = p->units[u];
    for (uint32_t at = 0; project_is_own(p, u) && at < unit->statement_count; at = unit->statements[at].after) {
      if (unit->statements[at].keyword != keyword) continue;
      sandbox_charge(lua, 20);
      push_named(lua, part->map, (Ref){u, at});
      lua_rawseti(lua, -2, ++count);
    }
  }
  push_lock(lua);
}

/* ---- tables that are filled when asked ---- */

/* Upvalue: the fields that it may have. What is found is kept in the table, so that each thing is made once. */
static int lazy_index(lua_State *lua) {
  lua_settop(lua, 2);
  lua_pushvalue(lua, 2);
  if (lua_rawget(lua, lua_upvalueindex(1)) != LUA_TNUMBER) return 0;
  int what = (int)lua_tointeger(lua, -1);
  const Part *part = part_at(lua, 1);
  sandbox_charge(lua, 5);
  if (part->keyword == K_FILE && what < K_COUNT) {
    if (part->place.kind != PLACE_PROJECT) return 0;
    push_declared(lua, part, (Keyword)what);
  } else if (part->keyword == K_FILE) push_place_field(lua, part, (Derived)what);
  else if (what < K_COUNT) push_said(lua, part, (Keyword)what);
  else push_derived(lua, part, (Derived)what);
  if (lua_isnil(lua, -1) || (lua_istable(lua, -1) && !lua_rawlen(lua, -1) && what < K_COUNT && is_list((Keyword)what)))
    return 1; /* nothing: as quickly said again */
  lua_pushvalue(lua, 2);
  lua_pushvalue(lua, -2);
  lua_rawset(lua, 1);
  return 1;
}

/* Upvalue: the fields that it may have. All of them, for `pairs`. */
static int lazy_fill(lua_State *lua) {
  lua_settop(lua, 1);
  for (lua_pushnil(lua); lua_next(lua, lua_upvalueindex(1)); lua_settop(lua, 2)) {
    lua_pushvalue(lua, 2);
    if (lua_gettable(lua, 1) == LUA_TNIL) continue;
    lua_pushvalue(lua, 2);
    lua_insert(lua, -2);
    lua_rawset(lua, 1);
  }
  return 0;
}

static int refuse_new(lua_State *lua) {
  return luaL_error(lua, "a table of the map cannot be changed: change a copy of it");
}

/* ---- building ---- */

/* What a table of that kind may hold: its keys, with the numbers by which they are looked up. */
static void push_fields(lua_State *lua, Model *model, Lazy lazy) {
  const Children *children = children_of(model, lazy_keyword[lazy]);
  lua_createtable(lua, 0, children->count + DERIVED_FIELDS);
  for (size_t i = 0; i < children->count; i++) {
    lua_pushinteger(lua, children->list[i]);
    lua_setfield(lua, -2, schema_row((Keyword)children->list[i])->key);
  }
  for (size_t i = 0; i < DERIVED_FIELDS; i++) {
    if (!(derived_fields[i].of >> lazy & 1)) continue;
    lua_pushinteger(lua, derived_fields[i].derived);
    lua_setfield(lua, -2, derived_fields[i].key);
  }
}

static void make_lazy(lua_State *lua, Model *model, Lazy lazy) {
  lua_createtable(lua, 0, 3);
  lua_pushcfunction(lua, refuse_new);
  lua_setfield(lua, -2, "__newindex");
  push_fields(lua, model, lazy);
  lua_pushvalue(lua, -1);
  lua_pushcclosure(lua, lazy_index, 1);
  lua_setfield(lua, -3, "__index");
  lua_pushcclosure(lua, lazy_fill, 1);
  lua_setfield(lua, -2, MODEL_FILL);
  lua_rawsetp(lua, LUA_REGISTRYINDEX, &lazy_keys[lazy]);
}

static int build(lua_State *lua, void *context) {
  Model *model = context;
  lua_newtable(lua);
  lua_rawsetp(lua, LUA_REGISTRYINDEX, &maps_key);
  lua_createtable(lua, 0, 1);
  lua_pushcfunction(lua, refuse_new);
  lua_setfield(lua, -2, "__newindex");
  lua_rawsetp(lua, LUA_REGISTRYINDEX, &lock_key);
  lua_newtable(lua);
  push_lock(lua);
  lua_rawsetp(lua, LUA_REGISTRYINDEX, &empty_key);
  for (Lazy lazy = LAZY_JOURNEY; lazy <= LAZY_PLACE; lazy++) make_lazy(lua, model, lazy);
  return 0;
}

Model *model_new(Sandbox *sandbox, const Project *project, const Journey *journey, Arena *arena, SandboxError *error) {
  Model *model = ARENA_NEW(arena, Model);
  *model = (Model){.journey = journey, .lasting = arena, .sandbox = sandbox};
  model_rebind(model, project, arena);
  sandbox_allow(sandbox, 1u << 20);
  return sandbox_build(sandbox, build, model, error) ? model : NULL;
}

void model_rebind(Model *model, const Project *project, Arena *arena) {
  model->project = project;
  model->arena = arena;
  model->maps = project ? ARENA_ARRAY(arena, Map, project->journey_count + 1) : NULL;
}

/* ---- handing in ---- */

static void push_place(lua_State *lua, Map *map, Place place) {
  Item *item = NULL;
  Ref at = place.kind == PLACE_PROJECT ? map->model->project->settings.block : place.at;
  if (!is_of_journey(place.kind) && ref_ok(at)) {
    item = ARENA_NEW(map->model->arena, Item);
    *item = item_of(at);
  }
  const Item *of_journey = place.kind == PLACE_STAGE  ? &map->journey->stages[place.index].item
                           : place.kind == PLACE_STEP ? &map->journey->steps[place.index].item
                           : map->journey             ? &map->journey->item
                                                      : NULL;
  push_lazy(lua, map, LAZY_PLACE, is_of_journey(place.kind) ? of_journey : item, place);
}

int model_push(lua_State *lua, void *context) {
  ModelCall *call = context;
  const Journey *journey = call->journey ? call->journey : call->model->journey;
  Map *map = map_of(call->model, is_of_journey(call->place.kind) ? journey : NULL);
  luaL_checkstack(lua, 8, NULL);
  if (map->journey) push_journey(lua, map);
  else lua_pushnil(lua);
  push_place(lua, map, call->place);
  return 2;
}

/* ---- what tables stand for ---- */

bool model_place_in(lua_State *lua, int index, const Journey **journey, Place *place) {
  const Part *part = part_at(lua, index);
  if (!part || !part->is_lazy) return false;
  *place = part->place;
  if (journey) *journey = part->map->journey;
  return true;
}

/* What the journey itself says of the part: its declaration, or the change that it makes. */
static Ref ref_of(const Part *part) {
  const Map *map = part->map;
  bool is_journey = part->is_lazy && part->place.kind == PLACE_JOURNEY && map->journey;
  if (is_journey) return map->journey->at;
  if (!part->item) return NO_REF;
  return part->item->count > 0 && !is_within(map, part->item->at) ? part->item->over[0] : part->item->at;
}

static Keyword keyword_of(const Part *part) {
  static const Keyword of_place[] = {K_JOURNEY, K_STAGE, K_TOUCHPOINT, K_PROJECT, K_PERSONA, K_TEAM};
  return part->keyword == K_FILE ? of_place[part->place.kind] : part->keyword;
}

static Keyword property_named(Model *model, Keyword parent, const char *name) {
  const Children *children = children_of(model, parent);
  for (size_t i = 0; i < children->count; i++) {
    const KeywordRow *row = schema_row((Keyword)children->list[i]);
    if (strcmp(row->key, name) == 0 || strcmp(row->word, name) == 0) return (Keyword)children->list[i];
  }
  return K_NONE;
}

/* The `nth` statement of that property; the thing's own where it has none. */
static Ref property_ref(const Part *part, Keyword keyword, lua_Integer nth) {
  Model *model = part->map->model;
  Item *items;
  size_t count = item_all(model->project, part->map->journey, part->item, keyword, model->arena, &items);
  if (nth >= 1 && (lua_Unsigned)nth <= count) return items[nth - 1].at;
  return count ? items[0].at : ref_of(part);
}

bool model_ref(lua_State *lua, int index, Ref *ref) {
  if (!lua_istable(lua, index)) return false;
  index = lua_absindex(lua, index);
  const Part *part = part_at(lua, index);
  if (part) return *ref = ref_of(part), ref_ok(*ref);
  lua_rawgeti(lua, index, 1);
  lua_rawgeti(lua, index, 2);
  lua_rawgeti(lua, index, 3);
  part = part_at(lua, -3);
  const char *name = lua_type(lua, -2) == LUA_TSTRING ? lua_tostring(lua, -2) : NULL;
  lua_Integer nth = lua_isinteger(lua, -1) ? lua_tointeger(lua, -1) : 1;
  Keyword keyword = part && part->item && name ? property_named(part->map->model, keyword_of(part), name) : K_NONE;
  bool is_own = name && (strcmp(name, "id") == 0 || strcmp(name, "title") == 0);
  if (keyword != K_NONE) *ref = property_ref(part, keyword, nth);
  else if (part && is_own) *ref = ref_of(part);
  lua_pop(lua, 3);
  return (keyword != K_NONE || (part && is_own)) && ref_ok(*ref);
}

/* ---- parts ---- */

void model_push_part(lua_State *lua, Model *model, const MapPart *part) {
  Map *map = map_of(model, part->journey);
  luaL_checkstack(lua, 12, NULL);
  switch (part->keyword) {
    case K_PROJECT: push_place(lua, map, (Place){.kind = PLACE_PROJECT}); break;
    case K_JOURNEY: push_journey(lua, map); break;
    case K_STAGE: push_stage(lua, map, part->index); break;
    case K_TOUCHPOINT: push_step(lua, map, part->index); break;
    default:
      if (schema_declares(part->keyword)) push_named(lua, map, part->item.at);
      else push_item(lua, map, part->keyword, &part->item);
  }
}

bool model_part(lua_State *lua, int index, MapPart *part) {
  const Part *found = part_at(lua, index);
  if (!found) return false;
  *part = (MapPart){.keyword = keyword_of(found),
                    .journey = found->map->journey,
                    .item = found->item ? *found->item : item_of(NO_REF),
                    .index = found->place.index};
  return true;
}

void model_forget(lua_State *lua, Model *model) {
  lua_newtable(lua);
  lua_rawsetp(lua, LUA_REGISTRYINDEX, &maps_key);
  for (Map *map = model->touched, *next; map; map = next) {
    next = map->touched_before;
    *map = (Map){0};
  }
  model->touched = NULL;
}
