#include "write/json_out.h"
#include "write/paths.h"

static void write_totals(JsonOut *out, const ChainResult *result) {
  json_num(out, "completes", result->completes);
  json_num(out, "leaves", result->leaves);
  json_num(out, "unaccounted", result->unaccounted);
  json_num(out, "endless", result->endless);
  json_num(out, "steps-on-the-way", result->length);
  json_num(out, "deviation", result->deviation);
  if (!result->settled) json_bool(out, "settled", false);
}

static void write_numbers(JsonOut *out, const ChainStep *step) {
  json_num(out, "reach", step->reach);
  json_num(out, "visits", step->visits);
  json_num(out, "leaves", step->leaves);
  json_num(out, "unaccounted", step->unaccounted);
  json_num(out, "completes", step->completes);
  json_num(out, "completes-from", step->completes_from);
  json_num(out, "removal", step->removal);
  if (step->endless) json_bool(out, "endless", true);
}

static void write_way(JsonOut *out, const char *key, Str to, double share) {
  if (share <= 0) return;
  json_begin_object(out, NULL);
  json_str(out, key, to);
  json_num(out, "share", share);
  json_end_object(out);
}

static void write_crossing(JsonOut *out, const char *key, const Project *p, const Journey *journey,
                           const Crossing *crossing) {
  json_begin_array(out, key);
  for (uint32_t i = 0; i < crossing->count; i++)
    write_way(out, "to", item_id(p, &journey->steps[crossing->ways[i].to].item), crossing->ways[i].share);
  write_way(out, "end", STR("completes"), crossing->completes);
  write_way(out, "end", STR("leaves"), crossing->leaves);
  write_way(out, "end", STR("unaccounted"), crossing->unaccounted);
  json_end_array(out);
}

static void write_step(JsonOut *out, const Project *p, const Journey *journey, const Flow *flow, uint32_t number,
                       const ChainStep *base, Arena *arena) {
  const Step *step = &journey->steps[number];
  json_begin_object(out, NULL);
  json_str(out, "id", item_id(p, &step->item));
  json_str(out, "title", item_title(p, &step->item, arena));
  json_str(out, "stage", item_id(p, &journey->stages[step->stage].item));
  write_numbers(out, &flow->result.steps[number]);
  write_crossing(out, "ways", p, journey, &flow->chain.steps[number]);
  if (base) {
    json_begin_object(out, "base");
    write_numbers(out, base);
    json_end_object(out);
  }
  json_end_object(out);
}

static void write_flow(JsonOut *out, const Project *p, const JourneyPaths *paths, uint32_t number, Arena *arena) {
  const Journey *journey = paths->flows.journey;
  const Flow *flow = &paths->flows.at[number];
  const Flow *base = paths->base.journey ? flow_alike(p, &paths->flows, number, &paths->base) : NULL;
  const uint32_t *alike = base ? flow_steps_alike(journey, paths->base.journey, arena) : NULL;
  Str title = flow_title(p, flow, arena);
  json_begin_object(out, NULL);
  if (title.len > 0) json_str(out, "title", title);
  write_totals(out, &flow->result);
  if (base) {
    json_begin_object(out, "base");
    write_totals(out, &base->result);
    json_end_object(out);
  }
  write_crossing(out, "starts", p, journey, &flow->chain.starts);
  json_begin_array(out, "steps");
  for (uint32_t i = 0; i < journey->step_count; i++)
    write_step(out, p, journey, flow, i, base && alike[i] != NONE ? &base->result.steps[alike[i]] : NULL, arena);
  json_end_array(out);
  json_end_object(out);
}

static void write_journey(JsonOut *out, const Project *p, const JourneyPaths *paths, Arena *arena) {
  const Journey *journey = paths->flows.journey;
  json_begin_object(out, NULL);
  json_str(out, "id", item_id(p, &(Item){.at = journey->at}));
  json_str(out, "title", item_title(p, &journey->item, arena));
  if (paths->base.journey) json_str(out, "extends", item_id(p, &(Item){.at = paths->base.journey->at}));
  json_begin_array(out, "paths");
  for (uint32_t i = 0; i < paths->flows.count; i++) write_flow(out, p, paths, i, arena);
  json_end_array(out);
  json_end_object(out);
}

void paths_write_json(const Project *project, const JourneyPaths *paths, size_t count, Buf *to) {
  Arena *arena = arena_new();
  JsonOut out = json_out(to);
  json_begin_object(&out, NULL);
  json_num(&out, "version", 1);
  json_begin_array(&out, "journeys");
  for (size_t i = 0; i < count; i++) write_journey(&out, project, &paths[i], arena);
  json_end_array(&out);
  json_end_object(&out);
  json_end(&out);
  arena_free(arena);
}
