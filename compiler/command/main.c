#include <stdio.h>
#include "base/os.h"
#include "project/project.h"
int main(int argc, char **argv) {
  Arena *arena = arena_new();
  Str why;
  Project *p = project_load(&(ProjectOptions){.paths = (const char *const *)argv + 1, .path_count = (size_t)argc - 1, .today = os_today()}, arena, &why);
  if (!p) { printf(STR_FMT "\n", STR_ARG(why)); return 2; }
  for (uint32_t u = 0; u <= p->unit_count; u++) {
    Diagnostics *d = u < p->unit_count ? &p->units[u]->diagnostics : &p->diagnostics;
    for (size_t i = 0; i < d->list.len; i++) {
      Diagnostic *x = &d->list.at[i];
      Position at = source_position(&p->units[x->unit]->source, x->span.start);
      printf("%s:%u:%u %s " STR_FMT "\n    help: " STR_FMT "\n", p->units[x->unit]->source.path.at, at.line, at.column, diagnostic_info(x->code).code, STR_ARG(x->message), STR_ARG(x->help));
    }
  }
  for (uint32_t j = 0; j < p->journey_count; j++) {
    const Journey *jo = &p->journeys[j];
    printf("journey " STR_FMT " %u stages %u steps scale %g..%g\n", STR_ARG(item_id(p, &jo->item)), jo->stage_count, jo->step_count, jo->scale_min, jo->scale_max);
  }
  project_free(p); arena_free(arena);
  return 0;
}
