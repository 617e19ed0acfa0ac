#include "write/excerpt.h"
#include "write/tests.h"

static void paint(Buf *to, TerminalStyle style, const char *code, Str text) {
  if (style.colour) buf_printf(to, "\x1b[%sm", code);
  excerpt_add_name(to, text);
  if (style.colour) buf_add(to, STR("\x1b[0m"));
}

/* "      expected  2": further lines stand below the first. */
static void add_part(Buf *to, const char *name, Str text, bool even_empty) {
  if (!text.len && !even_empty) return;
  buf_printf(to, "      %-8s  ", name);
  for (bool first = true; text.len || first; first = false) {
    Str line = str_cut_line(&text);
    if (!first) buf_repeat(to, STR(" "), 16);
    excerpt_add_safe(to, line);
    buf_add_byte(to, '\n');
  }
}

static void add_failure(Buf *to, const TestRun *run) {
  const TestOutcome *outcome = &run->outcome;
  buf_add(to, STR("      "));
  excerpt_add_name(to, outcome->file.len ? outcome->file : run->file);
  if (outcome->line) buf_printf(to, ":%u", outcome->line);
  buf_add(to, STR(": "));
  excerpt_add_safe(to, outcome->message);
  buf_add_byte(to, '\n');
  bool compared = outcome->expected.len || outcome->found.len;
  add_part(to, "expected", outcome->expected, compared);
  add_part(to, "found", outcome->found, compared);
  add_part(to, "at", outcome->place, false);
  add_part(to, "called", outcome->trace, false);
}

static void add_run(Buf *to, const TestRun *run, TerminalStyle style) {
  bool passed = run->outcome.passed;
  const char *mark = style.ascii ? (passed ? "ok  " : "FAIL") : passed ? "✓" : "✗";
  buf_add(to, STR("  "));
  paint(to, style, passed ? "32" : "31;1", str_of(mark));
  buf_add_byte(to, ' ');
  excerpt_add_name(to, run->name.len ? run->name : STR("this file can't be read"));
  buf_add_byte(to, '\n');
  if (!passed) add_failure(to, run);
  add_part(to, "printed", run->outcome.printed, false);
}

void tests_write_text(TestRuns runs, TerminalStyle style, Buf *to) {
  for (size_t i = 0; i < runs.count; i++) {
    if (i == 0 || !str_is(runs.list[i].file, runs.list[i - 1].file)) {
      if (i) buf_add_byte(to, '\n');
      paint(to, style, "1", runs.list[i].file);
      buf_add_byte(to, '\n');
    }
    add_run(to, &runs.list[i], style);
  }
  buf_printf(to, "\n%zu passed", runs.count - runs.failed);
  if (runs.failed) buf_printf(to, ", %zu failed", runs.failed);
  buf_add_byte(to, '\n');
}
