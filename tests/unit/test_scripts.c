/* The Lua files of a project are units of it: what happens in them is said at their lines. */
#include "check.h"
#include "script/files.h"

static const ProjectText texts[] = {
    {{"/p/map.journey", 14},
     {"use \"more.lua\"\n"
      "metric own \"Own\" computed-by \"metrics/own.lua\"\n"
      "metric library \"L\" computed-by \"metrics/effort.lua\"\n"
      "metric gone \"G\" computed-by \"gone.lua\"\n"
      "journey j \"J\" { stage s { touchpoint t via web } }\n",
      0}},
    {{"/p/metrics/deep/weights.lua", 0}, {"return {}\n", 0}},
    {{"/p/metrics/own.lua", 0},
     {"local w = require(\"deep.weights\")\nreturn function()\r\n\t  return w.x.y  \r\nend", 0}},
    {{"/p/more.lua", 0}, {"local a = require 'metrics.own' local b = require 'nowhere' require ''", 0}},
};
enum { TEXTS = sizeof texts / sizeof *texts };

static Project *load(Arena *arena) {
  ProjectText *all = ARENA_ARRAY(arena, ProjectText, TEXTS);
  for (size_t i = 0; i < TEXTS; i++) all[i] = (ProjectText){str_of(texts[i].path.at), str_of(texts[i].text.at)};
  static const char *const paths[] = {"/p/map.journey"};
  Str why = {0};
  ProjectOptions options = {
      .paths = paths, .path_count = 1, .texts = all, .text_count = TEXTS, .only_texts = true, .threads = 1};
  Project *project = project_load(&options, arena, &why);
  CHECK(project);
  return project;
}

static Ref statement(const Project *p, Keyword keyword, unsigned nth) {
  for (uint32_t at = 0; at < p->units[1]->statement_count; at++)
    if (p->units[1]->statements[at].keyword == keyword && nth-- == 0) return (Ref){1, at};
  return NO_REF;
}

static void units(const Project *p, Arena *arena) {
  uint32_t used = project_script(p, statement(p, K_USE, 0)), own = project_script(p, statement(p, K_COMPUTED_BY, 0));
  CHECK(used != NONE && own != NONE && used != own);
  CHECK(project_script(p, statement(p, K_COMPUTED_BY, 1)) == NONE &&
        project_script(p, statement(p, K_COMPUTED_BY, 2)) == NONE);
  CHECK(str_is(p->units[own]->source.path, STR("/p/metrics/own.lua")) && p->units[own]->script && !p->units[1]->script);
  CHECK(project_script_at(p, STR("/p/metrics/deep/weights.lua")) != NONE);
  CHECK(project_script_at(p, STR("/p/map.journey")) == NONE && p->unit_count == 5);
  LuaFile file;
  Str why = {0}, path, text;
  CHECK(lua_file_of(p, statement(p, K_METRIC, 0), arena, &file, &why) && file.text.at == p->units[own]->source.text.at);
  CHECK(lua_file_of(p, statement(p, K_METRIC, 1), arena, &file, &why));
  CHECK_STR(file.path, "stdlib/metrics/effort.lua");
  CHECK(!lua_file_of(p, statement(p, K_METRIC, 2), arena, &file, &why));
  CHECK(lua_require((void *)p, STR("/p/metrics/own.lua"), STR("deep.weights"), arena, &path, &text, &why));
  CHECK_STR(text, "return {}\n");
}

static void places(Project *p, Arena *arena) {
  uint32_t unit = 0, own = project_script_at(p, STR("/p/metrics/own.lua"));
  Span span;
  CHECK(lua_place(p, STR("/p/metrics/own.lua"), 3, &unit, &span) && unit == own);
  CHECK_STR(source_text(&p->units[own]->source, span), "return w.x.y");
  CHECK(lua_place(p, STR("/p/metrics/own.lua"), 900, &unit, &span));
  CHECK_STR(source_text(&p->units[own]->source, span), "end");
  CHECK(!lua_place(p, STR("/p/metrics/own.lua"), 0, &unit, &span));
  CHECK(!lua_place(p, STR("stdlib/metrics/effort.lua"), 1, &unit, &span));

  Diagnostics list = {.arena = arena};
  Span asked = project_statement(p, statement(p, K_COMPUTED_BY, 0))->span;
  LuaAsked who = {1, asked, "it is asked for here"};
  SandboxError error = {SANDBOX_WRONG, STR("/p/metrics/own.lua"), 3, STR("x"), STR("in a (b, line 1)\ncalled by c")};
  Diagnostic *added = lua_diagnose(p, &list, DIAG_METRIC_FAILED, &error, who, "mend it", STR("it fails"));
  CHECK(added->unit == own && added->related_count == 1 && added->related[0].unit == 1);
  CHECK_STR(added->related[0].text, "it is asked for here");
  CHECK_STR(added->message, "it fails");
  CHECK_STR(added->help, "mend it\nin a (b, line 1)\ncalled by c");
  error = (SandboxError){SANDBOX_WRONG, STR("stdlib/metrics/effort.lua"), 3, STR("x"), STR("")};
  added = lua_diagnose(p, &list, DIAG_METRIC_FAILED, &error, who, NULL, STR("it fails"));
  CHECK(added->unit == 1 && added->span.start == asked.start && added->related_count == 0 && added->help.len == 0);
  CHECK_STR(added->message, "it fails (stdlib/metrics/effort.lua, line 3)");
  vec_free(&list.list);
}

int main(void) {
  Arena *arena = arena_new();
  Project *project = load(arena);
  if (project) {
    units(project, arena);
    places(project, arena);
  }
  project_free(project);
  arena_free(arena);
  return CHECK_DONE();
}
