/* The numbers of whole maps and of their stages. A variant has those that it says anew. */
#include "report/build.h"

typedef VEC(ReportMeasure) Measures;

static void add(const ReportMap *map, uint32_t number, Str stage, const Entry *entries, uint32_t count, Measures *to) {
  for (uint32_t i = 0; i < count; i++) {
    bool inherited = map->view->compared && entries[i].state == 0;
    if (entries[i].state == 3 || inherited) continue;
    vec_push(to, (ReportMeasure){.map = number, .stage = stage, .entry = &entries[i]});
  }
}

void build_report_measures(Build *build) {
  Measures found = {0};
  for (uint32_t m = 0; m < build->report->map_count; m++) {
    const ReportMap *map = &build->report->maps[m];
    add(map, m, STR(""), map->view->measures, map->view->measure_count, &found);
    for (uint32_t i = 0; i < map->view->stage_count; i++) {
      const ViewStage *stage = &map->view->stages[i];
      add(map, m, stage->title, stage->measures, stage->measure_count, &found);
    }
  }
  ReportMeasure *kept = ARENA_ARRAY(build->arena, ReportMeasure, found.len);
  if (found.len) memcpy(kept, found.at, found.len * sizeof *kept);
  build->report->measures = kept;
  build->report->measure_count = (uint32_t)found.len;
  vec_free(&found);
}
