/* What a measure says: the number that it states, or the one that is counted from the files of its evidence. */
#include <math.h>

#include "evidence/evidence.h"
#include "statistics/statistics.h"
#include "view/build.h"
#include "view/figure_words.h"
#include "view/words.h"

/* "94 days" and "11 days" are "94 ± 11 days": a unit of both is said once. */
static Str with_margin(Str value, Str margin, Arena *arena) {
  size_t same = 0;
  while (same < value.len && same < margin.len && value.at[value.len - 1 - same] == margin.at[margin.len - 1 - same])
    same++;
  while (same && value.at[value.len - same] != ' ' && value.at[value.len - same] != '%') same--;
  return arena_format(arena, STR_FMT " \u00B1 " STR_FMT, STR_ARG(str_slice(value, 0, value.len - same)),
                      STR_ARG(margin));
}

/* ---- what is counted ---- */

static Quantity like(Quantity quantity, double number) {
  quantity.number = number;
  return quantity;
}

static void add_trend(const Build *build, const Figure *figure, ViewCount *count) {
  uint32_t all = figure->trend_count, from = all > VIEW_MOST_PERIODS ? all - VIEW_MOST_PERIODS : 0;
  ViewPoint *points = ARENA_ARRAY(build->arena, ViewPoint, all - from);
  for (uint32_t i = from; i < all; i++) {
    const FigurePoint *point = &figure->trend[i];
    Str value = quantity_text_within(like(figure->value, point->value), point->low, point->high, build->arena);
    Str n = figure_n(point->n, build->arena);
    points[i - from] = (ViewPoint){.period = point->period,
                                   .text = arena_format(build->arena, STR_FMT ", " STR_FMT, STR_ARG(value), STR_ARG(n)),
                                   .value = point->value,
                                   .low = point->low,
                                   .high = point->high};
  }
  count->trend = points;
  count->trend_count = all - from;
}

/* "data/exit.csv, 2 Jan to 30 Mar 2026" */
static Str place_and_days(const Build *build, Ref measure) {
  const Evidence *evidence = build->figures->evidence;
  const Answers *answers = evidence ? evidence_answers(evidence, measure) : NULL;
  Buf words = {0};
  if (!answers) return STR("");
  Item item = item_of(answers->evidence);
  buf_add(&words, item_text(build->project, &item, K_DATA_FILE, 0, build->arena)); /* as the map names it */
  if (answers->has_days)
    buf_printf(&words, "%s" STR_FMT, words.len ? ", " : "",
               STR_ARG(words_days(answers->first_day, answers->last_day, build->arena)));
  return buf_take(&words, build->arena);
}

static const ViewCount *count_of(const Build *build, const Figure *figure, const Value *target) {
  static const Str none = STR("no row of its file matches");
  ViewCount *count = ARENA_NEW(build->arena, ViewCount);
  *count = (ViewCount){.low = NAN, .high = NAN, .failure = figure ? figure->failure : build->figures ? none : STR("")};
  if (!figure || figure->value.kind == V_NONE) return count;
  count->n = figure_n(figure->n, build->arena);
  count->number = figure->n;
  count->how = figure->how;
  count->stale = figure->stale;
  count->place = place_and_days(build, figure->measure);
  if (figure->has_interval) count->low = figure->low, count->high = figure->high;
  add_trend(build, figure, count);
  count->has_target = target != NULL;
  if (target) count->target = target->number;
  return count;
}

/* ---- the entry ---- */

static void set_target(const Build *build, Entry *entry, const Figure *figure, const char *better,
                       const Value *wanted) {
  const Unit *unit = project_unit(build->project, entry->at);
  Str target = words_quantity(unit, wanted, build->arena);
  if (figure && figure->near_target) {
    entry->label = arena_format(build->arena, "target " STR_FMT ", too close to tell at " STR_FMT, STR_ARG(target),
                                STR_ARG(entry->count->n));
    return;
  }
  entry->label = arena_format(build->arena, "target " STR_FMT, STR_ARG(target));
  if (better)
    entry->level = (entry->lower_better ? entry->number <= wanted->number : entry->number >= wanted->number) ? 2 : 1;
}

/* "From Exit survey (data/exit.csv, 2 Jan to 30 Mar 2026); top 2 of 1 to 5. Out of date." */
static Str details_of(const Build *build, const Entry *entry, Str sources) {
  const ViewCount *count = entry->count;
  Buf words = {0};
  if (sources.len) buf_printf(&words, "From " STR_FMT, STR_ARG(sources));
  if (count && count->place.len) buf_printf(&words, words.len ? " (" STR_FMT ")" : STR_FMT, STR_ARG(count->place));
  if (count && count->how.len) buf_printf(&words, "%s" STR_FMT, words.len ? "; " : "", STR_ARG(count->how));
  if (count && isfinite(count->low)) buf_printf(&words, "%sinterval at 95%%", words.len ? "; " : "");
  if (count && count->stale) buf_printf(&words, "%sout of date", words.len ? "; " : "");
  if (count && count->failure.len)
    buf_printf(&words, "%snot counted: " STR_FMT, words.len ? "; " : "", STR_ARG(count->failure));
  return buf_take(&words, build->arena);
}

/* Its value as it is written or counted; false where it has none. */
static bool set_value(const Build *build, Entry *entry, const Figure *figure, const Value *value) {
  const Unit *unit = project_unit(build->project, entry->at);
  if (value) {
    const Value *around = build_value(build, build_child(build, entry->at, K_MARGIN), 0);
    entry->value = words_quantity(unit, value, build->arena);
    entry->number = value->number;
    if (around) entry->value = with_margin(entry->value, words_quantity(unit, around, build->arena), build->arena);
    return true;
  }
  if (figure && figure->value.kind != V_NONE) {
    entry->value = quantity_text_within(figure->value, entry->count->low, entry->count->high, build->arena);
    entry->number = figure->value.number;
    return true;
  }
  entry->value = STR("not counted");
  return false;
}

Entry build_measure(const Build *build, const Item *step, Ref measure) {
  const Value *metric = build_value(build, measure, 0), *value = build_value(build, measure, 1);
  const Value *wanted = build_value(build, build_child(build, measure, K_TARGET), 0);
  const Figure *figure = value ? NULL : figures_get(build->figures, measure);
  Ref means = metric ? project_resolve(build->project, measure, metric) : NO_REF;
  Entry entry = {.kind = ENTRY_MEASURE, .at = measure, .label = STR(""), .details = STR("")};
  entry.name = ref_ok(means) ? build_title(build, means)
               : metric      ? unit_raw(project_unit(build->project, measure), metric)
                             : STR("");
  Item metric_item = item_of(means);
  const char *better = ref_ok(means) ? item_choice(build->project, &metric_item, K_BETTER, 0) : NULL;
  entry.lower_better = better && strcmp(better, "lower") == 0;
  if (!value) entry.count = count_of(build, figure, wanted);
  bool known = set_value(build, &entry, figure, value);
  entry.text = arena_format(build->arena, STR_FMT " " STR_FMT, STR_ARG(entry.name), STR_ARG(entry.value));
  if (known && figure)
    entry.text = arena_format(build->arena, STR_FMT ", " STR_FMT, STR_ARG(entry.text), STR_ARG(entry.count->n));
  BuildSources sources = build_sources(build, measure, step);
  entry.sources = sources.numbers;
  entry.details = details_of(build, &entry, sources.titles);
  if (wanted && known) set_target(build, &entry, figure, better, wanted);
  return entry;
}

uint32_t build_measures(const Build *build, const Item *item, const Entry **entries) {
  Item *measures;
  size_t count = item_all(build->project, build->journey, item, K_MEASURE, build->arena, &measures);
  Entry *made = ARENA_ARRAY(build->arena, Entry, count);
  for (size_t i = 0; i < count; i++) made[i] = build_measure(build, NULL, measures[i].at);
  *entries = made;
  return (uint32_t)count;
}
