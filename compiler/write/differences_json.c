/* The differences for programs; docs/diff.md describes the form. */
#include "write/differences.h"
#include "write/json_out.h"
#include "write/places.h"

typedef struct {
  const Comparison *comparison;
  Arena *arena;
  Places *was, *is;
  JsonOut out;
} Writer;

static void write_place(Writer *w, const char *key, const Project *project, Places *places, Ref ref) {
  if (!ref_ok(ref)) return;
  Position position = places_position(places, ref.unit, project_statement(project, ref)->span.start);
  json_begin_object(&w->out, key);
  json_str(&w->out, "file", project_unit(project, ref)->source.path);
  json_num(&w->out, "line", position.line);
  json_end_object(&w->out);
}

static void write_places(Writer *w, Ref was, Ref is) {
  write_place(w, "was", w->comparison->was, w->was, was);
  write_place(w, "is", w->comparison->is, w->is, is);
}

static void write_property(Writer *w, const PropertyDifference *property) {
  json_begin_object(&w->out, NULL);
  json_c(&w->out, "change", difference_word(property->kind));
  if (property->keyword != K_NONE) json_c(&w->out, "keyword", schema_row(property->keyword)->word);
  json_str(&w->out, "what", property->label);
  json_c(&w->out, "weight", property->wording ? "wording" : "meaning");
  if (property->before.len > 0) json_str(&w->out, "before", property->before);
  if (property->after.len > 0) json_str(&w->out, "after", property->after);
  write_places(w, property->was, property->is);
  json_end_object(&w->out);
}

static void write_figures(Writer *w, const char *key, const Journey *journey, const JourneyCounts *figures) {
  if (!journey) return;
  json_begin_object(&w->out, key);
  json_num(&w->out, "steps", figures->steps);
  if (figures->emotions > 0) json_num(&w->out, "emotion", figures->emotion);
  json_begin_array(&w->out, "pains"); /* by severity: 0 where none is stated, then 1 to 4 */
  for (int severity = 0; severity < 5; severity++) json_num(&w->out, NULL, figures->pains[severity]);
  json_end_array(&w->out);
  json_end_object(&w->out);
}

static void write_thing(Writer *w, uint32_t at);

static void write_things(Writer *w, const char *key, uint32_t from, uint32_t to) {
  json_begin_array(&w->out, key);
  for (uint32_t i = from; i < to; i = w->comparison->differences[i].end) write_thing(w, i);
  json_end_array(&w->out);
}

static void write_thing(Writer *w, uint32_t at) {
  const Difference *difference = &w->comparison->differences[at];
  json_begin_object(&w->out, NULL);
  json_c(&w->out, "change", difference_is_own(difference) ? difference_word(difference->kind) : "inside");
  json_c(&w->out, "keyword", difference_keyword(difference));
  if (difference->id.len > 0) json_str(&w->out, "id", difference->id);
  json_str(&w->out, "title", difference->title);
  if (difference->moved.len > 0) json_str(&w->out, "moved", difference->moved);
  write_places(w, difference->was, difference->is);
  if (difference->keyword == K_JOURNEY) {
    const JourneyDifference *journey = &w->comparison->journeys[difference->journey];
    json_begin_object(&w->out, "figures");
    write_figures(w, "before", journey->was, &journey->before);
    write_figures(w, "after", journey->is, &journey->after);
    json_end_object(&w->out);
  }
  json_begin_array(&w->out, "properties");
  for (uint32_t i = 0; i < difference->property_count; i++)
    write_property(w, &w->comparison->properties[difference->first_property + i]);
  json_end_array(&w->out);
  write_things(w, "parts", at + 1, difference->end);
  json_end_object(&w->out);
}

void differences_write_json(const Differences *differences, Buf *to) {
  const Comparison *comparison = differences->comparison;
  Arena *arena = arena_new();
  Writer w = {.comparison = comparison, .arena = arena, .out = json_out(to)};
  w.was = places_new(comparison->was, arena);
  w.is = places_new(comparison->is, arena);
  json_begin_object(&w.out, NULL);
  json_num(&w.out, "version", 1);
  json_str(&w.out, "was", differences->was);
  json_str(&w.out, "is", differences->is);
  json_bool(&w.out, "differs", differences_any(comparison));
  write_things(&w, "differences", 0, comparison->difference_count);
  json_end_object(&w.out);
  json_end(&w.out);
  arena_free(arena);
}
