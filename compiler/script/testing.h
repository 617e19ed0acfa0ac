/* Tests that authors write for their metrics and checks: files whose names end in _test.lua. Each returns a table of
 * functions by what they prove, and may group them in tables; each gets `t`, which makes maps, asks for numbers and
 * messages, and compares. They run in the sandbox, each in a world of its own. docs/metrics.md tells authors of `t`. */
#ifndef JOURNEY_SCRIPT_TESTING_H
#define JOURNEY_SCRIPT_TESTING_H

#include "script/sandbox.h"

#define TESTING_ENDING "_test.lua"

typedef struct {
  Str name; /* "group: what it proves" */
  uint32_t line;
} TestName;

/* A number of a metric, as a test sees it; `prints` also where there is none. */
typedef struct {
  bool has_value, has_interval, has_n;
  double value, low, high;
  uint64_t n;
  Str how, unit;              /* may be empty */
  const SandboxPrint *prints; /* what its scripts printed */
  size_t print_count;
} TestNumber;

/* A message of `journey check`. */
typedef struct {
  Str code; /* or the id of a check of the project's own */
  const char *severity;
  Str message, help;
  Str file;
  uint32_t line; /* of the map's text, where `file` is the map's */
} TestMessage;

/* What a test asks about maps. Each is false, or 0, with a sentence in `*why` where it can't be done. */
typedef struct {
  void *context;
  /* A map of that text, which stands in for a file beside the test's; a number above 0. */
  int (*map)(void *context, Str text, Str *why);
  /* A file of that name beside the test's, for the maps that come after. */
  bool (*file)(void *context, Str name, Str text, Str *why);
  /* The day on which the maps that come after are looked at. */
  bool (*today)(void *context, Str date, Str *why);
  /* `place` is empty for the journey. */
  bool (*number)(void *context, int map, Str metric, Str place, TestNumber *number, Str *why);
  size_t (*messages)(void *context, int map, const TestMessage **list);
} TestWorld;

typedef struct {
  bool passed;
  Str message; /* why not: one sentence, no full stop */
  Str file;    /* where: the test's file, if its line is known */
  uint32_t line;
  Str place;           /* what differs within what was compared: "[2].title" */
  Str expected, found; /* may be empty, both */
  Str printed;         /* what it printed, in lines */
  Str trace;           /* who called whom; may be empty */
} TestOutcome;

/* The tests of a file, in the order of its lines. False with `*error`. Texts live in `arena`. */
bool testing_list(Str path, Str text, Arena *arena, TestName **names, size_t *count, SandboxError *error);
/* Runs one of them. Texts live in `arena`. */
TestOutcome testing_run(Str path, Str text, Str name, const TestWorld *world, Arena *arena);

#endif
