/* The table of `journey score`, as text at many widths and as JSON; what it says is in tests/score.sh. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/os.h"
#include "check.h"
#include "write/score.h"

static const char map[] =
    "use \"scale.lua\"\n"
    "journey j \"Buying a bicycle\" {\n"
    "  measure nps 12 target 30\n"
    "  stage a \"Looking around\" { touchpoint t \"Looks\" via web feels -1 }\n"
    "  stage b \"Paying\" {\n measure conversion 40% target 30%\n touchpoint u \"Pays\" via app feels +2\n }\n"
    "}\n";

/* No line is longer than the width, and no byte of colour is in it. */
static void fits(const Project *project, MetricTable table, int width) {
  Buf out = {0};
  score_write_text(project, &project->journeys[0], table, (TerminalStyle){.width = width, .ascii = true}, &out);
  Str rest = buf_str(&out);
  while (rest.len) {
    Str line = str_cut(&rest, '\n');
    CHECK((int)line.len <= width && !memchr(line.at, 27, line.len));
  }
  buf_free(&out);
}

static void test_json(const Project *project, const Score *score) {
  Buf out = {0};
  score_write_json(project, score, 1, NULL, 0, &out);
  json_t *document = json_loadb(out.at, out.len, 0, NULL), *metrics;
  CHECK(document != NULL);
  metrics = json_object_get(json_array_get(json_object_get(document, "journeys"), 0), "metrics");
  CHECK(json_array_size(metrics) > 8);
  json_t *nps = json_array_get(metrics, 0),
         *stage = json_array_get(json_object_get(json_array_get(metrics, 1), "stages"), 1);
  CHECK(json_number_value(json_object_get(json_object_get(nps, "journey"), "number")) == 12);
  CHECK_STR(str_of(json_string_value(json_object_get(stage, "title"))), "Paying");
  CHECK_STR(str_of(json_string_value(json_object_get(stage, "kind"))), "share");
  json_decref(document);
  buf_free(&out);
}

int main(void) {
  char folder[] = "/tmp/journey-score-XXXXXX";
  CHECK(mkdtemp(folder) != NULL && chdir(folder) == 0);
  Arena *arena = arena_new();
  Str why;
  CHECK(os_write_file(arena, "map.journey", str_of(map), &why));
  CHECK(os_write_file(arena, "scale.lua", STR("error('there is nothing to weigh on this scale')"), &why));
  const char *path = "map.journey";
  Project *project =
      project_load(&(ProjectOptions){.paths = &path, .path_count = 1, .today = 20000, .threads = 1}, arena, &why);
  CHECK(project && project->journey_count == 1);
  Score score = {&project->journeys[0], metrics_run(project, NULL, &project->journeys[0], arena)};
  for (int width = 30; width < 120; width += 7) fits(project, score.table, width);
  test_json(project, &score);
  unlink("map.journey");
  unlink("scale.lua");
  rmdir(folder);
  project_free(project);
  arena_free(arena);
  return CHECK_DONE();
}
