/* A map that keeps to a vocabulary: its stages go under those names, in that order. */
#include "base/nearest.h"
#include "check/rules.h"

static Str id_of(const Project *p, Ref ref) { return unit_id(project_unit(p, ref), ref.at); }

enum { MOST_NAMES = 256 }; /* of a vocabulary */

typedef struct {
  const Rules *rules;
  Ref vocabulary;
  Ref *stages; /* its stage names, in order */
  size_t count;
} Vocabulary;

static int place_of(const Vocabulary *vocabulary, Ref name) {
  for (size_t i = 0; i < vocabulary->count; i++)
    if (ref_is(vocabulary->stages[i], name)) return (int)i;
  return -1;
}

/* The name that the vocabulary has for the same thing; -1: none. */
static int same_thing(const Vocabulary *vocabulary, Ref name) {
  const Project *p = vocabulary->rules->p;
  Str meaning = id_of(p, stage_name_meaning(p, name));
  for (size_t i = 0; i < vocabulary->count; i++)
    if (str_is(meaning, id_of(p, stage_name_meaning(p, vocabulary->stages[i])))) return (int)i;
  return -1;
}

static int nearest_name(const Vocabulary *vocabulary, const Stage *stage) {
  const Project *p = vocabulary->rules->p;
  Nearest nearest = nearest_to(item_id(p, &stage->item));
  int best = -1;
  for (size_t i = 0; i < vocabulary->count; i++) {
    int distance = nearest.distance;
    nearest_offer(&nearest, id_of(p, vocabulary->stages[i]));
    if (nearest.distance < distance) best = (int)i;
  }
  return best;
}

/* `as decision`: instead of another `as`, or behind the stage's title. */
static void propose(const Vocabulary *vocabulary, Diagnostic *added, const Stage *stage, Str name) {
  const Project *p = vocabulary->rules->p;
  Arena *arena = vocabulary->rules->to->arena;
  Ref as = item_get(p, &stage->item, K_AS);
  if (ref_ok(as)) {
    const Value *value = unit_value(project_unit(p, as), as.at, 0);
    if (value && as.unit == added->unit) diagnostic_fix(added, value->span, name);
    return;
  }
  const Statement *statement = project_statement(p, stage->item.at);
  if (statement->value_count == 0) return;
  uint32_t end = project_unit(p, stage->item.at)->values[statement->first_value + statement->value_count - 1].span.end;
  diagnostic_fix(added, (Span){end, end}, arena_format(arena, " as " STR_FMT, STR_ARG(name)));
}

static Str all_names(const Vocabulary *vocabulary) {
  Buf words = {0};
  for (size_t i = 0; i < vocabulary->count; i++) {
    if (i > 0) buf_add_c(&words, ", ");
    buf_add(&words, id_of(vocabulary->rules->p, vocabulary->stages[i]));
  }
  return buf_take(&words, vocabulary->rules->to->arena);
}

/* Another name for the same thing, or nearly a name. A stage beside the vocabulary's is nobody's fault. */
static void check_name(const Vocabulary *vocabulary, const Stage *stage, Ref name) {
  const Rules *rules = vocabulary->rules;
  const Project *p = rules->p;
  Arena *arena = rules->to->arena;
  int meant = ref_ok(name) ? same_thing(vocabulary, name) : nearest_name(vocabulary, stage);
  if (meant < 0) return;
  Str wanted = id_of(p, vocabulary->stages[meant]);
  Str called = ref_ok(name) ? id_of(p, name) : item_title(p, &stage->item, arena);
  Ref at = stage->item.at, of = item_get(p, &rules->journey->item, K_VOCABULARY_OF);
  Diagnostic *added =
      diagnose(rules->to, DIAG_OTHER_STAGE_NAME, at.unit, rule_span(p, at),
               arena_format(arena, "say so, or give the stage that name: as " STR_FMT, STR_ARG(wanted)).at,
               "this stage goes by `" STR_FMT "`, and the vocabulary `" STR_FMT "` calls it `" STR_FMT "`",
               STR_ARG(called), STR_ARG(id_of(p, vocabulary->vocabulary)), STR_ARG(wanted));
  diagnostic_relate(rules->to, added, of.unit, unit_value(project_unit(p, of), of.at, 0)->span,
                    "the map keeps to this one");
  propose(vocabulary, added, stage, wanted);
}

static void say_order(const Vocabulary *vocabulary, const Stage *stage, const Stage *before) {
  const Rules *rules = vocabulary->rules;
  Arena *arena = rules->to->arena;
  Ref at = stage->item.at;
  Diagnostic *added =
      diagnose(rules->to, DIAG_STAGE_ORDER, at.unit, rule_span(rules->p, at),
               arena_format(arena, "the order is: %s", all_names(vocabulary).at).at,
               "in the vocabulary `" STR_FMT "` the stage \"" STR_FMT "\" comes before \"" STR_FMT "\"",
               STR_ARG(id_of(rules->p, vocabulary->vocabulary)), STR_ARG(item_title(rules->p, &stage->item, arena)),
               STR_ARG(item_title(rules->p, &before->item, arena)));
  diagnostic_relate(rules->to, added, before->item.at.unit, rule_span(rules->p, before->item.at), "here it follows it");
}

void check_vocabulary(const Rules *rules) {
  const Journey *journey = rules->journey;
  Ref at = item_ref(rules->p, &journey->item, K_VOCABULARY_OF);
  if (!ref_ok(at)) return;
  Vocabulary vocabulary = {.rules = rules, .vocabulary = at};
  Item item = item_of(at);
  vocabulary.count = item_refs(rules->p, &item, K_VOCABULARY_STAGES, rules->scratch, &vocabulary.stages);
  if (vocabulary.count > MOST_NAMES) vocabulary.count = MOST_NAMES;
  const Stage *furthest = NULL;
  int furthest_place = -1;
  for (uint32_t i = 0; i < journey->stage_count && vocabulary.count > 0; i++) {
    const Stage *stage = &journey->stages[i];
    Ref name = stage_name_of(rules->p, journey, stage);
    int place = ref_ok(name) ? place_of(&vocabulary, name) : -1;
    bool ours = rule_is_here(rules, stage->item.at);
    if (place < 0 && ours) check_name(&vocabulary, stage, name);
    if (place >= 0 && place < furthest_place && ours) say_order(&vocabulary, stage, furthest);
    if (place > furthest_place) furthest = stage, furthest_place = place;
  }
}
