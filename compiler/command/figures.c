#include "command/command.h"

static bool lacks_value(const Unit *unit) {
  for (uint32_t at = 0; at < unit->statement_count; at++)
    if (unit->statements[at].keyword == K_MEASURE && !unit_value(unit, at, 1)) return true;
  return false;
}

const Figures *command_figures(Project *project, const Evidence *evidence, Arena *arena) {
  bool any = false;
  for (uint32_t u = 0; u < project->unit_count && !any; u++)
    any = project_is_own(project, u) && lacks_value(project->units[u]);
  if (!any) return NULL;
  return figures_of(project, evidence ? evidence : command_evidence(project, arena, NULL), arena);
}
