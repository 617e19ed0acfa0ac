/* script metric | script hostile : what scripts cost. `metric`: milliseconds that *effort* takes over a journey of
 * 10,000 steps, for it and all its stages, in its worker, from forking to the answer; the median of some runs.
 * `hostile`: by how many milliseconds the worst of some scripts, each against another limit, outlives its deadline in a
 * worker. */
#include <stdio.h>
#include <stdlib.h>

#include "base/os.h"
#include "metric/metric.h"
#include "script/worker.h"

enum { STAGES = 100, STEPS = 100, RUNS = 15, TODAY = 20778, DEADLINE = 200 };

static int by_size(const void *a, const void *b) {
  double difference = *(const double *)a - *(const double *)b;
  return difference < 0 ? -1 : difference > 0;
}

/* ---- a metric ---- */

static Str long_map(Arena *arena) {
  Buf text = {0};
  buf_add_c(&text, "metric own \"Own\" unit \"points\" better lower computed-by \"metrics/effort.lua\"\n"
                   "team sales \"Sales\"\njourney long \"Long\" {\n  owner sales\n");
  for (int s = 0; s < STAGES; s++) {
    buf_printf(&text, "  stage s%d \"Stage %d\" {\n", s, s);
    for (int t = 0; t < STEPS; t++)
      buf_printf(&text,
                 "    touchpoint t%d-%d \"Step %d of stage %d\" via email feels %+d \"So\" takes %dmin waits %dh {\n"
                 "      client \"Reads the contract\"\n      client \"Signs\"\n"
                 "      frontstage sales \"Sends it\"\n    }\n",
                 s, t, t, s, t % 5 - 2, t + 1, t % 7);
    buf_add_c(&text, "  }\n");
  }
  buf_add_c(&text, "}\n");
  return buf_take(&text, arena);
}

static double compute(const Project *p) {
  Arena *arena = arena_new();
  const Journey *journey = &p->journeys[0];
  Metric metric = {.at = NO_REF};
  for (uint32_t at = 0; at < p->units[1]->statement_count; at = p->units[1]->statements[at].after)
    if (p->units[1]->statements[at].keyword == K_METRIC) metric = metric_info(p, (Ref){1, at}, arena);
  double before = os_clock();
  Metrics *metrics = metrics_open(p, NULL, arena);
  size_t asked = metrics_ask(metrics, journey, &metric, (Place){.kind = PLACE_JOURNEY});
  for (uint32_t s = 0; s < journey->stage_count; s++)
    metrics_ask(metrics, journey, &metric, (Place){.kind = PLACE_STAGE, .index = s});
  metrics_compute(metrics);
  double seconds = os_clock() - before;
  for (size_t i = asked; i < metrics_count(metrics); i++) {
    if (metrics_value(metrics, i)->state == METRIC_COMPUTED) continue;
    fprintf(stderr, "script: number %zu is not computed\n", i);
    exit(2);
  }
  metrics_close(metrics);
  arena_free(arena);
  return seconds;
}

static double metric(void) {
  Arena *arena = arena_new();
  Str text = long_map(arena), why = {0};
  ProjectOptions options = {.stdin_text = &text, .stdin_path = STR("long.journey"), .today = TODAY, .threads = 1};
  Project *p = project_load(&options, arena, &why);
  double seconds[RUNS];
  for (int i = 0; i < RUNS; i++) seconds[i] = compute(p);
  qsort(seconds, RUNS, sizeof *seconds, by_size);
  project_free(p);
  arena_free(arena);
  return seconds[RUNS / 2];
}

/* ---- hostile scripts ---- */

static const char *const hostile[] = {
    "while true do end",
    "while true do pcall(function() while true do end end) end",
    "local function f() pcall(f) pcall(f) end f()",
    "local t = {} for i = 1, 600000 do t[i] = {i} end local r = ('x'):rep(100000) while true do local g = r .. #t end",
    "local t = {} for i = 1, 1e5 do t[i] = i end while true do for i = 1, 9 do t[-i] = i t[-i] = nil end end",
    "while true do (('a'):rep(300)):find('.-.-b') end",
    "while true do (('a'):rep(60000) .. 'b'):find(('a'):rep(60000) .. 'c', 1, true) end",
    "local r = ('x'):rep(100000) while true do local _ = r .. 'a' < r .. 'b' end",
    "local t = {} for i = 1, 90000 do t[i] = i end while true do for _ in pairs(t) do break end end",
    "local t = {} while true do pcall(function() t[#t + 1] = { 'x', {} } end) end",
};
enum { HOSTILE = sizeof hostile / sizeof *hostile };

typedef struct {
  double began, worst;
} Attack;

/* As a metric would, with the same deadline as its worker. */
static void attack(void *context, size_t job, Buf *answer) {
  (void)context, (void)answer;
  Arena *arena = arena_new();
  SandboxError error;
  Sandbox *sandbox = sandbox_new(arena, (SandboxBudget){UINT64_MAX, LIMIT_LUA_MEMORY, DEADLINE}, NULL, NULL);
  sandbox_load(sandbox, STR("hostile.lua"), str_of(hostile[job]), &error);
}

static void stopped(void *context, size_t job, WorkerFate fate, Str answer) {
  (void)job, (void)fate, (void)answer;
  Attack *all = context;
  double over = os_clock() - all->began - DEADLINE / 1000.0;
  if (over > all->worst) all->worst = over;
  all->began = os_clock();
}

static double hostility(void) {
  Str why = {0};
  Attack all = {.began = os_clock()};
  if (!worker_run(HOSTILE, DEADLINE, NULL, attack, stopped, &all, &why)) exit(2);
  return all.worst;
}

int main(int count, char **arguments) {
  bool is_metric = count == 2 && strcmp(arguments[1], "metric") == 0;
  if (!is_metric && !(count == 2 && strcmp(arguments[1], "hostile") == 0)) {
    fprintf(stderr, "usage: script metric | hostile\n");
    return 2;
  }
  printf("%.2f\n", 1000 * (is_metric ? metric() : hostility()));
  return 0;
}
