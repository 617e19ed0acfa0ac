#include "script/ruleset.h"

#include <math.h>

#include "base/nearest.h"
#include "script/files.h"
#include "script/ruleset_state.h"

#define RULES "rules"       /* registry: the functions of the rules, by their number from 1 */
#define SETTINGS "settings" /* registry: the settings of the rules, likewise */

/* ---- whether a rule has to be asked ---- */

static uint32_t count_of(const Project *p, const Item *item, Keyword keyword) {
  Ref first = item_get(p, item, keyword);
  if (!ref_ok(first)) return 0;
  const Unit *unit = project_unit(p, first);
  uint32_t count = 0;
  for (uint32_t at = first.at; at != NONE; at = unit_next_sibling(unit, at))
    count += unit->statements[at].keyword == keyword;
  return count;
}

static bool has(const Project *p, const Item *item, uint8_t keyword) {
  return ref_ok(item_get(p, item, (Keyword)keyword));
}

static bool has_any(const Project *p, const Item *item, const RuleWords *words) {
  for (int i = 0; i < RULE_CHOICES && words->any[i]; i++)
    if (has(p, item, words->any[i])) return true;
  return false;
}

static unsigned rank_slot(Keyword declared) {
  const ValueRule *values = schema_row(declared)->values;
  unsigned slot = 0;
  while (values[slot].type != V_NONE && strcmp(values[slot].name, "rank") != 0) slot++;
  return slot;
}

/* The number that it states, or the rank of what it names, rounded as severities are: `high` counts as 3. */
static bool is_at_least(const Project *p, const Item *item, Keyword keyword, double least) {
  double number;
  if (schema_row(keyword)->values[0].type != V_REF) return item_number(p, item, keyword, 0, &number) && number >= least;
  Ref named = item_ref(p, item, keyword);
  if (!ref_ok(named)) return false;
  const Unit *unit = project_unit(p, named);
  const Value *rank = unit_value(unit, named.at, rank_slot((Keyword)unit->statements[named.at].keyword));
  return rank && floor(rank->number + 0.5) >= least;
}

bool rule_concerns(const Project *p, const Rule *rule, const Item *item) {
  for (int i = 0; i < RULE_WORDS && rule->with[i].any[0]; i++)
    if (!has_any(p, item, &rule->with[i])) return false;
  for (int i = 0; i < RULE_WORDS && rule->without[i]; i++)
    if (has(p, item, rule->without[i])) return false;
  for (int i = 0; i < RULE_WORDS && rule->fewer[i]; i++)
    if (count_of(p, item, (Keyword)rule->fewer[i]) >= rule->fewer_than[i]) return false;
  for (int i = 0; i < RULE_WORDS && rule->is[i]; i++) {
    const char *word = item_choice(p, item, (Keyword)rule->is[i], 0);
    if (!word || !str_is_c(rule->is_what[i], word)) return false;
  }
  for (int i = 0; i < RULE_WORDS && rule->least[i]; i++)
    if (!is_at_least(p, item, (Keyword)rule->least[i], rule->least_of[i])) return false;
  for (int i = 0; i < RULE_WORDS && rule->past[i]; i++) {
    double date;
    if (!item_number(p, item, (Keyword)rule->past[i], 0, &date) || date >= p->today) return false;
  }
  return true;
}

bool rule_is_of_journeys(const Rule *rule) {
  return rule->each == K_JOURNEY || (rule->each != K_PROJECT && !schema_allows(K_FILE, rule->each));
}

/* ---- reading what a rule wants ---- */

Keyword rule_word(Keyword parent, const char *word) {
  for (Keyword k = K_FILE + 1; k < K_COUNT; k++)
    if (schema_allows(parent, k) && (strcmp(schema_row(k)->key, word) == 0 || strcmp(schema_row(k)->word, word) == 0))
      return k;
  return K_NONE;
}

typedef struct {
  Ruleset *set;
  const CheckSource *source;
} Loading;

/* A word that declares something wins over one that doesn't: `persona` is the client, not whose map it is. */
static Keyword keyword_of(const char *word) {
  Keyword found = K_NONE;
  if (strcmp(word, "step") == 0) return K_TOUCHPOINT;
  for (Keyword k = K_FILE + 1; k < K_COUNT; k++) {
    if (strcmp(schema_row(k)->word, word) != 0 || !schema_is_content(k)) continue;
    if (found == K_NONE || (schema_declares(k) && !schema_declares(found))) found = k;
  }
  return strcmp(word, "project") == 0 ? K_PROJECT : found;
}

static uint8_t child_at(lua_State *lua, const Rule *rule, int index) {
  if (lua_type(lua, index) != LUA_TSTRING)
    luaL_error(lua, "`with`, `without`, `fewer`, `least`, `is` and `past` take words");
  const char *word = lua_tostring(lua, index);
  Keyword found = rule_word(rule->each, word);
  if (found == K_NONE) luaL_error(lua, "a `%s` has no `%s`", schema_row(rule->each)->word, word);
  return (uint8_t)found;
}

static void full(lua_State *lua, int count) {
  if (count >= RULE_WORDS - 1) luaL_error(lua, "a check can ask for at most %d words at once", RULE_WORDS - 1);
}

/* `with = { "due", { "owner", "mapped-by" } }`; an inner list: one of them is enough. */
static void read_with(lua_State *lua, Rule *rule) {
  int count = 0;
  for (lua_Integer i = 1; lua_rawgeti(lua, -1, i) != LUA_TNIL; i++, lua_pop(lua, 1)) {
    full(lua, count);
    RuleWords *words = &rule->with[count++];
    if (!lua_istable(lua, -1)) {
      words->any[0] = child_at(lua, rule, -1);
      continue;
    }
    for (lua_Integer k = 1; lua_rawgeti(lua, -1, k) != LUA_TNIL; k++, lua_pop(lua, 1)) {
      if (k > RULE_CHOICES) luaL_error(lua, "one of at most %d words", RULE_CHOICES);
      words->any[k - 1] = child_at(lua, rule, -1);
    }
    lua_pop(lua, 1);
  }
  lua_pop(lua, 1);
}

static void read_words(lua_State *lua, const Rule *rule, uint8_t *words) {
  int count = 0;
  for (lua_Integer i = 1; lua_rawgeti(lua, -1, i) != LUA_TNIL; i++, lua_pop(lua, 1)) {
    full(lua, count);
    words[count++] = child_at(lua, rule, -1);
  }
  lua_pop(lua, 1);
}

static void read_fewer(lua_State *lua, Rule *rule) {
  int count = 0;
  for (lua_pushnil(lua); lua_next(lua, -2); lua_pop(lua, 1)) {
    full(lua, count);
    if (!lua_isinteger(lua, -1) || lua_tointeger(lua, -1) < 1 || lua_tointeger(lua, -1) > 1000000)
      luaL_error(lua, "`fewer` takes words with a number: fewer = { because = 3 }");
    rule->fewer[count] = child_at(lua, rule, -2);
    rule->fewer_than[count++] = (uint32_t)lua_tointeger(lua, -1);
  }
}

static void read_least(lua_State *lua, Rule *rule) {
  int count = 0;
  for (lua_pushnil(lua); lua_next(lua, -2); lua_pop(lua, 1)) {
    full(lua, count);
    if (lua_type(lua, -1) != LUA_TNUMBER)
      luaL_error(lua, "`least` takes words with a number: least = { severity = 3 }");
    rule->least[count] = child_at(lua, rule, -2);
    rule->least_of[count++] = lua_tonumber(lua, -1);
  }
}

static void read_is(lua_State *lua, const Loading *loading, Rule *rule) {
  int count = 0;
  for (lua_pushnil(lua); lua_next(lua, -2); lua_pop(lua, 1)) {
    full(lua, count);
    if (lua_type(lua, -1) != LUA_TSTRING) luaL_error(lua, "`is` takes words: is = { status = \"planned\" }");
    rule->is[count] = child_at(lua, rule, -2);
    rule->is_what[count++] = arena_copy(loading->set->arena, str_of(lua_tostring(lua, -1)));
  }
}

static bool open_field(lua_State *lua, const char *name) {
  int type = lua_getfield(lua, -1, name);
  if (type != LUA_TNIL && type != LUA_TTABLE) luaL_error(lua, "`%s` takes a table of words", name);
  if (type == LUA_TTABLE) return true;
  lua_pop(lua, 1);
  return false;
}

static void read_conditions(lua_State *lua, const Loading *loading, Rule *rule) {
  if (open_field(lua, "with")) read_with(lua, rule), lua_pop(lua, 1);
  if (open_field(lua, "without")) read_words(lua, rule, rule->without), lua_pop(lua, 1);
  if (open_field(lua, "past")) read_words(lua, rule, rule->past), lua_pop(lua, 1);
  if (open_field(lua, "fewer")) read_fewer(lua, rule), lua_pop(lua, 1);
  if (open_field(lua, "least")) read_least(lua, rule), lua_pop(lua, 1);
  if (open_field(lua, "is")) read_is(lua, loading, rule), lua_pop(lua, 1);
  lua_getfield(lua, -1, "variants");
  rule->not_in_variants = lua_isboolean(lua, -1) && !lua_toboolean(lua, -1);
  lua_pop(lua, 1);
}

static Keyword read_each(lua_State *lua) {
  Keyword each = K_JOURNEY;
  for (int i = 0; i < 2; i++) {
    const char *name = i == 0 ? "scope" : "each";
    int type = lua_getfield(lua, -1, name);
    if (type != LUA_TNIL && type != LUA_TSTRING) luaL_error(lua, "`%s` takes a word, such as \"journey\"", name);
    if (type == LUA_TSTRING) each = keyword_of(lua_tostring(lua, -1));
    bool fits = i == 0 ? each == K_JOURNEY || each == K_PROJECT : each != K_NONE;
    if (type == LUA_TSTRING && !fits)
      luaL_error(lua, i == 0 ? "`scope` is \"journey\" or \"project\", not \"%s\"" : "maps have no `%s`",
                 lua_tostring(lua, -1));
    lua_pop(lua, 1);
  }
  return each;
}

/* A word that nobody reads is a slip, and would make the check ask about more than it means to. */
static void refuse_unknown(lua_State *lua) {
  static const char *const known[] = {"scope", "each",     "variants", "with",  "without", "past",  "fewer", "least",
                                      "is",    "settings", "check",    "title", "id",      "about", NULL};
  const char *first = NULL; /* of several, the same on every run */
  for (lua_pushnil(lua); lua_next(lua, -2); lua_pop(lua, 1)) {
    bool found = false;
    const char *name = lua_type(lua, -2) == LUA_TSTRING ? lua_tostring(lua, -2) : "1";
    for (int i = 0; known[i] && !found; i++) found = strcmp(name, known[i]) == 0;
    if (!found && (!first || strcmp(name, first) < 0)) first = name;
  }
  if (!first) return;
  Nearest nearest = nearest_to(str_of(first));
  for (int i = 0; known[i]; i++) nearest_offer(&nearest, str_of(known[i]));
  if (nearest.best.len > 0) luaL_error(lua, "a check has no `%s`; did you mean `%s`?", first, nearest.best.at);
  luaL_error(lua, "a check has no `%s`", first);
}

/* ---- settings ---- */

static int by_name(const void *left, const void *right) {
  return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static void refuse_setting(lua_State *lua, const char *name) {
  enum { MOST_NAMES = 50 };
  const char *names[MOST_NAMES];
  size_t count = 0;
  luaL_checkstack(lua, MOST_NAMES + 10, NULL);
  for (lua_pushnil(lua); lua_next(lua, -2); lua_pop(lua, 1))
    if (lua_type(lua, -2) == LUA_TSTRING && count < MOST_NAMES) names[count++] = lua_tostring(lua, -2);
  if (count == 0) luaL_error(lua, "`set \"%s\"`: the file has no settings", name);
  qsort(names, count, sizeof *names, by_name);
  lua_pushstring(lua, names[0]);
  for (size_t i = 1; i < count; i++) lua_pushfstring(lua, "%s, %s", lua_tostring(lua, -1), names[i]);
  luaL_error(lua, "`set \"%s\"`: the file has no such setting; it has %s", name, lua_tostring(lua, -1));
}

/* Lays what the map says with `set` over the settings of the file, in the table on top. */
static void set_all(lua_State *lua, const Loading *loading) {
  Ref check = loading->source->at;
  const Unit *unit = project_unit(loading->set->p, check);
  for (uint32_t at = unit_first_child(unit, check.at); at != NONE; at = unit_next_sibling(unit, at)) {
    const Value *value = unit->statements[at].keyword == K_SET ? unit_value(unit, at, 1) : NULL;
    if (!value) continue;
    const char *name = arena_copy(loading->set->arena, unit_text_of(unit, loading->set->arena, at, 0)).at;
    bool known = lua_getfield(lua, -1, name) != LUA_TNIL;
    lua_pop(lua, 1);
    if (!known) refuse_setting(lua, name);
    lua_pushnumber(lua, value->number);
    lua_setfield(lua, -2, name);
  }
}

/* Leaves the settings of the rule whose table is on top, or of one that has none. */
static void push_settings(lua_State *lua, const Loading *loading, bool is_table) {
  lua_newtable(lua);
  if (is_table && lua_getfield(lua, -2, "settings") == LUA_TTABLE) {
    for (lua_pushnil(lua); lua_next(lua, -2);) {
      lua_pushvalue(lua, -2);
      lua_insert(lua, -2);
      lua_settable(lua, -5);
    }
  }
  if (is_table) lua_pop(lua, 1);
  set_all(lua, loading);
}

/* ---- loading ---- */

/* Adds the rule on top: a function or a table. */
static void add_rule(lua_State *lua, const Loading *loading) {
  Ruleset *set = loading->set;
  luaL_checkstack(lua, 16, NULL);
  bool is_table = lua_istable(lua, -1);
  Rule rule = {.source = loading->source, .number = (uint32_t)set->rules.len, .each = K_JOURNEY};
  if (is_table) {
    refuse_unknown(lua);
    rule.each = read_each(lua);
    read_conditions(lua, loading, &rule);
  }
  lua_getfield(lua, LUA_REGISTRYINDEX, SETTINGS);
  lua_pushvalue(lua, -2);
  push_settings(lua, loading, is_table);
  lua_rawseti(lua, -3, (lua_Integer)rule.number + 1);
  lua_pop(lua, 2);
  if (is_table) lua_getfield(lua, -1, "check");
  else lua_pushvalue(lua, -1);
  if (!lua_isfunction(lua, -1))
    luaL_error(lua, "it returns no function: end it with `return function(journey, report) … end`");
  lua_getfield(lua, LUA_REGISTRYINDEX, RULES);
  lua_insert(lua, -2);
  lua_rawseti(lua, -2, (lua_Integer)rule.number + 1);
  lua_pop(lua, 1);
  vec_push(&set->rules, rule);
}

static int load_body(lua_State *lua, void *context) {
  const Loading *loading = context;
  sandbox_chunk(lua, loading->source->path, loading->source->text);
  bool is_list = lua_istable(lua, -1) && lua_rawgeti(lua, -1, 1) != LUA_TNIL;
  if (lua_gettop(lua) > 1) lua_settop(lua, 1);
  if (!is_list) return add_rule(lua, loading), 0;
  for (lua_Integer i = 1; lua_rawgeti(lua, 1, i) != LUA_TNIL; i++) {
    add_rule(lua, loading);
    lua_settop(lua, 1);
  }
  return 0;
}

bool ruleset_load(Ruleset *set, const CheckSource *source, SandboxError *error) {
  Loading loading = {set, source};
  size_t before = set->rules.len;
  bool fine = sandbox_build(set->sandbox, load_body, &loading, error);
  if (!fine) set->rules.len = before;
  if (!fine && error->file.len == 0) error->file = source->path;
  return fine;
}

const Rule *ruleset_rules(const Ruleset *set, size_t *count) {
  *count = set->rules.len;
  return set->rules.at;
}

/* ---- asking ---- */

static int ask_body(lua_State *lua) {
  Ruleset *set = lua_touserdata(lua, 1);
  lua_Integer number = (lua_Integer)set->rule->number + 1;
  lua_getfield(lua, LUA_REGISTRYINDEX, RULES);
  lua_rawgeti(lua, -1, number);
  model_push_part(lua, set->model, set->part);
  report_push(lua, set);
  lua_getfield(lua, LUA_REGISTRYINDEX, SETTINGS);
  lua_rawgeti(lua, -1, number);
  lua_remove(lua, -2);
  lua_call(lua, 3, 0);
  return 0;
}

static int push_set(lua_State *lua, void *context) {
  lua_pushlightuserdata(lua, context);
  return 1;
}

void ruleset_refill(Ruleset *set) {
  set->reported = 0;
  sandbox_refill(set->sandbox);
}

static int forget_body(lua_State *lua, void *context) {
  model_forget(lua, context);
  sandbox_collects(lua);
  return 0;
}

void ruleset_forget(Ruleset *set) {
  SandboxError ignored;
  sandbox_build(set->sandbox, forget_body, set->model, &ignored);
}

static void free_uses(Ruleset *set) {
  for (size_t i = 0; i < set->uses.len; i++) vec_free(&set->uses.at[i].list);
  set->uses.len = 0;
}

void ruleset_rebind(Ruleset *set, const Project *p, Arena *arena) {
  if (set->p) ruleset_forget(set);
  free_uses(set);
  set->p = p;
  set->arena = arena;
  set->rule = NULL, set->part = NULL, set->to = NULL;
  set->said[0] = set->said[1] = (Str){0};
  model_rebind(set->model, p, arena);
  sandbox_rebind(set->sandbox, arena, (void *)(uintptr_t)p);
}

bool ruleset_ask(Ruleset *set, const Rule *rule, const MapPart *part, Diagnostics *to, SandboxError *error) {
  bool has_value;
  double value;
  set->rule = &set->rules.at[rule->number];
  set->part = part;
  set->to = to;
  bool fine = sandbox_call(set->sandbox, set->ask, push_set, set, &has_value, &value, error);
  if (!fine && error->file.len == 0) error->file = rule->source->path;
  return fine;
}

size_t ruleset_printed(Ruleset *set, const SandboxPrint **list) { return sandbox_printed(set->sandbox, list); }

/* ---- life ---- */

static int open_body(lua_State *lua, void *context) {
  Ruleset *set = context;
  lua_newtable(lua);
  lua_setfield(lua, LUA_REGISTRYINDEX, RULES);
  lua_newtable(lua);
  lua_setfield(lua, LUA_REGISTRYINDEX, SETTINGS);
  lua_getfield(lua, LUA_REGISTRYINDEX, "library");
  report_open(lua, set);
  lua_pop(lua, 1);
  lua_pushcfunction(lua, ask_body);
  set->ask = luaL_ref(lua, LUA_REGISTRYINDEX);
  return 0;
}

SandboxBudget ruleset_trust(void) { return (SandboxBudget){UINT64_MAX / 2, SIZE_MAX / 4, INT_MAX}; }

Ruleset *ruleset_new(const Project *p, Arena *arena, SandboxBudget budget) {
  SandboxError error;
  Sandbox *sandbox = sandbox_new(arena, budget, lua_require, (void *)(uintptr_t)p);
  if (!sandbox) return NULL;
  Ruleset *set = ARENA_NEW(arena, Ruleset);
  *set = (Ruleset){.p = p, .arena = arena, .sandbox = sandbox};
  set->model = model_new(sandbox, p, NULL, arena, &error);
  if (set->model && sandbox_build(sandbox, open_body, set, &error)) return set;
  ruleset_free(set);
  return NULL;
}

void ruleset_free(Ruleset *set) {
  if (!set) return;
  sandbox_free(set->sandbox);
  free_uses(set);
  vec_free(&set->uses);
  vec_free(&set->rules);
}
