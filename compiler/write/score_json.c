#include "write/json_out.h"
#include "write/score.h"

static void write_number(JsonOut *out, const char *key, Quantity quantity) {
  json_num(out, key, quantity.number);
  if (quantity.currency.len) json_str(out, "currency", quantity.currency);
}

static const char *kind_of(ValueType kind) {
  return kind == V_SHARE ? "share" : kind == V_DURATION ? "minutes" : kind == V_MONEY ? "amount" : "number";
}

/* Into the object that is open. */
static void write_value(JsonOut *out, const MetricValue *value) {
  if (value->state == METRIC_FAILED) json_bool(out, "failed", true);
  if (value->state == METRIC_NOTHING || value->state == METRIC_FAILED) return;
  write_number(out, "number", value->value);
  json_c(out, "kind", kind_of(value->value.kind));
  json_c(out, "source",
         value->state == METRIC_MEASURED  ? "measured"
         : value->state == METRIC_COUNTED ? "counted"
                                          : "computed");
  if (!value->has_target) return;
  json_object(out, "target");
  write_number(out, "number", value->target);
  json_c(out, "kind", kind_of(value->target.kind));
  json_object_end(out);
}

static void write_row(JsonOut *out, const Project *project, const Journey *journey, const MetricRow *row,
                      Arena *arena) {
  const Metric *metric = &row->metric;
  json_object(out, NULL);
  json_str(out, "id", metric->id);
  json_str(out, "title", metric->title);
  if (metric->unit.len) json_str(out, "unit", metric->unit);
  if (metric->better != BETTER_UNKNOWN) json_c(out, "better", metric->better == BETTER_LOWER ? "lower" : "higher");
  json_object(out, "journey");
  write_value(out, &row->journey);
  json_object_end(out);
  json_array(out, "stages");
  for (uint32_t s = 0; s < journey->stage_count; s++) {
    json_object(out, NULL);
    json_str(out, "id", item_id(project, &journey->stages[s].item));
    json_str(out, "title", item_title(project, &journey->stages[s].item, arena));
    write_value(out, &row->stages[s]);
    json_object_end(out);
  }
  json_array_end(out);
  if (row->failure.message.len) json_str(out, "failure", metric_failure_words(row->failure, arena));
  json_object_end(out);
}

static void write_score(JsonOut *out, const Project *project, const Score *score, Arena *arena) {
  Item own = item_of(score->journey->at);
  json_object(out, NULL);
  json_str(out, "id", item_id(project, &own));
  json_str(out, "title", item_title(project, &score->journey->item, arena));
  json_array(out, "metrics");
  for (uint32_t i = 0; i < score->table.count; i++)
    write_row(out, project, score->journey, &score->table.rows[i], arena);
  json_array_end(out);
  json_object_end(out);
}

void score_write_json(const Project *project, const Score *scores, size_t count, Buf *to) {
  Arena *arena = arena_new();
  JsonOut out = json_out(to);
  json_object(&out, NULL);
  json_num(&out, "version", 1);
  json_array(&out, "journeys");
  for (size_t i = 0; i < count; i++) write_score(&out, project, &scores[i], arena);
  json_array_end(&out);
  json_object_end(&out);
  json_end(&out);
  arena_free(arena);
}
