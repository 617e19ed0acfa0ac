#include "lsp/feature/types.h"

#include "lsp/feature/symbols.h"
#include "lsp/protocol/hierarchy.h"
#include "lsp/protocol/methods.h"

static json_t *item_json(const Call *call, const Snapshot *snapshot, const Journey *journey) {
  const Project *p = snapshot->project;
  HierarchyItem item = {symbol_name(p, journey->at, call->arena),
                        symbol_detail(p, journey->at, call->arena),
                        SYMBOL_CLASS,
                        journey->at.unit,
                        project_statement(p, journey->at)->span,
                        name_span(p, journey->at)};
  return hierarchy_json(call, snapshot, &item);
}

json_t *types_prepare(Call *call) {
  const Journey *journey = type_at(&call->spot);
  return journey ? json_pack("[o]", item_json(call, call->spot.snapshot, journey)) : NULL;
}

json_t *types_super(Call *call) {
  Spot spot;
  if (!hierarchy_find(call, &spot)) return NULL;
  const Journey *journey = type_at(&spot);
  json_t *list = json_array();
  if (journey && journey->base) json_array_append_new(list, item_json(call, spot.snapshot, journey->base));
  return list;
}

json_t *types_sub(Call *call) {
  Spot spot;
  if (!hierarchy_find(call, &spot)) return NULL;
  const Journey *journey = type_at(&spot);
  Types types = journey ? types_below(spot.snapshot->project, journey, call->arena) : (Types){NULL, 0};
  json_t *list = json_array();
  for (uint32_t i = 0; i < types.count; i++) json_array_append_new(list, item_json(call, spot.snapshot, types.at[i]));
  return list;
}

void types_announce(const Client *client, json_t *capabilities) {
  (void)client;
  json_object_set_new(capabilities, "typeHierarchyProvider", json_true());
}
