#include "lsp/feature/lua_files.h"

#include <math.h>

#include "check/sources.h"
#include "metric/explain.h"
#include "project/scope.h"

/* ---- who names the file ---- */

static LuaNaming naming_of(const Project *p, Ref naming) {
  const Statement *statement = project_statement(p, naming);
  bool is_use = statement->keyword == K_USE || statement->parent == NONE;
  return (LuaNaming){is_use ? naming : (Ref){naming.unit, statement->parent}, naming};
}

LuaNamings lua_namings(const Snapshot *snapshot, uint32_t unit, Arena *arena) {
  const struct Scope *scope = snapshot->project->scope;
  LuaNaming *list = ARENA_ARRAY(arena, LuaNaming, scope->script_count + 1);
  uint32_t count = 0;
  for (uint32_t i = 0; i < scope->script_count; i++)
    if (scope->scripts[i].unit == unit) list[count++] = naming_of(snapshot->project, scope->scripts[i].at);
  return (LuaNamings){list, count};
}

/* ---- what the cursor touches ---- */

static bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         (unsigned char)c >= 0x80;
}

static Span line_of(Str text, uint32_t at) {
  Span line = {at, at};
  while (line.start > 0 && !strchr("\r\n", text.at[line.start - 1])) line.start--;
  while (line.end < text.len && !strchr("\r\n", text.at[line.end])) line.end++;
  return line;
}

/* A word; in quotes all that stands between them, since names of metrics have hyphens. */
static Span word_at(Str text, uint32_t offset) {
  Span word = {offset, offset}, line = line_of(text, offset);
  while (word.start > line.start && (is_word(text.at[word.start - 1]) || text.at[word.start - 1] == '-')) word.start--;
  while (word.end < line.end && (is_word(text.at[word.end]) || text.at[word.end] == '-')) word.end++;
  bool quoted = word.start > line.start && word.end < line.end && strchr("\"'", text.at[word.start - 1]) &&
                text.at[word.end] == text.at[word.start - 1];
  if (quoted) return word;
  word = (Span){offset, offset};
  while (word.start > line.start && is_word(text.at[word.start - 1])) word.start--;
  while (word.end < line.end && is_word(text.at[word.end])) word.end++;
  return word;
}

/* The comment at the top, with the first line of code; and each line that returns what the file is. */
static bool speaks_of_all(Str text, uint32_t offset) {
  Span line = line_of(text, offset);
  if (str_starts(str_slice(text, line.start, line.end), STR("return"))) return true;
  Str rest = str_slice(text, 0, line.start);
  while (rest.len > 0)
    if (!str_starts(str_cut_line(&rest), STR("--"))) return false;
  return true;
}

static bool names_metric(const Project *p, uint32_t unit, Str word, Ref *metric) {
  if (p->units[unit]->statement_count == 0) return false;
  Resolved found = scope_resolve(p, (Ref){unit, 0}, word, K_METRIC);
  *metric = found.found;
  return found.count == 1 && !project_unit(p, found.found)->library;
}

LuaNamings lua_namings_at(const Spot *spot, Span *origin, Arena *arena) {
  const Project *p = spot->snapshot->project;
  Str text = spot_unit(spot)->source.text;
  LuaNamings all = lua_namings(spot->snapshot, spot->unit, arena);
  if (spot->offset > text.len) return (LuaNamings){NULL, 0};
  *origin = word_at(text, spot->offset);
  Str word = source_text(&spot_unit(spot)->source, *origin);
  bool is_quoted = origin->start > 0 && strchr("\"'", text.at[origin->start - 1]);
  LuaNaming *one = ARENA_NEW(arena, LuaNaming);
  for (uint32_t i = 0; i < all.count && is_quoted && word.len > 0; i++) {
    Ref metric;
    if (!names_metric(p, all.at[i].declaration.unit, word, &metric)) continue;
    *one = (LuaNaming){metric, metric};
    return (LuaNamings){one, 1};
  }
  return speaks_of_all(text, spot->offset) ? all : (LuaNamings){NULL, 0};
}

/* ---- what it comes to ---- */

static Str place_title(const Project *p, const MetricResult *result, Arena *arena) {
  if (result->journey) return item_title(p, &result->journey->item, arena);
  return place_words(p, NULL, result->place, arena);
}

static void add_value(const Project *p, const MetricScript *script, const MetricResult *result, Buf *words,
                      Arena *arena) {
  const MetricValue *value = &result->value;
  double low = value->has_interval ? value->low : NAN, high = value->has_interval ? value->high : NAN;
  Str number = quantity_text_within(value->value, low, high, arena), of = place_title(p, result, arena);
  Str unit = value->value.kind == V_NUMBER ? script->metric.unit : STR("");
  buf_printf(words, STR_FMT "%s" STR_FMT " for " STR_FMT, STR_ARG(number), unit.len > 0 ? " " : "", STR_ARG(unit),
             STR_ARG(of));
}

static void add_count(const MetricScript *script, Buf *words) {
  uint32_t journeys = 0;
  for (uint32_t i = 0; i < script->result_count; i++) journeys += script->results[i].journey != NULL;
  uint32_t others = script->result_count - journeys;
  if (journeys > 1) buf_printf(words, " \xC2\xB7 %u journeys", journeys);
  if (others > (journeys == 0)) buf_printf(words, " \xC2\xB7 %u %s", others, journeys > 0 ? "more" : "numbers");
}

static Str script_words(const Project *p, const MetricScript *script, Arena *arena) {
  Buf words = {0};
  if (script->result_count > 0) {
    add_value(p, script, &script->results[0], &words, arena);
    add_count(script, &words);
  }
  bool fails = script->failure.message.len > 0;
  if (fails)
    buf_printf(&words, "%sfails: " STR_FMT, words.len > 0 ? " \xC2\xB7 " : "", STR_ARG(script->failure.message));
  if (words.len == 0) buf_add_c(&words, "says nothing of any journey");
  return buf_take(&words, arena);
}

/* The unit of then with the path that the unit of now has. */
static uint32_t unit_then(const Spot *spot, uint32_t unit) {
  const File *file = spot->snapshot->files[unit];
  if (spot->late->snapshot == spot->snapshot) return unit;
  return file ? snapshot_unit(spot->late->snapshot, file->path) : NONE;
}

static Ref declaration_then(const Spot *spot, Ref now) {
  const Project *then = spot->late->snapshot->project;
  uint32_t unit = unit_then(spot, now.unit);
  Str name = scope_name(spot->snapshot->project, now);
  if (unit == NONE) return NO_REF;
  uint32_t entry = NONE;
  for (Ref ref; ref_ok(ref = scope_next(then, (Ref){unit, NONE}, name, &entry));)
    if (project_statement(then, ref)->keyword == project_statement(spot->snapshot->project, now)->keyword) return ref;
  return NO_REF;
}

static Str metric_words(const Spot *spot, Ref then, Arena *arena) {
  const MetricsAll *all = &spot->late->metrics;
  for (uint32_t i = 0; i < all->script_count; i++)
    if (ref_is(all->scripts[i].metric.at, then))
      return script_words(spot->late->snapshot->project, &all->scripts[i], arena);
  return STR("says nothing of any journey");
}

static Str check_words(const Spot *spot, Str id, Arena *arena) {
  uint32_t count = 0;
  Str why;
  for (uint32_t i = 0; i < spot->late->findings->count; i++) {
    const Diagnostic *found = &spot->late->findings->list[i];
    if (source_failure(found, id, arena, &why)) return arena_format(arena, "fails: " STR_FMT, STR_ARG(why));
    count += found->own && str_is(found->own->id, id);
  }
  if (count == 0) return STR("finds nothing now");
  return arena_format(arena, "%u message%s now", count, count == 1 ? "" : "s");
}

LuaValues lua_values(const Spot *spot, Arena *arena) {
  const Project *p = spot->snapshot->project;
  LuaNamings all = lua_namings(spot->snapshot, spot->unit, arena);
  LuaValue *list = ARENA_ARRAY(arena, LuaValue, all.count + 1);
  uint32_t count = 0;
  for (uint32_t i = 0; i < all.count && spot->late; i++) {
    Ref now = all.at[i].declaration, then = declaration_then(spot, now);
    if (!ref_ok(then)) continue;
    Str name = scope_name(p, now);
    bool is_check = project_statement(p, now)->keyword == K_CHECK;
    Str words = is_check ? check_words(spot, name, arena) : metric_words(spot, then, arena);
    if (all.count > 1) words = arena_format(arena, STR_FMT ": " STR_FMT, STR_ARG(name), STR_ARG(words));
    list[count++] = (LuaValue){all.at[i], words};
  }
  return (LuaValues){list, count};
}
