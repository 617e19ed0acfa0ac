#include "write/junit.h"

#include "write/fingerprint.h"
#include "write/svg_parts.h"

static void add_attribute(Buf *to, const char *name, Str text) {
  buf_printf(to, " %s=\"", name);
  svg_escape(to, text);
  buf_add_byte(to, '"');
}

static void add_printed(const char *indent, Str printed, Buf *to) {
  if (!printed.len) return;
  buf_printf(to, "%s<system-out>", indent);
  svg_escape(to, printed);
  buf_add_c(to, "</system-out>\n");
}

static void add_failure(const JunitTest *test, Buf *to) {
  buf_add_c(to, "      <failure");
  if (test->type.len) add_attribute(to, "type", test->type);
  add_attribute(to, "message", test->message);
  buf_add_byte(to, '>');
  svg_escape(to, test->story);
  buf_add_c(to, "</failure>\n");
}

/* Two names that differ only in what XML can't say are the same to its reader: they are compared as they are written.
 */
static const Str *write_names(const JunitSuite *suite, Arena *arena) {
  Str *names = ARENA_ARRAY(arena, Str, suite->count);
  uint64_t *prints = ARENA_ARRAY(arena, uint64_t, suite->count);
  for (size_t i = 0; i < suite->count; i++) {
    Buf name = {0};
    svg_escape(&name, suite->tests[i].name);
    names[i] = buf_take(&name, arena);
    prints[i] = fingerprint_of(names[i]);
  }
  const uint32_t *same = same_before(prints, suite->count, arena);
  for (size_t i = 0; i < suite->count; i++)
    if (same[i]) names[i] = arena_format(arena, STR_FMT " (%u)", STR_ARG(names[i]), (unsigned)same[i] + 1);
  return names;
}

static void add_test(Str suite, Str name, const JunitTest *test, Buf *to) {
  bool bare = !test->failed && !test->printed.len;
  buf_add_c(to, "    <testcase");
  add_attribute(to, "classname", suite);
  buf_add_c(to, " name=\"");
  buf_add(to, name);
  buf_add_c(to, bare ? "\"/>\n" : "\">\n");
  if (bare) return;
  if (test->failed) add_failure(test, to);
  add_printed("      ", test->printed, to);
  buf_add_c(to, "    </testcase>\n");
}

static size_t failures(const JunitSuite *suite) {
  size_t failed = 0;
  for (size_t i = 0; i < suite->count; i++) failed += suite->tests[i].failed;
  return failed;
}

/* Behind the tag's name: whose counts, and which. */
static void add_head(Str name, size_t tests, size_t failed, Buf *to) {
  add_attribute(to, "name", name);
  buf_printf(to, " tests=\"%zu\" failures=\"%zu\" errors=\"0\">\n", tests, failed);
}

static void add_suite(const JunitSuite *suite, Buf *to) {
  Arena *arena = arena_new();
  const Str *names = write_names(suite, arena);
  buf_add_c(to, "  <testsuite");
  add_head(suite->name, suite->count, failures(suite), to);
  for (size_t i = 0; i < suite->count; i++) add_test(suite->name, names[i], &suite->tests[i], to);
  add_printed("    ", suite->printed, to);
  buf_add_c(to, "  </testsuite>\n");
  arena_free(arena);
}

void junit_write(Str name, const JunitSuite *suites, size_t count, Buf *to) {
  size_t tests = 0, failed = 0;
  for (size_t i = 0; i < count; i++) tests += suites[i].count, failed += failures(&suites[i]);
  buf_add_c(to, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites");
  add_head(name, tests, failed, to);
  for (size_t i = 0; i < count; i++) add_suite(&suites[i], to);
  buf_add_c(to, "</testsuites>\n");
}
