/* What a map promises: each `expect`, held against what is measured, counted or computed. */
#include "metric/expect.h"

#include <math.h>

#include "metric/check.h"
#include "script/files.h"

/* ---- operators ---- */

typedef enum { IS, IS_NOT, AT_LEAST, AT_MOST, MORE, LESS } Operator;

static Operator operator_of(Str raw) {
  if (str_is_c(raw, ">=") || str_is_c(raw, "\u2265")) return AT_LEAST;
  if (str_is_c(raw, "<=") || str_is_c(raw, "\u2264")) return AT_MOST;
  if (str_is_c(raw, ">")) return MORE;
  if (str_is_c(raw, "<")) return LESS;
  return str_is_c(raw, "!=") ? IS_NOT : IS;
}

/* Computed numbers are seldom exact: what differs by less than a billionth is the same. */
static bool holds(double value, Operator operator, double target) {
  bool same = fabs(value - target) <= 1e-9 * fmax(1, fmax(fabs(value), fabs(target)));
  switch (operator) {
    case AT_LEAST: return same || value > target;
    case AT_MOST: return same || value < target;
    case MORE: return !same && value > target;
    case LESS: return !same && value < target;
    case IS_NOT: return !same;
    default: return same;
  }
}

static const char *operator_words(Operator operator) {
  static const char *const words[] = {"exactly", "anything but", "at least", "at most", "more than", "less than"};
  return words[operator];
}

static const char *kind_words(ValueType kind) {
  return kind == V_SHARE      ? "a share, such as 20%"
         : kind == V_DURATION ? "a time, such as 7d"
         : kind == V_MONEY    ? "an amount of money"
                              : "a plain number";
}

/* ---- asking ---- */

typedef struct {
  Ref at; /* the `expect` */
  const Journey *journey;
  Metric metric;
  Place place;
  Str where; /* ` in "Decision"`, or empty */
  size_t asked;
} Expect;

struct Expectations {
  const Project *project;
  Metrics *metrics;
  Arena *arena;
  VEC(Expect) list;
};

static bool is_of(const Item *item, Ref ref) {
  for (uint32_t i = 0; i < item->count; i++)
    if (ref_is(item->over[i], ref)) return true;
  return ref_is(item->at, ref);
}

/* Where it is expected. False where that is unknown or gone, which linking has said. */
static bool find_place(const Project *p, Expect *expect, Arena *arena) {
  const Unit *unit = project_unit(p, expect->at);
  uint32_t in = unit_child(unit, expect->at.at, K_EXPECT_IN);
  if (in == NONE) return true;
  const Value *name = unit_value(unit, in, 0);
  Ref ref = name ? project_resolve(p, (Ref){expect->at.unit, in}, name) : NO_REF;
  const Journey *journey = expect->journey;
  const Item *item = NULL;
  if (!ref_ok(ref)) return false;
  for (uint32_t s = 0; s < journey->stage_count && !item; s++)
    if (is_of(&journey->stages[s].item, ref))
      expect->place = (Place){.kind = PLACE_STAGE, .index = s}, item = &journey->stages[s].item;
  for (uint32_t s = 0; s < journey->step_count && !item; s++)
    if (is_of(&journey->steps[s].item, ref))
      expect->place = (Place){.kind = PLACE_STEP, .index = s}, item = &journey->steps[s].item;
  if (item) expect->where = arena_format(arena, " in \"" STR_FMT "\"", STR_ARG(item_title(p, item, arena)));
  return item != NULL;
}

static void ask(Expectations *all, const Journey *journey, Ref at) {
  const Project *p = all->project;
  const Unit *unit = project_unit(p, at);
  const Value *name = unit_value(unit, at.at, 0);
  if (!name || !unit_value(unit, at.at, 1) || !unit_value(unit, at.at, 2)) return; /* lowering has said so */
  Ref metric = project_resolve(p, at, name);
  if (!ref_ok(metric)) return;
  Expect expect = {.at = at, .journey = journey, .metric = metric_info(p, metric, all->arena), .where = STR("")};
  if (!find_place(p, &expect, all->arena)) return;
  expect.asked = metrics_ask(all->metrics, journey, &expect.metric, expect.place);
  vec_push(&all->list, expect);
}

/* A variant is held to what it says itself: its base's promises are the base's. */
Expectations *expectations_ask(const Project *p, Metrics *metrics, Arena *arena) {
  Expectations *all = ARENA_NEW(arena, Expectations);
  *all = (Expectations){.project = p, .metrics = metrics, .arena = arena};
  for (uint32_t j = 0; j < p->journey_count; j++) {
    const Journey *journey = &p->journeys[j];
    const Unit *unit = project_unit(p, journey->at);
    if (!project_is_own(p, journey->at.unit) || unit_child(unit, journey->at.at, K_EXPECT) == NONE) continue;
    for (uint32_t at = unit_first_child(unit, journey->at.at); at != NONE; at = unit_next_sibling(unit, at))
      if (unit->statements[at].keyword == K_EXPECT) ask(all, journey, (Ref){journey->at.unit, at});
  }
  return all;
}

/* ---- saying ---- */

typedef struct {
  const Expectations *all;
  const Expect *expect;
  const MetricValue *value;
  Operator is;
  Quantity target;
  MetricSaid *said;
  Diagnostics *to;
} Saying;

/* From the metric's name to the value that is expected. */
static Span span_of(const Saying *saying) {
  Ref at = saying->expect->at;
  const Unit *unit = project_unit(saying->all->project, at);
  return (Span){unit_value(unit, at.at, 0)->span.start, unit_value(unit, at.at, 2)->span.end};
}

static void say_unknown(const Saying *saying) {
  const Expect *expect = saying->expect;
  Str id = expect->metric.id;
  const ComputeFile *file = metrics_file(saying->all->metrics, expect->asked);
  bool elsewhere = file && !metric_is_of(file, expect->place);
  Str help = arena_format(saying->to->arena,
                          elsewhere ? "its Lua file says with `scope` what \"" STR_FMT
                                      "\" is computed for, and this is none of it"
                                    : "write what was measured, as in `measure " STR_FMT
                                      " \u2026`, or expect something of a metric that is computed",
                          STR_ARG(id));
  diagnose(saying->to, DIAG_EXPECT_UNKNOWN, expect->at.unit, span_of(saying), help.at,
           "nothing here says what \"" STR_FMT "\" is" STR_FMT, STR_ARG(id), STR_ARG(expect->where));
}

static void say_unlike(const Saying *saying) {
  ValueType kind = saying->value->value.kind;
  Ref at = saying->expect->at;
  const char *help = kind == V_SHARE      ? "write a percentage, such as 20%"
                     : kind == V_DURATION ? "write a time, such as 90min, 3h or 7d"
                     : kind == V_MONEY    ? "write an amount in the same currency"
                                          : "write a number without a unit";
  diagnose(saying->to, DIAG_WRONG_VALUE, at.unit, unit_value(project_unit(saying->all->project, at), at.at, 2)->span,
           help, "\"" STR_FMT "\" is %s, and can't be compared with " STR_FMT, STR_ARG(saying->expect->metric.id),
           kind == saying->target.kind ? "in another currency" : kind_words(kind),
           STR_ARG(quantity_text(saying->target, saying->to->arena)));
}

/* Where the data would as well bear the other answer. */
static bool is_within(const MetricValue *value, Operator is, double target) {
  return value->has_interval && value->low <= target && value->high >= target && is != IS_NOT && is != IS;
}

static bool is_near(const Saying *saying) { return is_within(saying->value, saying->is, saying->target.number); }

/* "28 ± 25 at n=39" */
static Str value_words(const Saying *saying) {
  const MetricValue *value = saying->value;
  Arena *arena = saying->to->arena;
  if (!value->has_interval && !value->has_n) return quantity_text(value->value, arena);
  Str text = quantity_text_within(value->value, value->has_interval ? value->low : NAN, value->high, arena);
  if (!value->has_n) return text;
  return arena_format(arena, STR_FMT " at n=%llu", STR_ARG(text), (unsigned long long)value->n);
}

/* In the spelling of the value beside it. */
static Str target_words(const Saying *saying) {
  if (!saying->value->has_interval && !saying->value->has_n) return quantity_text(saying->target, saying->to->arena);
  return quantity_text_within(saying->target, NAN, NAN, saying->to->arena);
}

static void relate_measure(const Saying *saying, Diagnostic *diagnostic) {
  if (!ref_ok(saying->value->measure)) return;
  diagnostic_relate(saying->to, diagnostic, saying->value->measure.unit,
                    project_statement(saying->all->project, saying->value->measure)->span,
                    saying->value->state == METRIC_COUNTED ? "counted here" : "measured here");
}

static void say_broken(const Saying *saying) {
  const Expect *expect = saying->expect;
  Arena *arena = saying->to->arena;
  Str target = target_words(saying);
  Str near = is_near(saying) ? arena_format(arena, ", which can't be told from " STR_FMT, STR_ARG(target)) : STR("");
  const char *help = near.len ? "ask more clients, so that the margin gets smaller, change the journey, or expect less"
                              : "change the journey until it is so, or what is expected of it";
  Diagnostic *diagnostic =
      diagnose(saying->to, DIAG_EXPECT_FAILED, expect->at.unit, span_of(saying), help,
               "\"" STR_FMT "\" is " STR_FMT STR_FMT STR_FMT "%s expected to be %s " STR_FMT,
               STR_ARG(expect->metric.id), STR_ARG(value_words(saying)), STR_ARG(expect->where), STR_ARG(near),
               near.len ? "; it is" : ", and is", operator_words(saying->is), STR_ARG(target));
  relate_measure(saying, diagnostic);
}

static void say_close(const Saying *saying) {
  const Expect *expect = saying->expect;
  Diagnostic *diagnostic = diagnose(
      saying->to, DIAG_EXPECT_CLOSE, expect->at.unit, span_of(saying),
      "it may as well not hold: ask more clients, so that the margin gets smaller",
      "\"" STR_FMT "\" is " STR_FMT STR_FMT ", which can't be told from the " STR_FMT " that is expected",
      STR_ARG(expect->metric.id), STR_ARG(value_words(saying)), STR_ARG(expect->where), STR_ARG(target_words(saying)));
  relate_measure(saying, diagnostic);
}

static void say(const Saying *saying) {
  const MetricValue *value = saying->value;
  if (value->state == METRIC_FAILED)
    metric_say_failed(saying->all->project, &saying->expect->metric, value->failure, saying->expect->at.unit,
                      span_of(saying), saying->said, saying->to);
  else if (value->state == METRIC_NOTHING && lua_is_held_back(saying->all->project, saying->expect->metric.at)) return;
  else if (value->state == METRIC_NOTHING) say_unknown(saying);
  else if (!quantity_is_like(value->value, saying->target)) say_unlike(saying);
  else if (!holds(value->value.number, saying->is, saying->target.number)) say_broken(saying);
  else if (is_near(saying)) say_close(saying);
}

void expectations_say(const Expectations *all, MetricSaid *said, Diagnostics *to) {
  for (size_t i = 0; i < all->list.len; i++) {
    const Expect *expect = &all->list.at[i];
    const Unit *unit = project_unit(all->project, expect->at);
    Saying saying = {.all = all, .expect = expect, .said = said, .to = to};
    saying.value = metrics_value(all->metrics, expect->asked);
    saying.is = operator_of(unit_raw(unit, unit_value(unit, expect->at.at, 1)));
    saying.target = quantity_of(unit, unit_value(unit, expect->at.at, 2));
    say(&saying);
  }
}

bool expect_holds(const Unit *unit, uint32_t at, const MetricValue *value, bool *near) {
  Quantity target = quantity_of(unit, unit_value(unit, at, 2));
  Operator is = operator_of(unit_raw(unit, unit_value(unit, at, 1)));
  bool is_like = quantity_is_like(value->value, target);
  *near = is_like && is_within(value, is, target.number);
  return is_like && holds(value->value.number, is, target.number);
}

void expectations_free(Expectations *all) { vec_free(&all->list); }
