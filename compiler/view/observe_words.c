#include "view/observe_words.h"

#include <math.h>

#include "base/calendar.h"
#include "flow/flow.h"
#include "view/flow_words.h"

enum { DAY_MS = 86400000, PATH_NODES = 14 };

/* ---- numbers ---- */

Str observe_time(double seconds, Arena *arena) {
  static const struct {
    double least, each;
    const char *one, *more;
  } units[] = {{129600, 86400, "day", "days"}, {5400, 3600, "h", "h"}, {90, 60, "min", "min"}, {0, 1, "s", "s"}};
  if (isnan(seconds)) return STR("\u2013");
  size_t i = 0;
  while (seconds < units[i].least) i++;
  double value = seconds / units[i].each;
  Buf out = {0};
  buf_number(&out, value, value < 10 ? 1 : 0);
  Str number = buf_take(&out, arena);
  return arena_format(arena, STR_FMT " %s", STR_ARG(number), str_is_c(number, "1") ? units[i].one : units[i].more);
}

Str observe_percent(double share, Arena *arena) {
  if (isnan(share)) return STR("\u2013");
  if (share <= 0 || share >= 0.0995) {
    Buf out = {0};
    buf_number(&out, share * 100, share > 0.995 && share < 1 ? 1 : 0);
    buf_add_byte(&out, '%');
    return buf_take(&out, arena);
  }
  return arena_format(arena, STR_FMT "%%", STR_ARG(flow_hundred(share, arena)));
}

Str observe_number(uint64_t number, Arena *arena) {
  Str digits = arena_format(arena, "%llu", (unsigned long long)number);
  Buf out = {0};
  for (size_t i = 0; i < digits.len; i++) {
    if (i > 0 && (digits.len - i) % 3 == 0) buf_add_byte(&out, ',');
    buf_add_byte(&out, digits.at[i]);
  }
  return buf_take(&out, arena);
}

static const char *month(int number) {
  static const char *const names[] = {"January", "February", "March",     "April",   "May",      "June",
                                      "July",    "August",   "September", "October", "November", "December"};
  return names[number - 1];
}

Str observe_days(int32_t first, int32_t last, Arena *arena) {
  CalendarDay a = calendar_day(first), b = calendar_day(last);
  Str end = arena_format(arena, "%d %s %d", b.day, month(b.month), b.year);
  if (first == last) return end;
  if (a.year != b.year) return arena_format(arena, "%d %s %d to " STR_FMT, a.day, month(a.month), a.year, STR_ARG(end));
  if (a.month != b.month) return arena_format(arena, "%d %s to " STR_FMT, a.day, month(a.month), STR_ARG(end));
  return arena_format(arena, "%d to " STR_FMT, a.day, STR_ARG(end));
}

/* ---- what differs ---- */

/* "acquisition_channel": "acquisition channel" */
static Str column_words(Str name, Arena *arena) {
  char *words = ARENA_ARRAY(arena, char, name.len + 1);
  for (size_t i = 0; i < name.len; i++) words[i] = name.at[i] == '_' ? ' ' : name.at[i];
  return (Str){words, name.len};
}

Str observe_who(const Finding *finding, Arena *arena) {
  Str who = STR("All clients");
  if (finding->attribute) {
    Str value = finding->value > 0 ? finding->attribute->values[finding->value - 1] : STR("(none)");
    who = arena_format(arena, "Clients whose " STR_FMT " is " STR_FMT,
                       STR_ARG(column_words(finding->attribute->name, arena)), STR_ARG(value));
  }
  if (!finding->has_days) return who;
  return arena_format(arena, STR_FMT ", " STR_FMT, STR_ARG(who),
                      STR_ARG(observe_days(finding->first_day, finding->last_day, arena)));
}

static Str of_whom(const Binding *binding, const Outcome *outcome, Arena *arena) {
  if (outcome->of == NONE) return STR("");
  return arena_format(arena, " of those at \"" STR_FMT "\"", STR_ARG(node_title(binding, outcome->of, arena)));
}

/* What they do, and whether it is said of those who do not. */
static Str what(const Binding *binding, const Difference *difference, bool *negated, Arena *arena) {
  const Outcome *outcome = &difference->outcome;
  Str to = outcome->to != NONE ? node_title(binding, outcome->to, arena) : STR("");
  *negated = outcome->kind == OUTCOME_GOES_ON && difference->here.value < difference->others.value;
  switch (outcome->kind) {
    case OUTCOME_HAS:
      return arena_format(arena, "meet \"" STR_FMT "\"", STR_ARG(binding->log->activities[outcome->activity]));
    case OUTCOME_GOES_ON:
      return arena_format(arena, "%s to \"" STR_FMT "\"", *negated ? "never come" : "come", STR_ARG(to));
    case OUTCOME_LEAVES: return STR("leave there");
    case OUTCOME_MOVES: return arena_format(arena, "go from there straight to \"" STR_FMT "\"", STR_ARG(to));
    case OUTCOME_AGAIN: return STR("come there again");
    case OUTCOME_REACHES: return arena_format(arena, "come to \"" STR_FMT "\"", STR_ARG(to));
  }
  return STR("");
}

Str observe_difference(const Binding *binding, const Finding *finding, const Difference *difference, Arena *arena) {
  bool negated;
  Str words = what(binding, difference, &negated, arena), whom = of_whom(binding, &difference->outcome, arena);
  double here = difference->here.value, others = difference->others.value;
  if (negated) here = 1 - here, others = 1 - others;
  return arena_format(arena, STR_FMT STR_FMT " " STR_FMT ", against " STR_FMT " %s",
                      STR_ARG(observe_percent(here, arena)), STR_ARG(whom), STR_ARG(words),
                      STR_ARG(observe_percent(others, arena)), finding->attribute ? "of all others" : "at other times");
}

/* ---- the log as a whole ---- */

static int32_t day_of(int64_t time) { return (int32_t)((time - (time % DAY_MS + DAY_MS) % DAY_MS) / DAY_MS); }

Str observe_source(const EventLog *log, Arena *arena) {
  Buf out = {0};
  buf_printf(&out, STR_FMT " %s, " STR_FMT " %s of " STR_FMT " %s", STR_ARG(observe_number(log->case_count, arena)),
             log->case_count == 1 ? "case" : "cases", STR_ARG(observe_number(log->event_count, arena)),
             log->event_count == 1 ? "event" : "events", STR_ARG(observe_number(log->activity_count, arena)),
             log->activity_count == 1 ? "activity" : "activities");
  if (log->has_time && log->event_count > 0)
    buf_printf(&out, ", " STR_FMT, STR_ARG(observe_days(day_of(log->first_time), day_of(log->last_time), arena)));
  if (log->left_out > 0)
    buf_printf(&out, "; " STR_FMT " rows are left out by its `where`", STR_ARG(observe_number(log->left_out, arena)));
  return buf_take(&out, arena);
}

Str observe_bad_rows(const EventLog *log, Arena *arena) {
  Buf out = {0};
  if (log->bad > 0) {
    buf_printf(&out, STR_FMT " of " STR_FMT " rows could not be read and %s not counted: ",
               STR_ARG(observe_number(log->bad, arena)), STR_ARG(observe_number(log->rows, arena)),
               log->bad == 1 ? "is" : "are");
    for (uint32_t i = 0; i < log->bad_shown; i++)
      buf_printf(&out, "%sline %llu: " STR_FMT, i > 0 ? "; " : "", (unsigned long long)log->bad_rows[i].line,
                 STR_ARG(log->bad_rows[i].why));
    buf_add_c(&out, log->bad > log->bad_shown ? "; and so on." : ".");
  }
  if (log->broken)
    buf_printf(&out, "%sThe file could only be read in part: " STR_FMT ".", out.len > 0 ? " " : "", STR_ARG(log->why));
  return buf_take(&out, arena);
}

Str observe_summary(const Observation *o, Arena *arena) {
  Buf out = {0};
  if (o->on_map == 0) return STR("No event of the log belongs to a step of the map.");
  buf_printf(&out, "Of 100 cases, " STR_FMT " come to a step of the map; of 100 of those, " STR_FMT " %s",
             STR_ARG(flow_hundred((double)o->on_map / (double)o->cases, arena)),
             STR_ARG(flow_hundred(o->completes.value, arena)), "complete the journey");
  if (isfinite(o->completes.low))
    buf_printf(&out, " (" STR_FMT " to " STR_FMT ", n = " STR_FMT ")", STR_ARG(flow_hundred(o->completes.low, arena)),
               STR_ARG(flow_hundred(o->completes.high, arena)), STR_ARG(observe_number(o->completes.n, arena)));
  Buf visits = {0};
  buf_number(&visits, o->visits, 1);
  buf_printf(&out, ". They pass " STR_FMT " %s on average", STR_ARG(buf_str(&visits)),
             str_is_c(buf_str(&visits), "1") ? "step" : "steps");
  if (o->length.n > 0)
    buf_printf(&out, "; who completes it takes " STR_FMT " (median), one in ten over " STR_FMT,
               STR_ARG(observe_time(o->length.median, arena)), STR_ARG(observe_time(o->length.p90, arena)));
  buf_add_byte(&out, '.');
  buf_free(&visits);
  return buf_take(&out, arena);
}

Str observe_fit(const Observation *o, Arena *arena) {
  if (o->moves_made == 0) return STR("Nobody moves on the map.");
  Buf fitness = {0};
  buf_number(&fitness, o->fitness, 2);
  Str text = arena_format(arena,
                          "Replay fitness " STR_FMT " of 1: the map draws " STR_FMT " of the moves from step to step "
                          "(" STR_FMT " of " STR_FMT "), and " STR_FMT " of the cases go only where it draws an arrow.",
                          STR_ARG(buf_str(&fitness)), STR_ARG(observe_percent(o->fitness, arena)),
                          STR_ARG(observe_number(o->moves_drawn, arena)), STR_ARG(observe_number(o->moves_made, arena)),
                          STR_ARG(observe_percent(o->fits.value, arena)));
  buf_free(&fitness);
  return text;
}

Str observe_path(const Binding *binding, const ObservedVariant *variant, Arena *arena) {
  Buf out = {0};
  for (uint32_t i = 0; i < variant->node_count && i < PATH_NODES; i++)
    buf_printf(&out, "%s" STR_FMT, i > 0 ? " \u2192 " : "", STR_ARG(node_title(binding, variant->nodes[i], arena)));
  if (variant->node_count > PATH_NODES) buf_printf(&out, " \u2192 \u2026 %u more", variant->node_count - PATH_NODES);
  return buf_take(&out, arena);
}

bool drawn_share(const Observation *o, uint32_t from, uint32_t to, double *share) {
  const Binding *binding = o->binding;
  uint32_t step = from == binding->start ? OUTSIDE : binding->step_of[from];
  GraphArrows arrows = graph_arrows(&binding->graph, step, 0);
  bool said = false;
  *share = 0;
  for (uint32_t i = 0; i < arrows.count; i++) {
    uint32_t aim = arrows.at[i].to;
    bool ends = aim == OUTSIDE || aim == COMPLETE;
    if (!arrows.at[i].share || (ends ? to != binding->end : binding->node_of[aim] != to)) continue;
    *share += arrows.at[i].share->number;
    said = true;
  }
  return said;
}

bool move_contradicts(const ObservedMove *move, double drawn) {
  return drawn < move->share.low - DRAWN_ROUNDING || drawn > move->share.high + DRAWN_ROUNDING;
}

Str observe_steps_unseen(const Binding *binding, StepSeen seen, Arena *arena) {
  Buf out = {0};
  for (uint32_t i = 0; i < binding->journey->step_count; i++)
    if (binding->seen[i] == seen)
      buf_printf(&out, "%s\"" STR_FMT "\"", out.len > 0 ? ", " : "",
                 STR_ARG(item_title(binding->project, &binding->journey->steps[i].item, arena)));
  return buf_take(&out, arena);
}
