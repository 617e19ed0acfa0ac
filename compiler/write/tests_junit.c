#include "write/junit.h"
#include "write/tests.h"

static void add_part(Buf *to, const char *what, Str text) {
  if (!text.len) return;
  buf_printf(to, "\n%s: ", what);
  buf_add(to, text);
}

static Str story_of(const TestRun *run, Arena *arena) {
  const TestOutcome *outcome = &run->outcome;
  Buf story = {0};
  buf_add(&story, run->file);
  if (outcome->line) buf_printf(&story, ":%u", outcome->line);
  add_part(&story, "expected", outcome->expected);
  add_part(&story, "found", outcome->found);
  add_part(&story, "at", outcome->place);
  return buf_take(&story, arena);
}

static JunitTest test_of(const TestRun *run, Arena *arena) {
  return (JunitTest){.name = run->name.len ? run->name : run->file,
                     .failed = !run->outcome.passed,
                     .message = run->outcome.message,
                     .story = story_of(run, arena),
                     .printed = run->outcome.printed};
}

/* A suite for each file. */
void tests_write_junit(TestRuns runs, Buf *to) {
  Arena *arena = arena_new();
  JunitTest *tests = ARENA_ARRAY(arena, JunitTest, runs.count);
  JunitSuite *suites = ARENA_ARRAY(arena, JunitSuite, runs.count);
  size_t count = 0;
  for (size_t i = 0; i < runs.count; i++) {
    tests[i] = test_of(&runs.list[i], arena);
    if (!count || !str_is(suites[count - 1].name, runs.list[i].file))
      suites[count++] = (JunitSuite){.name = runs.list[i].file, .tests = &tests[i]};
    suites[count - 1].count++;
  }
  junit_write(STR("journey test"), suites, count, to);
  arena_free(arena);
}
