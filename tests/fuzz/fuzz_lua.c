/* Whatever bytes come as a Lua file: it ends within its budget, gives the same answer twice, prints only so much, and
 * leaves a sandbox that still adds up. The same as a check, which reports. */
#include <stdlib.h>

#include "base/os.h"
#include "script/model.h"
#include "script/ruleset.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const SandboxBudget small = {200000, 4u << 20, 200};
enum { TODAY = 20700, SLOWEST_SECONDS = 5 };

static const Str map = STR("team ops \"Operations\"\n"
                           "journey j \"J\" {\n"
                           "  owner ops\n"
                           "  stage a \"A\" {\n"
                           "    touchpoint one \"One\" via web, email feels -1 \"Why\" takes 90min waits 3d {\n"
                           "      client \"Reads\"\n"
                           "      pain slow \"Slow\" severity high\n"
                           "    }\n"
                           "    touchpoint two \"Two\" feels anxious { frontstage ops \"Calls\" }\n"
                           "  }\n"
                           "  path {\n    one -> two 60%\n  }\n"
                           "  opportunity faster \"Faster\" solves slow\n"
                           "}\n");

typedef struct {
  SandboxEnd end;
  bool has_value;
  double value;
} Answer;

static bool find(void *context, Str from, Str name, Arena *arena, Str *path, Str *text, Str *why) {
  (void)from, (void)arena;
  *path = STR("again.lua");
  *text = *(const Str *)context;
  *why = STR("there is no such file");
  return str_is_c(name, "again");
}

static Answer ask(Sandbox *sandbox, Model *model, Str text, Place place) {
  Answer answer = {0};
  SandboxError error = {0};
  ModelCall call = {.model = model, .place = place};
  sandbox_refill(sandbox);
  int handle = sandbox_load(sandbox, STR("fuzz.lua"), text, &error);
  if (handle) sandbox_call(sandbox, handle, model_push, &call, &answer.has_value, &answer.value, &error);
  answer.end = error.end;
  return answer;
}

static Answer run(const Project *project, Str text, Place place) {
  Arena *arena = arena_new();
  SandboxError error;
  Sandbox *sandbox = sandbox_new(arena, small, find, &text);
  Model *model = model_new(sandbox, project, &project->journeys[0], arena, &error);
  if (!model) abort();
  double before = os_computed();
  Answer answer = ask(sandbox, model, text, place);
  if (os_computed() - before > SLOWEST_SECONDS) abort();
  Answer sum = ask(sandbox, model, STR("return function() return 1 + 1 end"), place);
  if (!sum.has_value || sum.value != 2) abort();
  const SandboxPrint *printed;
  size_t prints = sandbox_printed(sandbox, &printed), bytes = 0;
  for (size_t i = 0; i + 1 < prints; i++) bytes += printed[i].text.len;
  if (prints > LIMIT_LUA_PRINTS || bytes > LIMIT_LUA_PRINTED) abort();
  sandbox_free(sandbox);
  arena_free(arena);
  return answer;
}

/* Memory and time are spent a little differently from run to run; what a script computes is not. */
static bool same(Answer a, Answer b) {
  if (a.end > SANDBOX_WRONG || b.end > SANDBOX_WRONG) return true;
  return a.end == b.end && a.has_value == b.has_value && a.value == b.value;
}

/* One map for all runs: it is only read. */
static const Project *the_map(void) {
  static Project *project;
  if (project) return project;
  Str why = {0};
  ProjectOptions options = {.stdin_text = &map, .stdin_path = STR("map.journey"), .today = TODAY, .threads = 1};
  project = project_load(&options, arena_new(), &why);
  if (!project || project->journey_count != 1) abort();
  return project;
}

/* What a rule may be asked about: the project, the journey, its first step. */
static void ask_rule(Ruleset *set, const Rule *rule, const Project *p, Diagnostics *to) {
  const Journey *journey = &p->journeys[0];
  MapPart part = {.keyword = rule->each, .item = item_of(NO_REF)};
  SandboxError error = {0};
  if (rule->each == K_JOURNEY) part.item = journey->item;
  else if (rule->each == K_TOUCHPOINT) part.item = journey->steps[0].item;
  else if (rule->each != K_PROJECT) return;
  if (rule->each != K_PROJECT) part.journey = journey;
  ruleset_refill(set);
  ruleset_ask(set, rule, &part, to, &error);
}

/* All that it reports stands somewhere, and comes back from bytes as it was. */
static void run_check(const Project *p, Str text) {
  Arena *arena = arena_new();
  Diagnostics found = {.arena = arena}, read = {.arena = arena};
  CheckSource source = {.at = {1, 0}, .path = STR("fuzz.lua"), .text = text, .severity = SEVERITY_WARNING};
  SandboxError error = {0};
  size_t count = 0;
  Ruleset *set = ruleset_new(p, arena, small);
  double before = os_computed();
  if (!set) abort();
  if (ruleset_load(set, &source, &error)) {
    const Rule *rules = ruleset_rules(set, &count);
    for (size_t i = 0; i < count && i < 4; i++) ask_rule(set, &rules[i], p, &found);
  }
  if (os_computed() - before > 4 * SLOWEST_SECONDS) abort();
  for (size_t i = 0; i < found.list.len; i++)
    if (found.list.at[i].unit >= p->unit_count || !found.list.at[i].message.len) abort();
  Buf bytes = {0};
  reports_write(&found, &bytes);
  if (!reports_read(p, &source, buf_str(&bytes), &read) || read.list.len != found.list.len) abort();
  buf_free(&bytes);
  ruleset_free(set);
  vec_free(&found.list);
  vec_free(&read.list);
  arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const Project *project = the_map();
  Str text = {size > 0 ? (const char *)data : "", size};
  Place journey = {.kind = PLACE_JOURNEY}, step = {.kind = PLACE_STEP, .index = 1};
  if (!same(run(project, text, journey), run(project, text, journey))) abort();
  run(project, text, step);
  run_check(project, text);
  return 0;
}
