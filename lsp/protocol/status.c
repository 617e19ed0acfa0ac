/* journey/status: what the maps of a file come to, in a few words, for the line below the text. */
#include "lsp/feature/known.h"
#include "lsp/protocol/methods.h"

enum { MOST_NUMBERS = 8 };

static json_t *number_json(const Call *call, const KnownNumber *number) {
  Str target = known_target(number->metric, number->value, call->arena);
  json_t *json = json_pack("{s:o, s:o}", "title", json_of(number->metric->title), "words",
                           json_of(known_words(number->value, call->arena)));
  if (target.len > 0) json_object_set_new(json, "target", json_of(target));
  return json;
}

/* The most telling first: what is measured, then the project's own metrics, then the standard library's. */
static json_t *numbers_json(const Call *call, const Journey *journey) {
  KnownNumber numbers[MOST_NUMBERS];
  Known known;
  json_t *list = json_array();
  if (!known_of(&call->spot, journey, &known)) return list;
  size_t count = known_numbers(&known, (Place){.kind = PLACE_JOURNEY}, false, numbers, MOST_NUMBERS);
  for (size_t i = 0; i < count; i++) json_array_append_new(list, number_json(call, &numbers[i]));
  return list;
}

static json_t *journey_json(const Call *call, const Journey *journey) {
  const Project *p = call->spot.snapshot->project;
  return json_pack(
      "{s:o, s:o, s:o, s:i, s:i, s:o}", "journey", json_of(unit_id(project_unit(p, journey->at), journey->at.at)),
      "title", json_of(item_title(p, &journey->item, call->arena)), "range",
      json_range(call, call->spot.file, project_statement(p, journey->at)->span), "stages", (int)journey->stage_count,
      "steps", (int)journey->step_count, "numbers", numbers_json(call, journey));
}

json_t *status_tell(Call *call) {
  const Project *p = call->spot.snapshot->project;
  const File *file = call->spot.file;
  json_t *list = json_array();
  for (uint32_t i = 0; i < p->journey_count; i++)
    if (p->journeys[i].at.unit == call->spot.unit) json_array_append_new(list, journey_json(call, &p->journeys[i]));
  return json_pack("{s:o, s:o, s:o}", "uri", json_of(file->uri), "version",
                   file->version == NO_VERSION ? json_null() : json_integer(file->version), "journeys", list);
}
