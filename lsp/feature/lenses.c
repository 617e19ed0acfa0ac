#include "lsp/feature/lenses.h"

#include "lsp/feature/known.h"

/* "Net Promoter Score 14 ± 21, n 58 · Retention 86%" */
static Str journey_words(const Spot *spot, const Journey *journey, Arena *arena) {
  enum { MOST = 3 };
  Known known;
  KnownNumber numbers[MOST];
  size_t count =
      known_of(spot, journey, &known) ? known_numbers(&known, (Place){.kind = PLACE_JOURNEY}, false, numbers, MOST) : 0;
  Buf words = {0};
  for (size_t i = 0; i < count; i++)
    buf_printf(&words, "%s" STR_FMT " " STR_FMT, i ? " \u00B7 " : "", STR_ARG(numbers[i].metric->title),
               STR_ARG(known_words(numbers[i].value, arena)));
  if (count == 0)
    buf_printf(&words, "%u stage%s, %u step%s", journey->stage_count, journey->stage_count == 1 ? "" : "s",
               journey->step_count, journey->step_count == 1 ? "" : "s");
  return buf_take(&words, arena);
}

static size_t add(const Spot *spot, uint32_t at, Arena *arena, Lens *to) {
  const Project *p = spot->snapshot->project;
  const Unit *unit = spot_unit(spot);
  Keyword keyword = (Keyword)unit->statements[at].keyword;
  Ref ref = {spot->unit, at};
  Lens lens = {.at = ref, .span = name_span(p, ref), .id = unit_id(unit, at)};
  if (keyword == K_PERSONA || keyword == K_TEAM || keyword == K_EVIDENCE) {
    lens.kind = LENS_USES;
    to[0] = lens;
    return lens.id.len > 0;
  }
  const Journey *journey = keyword == K_JOURNEY ? project_journey_of(p, ref) : NULL;
  if (!journey) return 0;
  lens.kind = LENS_NUMBERS;
  lens.title = journey_words(spot, journey, arena);
  to[0] = lens;
  lens.kind = LENS_PREVIEW;
  lens.title = STR("Preview");
  to[1] = lens;
  return 2;
}

size_t lenses_of(const Spot *spot, Arena *arena, Lens **lenses) {
  const Unit *unit = spot_unit(spot);
  size_t most = 0, count = 0;
  for (uint32_t at = 0; at < unit->statement_count; at = unit->statements[at].after) most += 2;
  *lenses = ARENA_ARRAY(arena, Lens, most + 1);
  for (uint32_t at = 0; at < unit->statement_count; at = unit->statements[at].after)
    count += add(spot, at, arena, *lenses + count);
  return count;
}

Ref lens_declaration(const Project *p, uint32_t unit, Str keyword, Str id) {
  const Unit *file = p->units[unit];
  for (uint32_t at = 0; at < file->statement_count; at = file->statements[at].after)
    if (str_is_c(keyword, schema_row((Keyword)file->statements[at].keyword)->word) && str_is(unit_id(file, at), id))
      return (Ref){unit, at};
  return NO_REF;
}
