/* All metrics of a project in one go: what it says and finds is what the separate calls do, and each metric of the
 * project's own that fails is told, in its Lua file. */
#include <math.h>

#include "check.h"
#include "evidence/evidence.h"
#include "metric/metric.h"

#define TEXT(path, text) \
  { {path, sizeof(path) - 1}, STR(text) }

#define STEPS \
  " stage a \"A\" { touchpoint one via web feels +1  touchpoint two via phone feels -1 }\n" \
  " stage b \"B\" { touchpoint three via web feels 0 }\n"

static const ProjectText texts[] = {
    TEXT("/p/alone.lua", "return function(journey, place) error('nobody asks for me') end\n"),
    TEXT("/p/fine.lua", "return {\n scope = { 'journey', 'stage', 'project', 'persona' },\n"
                        " compute = function(journey, place) return #place.steps end,\n}\n"),
    TEXT("/p/map.journey",
         "use \"fine.lua\"\nmetric weak \"Weak\" computed-by \"stage.lua\"\nmetric wrong computed-by \"syntax.lua\"\n"
         "metric lonely \"Lonely\" computed-by \"alone.lua\"\nmetric loud computed-by \"prints.lua\"\n"
         "metric parted \"Parted\" computed-by \"parts.lua\"\n"
         "persona ana \"Ana\"\nteam ops \"Operations\"\n"
         "journey first \"First\" {\n persona ana\n owner ops\n expect fine >= 4\n expect lonely >= 0\n" STEPS "}\n"
         "journey second \"Second\" extends first {\n change three { feels -2 }\n}\n"
         "journey third \"Third\" {\n measure nps 12\n" STEPS "}\n"),
    TEXT("/p/one.journey", "metric weak \"Weak\" computed-by \"stage.lua\"\n"
                           "journey only \"Only\" {\n expect weak >= 0 in b\n" STEPS "}\n"),
    TEXT("/p/parts.lua", "return { scope = { 'team' }, compute = function() error('no team') end }\n"),
    TEXT("/p/prints.lua", "return function(journey, place)\n print('here')\n return 1\nend\n"),
    TEXT("/p/stage.lua", "return function(journey, place)\n if place.stage and place.stage.id == 'b' then\n"
                         "  return nil + 1\n end\n return 2\nend\n"),
    TEXT("/p/syntax.lua", "return function( end\n"),
};

static Project *load(Arena *arena, const char *path, const atomic_bool *stop) {
  const char *const paths[] = {path};
  Str why = {0};
  ProjectOptions options = {.paths = paths,
                            .path_count = 1,
                            .texts = texts,
                            .text_count = sizeof texts / sizeof *texts,
                            .only_texts = true,
                            .threads = 1,
                            .stop = stop};
  Project *p = project_load(&options, arena, &why);
  CHECK(p != NULL);
  return p;
}

/* ---- the same as the separate calls ---- */

static bool same_value(const MetricValue *a, const MetricValue *b) {
  bool numbers = a->value.number == b->value.number || (isnan(a->value.number) && isnan(b->value.number));
  return a->state == b->state && a->value.kind == b->value.kind && numbers && ref_is(a->measure, b->measure) &&
         str_is(a->failure.message, b->failure.message) && a->failure.line == b->failure.line;
}

static bool same_row(const MetricRow *a, const MetricRow *b, const Journey *journey) {
  bool same = ref_is(a->metric.at, b->metric.at) && str_is(a->metric.title, b->metric.title) &&
              same_value(&a->journey, &b->journey) && a->step_count == b->step_count &&
              str_is(a->failure.message, b->failure.message);
  for (uint32_t s = 0; s < journey->stage_count && same; s++) same = same_value(&a->stages[s], &b->stages[s]);
  for (uint32_t s = 0; s < a->step_count && same; s++)
    same = a->steps[s].step == b->steps[s].step && same_value(&a->steps[s].value, &b->steps[s].value);
  return same;
}

static void same_tables(const Project *p, const MetricsAll *all, Arena *arena) {
  MetricTable tables[3];
  const Journey *journeys[] = {&p->journeys[0], &p->journeys[1], &p->journeys[2]};
  metrics_run_all(p, NULL, journeys, 3, tables, arena);
  for (int j = 0; j < 3; j++) {
    CHECK(tables[j].count > 5 && tables[j].count == all->tables[j].count);
    for (uint32_t i = 0; i < tables[j].count; i++)
      CHECK(same_row(&tables[j].rows[i], &all->tables[j].rows[i], journeys[j]));
  }
}

static void same_parts(const Project *p, const MetricsAll *all, Arena *arena) {
  const MetricPart *parts;
  uint32_t count = metrics_run_parts(p, NULL, &parts, arena);
  CHECK(count > 2 && count == all->part_count);
  for (uint32_t i = 0; i < count && i < all->part_count; i++)
    CHECK(ref_is(parts[i].metric.at, all->parts[i].metric.at) && parts[i].place.kind == all->parts[i].place.kind &&
          same_value(&parts[i].value, &all->parts[i].value));
}

/* ---- what is said ---- */

static Str words(const Project *p, const Diagnostics *all, Arena *arena) {
  Buf out = {0};
  for (size_t i = 0; i < all->list.len; i++) {
    const Diagnostic *one = &all->list.at[i];
    const Source *source = &p->units[one->unit]->source;
    buf_printf(&out, STR_FMT ":%u %s " STR_FMT "\n", STR_ARG(source->path),
               source_position(source, one->span.start).line, diagnostic_info(one->code).code, STR_ARG(one->message));
  }
  return buf_take(&out, arena);
}

static void said(const Project *p, const Diagnostics *all, Arena *arena) {
  Diagnostics usual = {.arena = arena};
  metrics_check(p, NULL, &usual);
  diagnostics_sort(&usual);
  CHECK_STR(words(p, &usual, arena),
            "/p/map.journey:12 E0402 \"fine\" is 3, and is expected to be at least 4\n"
            "/p/syntax.lua:1 E0401 the metric \"wrong\" fails: <name> or '...' expected near 'end'\n"
            "/p/alone.lua:1 E0401 the metric \"lonely\" fails: nobody asks for me\n");
  CHECK_STR(words(p, all, arena),
            "/p/map.journey:12 E0402 \"fine\" is 3, and is expected to be at least 4\n"
            "/p/stage.lua:3 E0401 the metric \"weak\" fails: attempt to perform arithmetic on a nil value\n"
            "/p/syntax.lua:1 E0401 the metric \"wrong\" fails: <name> or '...' expected near 'end'\n"
            "/p/alone.lua:1 E0401 the metric \"lonely\" fails: nobody asks for me\n"
            "/p/prints.lua:2 H0406 printed: here\n"
            "/p/parts.lua:1 E0401 the metric \"parted\" fails: no team\n");
  for (size_t i = 0; i < all->list.len; i++)
    if (all->list.at[i].code == DIAG_METRIC_FAILED)
      CHECK(all->list.at[i].related_count == 1 && p->units[all->list.at[i].related[0].unit]->source.path.len == 14);
  vec_free(&usual.list);
}

/* ---- what scripts came to ---- */

static Str script_words(const Project *p, const MetricsAll *all, Arena *arena) {
  Buf out = {0};
  for (uint32_t i = 0; i < all->script_count; i++) {
    const MetricScript *script = &all->scripts[i];
    buf_printf(&out, STR_FMT " " STR_FMT ":", STR_ARG(p->units[script->unit]->source.path), STR_ARG(script->metric.id));
    for (uint32_t r = 0; r < script->result_count; r++) {
      const MetricResult *result = &script->results[r];
      buf_printf(&out, " %s%d=%g", result->journey ? "journey " : "place ",
                 result->journey ? (int)(result->journey - p->journeys) : (int)result->place.kind,
                 result->value.value.number);
    }
    buf_printf(&out, "%s" STR_FMT "\n", script->failure.message.len ? "! " : "", STR_ARG(script->failure.message));
  }
  return buf_take(&out, arena);
}

static void scripts(const Project *p, const MetricsAll *all, Arena *arena) {
  CHECK_STR(script_words(p, all, arena),
            "/p/fine.lua fine: journey 0=3 journey 1=3 journey 2=3 place 3=9 place 4=6\n"
            "/p/stage.lua weak: journey 0=2 journey 1=2 journey 2=2! attempt to perform arithmetic on a nil value\n"
            "/p/syntax.lua wrong:! <name> or '...' expected near 'end'\n"
            "/p/alone.lua lonely:! nobody asks for me\n"
            "/p/prints.lua loud: journey 0=1 journey 1=1 journey 2=1\n"
            "/p/parts.lua parted:! no team\n");
}

static void everything(void) {
  Arena *arena = arena_new();
  Project *p = load(arena, "/p/map.journey", NULL);
  Diagnostics all = {.arena = arena};
  MetricsAll found = metrics_everything(p, NULL, NULL, arena, &all);
  diagnostics_sort(&all);
  same_tables(p, &found, arena);
  same_parts(p, &found, arena);
  said(p, &all, arena);
  scripts(p, &found, arena);
  vec_free(&all.list);
  project_free(p);
  arena_free(arena);
}

/* Of a large project only what can be seen is computed. */
static void some(void) {
  Arena *arena = arena_new();
  Project *p = load(arena, "/p/map.journey", NULL);
  Diagnostics all = {.arena = arena};
  const bool wanted[] = {false, true, false};
  MetricsAll found = metrics_everything(p, NULL, wanted, arena, &all);
  MetricTable table = metrics_run(p, NULL, &p->journeys[1], arena);
  CHECK(found.part_count == 0 && found.tables[0].count == 0 && found.tables[2].count == 0 &&
        found.tables[1].count == table.count);
  for (uint32_t i = 0; i < table.count && i < found.tables[1].count; i++)
    CHECK(same_row(&table.rows[i], &found.tables[1].rows[i], &p->journeys[1]));
  vec_free(&all.list);
  project_free(p);
  arena_free(arena);
}

/* What an `expect` finds out about a stage says nothing of the journey as a whole. */
static void apart(void) {
  Arena *arena = arena_new();
  Project *p = load(arena, "/p/one.journey", NULL);
  Diagnostics all = {.arena = arena};
  MetricsAll found = metrics_everything(p, NULL, NULL, arena, &all);
  CHECK_STR(words(p, &all, arena),
            "/p/stage.lua:3 E0401 the metric \"weak\" fails: attempt to perform arithmetic on a nil value\n");
  CHECK_STR(script_words(p, &found, arena),
            "/p/stage.lua weak: journey 0=2! attempt to perform arithmetic on a nil value\n");
  vec_free(&all.list);
  project_free(p);
  arena_free(arena);
}

/* With files and an event log behind the measures. */
static void figures(void) {
  Arena *arena = arena_new();
  Str why = {0};
  const char *path = JOURNEY_ROOT "/examples/shop";
  ProjectOptions options = {.paths = &path, .path_count = 1, .today = 20779, .threads = 1};
  Project *p = project_load(&options, arena, &why);
  Diagnostics all = {.arena = arena};
  const Evidence *evidence = evidence_read(p, NULL, NULL, arena, &all);
  const Figures *found = metrics_everything(p, evidence, NULL, arena, &all).figures,
                *alone = figures_of(p, evidence, arena);
  CHECK(found->count > 2 && found->count == alone->count && found->evidence == evidence);
  for (uint32_t i = 0; i < found->count && i < alone->count; i++) {
    const Figure *a = &found->list[i], *b = &alone->list[i];
    CHECK(ref_is(a->measure, b->measure) && a->value.kind == b->value.kind && a->n == b->n &&
          a->value.number == b->value.number && str_is(a->how, b->how) && a->trend_count == b->trend_count);
  }
  vec_free(&all.list);
  project_free(p);
  arena_free(arena);
}

/* Nobody wants it any more: nothing is computed, and nothing is blamed on the scripts. */
static void stopped(void) {
  Arena *arena = arena_new();
  atomic_bool stop = true;
  Project *p = load(arena, "/p/map.journey", &stop);
  Diagnostics all = {.arena = arena};
  MetricsAll found = metrics_everything(p, NULL, NULL, arena, &all);
  for (size_t i = 0; i < all.list.len; i++) CHECK(all.list.at[i].code != DIAG_METRIC_FAILED);
  for (uint32_t i = 0; i < found.script_count; i++)
    CHECK(found.scripts[i].result_count == 0 && found.scripts[i].failure.message.len == 0);
  vec_free(&all.list);
  project_free(p);
  arena_free(arena);
}

int main(void) {
  everything();
  some();
  apart();
  figures();
  stopped();
  return CHECK_DONE();
}
