/* The map as it is, marked with all that a comparison found. What is only said in other words loses its mark again. */
#include "view/differences.h"

#include <stdlib.h>

#include "base/vec.h"

typedef struct {
  const Comparison *comparison;
  Arena *arena;
} Told;

/* "owner: Sales → Finance" */
static void tell_property(const PropertyDifference *property, Buf *to) {
  buf_printf(to, "%s" STR_FMT, to->len ? "; " : "", STR_ARG(property->label));
  if (property->kind == DIFFERENCE_DROPPED) buf_add_c(to, " no more");
  if (property->before.len || property->after.len) buf_add_c(to, ": ");
  buf_add(to, property->before);
  if (property->before.len && property->after.len) buf_add_c(to, " → ");
  buf_add(to, property->after);
}

static ViewFact fact_of(const Told *told, const Difference *difference) {
  static const char *const words[] = {"", "New: ", "Dropped: "};
  Buf text = {0};
  for (uint32_t i = 0; i < difference->property_count; i++)
    tell_property(&told->comparison->properties[difference->first_property + i], &text);
  if (difference->moved.len) buf_printf(&text, "%smoved " STR_FMT, text.len ? "; " : "", STR_ARG(difference->moved));
  Str name = difference->title;
  if (difference->keyword == K_JOURNEY) name = STR("The journey");
  return (ViewFact){.name = arena_format(told->arena, "%s" STR_FMT, words[difference->kind], STR_ARG(name)),
                    .text = buf_take(&text, told->arena)};
}

/* What no column shows: of the journey as a whole, its stages, its opportunities. */
static ViewSection beside_the_steps(const Told *told, uint32_t at) {
  const Difference *all = told->comparison->differences;
  ViewFact *facts = ARENA_ARRAY(told->arena, ViewFact, all[at].end - at);
  ViewSection section = {.title = STR("What else is different"), .facts = facts};
  for (uint32_t i = at; i < all[at].end;) {
    bool step = all[i].keyword == K_TOUCHPOINT;
    if (!step && difference_is_own(&all[i]) && (i > at || all[i].property_count > 0))
      facts[section.count++] = fact_of(told, &all[i]);
    i = step ? all[i].end : i + 1;
  }
  return section;
}

/* In front of the sections that the map has anyway. */
static const View *with_section(const View *view, ViewSection section, Arena *arena) {
  if (section.count == 0) return view;
  ViewSection *sections = ARENA_ARRAY(arena, ViewSection, view->section_count + 1);
  View *copy = ARENA_NEW(arena, View);
  *copy = *view;
  sections[0] = section;
  for (uint32_t i = 0; i < view->section_count; i++) sections[i + 1] = view->sections[i];
  copy->sections = sections;
  copy->section_count++;
  return copy;
}

/* ---- marks ---- */

/* The statements of each side that were found to differ. */
typedef struct {
  const Comparison *comparison;
  const JourneyDifference *journey;
  Refs was, is;
} Found;

static void note(Refs *refs, Ref ref) {
  if (ref_ok(ref)) vec_push(refs, ref);
}

static void sort(Refs *refs) {
  if (refs->len > 0) qsort(refs->at, refs->len, sizeof *refs->at, ref_compare);
}

static bool is_noted(const Refs *refs, Ref ref) {
  return refs->len > 0 && bsearch(&ref, refs->at, refs->len, sizeof *refs->at, ref_compare);
}

static void find(Found *found) {
  const Comparison *comparison = found->comparison;
  uint32_t at = found->journey->difference;
  for (uint32_t i = at; at != NONE && i < comparison->differences[at].end; i++) {
    const Difference *difference = &comparison->differences[i];
    note(&found->was, difference->was);
    note(&found->is, difference->is);
    for (uint32_t p = 0; p < difference->property_count; p++) {
      note(&found->was, comparison->properties[difference->first_property + p].was);
      note(&found->is, comparison->properties[difference->first_property + p].is);
    }
  }
  sort(&found->was);
  sort(&found->is);
}

/* Channels and systems are entries that stand where they are declared. */
static bool is_shared(const Entry *entry) { return entry->kind == ENTRY_CHANNEL || entry->kind == ENTRY_SYSTEM; }

/* Whether the other entries of the cell have the same thing with the other mark. */
static bool has_counterpart(const Found *found, const Entry *entries, uint32_t count, const Entry *entry) {
  for (uint32_t i = 0; i < count; i++) {
    if (!is_shared(&entries[i]) || entries[i].state == entry->state) continue;
    if (entry->state == 3 ? comparison_same(found->comparison, entry->at, entries[i].at)
                          : comparison_same(found->comparison, entries[i].at, entry->at))
      return true;
  }
  return false;
}

static bool owners_same(const Found *found, const PlacePair *place) {
  const JourneyDifference *journey = found->journey;
  Ref was = step_owner(found->comparison->was, journey->was, &journey->was->steps[place->was]);
  Ref is = step_owner(found->comparison->is, journey->is, &journey->is->steps[place->is]);
  return comparison_same(found->comparison, was, is);
}

static bool is_meant(const Found *found, const PlacePair *place, const Cell *cell, const Entry *entry) {
  if (entry->state == 0) return true;
  if (entry->kind == ENTRY_OWNER) return !owners_same(found, place);
  if (is_shared(entry)) return !has_counterpart(found, cell->entries, cell->count, entry);
  return is_noted(entry->state == 3 ? &found->was : &found->is, entry->at);
}

static Cell without_noise(const Found *found, const PlacePair *place, const Cell *cell, Arena *arena) {
  Entry *entries = ARENA_ARRAY(arena, Entry, cell->count);
  uint32_t count = 0;
  for (uint32_t i = 0; i < cell->count; i++) {
    const Entry *entry = &cell->entries[i];
    bool meant = is_meant(found, place, cell, entry);
    if (!meant && entry->state == 3) continue;
    entries[count] = *entry;
    if (!meant) entries[count].state = 0, entries[count].before = STR("");
    count++;
  }
  return (Cell){entries, count};
}

static bool is_marked(const Cell *cell) {
  for (uint32_t i = 0; i < cell->count; i++)
    if (cell->entries[i].state && cell->entries[i].kind != ENTRY_OWNER) return true;
  return false;
}

/* A step has changed where the comparison says so, or where a cell of it is marked; its owner may be the stage's. */
static View *with_marks_meant(const Found *found, const View *view, Arena *arena) {
  View *result = ARENA_NEW(arena, View);
  ViewStep *steps = ARENA_ARRAY(arena, ViewStep, view->step_count);
  ViewLane *lanes = ARENA_ARRAY(arena, ViewLane, view->lane_count);
  *result = *view;
  const PlacePair **places = ARENA_ARRAY(arena, const PlacePair *, found->journey->is->step_count + 1);
  for (uint32_t i = 0; i < found->journey->step_count; i++)
    if (found->journey->steps[i].is != NONE) places[found->journey->steps[i].is] = &found->journey->steps[i];
  for (uint32_t i = 0; i < view->lane_count; i++) {
    Cell *cells = ARENA_ARRAY(arena, Cell, view->step_count);
    lanes[i] = view->lanes[i];
    if (lanes[i].cells) lanes[i].cells = cells;
  }
  for (uint32_t s = 0; s < view->step_count; s++) {
    steps[s] = view->steps[s];
    const PlacePair *place = steps[s].state == 3 ? NULL : places[steps[s].number - 1];
    bool both = place && place->was != NONE, marked = false;
    for (uint32_t i = 0; i < view->lane_count; i++) {
      if (!view->lanes[i].cells) continue;
      Cell *cell = (Cell *)&lanes[i].cells[s];
      *cell = both ? without_noise(found, place, &view->lanes[i].cells[s], arena) : view->lanes[i].cells[s];
      marked |= is_marked(cell);
    }
    if (both) steps[s].state = marked || place->difference != NONE;
    const Difference *difference =
        both && place->difference != NONE ? &found->comparison->differences[place->difference] : NULL;
    bool only_moved = difference && difference->property_count == 0 && difference->end == place->difference + 1;
    if (only_moved && !marked) steps[s].state = 0;
  }
  result->steps = steps;
  result->lanes = lanes;
  return result;
}

/* ---- the view ---- */

static uint32_t *matches_of(const PlacePair *places, uint32_t place_count, uint32_t count, Arena *arena) {
  uint32_t *matches = ARENA_ARRAY(arena, uint32_t, count);
  for (uint32_t i = 0; i < place_count; i++)
    if (places[i].is != NONE) matches[places[i].is] = places[i].was;
  return matches;
}

const View *view_of_difference(const Comparison *comparison, const JourneyDifference *journey, Str before_title,
                               const Figures *was, const Figures *is, Arena *arena) {
  const View *now = view_new(comparison->is, journey->is, is, arena);
  if (!journey->was) return now;
  Str *moved = ARENA_ARRAY(arena, Str, journey->is->step_count);
  for (uint32_t i = 0; i < journey->step_count; i++) {
    const PlacePair *place = &journey->steps[i];
    if (place->is != NONE && place->difference != NONE)
      moved[place->is] = comparison->differences[place->difference].moved;
  }
  ViewPairs pairs = {.steps = matches_of(journey->steps, journey->step_count, journey->is->step_count, arena),
                     .stages = matches_of(journey->stages, journey->stage_count, journey->is->stage_count, arena),
                     .moved = moved,
                     .before_title = before_title};
  const View *view = view_compare(now, view_new(comparison->was, journey->was, was, arena), &pairs, arena);
  Told told = {comparison, arena};
  Found found = {.comparison = comparison, .journey = journey};
  find(&found);
  view = with_marks_meant(&found, view, arena);
  vec_free(&found.was);
  vec_free(&found.is);
  return journey->difference == NONE ? view : with_section(view, beside_the_steps(&told, journey->difference), arena);
}
