#include "metric/contrast.h"
#include "write/json_out.h"
#include "write/score.h"

static void write_number(JsonOut *out, const char *key, Quantity quantity) {
  json_num(out, key, quantity.number);
  if (quantity.currency.len) json_str(out, "currency", quantity.currency);
}

static const char *kind_of(ValueType kind) {
  return kind == V_SHARE ? "share" : kind == V_DURATION ? "minutes" : kind == V_MONEY ? "amount" : "number";
}

static void write_trend(JsonOut *out, const MetricValue *value) {
  static const char *const words[] = {NULL, "unclear", "rising", "falling"};
  Trend trend = trend_of(value);
  if (trend == TREND_NONE) return;
  json_begin_array(out, "trend");
  for (uint32_t i = 0; i < value->trend_count; i++) {
    const FigurePoint *point = &value->trend[i];
    json_begin_object(out, NULL);
    json_str(out, "period", point->period);
    json_num(out, "number", point->value);
    if (point->low <= point->high) json_num(out, "low", point->low), json_num(out, "high", point->high);
    json_num(out, "n", (double)point->n);
    json_end_object(out);
  }
  json_end_array(out);
  json_c(out, "trendIs", words[trend]);
  if (odd_period(value) != NONE) json_str(out, "oddPeriod", value->trend[odd_period(value)].period);
}

static void write_target(JsonOut *out, const MetricValue *value) {
  json_begin_object(out, "target");
  write_number(out, "number", value->target);
  json_c(out, "kind", kind_of(value->target.kind));
  json_end_object(out);
  if (value->near_target) json_bool(out, "nearTarget", true);
}

static const char *source_of(MetricState state) {
  return state == METRIC_MEASURED ? "measured" : state == METRIC_COUNTED ? "counted" : "computed";
}

/* Into the object that is open. */
static void write_value(JsonOut *out, const MetricValue *value) {
  if (value->state == METRIC_FAILED) json_bool(out, "failed", true);
  if (value->state == METRIC_NOTHING || value->state == METRIC_FAILED) return;
  write_number(out, "number", value->value);
  json_c(out, "kind", kind_of(value->value.kind));
  json_c(out, "source", source_of(value->state));
  if (value->has_interval) json_num(out, "low", value->low), json_num(out, "high", value->high);
  if (value->has_n) json_num(out, "n", (double)value->n);
  if (value->how.len) json_str(out, "how", value->how);
  if (value->stale) json_bool(out, "stale", true);
  if (value->has_target) write_target(out, value);
  write_trend(out, value);
}

static void write_metric(JsonOut *out, const Metric *metric) {
  json_str(out, "id", metric->id);
  json_str(out, "title", metric->title);
  if (metric->unit.len) json_str(out, "unit", metric->unit);
  if (metric->better != BETTER_UNKNOWN) json_c(out, "better", metric->better == BETTER_LOWER ? "lower" : "higher");
}

static void write_place(JsonOut *out, const Project *project, const Item *item, const MetricValue *value,
                        Arena *arena) {
  json_begin_object(out, NULL);
  json_str(out, "id", item_id(project, item));
  json_str(out, "title", item_title(project, item, arena));
  write_value(out, value);
  json_end_object(out);
}

static void write_contrast(JsonOut *out, const char *of, Str high, Str low, bool differ) {
  json_begin_object(out, NULL);
  json_c(out, "of", of);
  json_str(out, "highest", high);
  json_str(out, "lowest", low);
  json_bool(out, "differ", differ);
  json_end_object(out);
}

static void write_contrasts(JsonOut *out, const Project *project, const Journey *journey, const MetricRow *row) {
  Contrast stages = contrast_of_stages(row, journey->stage_count), steps = contrast_of_steps(row);
  if (!stages.exists && !steps.exists) return;
  json_begin_array(out, "contrasts");
  if (stages.exists)
    write_contrast(out, "stages", item_id(project, &journey->stages[stages.high].item),
                   item_id(project, &journey->stages[stages.low].item), stages.differ);
  if (steps.exists)
    write_contrast(out, "steps", item_id(project, &journey->steps[row->steps[steps.high].step].item),
                   item_id(project, &journey->steps[row->steps[steps.low].step].item), steps.differ);
  json_end_array(out);
}

static void write_row(JsonOut *out, const Project *project, const Journey *journey, const MetricRow *row,
                      Arena *arena) {
  json_begin_object(out, NULL);
  write_metric(out, &row->metric);
  json_begin_object(out, "journey");
  write_value(out, &row->journey);
  json_end_object(out);
  json_begin_array(out, "stages");
  for (uint32_t s = 0; s < journey->stage_count; s++)
    write_place(out, project, &journey->stages[s].item, &row->stages[s], arena);
  json_end_array(out);
  if (row->step_count) {
    json_begin_array(out, "steps");
    for (uint32_t s = 0; s < row->step_count; s++)
      write_place(out, project, &journey->steps[row->steps[s].step].item, &row->steps[s].value, arena);
    json_end_array(out);
  }
  write_contrasts(out, project, journey, row);
  if (row->failure.message.len) json_str(out, "failure", metric_failure_words(row->failure, arena));
  json_end_object(out);
}

/* ---- the project, personas, teams ---- */

static void write_part(JsonOut *out, const MetricPart *part) {
  json_begin_object(out, NULL);
  write_metric(out, &part->metric);
  write_value(out, &part->value);
  json_end_object(out);
}

static void write_parts_of(JsonOut *out, const Project *project, PlaceKind kind, const char *key,
                           const MetricPart *parts, uint32_t count, Arena *arena) {
  bool any = false;
  for (uint32_t i = 0, end; i < count; i = end) {
    end = i + 1;
    if (parts[i].place.kind != kind) continue;
    while (end < count && parts[end].place.kind == kind && ref_is(parts[end].place.at, parts[i].place.at)) end++;
    if (!any) json_begin_array(out, key);
    any = true;
    Item item = item_of(parts[i].place.at);
    if (kind != PLACE_PROJECT) {
      json_begin_object(out, NULL);
      json_str(out, "id", item_id(project, &item));
      json_str(out, "title", item_title(project, &item, arena));
      json_begin_array(out, "metrics");
    }
    for (uint32_t p = i; p < end; p++) write_part(out, &parts[p]);
    if (kind != PLACE_PROJECT) json_end_array(out), json_end_object(out);
  }
  if (any) json_end_array(out);
}

/* ---- the whole ---- */

static void write_score(JsonOut *out, const Project *project, const Score *score, Arena *arena) {
  Item own = item_of(score->journey->at);
  json_begin_object(out, NULL);
  json_str(out, "id", item_id(project, &own));
  json_str(out, "title", item_title(project, &score->journey->item, arena));
  json_begin_array(out, "metrics");
  for (uint32_t i = 0; i < score->table.count; i++)
    write_row(out, project, score->journey, &score->table.rows[i], arena);
  json_end_array(out);
  json_end_object(out);
}

void score_write_json(const Project *project, const Score *scores, size_t count, const MetricPart *parts,
                      uint32_t part_count, Buf *to) {
  Arena *arena = arena_new();
  JsonOut out = json_out(to);
  json_begin_object(&out, NULL);
  json_num(&out, "version", 1);
  json_begin_array(&out, "journeys");
  for (size_t i = 0; i < count; i++) write_score(&out, project, &scores[i], arena);
  json_end_array(&out);
  write_parts_of(&out, project, PLACE_PROJECT, "project", parts, part_count, arena);
  write_parts_of(&out, project, PLACE_PERSONA, "personas", parts, part_count, arena);
  write_parts_of(&out, project, PLACE_TEAM, "teams", parts, part_count, arena);
  json_end_object(&out);
  json_end(&out);
  arena_free(arena);
}

/* ---- --explain ---- */

static void write_where(JsonOut *out, const char *key, const Project *project, Ref ref) {
  if (!ref_ok(ref) || ref.unit == 0) return;
  const Unit *unit = project_unit(project, ref);
  json_begin_object(out, key);
  json_str(out, "file", unit->source.path);
  json_num(out, "line", source_position(&unit->source, project_statement(project, ref)->span.start).line);
  json_end_object(out);
}

static void write_explained_place(JsonOut *out, const Project *project, const Journey *journey, Place place,
                                  Arena *arena) {
  static const char *const kinds[] = {"journey", "stage", "step", "project", "persona", "team"};
  json_begin_object(out, "place");
  json_c(out, "kind", kinds[place.kind]);
  Item own = journey ? item_of(journey->at) : item_of(place.at);
  if (journey) json_str(out, "journey", item_id(project, &own));
  const Item *item = !journey                    ? &own
                     : place.kind == PLACE_STAGE ? &journey->stages[place.index].item
                     : place.kind == PLACE_STEP  ? &journey->steps[place.index].item
                                                 : &own;
  if (place.kind != PLACE_PROJECT) {
    json_str(out, "id", item_id(project, item));
    json_str(out, "title", item_title(project, item, arena));
  }
  json_end_object(out);
}

static void write_reasons(JsonOut *out, const Project *project, const MetricValue *value, Arena *arena) {
  json_begin_array(out, "lines");
  for (uint32_t i = 0; i < value->reason_count; i++) {
    if (value->reasons[i].is_metric) continue;
    json_begin_object(out, NULL);
    json_str(out, "text", value->reasons[i].text);
    if (value->reasons[i].has_number) json_num(out, "number", value->reasons[i].number);
    json_end_object(out);
  }
  json_end_array(out);
  json_begin_array(out, "uses");
  for (uint32_t i = 0; i < value->reason_count; i++) {
    const MetricReason *reason = &value->reasons[i];
    if (!reason->is_metric) continue;
    json_begin_object(out, NULL);
    json_str(out, "metric", reason->text);
    write_explained_place(out, project, reason->journey, reason->place, arena);
    if (reason->has_number) json_num(out, "number", reason->number);
    json_end_object(out);
  }
  json_end_array(out);
}

static void write_settings(JsonOut *out, const Project *project, const Explanation *of) {
  json_begin_array(out, "settings");
  for (uint32_t i = 0; i < of->setting_count; i++) {
    json_begin_object(out, NULL);
    json_str(out, "name", of->settings[i].name);
    json_num(out, "value", of->settings[i].value);
    json_num(out, "usual", of->settings[i].usual);
    write_where(out, "set", project, of->settings[i].set);
    json_end_object(out);
  }
  json_end_array(out);
}

static void write_evidence(JsonOut *out, const Project *project, const Explanation *of) {
  json_begin_array(out, "evidence");
  for (uint32_t i = 0; i < of->evidence_count; i++) {
    const ExplainedEvidence *evidence = &of->evidence[i];
    Item item = item_of(evidence->evidence);
    json_begin_object(out, NULL);
    json_str(out, "id", item_id(project, &item));
    json_str(out, "title", evidence->title);
    write_where(out, "declared", project, evidence->evidence);
    if (evidence->file) {
      json_str(out, "file", evidence->file->path);
      json_num(out, "rows", (double)evidence->file->rows);
      json_num(out, "badRows", (double)evidence->file->bad_rows);
      json_num(out, "leftOut", (double)(evidence->file->rows - evidence->file->counted));
    }
    if (evidence->answers) json_num(out, "counted", (double)evidence->answers->all.n);
    json_end_object(out);
  }
  json_end_array(out);
}

void score_write_explanations_json(const Project *project, const Explanation *all, size_t count, Buf *to) {
  Arena *arena = arena_new();
  JsonOut out = json_out(to);
  json_begin_object(&out, NULL);
  json_num(&out, "version", 1);
  json_begin_array(&out, "explanations");
  for (size_t i = 0; i < count; i++) {
    const Explanation *of = &all[i];
    json_begin_object(&out, NULL);
    write_metric(&out, &of->metric);
    write_explained_place(&out, project, of->journey, of->place, arena);
    json_begin_object(&out, "value");
    write_value(&out, &of->value);
    json_end_object(&out);
    if (of->value.state == METRIC_FAILED) json_str(&out, "failure", metric_failure_words(of->value.failure, arena));
    write_reasons(&out, project, &of->value, arena);
    write_settings(&out, project, of);
    write_evidence(&out, project, of);
    write_where(&out, "measure", project, of->value.measure);
    write_where(&out, "declared", project, of->metric.at);
    if (of->file.len) json_str(&out, "formula", of->file);
    if (of->about.len) json_str(&out, "about", of->about);
    json_end_object(&out);
  }
  json_end_array(&out);
  json_end_object(&out);
  json_end(&out);
  arena_free(arena);
}
