#include "lsp/feature/known.h"

#include <strings.h>

#include "metric/measure.h"
#include "view/figure_words.h"

/* ---- then and now ---- */

static Str id_of(const Project *p, Ref ref) { return unit_id(project_unit(p, ref), ref.at); }

static const Journey *journey_before(const Spot *spot, const Journey *journey) {
  const Snapshot *then = spot->late->snapshot;
  const Project *now = spot->snapshot->project;
  const File *file = spot->snapshot->files[journey->at.unit];
  if (then == spot->snapshot) return journey;
  uint32_t unit = file ? snapshot_unit(then, file->path) : NONE;
  for (uint32_t i = 0; i < then->project->journey_count && unit != NONE; i++) {
    const Journey *before = &then->project->journeys[i];
    if (before->at.unit == unit && str_is(id_of(then->project, before->at), id_of(now, journey->at))) return before;
  }
  return NULL;
}

bool known_of(const Spot *spot, const Journey *journey, Known *known) {
  if (!spot->late || !spot->late->metrics.tables || !journey) return false;
  const Journey *before = journey_before(spot, journey);
  if (!before) return false;
  const Project *then = spot->late->snapshot->project;
  *known = (Known){spot->snapshot->project,
                   then,
                   journey,
                   before,
                   &spot->late->metrics.tables[before - then->journeys],
                   spot->late->snapshot == spot->snapshot,
                   0};
  return true;
}

static bool is_same_item(const Known *known, const Item *now, const Item *before) {
  return str_is(id_of(known->now, now->at), id_of(known->then, before->at));
}

uint32_t known_stage(const Known *known, uint32_t stage) {
  if (known->is_same) return stage;
  for (uint32_t i = 0; i < known->before->stage_count; i++)
    if (is_same_item(known, &known->journey->stages[stage].item, &known->before->stages[i].item)) return i;
  return NONE;
}

uint32_t known_step(Known *known, uint32_t step) {
  if (known->is_same) return step;
  const Step *now = &known->journey->steps[step];
  uint32_t stage = known_stage(known, now->stage), count = known->before->step_count;
  for (uint32_t i = 0; i < count && stage != NONE; i++) {
    uint32_t at = (known->cursor + i) % count;
    const Step *before = &known->before->steps[at];
    if (before->stage != stage || !is_same_item(known, &now->item, &before->item)) continue;
    known->cursor = at + 1;
    return at;
  }
  return NONE;
}

const MetricValue *known_value(Known *known, const MetricRow *row, Place place) {
  const MetricValue *value = NULL;
  uint32_t at = place.kind == PLACE_STAGE  ? known_stage(known, place.index)
                : place.kind == PLACE_STEP ? known_step(known, place.index)
                                           : 0;
  if (at == NONE) return NULL;
  if (place.kind == PLACE_JOURNEY) value = &row->journey;
  else if (place.kind == PLACE_STAGE) value = &row->stages[at];
  else
    for (uint32_t i = 0; i < row->step_count && !value; i++)
      if (row->steps[i].step == at) value = &row->steps[i].value;
  return value && value->state != METRIC_NOTHING && value->state != METRIC_FAILED ? value : NULL;
}

/* ---- places ---- */

static bool is_of(const Item *item, Ref ref) {
  for (uint32_t i = 0; i < item->count; i++)
    if (ref_is(item->over[i], ref)) return true;
  return ref_is(item->at, ref);
}

bool place_at(const Project *p, const Journey *journey, Ref ref, Place *place) {
  Keyword keyword = (Keyword)project_statement(p, ref)->keyword;
  *place = (Place){.kind = PLACE_JOURNEY};
  if (is_of(&journey->item, ref)) return true;
  for (uint32_t s = 0; keyword != K_TOUCHPOINT && s < journey->stage_count; s++)
    if (is_of(&journey->stages[s].item, ref)) return *place = (Place){.kind = PLACE_STAGE, .index = s}, true;
  for (uint32_t s = 0; keyword != K_STAGE && s < journey->step_count; s++)
    if (is_of(&journey->steps[s].item, ref)) return *place = (Place){.kind = PLACE_STEP, .index = s}, true;
  return false;
}

const Journey *place_around(const Project *p, Ref ref, Place *place) {
  const Journey *journey = project_journey_of(p, ref);
  *place = (Place){.kind = PLACE_JOURNEY};
  for (; journey && ref.at != NONE; ref.at = project_statement(p, ref)->parent) {
    Keyword keyword = (Keyword)project_statement(p, ref)->keyword;
    bool may_be = keyword == K_JOURNEY || keyword == K_STAGE || keyword == K_TOUCHPOINT || keyword == K_CHANGE;
    if (may_be && place_at(p, journey, ref, place)) return journey;
  }
  return journey;
}

/* ---- words ---- */

Str known_words(const MetricValue *value, Arena *arena) {
  Str words = value->has_interval ? quantity_text_within(value->value, value->low, value->high, arena)
                                  : quantity_text(value->value, arena);
  return value->has_n ? arena_format(arena, STR_FMT ", " STR_FMT, STR_ARG(words), STR_ARG(figure_n(value->n, arena)))
                      : words;
}

Str known_target(const Metric *metric, const MetricValue *value, Arena *arena) {
  if (!value->has_target) return STR("");
  const char *verdict = "";
  double number = value->value.number, target = value->target.number;
  if (value->near_target) verdict = ": too close to tell";
  else if (metric->better != BETTER_UNKNOWN && quantity_is_like(value->value, value->target))
    verdict = (metric->better == BETTER_LOWER ? number <= target : number >= target) ? ": met" : ": missed";
  return arena_format(arena, "target " STR_FMT "%s", STR_ARG(quantity_text(value->target, arena)), verdict);
}

/* Whether the title has the unit as its words: "Moments at risk" in "moments". */
static bool says_unit(Str title, Str unit) {
  for (size_t i = 0; i + unit.len <= title.len; i++)
    if (strncasecmp(title.at + i, unit.at, unit.len) == 0) return true;
  return false;
}

/* " points a step", where the title does not say so; of what is a range, such as "-1 to 1", in brackets. */
static Str unit_words(const Metric *metric, const MetricValue *value, Arena *arena) {
  bool has_unit = value->value.kind == V_NUMBER && quantity_kind_of_unit(metric->unit) == V_NUMBER &&
                  metric->unit.len > 0 && !value->has_n && !says_unit(metric->title, metric->unit);
  if (!has_unit) return STR("");
  size_t end = 0; /* of the first word: "1 point a step" */
  while (end < metric->unit.len && metric->unit.at[end] != ' ') end++;
  if (value->value.number == 1 && end > 1 && metric->unit.at[end - 1] == 's')
    return arena_format(arena, " " STR_FMT STR_FMT, STR_ARG(str_slice(metric->unit, 0, end - 1)),
                        STR_ARG(str_slice(metric->unit, end, metric->unit.len)));
  bool is_range = strchr("-0123456789", metric->unit.at[0]) != NULL;
  return arena_format(arena, is_range ? " (" STR_FMT ")" : " " STR_FMT, STR_ARG(metric->unit));
}

Str known_line(const Metric *metric, const MetricValue *value, Arena *arena) {
  Str words = known_words(value, arena), target = known_target(metric, value, arena);
  Str unit = unit_words(metric, value, arena);
  return arena_format(arena, STR_FMT " " STR_FMT STR_FMT "%s" STR_FMT "%s%s", STR_ARG(metric->title), STR_ARG(words),
                      STR_ARG(unit), target.len ? " (" : "", STR_ARG(target), target.len ? ")" : "",
                      value->stale ? ", out of date" : "");
}

/* ---- which ---- */

enum { RANK_MEASURED, RANK_OWN, RANK_LIBRARY, RANKS };

static int rank_of(const Known *known, const MetricRow *row, const MetricValue *value) {
  if (value->state != METRIC_COMPUTED) return RANK_MEASURED;
  return project_unit(known->then, row->metric.at)->library ? RANK_LIBRARY : RANK_OWN;
}

size_t known_numbers(Known *known, Place place, bool only_computed, KnownNumber *numbers, size_t most) {
  size_t count = 0;
  for (int rank = only_computed ? RANK_OWN : RANK_MEASURED; rank < RANKS; rank++)
    for (uint32_t r = 0; r < known->table->count && count < most; r++) {
      const MetricRow *row = &known->table->rows[r];
      const MetricValue *value = known_value(known, row, place);
      if (value && rank_of(known, row, value) == rank) numbers[count++] = (KnownNumber){&row->metric, value};
    }
  return count;
}
