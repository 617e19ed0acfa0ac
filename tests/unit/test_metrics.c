/* Every metric of the standard library against values worked out by hand, and what goes wrong with metrics. */
#include <ftw.h>
#include <math.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/os.h"
#include "check.h"
#include "evidence/evidence.h"
#include "metric/metric.h"
#include "script/files.h"

static char folder[] = "/tmp/journey-metrics-XXXXXX";

typedef struct {
  Arena *arena;
  Project *project;
  Diagnostics diagnostics;
} Map;

static const char *path_of(Arena *arena, const char *name) { return arena_format(arena, "%s/%s", folder, name).at; }

static void write_file(const char *name, const char *text) {
  Arena *arena = arena_new();
  Str why;
  CHECK(os_write_file(arena, path_of(arena, name), str_of(text), &why));
  arena_free(arena);
}

/* A map of that text, linked; its complaints are those of the metrics. */
static Map map_of(const char *text) {
  Map map = {.arena = arena_new()};
  Str why = {0};
  write_file("map.journey", text);
  const char *path = path_of(map.arena, "map.journey");
  ProjectOptions options = {.paths = &path, .path_count = 1, .today = 20000, .threads = 1};
  map.project = project_load(&options, map.arena, &why);
  CHECK(map.project != NULL && map.project->journey_count > 0);
  map.diagnostics.arena = map.arena;
  return map;
}

static void map_free(Map *map) {
  vec_free(&map->diagnostics.list);
  project_free(map->project);
  arena_free(map->arena);
}

static const MetricRow *row_of(MetricTable table, const char *id) {
  for (uint32_t i = 0; i < table.count; i++)
    if (str_is_c(table.rows[i].metric.id, id)) return &table.rows[i];
  return NULL;
}

static bool is_value(MetricValue value, double number) {
  bool is = (value.state == METRIC_COMPUTED || value.state == METRIC_MEASURED || value.state == METRIC_COUNTED) &&
            fabs(value.value.number - number) < 1e-12;
  if (!is)
    printf("state %d, %.15g, not %.15g; " STR_FMT "\n", value.state, value.value.number, number,
           STR_ARG(value.failure.message));
  return is;
}

static const char people[] = "team sales \"Sales\"\nteam ops \"Operations\"\nteam help \"Help desk\"\n";

static void standard_metrics(void) {
  Buf text = {0};
  buf_add_c(&text, people);
  buf_add_c(
      &text,
      "journey j \"J\" {\n"
      "  owner sales\n"
      "  stage a \"A\" {\n"
      "    touchpoint one \"One\" via web feels +1 {\n client \"Reads\"\n client \"Signs\"\n }\n"           /* 2 */
      "    touchpoint two \"Two\" via web, phone feels -2 takes 1h waits 3d { frontstage ops \"Calls\" }\n" /* 1 + 0.5 +
                                                                                                               1 */
      "    touchpoint three \"Three\" via email takes 3h\n" /* 1 + 1, sales again */
      "  }\n"
      "  stage b \"B\" {\n"
      "    touchpoint four \"Four\" via phone feels +2\n"                            /* 1 */
      "    touchpoint five \"Five\" feels anxious { frontstage help \"Answers\" }\n" /* 1, -0.6 */
      "    touchpoint six \"Six\" via phone, email feels 0 owner help\n"             /* 1 */
      "  }\n"
      "  stage c \"C\" {\n  }\n"
      "}\n");
  buf_add_byte(&text, 0);
  Map map = map_of(text.at);
  MetricTable table = metrics_run(map.project, NULL, &map.project->journeys[0], map.arena);
  const struct {
    const char *id;
    double journey, a, b;
  } all[] = {
      {"effort", (2 + 2.5 + 2 + 1 + 1 + 1) / 6, 6.5 / 3, 1},
      {"mean-emotion", (0.5 - 1 + 1 - 0.6 + 0) / 5, -0.25, 0.4 / 3},
      {"lowest-point", -1, -1, -0.6},
      {"peak-end", (-1 + 0) / 2.0, -1, (1 + 0) / 2.0},
      {"handoffs", 3, 2, 1},         /* sales, ops, sales | sales, help, help */
      {"channel-switches", 2, 1, 1}, /* web, web+phone, email | phone, nothing, phone+email */
  };
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    const MetricRow *row = row_of(table, all[i].id);
    CHECK(row && is_value(row->journey, all[i].journey));
    CHECK(row && is_value(row->stages[0], all[i].a));
    CHECK(row && is_value(row->stages[1], all[i].b));
    CHECK(row && row->stages[2].state == METRIC_NOTHING);
  }
  CHECK(!row_of(table, "nps"));
  buf_free(&text);
  map_free(&map);
}

/* The complaints of a map, as "E0402 what" lines. */
static Str complaints(const char *text, Arena *arena) {
  Map map = map_of(text);
  Buf out = {0};
  metrics_check(map.project, NULL, &map.diagnostics);
  diagnostics_sort(&map.diagnostics);
  for (size_t i = 0; i < map.diagnostics.list.len; i++) {
    const Diagnostic *diagnostic = &map.diagnostics.list.at[i];
    const char *at = strstr(diagnostic->message.at, folder);
    size_t before = at ? (size_t)(at - diagnostic->message.at) : 0;
    buf_printf(&out, "%s ", diagnostic_info(diagnostic->code).code);
    buf_add(&out, str_slice(diagnostic->message, 0, before));
    buf_add(&out, str_slice(diagnostic->message, at ? before + strlen(folder) + 1 : 0, diagnostic->message.len));
    buf_add_byte(&out, '\n');
  }
  map_free(&map);
  return buf_take(&out, arena);
}

#define STEPS \
  "stage s \"Start\" {\n touchpoint t \"Begin\" via web feels -1 waits 7d\n touchpoint u \"End\" via web feels +1\n " \
  "}\n"

static void expectations(Arena *arena) {
  CHECK_STR(complaints("journey j \"J\" {\n measure nps 12 target 30\n expect nps >= 12\n expect nps >= 30\n" STEPS
                       "}\n",
                       arena),
            "E0402 \"nps\" is 12, and is expected to be at least 30\n");
  CHECK_STR(
      complaints("journey j \"J\" {\n expect effort <= 2\n expect effort <= 2.5 in s\n expect effort < 2 in t\n" STEPS
                 "}\n",
                 arena),
      "E0402 \"effort\" is 2.5 in \"Begin\", and is expected to be less than 2\n");
  CHECK_STR(complaints("journey j \"J\" {\n expect nps >= 30\n expect mean-emotion = 0\n" STEPS "}\n", arena),
            "E0403 nothing here says what \"nps\" is\n");
  CHECK_STR(
      complaints(
          "journey j \"J\" {\n measure conversion 18%\n expect conversion >= 20%\n expect conversion >= 20\n" STEPS
          "}\n",
          arena),
      "E0402 \"conversion\" is 18%, and is expected to be at least 20%\n"
      "E0205 \"conversion\" is a share, such as 20%, and can't be compared with 20\n");
  CHECK_STR(
      complaints(
          "journey j \"J\" {\n measure time-to-value 21d\n expect time-to-value <= 7d\n expect handoffs <= 7d\n" STEPS
          "}\n",
          arena),
      "E0402 \"time-to-value\" is 21d, and is expected to be at most 7d\nE0403 nothing here says what \"handoffs\" "
      "is\n");
  CHECK_STR(complaints("metric spend \"Spend\"\njourney j \"J\" {\n measure spend 40kUSD\n expect spend <= 50kUSD\n "
                       "expect spend <= $3\n" STEPS "}\n",
                       arena),
            "E0205 \"spend\" is in another currency, and can't be compared with $3\n");
}

static void own_metrics(Arena *arena) {
  CHECK_STR(complaints("use \"metrics/handoffs.lua\"\nmetric q \"Q\" computed-by \"gone.lua\"\n"
                       "metric e \"E\" computed-by \"metrics/effort.lua\"\n"
                       "journey j \"J\" {\n expect e = 1.75\n" STEPS "}\n",
                       arena),
            "E0001 there is no file \"gone.lua\"\n");
  write_file("steps.lua",
             "\xEF\xBB\xBFreturn function(journey, place) return #place.steps end\n"); /* as some editors */
  write_file("words.lua", "return { compute = function() return 'many' end }\n");
  write_file("reads.lua", "local w = require 'weights'\nreturn function() return w end\n");
  write_file("weights.lua", "\xEF\xBB\xBFreturn 4\n");
  write_file("effort.lua",
             "local effort = require 'stdlib.metrics.effort'\neffort.settings.waiting = 1\nreturn effort\n");
  write_file("breaks.lua", "return function(journey)\n  table.sort(journey.steps)\nend\n");
  write_file("adds.lua", "return function(journey)\n  journey.steps[1].extra = 1\nend\n");
  CHECK_STR(
      complaints(
          "use \"steps.lua\"\nuse \"reads.lua\"\nmetric waits \"W\" computed-by \"effort.lua\"\njourney j \"J\" {\n"
          " expect steps = 2\n expect reads = 4\n expect waits = 2.5\n" STEPS "}\n",
          arena),
      "");
  CHECK_STR(complaints("use \"effort.lua\"\njourney j \"J\" {\n expect effort = 2.5\n" STEPS "}\n", arena), "");
  CHECK_STR(
      complaints("use \"breaks.lua\"\nuse \"adds.lua\"\njourney j \"J\" {\n expect breaks = 2\n expect adds = 1\n" STEPS
                 "}\n",
                 arena),
      "E0401 the metric \"breaks\" fails: a table of the map cannot be changed: sort a copy of it\n"
      "E0401 the metric \"adds\" fails: a table of the map cannot be changed: change a copy of it\n");
  CHECK_STR(complaints("use \"words.lua\"\nuse \"nothing.lua\"\njourney j \"J\" {\n expect words = 2\n "
                       ""
                       " expect nothing = 1\n expect lowest-point = -0.5\n" STEPS "}\n",
                       arena),
            "E0401 the metric \"nothing\" fails: there is no such file (nothing.lua)\n"
            "E0401 the metric \"words\" fails: its result is no number but a string\n");
}

/* Which limit is reached first depends on the machine; that one is, and where, does not. */
static void limits(Arena *arena) {
  write_file("loop.lua", "return function()\n  while true do end\nend\n");
  Str said = complaints("use \"loop.lua\"\njourney j \"J\" {\n expect loop = 1\n" STEPS "}\n", arena);
  CHECK(str_starts(said, STR("E0401 the metric \"loop\" fails: it takes ")));
  CHECK(str_ends(said, STR(", which is the limit\n")));
}

/* What `require(name)` in a project's file says: "" where it reads the file. */
static Str required(const char *name, Arena *arena) {
  Str path, text, why = STR("");
  Str from = arena_format(arena, "%s/inner/asks.lua", folder);
  return lua_require(NULL, from, str_of(name), arena, &path, &text, &why) ? STR("") : why;
}

static void requires(Arena *arena) {
  Str why;
  CHECK(os_make_folders(arena, path_of(arena, "inner/deep"), &why) &&
        os_make_folders(arena, path_of(arena, "innermost"), &why));
  write_file("outside.lua", "return 1");
  write_file("innermost/near.lua", "return 1");
  write_file("inner/beside.lua", "return 1");
  write_file("inner/deep/below.lua", "return 1");
  CHECK(symlink("../outside.lua", path_of(arena, "inner/leads-out.lua")) == 0);
  CHECK(symlink("../innermost", path_of(arena, "inner/sideways")) == 0);
  CHECK(symlink("deep/below.lua", path_of(arena, "inner/stays.lua")) == 0);
  CHECK(symlink("nowhere.lua", path_of(arena, "inner/dangling.lua")) == 0);
  CHECK(os_make_folders(arena, path_of(arena, "inner/folder.lua"), &why) &&
        mkfifo(path_of(arena, "inner/pipe.lua"), 0600) == 0);
  static const char *const fine[] = {
      "beside", "beside.lua", "deep.below", "deep/below", "stays", "stdlib.metrics.effort", "metrics.effort", "effort"};
  for (size_t i = 0; i < sizeof fine / sizeof *fine; i++) CHECK_STR(required(fine[i], arena), "");
  static const char *const refused[] = {"leads-out",
                                        "sideways.near",
                                        "dangling",
                                        "folder",
                                        "pipe",
                                        "../outside",
                                        "..outside",
                                        "deep/../beside",
                                        "/etc/passwd",
                                        "",
                                        ".",
                                        "/",
                                        "deep/",
                                        "deep//below",
                                        "beside.",
                                        "b\xC3\xA9side",
                                        "nothing",
                                        "outside",
                                        "stdlib/../stdlib/metrics/effort",
                                        "C:/x",
                                        "a b",
                                        "%s%n"};
  for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
    if (!required(refused[i], arena).len) printf("%s\n", refused[i]);
    CHECK(required(refused[i], arena).len > 0);
  }
  CHECK_STR(required("leads-out", arena), "it leads out of the folder");
  CHECK_STR(required("pipe", arena), "it is a pipe, not a file; save the text in a file, and name that");
}

/* What a script does to its tables, other scripts don't notice, and C does not rely on them. */
static void spoiled_tables(Arena *arena) {
  write_file("spoils.lua", "return function(journey, place)\n"
                           "  if place.kind ~= 'journey' then return 1 end\n"
                           "  local _ = journey.steps[2].stage, journey.stages[1].steps, place.steps\n"
                           "  journey.steps[1], journey.stages[1].steps, journey.steps[2].stage = 7, 'x', nil\n"
                           "  journey.steps, journey.stages, place.steps = nil, 5, 6\n"
                           "  return 1\n"
                           "end\n");
  CHECK_STR(complaints("use \"spoils.lua\"\njourney j \"J\" {\n expect spoils = 1\n expect spoils = 1 in s\n"
                       " expect spoils = 1 in t\n expect spoils = 1 in u\n expect effort = 1.75\n"
                       " expect effort = 2.5 in t\n expect effort = 0\n" STEPS "}\n",
                       arena),
            "E0402 \"effort\" is 1.75, and is expected to be exactly 0\n");
}

/* What a script finds in its tables. */
static double asked(const char *expression, Arena *arena) {
  Str file = arena_format(arena, "return function(journey, place)\n local step = journey.steps[1]\n return %s\nend\n",
                          expression);
  write_file("asked.lua", file.at);
  Buf text = {0};
  buf_add_c(&text, people);
  buf_add_c(&text, "use \"asked.lua\"\n"
                   "persona sarah \"Sarah\" segment big\nsegment big \"Big firms\" clients 20%\n"
                   "evidence talks \"Talks\" method interview collected 2026-01-02\n"
                   "journey j \"J\" {\n scale 1..5\n persona sarah\n owner ops\n"
                   " stage a \"A\" {\n owner sales\n touchpoint one \"One\" via web, email feels 2 \"Why\" from talks "
                   "takes 90min {\n"
                   "  needs \"Help\" unmet\n moment-of-truth\n pain slow \"Too slow\" {\n severity high\n because "
                   "\"x\"\n seen-in talks 38%\n }\n }\n }\n"
                   " stage b \"B\" { touchpoint two \"Two\" }\n"
                   " path {\n one -> two 60%\n }\n"
                   " opportunity faster \"Faster\" {\n solves slow\n impact 4\n costs \xE2\x82\xAC"
                   "40\n }\n}\n"
                   "journey k \"K\" extends j {\n drop slow\n change one \"Uno\" { takes 1h }\n}\n");
  buf_add_byte(&text, 0);
  Map map = map_of(text.at);
  MetricTable table = metrics_run(map.project, NULL, &map.project->journeys[0], map.arena);
  const MetricRow *row = row_of(table, "asked");
  double value = row && row->journey.state == METRIC_COMPUTED ? row->journey.value.number : NAN;
  if (isnan(value)) printf("%s: " STR_FMT "\n", expression, STR_ARG(row ? row->failure.message : STR("nothing")));
  buf_free(&text);
  map_free(&map);
  return value;
}

static void model(Arena *arena) {
  static const char *const so[] = {
      "journey.id == 'j' and journey.title == 'J'",
      "#journey.stages == 2 and #journey.steps == 2",
      "journey.persona.segment.clients == 0.2",
      "journey.scale.min == 1 and journey.scale.max == 5",
      "step.id == 'one' and step.title == 'One' and step.number == 1",
      "step.stage == journey.stages[1]",
      "step.owner.id == 'sales' and journey.steps[2].owner.id == 'ops'",
      "journey.stages[2].owner.id == 'ops'",
      "#step.via == 2 and step.via[2].icon == 'email'",
      "step.feels.value == 2 and step.feels.text == 'Why'",
      "step.feels.from[1].method.kind == 'qualitative'",
      "step.emotion == -0.5 and journey.steps[2].emotion == nil",
      "step.takes == 90 and step.waits == nil",
      "step.momentOfTruth == true and journey.steps[2].momentOfTruth == nil",
      "step.needs[1].state == 'unmet'",
      "step.pains[1].severity.rank == 3 and step.pains[1].because[1] == 'x'",
      "step.pains[1].seenIn[1].share == 0.38",
      "journey.opportunities[1].solves[1] == step.pains[1]",
      "journey.opportunities[1].costs == 40",
      "journey.paths[1].arrows[1].from == step and journey.paths[1].arrows[1].share == 0.6",
      "#journey.steps[2].pains == 0 and #step.client == 0",
      "journey.stages[1].touchpoints == journey.stages[1].steps",
      "place.kind == 'journey' and place.steps == journey.steps",
      "journey.today == 20000",
      "(function() local n = 0 for k in pairs(step) do n = n + 1 end return n end)() > 10",
      "step.nonsense == nil and step[1] == nil",
      "not pcall(function() step.x = 1 end)",
      "not pcall(table.insert, step.pains, 1)",
      "not pcall(table.remove, journey.steps)",
      "journey.stages[1].goal == nil"};
  for (size_t i = 0; i < sizeof so / sizeof *so; i++) {
    const char *expression = arena_format(arena, "(%s) and 1 or 0", so[i]).at;
    bool holds = asked(expression, arena) == 1;
    if (!holds) printf("%s\n", so[i]);
    CHECK(holds);
  }
}

/* What compiler/statistics says, as scripts see it: the field's vectors, and what is refused. */
static void statistics(Arena *arena) {
  static const char *const so[] = {
      "near(stats.share(104, 180).value, 0.5778) and near(stats.share(104, 180).low, 0.5047)",
      "near(stats.share(104, 180).high, 0.6476) and stats.share(104, 180).n == 180",
      "stats.share(0, 10).low == 0 and near(stats.share(0, 10).high, 0.2775)",
      "near(stats.share(8, 39).low, 0.1078) and near(stats.share(8, 39).high, 0.3553)",
      "near(stats.nps(8, 22, 39).value, -35.897) and near(stats.nps(8, 22, 39).high - stats.nps(8, 22, 39).value, "
      "25.115)",
      "stats.share(0, 0) == nil and stats.mean({}) == nil and stats.trend({}) == nil",
      "near(stats.mean({ 2, 4, 9 }).value, 5) and near(stats.mean({ 2, 4, 9 }).high, 5 + 4.302653 * math.sqrt(13 / 3))",
      "near(stats.mean(3, 15, 101).low, stats.mean({ 2, 4, 9 }).low)",
      "near(stats.mean({ n = 3, mean = 5, deviation = math.sqrt(13) }).low, stats.mean({ 2, 4, 9 }).low)",
      "stats.mean({ 7 }).value == 7 and stats.mean({ 7 }).low == nil",
      "stats.differ(stats.share(10, 100), stats.share(40, 100)) and not stats.differ(stats.share(8, 39), "
      "stats.share(9, 39))",
      "stats.differ(stats.share(8, 39), 0.9) and not stats.differ(stats.share(8, 39), 0.2)",
      "stats.quantile({ 3, 1, 2 }, 0.5) == 2 and stats.quantile({ 1, 2 }, 0.5) == 1.5 and stats.quantile({}, 0.5) == "
      "nil",
      "near(stats.trend({ 1, 3, 5, 7 }).value, 2)",
      "not pcall(stats.share, 3, 2) and not pcall(stats.share, -1, 2) and not pcall(stats.share, 0.5, 2)",
      "not pcall(stats.nps, 2, 2, 3) and not pcall(stats.quantile, { 1 }, 2) and not pcall(stats.mean, { 'x' })",
      "value('map-size', place) == 2 and value('map-size', journey) == 2 and value('map-size', journey.stages[1]) == 1",
      "value('effort', step) == value('effort', journey.stages[1].steps[1]) and value('nps', place) == nil",
      "not pcall(value, 'effort', 7) and not pcall(value, 'effort', step.owner)",
      "evidence('talks') == nil and not pcall(evidence, 'talk')",
      "value('map-size') == 2",
  };
  for (size_t i = 0; i < sizeof so / sizeof *so; i++) {
    const char *expression =
        arena_format(arena,
                     "(function() local function near(a, b) return math.abs(a - b) < 1e-3 end return (%s) end)() "
                     "and 1 or 0",
                     so[i])
            .at;
    bool holds = asked(expression, arena) == 1;
    if (!holds) printf("%s\n", so[i]);
    CHECK(holds);
  }
}

/* Rows of a file, as scripts read them: those that hold the declaration's `where`. */
static void rows(Arena *arena) {
  write_file("rows.csv", "Plan,Score,Said\nPro,9,\"yes, a lot\"\nFree,2,no\nPro,4,\nPro,none yet,\n");
  write_file("reads-rows.lua",
             "return function(journey, place)\n"
             " local survey, sum, said = evidence('survey'), 0, 0\n"
             " assert(survey.title == 'Survey' and survey.rows == 4 and survey.columns[2] == 'Score')\n"
             " for _ = 1, 2 do\n"
             "  for row in survey.each() do\n"
             "   sum = sum + (tonumber(row.Score) or 0)\n"
             "   if row['Said'] == 'yes, a lot' then said = said + 1 end\n"
             "  end\n"
             " end\n"
             " return sum * 10 + said\nend\n");
  Map map =
      map_of("use \"reads-rows.lua\"\nevidence survey \"Survey\" method survey file \"rows.csv\" column score "
             "\"Score\" {\n where \"Plan\" is \"Pro\"\n}\njourney j \"J\" {\n measure nps from survey\n" STEPS "}\n");
  Evidence *evidence = evidence_read(map.project, NULL, NULL, map.arena, &map.diagnostics);
  MetricTable table = metrics_run(map.project, evidence, &map.project->journeys[0], map.arena);
  const MetricRow *row = row_of(table, "reads-rows"), *nps = row_of(table, "nps");
  CHECK(row && is_value(row->journey, 262));
  CHECK(nps && is_value(nps->journey, 0) && nps->journey.n == 2);
  const Figures *figures = figures_of(map.project, evidence, map.arena);
  CHECK(figures->count == 1 && figures->list[0].n == 2 && figures->list[0].value.number == 0);
  CHECK(figures_get(figures, nps->journey.measure) == &figures->list[0] && !figures_get(figures, NO_REF));
  (void)arena;
  map_free(&map);
}

static void words(Arena *arena) {
  CHECK_STR(quantity_text((Quantity){V_SHARE, 0.375, {0}}, arena), "37.5%");
  CHECK_STR(quantity_text((Quantity){V_DURATION, 1500, {0}}, arena), "1d 1h");
  CHECK_STR(quantity_text((Quantity){V_DURATION, 0, {0}}, arena), "0min");
  CHECK_STR(quantity_text((Quantity){V_MONEY, 40, STR("€")}, arena), "€40");
  CHECK_STR(quantity_text((Quantity){V_MONEY, 40, STR("USD")}, arena), "40 USD");
  CHECK_STR(quantity_text((Quantity){V_NUMBER, 2.5, {0}}, arena), "2.5");
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *at) {
  (void)info, (void)kind, (void)at;
  return remove(path);
}

int main(void) {
  Arena *arena = arena_new();
  CHECK(mkdtemp(folder) != NULL && chdir(folder) == 0); /* so that paths are shown alike wherever the test runs */
  standard_metrics();
  expectations(arena);
  own_metrics(arena);
  limits(arena);
  requires(arena);
  spoiled_tables(arena);
  model(arena);
  statistics(arena);
  rows(arena);
  words(arena);
  nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
  arena_free(arena);
  return CHECK_DONE();
}
