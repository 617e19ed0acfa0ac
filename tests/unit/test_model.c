/* What scripts find in the tables of maps, and which statement a table stands for. */
#include "check.h"
#include "script/model.h"
#include "script/state.h"

static const Str text =
    STR("persona sarah \"Sarah\"\n"
        "persona tom \"Tom\"\n"
        "team sales \"Sales\"\n"
        "team ops \"Operations\"\n"
        "segment large \"Large\"\n"
        "metric nps-own \"N\" better higher\n"
        "journey base \"Base\" {\n"
        "  persona sarah\n"
        "  stage a \"A\" {\n"
        "    touchpoint one \"One\" owner sales {\n"
        "      pain slow \"Slow\" severity high\n"
        "      needs \"First\" met\n"
        "      needs \"Second\" unmet\n"
        "      measure nps-own 4\n"
        "    }\n"
        "    touchpoint two \"Two\" owner ops { pain dear \"Dear\" }\n"
        "    measure nps-own 5\n"
        "  }\n"
        "  measure nps-own 6\n"
        "  opportunity faster \"Faster\" solves slow due 2026-01-01\n"
        "  path { one -> two 60% }\n"
        "  path { two -> leaves 10% }\n"
        "}\n"
        "journey later \"Later\" extends base {\n"
        "  change two { feels +1\n owner sales }\n"
        "  drop a.one\n"
        "}\n"
        "journey other \"Other\" { persona tom\n stage b \"B\" { touchpoint three \"Three\" owner ops } }\n");

typedef struct {
  Project *project;
  Arena *arena;
  Sandbox *sandbox;
  Model *model;
} World;

static World world_of(Str map, uint32_t journeys) {
  World world = {.arena = arena_new()};
  Str why = {0};
  SandboxError error;
  ProjectOptions options = {.stdin_text = &map, .stdin_path = STR("map.journey"), .today = 20000, .threads = 1};
  world.project = project_load(&options, world.arena, &why);
  CHECK(world.project && world.project->journey_count == journeys);
  world.sandbox = sandbox_new(world.arena, SANDBOX_BUDGET, NULL, NULL);
  world.model = model_new(world.sandbox, world.project, NULL, world.arena, &error);
  CHECK(world.model != NULL);
  return world;
}

static void world_free(World *world) {
  sandbox_free(world->sandbox);
  project_free(world->project);
  arena_free(world->arena);
}

static Ref declared(const World *world, const char *id) {
  const Unit *unit = world->project->units[1];
  for (uint32_t at = 0; at < unit->statement_count; at++)
    if (str_is_c(unit_id(unit, at), id)) return (Ref){1, at};
  return NO_REF;
}

/* ---- what is said ---- */

static void holds(World *world, const Journey *journey, Place place, const char *expression) {
  bool has_value = false;
  double value = 0;
  SandboxError error = {0};
  ModelCall call = {world->model, place, journey};
  Str script = arena_format(world->arena, "return function(journey, place) return (%s) and 1 or 0 end", expression);
  sandbox_refill(world->sandbox);
  int handle = sandbox_load(world->sandbox, STR("test.lua"), script, &error);
  bool fine = handle && sandbox_call(world->sandbox, handle, model_push, &call, &has_value, &value, &error);
  if (!fine || value != 1) printf("%s: " STR_FMT "\n", expression, STR_ARG(error.message));
  CHECK(fine && value == 1);
}

static void lists(World *world) {
  const Journey *base = &world->project->journeys[0], *later = &world->project->journeys[1];
  Place whole = {.kind = PLACE_JOURNEY};
  holds(world, base, whole, "#journey.pains == 2 and journey.pains[1].id == 'slow' and journey.pains[2].id == 'dear'");
  holds(world, base, whole, "journey.pains[2] == journey.steps[2].pains[1]");
  holds(world, base, whole, "journey.pains[1].step == journey.steps[1]");
  holds(world, base, whole, "journey.opportunities[1].solves[1] == journey.pains[1]");
  holds(world, base, whole, "#journey.measures == 1 and #journey.allMeasures == 3");
  holds(world, base, whole,
        "journey.allMeasures[1].value == 6 and journey.allMeasures[2].stage == journey.stages[1] and "
        "journey.allMeasures[3].step == journey.steps[1]");
  holds(world, base, whole, "#journey.arrows == 2 and journey.arrows[2].from == journey.steps[2]");
  holds(world, base, whole, "journey.steps[2].inherited == false");
  holds(world, later, whole, "#journey.steps == 1 and #journey.pains == 1 and journey.pains[1].inherited");
  holds(world, later, whole, "journey.steps[1].inherited == false and journey.stages[1].inherited == true");
  holds(world, later, whole, "journey.steps[1].owner.id == 'sales' and journey.steps[1].emotion == 0.5");
  holds(world, later, whole, "journey.opportunities[1].inherited and journey.id == 'later'");
  holds(world, base, whole, "journey.steps[2].emotion == nil and journey.id == 'base'");
  holds(world, base, whole,
        "next == nil and (function() for k in pairs(journey.steps[1]) do if type(k) ~= 'string' then "
        "return false end end return true end)()");
}

static void places(World *world) {
  const Journey *base = &world->project->journeys[0];
  Place stage = {.kind = PLACE_STAGE}, step = {.kind = PLACE_STEP, .index = 1}, project = {.kind = PLACE_PROJECT};
  Place persona = {.kind = PLACE_PERSONA, .at = declared(world, "sarah")};
  Place team = {.kind = PLACE_TEAM, .at = declared(world, "ops")};
  holds(world, base, stage, "place.kind == 'stage' and place.stage == journey.stages[1] and #place.steps == 2");
  holds(world, base, stage, "place.step == nil and place.journey == journey and place.journeys == nil");
  holds(world, base, step, "place.step == journey.steps[2] and place.steps[1] == place.step and #place.steps == 1");
  holds(world, base, step, "place.stage == journey.stages[1] and place.persona == nil and place.teams == nil");
  holds(world, NULL, project,
        "journey == nil and place.kind == 'project' and #place.journeys == 3 and #place.steps == 4");
  holds(world, NULL, project, "#place.teams == 2 and #place.personas == 2 and place.segments[1].id == 'large'");
  holds(world, NULL, project, "place.metrics[1].id == 'nps-own' and #place.metrics == 1 and place.project == nil");
  holds(world, NULL, project, "place.journeys[1].steps[2] == place.steps[2] and place.today == 20000");
  holds(world, NULL, project, "place.steps[1].owner == place.teams[1] and place.steps[4].owner == place.teams[2]");
  holds(world, NULL, persona, "journey == nil and place.kind == 'persona' and place.persona.name == 'Sarah'");
  holds(world, NULL, persona, "#place.journeys == 2 and #place.steps == 3 and place.journeys[2].id == 'later'");
  holds(world, NULL, team, "place.kind == 'team' and place.team.id == 'ops' and #place.journeys == 2");
  holds(world, NULL, team, "#place.steps == 2 and place.steps[2].id == 'three' and place.steps[1].id == 'two'");
}

/* ---- what stands for what ---- */

typedef struct {
  World *world;
  const Journey *journey;
  const char *expression;
  bool is, is_place;
  Ref ref;
  Place place;
  const Journey *in;
} Question;

static int ask(lua_State *lua, void *context) {
  Question *question = context;
  Str script =
      arena_format(question->world->arena, "return function(journey, place) return %s end", question->expression);
  sandbox_chunk(lua, STR("test.lua"), script);
  ModelCall call = {question->world->model, {.kind = PLACE_STEP}, question->journey};
  lua_call(lua, model_push(lua, &call), 1);
  int top = lua_gettop(lua);
  question->is = model_ref(lua, -1, &question->ref);
  question->is_place = model_place_in(lua, -1, &question->in, &question->place);
  CHECK(lua_gettop(lua) == top);
  return 0;
}

static Question asked(World *world, unsigned journey, const char *expression) {
  Question question = {.world = world, .journey = &world->project->journeys[journey], .expression = expression};
  SandboxError error;
  bool fine = sandbox_build(world->sandbox, ask, &question, &error);
  if (!fine) printf("%s: " STR_FMT "\n", expression, STR_ARG(error.message));
  CHECK(fine);
  return question;
}

/* The words of the statement for which the table stands begin so; NULL: it stands for none. */
static void stands_for(World *world, unsigned journey, const char *expression, const char *words) {
  Question question = asked(world, journey, expression);
  Str found = STR("");
  if (question.is)
    found = source_text(&world->project->units[question.ref.unit]->source,
                        project_statement(world->project, question.ref)->span);
  bool fine = question.is == (words != NULL) && (!words || str_starts(found, str_of(words)));
  if (!fine) printf("%s: " STR_FMT "\n", expression, STR_ARG(found));
  CHECK(fine);
}

static void references(World *world) {
  stands_for(world, 0, "journey", "journey base");
  stands_for(world, 1, "journey", "journey later");
  stands_for(world, 0, "journey.stages[1]", "stage a");
  stands_for(world, 0, "journey.steps[2]", "touchpoint two");
  stands_for(world, 1, "journey.steps[1]", "change two");
  stands_for(world, 1, "journey.pains[1]", "pain dear");
  stands_for(world, 0, "place", "touchpoint one");
  stands_for(world, 0, "journey.steps[1].owner", "team sales");
  stands_for(world, 0, "journey.allMeasures[2]", "measure nps-own 5");
  stands_for(world, 0, "journey.arrows[2]", "two -> leaves");
  stands_for(world, 0, "{ journey.opportunities[1], 'due' }", "due 2026");
  stands_for(world, 0, "{ journey.opportunities[1], 'effort' }", "opportunity faster");
  stands_for(world, 0, "{ journey.opportunities[1], 'title' }", "opportunity faster");
  stands_for(world, 0, "{ journey.opportunities[1], 'duo' }", NULL);
  stands_for(world, 0, "{ journey.steps[1], 'needs' }", "needs \"First\"");
  stands_for(world, 0, "{ journey.steps[1], 'needs', 2 }", "needs \"Second\"");
  stands_for(world, 0, "{ journey.steps[1], 'needs', 9 }", "needs \"First\"");
  stands_for(world, 0, "{ journey.steps[1], 'moment-of-truth' }", "touchpoint one");
  stands_for(world, 0, "{ journey.steps[1], 'momentOfTruth' }", "touchpoint one");
  stands_for(world, 0, "{ place, 'owner' }", "owner sales");
  stands_for(world, 1, "{ journey.steps[1], 'owner' }", "owner sales");
  stands_for(world, 0, "{ journey, 'persona' }", "persona sarah");
  stands_for(world, 0, "journey.steps", NULL);
  stands_for(world, 0, "'journey'", NULL);
  stands_for(world, 0, "{}", NULL);
  stands_for(world, 0, "{ {}, 'due' }", NULL);
  stands_for(world, 0, "{ journey, {} }", NULL);
  Question step = asked(world, 1, "journey.steps[1]"), team = asked(world, 1, "journey.steps[1].owner");
  CHECK(step.is_place && step.place.kind == PLACE_STEP && step.in == &world->project->journeys[1]);
  CHECK(!team.is_place);
}

/* The tables of a map of many steps are made when a script asks for them, not before. */
static void laziness(void) {
  enum { STEPS = 2000, BYTES_OF_STEP = 100 };
  Buf map = {0};
  buf_add_c(&map, "journey long \"Long\" {\n stage a \"A\" {\n");
  for (int i = 0; i < STEPS; i++) buf_printf(&map, "  touchpoint t%d \"T\" feels +1\n", i);
  buf_add_c(&map, " }\n opportunity faster \"Faster\"\n}\n");
  World world = world_of(buf_str(&map), 1);
  const Journey *journey = world.project->journeys;
  Place whole = {.kind = PLACE_JOURNEY};
  holds(&world, journey, whole, "#journey.opportunities == 1 and #journey.pains == 0 and #journey.stages == 1");
  lua_gc(world.sandbox->lua, LUA_GCCOLLECT);
  size_t before = world.sandbox->used;
  CHECK(before < 300000 + STEPS * BYTES_OF_STEP);
  holds(&world, journey, whole, "#journey.steps == 2000 and journey.steps[2000].emotion == 0.5");
  lua_gc(world.sandbox->lua, LUA_GCCOLLECT);
  CHECK(world.sandbox->used > before + STEPS * BYTES_OF_STEP);
  world_free(&world);
  buf_free(&map);
}

int main(void) {
  World world = world_of(text, 3);
  lists(&world);
  places(&world);
  references(&world);
  world_free(&world);
  laziness();
  return CHECK_DONE();
}
