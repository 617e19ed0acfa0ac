#include "lsp/feature/linked.h"

static bool names(const Project *p, const Use *use) {
  bool declares = use->kind == USE_DECLARES || use->kind == USE_OVERLAYS;
  return use->value && (!declares || project_statement(p, use->at)->own_id);
}

Uses linked_names(const Spot *spot, Arena *arena) {
  static const Uses none = {NULL, 0};
  const Project *p = spot->snapshot->project;
  SpotFound found = spot_find(spot);
  if (found.kind != SPOT_VALUE || (found.value->type != V_REF && found.value->type != V_ID)) return none;
  Ref meaning = spot_meaning(spot);
  if (!ref_ok(meaning) || !spot->snapshot->files[meaning.unit]) return none;
  Uses uses = uses_of(spot->snapshot, meaning, NONE, arena);
  for (uint32_t i = 0; i < uses.count; i++)
    if (uses.at[i].at.unit != spot->unit || !names(p, &uses.at[i])) return none;
  return uses;
}
