/* report{…}: a message of a check; and the small functions that checks have beside it. */
#include <stdlib.h>
#include <utf8proc.h>

#include "base/limits.h"
#include "script/ruleset_state.h"

static Ruleset *set_of(lua_State *lua) { return lua_touserdata(lua, lua_upvalueindex(1)); }

/* ---- places ---- */

/* What a place points at: a part, or one of its properties or values. */
typedef struct {
  Ref statement; /* that is pointed at; of a property that isn't there the part's */
  Span span;     /* of its name or value */
  bool there;    /* a property that is there, or the part as a whole */
  bool is_value; /* one of the statement's own values: `span` is all of it */
} Spot;

static bool is_in(const Project *p, const Journey *journey, Ref ref) {
  Ref at = journey->at;
  return ref.unit == at.unit && ref.at >= at.at && ref.at < project_statement(p, at)->after;
}

/* Where the journey speaks of a part itself: where it declares it, or else where it changes it. */
static Ref statement_of(const Project *p, const MapPart *part) {
  if (part->keyword == K_JOURNEY) return part->journey->at;
  bool elsewhere = part->item.count > 0 && part->journey && !is_in(p, part->journey, part->item.at);
  return elsewhere ? part->item.over[0] : part->item.at;
}

static Span first_span(const Unit *unit, uint32_t at) {
  const Value *first = unit_value(unit, at, 0);
  return first ? first->span : statement_head(&unit->statements[at]);
}

/* Its id or title, of what has one, or else its keyword. */
static Span name_span(const Project *p, Ref ref) {
  const Unit *unit = project_unit(p, ref);
  const Statement *statement = &unit->statements[ref.at];
  const Value *first = statement->value_count > 0 ? &unit->values[statement->first_value] : NULL;
  bool named = schema_declares((Keyword)statement->keyword) && first && (first->type == V_ID || first->type == V_TEXT);
  return named ? first->span : statement_head(statement);
}

static void find_slot(lua_State *lua, const Project *p, const MapPart *part, Spot *spot, unsigned slot) {
  const Value *value = unit_value(project_unit(p, spot->statement), spot->statement.at, slot);
  (void)lua, (void)part;
  spot->there = value != NULL;
  spot->is_value = true;
  if (value) spot->span = value->span;
}

static void find_property(lua_State *lua, const Project *p, const MapPart *part, Spot *spot, const char *word) {
  Keyword child = rule_word(part->keyword, word);
  if (child != K_NONE) {
    Ref ref = item_get(p, &part->item, child);
    spot->there = ref_ok(ref);
    if (!spot->there) return;
    spot->statement = ref;
    spot->span = first_span(project_unit(p, ref), ref.at);
    return;
  }
  const ValueRule *values = schema_row(part->keyword)->values;
  for (unsigned slot = 0; values[slot].type != V_NONE; slot++)
    if (strcmp(values[slot].name, word) == 0) {
      find_slot(lua, p, part, spot, slot);
      return;
    }
  luaL_error(lua, "a `%s` has no `%s`", schema_row(part->keyword)->word, word);
}

/* Reads a place from the value at `index`: a part of the map, or a list of a part and a word. `what` is said of a wrong
 * one. */
static Spot read_spot(lua_State *lua, const Project *p, int index, const char *what) {
  MapPart part;
  bool pair = false;
  int top = lua_gettop(lua);
  index = lua_absindex(lua, index);
  if (!model_part(lua, index, &part)) {
    pair = lua_istable(lua, index) && lua_rawgeti(lua, index, 1) == LUA_TTABLE && model_part(lua, -1, &part);
    if (!pair)
      luaL_error(lua, "%s takes a part of the map, such as a step, or a part and a word: {step, \"owner\"}", what);
  }
  if (part.keyword == K_PROJECT)
    luaL_error(lua, "%s takes a part of a map; the project as a whole has no place in a file", what);
  Spot spot = {.statement = statement_of(p, &part), .there = true};
  spot.span = name_span(p, spot.statement);
  int word = pair ? lua_rawgeti(lua, index, 2) : LUA_TNIL;
  if (pair && lua_isinteger(lua, -1) && lua_tointeger(lua, -1) >= 1 && lua_tointeger(lua, -1) < 16)
    find_slot(lua, p, &part, &spot, (unsigned)lua_tointeger(lua, -1) - 1);
  else if (word == LUA_TSTRING) find_property(lua, p, &part, &spot, lua_tostring(lua, -1));
  else if (pair) luaL_error(lua, "%s: behind the part stands the word of one of its properties", what);
  lua_settop(lua, top);
  if (p->units[spot.statement.unit]->library)
    luaL_error(lua, "%s lies in the standard library, which nobody can mend", what);
  return spot;
}

/* A variant is asked of what it changes and adds alone: the rest was said of its base. */
static bool is_of_base(const Project *p, const MapPart *asked, Ref ref) {
  if (!asked->journey || is_in(p, asked->journey, ref)) return false;
  for (const Journey *base = asked->journey->base; base; base = base->base)
    if (is_in(p, base, ref)) return true;
  return false;
}

/* ---- texts ---- */

enum { LONGEST_MESSAGE = 1000, LONGEST_HELP = 4000 };

/* Valid UTF-8 without control characters, of a length that fits. */
static Str plain(Arena *arena, Str text, size_t longest, bool lines) {
  Buf buf = {0};
  while (text.len && buf.len < longest) {
    utf8proc_int32_t c;
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)text.at, (utf8proc_ssize_t)text.len, &c);
    bool control = n > 0 && (c < ' ' || c == 0x7F || (c >= 0x80 && c < 0xA0)) && !(lines && c == '\n');
    if (n > 0 && !control) buf_add(&buf, (Str){text.at, (size_t)n});
    else buf_add_byte(&buf, n > 0 ? ' ' : '?');
    text = str_slice(text, n > 0 ? (size_t)n : 1, text.len);
  }
  if (text.len) buf_add_c(&buf, " \xE2\x80\xA6");
  return buf_take(&buf, arena);
}

/* The text in the field of the table at 1; NULL where there is none and none is needed. */
static bool read_text(lua_State *lua, Ruleset *set, int table, const char *key, bool needed, size_t longest,
                      Str *text) {
  int type = lua_getfield(lua, table, key);
  if (type == LUA_TNUMBER) lua_tostring(lua, -1), type = LUA_TSTRING;
  if (needed && type == LUA_TNIL) luaL_error(lua, "`%s` is missing in report{…}", key);
  if (type != LUA_TSTRING && type != LUA_TNIL)
    luaL_error(lua, "`%s` in report{…} takes a text, not a %s", key, lua_typename(lua, type));
  if (type == LUA_TSTRING) {
    text->at = lua_tolstring(lua, -1, &text->len);
    sandbox_charge(lua, text->len / 4);
    Str *said = &set->said[longest == LONGEST_HELP];
    if (!str_is(*said, *text)) *said = str_trim(plain(set->arena, *text, longest, longest == LONGEST_HELP));
    *text = *said;
    if (needed && text->len == 0) luaL_error(lua, "`%s` in report{…} is empty", key);
  }
  lua_pop(lua, 1);
  return type == LUA_TSTRING;
}

/* ---- the report ---- */

static void refuse_unknown(lua_State *lua, int table, const char *const *known, const char *where) {
  const char *first = NULL; /* of several, the same on every run */
  for (lua_pushnil(lua); lua_next(lua, table); lua_pop(lua, 1)) {
    bool found = false;
    const char *name = lua_type(lua, -2) == LUA_TSTRING ? lua_tostring(lua, -2) : "a list";
    for (int i = 0; known[i] && !found; i++) found = strcmp(name, known[i]) == 0;
    if (!found && (!first || strcmp(name, first) < 0)) first = name;
  }
  if (first) luaL_error(lua, "%s has no place for `%s`", where, first);
}

static DiagnosticCode read_code(lua_State *lua, const Ruleset *set) {
  DiagnosticCode code = DIAG_OWN_CHECK;
  int type = lua_getfield(lua, 1, "code");
  if (type != LUA_TNIL && !set->rule->source->library)
    luaL_error(lua, "`code` is for the standard library: messages of your own go by the name of the check");
  if (set->rule->source->library && (type != LUA_TSTRING || !diagnostic_find(str_of(lua_tostring(lua, -1)), &code)))
    luaL_error(lua, "a message of the standard library has a code");
  lua_pop(lua, 1);
  return code;
}

static void read_related(lua_State *lua, Ruleset *set, Diagnostic *added) {
  static const char *const known[] = {"at", "text", NULL};
  enum { MOST_RELATED = 50 };
  int type = lua_getfield(lua, 1, "related");
  if (type != LUA_TNIL && type != LUA_TTABLE)
    luaL_error(lua, "`related` takes a list of places: { {at = pain, text = \"seen here\"} }");
  for (lua_Integer i = 1; type == LUA_TTABLE && i <= MOST_RELATED && lua_rawgeti(lua, -1, i) != LUA_TNIL; i++) {
    Str text;
    if (!lua_istable(lua, -1))
      luaL_error(lua, "`related` takes a list of places: { {at = pain, text = \"seen here\"} }");
    int table = lua_gettop(lua);
    refuse_unknown(lua, table, known, "a related place");
    read_text(lua, set, table, "text", true, LONGEST_MESSAGE, &text);
    lua_getfield(lua, table, "at");
    Spot spot = read_spot(lua, set->p, -1, "`at` in `related`");
    diagnostic_relate(set->to, added, spot.statement.unit, spot.span, STR_FMT, STR_ARG(text));
    lua_settop(lua, table - 1);
  }
  lua_settop(lua, 1);
}

/* Behind what the statement says: where another property may follow on its line. */
static uint32_t end_of_values(const Unit *unit, uint32_t at) {
  const Statement *statement = &unit->statements[at];
  if (statement->value_count == 0) return statement_head(statement).end;
  return unit->values[statement->first_value + statement->value_count - 1].span.end;
}

/* Instead of what the place points at; a property that isn't there is added behind the part. */
static void read_fix(lua_State *lua, Ruleset *set, Diagnostic *added) {
  static const char *const known[] = {"at", "replace", "sure", NULL};
  Str replace;
  int type = lua_getfield(lua, 1, "fix");
  if (type != LUA_TNIL && type != LUA_TTABLE)
    luaL_error(lua, "`fix` takes a place and a text: { at = {step, \"owner\"}, replace = \"owner sales\" }");
  if (type == LUA_TNIL) return lua_settop(lua, 1);
  refuse_unknown(lua, 2, known, "a fix");
  if (lua_getfield(lua, 2, "replace") != LUA_TSTRING) luaL_error(lua, "`replace` in `fix` takes a text");
  replace.at = lua_tolstring(lua, -1, &replace.len);
  replace = plain(set->arena, replace, LONGEST_HELP, true);
  lua_getfield(lua, 2, "at");
  Spot spot = read_spot(lua, set->p, -1, "`at` in `fix`");
  lua_getfield(lua, 2, "sure");
  bool sure = lua_toboolean(lua, -1);
  lua_settop(lua, 1);
  if (spot.statement.unit != added->unit) return; /* a fix mends the file of its message */
  const Unit *unit = project_unit(set->p, spot.statement);
  Span span = spot.is_value ? spot.span : unit->statements[spot.statement.at].span;
  if (!spot.there) {
    uint32_t end = end_of_values(unit, spot.statement.at);
    diagnostic_fix_if_sure(added, sure, (Span){end, end},
                           arena_format(set->arena, " " STR_FMT, STR_ARG(str_trim(replace))));
  } else if (replace.len == 0 && !spot.is_value)
    diagnostic_fix_if_sure(added, sure, source_without(&unit->source, span), STR(""));
  else diagnostic_fix_if_sure(added, sure, span, replace);
}

static int report(lua_State *lua) {
  static const char *const known[] = {"at", "message", "help", "related", "fix", "code", NULL};
  Ruleset *set = set_of(lua);
  Str message, help = STR("");
  luaL_checktype(lua, 1, LUA_TTABLE);
  lua_settop(lua, 1);
  luaL_checkstack(lua, 20, NULL);
  sandbox_charge(lua, 100);
  const CheckSource *source = set->rule->source;
  if (!source->library) refuse_unknown(lua, 1, known, "report{…}");
  lua_getfield(lua, 1, "at");
  Spot spot = read_spot(lua, set->p, -1, "`at` in report{…}");
  lua_settop(lua, 1);
  read_text(lua, set, 1, "message", true, LONGEST_MESSAGE, &message);
  read_text(lua, set, 1, "help", false, LONGEST_HELP, &help);
  DiagnosticCode code = read_code(lua, set);
  if (is_of_base(set->p, set->part, spot.statement)) return 0;
  if (!source->library && ++set->reported > LIMIT_CHECK_MESSAGES)
    luaL_error(lua, "it reports more than %d messages of one map, which is the limit", LIMIT_CHECK_MESSAGES);
  vec_push(&set->to->list, (Diagnostic){.code = code,
                                        .own = source->library ? NULL : &source->name,
                                        .severity = source->library ? diagnostic_info(code).severity : source->severity,
                                        .unit = spot.statement.unit,
                                        .span = spot.span,
                                        .message = message,
                                        .help = help});
  size_t at = set->to->list.len - 1;
  read_related(lua, set, &set->to->list.at[at]);
  read_fix(lua, set, &set->to->list.at[at]);
  return 0;
}

void report_push(lua_State *lua, Ruleset *set) {
  lua_pushlightuserdata(lua, set);
  lua_pushcclosure(lua, report, 1);
}

/* ---- what checks ask beside the map ---- */

static MapPart checked_part(lua_State *lua, const char *function) {
  MapPart part;
  if (!model_part(lua, 1, &part) || part.keyword == K_PROJECT)
    luaL_error(lua, "%s takes a part of the map first, such as a step", function);
  return part;
}

/* written(pain, "severity"): the property's value as it stands in the file; nil where there is none. */
static int check_written(lua_State *lua) {
  Ruleset *set = set_of(lua);
  MapPart part = checked_part(lua, "written");
  Spot spot = {.statement = statement_of(set->p, &part)};
  find_property(lua, set->p, &part, &spot, luaL_checkstring(lua, 2));
  if (!spot.there) return 0;
  Str text = source_text(&project_unit(set->p, spot.statement)->source, spot.span);
  sandbox_charge(lua, text.len / 4);
  lua_pushlstring(lua, text.at, text.len < LIMIT_LUA_TEXT ? text.len : LIMIT_LUA_TEXT);
  return 1;
}

/* here(step): whether the map that is asked about declares the part itself, and no map that it extends. */
static int check_here(lua_State *lua) {
  Ruleset *set = set_of(lua);
  MapPart part = checked_part(lua, "here");
  const Journey *journey = set->part->journey;
  lua_pushboolean(lua, part.keyword == K_JOURNEY ? part.journey == journey
                                                 : !journey || is_in(set->p, journey, part.item.at));
  return 1;
}

/* file(step): the file in which it is declared, as messages show it. */
static int check_file(lua_State *lua) {
  Ruleset *set = set_of(lua);
  MapPart part = checked_part(lua, "file");
  Str path = project_unit(set->p, statement_of(set->p, &part))->source.path;
  lua_pushlstring(lua, path.at, path.len);
  return 1;
}

static int by_target(const void *left, const void *right) {
  const Use *a = left, *b = right;
  int targets = ref_compare(&a->target, &b->target);
  return targets != 0 ? targets : ref_compare(&a->at, &b->at);
}

static void add_uses(Ruleset *set, const Unit *unit, Uses *uses) {
  for (uint32_t at = 0; at < unit->statement_count; at++) {
    const Statement *statement = &unit->statements[at];
    const ValueRule *rules = schema_row((Keyword)statement->keyword)->values;
    for (uint32_t i = 0; i < statement->value_count; i++) {
      const Value *value = &unit->values[statement->first_value + i];
      if (value->type != V_REF || !schema_target_matches(rules[value->slot].target, uses->target)) continue;
      Ref from = {unit->number, at}, target = project_resolve(set->p, from, value);
      if (ref_ok(target)) vec_push(&uses->list, (Use){target, from});
    }
  }
}

static const Uses *uses_of(Ruleset *set, Keyword target) {
  for (size_t i = 0; i < set->uses.len; i++)
    if (set->uses.at[i].target == target) return &set->uses.at[i];
  Uses uses = {.target = target};
  for (uint32_t u = 0; u < set->p->unit_count; u++)
    if (project_is_own(set->p, u)) add_uses(set, set->p->units[u], &uses);
  if (uses.list.len > 1) qsort(uses.list.at, uses.list.len, sizeof *uses.list.at, by_target);
  vec_push(&set->uses, uses);
  return &set->uses.at[set->uses.len - 1];
}

static size_t first_use(const Uses *uses, Ref target) {
  size_t from = 0, to = uses->list.len;
  while (from < to) {
    size_t middle = from + (to - from) / 2;
    if (ref_compare(&uses->list.at[middle].target, &target) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}

static void push_use(lua_State *lua, Ruleset *set, Keyword keyword, Ref at) {
  model_push_part(lua, set->model, &(MapPart){keyword, project_journey_of(set->p, at), item_of(at), 0});
}

/* keyword(use): the word with which the statement begins that a table stands for. */
static int check_keyword(lua_State *lua) {
  MapPart part;
  if (!model_part(lua, 1, &part)) luaL_error(lua, "keyword takes a part of the map, such as a step");
  lua_pushstring(lua, schema_row(part.keyword)->word);
  return 1;
}

/* uses(evidence, "from", 3): the statements of all maps that name it, in the order of files and lines; only those of
 * that word, and at most 3 of them. */
static int check_uses(lua_State *lua) {
  Ruleset *set = set_of(lua);
  MapPart part = checked_part(lua, "uses");
  const char *word = luaL_optstring(lua, 2, NULL);
  lua_Integer most = luaL_optinteger(lua, 3, LIMIT_LUA_VALUES);
  if (!schema_declares(part.keyword)) luaL_error(lua, "uses takes something with a name, such as a persona");
  sandbox_charge(lua, 100);
  const Uses *uses = uses_of(set, part.keyword);
  lua_newtable(lua);
  lua_Integer count = 0;
  for (size_t i = first_use(uses, part.item.at);
       i < uses->list.len && count < most && ref_is(uses->list.at[i].target, part.item.at); i++) {
    Ref at = uses->list.at[i].at;
    Keyword keyword = (Keyword)project_statement(set->p, at)->keyword;
    sandbox_charge(lua, 1);
    if (word && strcmp(schema_row(keyword)->word, word) != 0) continue;
    push_use(lua, set, keyword, at);
    lua_rawseti(lua, -2, ++count);
  }
  return 1;
}

void report_open(lua_State *lua, Ruleset *set) {
  static const luaL_Reg functions[] = {{"written", check_written}, {"here", check_here},       {"file", check_file},
                                       {"uses", check_uses},       {"keyword", check_keyword}, {NULL, NULL}};
  lua_pushlightuserdata(lua, set);
  luaL_setfuncs(lua, functions, 1);
  lua_pushinteger(lua, set->p->today);
  lua_setfield(lua, -2, "today");
}

/* ---- between processes ---- */

static void write_number(Buf *to, uint32_t number) { buf_add(to, (Str){(const char *)&number, sizeof number}); }

static void write_text(Buf *to, Str text) {
  write_number(to, (uint32_t)text.len);
  buf_add(to, text);
}

static void write_span(Buf *to, uint32_t unit, Span span) {
  write_number(to, unit);
  write_number(to, span.start);
  write_number(to, span.end);
}

void reports_write(const Diagnostics *list, Buf *to) {
  write_number(to, (uint32_t)list->list.len);
  for (size_t i = 0; i < list->list.len; i++) {
    const Diagnostic *one = &list->list.at[i];
    write_span(to, one->unit, one->span);
    write_text(to, one->message);
    write_text(to, one->help);
    write_number(to, one->related_count);
    for (uint32_t r = 0; r < one->related_count; r++) {
      write_span(to, one->related[r].unit, one->related[r].span);
      write_text(to, one->related[r].text);
    }
    write_number(to, one->has_fix ? 1 + one->fix_is_sure : 0);
    if (!one->has_fix) continue;
    write_span(to, one->unit, one->fix);
    write_text(to, one->replacement);
  }
}

typedef struct {
  const Project *p;
  Str rest;
  Arena *arena;
  bool wrong;
} Reading;

static uint32_t take_number(Reading *r) {
  uint32_t number = 0;
  if (r->rest.len < sizeof number) return r->wrong = true, 0;
  memcpy(&number, r->rest.at, sizeof number);
  r->rest = str_slice(r->rest, sizeof number, r->rest.len);
  return number;
}

static Str take_text(Reading *r) {
  uint32_t len = take_number(r);
  if (r->wrong || len > r->rest.len) return r->wrong = true, STR("");
  Str text = arena_copy(r->arena, str_slice(r->rest, 0, len));
  r->rest = str_slice(r->rest, len, r->rest.len);
  return text;
}

static Span take_span(Reading *r, uint32_t *unit) {
  *unit = take_number(r);
  Span span = {.start = take_number(r)};
  span.end = take_number(r);
  if (*unit >= r->p->unit_count || span.start > span.end || span.end > r->p->units[*unit]->source.text.len)
    r->wrong = true;
  return r->wrong ? (Span){0, 0} : span;
}

static void take_report(Reading *r, const CheckSource *source, Diagnostics *to) {
  Diagnostic one = {.code = DIAG_OWN_CHECK, .own = &source->name, .severity = source->severity};
  one.span = take_span(r, &one.unit);
  one.message = take_text(r);
  one.help = take_text(r);
  uint32_t related = take_number(r), ignored;
  if (r->wrong) return;
  for (uint32_t i = 0; i < related && !r->wrong; i++) {
    uint32_t unit;
    Span span = take_span(r, &unit);
    Str text = take_text(r);
    if (!r->wrong) diagnostic_relate(to, &one, unit, span, STR_FMT, STR_ARG(text));
  }
  uint32_t fix = take_number(r);
  if (fix > 0) {
    Span span = take_span(r, &ignored);
    Str replacement = take_text(r);
    if (ignored != one.unit) r->wrong = true;
    diagnostic_fix_if_sure(&one, fix == 2, span, replacement);
  }
  if (!r->wrong) vec_push(&to->list, one);
}

bool reports_read(const Project *p, const CheckSource *source, Str bytes, Diagnostics *to) {
  Reading r = {p, bytes, to->arena, false};
  uint32_t count = take_number(&r);
  for (uint32_t i = 0; i < count && !r.wrong; i++) take_report(&r, source, to);
  return !r.wrong && r.rest.len == 0;
}
