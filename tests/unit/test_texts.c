/* Texts that stand for files: a revision's, or what an editor has not saved yet; and the programs that give them. */
#include "base/os.h"
#include "base/os_process.h"
#include "project/project.h"
#include "unit/check.h"

static const Str people = STR("team sales \"Sales\"\n");
static const Str map = STR("use \"people.journey\"\njourney a \"A\" {\n  owner sales\n  stage \"S\" {\n  }\n}\n");

static Project *load(Arena *arena, const ProjectText *texts, size_t count, const char *path) {
  static const char *paths[1];
  paths[0] = path;
  Str why = STR("");
  ProjectOptions options = {
      .paths = paths, .path_count = path ? 1 : 0, .texts = texts, .text_count = count, .only_texts = true};
  options.may_be_empty = !path;
  Project *p = project_load(&options, arena, &why);
  if (!p) CHECK_STR(why, "");
  return p;
}

/* A folder that isn't on the disk: its imports are found among the texts. */
static void imports_stay_among_the_texts(void) {
  Arena *arena = arena_new();
  ProjectText texts[] = {{STR("/nowhere/at-all/.hidden/x.journey"), map},
                         {STR("/nowhere/at-all/map.journey"), map},
                         {STR("/nowhere/at-all/people.journey"), people}};
  Project *p = load(arena, texts, 3, "/nowhere/at-all");
  CHECK(p->unit_count == 3 && p->named_count == 2);
  CHECK(p->diagnostics.list.len == 0);
  CHECK(ref_ok(item_ref(p, &p->journeys[0].item, K_OWNER)));
  project_free(p);
  p = load(arena, texts, 3, "/nowhere/at-all/map.journey");
  CHECK(p->unit_count == 3 && p->named_count == 1);
  CHECK(project_is_named(p, 1) && !project_is_named(p, 2) && !project_is_named(p, 0));
  project_free(p);
  p = load(arena, texts, 2, "/nowhere/at-all/map.journey");
  CHECK(p->unit_count == 2 && p->diagnostics.list.len == 1); /* what it would declare is not asked for */
  project_free(p);
  p = load(arena, texts, 0, NULL);
  CHECK(p->unit_count == 1 && p->journey_count == 0);
  project_free(p);
  arena_free(arena);
}

static void texts_win_over_the_disk(void) {
  Arena *arena = arena_new();
  ProjectText texts[] = {{os_absolute(arena, STR("examples/first.journey")), map}};
  Str why;
  const char *paths[] = {"examples/first.journey"};
  ProjectOptions options = {.paths = paths, .path_count = 1, .texts = texts, .text_count = 1};
  Project *p = project_load(&options, arena, &why);
  CHECK(p && p->journey_count == 1);
  CHECK_STR(item_id(p, &p->journeys[0].item), "a");
  project_free(p);
  arena_free(arena);
}

static void programs_are_run(void) {
  Arena *arena = arena_new();
  Str output, complaint;
  const char *const cat[] = {"cat", NULL}, *const no[] = {"cat", "/nowhere/at-all", NULL},
                    *const absent[] = {"no-such-program", NULL};
  Buf large = {0};
  for (int i = 0; i < 100000; i++) buf_printf(&large, "line %d\n", i);
  CHECK(os_run(arena, cat, buf_str(&large), &output, &complaint) == 0);
  CHECK(str_is(output, buf_str(&large)));
  CHECK(os_run(arena, no, STR(""), &output, &complaint) == 1);
  CHECK(output.len == 0 && complaint.len > 0);
  CHECK(os_run(arena, absent, STR(""), &output, &complaint) == -1);
  CHECK_STR(complaint, "no such file or folder");
  buf_free(&large);
  arena_free(arena);
}

int main(void) {
  imports_stay_among_the_texts();
  texts_win_over_the_disk();
  programs_are_run();
  return CHECK_DONE();
}
