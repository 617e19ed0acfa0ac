/* What a map promises: each `expect`, held against what is measured or computed. */
#include <math.h>

#include "metric/metric.h"
#include "script/files.h"

typedef struct {
  const Project *project;
  const Journey *journey;
  Metrics *metrics;
  Diagnostics *to;
  Arena *arena;
  Ref at; /* the `expect` */
  Metric metric;
  Place place;
  Str where; /* ` in "Decision"`, or empty */
} Expect;

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

static const Unit *unit_of(const Expect *expect) { return project_unit(expect->project, expect->at); }

/* From the metric's name to the value that is expected. */
static Span span_of(const Expect *expect) {
  const Value *first = unit_value(unit_of(expect), expect->at.at, 0),
              *last = unit_value(unit_of(expect), expect->at.at, 2);
  return (Span){first->span.start, last->span.end};
}

static void relate_metric(Expect *expect, Diagnostic *diagnostic) {
  Ref at = expect->metric.at;
  if (!project_is_own(expect->project, at.unit)) return;
  diagnostic_relate(expect->to, diagnostic, at.unit, statement_head(project_statement(expect->project, at)),
                    "the metric is declared here");
}

static void say_failed(Expect *expect, const MetricValue *value) {
  Diagnostic *diagnostic =
      diagnose(expect->to, DIAG_METRIC_FAILED, expect->at.unit, span_of(expect),
               "the metric is wrong, not the map: mend the Lua file; docs/metrics.md says what it may do",
               "the metric \"" STR_FMT "\" fails: " STR_FMT, STR_ARG(expect->metric.id), STR_ARG(value->failure));
  relate_metric(expect, diagnostic);
}

static void say_unknown(Expect *expect) {
  Str id = expect->metric.id;
  Str help = arena_format(expect->arena,
                          "write what was measured, as in `measure " STR_FMT
                          " …`, or expect something of a metric that is computed",
                          STR_ARG(id));
  diagnose(expect->to, DIAG_EXPECT_UNKNOWN, expect->at.unit, span_of(expect), help.at,
           "nothing here says what \"" STR_FMT "\" is" STR_FMT, STR_ARG(id), STR_ARG(expect->where));
}

static void say_unlike(Expect *expect, Quantity value, Quantity target, const Value *at) {
  const char *help = value.kind == V_SHARE      ? "write a percentage, such as 20%"
                     : value.kind == V_DURATION ? "write a time, such as 90min, 3h or 7d"
                     : value.kind == V_MONEY    ? "write an amount in the same currency"
                                                : "write a number without a unit";
  diagnose(expect->to, DIAG_WRONG_VALUE, expect->at.unit, at->span, help,
           "\"" STR_FMT "\" is %s, and can't be compared with " STR_FMT, STR_ARG(expect->metric.id),
           value.kind == target.kind ? "in another currency" : kind_words(value.kind),
           STR_ARG(quantity_text(target, expect->arena)));
}

static void say_broken(Expect *expect, const MetricValue *value, Operator operator, Quantity target) {
  Diagnostic *diagnostic =
      diagnose(expect->to, DIAG_EXPECT_FAILED, expect->at.unit, span_of(expect),
               "change the journey until it is so, or what is expected of it",
               "\"" STR_FMT "\" is " STR_FMT STR_FMT ", and is expected to be %s " STR_FMT, STR_ARG(expect->metric.id),
               STR_ARG(quantity_text(value->value, expect->arena)), STR_ARG(expect->where), operator_words(operator),
               STR_ARG(quantity_text(target, expect->arena)));
  if (value->state == METRIC_MEASURED)
    diagnostic_relate(expect->to, diagnostic, value->measure.unit,
                      project_statement(expect->project, value->measure)->span, "measured here");
}

static void check_value(Expect *expect) {
  const Value *operator= unit_value(unit_of(expect), expect->at.at, 1),
              *wanted = unit_value(unit_of(expect), expect->at.at, 2);
  Quantity target = quantity_of(unit_of(expect), wanted);
  MetricValue value = metrics_value(expect->metrics, &expect->metric, expect->place);
  Operator is = operator_of(unit_raw(unit_of(expect), operator));
  if (value.state == METRIC_FAILED) say_failed(expect, &value);
  else if (value.state == METRIC_NOTHING) say_unknown(expect);
  else if (value.value.kind != target.kind || !str_is(value.value.currency, target.currency))
    say_unlike(expect, value.value, target, wanted);
  else if (!holds(value.value.number, is, target.number)) say_broken(expect, &value, is, target);
}

static bool is_of(const Item *item, Ref ref) {
  for (uint32_t i = 0; i < item->count; i++)
    if (ref_is(item->over[i], ref)) return true;
  return ref_is(item->at, ref);
}

/* Where it is expected. False where that is unknown or gone, which linking has said. */
static bool find_place(Expect *expect) {
  uint32_t in = unit_child(unit_of(expect), expect->at.at, K_EXPECT_IN);
  if (in == NONE) return true;
  const Value *name = unit_value(unit_of(expect), in, 0);
  Ref ref = name ? project_resolve(expect->project, (Ref){expect->at.unit, in}, name) : NO_REF;
  const Journey *journey = expect->journey;
  const Item *item = NULL;
  if (!ref_ok(ref)) return false;
  for (uint32_t s = 0; s < journey->stage_count && !item; s++)
    if (is_of(&journey->stages[s].item, ref)) expect->place = (Place){PLACE_STAGE, s}, item = &journey->stages[s].item;
  for (uint32_t s = 0; s < journey->step_count && !item; s++)
    if (is_of(&journey->steps[s].item, ref)) expect->place = (Place){PLACE_STEP, s}, item = &journey->steps[s].item;
  if (item)
    expect->where =
        arena_format(expect->arena, " in \"" STR_FMT "\"", STR_ARG(item_title(expect->project, item, expect->arena)));
  return item != NULL;
}

static void check_expect(const Project *p, const Journey *journey, Metrics *metrics, Ref at, Diagnostics *to) {
  const Unit *unit = project_unit(p, at);
  const Value *name = unit_value(unit, at.at, 0);
  if (!name || !unit_value(unit, at.at, 1) || !unit_value(unit, at.at, 2)) return; /* lowering has said so */
  Ref metric = project_resolve(p, at, name);
  if (!ref_ok(metric)) return;
  Expect expect = {p,      journey, metrics, to, to->arena, at, metric_info(p, metric, to->arena), {PLACE_JOURNEY, 0},
                   {"", 0}};
  if (find_place(&expect)) check_value(&expect);
}

/* A variant is held to what it says itself: its base's promises are the base's. */
static void check_journey(const Project *p, const Journey *journey, Diagnostics *to) {
  const Unit *unit = project_unit(p, journey->at);
  if (unit_child(unit, journey->at.at, K_EXPECT) == NONE) return;
  Metrics *metrics = metrics_open(p, journey, to->arena);
  for (uint32_t at = unit_first_child(unit, journey->at.at); at != NONE; at = unit_next_sibling(unit, at))
    if (unit->statements[at].keyword == K_EXPECT) check_expect(p, journey, metrics, (Ref){journey->at.unit, at}, to);
  metrics_close(metrics);
}

/* What nobody expects anything of would else be missed until somebody scores the map. A `use` has been said by loading.
 */
static void check_files(const Project *p, uint32_t number, Diagnostics *to) {
  const Unit *unit = p->units[number];
  for (uint32_t at = 0; at < unit->statement_count; at = unit->statements[at].after) {
    uint32_t computed = unit->statements[at].keyword == K_METRIC ? unit_child(unit, at, K_COMPUTED_BY) : NONE;
    const Value *name = computed == NONE ? NULL : unit_value(unit, computed, 0);
    if (!name || lua_file_is_there(p, (Ref){number, at})) continue;
    diagnose(to, DIAG_NO_SUCH_FILE, number, name->span, "paths begin at the folder of this file",
             "there is no file \"" STR_FMT "\"", STR_ARG(unit_text(unit, to->arena, name)));
  }
}

void metrics_check(const Project *p, Diagnostics *to) {
  for (uint32_t j = 0; j < p->journey_count; j++)
    if (project_is_own(p, p->journeys[j].at.unit)) check_journey(p, &p->journeys[j], to);
  for (uint32_t u = 0; u < p->unit_count; u++)
    if (project_is_own(p, u)) check_files(p, u, to);
}
