/* What came of the tests that authors wrote: `journey test`. */
#ifndef JOURNEY_WRITE_TESTS_H
#define JOURNEY_WRITE_TESTS_H

#include "script/testing.h"
#include "write/terminal.h"

typedef struct {
  Str file;
  Str name; /* empty: of the file as a whole, which can't be read */
  uint32_t line;
  TestOutcome outcome;
} TestRun;

typedef struct {
  const TestRun *list; /* by file */
  size_t count, failed;
} TestRuns;

/* A line a test, what failed beneath it, and the sum at the end. */
void tests_write_text(TestRuns runs, TerminalStyle style, Buf *to);
/* {"version": 1, "passed": 2, "failed": 1, "tests": [{"file", "name", "line", "passed", "failure": {"message", "file",
 * "line", "place", "expected", "found", "trace"}, "printed"}]} */
void tests_write_json(TestRuns runs, Buf *to);
/* As CI systems read it. */
void tests_write_junit(TestRuns runs, Buf *to);

#endif
