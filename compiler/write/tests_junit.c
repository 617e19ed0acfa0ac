#include "write/svg_parts.h"
#include "write/tests.h"

static void add_attribute(Buf *to, const char *name, Str text) {
  buf_printf(to, " %s=\"", name);
  svg_escape(to, text);
  buf_add_byte(to, '"');
}

static void add_failure(Buf *to, const TestRun *run) {
  const TestOutcome *outcome = &run->outcome;
  buf_add(to, STR("      <failure"));
  add_attribute(to, "message", outcome->message);
  buf_add_byte(to, '>');
  svg_escape(to, run->file);
  if (outcome->line) buf_printf(to, ":%u", outcome->line);
  if (outcome->expected.len) buf_add(to, STR("\nexpected: ")), svg_escape(to, outcome->expected);
  if (outcome->found.len) buf_add(to, STR("\nfound: ")), svg_escape(to, outcome->found);
  if (outcome->place.len) buf_add(to, STR("\nat: ")), svg_escape(to, outcome->place);
  buf_add(to, STR("</failure>\n"));
}

static void add_run(Buf *to, const TestRun *run) {
  bool bare = run->outcome.passed && !run->outcome.printed.len;
  buf_add(to, STR("    <testcase"));
  add_attribute(to, "classname", run->file);
  add_attribute(to, "name", run->name.len ? run->name : run->file);
  add_attribute(to, "file", run->file);
  if (run->line) buf_printf(to, " line=\"%u\"", run->line);
  buf_add_c(to, bare ? "/>\n" : ">\n");
  if (bare) return;
  if (!run->outcome.passed) add_failure(to, run);
  if (run->outcome.printed.len) {
    buf_add(to, STR("      <system-out>"));
    svg_escape(to, run->outcome.printed);
    buf_add(to, STR("</system-out>\n"));
  }
  buf_add(to, STR("    </testcase>\n"));
}

/* A suite for each file. */
void tests_write_junit(TestRuns runs, Buf *to) {
  buf_printf(to, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites tests=\"%zu\" failures=\"%zu\">\n",
             runs.count, runs.failed);
  for (size_t i = 0; i < runs.count;) {
    size_t end = i, failed = 0;
    for (; end < runs.count && str_is(runs.list[end].file, runs.list[i].file); end++)
      failed += !runs.list[end].outcome.passed;
    buf_add(to, STR("  <testsuite"));
    add_attribute(to, "name", runs.list[i].file);
    buf_printf(to, " tests=\"%zu\" failures=\"%zu\">\n", end - i, failed);
    for (; i < end; i++) add_run(to, &runs.list[i]);
    buf_add(to, STR("  </testsuite>\n"));
  }
  buf_add(to, STR("</testsuites>\n"));
}
