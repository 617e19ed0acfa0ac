#include "write/ci_parts.h"
#include "write/fingerprint.h"
#include "write/svg_parts.h"

typedef struct {
  Ci ci;
  const Diagnostic *list;
  const uint32_t *same; /* how many of the same name stand in front of each */
} Junit;

static void add_attribute(Buf *to, const char *name, Str text) {
  buf_printf(to, " %s=\"", name);
  svg_escape(to, text);
  buf_add_byte(to, '"');
}

static void add_counts(Buf *to, size_t tests, size_t failures) {
  buf_printf(to, " tests=\"%zu\" failures=\"%zu\" errors=\"0\"", tests, failures);
}

/* What a terminal would be told: where, how grave, what, and what to do. */
static void add_words(const Ci *ci, const Diagnostic *diagnostic, Buf *to) {
  svg_escape(to, ci_place(ci, diagnostic->unit, diagnostic->span.start));
  buf_printf(to, "%s ", diagnostic_severity_word(diagnostic->severity));
  svg_escape(to, diagnostic_label(diagnostic));
  buf_add(to, STR(": "));
  svg_escape(to, ci_story(ci, diagnostic));
}

/* A test keeps its name when lines move, so that CI knows it again: of several of one name in a file, the later ones
 * are numbered. */
static const uint32_t *number_names(const Ci *ci) {
  const Diagnostics *list = ci->report->list;
  uint64_t *names = ARENA_ARRAY(ci->arena, uint64_t, list->list.len);
  for (size_t i = 0; i < list->list.len; i++) {
    const Diagnostic *diagnostic = &list->list.at[i];
    names[i] = fingerprint_of(diagnostic->message) ^ fingerprint_of(diagnostic_label(diagnostic)) ^ diagnostic->unit;
  }
  return same_before(names, list->list.len, ci->arena);
}

static void add_name(const Junit *junit, size_t at, Buf *to) {
  const Diagnostic *diagnostic = &junit->list[at];
  buf_add(to, STR(" name=\""));
  svg_escape(to, diagnostic_label(diagnostic));
  buf_add(to, STR(": "));
  svg_escape(to, diagnostic->message);
  if (junit->same[at]) buf_printf(to, " (%u)", (unsigned)junit->same[at] + 1);
  buf_add_byte(to, '"');
}

static void add_failure(const Junit *junit, Str suite, size_t at, Buf *to) {
  const Diagnostic *diagnostic = &junit->list[at];
  buf_add(to, STR("    <testcase"));
  add_attribute(to, "classname", suite);
  add_name(junit, at, to);
  buf_add(to, STR(">\n      <failure"));
  add_attribute(to, "type", diagnostic_label(diagnostic));
  add_attribute(to, "message", diagnostic->message);
  buf_add_byte(to, '>');
  add_words(&junit->ci, diagnostic, to);
  buf_add(to, STR("</failure>\n    </testcase>\n"));
}

static void add_pass(Str suite, Buf *to) {
  buf_add(to, STR("    <testcase"));
  add_attribute(to, "classname", suite);
  buf_add(to, STR(" name=\"journey check\"/>\n"));
}

static void add_output(const Junit *junit, size_t from, size_t end, Buf *to) {
  buf_add(to, STR("    <system-out>"));
  for (size_t i = from; i < end; i++) {
    if (ci_fails(&junit->ci, &junit->list[i])) continue;
    add_words(&junit->ci, &junit->list[i], to);
    buf_add_byte(to, '\n');
  }
  buf_add(to, STR("</system-out>\n"));
}

/* list[from … end) are those of one file. Returns how many tests there are. */
static size_t add_suite(const Junit *junit, Str name, size_t from, size_t end, Buf *to) {
  size_t failed = 0;
  for (size_t i = from; i < end; i++) failed += ci_fails(&junit->ci, &junit->list[i]);
  buf_add(to, STR("  <testsuite"));
  add_attribute(to, "name", name);
  add_counts(to, failed ? failed : 1, failed);
  buf_add(to, STR(">\n"));
  for (size_t i = from; i < end; i++)
    if (ci_fails(&junit->ci, &junit->list[i])) add_failure(junit, name, i, to);
  if (!failed) add_pass(name, to);
  if (end - from > failed) add_output(junit, from, end, to);
  buf_add(to, STR("  </testsuite>\n"));
  return failed ? failed : 1;
}

static bool is_checked(const CiReport *report, uint32_t unit) {
  return report->checked ? report->checked[unit] : project_is_named(report->project, unit);
}

/* Returns how many tests there are. */
static size_t add_suites(const Junit *junit, Buf *to) {
  const Project *project = junit->ci.report->project;
  size_t count = junit->ci.report->list->list.len, from = 0, tests = 0;
  for (uint32_t u = 0; u < project->unit_count; u++) {
    size_t end = from;
    while (end < count && junit->list[end].unit == u) end++;
    if (end > from || is_checked(junit->ci.report, u)) tests += add_suite(junit, junit->ci.paths[u], from, end, to);
    from = end;
  }
  if (from < count) tests += add_suite(junit, STR("journey check"), from, count, to);
  return tests;
}

void diagnostics_write_junit(const CiReport *report, Buf *to) {
  Junit junit = {ci_begin(report), report->list->list.at, NULL};
  junit.same = number_names(&junit.ci);
  size_t failures = 0;
  for (size_t i = 0; i < report->list->list.len; i++) failures += ci_fails(&junit.ci, &junit.list[i]);
  Buf suites = {0};
  size_t tests = add_suites(&junit, &suites);
  buf_add(to, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"journey check\""));
  add_counts(to, tests, failures);
  buf_add(to, STR(">\n"));
  buf_add(to, buf_str(&suites));
  buf_add(to, STR("</testsuites>\n"));
  buf_free(&suites);
  ci_end(&junit.ci);
}
