#include "lsp/feature/calls.h"

#include "lsp/feature/symbols.h"
#include "lsp/protocol/commands.h"
#include "lsp/protocol/hierarchy.h"
#include "lsp/protocol/methods.h"

/* Which journey's paths the client goes on to ask for: that of a variant may be in another file than its step. */
static json_t *journey_json(const Snapshot *snapshot, const Journey *journey) {
  Str id = unit_id(project_unit(snapshot->project, journey->at), journey->at.at);
  return json_pack("{s:o, s:o}", "file", json_of(snapshot->files[journey->at.unit]->uri), "journey", json_of(id));
}

static json_t *item_json(const Call *call, const Snapshot *snapshot, const CallItem *item) {
  HierarchyItem shown = {item->name,    item->detail, item->is_end ? SYMBOL_OPERATOR : SYMBOL_EVENT,
                         item->at.unit, item->range,  item->name_span};
  json_t *json = hierarchy_json(call, snapshot, &shown);
  if (!item->is_end) json_object_set_new(json, "data", journey_json(snapshot, item->journey));
  return json;
}

json_t *calls_prepare(Call *call) {
  CallItems items = call_items(&call->spot, call->arena);
  if (items.count == 0) return NULL;
  json_t *list = json_array();
  for (uint32_t i = 0; i < items.count; i++)
    json_array_append_new(list, item_json(call, call->spot.snapshot, &items.at[i]));
  return list;
}

/* ---- going on ---- */

/* The journey that the item is of; NULL where it is no step, or is gone. */
static const Journey *find_journey(const Call *call, const Spot *spot) {
  const json_t *data = json_object_get(json_object_get(call->params, "item"), "data");
  const CallState *state = NULL;
  uint32_t unit = NONE;
  if (!call_find_file(call, json_get_text(data, "file"), &state, &unit) || state->snapshot != spot->snapshot)
    return NULL;
  return call_find_journey(state, unit, json_get_text(data, "journey"));
}

typedef CallSteps Ask(const Project *p, const Journey *journey, Ref step, Arena *arena);

static json_t *go_on(Call *call, const char *key, Ask *ask) {
  Spot spot;
  if (!hierarchy_find(call, &spot)) return NULL;
  const Journey *journey = find_journey(call, &spot);
  Ref step = journey ? spot_meaning(&spot) : NO_REF;
  CallSteps steps = ref_ok(step) ? ask(spot.snapshot->project, journey, step, call->arena) : (CallSteps){NULL, 0};
  json_t *list = json_array();
  for (uint32_t i = 0; i < steps.count; i++) {
    const CallStep *found = &steps.at[i];
    const File *caller = ask == calls_to ? spot.snapshot->files[found->item.at.unit] : spot.file;
    json_t *json = json_object(), *ranges = json_array();
    for (uint32_t k = 0; k < found->said_count; k++)
      json_array_append_new(ranges, json_range(call, caller, found->said[k]));
    json_object_set_new(json, key, item_json(call, spot.snapshot, &found->item));
    json_object_set_new(json, "fromRanges", ranges);
    json_array_append_new(list, json);
  }
  return list;
}

json_t *calls_incoming(Call *call) { return go_on(call, "from", calls_to); }
json_t *calls_outgoing(Call *call) { return go_on(call, "to", calls_from); }

void calls_announce(const Client *client, json_t *capabilities) {
  (void)client;
  json_object_set_new(capabilities, "callHierarchyProvider", json_true());
}
