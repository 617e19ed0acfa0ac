/* Whose journeys these are: personas with their maps, segments with what they bring. */
#include "plan/pareto.h"
#include "report/build.h"

static void read_maps(const Build *build, ReportPersona *persona) {
  uint32_t *maps = ARENA_ARRAY(build->arena, uint32_t, build->report->map_count);
  for (uint32_t i = 0; i < build->report->map_count; i++)
    if (ref_is(item_ref(build->p, &build->report->maps[i].journey->item, K_PERSONA_OF), persona->at))
      maps[persona->map_count++] = i;
  persona->maps = maps;
}

static ReportPersona read_persona(const Build *build, Ref at) {
  Item item = item_of(at), *goals;
  ReportPersona persona = {.at = at,
                           .name = item_title(build->p, &item, build->arena),
                           .role = item_text(build->p, &item, K_ROLE, 0, build->arena),
                           .quote = item_text(build->p, &item, K_QUOTE, 0, build->arena),
                           .segment = build_title(build, item_ref(build->p, &item, K_SEGMENT_OF))};
  persona.goal_count = (uint32_t)item_all(build->p, NULL, &item, K_PERSONA_GOAL, build->arena, &goals);
  Str *texts = ARENA_ARRAY(build->arena, Str, persona.goal_count);
  for (uint32_t i = 0; i < persona.goal_count; i++)
    texts[i] = unit_text_of(project_unit(build->p, goals[i].at), build->arena, goals[i].at.at, 0);
  persona.goals = texts;
  read_maps(build, &persona);
  return persona;
}

static ReportSegment read_segment(const Build *build, Ref at) {
  Item item = item_of(at);
  ReportSegment segment = {.title = build_title(build, at), .clients = -1, .revenue = -1};
  item_number(build->p, &item, K_SEGMENT_CLIENTS, 0, &segment.clients);
  item_number(build->p, &item, K_SEGMENT_REVENUE, 0, &segment.revenue);
  return segment;
}

/* Those of one file, with the vital few marked, behind the others. */
static void add_file(const Build *build, uint32_t file, const ReportSegment *segments, size_t count) {
  double *weights = ARENA_ARRAY(build->arena, double, count);
  for (size_t i = 0; i < count; i++) weights[i] = segments[i].revenue;
  Pareto vital = pareto(weights, count, PARETO_SHARE, build->arena);
  ReportSegment *to = (ReportSegment *)build->report->segments + build->report->segment_count;
  for (size_t i = 0; i < count; i++) {
    to[i] = segments[vital.order[i]];
    to[i].vital = i < vital.count;
    to[i].file = file;
  }
  build->report->segment_count += (uint32_t)count;
}

static uint32_t count_of(const Project *p, Keyword keyword) {
  uint32_t count = 0;
  for (uint32_t u = 1; u < p->unit_count; u++)
    for (uint32_t at = 0; at < p->units[u]->statement_count; at = p->units[u]->statements[at].after)
      count += p->units[u]->statements[at].keyword == keyword;
  return count;
}

void build_people(Build *build) {
  const Project *p = build->p;
  ReportPersona *personas = ARENA_ARRAY(build->arena, ReportPersona, count_of(p, K_PERSONA));
  ReportSegment *segments = ARENA_ARRAY(build->arena, ReportSegment, count_of(p, K_SEGMENT));
  build->report->segments = ARENA_ARRAY(build->arena, ReportSegment, count_of(p, K_SEGMENT));
  build->report->personas = personas;
  for (uint32_t u = 1; u < p->unit_count; u++) {
    const Statement *statements = p->units[u]->statements;
    size_t count = 0;
    for (uint32_t at = 0; at < p->units[u]->statement_count; at = statements[at].after) {
      if (statements[at].keyword == K_PERSONA)
        personas[build->report->persona_count++] = read_persona(build, (Ref){u, at});
      if (statements[at].keyword == K_SEGMENT) segments[count++] = read_segment(build, (Ref){u, at});
    }
    add_file(build, u, segments, count);
  }
}
