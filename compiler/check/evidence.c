/* What the claims of a map stand on: each emotion and number on some evidence, and evidence of both kinds.
 *
 * A future state is not asked: what should be is designed, not found. */
#include "check/rules.h"

typedef struct {
  uint32_t emotions, numbers; /* that are written in this journey */
  uint32_t bare_emotions, bare_numbers;
} Claims;

static Keyword keyword_at(const Unit *unit, uint32_t at) { return (Keyword)unit->statements[at].keyword; }

/* A `from` of the statement itself, or of what stands right inside it. */
static bool has_from_inside(const Unit *unit, uint32_t at) {
  for (uint32_t child = at + 1; child < unit->statements[at].after; child++)
    if (keyword_at(unit, child) == K_FROM) return true;
  return false;
}

/* Whoever was there when the client felt so saw the other actors, too. */
static bool actor_has_evidence(const Unit *unit, uint32_t actor) {
  uint32_t client = unit_child(unit, unit->statements[actor].parent, K_FEELS);
  return has_from_inside(unit, actor) || (client != NONE && unit_child(unit, client, K_FROM) != NONE);
}

/* Its own `from`, else that of the actor, step or path around it. */
static bool has_evidence(const Unit *unit, uint32_t at) {
  for (; at != NONE && keyword_at(unit, at) != K_STAGE && keyword_at(unit, at) != K_JOURNEY;
       at = unit->statements[at].parent) {
    if (unit_child(unit, at, K_FROM) != NONE) return true;
    if (keyword_at(unit, at) == K_ACTOR_OF && actor_has_evidence(unit, at)) return true;
  }
  return false;
}

static bool has_shares(const Unit *unit, uint32_t path) {
  for (uint32_t at = unit_first_child(unit, path); at != NONE; at = unit_next_sibling(unit, at))
    if (keyword_at(unit, at) == K_ARROW && unit_value(unit, at, 2)) return true;
  return false;
}

static bool is_number(const Unit *unit, uint32_t at) {
  if (keyword_at(unit, at) == K_MEASURE) return unit_value(unit, at, 1) != NULL; /* else it is counted from evidence */
  return keyword_at(unit, at) == K_PATH_ && has_shares(unit, at);
}

static void count_claim(const Unit *unit, uint32_t at, Claims *claims) {
  bool emotion = keyword_at(unit, at) == K_FEELS;
  if (!emotion && !is_number(unit, at)) return;
  bool bare = !has_evidence(unit, at);
  claims->emotions += emotion;
  claims->numbers += !emotion;
  claims->bare_emotions += emotion && bare;
  claims->bare_numbers += !emotion && bare;
}

/* ---- what is said ---- */

/* The title or name of the step or stage around it. */
static Str place_name(const Rules *rules, const Unit *unit, uint32_t at) {
  for (at = unit->statements[at].parent; keyword_at(unit, at) == K_ACTOR_OF;) at = unit->statements[at].parent;
  if (keyword_at(unit, at) == K_CHANGE && unit_value(unit, at, 0)) return unit_raw(unit, unit_value(unit, at, 0));
  Item item = item_of((Ref){unit->number, at});
  return item_title(rules->p, &item, rules->to->arena);
}

static Str who_feels(const Rules *rules, const Unit *unit, uint32_t feels) {
  uint32_t around = unit->statements[feels].parent;
  const Value *name = keyword_at(unit, around) == K_ACTOR_OF ? unit_value(unit, around, 0) : NULL;
  Ref actor = name ? project_resolve(rules->p, (Ref){unit->number, around}, name) : NO_REF;
  if (!ref_ok(actor)) return STR("the client");
  Item item = item_of(actor);
  return arena_format(rules->to->arena, "\"" STR_FMT "\"", STR_ARG(item_title(rules->p, &item, rules->to->arena)));
}

static void say_emotion(const Rules *rules, const Unit *unit, uint32_t at) {
  const Value *value = unit_value(unit, at, 0);
  diagnose(rules->to, DIAG_EMOTION_NO_EVIDENCE, unit->number,
           value ? value->span : statement_head(&unit->statements[at]),
           "say what it is known from: feels \xE2\x80\xA6 from EVIDENCE; if it is a guess, ask some clients",
           "nothing says how it is known what " STR_FMT " feels at \"" STR_FMT "\"",
           STR_ARG(who_feels(rules, unit, at)), STR_ARG(place_name(rules, unit, at)));
}

static void say_number(const Rules *rules, const Unit *unit, uint32_t at) {
  static const char help[] = "say what it is known from, behind it on the same line: from EVIDENCE";
  const Value *name = unit_value(unit, at, 0);
  Span span = name ? name->span : statement_head(&unit->statements[at]);
  if (keyword_at(unit, at) == K_PATH_)
    diagnose(rules->to, DIAG_NUMBER_NO_EVIDENCE, unit->number, span, "say where they were counted: from EVIDENCE",
             "nothing says where the shares of this path come from");
  else
    diagnose(rules->to, DIAG_NUMBER_NO_EVIDENCE, unit->number, span, help,
             "nothing says where the measure `" STR_FMT "` comes from", STR_ARG(name ? unit_raw(unit, name) : STR("")));
}

static Str count_words(Arena *arena, uint32_t count, const char *one, const char *many) {
  return arena_format(arena, "%u %s", (unsigned)count, count == 1 ? one : many);
}

/* Nothing on the whole map has any: said once. */
static void say_nothing_stands(const Rules *rules, const Claims *claims) {
  Arena *arena = rules->to->arena;
  Str emotions = count_words(arena, claims->emotions, "emotion", "emotions");
  Str numbers = count_words(arena, claims->numbers, "number", "numbers");
  Str what = claims->numbers == 0 ? emotions
             : claims->emotions == 0
                 ? numbers
                 : arena_format(arena, STR_FMT " and " STR_FMT, STR_ARG(emotions), STR_ARG(numbers));
  bool one = claims->emotions + claims->numbers == 1;
  diagnose(rules->to, claims->emotions > 0 ? DIAG_EMOTION_NO_EVIDENCE : DIAG_NUMBER_NO_EVIDENCE,
           rules->journey->at.unit, rule_span(rules->p, rules->journey->at),
           "declare what you know it from as `evidence`, and name it: feels -2 from EVIDENCE",
           "nothing on this map stands on evidence: its " STR_FMT " may be %s", STR_ARG(what),
           one ? "a guess" : "guesses");
}

/* ---- asked for or not ---- */

enum { MOST_EVIDENCE = 4 };

typedef struct {
  const Rules *rules;
  Ref evidence[MOST_EVIDENCE]; /* the first that are used */
  uint32_t count;
  bool solicited, unsolicited, unknown;
} Kinds;

static void add_kind(Kinds *kinds, Ref evidence) {
  const Project *p = kinds->rules->p;
  Item item = item_of(evidence);
  Ref method = item_ref(p, &item, K_METHOD_OF);
  const Value *asked = ref_ok(method) ? unit_value(project_unit(p, method), method.at, 2) : NULL;
  if (!asked) kinds->unknown = true;
  else if (asked->extra == 0) kinds->solicited = true;
  else kinds->unsolicited = true;
  for (uint32_t i = 0; i < kinds->count; i++)
    if (ref_is(kinds->evidence[i], evidence)) return;
  if (kinds->count < MOST_EVIDENCE) kinds->evidence[kinds->count++] = evidence;
}

static bool is_settled(const Kinds *kinds) { return kinds->unknown || (kinds->solicited && kinds->unsolicited); }

static void add_kinds(Kinds *kinds, const Unit *unit, uint32_t at) {
  const Statement *statement = &unit->statements[at];
  for (uint32_t i = 0; i < statement->value_count && !is_settled(kinds); i++) {
    const Value *value = &unit->values[statement->first_value + i];
    if (value->type != V_REF) continue;
    Ref evidence = project_resolve(kinds->rules->p, (Ref){unit->number, at}, value);
    if (ref_ok(evidence)) add_kind(kinds, evidence);
  }
}

static void say_one_kind(const Rules *rules, const Kinds *kinds) {
  const Project *p = rules->p;
  Diagnostic *added =
      diagnose(rules->to, kinds->solicited ? DIAG_ONLY_SOLICITED : DIAG_ONLY_UNSOLICITED, rules->journey->at.unit,
               rule_span(p, rules->journey->at),
               kinds->solicited
                   ? "add what clients do without being asked: web analytics, a support log, transcripts, observation"
                   : "ask some clients why: interviews, a survey, a usability test",
               kinds->solicited ? "all evidence of this map was asked for: it shows what clients say, not what they do"
                                : "no client was asked for any evidence of this map: it shows what they do, not why");
  for (uint32_t i = 0; i < kinds->count; i++) {
    Ref evidence = kinds->evidence[i];
    Item item = item_of(evidence);
    Ref method = item_ref(p, &item, K_METHOD_OF);
    Item name = item_of(method);
    diagnostic_relate(rules->to, added, evidence.unit, rule_span(p, evidence), "method: " STR_FMT,
                      STR_ARG(item_title(p, &name, rules->to->arena)));
  }
}

/* ---- the map ---- */

void check_evidence(const Rules *rules) {
  const Journey *journey = rules->journey;
  const Unit *unit = project_unit(rules->p, journey->at);
  uint32_t after = unit->statements[journey->at.at].after;
  bool future = rule_is_type(rules, "future-state");
  Claims claims = {0};
  Kinds kinds = {.rules = rules};
  bool any = false;
  for (uint32_t at = journey->at.at + 1; at < after; at++) {
    Keyword keyword = keyword_at(unit, at);
    count_claim(unit, at, &claims);
    if (keyword == K_FROM || keyword == K_SEEN_IN) {
      any = true;
      if (!is_settled(&kinds)) add_kinds(&kinds, unit, at);
    }
  }
  if (future) return;
  if (!any && claims.emotions + claims.numbers > 0 && rule_is_grown(rules)) say_nothing_stands(rules, &claims);
  if (!any) return;
  if (!journey->base && !is_settled(&kinds) && kinds.count > 0) say_one_kind(rules, &kinds);
  if (claims.bare_emotions + claims.bare_numbers == 0) return;
  for (uint32_t at = journey->at.at + 1; at < after; at++) {
    if (keyword_at(unit, at) == K_FEELS && !has_evidence(unit, at)) say_emotion(rules, unit, at);
    else if (is_number(unit, at) && !has_evidence(unit, at)) say_number(rules, unit, at);
  }
}
