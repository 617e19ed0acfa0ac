#include "script/model.h"

#include <stdlib.h>

#include "script/state.h"

#define ROOM_OF_STEP (3u << 10) /* bytes that a step's tables take when all of it has been asked for */

typedef struct {
  uint64_t ref;
  uint32_t step;
} StepOf;

typedef struct {
  uint8_t count, list[K_COUNT];
} Children;

struct Model {
  const Project *project;
  const Journey *journey;
  Arena *arena;
  const Children *children[K_COUNT]; /* made when first asked for */
  StepOf *step_of;                   /* by ref; made when first asked for */
  size_t step_of_count;
};

/* Where the model's own tables are in the registry. Scripts can't reach the registry, but may overwrite what they are
 * given, `journey.steps` for one: nothing in here reads a list back from their tables. */
#define JOURNEY_TABLE "journey"
#define STAGES "stages" /* all stages and all steps, by number */
#define STEPS "steps"
#define PARTS "parts" /* declarations by their place in the project: named once, made once */
#define EMPTY "empty" /* one for all lists that are empty */
#define LOCK "lock"   /* metatable of tables that are whole */
#define LAZY "lazy"   /* metatable of tables that are filled when asked */

static const char place_key; /* its address is the key under which a lazy table keeps its place */

static void push_item(lua_State *lua, Model *model, Keyword keyword, const Item *item);

/* ---- the schema's view ---- */

/* What may stand inside `parent` and is part of the map: a variant's changes are laid over it, not listed. */
static const Children *children_of(Model *model, Keyword parent) {
  if (model->children[parent]) return model->children[parent];
  Children *children = ARENA_NEW(model->arena, Children);
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

/* ---- names ---- */

static int by_ref(const void *left, const void *right) {
  uint64_t a = ((const StepOf *)left)->ref, b = ((const StepOf *)right)->ref;
  return (a > b) - (a < b);
}

static uint64_t ref_number(Ref ref) { return (uint64_t)ref.unit << 32 | ref.at; }

static void index_steps(Model *model) {
  const Journey *journey = model->journey;
  size_t count = 0;
  for (uint32_t s = 0; s < journey->step_count; s++) count += 1 + journey->steps[s].item.count;
  model->step_of = ARENA_ARRAY(model->arena, StepOf, count + 1);
  for (uint32_t s = 0; s < journey->step_count; s++) {
    const Item *item = &journey->steps[s].item;
    model->step_of[model->step_of_count++] = (StepOf){ref_number(item->at), s};
    for (uint32_t i = 0; i < item->count; i++)
      model->step_of[model->step_of_count++] = (StepOf){ref_number(item->over[i]), s};
  }
  qsort(model->step_of, model->step_of_count, sizeof *model->step_of, by_ref);
}

/* The step that a touchpoint, or a change of one, is a part of. */
static bool find_step(Model *model, Ref ref, uint32_t *step) {
  if (!model->step_of) index_steps(model);
  StepOf key = {ref_number(ref), 0};
  const StepOf *found = bsearch(&key, model->step_of, model->step_of_count, sizeof key, by_ref);
  if (found) *step = found->step;
  return found != NULL;
}

static void push_journey(lua_State *lua) { lua_getfield(lua, LUA_REGISTRYINDEX, JOURNEY_TABLE); }

static void push_nth(lua_State *lua, const char *list, uint32_t index) {
  lua_getfield(lua, LUA_REGISTRYINDEX, list);
  lua_rawgeti(lua, -1, (lua_Integer)index + 1);
  lua_remove(lua, -2);
}

/* What is kept under `ref`, or nothing: then false, and the stack is as before. */
static bool push_known(lua_State *lua, Ref ref) {
  lua_getfield(lua, LUA_REGISTRYINDEX, PARTS);
  lua_rawgeti(lua, -1, (lua_Integer)ref_number(ref));
  lua_remove(lua, -2);
  if (!lua_isnil(lua, -1)) return true;
  lua_pop(lua, 1);
  return false;
}

/* Keeps the table on top under `ref`. */
static void keep(lua_State *lua, Ref ref) {
  lua_getfield(lua, LUA_REGISTRYINDEX, PARTS);
  lua_pushvalue(lua, -2);
  lua_rawseti(lua, -2, (lua_Integer)ref_number(ref));
  lua_pop(lua, 1);
}

/* A pain stands in a step, where changes may lie over it: the step makes its pains, this one among them. */
static bool push_pain(lua_State *lua, Model *model, Ref ref) {
  uint32_t step;
  Ref parent = {ref.unit, project_statement(model->project, ref)->parent};
  if (parent.at == NONE || !find_step(model, parent, &step)) return false;
  push_nth(lua, STEPS, step);
  lua_getfield(lua, -1, schema_row(K_PAIN)->key);
  lua_pop(lua, 2);
  return push_known(lua, ref);
}

/* The table of what a name means. */
static void push_named(lua_State *lua, Model *model, Ref ref) {
  Keyword keyword = (Keyword)project_statement(model->project, ref)->keyword;
  uint32_t step;
  if (push_known(lua, ref)) return;
  if ((keyword == K_TOUCHPOINT || keyword == K_CHANGE) && find_step(model, ref, &step)) {
    push_nth(lua, STEPS, step);
    return;
  }
  if (keyword == K_STAGE) {
    for (uint32_t s = 0; s < model->journey->stage_count; s++)
      if (ref_is(model->journey->stages[s].item.at, ref)) return push_nth(lua, STAGES, s);
  }
  if (keyword == K_PAIN && push_pain(lua, model, ref)) return;
  if (keyword == K_JOURNEY || keyword == K_STAGE || keyword == K_TOUCHPOINT || keyword == K_USE) {
    Str id = unit_id(project_unit(model->project, ref), ref.at); /* of another journey: its name is all that is said */
    lua_pushlstring(lua, id.at, id.len);
    return;
  }
  Item item = item_of(ref);
  push_item(lua, model, keyword, &item);
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

static void push_lock(lua_State *lua) {
  lua_getfield(lua, LUA_REGISTRYINDEX, LOCK);
  lua_setmetatable(lua, -2);
}

static void push_reference(lua_State *lua, Model *model, Ref from, const Value *value) {
  Ref ref = value->type == V_REF ? project_resolve(model->project, from, value) : NO_REF;
  if (ref_ok(ref)) push_named(lua, model, ref);
  else push_text(lua, unit_raw(project_unit(model->project, from), value));
}

static void push_references(lua_State *lua, Model *model, Ref from, unsigned slot) {
  const Unit *unit = project_unit(model->project, from);
  const Statement *statement = &unit->statements[from.at];
  lua_newtable(lua);
  lua_Integer count = 0;
  for (uint32_t i = 0; i < statement->value_count; i++) {
    const Value *value = &unit->values[statement->first_value + i];
    if (value->slot != slot) continue;
    push_reference(lua, model, from, value);
    lua_rawseti(lua, -2, ++count);
  }
  push_lock(lua);
}

/* A word counts as its value on the map's scale. */
static void push_emotion(lua_State *lua, Model *model, Ref from, const Value *value) {
  double number = value->number;
  if (value->type == V_REF) {
    Ref word = project_resolve(model->project, from, value);
    const Value *inner = ref_ok(word) ? unit_value(project_unit(model->project, word), word.at, 2) : NULL;
    double min = model->journey->scale_min, max = model->journey->scale_max;
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
static void push_value(lua_State *lua, Model *model, Ref from, const ValueRule *rule, const Value *value) {
  const Unit *unit = project_unit(model->project, from);
  switch (rule->type) {
    case V_REF: push_reference(lua, model, from, value); break;
    case V_REFS: push_references(lua, model, from, value->slot); break;
    case V_CHOICE: lua_pushstring(lua, rule->choices[value->extra]); break;
    case V_EMOTION: push_emotion(lua, model, from, value); break;
    case V_RANGE: push_range(lua, (double)value->range.min, (double)value->range.max); break;
    case V_NUMBER:
    case V_SHARE:
    case V_DURATION:
    case V_MONEY:
    case V_DATE:
    case V_TIME:
    case V_QUANTITY: lua_pushnumber(lua, value->number); break;
    default: push_text(lua, unit_text(unit, model->arena, value));
  }
}

static void set_text(lua_State *lua, const char *key, Str text) {
  push_text(lua, text);
  lua_setfield(lua, -2, key);
}

/* Into the table on top: the values of the statement by the names of their slots. */
static void set_values(lua_State *lua, Model *model, Keyword keyword, const Item *item) {
  const KeywordRow *row = schema_row(keyword);
  bool declares = row->how_often == DECLARES;
  if (declares) {
    set_text(lua, row->values[0].name, item_id(model->project, item));
    set_text(lua, row->values[1].name, item_title(model->project, item, model->arena));
  }
  for (unsigned slot = declares ? 2 : 0; row->values[slot].type != V_NONE; slot++) {
    const Value *value = unit_value(project_unit(model->project, item->at), item->at.at, slot);
    if (!value) continue;
    push_value(lua, model, item->at, &row->values[slot], value);
    lua_setfield(lua, -2, row->values[slot].name);
  }
}

/* ---- properties ---- */

static void push_property(lua_State *lua, Model *model, Keyword keyword, const Item *item) {
  if (!is_bare(keyword)) {
    push_item(lua, model, keyword, item);
    return;
  }
  const ValueRule *rule = schema_row(keyword)->values;
  const Value *value = unit_value(project_unit(model->project, item->at), item->at.at, 0);
  if (value) push_value(lua, model, item->at, rule, value);
  else if (rule->optional) lua_pushboolean(lua, 1); /* `moment-of-truth` alone */
  else lua_pushnil(lua);
}

static void push_list(lua_State *lua, Model *model, Keyword keyword, const Item *parent) {
  Item *items;
  size_t count = item_all(model->project, model->journey, parent, keyword, model->arena, &items);
  if (!count) {
    lua_getfield(lua, LUA_REGISTRYINDEX, EMPTY);
    return;
  }
  lua_createtable(lua, count < INT_MAX ? (int)count : 0, 0);
  for (size_t i = 0; i < count; i++) {
    push_property(lua, model, keyword, &items[i]);
    lua_rawseti(lua, -2, (lua_Integer)i + 1);
  }
  push_lock(lua);
}

/* What `parent` says of `keyword`: a value or nil, or a list, which may be empty. */
static void push_child(lua_State *lua, Model *model, Keyword keyword, const Item *parent) {
  if (is_list(keyword)) {
    push_list(lua, model, keyword, parent);
    return;
  }
  Item item = item_of(item_get(model->project, parent, keyword));
  if (ref_ok(item.at)) push_property(lua, model, keyword, &item);
  else lua_pushnil(lua);
}

static void push_item(lua_State *lua, Model *model, Keyword keyword, const Item *item) {
  luaL_checkstack(lua, 12, "too many things that name each other");
  const Children *children = children_of(model, keyword);
  lua_createtable(lua, 0, 4);
  if (schema_declares(keyword)) {
    keep(lua, item->at);
    for (uint32_t i = 0; i < item->count; i++) keep(lua, item->over[i]);
  }
  set_values(lua, model, keyword, item);
  for (size_t i = 0; i < children->count; i++) {
    push_child(lua, model, (Keyword)children->list[i], item);
    lua_setfield(lua, -2, schema_row((Keyword)children->list[i])->key);
  }
  push_lock(lua);
}

/* ---- journey, stages and steps ---- */

static Place place_of(lua_State *lua, int table) {
  lua_rawgetp(lua, table, &place_key);
  lua_Integer place = lua_tointeger(lua, -1);
  lua_pop(lua, 1);
  return (Place){(PlaceKind)(place & 3), (uint32_t)(place >> 2)};
}

static const Item *item_at(const Model *model, Place place) {
  if (place.kind == PLACE_STAGE) return &model->journey->stages[place.index].item;
  return place.kind == PLACE_STEP ? &model->journey->steps[place.index].item : &model->journey->item;
}

static Keyword keyword_at(Place place) {
  return place.kind == PLACE_STAGE ? K_STAGE : place.kind == PLACE_STEP ? K_TOUCHPOINT : K_JOURNEY;
}

static void push_owner(lua_State *lua, Model *model, Place place) {
  const Item *item = item_at(model, place);
  Ref owner = place.kind == PLACE_STEP ? step_owner(model->project, model->journey, &model->journey->steps[place.index])
                                       : item_ref(model->project, item, K_OWNER);
  if (!ref_ok(owner) && place.kind == PLACE_STAGE) owner = item_ref(model->project, &model->journey->item, K_OWNER);
  if (ref_ok(owner)) push_named(lua, model, owner);
  else lua_pushnil(lua);
}

/* What is not one of the schema's properties, or differs from what is written there. False where `key` is no such
 * thing. */
static bool push_derived(lua_State *lua, Model *model, Place place, const char *key) {
  const Item *item = item_at(model, place);
  double emotion;
  if (strcmp(key, "id") == 0) {
    Item own = item_of(model->journey->at); /* the item of a variant is its base */
    push_text(lua, item_id(model->project, place.kind == PLACE_JOURNEY ? &own : item));
  } else if (strcmp(key, "title") == 0) {
    push_text(lua, item_title(model->project, item, model->arena));
  } else if (strcmp(key, "owner") == 0) {
    push_owner(lua, model, place);
  } else if (place.kind == PLACE_JOURNEY && strcmp(key, "scale") == 0) {
    push_range(lua, model->journey->scale_min, model->journey->scale_max);
  } else if (place.kind == PLACE_STEP && strcmp(key, "emotion") == 0) {
    if (step_emotion(model->project, &model->journey->steps[place.index], &emotion)) lua_pushnumber(lua, emotion);
    else lua_pushnil(lua);
  } else {
    return false;
  }
  return true;
}

/* Upvalue: the model. What is found is kept in the table, so that each thing is made once. */
static int lazy_index(lua_State *lua) {
  Model *model = lua_touserdata(lua, lua_upvalueindex(1));
  if (lua_type(lua, 2) != LUA_TSTRING) return 0;
  sandbox_charge(lua, 20);
  const char *key = lua_tostring(lua, 2);
  Place place = place_of(lua, 1);
  if (!push_derived(lua, model, place, key)) {
    const Children *children = children_of(model, keyword_at(place));
    Keyword keyword = K_NONE;
    for (size_t i = 0; i < children->count && !keyword; i++)
      if (strcmp(schema_row((Keyword)children->list[i])->key, key) == 0) keyword = (Keyword)children->list[i];
    if (keyword == K_NONE) return 0;
    push_child(lua, model, keyword, item_at(model, place));
  }
  lua_pushvalue(lua, 2);
  lua_pushvalue(lua, -2);
  lua_rawset(lua, 1);
  return 1;
}

/* Upvalue: the model. All that the table may hold, for `pairs`. */
static int lazy_fill(lua_State *lua) {
  static const char *const derived[] = {"id", "title", "owner", "emotion"};
  Model *model = lua_touserdata(lua, lua_upvalueindex(1));
  const Children *children = children_of(model, keyword_at(place_of(lua, 1)));
  for (size_t i = 0; i < sizeof derived / sizeof *derived; i++) lua_getfield(lua, 1, derived[i]), lua_settop(lua, 1);
  for (size_t i = 0; i < children->count; i++) {
    lua_getfield(lua, 1, schema_row((Keyword)children->list[i])->key);
    lua_settop(lua, 1);
  }
  return 0;
}

static int refuse_new(lua_State *lua) {
  return luaL_error(lua, "a table of the map cannot be changed: change a copy of it");
}

/* ---- building ---- */

static void make_metatables(lua_State *lua, Model *model) {
  lua_createtable(lua, 0, 1);
  lua_pushcfunction(lua, refuse_new);
  lua_setfield(lua, -2, "__newindex");
  lua_setfield(lua, LUA_REGISTRYINDEX, LOCK);
  lua_createtable(lua, 0, 3);
  lua_pushcfunction(lua, refuse_new);
  lua_setfield(lua, -2, "__newindex");
  lua_pushlightuserdata(lua, model);
  lua_pushcclosure(lua, lazy_index, 1);
  lua_setfield(lua, -2, "__index");
  lua_pushlightuserdata(lua, model);
  lua_pushcclosure(lua, lazy_fill, 1);
  lua_setfield(lua, -2, MODEL_FILL);
  lua_setfield(lua, LUA_REGISTRYINDEX, LAZY);
  lua_newtable(lua);
  push_lock(lua);
  lua_setfield(lua, LUA_REGISTRYINDEX, EMPTY);
  lua_newtable(lua);
  lua_setfield(lua, LUA_REGISTRYINDEX, PARTS);
}

/* Leaves a lazy table for the place, with its number. The metatable is at `lazy`. */
static void push_lazy(lua_State *lua, Place place, int fields, int lazy) {
  lua_createtable(lua, 0, fields);
  lua_pushinteger(lua, (lua_Integer)place.index << 2 | (lua_Integer)place.kind);
  lua_rawsetp(lua, -2, &place_key);
  if (place.kind != PLACE_JOURNEY) {
    lua_pushinteger(lua, (lua_Integer)place.index + 1);
    lua_setfield(lua, -2, "number");
  }
  lua_pushvalue(lua, lazy);
  lua_setmetatable(lua, -2);
}

static void set_raw(lua_State *lua, int table, const char *key) {
  table = lua_absindex(lua, table);
  lua_pushstring(lua, key);
  lua_insert(lua, -2);
  lua_rawset(lua, table);
}

/* Where build keeps what it fills: the lists that scripts see, and the model's own. */
enum { AT_LAZY = 1, AT_JOURNEY, AT_STAGES, AT_STEPS, AT_OWN_STAGES, AT_OWN_STEPS };

/* Appends the table on top to two lists, and leaves it. */
static void list_twice(lua_State *lua, int list, int own, uint32_t index) {
  lua_pushvalue(lua, -1);
  lua_rawseti(lua, list, (lua_Integer)index + 1);
  lua_pushvalue(lua, -1);
  lua_rawseti(lua, own, (lua_Integer)index + 1);
}

static void add_stage(lua_State *lua, Model *model, uint32_t number) {
  const Stage *stage = &model->journey->stages[number];
  push_lazy(lua, (Place){PLACE_STAGE, number}, 8, AT_LAZY);
  list_twice(lua, AT_STAGES, AT_OWN_STAGES, number);
  lua_createtable(lua, (int)stage->step_count, 0);
  for (uint32_t i = 0; i < stage->step_count; i++) {
    uint32_t step = stage->first_step + i;
    push_lazy(lua, (Place){PLACE_STEP, step}, 4, AT_LAZY);
    lua_pushvalue(lua, -3);
    set_raw(lua, -2, "stage");
    list_twice(lua, AT_STEPS, AT_OWN_STEPS, step);
    lua_rawseti(lua, -2, (lua_Integer)i + 1);
  }
  push_lock(lua);
  lua_pushvalue(lua, -1);
  set_raw(lua, -3, schema_row(K_TOUCHPOINT)->key);
  set_raw(lua, -2, "steps");
  lua_pop(lua, 1);
}

static int build(lua_State *lua, void *context) {
  Model *model = context;
  int stages = (int)model->journey->stage_count, steps = (int)model->journey->step_count;
  make_metatables(lua, model);
  lua_settop(lua, 0);
  lua_getfield(lua, LUA_REGISTRYINDEX, LAZY);
  push_lazy(lua, (Place){PLACE_JOURNEY, 0}, 16, AT_LAZY);
  lua_createtable(lua, stages, 0);
  lua_createtable(lua, steps, 0);
  lua_createtable(lua, stages, 0);
  lua_createtable(lua, steps, 0);
  for (uint32_t s = 0; s < model->journey->stage_count; s++) add_stage(lua, model, s);
  lua_setfield(lua, LUA_REGISTRYINDEX, STEPS);
  lua_setfield(lua, LUA_REGISTRYINDEX, STAGES);
  push_lock(lua);
  set_raw(lua, AT_JOURNEY, "steps");
  push_lock(lua);
  set_raw(lua, AT_JOURNEY, "stages");
  lua_pushinteger(lua, model->project->today);
  set_raw(lua, AT_JOURNEY, "today");
  lua_setfield(lua, LUA_REGISTRYINDEX, JOURNEY_TABLE);
  return 0;
}

Model *model_new(Sandbox *sandbox, const Project *project, const Journey *journey, Arena *arena, SandboxError *error) {
  Model *model = ARENA_NEW(arena, Model);
  *model = (Model){.project = project, .journey = journey, .arena = arena};
  sandbox_allow(sandbox, (1u << 20) + (size_t)(journey->step_count + journey->stage_count) * ROOM_OF_STEP);
  return sandbox_build(sandbox, build, model, error) ? model : NULL;
}

bool model_place(lua_State *lua, int index, Place *place) {
  if (!lua_istable(lua, index)) return false;
  bool is_place = lua_rawgetp(lua, index, &place_key) != LUA_TNIL;
  lua_pop(lua, 1);
  if (is_place) *place = place_of(lua, index);
  return is_place;
}

int model_push(lua_State *lua, void *context) {
  static const char *const kinds[] = {"journey", "stage", "step"};
  ModelCall *call = context;
  Place place = call->place;
  push_journey(lua);
  lua_createtable(lua, 0, 4);
  lua_pushstring(lua, kinds[place.kind]);
  lua_setfield(lua, -2, "kind");
  lua_pushinteger(lua, (lua_Integer)place.index << 2 | (lua_Integer)place.kind);
  lua_rawsetp(lua, -2, &place_key);
  push_journey(lua);
  if (place.kind != PLACE_JOURNEY) {
    lua_pop(lua, 1);
    push_nth(lua, place.kind == PLACE_STAGE ? STAGES : STEPS, place.index);
    lua_pushvalue(lua, -1);
    lua_setfield(lua, -3, kinds[place.kind]);
  }
  if (place.kind == PLACE_STEP) {
    lua_getfield(lua, -1, "stage");
    lua_setfield(lua, -3, "stage");
    lua_createtable(lua, 1, 0);
    lua_insert(lua, -2);
    lua_rawseti(lua, -2, 1);
    push_lock(lua);
  } else {
    lua_getfield(lua, -1, "steps");
    lua_remove(lua, -2);
  }
  lua_setfield(lua, -2, "steps");
  push_lock(lua);
  return 2;
}
