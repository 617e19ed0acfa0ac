/* Linking, and what it says: circles of imports, ids declared twice, names that mean nothing or several things. */
#include "project/link.h"

#include <stdlib.h>

#include "base/nearest.h"
#include "base/os.h"
#include "project/scope.h"

/* Looking for the nearest name costs a look at all of them: beyond this many unknown names of a file nobody reads the
 * proposals; where there are many files, sooner. */
enum { MOST_PROPOSALS = 200, MOST_OF_MANY = 20, MANY_FILES = 100 };

static Keyword keyword_of(const Project *p, Ref ref) { return (Keyword)project_statement(p, ref)->keyword; }
static Span head_of(const Project *p, Ref ref) { return statement_head(project_statement(p, ref)); }

/* ---- names ---- */

Ref project_resolve(const Project *p, Ref from, const Value *value) {
  const KeywordRow *row = schema_row(keyword_of(p, from));
  Resolved resolved = scope_resolve(p, from, unit_raw(project_unit(p, from), value), row->values[value->slot].target);
  return resolved.count == 1 ? resolved.found : NO_REF;
}

void project_visible(const Project *p, uint32_t unit, Keyword keyword, void (*found)(void *context, Ref ref),
                     void *context) {
  bool beside_journeys = schema_declares(keyword) && keyword != K_JOURNEY;
  for (uint32_t i = p->scope->first_visible[unit]; i < p->scope->first_visible[unit + 1]; i++) {
    const Unit *seen = p->units[p->scope->visible[i]];
    if (beside_journeys && seen->only_journeys) continue; /* as most files, which may be long */
    for (uint32_t at = 0; at < seen->statement_count; at = seen->statements[at].after)
      if (seen->statements[at].keyword == keyword) found(context, (Ref){seen->number, at});
  }
}

/* What a name means that means the same in the whole file: the same few are written again and again. */
typedef struct {
  Str name; /* empty: nothing is known */
  Keyword target;
  Resolved means;
} KnownName;

enum { KNOWN_NAMES = 256 };

typedef struct {
  const Project *p;
  uint32_t unit;
  Diagnostics *to;
  Arena *arena; /* of `to` */
  int proposals;
  const Journey *asked; /* the last one of which base_is_lost was asked, and the answer */
  bool lost;
  KnownName known[KNOWN_NAMES];
} Complain;

static bool part_of_chain(const Project *p, Ref place, Ref from) {
  Ref at = scope_journey(p, from);
  for (const Journey *journey = ref_ok(at) ? scope_journey_at(p, at) : NULL; journey; journey = journey->base)
    if (ref_is(journey->at, place)) return true;
  return false;
}

static bool unit_sees(const Project *p, uint32_t from, uint32_t unit) {
  for (uint32_t i = p->scope->first_visible[from]; i < p->scope->first_visible[from + 1]; i++)
    if (p->scope->visible[i] == unit) return true;
  return false;
}

/* Those of one file that may stand here: its parts of these journeys, and the others where it is seen. */
static void offer_names(const Project *p, Ref from, uint32_t u, Keyword target, bool seen, Nearest *nearest) {
  const Unit *unit = p->units[u];
  for (uint32_t i = 0; i < unit->declared_count; i++) {
    const Declared *entry = &unit->declared[i];
    if (!schema_target_matches(target, (Keyword)unit->statements[entry->at].keyword)) continue;
    bool offered = entry->place == NONE ? seen : part_of_chain(p, (Ref){u, entry->place}, from);
    if (offered) nearest_offer(nearest, unit_name(unit, entry->at));
  }
}

static int by_number(const void *a, const void *b) {
  uint32_t first = *(const uint32_t *)a, second = *(const uint32_t *)b;
  return first < second ? -1 : first > second;
}

/* Of the files that are seen, and of those in which the journeys around `from` stand. */
static void offer_all(const Project *p, Ref from, Keyword target, Nearest *nearest) {
  const struct Scope *scope = p->scope;
  VEC(uint32_t) units = {0};
  Ref at = scope_journey(p, from);
  for (uint32_t i = scope->first_visible[from.unit]; i < scope->first_visible[from.unit + 1]; i++)
    vec_push(&units, scope->visible[i]);
  for (const Journey *journey = ref_ok(at) ? scope_journey_at(p, at) : NULL; journey; journey = journey->base)
    vec_push(&units, journey->at.unit);
  qsort(units.at, units.len, sizeof *units.at, by_number);
  for (size_t i = 0; i < units.len; i++)
    if (i == 0 || units.at[i] != units.at[i - 1])
      offer_names(p, from, units.at[i], target, unit_sees(p, from.unit, units.at[i]), nearest);
  vec_free(&units);
}

/* The last one of that very name in a file that isn't seen. */
static Ref find_elsewhere(const Project *p, Ref from, Str name, Keyword target) {
  bool of_journeys = schema_target_matches(target, K_JOURNEY);
  Ref found = NO_REF;
  for (uint32_t u = p->unit_count; u-- > 0 && !ref_ok(found);) {
    const Unit *unit = p->units[u];
    uint32_t entry = NONE;
    if (unit->only_journeys && !of_journeys) continue;
    for (uint32_t at; (at = unit_next_declared(unit, NONE, name, &entry)) != NONE;)
      if (schema_target_matches(target, (Keyword)unit->statements[at].keyword) && !unit_sees(p, from.unit, u))
        found = (Ref){u, at};
  }
  return found;
}

/* The nearest name that may stand here; and the file that declares the very name, but is not imported. */
static Nearest propose_name(const Project *p, Ref from, Str name, Keyword target, Ref *elsewhere) {
  Str last = scope_last(name);
  Nearest nearest = nearest_to(last);
  offer_all(p, from, target, &nearest);
  *elsewhere = find_elsewhere(p, from, last, target);
  if (keyword_of(p, from) == K_ARROW) {
    nearest_offer_also(&nearest, "quit quits exit exits leave left out lost drop-off drops-out gives-up abandons",
                       STR("leaves"));
    nearest_offer_also(&nearest, "end finish finished done complete completes completed success", STR("ends"));
    nearest_offer_also(&nearest, "start entry begin begins enter enters", STR("starts"));
  }
  return nearest;
}

/* Whether the nearest name is the one that was meant, and means one thing where it is put. */
static bool is_sure_name(const Complain *c, Ref from, Str name, const Nearest *nearest, Keyword target) {
  if (!nearest_is_sure(nearest) || str_is(nearest->best, nearest->word)) return false;
  Str way = str_slice(name, 0, name.len - scope_last(name).len);
  Str mended = arena_format(c->arena, STR_FMT STR_FMT, STR_ARG(way), STR_ARG(nearest->best));
  return scope_resolve(c->p, from, mended, target).count == 1;
}

/* Files of the standard library are named without its folder. */
static Str library_name(Str path) {
  static const Str folder = STR("stdlib/");
  return str_starts(path, folder) ? str_slice(path, folder.len, path.len) : path;
}

/* `use "people.journey"`, behind the last `use` of the file, or at its top. */
static void propose_use(const Complain *c, Diagnostic *added, Ref from, Ref declared) {
  const Unit *unit = project_unit(c->p, from);
  Str here = os_absolute(c->arena, unit->source.path);
  while (here.len > 1 && here.at[here.len - 1] != '/') here.len--;
  if (here.len > 1) here.len--;
  Str there = os_absolute(c->arena, project_unit(c->p, declared)->source.path);
  Str path = os_relative(c->arena, there, arena_copy(c->arena, here)), end = source_line_end(&unit->source);
  if (project_unit(c->p, declared)->library) path = library_name(project_unit(c->p, declared)->source.path);
  uint32_t at = NONE;
  for (uint32_t i = 0; i < unit->statement_count; i = unit->statements[i].after)
    if (unit->statements[i].keyword == K_USE) at = unit->statements[i].span.end;
  Str mark = STR("\xEF\xBB\xBF");
  uint32_t top = str_starts(unit->source.text, mark) ? (uint32_t)mark.len : 0;
  if (at == NONE)
    diagnostic_fix(
        added, (Span){top, top},
        arena_format(c->arena, "use \"" STR_FMT "\"" STR_FMT STR_FMT, STR_ARG(path), STR_ARG(end), STR_ARG(end)));
  else
    diagnostic_fix(added, (Span){at, at},
                   arena_format(c->arena, STR_FMT "use \"" STR_FMT "\"", STR_ARG(end), STR_ARG(path)));
}

/* Where an imported file is missing, that is said once, and not again of each name that it may have declared. */
static bool may_be_elsewhere(const Project *p, Ref from, Keyword target) {
  if (target < K_COUNT ? schema_is_of_journey(target) && !schema_allows(K_FILE, target) : target != K_AUDIENCE)
    return false;
  for (uint32_t i = p->scope->first_visible[from.unit]; i < p->scope->first_visible[from.unit + 1]; i++)
    if (p->scope->incomplete[p->scope->visible[i]]) return true;
  return false;
}

/* `low`, `medium` …: the names that are there, for words of which there are few. */
static Str known_names(const Complain *c, Ref from, Keyword target) {
  const Project *p = c->p;
  enum { MOST = 20 };
  Buf words = {0};
  int count = 0;
  for (uint32_t u = 0; u < p->unit_count && count < MOST; u++) {
    const Unit *unit = p->units[u];
    for (uint32_t i = 0; i < unit->declared_count && count < MOST && unit_sees(p, from.unit, u); i++) {
      const Declared *entry = &unit->declared[i];
      if (unit->statements[entry->at].keyword != target || entry->place != NONE) continue;
      buf_printf(&words, "%s" STR_FMT, count++ > 0 ? ", " : "", STR_ARG(unit_name(unit, entry->at)));
    }
  }
  return buf_take(&words, c->arena);
}

static Str declare_help(const Complain *c, Ref from, Keyword target, Str name) {
  if (target == K_AUDIENCE) return STR("name a persona, a segment or a channel that is declared");
  if (target == K_PERSONA_NEED)
    return arena_format(c->arena, "give the need of the persona this name: needs " STR_FMT " \"\xE2\x80\xA6\"",
                        STR_ARG(name));
  if (target >= K_COUNT) return STR("name a stage or a step of this journey");
  const char *word = schema_row(target)->word;
  if (target == K_CHANNEL)
    return arena_format(c->arena, "declare it: channel " STR_FMT " \"\xE2\x80\xA6\"; or use one of " STR_FMT,
                        STR_ARG(name), STR_ARG(known_names(c, from, target)));
  bool title = target != K_METHOD && target != K_EMOTION && target != K_SEVERITY;
  if (!title)
    return arena_format(c->arena, "use one of " STR_FMT "; or declare it, for example: %s",
                        STR_ARG(known_names(c, from, target)), schema_row(target)->example);
  return arena_format(c->arena, "declare it: %s " STR_FMT " \"\xE2\x80\xA6\"", word, STR_ARG(name));
}

/* A variant of a journey that isn't there: that is said once. */
static bool base_is_lost(Complain *c, Ref from) {
  const Journey *journey = project_journey_of(c->p, from);
  if (!journey || journey->base) return false;
  if (journey != c->asked) {
    c->asked = journey;
    c->lost = unit_child(project_unit(c->p, journey->at), journey->at.at, K_EXTENDS) != NONE;
  }
  return c->lost;
}

/* `back.send`, of a step that stands elsewhere than where it was looked for; empty where there are several. */
static Str full_name(const Complain *c, Ref from, Str last, Keyword target) {
  const Project *p = c->p;
  Resolved resolved = scope_resolve(p, from, last, target);
  if (resolved.count != 1) return STR("");
  const Unit *unit = project_unit(p, resolved.found);
  uint32_t parent = unit->statements[resolved.found.at].parent;
  if (parent == NONE || unit->statements[parent].keyword == K_JOURNEY) return last;
  const Value *changed = unit->statements[parent].keyword == K_CHANGE ? unit_value(unit, parent, 0) : NULL;
  Str around = changed ? unit_raw(unit, changed) : unit_id(unit, parent);
  return arena_format(c->arena, STR_FMT "." STR_FMT, STR_ARG(around), STR_ARG(last));
}

/* `via email, feels -1`: what looks like the next name of the list is a property, and the comma is too much. Where the
 * comma stands; empty where it is not so. */
static Span stray_comma(const Project *p, Ref from, const Value *value) {
  const Unit *unit = project_unit(p, from);
  Str text = unit->source.text, name = unit_raw(unit, value);
  bool property = false;
  for (uint32_t at = from.at; at != NONE && !property; at = unit->statements[at].parent)
    property = schema_find((Keyword)unit->statements[at].keyword, name) != K_NONE;
  uint32_t comma = value->span.start;
  while (comma > 0 && (text.at[comma - 1] == ' ' || text.at[comma - 1] == '\t')) comma--;
  if (!property || comma == 0 || text.at[comma - 1] != ',') return (Span){0};
  return (Span){comma - 1, comma};
}

static void complain_comma(const Complain *c, Ref from, Span comma, Str name) {
  Diagnostic *added = diagnose(c->to, DIAG_STRAY_CHARACTER, from.unit, comma,
                               "take it away; commas stand only between the names of a list",
                               "no comma is needed in front of `" STR_FMT "`", STR_ARG(name));
  diagnostic_fix_if_sure(added, true, comma, STR(""));
}

static void complain_unknown(Complain *c, Ref from, const Value *value, Keyword target) {
  const Project *p = c->p;
  if (target != K_JOURNEY && schema_target_matches(K_PART, target < K_COUNT ? target : K_STAGE) &&
      base_is_lost(c, from))
    return;
  Str name = unit_raw(project_unit(p, from), value);
  Span comma = stray_comma(p, from, value);
  if (comma.end > 0) {
    complain_comma(c, from, comma, name);
    return;
  }
  Ref elsewhere = NO_REF;
  Nearest nearest = {0};
  int most = p->unit_count > MANY_FILES ? MOST_OF_MANY : MOST_PROPOSALS;
  if (c->proposals++ < most) nearest = propose_name(p, from, name, target, &elsewhere);
  Str best = nearest.best;
  Span wrong = {value->span.end - (uint32_t)scope_last(name).len, value->span.end};
  if (best.len > 0 && !ref_ok(elsewhere) && str_is(best, scope_last(name))) {
    best = full_name(c, from, best, target);
    wrong = value->span;
  }
  bool variant = keyword_of(p, from) == K_CHANGE || keyword_of(p, from) == K_DROP;
  Str help =
      variant ? STR("see what the journey that this one extends is made of") : declare_help(c, from, target, name);
  if (best.len > 0) help = arena_format(c->arena, "did you mean `" STR_FMT "`?", STR_ARG(best));
  if (ref_ok(elsewhere))
    help = arena_format(c->arena, STR_FMT " declares it; bring it in with `use`",
                        STR_ARG(project_unit(p, elsewhere)->source.path));
  Diagnostic *added = diagnose(
      c->to, variant ? DIAG_NOTHING_TO_CHANGE : DIAG_UNKNOWN_NAME, from.unit, value->span, help.at,
      variant ? "there is no %s called `" STR_FMT "` to change or drop" : "there is no %s called `" STR_FMT "`",
      schema_target_words(target), STR_ARG(name));
  if (ref_ok(elsewhere)) propose_use(c, added, from, elsewhere);
  else if (best.len > 0) diagnostic_fix_if_sure(added, is_sure_name(c, from, name, &nearest, target), wrong, best);
}

static const char *ambiguous_help(const Project *p, Ref found) {
  if (ref_ok(scope_journey(p, found)))
    return "say in which stage: `decision.sign` is the step `sign` of the stage `decision`";
  if (keyword_of(p, found) == K_PERSONA_NEED)
    return "say whose: `sarah.price` is the need `price` of the persona `sarah`";
  return "give one of them another name, and use it here";
}

static void complain_ambiguous(const Complain *c, Ref from, const Value *value, Resolved resolved) {
  const Project *p = c->p;
  Str name = unit_raw(project_unit(p, from), value);
  Diagnostic *added = diagnose(c->to, DIAG_AMBIGUOUS_NAME, from.unit, value->span, ambiguous_help(p, resolved.found),
                               "`" STR_FMT "` could mean several things", STR_ARG(name));
  diagnostic_relate(c->to, added, resolved.found.unit, head_of(p, resolved.found), "this one");
  diagnostic_relate(c->to, added, resolved.other.unit, head_of(p, resolved.other), "or this one");
}

/* `starts`, `leaves` and `ends` are the ends of a path, unless a step bears that name. */
static bool is_end(const Project *p, Ref from, const Value *value) {
  if (keyword_of(p, from) != K_ARROW) return false;
  Str name = unit_raw(project_unit(p, from), value);
  return value->slot == 0 ? str_is(name, STR("starts")) : str_is(name, STR("leaves")) || str_is(name, STR("ends"));
}

static Resolved resolve(Complain *c, Ref from, Str name, Keyword target) {
  if (scope_depends_on_place(target)) return scope_resolve(c->p, from, name, target);
  size_t hash = name.len * 31 + (size_t)target;
  for (size_t i = 0; i < name.len; i++) hash = hash * 31 + (unsigned char)name.at[i];
  KnownName *known = &c->known[hash % KNOWN_NAMES];
  if (known->target != target || !str_is(known->name, name))
    *known = (KnownName){name, target, scope_resolve(c->p, from, name, target)};
  return known->means;
}

static void check_name(Complain *c, Ref from, const Value *value) {
  const Project *p = c->p;
  Keyword target = schema_row(keyword_of(p, from))->values[value->slot].target;
  Resolved resolved = resolve(c, from, unit_raw(project_unit(p, from), value), target);
  if (resolved.count == 0 && !is_end(p, from, value) && !may_be_elsewhere(p, from, target))
    complain_unknown(c, from, value, target);
  if (resolved.count > 1) complain_ambiguous(c, from, value, resolved);
}

/* ---- emotions ---- */

static bool is_on_scale(const Journey *journey, const Value *value) {
  return !journey || (value->number >= journey->scale_min && value->number <= journey->scale_max);
}

static void check_emotion(const Complain *c, Ref from, const Value *value) {
  const Journey *journey = project_journey_of(c->p, from);
  if (is_on_scale(journey, value)) return;
  Str nearest = emotion_on_scale(journey, value->number < journey->scale_min ? -1 : 1, c->arena);
  Buf fix = {0};
  if (nearest.at[0] == '+') buf_add_byte(&fix, '+');
  buf_number(&fix, value->number < journey->scale_min ? journey->scale_min : journey->scale_max, 3);
  Diagnostic *added = diagnose(
      c->to, DIAG_OUT_OF_RANGE, from.unit, value->span,
      arena_format(c->arena, "write " STR_FMT ", or give the journey another scale: scale 1..10",
                   STR_ARG(buf_str(&fix)))
          .at,
      "%g is off this map's scale, which goes from %g to %g", value->number, journey->scale_min, journey->scale_max);
  diagnostic_fix(added, value->span, buf_take(&fix, c->arena));
}

/* ---- ids declared twice ---- */

static void complain_duplicate(const Complain *c, Ref again, Ref first) {
  const Project *p = c->p;
  const Unit *unit = project_unit(p, again);
  const char *word = schema_target_words(keyword_of(p, again));
  const Value *id = unit_value(unit, again.at, 0);
  Span span = id && id->type == V_ID ? id->span : head_of(p, again);
  Diagnostic *added =
      diagnose(c->to, DIAG_DUPLICATE_ID, again.unit, span, "give one of them another name",
               "there are two of the name `" STR_FMT "`; each %s needs its own", STR_ARG(scope_name(p, again)), word);
  diagnostic_relate(c->to, added, first.unit, head_of(p, first), "first declared here");
}

static bool same_parent(const Project *p, Ref a, Ref b) {
  return a.unit == b.unit && project_statement(p, a)->parent == project_statement(p, b)->parent;
}

/* Titles may be alike; only names that were written are names for good. */
static bool is_written(const Project *p, Ref ref) { return project_statement(p, ref)->own_id; }

/* The first earlier declaration that the one at `ref` collides with. */
static Ref collision(const Project *p, uint32_t u, const Declared *entry) {
  Ref ref = {u, entry->at}, place = {u, entry->place};
  Keyword keyword = keyword_of(p, ref);
  Str name = scope_name(p, ref);
  if (entry->place != NONE) {
    uint32_t next = NONE;
    if (entry->place != project_statement(p, ref)->parent) return NO_REF; /* asked of the entry by what it stands in */
    bool written = is_written(p, ref);
    for (Ref other; written && ref_ok(other = scope_next(p, place, name, &next)) && !ref_is(other, ref);)
      if (keyword_of(p, other) == keyword && same_parent(p, other, ref) && is_written(p, other)) return other;
    const Journey *journey = keyword == K_STAGE ? scope_journey_at(p, place) : NULL;
    for (const Journey *base = journey ? journey->base : NULL; base; base = base->base) {
      next = NONE;
      for (Ref other; ref_ok(other = scope_next(p, base->at, name, &next));)
        if (keyword_of(p, other) == K_STAGE) return other;
    }
    return NO_REF;
  }
  if (keyword == K_PERSONA_NEED) return NO_REF; /* likewise */
  for (uint32_t i = p->scope->first_visible[ref.unit]; i < p->scope->first_visible[ref.unit + 1]; i++) {
    uint32_t unit = p->scope->visible[i], next = NONE;
    if (p->units[unit]->library) continue; /* the standard library's words may be declared again */
    for (Ref other; ref_ok(other = scope_next(p, (Ref){unit, NONE}, name, &next)) && !ref_is(other, ref);)
      if (keyword_of(p, other) == keyword) return other;
  }
  return NO_REF;
}

static void check_duplicates(const Complain *c) {
  const Unit *unit = c->p->units[c->unit];
  for (uint32_t i = 0; i < unit->declared_count; i++) {
    Ref first = collision(c->p, c->unit, &unit->declared[i]);
    if (ref_ok(first)) complain_duplicate(c, (Ref){c->unit, unit->declared[i].at}, first);
  }
}

/* ---- changes ---- */

/* `change` may hold what its target may: a stage has no channel. */
static void check_change(const Complain *c, Ref change) {
  const Project *p = c->p;
  const Unit *unit = project_unit(p, change);
  const Value *name = unit_value(unit, change.at, 0);
  Ref target = name ? project_resolve(p, change, name) : NO_REF;
  if (!ref_ok(target)) return;
  Keyword kind = keyword_of(p, target);
  for (uint32_t at = unit_first_child(unit, change.at); at != NONE; at = unit_next_sibling(unit, at)) {
    Keyword keyword = (Keyword)unit->statements[at].keyword;
    if (schema_allows(kind, keyword)) continue;
    diagnose(c->to, DIAG_MISPLACED_KEYWORD, change.unit, statement_head(&unit->statements[at]),
             kind == K_STAGE ? "name the step: change STAGE.STEP { … }" : "name the stage: change STAGE { … }",
             "a %s has no `%s` that could be changed", schema_row(kind)->word, schema_row(keyword)->word);
  }
}

/* In a journey that extends none there is nothing to change. */
static void check_alone(const Complain *c, uint32_t journey) {
  const Unit *unit = c->p->units[c->unit];
  for (uint32_t at = unit_first_child(unit, journey); at != NONE; at = unit_next_sibling(unit, at)) {
    const Statement *statement = &unit->statements[at];
    if (statement->keyword == K_CHANGE || statement->keyword == K_DROP)
      diagnose(c->to, DIAG_NOT_A_VARIANT, c->unit, statement_head(statement), "say which: journey … extends NAME { … }",
               "`%s` needs a journey that this one extends", schema_row((Keyword)statement->keyword)->word);
  }
}

/* ---- imports ---- */

typedef struct {
  const Project *p;
  VEC(Import) circles;
  VEC(uint32_t) circle_from;
  uint8_t *state; /* 0 unseen, 1 on the way, 2 done */
  uint32_t *next; /* the import to follow next */
} Imports;

static void complain_circle(const Complain *c, Import import) {
  const Project *p = c->p;
  uint32_t from = c->unit, to = import.unit;
  Diagnostic *added = diagnose(c->to, DIAG_IMPORT_CYCLE, from, unit_value(p->units[from], import.use, 0)->span,
                               "move what both need into a file that neither imports the other for",
                               from == to ? "this file imports itself" : "these files import each other in a circle");
  if (from != to)
    diagnostic_relate(c->to, added, to, (Span){0, 0}, "this file leads back to " STR_FMT,
                      STR_ARG(p->units[from]->source.path));
}

static void follow(Imports *walk, uint32_t *stack, uint32_t start) {
  const struct Scope *scope = walk->p->scope;
  uint32_t depth = 0;
  stack[depth++] = start;
  walk->state[start] = 1;
  walk->next[start] = scope->first_import[start];
  while (depth > 0) {
    uint32_t unit = stack[depth - 1];
    if (walk->next[unit] == scope->first_import[unit + 1]) {
      walk->state[unit] = 2;
      depth--;
      continue;
    }
    Import import = scope->imports[walk->next[unit]++];
    uint32_t to = import.unit;
    if (walk->state[to] == 1) {
      vec_push(&walk->circles, import);
      vec_push(&walk->circle_from, unit);
    }
    if (walk->state[to] != 0) continue;
    walk->state[to] = 1;
    walk->next[to] = scope->first_import[to];
    stack[depth++] = to;
  }
}

void link_imports(Project *p) {
  uint32_t *stack = mem_alloc(2 * p->unit_count * sizeof *stack);
  Imports walk = {.p = p, .state = ARENA_ARRAY(p->arena, uint8_t, p->unit_count), .next = stack + p->unit_count};
  for (uint32_t u = 0; u < p->unit_count; u++)
    if (walk.state[u] == 0) follow(&walk, stack, u);
  struct Scope *scope = p->scope;
  scope->circle_count = (uint32_t)walk.circles.len;
  scope->circles = ARENA_ARRAY(p->arena, Import, walk.circles.len);
  scope->circle_from = ARENA_ARRAY(p->arena, uint32_t, walk.circles.len);
  for (size_t i = 0; i < walk.circles.len; i++) {
    scope->circles[i] = walk.circles.at[i];
    scope->circle_from[i] = walk.circle_from.at[i];
  }
  vec_free(&walk.circles);
  vec_free(&walk.circle_from);
  free(stack);
}

/* ---- all of it ---- */

static void check_statement(Complain *c, Ref ref) {
  const Unit *unit = project_unit(c->p, ref);
  const Statement *statement = &unit->statements[ref.at];
  for (uint32_t i = 0; i < statement->value_count; i++) {
    const Value *value = &unit->values[statement->first_value + i];
    if (value->type == V_REF) check_name(c, ref, value);
    else if (value->type == V_EMOTION) check_emotion(c, ref, value);
  }
  if (statement->keyword == K_CHANGE) check_change(c, ref);
  bool alone = statement->keyword == K_JOURNEY && unit_child(unit, ref.at, K_EXTENDS) == NONE;
  if (alone) check_alone(c, ref.at);
}

void project_complain(const Project *p, uint32_t unit, Diagnostics *to) {
  Complain complain = {.p = p, .unit = unit, .to = to, .arena = to->arena};
  for (uint32_t at = 0; at < p->units[unit]->statement_count; at++) check_statement(&complain, (Ref){unit, at});
  if (unit != 0) check_duplicates(&complain);
  for (uint32_t i = 0; i < p->scope->circle_count; i++)
    if (p->scope->circle_from[i] == unit) complain_circle(&complain, p->scope->circles[i]);
  complain_rulings(p, unit, to);
}

typedef struct {
  const Project *p;
  Diagnostics *of_unit;
} Work;

static void complain_of(void *context, size_t unit) {
  const Work *work = context;
  work->of_unit[unit].arena = arena_new();
  project_complain(work->p, (uint32_t)unit, &work->of_unit[unit]);
}

void link_complain(Project *p) {
  Work work = {p, mem_alloc(p->unit_count * sizeof *work.of_unit)};
  memset(work.of_unit, 0, p->unit_count * sizeof *work.of_unit);
  os_parallel(p->unit_count, p->threads, complain_of, &work);
  for (uint32_t u = 0; u < p->unit_count; u++) {
    Diagnostics *of_unit = &work.of_unit[u];
    for (size_t i = 0; i < of_unit->list.len; i++) vec_push(&p->diagnostics.list, of_unit->list.at[i]);
    arena_take_over(p->arena, of_unit->arena);
    vec_free(&of_unit->list);
  }
  free(work.of_unit);
}

void project_link(Project *p, bool later) {
  p->scope->later = later;
  scope_new(p);
  link_journeys(p);
  link_steps(p);
  link_imports(p);
  link_settings(p);
  if (!later) link_complain(p);
}
