#include "base/calendar.h"
#include "view/observe_words.h"
#include "write/json_out.h"
#include "write/observe.h"

typedef struct {
  JsonOut *out;
  const Observed *observed;
  const Binding *binding;
  Arena *arena;
} Writing;

static void write_estimate(JsonOut *out, const char *key, Estimate estimate) {
  json_begin_object(out, key);
  json_num(out, "value", estimate.value);
  json_num(out, "low", estimate.low);
  json_num(out, "high", estimate.high);
  json_num(out, "n", (double)estimate.n);
  json_end_object(out);
}

static void write_times(JsonOut *out, const char *key, Times times) {
  json_begin_object(out, key);
  json_num(out, "median", times.median);
  json_num(out, "p90", times.p90);
  json_num(out, "n", (double)times.n);
  json_end_object(out);
}

static Str node_id(const Writing *writing, uint32_t node) {
  const Binding *binding = writing->binding;
  if (node >= binding->start) return node == binding->start ? STR("starts") : STR("ends");
  return item_id(binding->project, &binding->journey->steps[binding->step_of[node]].item);
}

static void write_node(const Writing *writing, const char *key, uint32_t node) {
  if (node != NONE) json_str(writing->out, key, node_id(writing, node));
}

static void write_steps(const Writing *writing, const Observation *o) {
  JsonOut *out = writing->out;
  json_begin_array(out, "steps");
  for (uint32_t node = 0; node < writing->binding->node_count; node++) {
    const ObservedStep *step = &o->steps[node];
    json_begin_object(out, NULL);
    json_str(out, "id", node_id(writing, node));
    json_str(out, "title", node_title(writing->binding, node, writing->arena));
    write_estimate(out, "reach", step->reach);
    json_num(out, "cases", (double)step->cases);
    json_num(out, "visits", (double)step->visits);
    json_num(out, "repeats", (double)step->repeats);
    write_estimate(out, "leaves", step->leaves);
    write_estimate(out, "goes-on", step->goes_on);
    json_num(out, "drop-off", step->goes_on.n > 0 ? 1 - step->goes_on.value : step->goes_on.value);
    json_num(out, "position", step->position);
    write_times(out, "wait-before", step->before);
    write_times(out, "wait-next", step->next);
    json_end_object(out);
  }
  json_end_array(out);
}

static void write_stages(const Writing *writing, const Observation *o) {
  const Journey *journey = writing->observed->journey;
  json_begin_array(writing->out, "stages");
  for (uint32_t i = 0; i < journey->stage_count; i++) {
    json_begin_object(writing->out, NULL);
    json_str(writing->out, "id", item_id(writing->observed->project, &journey->stages[i].item));
    write_estimate(writing->out, "reach", o->stages[i].reach);
    json_end_object(writing->out);
  }
  json_end_array(writing->out);
}

static void write_moves(const Writing *writing, const Observation *o) {
  JsonOut *out = writing->out;
  double drawn;
  json_begin_array(out, "moves");
  for (uint32_t i = 0; i < o->move_count; i++) {
    const ObservedMove *move = &o->moves[i];
    json_begin_object(out, NULL);
    write_node(writing, "from", move->from);
    write_node(writing, "to", move->to);
    json_num(out, "count", (double)move->count);
    write_estimate(out, "share", move->share);
    json_bool(out, "drawn", move->drawn);
    if (drawn_share(o, move->from, move->to, &drawn)) json_num(out, "drawn-share", drawn);
    if (move->wait.n > 0) write_times(out, "wait", move->wait);
    json_end_object(out);
  }
  json_end_array(out);
}

static void write_variants(const Writing *writing, const Observation *o) {
  JsonOut *out = writing->out;
  json_begin_array(out, "variants");
  for (uint32_t i = 0; i < o->variant_count; i++) {
    const ObservedVariant *variant = &o->variants[i];
    json_begin_object(out, NULL);
    json_begin_array(out, "steps");
    for (uint32_t k = 0; k < variant->node_count; k++) json_str(out, NULL, node_id(writing, variant->nodes[k]));
    json_end_array(out);
    json_num(out, "count", (double)variant->count);
    write_estimate(out, "share", variant->share);
    json_bool(out, "completes", variant->completes);
    json_bool(out, "fits", variant->fits);
    json_end_object(out);
  }
  json_end_array(out);
}

static void write_unknown(const Writing *writing, const Observation *o) {
  JsonOut *out = writing->out;
  json_begin_array(out, "unknown-activities");
  for (uint32_t i = 0; i < o->unknown_count; i++) {
    const UnknownActivity *unknown = &o->unknown[i];
    json_begin_object(out, NULL);
    json_str(out, "activity", writing->binding->log->activities[unknown->activity]);
    json_num(out, "events", (double)unknown->events);
    write_estimate(out, "reach", unknown->reach);
    write_node(writing, "after", unknown->after);
    json_num(out, "after-events", (double)unknown->after_count);
    json_end_object(out);
  }
  json_end_array(out);
}

static void write_observation(const Writing *writing, const Observation *o) {
  JsonOut *out = writing->out;
  json_num(out, "cases", (double)o->cases);
  json_num(out, "events", (double)o->events);
  json_num(out, "cases-on-map", (double)o->on_map);
  json_num(out, "events-on-map", (double)o->events_on_map);
  write_estimate(out, "completes", o->completes);
  write_times(out, "length", o->length);
  json_num(out, "steps-on-the-way", o->visits);
  json_num(out, "fitness", o->fitness);
  json_num(out, "moves-made", (double)o->moves_made);
  json_num(out, "moves-drawn", (double)o->moves_drawn);
  write_estimate(out, "fits", o->fits);
  write_stages(writing, o);
  write_steps(writing, o);
  write_moves(writing, o);
  json_num(out, "variant-count", (double)o->variants_all);
  write_variants(writing, o);
  json_num(out, "unknown-activity-count", o->unknown_all);
  write_unknown(writing, o);
}

/* ---- findings ---- */

static void write_day(const Writing *writing, const char *key, int32_t day) {
  CalendarDay date = calendar_day(day);
  json_str(writing->out, key, arena_format(writing->arena, "%04d-%02d-%02d", date.year, date.month, date.day));
}

static void write_difference(const Writing *writing, const Finding *finding, const Difference *difference) {
  static const char *const kinds[] = {"has", "goes-on", "leaves", "moves", "again", "reaches"};
  JsonOut *out = writing->out;
  json_begin_object(out, NULL);
  json_str(out, "sentence", observe_difference(writing->binding, finding, difference, writing->arena));
  json_c(out, "kind", kinds[difference->outcome.kind]);
  write_node(writing, "of", difference->outcome.of);
  write_node(writing, "to", difference->outcome.to);
  if (difference->outcome.activity != NONE)
    json_str(out, "activity", writing->binding->log->activities[difference->outcome.activity]);
  json_num(out, "hits", (double)difference->hits);
  write_estimate(out, "here", difference->here);
  json_num(out, "other-hits", (double)difference->other_hits);
  write_estimate(out, "others", difference->others);
  json_num(out, "p", difference->p);
  json_end_object(out);
}

static void write_finding(const Writing *writing, const Finding *finding) {
  JsonOut *out = writing->out;
  Str who = observe_who(finding, writing->arena);
  Str what = observe_difference(writing->binding, finding, &finding->differences[0], writing->arena);
  json_begin_object(out, NULL);
  json_str(out, "sentence", arena_format(writing->arena, STR_FMT ": " STR_FMT, STR_ARG(who), STR_ARG(what)));
  if (finding->attribute) {
    json_str(out, "column", finding->attribute->name);
    json_str(out, "value", finding->value > 0 ? finding->attribute->values[finding->value - 1] : STR(""));
  }
  if (finding->has_days) {
    write_day(writing, "from-day", finding->first_day);
    write_day(writing, "to-day", finding->last_day);
  }
  json_num(out, "cases", (double)finding->cases);
  json_begin_array(out, "differences");
  for (uint32_t i = 0; i < finding->count; i++) write_difference(writing, finding, &finding->differences[i]);
  json_end_array(out);
  json_end_object(out);
}

static void write_findings(const Writing *writing) {
  const Findings *findings = &writing->observed->findings;
  json_num(writing->out, "compared", (double)findings->compared);
  json_begin_array(writing->out, "findings");
  for (uint32_t i = 0; i < findings->count; i++) write_finding(writing, &findings->at[i]);
  json_end_array(writing->out);
}

/* ---- the log ---- */

static void write_log(const Writing *writing) {
  const EventLog *log = writing->observed->log;
  JsonOut *out = writing->out;
  json_begin_object(out, "log");
  json_str(out, "id", item_id(writing->observed->project, &(Item){.at = log->evidence}));
  json_str(out, "file", log->path);
  json_num(out, "rows", (double)log->rows);
  json_num(out, "left-out", (double)log->left_out);
  json_num(out, "bad-rows", (double)log->bad);
  json_begin_array(out, "first-bad-rows");
  for (uint32_t i = 0; i < log->bad_shown; i++) {
    json_begin_object(out, NULL);
    json_num(out, "line", (double)log->bad_rows[i].line);
    json_str(out, "why", log->bad_rows[i].why);
    json_end_object(out);
  }
  json_end_array(out);
  if (log->broken) json_str(out, "broken", log->why);
  json_num(out, "cases", log->case_count);
  json_num(out, "events", (double)log->event_count);
  json_num(out, "activities", log->activity_count);
  json_end_object(out);
}

static void write_binding(const Writing *writing, const char *key, StepSeen seen) {
  const Journey *journey = writing->observed->journey;
  json_begin_array(writing->out, key);
  for (uint32_t i = 0; i < journey->step_count; i++)
    if (writing->binding->seen[i] == seen)
      json_str(writing->out, NULL, item_id(writing->observed->project, &journey->steps[i].item));
  json_end_array(writing->out);
}

static void write_split(const Writing *writing) {
  const Split *split = writing->observed->split;
  JsonOut *out = writing->out;
  if (!split) return;
  json_str(out, "by", split->by);
  json_num(out, "parts-left-out", split->left_out);
  json_begin_array(out, "parts");
  for (uint32_t i = 0; i < split->count; i++) {
    json_begin_object(out, NULL);
    json_str(out, "name", split->parts[i].name);
    write_observation(writing, split->parts[i].observation);
    json_end_object(out);
  }
  json_end_array(out);
}

static void write_observed(JsonOut *out, const Observed *observed) {
  Arena *arena = arena_new();
  Writing writing = {out, observed, observed->binding, arena};
  json_begin_object(out, NULL);
  json_str(out, "journey", item_id(observed->project, &(Item){.at = observed->journey->at}));
  json_str(out, "title", item_title(observed->project, &observed->journey->item, arena));
  write_log(&writing);
  write_node(&writing, "from", observed->from);
  write_node(&writing, "to", observed->to);
  write_observation(&writing, observed->observation);
  write_binding(&writing, "steps-never-taken", STEP_UNKNOWN);
  write_binding(&writing, "steps-not-seen", STEP_UNSEEN);
  write_findings(&writing);
  write_split(&writing);
  json_end_object(out);
  arena_free(arena);
}

void observe_write_json(const Observed *observed, size_t count, Buf *to) {
  JsonOut out = json_out(to);
  json_begin_object(&out, NULL);
  json_num(&out, "version", 1);
  json_begin_array(&out, "observed");
  for (size_t i = 0; i < count; i++) write_observed(&out, &observed[i]);
  json_end_array(&out);
  json_end_object(&out);
  json_end(&out);
}
