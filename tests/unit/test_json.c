/* The model as JSON: tests/data/json/NAME.journey beside NAME.json. `test_json write` makes the goldens again; look at
 * them before you keep them. */
#include <jansson.h>
#include <stdlib.h>

#include "base/os.h"
#include "check.h"
#include "write/diagnostics_text.h"
#include "write/json.h"

static Project *load(Arena *arena, Str path) {
  const char *paths[] = {path.at};
  Str why = {0};
  ProjectOptions options = {.paths = paths, .path_count = 1, .today = 20000, .threads = 1};
  Project *project = project_load(&options, arena, &why);
  if (!project) fprintf(stderr, STR_FMT "\n", STR_ARG(why));
  CHECK(project);
  return project;
}

static void check_list(const Project *project, const Diagnostics *list) {
  CHECK(list->list.len == 0);
  Buf buf = {0};
  if (list->list.len) diagnostics_write_text(project, list, (DiagnosticsStyle){.all = true}, &buf);
  if (buf.len > 0) fwrite(buf.at, 1, buf.len, stderr);
  buf_free(&buf);
}

static void check_clean(const Project *project) {
  check_list(project, &project->diagnostics);
  for (uint32_t i = 0; i < project->unit_count; i++) check_list(project, &project->units[i]->diagnostics);
}

static bool write_goldens;

static void check_file(void *context, Str path) {
  (void)context;
  Arena *arena = arena_new(), *own = arena_new();
  Project *project = load(arena, path);
  check_clean(project);
  Buf buf = {0};
  json_write(project, NULL, NULL, &buf);
  Str golden = arena_format(own, STR_FMT ".json", (int)(path.len - strlen(".journey")), path.at), expected = {0},
      why = {0};
  if (write_goldens) CHECK(os_write_file(own, golden.at, buf_str(&buf), &why));
  CHECK(os_read_file(own, golden.at, 1 << 24, &expected, &why));
  if (!str_is(expected, buf_str(&buf))) CHECK_STR(buf_str(&buf), expected.at);
  buf_free(&buf);
  project_free(project);
  arena_free(arena);
  arena_free(own);
}

/* One journey comes with what its file sees, and without the others. */
static void test_only(void) {
  Arena *arena = arena_new();
  Project *project = load(arena, STR(JOURNEY_ROOT "/tests/data/json/variant.journey"));
  Buf buf = {0};
  json_write(project, &project->journeys[1], NULL, &buf);
  json_t *root = json_loadb(buf.at, buf.len, 0, NULL), *journeys = json_object_get(root, "journeys");
  CHECK(json_array_size(journeys) == 1);
  const char *id = json_string_value(json_object_get(json_array_get(journeys, 0), "id"));
  CHECK_STR(str_of(id), "later");
  CHECK(json_array_size(json_object_get(root, "teams")) == 1);
  json_decref(root);
  buf_free(&buf);
  project_free(project);
  arena_free(arena);
}

int main(int count, char **words) {
  write_goldens = count > 1 && strcmp(words[1], "write") == 0;
  Arena *arena = arena_new();
  Str why = {0};
  CHECK(os_walk(arena, JOURNEY_ROOT "/tests/data/json", STR(".journey"), check_file, NULL, &why));
  arena_free(arena);
  test_only();
  return CHECK_DONE();
}
