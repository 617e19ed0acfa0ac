#include "write/ci_parts.h"
#include "write/junit.h"

/* What a terminal would be told: where, how grave, what, and what to do. */
static void add_words(const Ci *ci, const Diagnostic *diagnostic, Buf *to) {
  buf_add(to, ci_place(ci, diagnostic->unit, diagnostic->span.start));
  buf_printf(to, "%s ", diagnostic_severity_word(diagnostic->severity));
  buf_add(to, diagnostic_label(diagnostic));
  buf_add_c(to, ": ");
  buf_add(to, ci_story(ci, diagnostic));
}

/* A test keeps its name when lines move, so that CI knows it again. */
static JunitTest failure(const Ci *ci, const Diagnostic *diagnostic) {
  Str label = diagnostic_label(diagnostic);
  Buf story = {0};
  add_words(ci, diagnostic, &story);
  return (JunitTest){.name =
                         arena_format(ci->arena, STR_FMT ": " STR_FMT, STR_ARG(label), STR_ARG(diagnostic->message)),
                     .failed = true,
                     .type = label,
                     .message = diagnostic->message,
                     .story = buf_take(&story, ci->arena)};
}

/* What is said of one file: list[0 … count). */
static JunitSuite suite_of(const Ci *ci, Str name, const Diagnostic *list, size_t count) {
  JunitTest *tests = ARENA_ARRAY(ci->arena, JunitTest, count + 1);
  JunitSuite suite = {.name = name, .tests = tests};
  Buf printed = {0};
  for (size_t i = 0; i < count; i++) {
    if (ci_fails(ci, &list[i])) {
      tests[suite.count++] = failure(ci, &list[i]);
      continue;
    }
    add_words(ci, &list[i], &printed);
    buf_add_byte(&printed, '\n');
  }
  if (!suite.count) tests[suite.count++] = (JunitTest){.name = STR("journey check")};
  suite.printed = buf_take(&printed, ci->arena);
  return suite;
}

static bool is_checked(const CiReport *report, uint32_t unit) {
  return report->checked ? report->checked[unit] : project_is_named(report->project, unit);
}

void diagnostics_write_junit(const CiReport *report, Buf *to) {
  Ci ci = ci_begin(report);
  const Diagnostic *list = report->list->list.at;
  size_t all = report->list->list.len, from = 0, count = 0;
  JunitSuite *suites = ARENA_ARRAY(ci.arena, JunitSuite, report->project->unit_count + 1);
  for (uint32_t u = 0; u < report->project->unit_count; u++) {
    size_t end = from;
    while (end < all && list[end].unit == u) end++;
    if (end > from || is_checked(report, u)) suites[count++] = suite_of(&ci, ci.paths[u], list + from, end - from);
    from = end;
  }
  if (from < all) suites[count++] = suite_of(&ci, STR("journey check"), list + from, all - from);
  junit_write(STR("journey check"), suites, count, to);
  ci_end(&ci);
}
