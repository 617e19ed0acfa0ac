#include "metric/stated.h"

#include <math.h>

#include "evidence/evidence.h"

/* Half of the last digit that was written: "12" is anything from 11.5 to 12.5. Of times and money, a fortieth. */
static double rounded_by(const Unit *unit, const Value *value, Quantity stated) {
  if (stated.kind == V_DURATION || stated.kind == V_MONEY) return fabs(stated.number) / 40;
  Str raw = unit_raw(unit, value);
  const char *point = memchr(raw.at, '.', raw.len);
  double digit = stated.kind == V_SHARE ? 0.01 : 1;
  for (const char *c = point ? point + 1 : raw.at + raw.len; c < raw.at + raw.len && *c >= '0' && *c <= '9'; c++)
    digit /= 10;
  return digit / 2;
}

/* The value and the space in front of it. */
static Span value_with_space(const Unit *unit, const Value *value) {
  Span span = value->span;
  while (span.start > 0 && unit->source.text.at[span.start - 1] == ' ') span.start--;
  return span;
}

static void say(const Project *p, const Evidence *evidence, Ref measure, Quantity stated, const MetricValue *counted,
                Diagnostics *to) {
  const Unit *unit = project_unit(p, measure);
  const Value *value = unit_value(unit, measure.at, 1), *name = unit_value(unit, measure.at, 0);
  Ref from = evidence_answers(evidence, measure)->evidence;
  Str number = quantity_text_within(counted->value, counted->low, counted->high, to->arena);
  Str n = counted->has_n ? arena_format(to->arena, ", n = %llu", (unsigned long long)counted->n) : STR("");
  Diagnostic *said =
      diagnose(to, DIAG_CONTRADICTED, measure.unit, value->span,
               "take the value away, and it is counted from the file; or correct it; where it is about other answers, "
               "name their evidence",
               "the measure `" STR_FMT "` states " STR_FMT ", but " STR_FMT " says " STR_FMT STR_FMT,
               STR_ARG(unit_raw(unit, name)), STR_ARG(quantity_text(stated, to->arena)),
               STR_ARG(evidence_file(evidence, from)->path), STR_ARG(number), STR_ARG(n));
  diagnostic_fix(said, value_with_space(unit, value), STR(""));
  Item item = item_of(from);
  diagnostic_relate(to, said, from.unit, statement_head(project_statement(p, from)), "it stands on \"" STR_FMT "\"",
                    STR_ARG(item_title(p, &item, to->arena)));
}

void stated_say(const Project *p, const Evidence *evidence, const Metrics *metrics, const CountedList *stated,
                Diagnostics *to) {
  for (size_t i = 0; i < stated->len; i++) {
    Ref measure = stated->at[i].measure;
    const Unit *unit = project_unit(p, measure);
    const Value *value = unit_value(unit, measure.at, 1);
    const MetricValue *counted = metrics_value(metrics, stated->at[i].asked);
    Quantity quantity = quantity_of(unit, value);
    if (i && ref_is(stated->at[i - 1].measure, measure)) continue; /* of a variant, as in its base */
    if (counted->state != METRIC_COUNTED || !counted->has_interval || !quantity_is_like(quantity, counted->value))
      continue;
    double rounded = rounded_by(unit, value, quantity);
    bool inside = quantity.number >= counted->low - rounded && quantity.number <= counted->high + rounded;
    if (!inside) say(p, evidence, measure, quantity, counted, to);
  }
}
