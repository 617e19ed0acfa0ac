#include "script/part.h"

#include <stdlib.h>

#include "script/part_tables.h"

typedef struct {
  uint64_t ref;
  uint32_t step;
} StepOf;

struct Parts {
  const Project *p;
  Arena *arena;
  const Journey *journey; /* whose tables are kept */
  const Journey *indexed; /* whose steps these are, by their statements */
  VEC(StepOf) step_of;
};

static const char part_key; /* its address is the key under which a table keeps its part */

#define KEPT "parts kept"  /* registry: tables of this journey, by their statement */
#define PART "part"        /* metatable of parts */
#define LIST "part list"   /* metatable of lists, which are whole */
#define EMPTY "part empty" /* one for all lists that are empty */

/* ---- steps by their statements ---- */

static uint64_t number_of(Ref ref) { return (uint64_t)ref.unit << 32 | ref.at; }

static int by_ref(const void *left, const void *right) {
  uint64_t a = ((const StepOf *)left)->ref, b = ((const StepOf *)right)->ref;
  return (a > b) - (a < b);
}

static void index_steps(Parts *parts, const Journey *journey) {
  parts->step_of.len = 0;
  for (uint32_t s = 0; s < journey->step_count; s++) {
    const Item *item = &journey->steps[s].item;
    vec_push(&parts->step_of, (StepOf){number_of(item->at), s});
    for (uint32_t i = 0; i < item->count; i++) vec_push(&parts->step_of, (StepOf){number_of(item->over[i]), s});
  }
  if (parts->step_of.len > 1) qsort(parts->step_of.at, parts->step_of.len, sizeof *parts->step_of.at, by_ref);
  parts->indexed = journey;
}

/* The step that a touchpoint, or a change of one, is a part of. */
static bool find_step(Parts *parts, const Journey *journey, Ref ref, uint32_t *step) {
  if (!journey || journey->step_count == 0) return false;
  if (parts->indexed != journey) index_steps(parts, journey);
  StepOf key = {number_of(ref), 0};
  const StepOf *found = bsearch(&key, parts->step_of.at, parts->step_of.len, sizeof key, by_ref);
  if (found) *step = found->step;
  return found != NULL;
}

static bool find_stage(const Journey *journey, Ref ref, uint32_t *stage) {
  for (uint32_t s = 0; journey && s < journey->stage_count; s++) {
    const Item *item = &journey->stages[s].item;
    bool is = ref_is(item->at, ref);
    for (uint32_t i = 0; i < item->count && !is; i++) is = ref_is(item->over[i], ref);
    if (is) return *stage = s, true;
  }
  return false;
}

static Part step_part(const Journey *journey, uint32_t step) {
  return (Part){K_TOUCHPOINT, journey, journey->steps[step].item, step};
}

static Part stage_part(const Journey *journey, uint32_t stage) {
  return (Part){K_STAGE, journey, journey->stages[stage].item, stage};
}

/* A pain stands in a step, where changes may lie over it. */
static bool find_pain(Parts *parts, const Journey *journey, Ref ref, Item *pain) {
  uint32_t step;
  Ref parent = {ref.unit, project_statement(parts->p, ref)->parent};
  if (parent.at == NONE || !find_step(parts, journey, parent, &step)) return false;
  if (journey->steps[step].item.count == 0) return *pain = item_of(ref), true;
  Item *pains;
  size_t count = item_all(parts->p, journey, &journey->steps[step].item, K_PAIN, parts->arena, &pains);
  for (size_t i = 0; i < count; i++) {
    bool is = ref_is(pains[i].at, ref);
    for (uint32_t o = 0; o < pains[i].count && !is; o++) is = ref_is(pains[i].over[o], ref);
    if (is) return *pain = pains[i], true;
  }
  return false;
}

Part part_of_statement(Parts *parts, const Journey *journey, Ref ref) {
  Keyword keyword = (Keyword)project_statement(parts->p, ref)->keyword;
  Part part = {keyword, journey, item_of(ref), 0};
  uint32_t index;
  if ((keyword == K_TOUCHPOINT || keyword == K_CHANGE) && find_step(parts, journey, ref, &index))
    return step_part(journey, index);
  if ((keyword == K_STAGE || keyword == K_CHANGE) && find_stage(journey, ref, &index))
    return stage_part(journey, index);
  if (keyword == K_PAIN) find_pain(parts, journey, ref, &part.item);
  return part;
}

/* ---- the schema's view ---- */

static bool is_list(Keyword keyword) { return schema_row(keyword)->how_often == MANY || schema_declares(keyword); }

/* A property with one value and nothing inside is that value alone. */
static bool is_bare(Keyword keyword) {
  const ValueRule *values = schema_row(keyword)->values;
  return !schema_declares(keyword) && values[0].type != V_NONE && values[1].type == V_NONE &&
         !schema_has_block(keyword);
}

Keyword part_child(Keyword parent, const char *word) {
  for (Keyword k = K_FILE + 1; k < K_COUNT; k++)
    if (schema_allows(parent, k) && (strcmp(schema_row(k)->key, word) == 0 || strcmp(schema_row(k)->word, word) == 0))
      return k;
  return K_NONE;
}

static Keyword child_of(Keyword parent, const char *key) {
  for (Keyword k = K_FILE + 1; k < K_COUNT; k++)
    if (schema_allows(parent, k) && schema_is_content(k) && strcmp(schema_row(k)->key, key) == 0) return k;
  return K_NONE;
}

/* ---- values ---- */

static void push_text(lua_State *lua, Str text) {
  if (text.len > LIMIT_LUA_TEXT) {
    text.len = LIMIT_LUA_TEXT;
    while (text.len > 0 && ((unsigned char)text.at[text.len] & 0xC0) == 0x80) text.len--;
  }
  lua_pushlstring(lua, text.at, text.len);
}

static void lock(lua_State *lua) { luaL_setmetatable(lua, LIST); }

static void push_named(lua_State *lua, Parts *parts, const Journey *journey, Ref ref) {
  Part part = part_of_statement(parts, journey, ref);
  bool placed = part.keyword == K_TOUCHPOINT || part.keyword == K_STAGE;
  uint32_t index;
  placed = placed && (find_step(parts, journey, ref, &index) || find_stage(journey, ref, &index));
  if (!placed &&
      (part.keyword == K_JOURNEY || part.keyword == K_STAGE || part.keyword == K_TOUCHPOINT || part.keyword == K_USE)) {
    Str id = unit_id(project_unit(parts->p, ref), ref.at); /* of another journey: its name is all that is said */
    lua_pushlstring(lua, id.at, id.len);
    return;
  }
  part_push(lua, parts, &part);
}

static void push_reference(lua_State *lua, Parts *parts, const Part *part, Ref from, const Value *value) {
  Ref ref = value->type == V_REF ? project_resolve(parts->p, from, value) : NO_REF;
  if (ref_ok(ref)) push_named(lua, parts, part->journey, ref);
  else push_text(lua, unit_raw(project_unit(parts->p, from), value));
}

static void push_references(lua_State *lua, Parts *parts, const Part *part, Ref from, unsigned slot) {
  const Unit *unit = project_unit(parts->p, from);
  const Statement *statement = &unit->statements[from.at];
  lua_newtable(lua);
  lua_Integer count = 0;
  for (uint32_t i = 0; i < statement->value_count; i++) {
    const Value *value = &unit->values[statement->first_value + i];
    if (value->slot != slot) continue;
    push_reference(lua, parts, part, from, value);
    lua_rawseti(lua, -2, ++count);
  }
  lock(lua);
}

static void push_range(lua_State *lua, double min, double max) {
  lua_createtable(lua, 0, 2);
  lua_pushnumber(lua, min);
  lua_setfield(lua, -2, "min");
  lua_pushnumber(lua, max);
  lua_setfield(lua, -2, "max");
  lock(lua);
}

/* A word counts as its value on the map's scale. */
static void push_emotion(lua_State *lua, Parts *parts, const Part *part, Ref from, const Value *value) {
  double number = value->number;
  if (value->type == V_REF) {
    Ref word = project_resolve(parts->p, from, value);
    const Value *inner = ref_ok(word) ? unit_value(project_unit(parts->p, word), word.at, 2) : NULL;
    double min = part->journey ? part->journey->scale_min : -2, max = part->journey ? part->journey->scale_max : 2;
    number = min + ((inner ? inner->number : 0) + 1) / 2 * (max - min);
  }
  lua_pushnumber(lua, number);
}

static void push_value(lua_State *lua, Parts *parts, const Part *part, Ref from, const ValueRule *rule,
                       const Value *value) {
  switch (rule->type) {
    case V_REF: push_reference(lua, parts, part, from, value); break;
    case V_REFS: push_references(lua, parts, part, from, value->slot); break;
    case V_CHOICE: lua_pushstring(lua, rule->choices[value->extra]); break;
    case V_EMOTION: push_emotion(lua, parts, part, from, value); break;
    case V_RANGE: push_range(lua, (double)value->range.min, (double)value->range.max); break;
    case V_NUMBER:
    case V_SHARE:
    case V_DURATION:
    case V_MONEY:
    case V_DATE:
    case V_TIME:
    case V_QUANTITY: lua_pushnumber(lua, value->number); break;
    default: push_text(lua, unit_text(project_unit(parts->p, from), parts->arena, value));
  }
}

/* ---- properties ---- */

static void push_property(lua_State *lua, Parts *parts, const Part *parent, Keyword keyword, const Item *item) {
  if (!is_bare(keyword)) {
    part_push(lua, parts, &(Part){keyword, parent->journey, *item, 0});
    return;
  }
  const ValueRule *rule = schema_row(keyword)->values;
  const Value *value = unit_value(project_unit(parts->p, item->at), item->at.at, 0);
  if (value) push_value(lua, parts, parent, item->at, rule, value);
  else if (rule->optional) lua_pushboolean(lua, 1); /* `moment-of-truth` alone */
  else lua_pushnil(lua);
}

static void push_list(lua_State *lua, Parts *parts, const Part *parent, Keyword keyword) {
  Item *items;
  size_t count = item_all(parts->p, parent->journey, &parent->item, keyword, parts->arena, &items);
  if (count == 0) {
    lua_getfield(lua, LUA_REGISTRYINDEX, EMPTY);
    return;
  }
  lua_createtable(lua, count < INT_MAX ? (int)count : 0, 0);
  for (size_t i = 0; i < count; i++) {
    push_property(lua, parts, parent, keyword, &items[i]);
    lua_rawseti(lua, -2, (lua_Integer)i + 1);
  }
  lock(lua);
}

static void push_child(lua_State *lua, Parts *parts, const Part *parent, Keyword keyword) {
  if (is_list(keyword)) {
    push_list(lua, parts, parent, keyword);
    return;
  }
  Item item = item_of(item_get(parts->p, &parent->item, keyword));
  if (ref_ok(item.at)) push_property(lua, parts, parent, keyword, &item);
  else lua_pushnil(lua);
}

/* ---- what is no property of the schema, or means more than what is written ---- */

static void push_steps(lua_State *lua, Parts *parts, const Journey *journey, uint32_t first, uint32_t count) {
  lua_createtable(lua, (int)count, 0);
  for (uint32_t i = 0; i < count; i++) {
    Part part = step_part(journey, first + i);
    part_push(lua, parts, &part);
    lua_rawseti(lua, -2, (lua_Integer)i + 1);
  }
  lock(lua);
}

static void push_stages(lua_State *lua, Parts *parts, const Journey *journey) {
  lua_createtable(lua, (int)journey->stage_count, 0);
  for (uint32_t i = 0; i < journey->stage_count; i++) {
    Part part = stage_part(journey, i);
    part_push(lua, parts, &part);
    lua_rawseti(lua, -2, (lua_Integer)i + 1);
  }
  lock(lua);
}

static void push_owner(lua_State *lua, Parts *parts, const Part *part) {
  const Project *p = parts->p;
  const Journey *journey = part->journey;
  Ref owner = part->keyword == K_TOUCHPOINT ? step_owner(p, journey, &journey->steps[part->index])
                                            : item_ref(p, &part->item, K_OWNER);
  if (!ref_ok(owner) && part->keyword == K_STAGE) owner = item_ref(p, &journey->item, K_OWNER);
  if (ref_ok(owner)) push_named(lua, parts, journey, owner);
  else lua_pushnil(lua);
}

static bool push_of_journey(lua_State *lua, Parts *parts, const Part *part, const char *key) {
  const Journey *journey = part->journey;
  int32_t due;
  if (strcmp(key, "stages") == 0) push_stages(lua, parts, journey);
  else if (strcmp(key, "steps") == 0) push_steps(lua, parts, journey, 0, journey->step_count);
  else if (strcmp(key, "stageCount") == 0) lua_pushinteger(lua, journey->stage_count);
  else if (strcmp(key, "stepCount") == 0) lua_pushinteger(lua, journey->step_count);
  else if (strcmp(key, "today") == 0) lua_pushinteger(lua, parts->p->today);
  else if (strcmp(key, "scale") == 0) push_range(lua, journey->scale_min, journey->scale_max);
  else if (strcmp(key, "variant") == 0) lua_pushboolean(lua, journey->base != NULL);
  else if (strcmp(key, "reviewDue") != 0) return false;
  else if (journey_review_due(parts->p, journey, &due)) lua_pushinteger(lua, due);
  else lua_pushnil(lua);
  return true;
}

static bool push_of_stage(lua_State *lua, Parts *parts, const Part *part, const char *key) {
  const Stage *stage = &part->journey->stages[part->index];
  if (strcmp(key, "steps") == 0 || strcmp(key, schema_row(K_TOUCHPOINT)->key) == 0)
    push_steps(lua, parts, part->journey, stage->first_step, stage->step_count);
  else if (strcmp(key, "number") == 0) lua_pushinteger(lua, (lua_Integer)part->index + 1);
  else return false;
  return true;
}

static bool push_of_step(lua_State *lua, Parts *parts, const Part *part, const char *key) {
  const Step *step = &part->journey->steps[part->index];
  double emotion;
  if (strcmp(key, "number") == 0) lua_pushinteger(lua, (lua_Integer)part->index + 1);
  else if (strcmp(key, "stage") == 0) {
    Part stage = stage_part(part->journey, step->stage);
    part_push(lua, parts, &stage);
  } else if (strcmp(key, "emotion") != 0) return false;
  else if (step_emotion(parts->p, step, &emotion)) lua_pushnumber(lua, emotion);
  else lua_pushnil(lua);
  return true;
}

static void push_journeys(lua_State *lua, Parts *parts) {
  lua_newtable(lua);
  lua_Integer count = 0;
  for (uint32_t i = 0; i < parts->p->journey_count; i++) {
    const Journey *journey = &parts->p->journeys[i];
    if (!project_is_own(parts->p, journey->at.unit)) continue;
    part_push(lua, parts, &(Part){K_JOURNEY, journey, journey->item, 0});
    lua_rawseti(lua, -2, ++count);
  }
  lock(lua);
}

/* All that the user's own files declare by that keyword. */
static void push_declared(lua_State *lua, Parts *parts, Keyword keyword) {
  const Project *p = parts->p;
  lua_newtable(lua);
  lua_Integer count = 0;
  for (uint32_t u = 0; u < p->unit_count; u++)
    for (uint32_t at = 0; project_is_own(p, u) && at < p->units[u]->statement_count;
         at = p->units[u]->statements[at].after)
      if (p->units[u]->statements[at].keyword == keyword) {
        part_push(lua, parts, &(Part){keyword, NULL, item_of((Ref){u, at}), 0});
        lua_rawseti(lua, -2, ++count);
      }
  lock(lua);
}

static void push_of_project(lua_State *lua, Parts *parts, const char *key) {
  Keyword keyword = child_of(K_FILE, key);
  if (strcmp(key, "title") == 0) push_text(lua, parts->p->settings.title);
  else if (strcmp(key, "today") == 0) lua_pushinteger(lua, parts->p->today);
  else if (keyword == K_JOURNEY) push_journeys(lua, parts);
  else if (keyword != K_NONE && schema_declares(keyword)) push_declared(lua, parts, keyword);
  else lua_pushnil(lua);
}

static bool push_derived(lua_State *lua, Parts *parts, const Part *part, const char *key) {
  int32_t until;
  bool placed = part->keyword == K_JOURNEY || part->keyword == K_STAGE || part->keyword == K_TOUCHPOINT;
  if (strcmp(key, "keyword") == 0) return lua_pushstring(lua, schema_row(part->keyword)->word), true;
  if (schema_declares(part->keyword) && strcmp(key, "id") == 0) {
    Item own = part->keyword == K_JOURNEY ? item_of(part->journey->at) : part->item; /* a variant's item is its base */
    return push_text(lua, item_id(parts->p, &own)), true;
  }
  if (schema_declares(part->keyword) && strcmp(key, "title") == 0)
    return push_text(lua, item_title(parts->p, &part->item, parts->arena)), true;
  if (placed && strcmp(key, "owner") == 0) return push_owner(lua, parts, part), true;
  if (part->keyword == K_EVIDENCE && strcmp(key, "freshUntil") == 0) {
    if (evidence_fresh_until(parts->p, part->item.at, &until)) lua_pushinteger(lua, until);
    else lua_pushnil(lua);
    return true;
  }
  return part->keyword == K_JOURNEY      ? push_of_journey(lua, parts, part, key)
         : part->keyword == K_STAGE      ? push_of_stage(lua, parts, part, key)
         : part->keyword == K_TOUCHPOINT ? push_of_step(lua, parts, part, key)
                                         : false;
}

/* A value of the statement by the name of its slot. */
static bool push_slot(lua_State *lua, Parts *parts, const Part *part, const char *key) {
  const ValueRule *values = schema_row(part->keyword)->values;
  for (unsigned slot = 0; values[slot].type != V_NONE; slot++) {
    if (strcmp(values[slot].name, key) != 0) continue;
    const Value *value = unit_value(project_unit(parts->p, part->item.at), part->item.at.at, slot);
    if (value) push_value(lua, parts, part, part->item.at, &values[slot], value);
    else lua_pushnil(lua);
    return true;
  }
  return false;
}

static void push_field(lua_State *lua, Parts *parts, const Part *part, const char *key) {
  if (part->keyword == K_PROJECT) {
    push_of_project(lua, parts, key);
    return;
  }
  if (push_derived(lua, parts, part, key)) return;
  Keyword child = child_of(part->keyword, key);
  if (child != K_NONE) push_child(lua, parts, part, child);
  else if (!push_slot(lua, parts, part, key)) lua_pushnil(lua);
}

/* ---- the tables ---- */

/* Upvalue: the parts. What is found is kept in the table, so that each thing is made once. */
static int part_index(lua_State *lua) {
  Parts *parts = lua_touserdata(lua, lua_upvalueindex(1));
  Part part;
  if (lua_type(lua, 2) != LUA_TSTRING || !part_at(lua, 1, &part)) return 0;
  sandbox_charge(lua, 20);
  luaL_checkstack(lua, 16, "too many things that name each other");
  push_field(lua, parts, &part, lua_tostring(lua, 2));
  if (lua_isnil(lua, -1)) return 1;
  lua_pushvalue(lua, 2);
  lua_pushvalue(lua, -2);
  lua_rawset(lua, 1);
  return 1;
}

/* Upvalue: the parts. All that the table may hold, for `pairs`. */
static int part_fill(lua_State *lua) {
  static const char *const derived[] = {"id", "title", "owner", "emotion", "steps", "stages", "number"};
  Part part;
  if (!part_at(lua, 1, &part)) return 0;
  for (size_t i = 0; i < sizeof derived / sizeof *derived; i++) lua_getfield(lua, 1, derived[i]), lua_settop(lua, 1);
  for (Keyword k = K_FILE + 1; k < K_COUNT; k++)
    if (schema_is_content(k) && schema_allows(part.keyword == K_PROJECT ? K_FILE : part.keyword, k))
      lua_getfield(lua, 1, schema_row(k)->key), lua_settop(lua, 1);
  const ValueRule *values = schema_row(part.keyword)->values;
  for (unsigned slot = 0; values[slot].type != V_NONE; slot++)
    lua_getfield(lua, 1, values[slot].name), lua_settop(lua, 1);
  return 0;
}

static int refuse_new(lua_State *lua) {
  return luaL_error(lua, "a table of the map cannot be changed: change a copy of it");
}

static void give(lua_State *lua, Parts *parts, const char *name, lua_CFunction function) {
  lua_pushlightuserdata(lua, parts);
  lua_pushcclosure(lua, function, 1);
  lua_setfield(lua, -2, name);
}

Parts *parts_open(lua_State *lua, const Project *p, Arena *arena) {
  Parts *parts = ARENA_NEW(arena, Parts);
  *parts = (Parts){.p = p, .arena = arena};
  luaL_newmetatable(lua, PART);
  give(lua, parts, "__newindex", refuse_new);
  give(lua, parts, "__index", part_index);
  give(lua, parts, MODEL_FILL, part_fill);
  luaL_newmetatable(lua, LIST);
  give(lua, parts, "__newindex", refuse_new);
  lua_newtable(lua);
  lock(lua);
  lua_setfield(lua, LUA_REGISTRYINDEX, EMPTY);
  lua_newtable(lua);
  lua_setfield(lua, LUA_REGISTRYINDEX, KEPT);
  lua_pop(lua, 2);
  return parts;
}

void parts_close(Parts *parts) { vec_free(&parts->step_of); }

/* A part outside of journeys is kept with those of the journey from which it was first asked for: what it names there
 * may have changes laid over it. */
static void keep_for(lua_State *lua, Parts *parts, const Journey *journey) {
  if (journey == parts->journey || !journey) return;
  parts->journey = journey;
  lua_newtable(lua);
  lua_setfield(lua, LUA_REGISTRYINDEX, KEPT);
}

static Ref ref_of(const Part *part) { return part->keyword == K_JOURNEY ? part->journey->at : part->item.at; }

void part_push(lua_State *lua, Parts *parts, const Part *part) {
  luaL_checkstack(lua, 8, "too many things that name each other");
  keep_for(lua, parts, part->journey);
  lua_Integer number = (lua_Integer)number_of(ref_of(part));
  lua_getfield(lua, LUA_REGISTRYINDEX, KEPT);
  if (lua_rawgeti(lua, -1, number) == LUA_TTABLE) {
    lua_remove(lua, -2);
    return;
  }
  lua_pop(lua, 1);
  lua_createtable(lua, 0, 4);
  *(Part *)lua_newuserdatauv(lua, sizeof *part, 0) = *part;
  lua_rawsetp(lua, -2, &part_key);
  luaL_setmetatable(lua, PART);
  lua_pushvalue(lua, -1);
  lua_rawseti(lua, -3, number);
  lua_remove(lua, -2);
}

bool part_at(lua_State *lua, int index, Part *part) {
  if (!lua_istable(lua, index)) return false;
  bool found = lua_rawgetp(lua, index, &part_key) == LUA_TUSERDATA;
  if (found) *part = *(const Part *)lua_touserdata(lua, -1);
  lua_pop(lua, 1);
  return found;
}
