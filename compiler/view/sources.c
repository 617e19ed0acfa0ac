/* What claims stand on: evidence gets its number when it is first named, so that numbers rise in reading order. */
#include "view/build.h"

uint32_t build_source_number(const Build *build, Ref evidence) {
  uint32_t **numbers = &build->source_number[evidence.unit];
  if (!*numbers)
    *numbers = ARENA_ARRAY(build->arena, uint32_t, project_unit(build->project, evidence)->statement_count);
  uint32_t *number = &(*numbers)[evidence.at];
  if (*number == 0) {
    vec_push(build->sources, evidence);
    *number = (uint32_t)build->sources->len;
  }
  return *number;
}

BuildSources build_sources(const Build *build, Ref claim, const Item *step) {
  Ref *refs;
  size_t count = claim_evidence(build->project, step, claim, build->arena, &refs);
  Buf titles = {0}, numbers = {0};
  for (size_t i = 0; i < count; i++) {
    buf_printf(&titles, "%s" STR_FMT, i ? ", " : "", STR_ARG(build_title(build, refs[i])));
    buf_printf(&numbers, "%s%u", i ? "," : "", (unsigned)build_source_number(build, refs[i]));
  }
  return (BuildSources){buf_take(&titles, build->arena), buf_take(&numbers, build->arena)};
}
