#include "command/testing.h"

#include "base/os.h"
#include "metric/explain.h"
#include "unit/value.h"

typedef struct {
  Project *project;
  uint32_t unit; /* the text's */
  Evidence *evidence;
  bool is_checked;
  const TestMessage *messages;
  size_t message_count;
} Map;

typedef VEC(ProjectText) Texts;

struct TestMaps {
  Arena *arena;
  Str path; /* of the test's file */
  int32_t today;
  VEC(Map) maps;
  Texts files;
};

TestMaps *test_maps_open(Str path, int32_t today, Arena *arena) {
  TestMaps *maps = ARENA_NEW(arena, TestMaps);
  *maps = (TestMaps){.arena = arena, .path = path, .today = today};
  return maps;
}

void test_maps_close(TestMaps *maps) {
  for (size_t i = 0; i < maps->maps.len; i++) project_free(maps->maps.at[i].project);
  vec_free(&maps->maps);
  vec_free(&maps->files);
}

/* ---- making ---- */

static int by_path(const void *left, const void *right) {
  return str_compare(((const ProjectText *)left)->path, ((const ProjectText *)right)->path);
}

/* In order, a path once. */
static void add_text(Texts *texts, Str path, Str text) {
  for (size_t i = 0; i < texts->len; i++) {
    if (!str_is(texts->at[i].path, path)) continue;
    texts->at[i].text = text;
    return;
  }
  vec_push(texts, (ProjectText){path, text});
  qsort(texts->at, texts->len, sizeof *texts->at, by_path);
}

static void add_file(TestMaps *maps, Str path, Str text) {
  add_text(&maps->files, os_absolute(maps->arena, path), arena_copy(maps->arena, text));
}

static bool make_file(void *context, Str name, Str text, Str *why) {
  TestMaps *maps = context;
  bool inside = name.len > 0 && name.at[0] != '/' && !memmem(name.at, name.len, "..", 2);
  if (!inside)
    return *why = STR("a file of a test is beside it, or in a folder below: t.file(\"answers.csv\", …)"), false;
  Str path = os_beside(maps->arena, maps->path, name);
  add_file(maps, path, text);
  return true;
}

static bool set_today(void *context, Str date, Str *why) {
  TestMaps *maps = context;
  double days;
  bool fine = value_date(date, &days);
  if (fine) maps->today = (int32_t)days;
  else *why = arena_format(maps->arena, "a date is written 2026-11-22, not " STR_FMT, STR_ARG(date));
  return fine;
}

static Str where_of(TestMaps *maps, const Map *map, const Diagnostic *diagnostic, uint32_t *line) {
  const Source *source = &map->project->units[diagnostic->unit]->source;
  *line = source_position(source, diagnostic->span.start).line;
  return diagnostic->unit == map->unit ? STR("") : arena_copy(maps->arena, source->path);
}

static const Diagnostic *first_error(const Project *project) {
  const Diagnostics *all = &project->diagnostics;
  for (uint32_t u = 0; u < project->unit_count; u++) {
    const Diagnostics *of_unit = &project->units[u]->diagnostics;
    for (size_t i = 0; i < of_unit->list.len; i++)
      if (of_unit->list.at[i].severity == SEVERITY_ERROR) return &of_unit->list.at[i];
  }
  for (size_t i = 0; i < all->list.len; i++)
    if (all->list.at[i].severity == SEVERITY_ERROR) return &all->list.at[i];
  return NULL;
}

/* A map with errors is rather a slip of the author's than what the test is about. */
static bool is_sound(TestMaps *maps, const Map *map, Str *why) {
  const Diagnostic *error = first_error(map->project);
  if (!error) return true;
  uint32_t line;
  Str file = where_of(maps, map, error, &line);
  *why = arena_format(maps->arena, "the map has an error in %s" STR_FMT "%sline %u: %s, " STR_FMT,
                      file.len ? "" : "its ", STR_ARG(file), file.len ? ", " : "", line,
                      diagnostic_info(error->code).code, STR_ARG(error->message));
  return false;
}

static int make_map(void *context, Str text, Str *why) {
  TestMaps *maps = context;
  Str name = str_slice(maps->path, 0, maps->path.len - 4); /* "metrics/unmet_test", and no file is called so */
  Str path = arena_format(maps->arena, STR_FMT ".map-%zu.journey", STR_ARG(name), maps->maps.len + 1);
  add_file(maps, path, text);
  ProjectOptions options = {.paths = &path.at,
                            .path_count = 1,
                            .texts = maps->files.at,
                            .text_count = maps->files.len,
                            .today = maps->today,
                            .threads = 1};
  Map map = {.project = project_load(&options, maps->arena, why)};
  if (!map.project) return 0;
  for (uint32_t u = 0; u < map.project->unit_count; u++)
    if (str_is(os_absolute(maps->arena, map.project->units[u]->source.path), os_absolute(maps->arena, path)))
      map.unit = u;
  vec_push(&maps->maps, map);
  return is_sound(maps, &map, why) ? (int)maps->maps.len : 0;
}

/* ---- asking for messages ---- */

static void check(TestMaps *maps, Map *map) {
  if (map->is_checked) return;
  Diagnostics all = command_check(map->project, &map->evidence, maps->arena);
  TestMessage *messages = ARENA_ARRAY(maps->arena, TestMessage, all.list.len + 1);
  for (size_t i = 0; i < all.list.len; i++) {
    const Diagnostic *diagnostic = &all.list.at[i];
    TestMessage *message = &messages[i];
    message->code = diagnostic_label(diagnostic);
    message->severity = diagnostic_severity_word(diagnostic->severity);
    message->message = diagnostic->message;
    message->help = diagnostic->help;
    message->file = where_of(maps, map, diagnostic, &message->line);
  }
  map->is_checked = true;
  map->messages = messages;
  map->message_count = all.list.len;
  vec_free(&all.list);
}

static size_t list_messages(void *context, int number, const TestMessage **list) {
  TestMaps *maps = context;
  Map *map = &maps->maps.at[number - 1];
  check(maps, map);
  *list = map->messages;
  return map->message_count;
}

/* ---- asking for numbers ---- */

static bool find_metric(TestMaps *maps, const Map *map, const Journey *journey, Str id, const Metric **metric,
                        Str *why) {
  Str nearest;
  *metric = explain_find(map->project, journey, id, maps->arena, &nearest);
  if (*metric) return true;
  *why = arena_format(maps->arena, "the map has no metric \"" STR_FMT "\"%s" STR_FMT "%s", STR_ARG(id),
                      nearest.len ? "; did you mean \"" : "", STR_ARG(nearest), nearest.len ? "\"?" : "");
  return false;
}

static bool is_called(const Project *project, const Item *item, Str name) {
  return str_is(item_id(project, item), name);
}

/* In the text's first journey; another one's id may stand in front, or alone. */
static const Journey *find_journey(const Map *map, Str *place) {
  const Project *project = map->project;
  const Journey *first = NULL;
  Str rest = *place, name = str_cut(&rest, '.');
  for (uint32_t j = 0; j < project->journey_count; j++) {
    const Journey *journey = &project->journeys[j];
    if (journey->at.unit != map->unit) continue;
    if (!first) first = journey;
    Item own = item_of(journey->at);
    if (!is_called(project, &own, name)) continue;
    *place = rest;
    return journey;
  }
  return first;
}

static TestNumber number_of(const MetricValue *value) {
  return (TestNumber){.has_value = value->state != METRIC_NOTHING,
                      .value = value->value.number,
                      .has_interval = value->has_interval,
                      .low = value->low,
                      .high = value->high,
                      .has_n = value->has_n,
                      .n = value->n,
                      .how = value->how};
}

/* What its files say is read once a map. */
static const Evidence *evidence_of(TestMaps *maps, Map *map) {
  Diagnostics nowhere = {.arena = maps->arena};
  if (!map->evidence) map->evidence = evidence_read(map->project, NULL, NULL, maps->arena, &nowhere);
  vec_free(&nowhere.list);
  return map->evidence;
}

/* What the words name: a part of the journey, or a persona, a team, the project; empty: the journey. */
static bool find_place(TestMaps *maps, const Map *map, Str words, ExplainPlace *to, Str *why) {
  Str name = words;
  const Journey *journey = find_journey(map, &name);
  ExplainPlace *places;
  *to = (ExplainPlace){.journey = journey, .place.kind = PLACE_JOURNEY};
  if (!name.len && journey) return true;
  if (!name.len) return *why = STR("the map has no journey: journey \"Title\" { … }"), false;
  if (places_named(map->project, &journey, journey != NULL, name, maps->arena, &places)) return *to = places[0], true;
  *why = arena_format(maps->arena, "the map has no stage, step, persona or team \"" STR_FMT "\"", STR_ARG(words));
  return false;
}

static bool ask_number(void *context, int number, Str id, Str name, TestNumber *to, Str *why) {
  TestMaps *maps = context;
  Map *map = &maps->maps.at[number - 1];
  const Metric *metric;
  ExplainPlace place;
  if (!find_place(maps, map, name, &place, why)) return false;
  if (!find_metric(maps, map, place.journey, id, &metric, why)) return false;
  Metrics *metrics = metrics_open(map->project, evidence_of(maps, map), maps->arena);
  size_t asked = metrics_ask(metrics, place.journey, metric, place.place);
  metrics_compute(metrics);
  MetricValue value = *metrics_value(metrics, asked);
  *to = number_of(&value);
  to->print_count = metrics_printed(metrics, asked, &to->prints);
  metrics_close(metrics);
  if (value.state != METRIC_FAILED) return true;
  *why = arena_format(maps->arena, "the metric \"" STR_FMT "\" fails: " STR_FMT, STR_ARG(id),
                      STR_ARG(metric_failure_words(value.failure, maps->arena)));
  return false;
}

TestWorld test_maps_world(TestMaps *maps) {
  return (TestWorld){.context = maps,
                     .map = make_map,
                     .file = make_file,
                     .today = set_today,
                     .number = ask_number,
                     .messages = list_messages};
}
