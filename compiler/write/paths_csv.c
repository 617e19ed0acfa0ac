#include <math.h>

#include "write/csv.h"
#include "write/paths.h"

static void write_numbers(const ChainStep *step, Buf *to) {
  const double nothing = NAN, *values[] = {step ? &step->reach : &nothing,     step ? &step->visits : &nothing,
                                           step ? &step->leaves : &nothing,    step ? &step->unaccounted : &nothing,
                                           step ? &step->completes : &nothing, step ? &step->removal : &nothing};
  for (size_t i = 0; i < sizeof values / sizeof *values; i++) csv_number(to, *values[i]);
}

static void write_flow(const Project *p, const JourneyPaths *paths, uint32_t number, Arena *arena, Buf *to) {
  const Journey *journey = paths->flows.journey;
  const Flow *flow = &paths->flows.at[number];
  const Flow *base = paths->base.journey ? flow_alike(p, &paths->flows, number, &paths->base) : NULL;
  const uint32_t *alike = base ? flow_steps_alike(journey, paths->base.journey, arena) : NULL;
  Str id = item_id(p, &(Item){.at = journey->at}), path = flow_title(p, flow, arena);
  for (uint32_t i = 0; i < journey->step_count; i++) {
    const Step *step = &journey->steps[i];
    csv_text(to, id);
    csv_text(to, path);
    csv_text(to, item_title(p, &journey->stages[step->stage].item, arena));
    csv_text(to, item_id(p, &step->item));
    csv_text(to, item_title(p, &step->item, arena));
    write_numbers(&flow->result.steps[i], to);
    write_numbers(base && alike[i] != NONE ? &base->result.steps[alike[i]] : NULL, to);
    csv_end(to);
  }
}

void paths_write_csv(const Project *project, const JourneyPaths *paths, size_t count, Buf *to) {
  Arena *arena = arena_new();
  buf_add_c(to, "journey,path,stage,step,title,reach,visits,leaves,unaccounted,completes,removal,"
                "base-reach,base-visits,base-leaves,base-unaccounted,base-completes,base-removal\r\n");
  for (size_t i = 0; i < count; i++)
    for (uint32_t f = 0; f < paths[i].flows.count; f++) write_flow(project, &paths[i], f, arena, to);
  arena_free(arena);
}
