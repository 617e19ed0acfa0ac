#include "lsp/feature/types.h"

const Journey *type_at(const Spot *spot) {
  const Project *p = spot->snapshot->project;
  SpotFound found = spot_find(spot);
  Ref here = {spot->unit, found.statement}, meaning = spot_meaning(spot);
  if (found.kind == SPOT_KEYWORD && project_statement(p, here)->keyword == K_EXTENDS)
    return project_journey_of(p, here);
  if (!ref_ok(meaning) || project_statement(p, meaning)->keyword != K_JOURNEY) return NULL;
  return project_journey_of(p, meaning);
}

Types types_below(const Project *p, const Journey *journey, Arena *arena) {
  Types types = {ARENA_ARRAY(arena, const Journey *, p->journey_count), 0};
  for (uint32_t i = 0; i < p->journey_count; i++)
    if (p->journeys[i].base == journey) types.at[types.count++] = &p->journeys[i];
  return types;
}
