#include "lsp/feature/uses_words.h"

typedef struct {
  const Project *p;
  Ref last_step, last_journey;
  uint32_t steps, journeys, times;
} Counts;

/* Uses come in the order of the text, so that those of one step follow each other. */
static void count(Counts *counts, Ref at) {
  const Unit *unit = project_unit(counts->p, at);
  Ref step = NO_REF, journey = NO_REF;
  counts->times++;
  for (uint32_t up = at.at; up != NONE; up = unit->statements[up].parent) {
    Keyword keyword = (Keyword)unit->statements[up].keyword;
    bool is_step = keyword == K_TOUCHPOINT || (keyword == K_CHANGE && up != at.at);
    if (is_step && !ref_ok(step)) step = (Ref){at.unit, up};
    if (keyword == K_JOURNEY) journey = (Ref){at.unit, up};
  }
  if (ref_ok(step) && !ref_is(step, counts->last_step)) counts->steps++, counts->last_step = step;
  if (ref_ok(journey) && !ref_is(journey, counts->last_journey)) counts->journeys++, counts->last_journey = journey;
}

static const char *ending(uint32_t count) { return count == 1 ? "" : "s"; }

Str uses_words(const Snapshot *snapshot, Ref declaration, Arena *arena) {
  Uses uses = uses_of(snapshot, declaration, NONE, arena);
  Counts counts = {.p = snapshot->project, .last_step = NO_REF, .last_journey = NO_REF};
  for (uint32_t i = 0; i < uses.count; i++)
    if (uses.at[i].kind != USE_DECLARES && uses.at[i].kind != USE_OVERLAYS) count(&counts, uses.at[i].at);
  if (counts.times == 0) return STR("not used yet");
  if (counts.steps > 0 && counts.journeys > 1)
    return arena_format(arena, "used by %u step%s in %u journeys", counts.steps, ending(counts.steps), counts.journeys);
  if (counts.steps > 0) return arena_format(arena, "used by %u step%s", counts.steps, ending(counts.steps));
  if (counts.journeys > 0) return arena_format(arena, "used by %u journey%s", counts.journeys, ending(counts.journeys));
  return counts.times == 1 ? STR("used once") : arena_format(arena, "used %u times", counts.times);
}
