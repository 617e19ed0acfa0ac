#include "report/report.h"

#include "report/build.h"

/* Two journeys of one name, in two files, get two anchors. */
static Str anchor_of(const Build *build, const ReportMap *maps, uint32_t map) {
  Str id = maps[map].view->id;
  uint32_t same = 0;
  for (uint32_t i = 0; i < map; i++) same += str_is(maps[i].view->id, id);
  return same ? arena_format(build->arena, "map-" STR_FMT "-%u", STR_ARG(id), same + 1)
              : arena_format(build->arena, "map-" STR_FMT, STR_ARG(id));
}

static void build_maps(Build *build, const Journey *const *journeys, uint32_t count) {
  ReportMap *maps = ARENA_ARRAY(build->arena, ReportMap, count);
  for (uint32_t i = 0; i < count; i++) {
    maps[i] =
        (ReportMap){.journey = journeys[i], .view = view_drawn(build->p, journeys[i], build->figures, build->arena)};
    maps[i].anchor = anchor_of(build, maps, i);
  }
  build->report->maps = maps;
  build->report->map_count = count;
}

const Report *report_new(const Project *project, const Journey *const *journeys, uint32_t count, const Figures *figures,
                         Arena *arena) {
  Report *report = ARENA_NEW(arena, Report);
  Build build = {.p = project, .figures = figures, .arena = arena, .report = report};
  report->today = project->today;
  report->title = project->settings.title;
  build_maps(&build, journeys, count);
  report->plan = plan_new(project, journeys, count, (PlanOptions){0}, arena);
  if (report->title.len == 0 && count == 1) report->title = report->maps[0].view->title;
  build_report_measures(&build);
  build_people(&build);
  build_owners(&build);
  build_pains(&build);
  build_evidence(&build);
  return report;
}
