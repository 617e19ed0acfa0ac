/* The few words that a unit test needs: CHECK(condition); CHECK_STR(str, "literal"); return CHECK_DONE(); */
#ifndef JOURNEY_TESTS_UNIT_CHECK_H
#define JOURNEY_TESTS_UNIT_CHECK_H

#include <stdio.h>

#include "base/str.h"

static int check_failures;

static inline void check_that(bool holds, const char *file, int line, const char *what) {
  if (holds) return;
  check_failures++;
  fprintf(stderr, "%s:%d: this does not hold: %s\n", file, line, what);
}

static inline void check_str(Str got, const char *expected, const char *file, int line) {
  if (str_is_c(got, expected)) return;
  check_failures++;
  fprintf(stderr, "%s:%d: expected\n%s\n--- but it is\n" STR_FMT "\n", file, line, expected, STR_ARG(got));
}

#define CHECK(condition) check_that((condition), __FILE__, __LINE__, #condition)
#define CHECK_STR(str, expected) check_str((str), (expected), __FILE__, __LINE__)
#define CHECK_DONE() (check_failures != 0)

#endif
