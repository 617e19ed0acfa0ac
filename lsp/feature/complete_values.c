/* Values that are no names: choices, emotions, times, dates, amounts, colours, codes; as the language writes them. */
#include <math.h>

#include "base/calendar.h"
#include "lsp/feature/complete_build.h"
#include "project/scope.h"

static void add(Completer *c, CompletionKind kind, uint8_t rank, Str label, Str detail) {
  completer_add(c, (Completion){.kind = kind, .rank = rank, .label = label, .detail = detail});
}

static Str number_words(const Completer *c, double number, bool has_sign) {
  Buf words = {0};
  if (has_sign && number > 0) buf_add_byte(&words, '+');
  buf_number(&words, number, 2);
  return buf_take(&words, c->arena);
}

static bool begins_with_digit(Str typed) { return typed.len > 0 && typed.at[0] >= '0' && typed.at[0] <= '9'; }

/* The number that is being typed: "3" of `takes 3`, "1h15" of `takes 1h15`. Empty: none. */
static Str typed_number(const Completer *c) {
  Str typed = c->place.typed;
  size_t end = typed.len;
  while (end > 0 && !strchr("0123456789", typed.at[end - 1])) end--;
  return begins_with_digit(typed) ? str_slice(typed, 0, end) : STR("");
}

/* ---- emotions ---- */

static void add_scale(Completer *c, double worst, double best) {
  double step = best - worst <= 12 ? 1 : (best - worst) / 10;
  for (double at = worst; at <= best + step / 4; at += step) {
    Str detail = at == worst                                ? STR("the worst")
                 : fabs(at - best) < step / 4               ? STR("the best")
                 : fabs(at - (worst + best) / 2) < step / 4 ? STR("neither good nor bad")
                                                            : STR("");
    add(c, COMPLETION_VALUE, FIRST, number_words(c, at, worst < 0), detail);
  }
}

static void complete_emotions(Completer *c) {
  Ref at = completer_journey(c);
  const Journey *journey = ref_ok(at) ? scope_journey_at(c->p, at) : NULL;
  add_scale(c, journey ? journey->scale_min : -2, journey ? journey->scale_max : 2);
  complete_names(c, K_EMOTION, USUAL);
}

/* ---- times ---- */

typedef struct {
  const char *unit, *words;
} UnitWords;

static void add_durations(Completer *c, uint8_t rank) {
  static const UnitWords units[] = {{"min", "minutes"}, {"h", "hours"}, {"d", "days"},   {"w", "weeks"},
                                    {"mo", "months"},   {"y", "years"}, {"s", "seconds"}};
  static const UnitWords usual[] = {{"5min", "five minutes"},  {"15min", "a quarter of an hour"},
                                    {"30min", "half an hour"}, {"1h", "an hour"},
                                    {"1d", "a day"},           {"3d", "three days"},
                                    {"1w", "a week"},          {"1mo", "a month"},
                                    {"6mo", "half a year"},    {"1y", "a year"}};
  Str number = typed_number(c);
  if (number.len == 0)
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
      add(c, COMPLETION_VALUE, rank, str_of(usual[i].unit), str_of(usual[i].words));
  else
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
      add(c, COMPLETION_VALUE, rank, arena_format(c->arena, STR_FMT "%s", STR_ARG(number), units[i].unit),
          str_of(units[i].words));
}

static void add_times(Completer *c, uint8_t rank) {
  for (int hour = 6; hour <= 22; hour++)
    add(c, COMPLETION_VALUE, rank, arena_format(c->arena, "%02d:00", hour), STR(""));
  for (int quarter = 0; quarter < 60 && begins_with_digit(c->place.typed); quarter += 15)
    if (c->place.typed.len >= 3 && c->place.typed.at[2] == ':' && quarter > 0)
      add(c, COMPLETION_VALUE, rank,
          arena_format(c->arena, STR_FMT ":%02d", STR_ARG(str_slice(c->place.typed, 0, 2)), quarter), STR(""));
}

static void add_date(Completer *c, uint8_t rank, int32_t day, const char *words) {
  CalendarDay date = calendar_day(day);
  Str label = arena_format(c->arena, "%04d-%02d-%02d", date.year, date.month, date.day);
  completer_add(c, (Completion){.kind = COMPLETION_VALUE,
                                .rank = rank,
                                .label = label,
                                .detail = str_of(words),
                                .filter = begins_with_digit(c->place.typed)
                                              ? label
                                              : arena_format(c->arena, STR_FMT " %s", STR_ARG(label), words)});
}

static int32_t months_on(int32_t today, int months) {
  CalendarDay day = calendar_day(today);
  int month = day.month - 1 + months;
  day.year += (month + 120) / 12 - 10;
  day.month = (month + 120) % 12 + 1;
  if (day.day > 28) day.day = 28;
  return calendar_days(day);
}

/* Most dates of a map lie behind it; only what is due lies ahead. */
static void add_dates(Completer *c, uint8_t rank) {
  int32_t today = c->p->today;
  bool ahead = completer_frame(c)->keyword == K_DUE;
  if (!ahead) add_date(c, rank, today, "today");
  add_date(c, rank, ahead ? today + 7 : today - 1, ahead ? "in a week" : "yesterday");
  if (!ahead) add_date(c, rank, today - 7, "a week ago");
  add_date(c, rank, months_on(today, ahead ? 1 : -1), ahead ? "in a month" : "a month ago");
  add_date(c, rank, months_on(today, ahead ? 3 : -3), ahead ? "in a quarter" : "a quarter ago");
  if (ahead) add_date(c, rank, months_on(today, 6), "in half a year");
  if (ahead)
    add_date(c, rank, calendar_days((CalendarDay){calendar_day(today).year, 12, 31}), "at the end of the year");
}

/* ---- amounts ---- */

/* How the file writes amounts: the sign of the first that it has. */
static Str currency_of(const Unit *unit) {
  for (uint32_t i = 0; i < unit->value_count; i++) {
    if (unit->values[i].type != V_MONEY) continue;
    Str raw = unit_raw(unit, &unit->values[i]);
    size_t sign = 0;
    while (sign < raw.len && !strchr("0123456789-+", raw.at[sign])) sign++;
    if (sign > 0) return str_slice(raw, 0, sign);
  }
  return STR("");
}

static void add_amounts(Completer *c, uint8_t rank) {
  static const char *const signs[] = {"\xE2\x82\xAC", "$", "\xC2\xA3"}, *const names[] = {"euros", "dollars", "pounds"};
  Str number = typed_number(c), usual = currency_of(c->unit);
  if (usual.len > 0)
    completer_add(c, (Completion){.kind = COMPLETION_VALUE,
                                  .rank = rank,
                                  .label = arena_format(c->arena, STR_FMT STR_FMT, STR_ARG(usual), STR_ARG(number)),
                                  .detail = STR("as elsewhere in this file"),
                                  .filter = number});
  for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
    if (!str_is_c(usual, signs[i]))
      completer_add(c, (Completion){.kind = COMPLETION_VALUE,
                                    .rank = rank,
                                    .label = arena_format(c->arena, "%s" STR_FMT, signs[i], STR_ARG(number)),
                                    .detail = str_of(names[i]),
                                    .filter = number});
}

static void add_shares(Completer *c, uint8_t rank) {
  static const int usual[] = {5, 10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90, 100};
  Str number = typed_number(c);
  if (number.len > 0)
    add(c, COMPLETION_VALUE, rank, arena_format(c->arena, STR_FMT "%%", STR_ARG(number)), STR("per cent"));
  for (size_t i = 0; i < sizeof usual / sizeof *usual && number.len == 0; i++)
    add(c, COMPLETION_VALUE, rank, arena_format(c->arena, "%d%%", usual[i]), STR(""));
}

void complete_share_left(Completer *c, uint32_t arrow) {
  if (arrow == NONE || completer_frame(c)->given < 2) return;
  Str from = source_text(&c->unit->source, completer_frame(c)->values[0]);
  double left = 1;
  for (uint32_t at = c->place.block_at == NONE ? NONE : unit_first_child(c->unit, c->place.block_at); at != NONE;
       at = unit_next_sibling(c->unit, at)) {
    const Value *name = at == arrow ? NULL : unit_value(c->unit, at, 0), *share = unit_value(c->unit, at, 2);
    if (c->unit->statements[at].keyword == K_ARROW && name && share && str_is(unit_raw(c->unit, name), from))
      left -= share->number;
  }
  if (left > 0.0005 && left < 0.9995)
    add(c, COMPLETION_VALUE, FIRST, arena_format(c->arena, STR_FMT "%%", STR_ARG(number_words(c, left * 100, false))),
        STR("all that are left"));
}

/* The journey around the cursor, when its numbers were computed. */
static const MetricTable *table_then(const Completer *c) {
  const Late *late = c->spot->late;
  Ref now = completer_journey(c);
  uint32_t unit = late && ref_ok(now) ? snapshot_unit(late->snapshot, c->spot->file->path) : NONE;
  for (uint32_t i = 0; unit != NONE && i < late->snapshot->project->journey_count; i++) {
    Ref then = late->snapshot->project->journeys[i].at;
    if (then.unit == unit && str_is(scope_name(late->snapshot->project, then), scope_name(c->p, now)))
      return &late->metrics.tables[i];
  }
  return NULL;
}

/* What the metric says of the journey now, which is where a promise or a target begins. */
static void add_present(Completer *c, Str metric) {
  const MetricTable *table = table_then(c);
  for (uint32_t i = 0; table && i < table->count; i++) {
    const MetricValue *value = &table->rows[i].journey;
    if (!str_is(table->rows[i].metric.id, metric) || value->state == METRIC_NOTHING || value->state == METRIC_FAILED)
      continue;
    bool is_share = value->value.kind == V_SHARE;
    if (!is_share && value->value.kind != V_NUMBER) continue;
    Str number = number_words(c, is_share ? value->value.number * 100 : value->value.number, false);
    add(c, COMPLETION_VALUE, FIRST, is_share ? arena_format(c->arena, STR_FMT "%%", STR_ARG(number)) : number,
        STR("as it is now"));
  }
}

/* What is measured goes by the unit of its metric. */
static void add_quantities(Completer *c, uint8_t rank) {
  const PlaceFrame *frame = completer_frame(c);
  if (frame->keyword != K_MEASURE && c->place.frame_count > 1) frame = &c->place.frames[c->place.frame_count - 2];
  bool has_metric =
      (frame->keyword == K_MEASURE || frame->keyword == K_EXPECT) && frame->given > 0 && c->unit->statement_count > 0;
  if (!has_metric) return;
  Str name = source_text(&c->unit->source, frame->values[0]);
  if (completer_frame(c)->keyword != K_MEASURE) add_present(c, name);
  Resolved metric = scope_resolve(c->p, (Ref){c->spot->unit, 0}, name, K_METRIC);
  uint32_t unit_of =
      metric.count == 1 ? unit_child(project_unit(c->p, metric.found), metric.found.at, K_UNIT_OF) : NONE;
  if (unit_of == NONE) return;
  Str unit = unit_text_of(project_unit(c->p, metric.found), c->arena, unit_of, 0);
  if (str_is(unit, STR("share"))) add_shares(c, rank);
  else if (str_is(unit, STR("time"))) add_durations(c, rank);
}

/* ---- words and signs ---- */

static void add_choices(Completer *c, const ValueRule *rule, uint8_t rank) {
  for (int i = 0; rule->choices[i]; i++) add(c, COMPLETION_CHOICE, rank, str_of(rule->choices[i]), STR(""));
}

static void add_numbers(Completer *c, const ValueRule *rule, uint8_t rank) {
  if (rule->max - rule->min > 10) return;
  double step = rule->max - rule->min <= 2 ? 0.5 : 1;
  for (double at = rule->min; at <= rule->max; at += step)
    add(c, COMPLETION_VALUE, rank, number_words(c, at, false),
        at == rule->min   ? STR("the least")
        : at == rule->max ? STR("the most")
                          : STR(""));
}

static void add_operators(Completer *c, uint8_t rank) {
  static const UnitWords operators[] = {{"<=", "at most"},  {">=", "at least"}, {"<", "less than"},
                                        {">", "more than"}, {"=", "exactly"},   {"!=", "anything but"}};
  for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
    add(c, COMPLETION_OPERATOR, rank, str_of(operators[i].unit), str_of(operators[i].words));
}

static void add_ranges(Completer *c, uint8_t rank) {
  static const UnitWords ranges[] = {{"-2..2", "five steps around nothing"},
                                     {"1..5", "five steps"},
                                     {"1..7", "seven steps"},
                                     {"1..10", "ten steps"},
                                     {"0..10", "from none to ten"},
                                     {"0..100", "of a hundred"}};
  for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
    add(c, COMPLETION_VALUE, rank, str_of(ranges[i].unit), str_of(ranges[i].words));
}

static bool has_colour(const Unit *unit, const char *colour) {
  for (uint32_t i = 0; i < unit->value_count; i++)
    if (unit->values[i].type == V_COLOUR && str_is_c(unit_raw(unit, &unit->values[i]), colour)) return true;
  return false;
}

/* Those that no team of the file has yet. */
static void add_colours(Completer *c, uint8_t rank) {
  static const UnitWords colours[] = {{"#2b6cb0", "blue"},   {"#b45309", "amber"}, {"#0f766e", "teal"},
                                      {"#7c3aed", "violet"}, {"#4d7c0f", "olive"}, {"#9f1239", "crimson"},
                                      {"#0e7490", "cyan"},   {"#be185d", "pink"},  {"#15803d", "green"},
                                      {"#c2410c", "orange"}, {"#475569", "slate"}, {"#a16207", "ochre"}};
  for (size_t i = 0; i < sizeof colours / sizeof *colours; i++)
    if (!has_colour(c->unit, colours[i].unit))
      completer_add(c, (Completion){.kind = COMPLETION_COLOUR,
                                    .rank = rank,
                                    .label = str_of(colours[i].unit),
                                    .detail = str_of(colours[i].words),
                                    .filter = arena_format(c->arena, "%s %s", colours[i].unit, colours[i].words)});
}

/* ---- codes ---- */

static void add_code(Completer *c, Str code, Str title, uint8_t rank) {
  completer_add(c, (Completion){.kind = COMPLETION_CODE,
                                .rank = rank,
                                .label = code,
                                .detail = title,
                                .code = code,
                                .filter = arena_format(c->arena, STR_FMT " " STR_FMT, STR_ARG(code), STR_ARG(title))});
}

static bool has_code(const Completer *c, Str code) {
  for (size_t i = 0; i < c->list.len; i++)
    if (str_is(c->list.at[i].label, code)) return true;
  return false;
}

static bool is_around(const Completer *c, Span span) {
  if (c->place.block_at == NONE) return true;
  Span block = c->unit->statements[c->place.block_at].span;
  return block.start <= span.start && span.start <= block.end;
}

/* What is said of the statement now, before what is said elsewhere in the file. */
static void add_found(Completer *c, FindingList findings, bool around) {
  for (uint32_t i = 0; i < findings.count; i++) {
    const Diagnostic *found = &findings.at[i];
    if (found->severity == SEVERITY_ERROR || is_around(c, found->span) != around) continue;
    Str code = diagnostic_label(found),
        title = found->own ? found->own->title : str_of(diagnostic_info(found->code).title);
    if (!has_code(c, code)) add_code(c, code, title, around ? FIRST : FIRST + 1);
  }
}

static void add_own_check(void *context, Ref check) {
  Completer *c = context;
  const Unit *unit = project_unit(c->p, check);
  Str id = unit_id(unit, check.at);
  if (!has_code(c, id)) add_code(c, id, unit_text_of(unit, c->arena, check.at, 1), USUAL);
}

static void add_codes(Completer *c) {
  bool is_rule = completer_frame(c)->keyword == K_RULE;
  FindingList findings = c->ask->findings(c->ask->context);
  add_found(c, findings, true);
  add_found(c, findings, false);
  project_checks(c->p, c->spot->unit, add_own_check, c);
  for (unsigned code = 0; code < DIAG_COUNT; code++) {
    DiagnosticInfo info = diagnostic_info((DiagnosticCode)code);
    bool fits = code != DIAG_OWN_CHECK && info.severity != SEVERITY_ERROR && (is_rule || info.severity != SEVERITY_OFF);
    if (fits && !has_code(c, str_of(info.code))) add_code(c, str_of(info.code), str_of(info.title), FURTHER);
  }
}

/* ---- by the rule ---- */

void complete_value(Completer *c, const ValueRule *rule, uint8_t rank) {
  switch (rule->type) {
    case V_CHOICE: add_choices(c, rule, rank); break;
    case V_NUMBER: add_numbers(c, rule, rank); break;
    case V_SHARE: add_shares(c, rank); break;
    case V_DURATION: add_durations(c, rank); break;
    case V_MONEY: add_amounts(c, rank); break;
    case V_DATE: add_dates(c, rank); break;
    case V_TIME: add_times(c, rank); break;
    case V_EMOTION: complete_emotions(c); break;
    case V_RANGE: add_ranges(c, rank); break;
    case V_QUANTITY: add_quantities(c, rank); break;
    case V_OPERATOR: add_operators(c, rank); break;
    case V_COLOUR: add_colours(c, rank); break;
    case V_CODE: add_codes(c); break;
    default: break;
  }
}
