#include "base/limits.h"
#include "base/os.h"
#include "command/testing.h"
#include "script/worker.h"
#include "write/tests.h"

static const char help[] =
    "journey test [PATH…]   runs the tests that you wrote for your metrics and checks\n"
    "\n"
    "  $ journey test                              all *_test.lua of the project around this folder\n"
    "  $ journey test metrics/unmet_test.lua       those of one file\n"
    "  $ journey test --filter waiting             those with \"waiting\" in the name or the file's name\n"
    "  $ journey test --format junit > tests.xml   for a CI system\n"
    "\n"
    "A test file returns its tests by what they prove:\n"
    "  return {\n"
    "    [\"counts unmet needs\"] = function(t)\n"
    "      local map = t.journey [[\n"
    "        use \"unmet.lua\"\n"
    "        journey \"J\" { stage \"A\" { touchpoint \"B\" needs \"x\" unmet } }\n"
    "      ]]\n"
    "      t.equal(t.value(\"unmet\", map), 1)\n"
    "    end,\n"
    "  }\n"
    "\n"
    "  --filter TEXT\n"
    "  --format text|json|junit\n"
    "  --ascii        only letters that every terminal has\n"
    "  --today DATE   the date on which maps are looked at; today where not given\n"
    "\n"
    "`journey explain metrics` lists all that `t` can do.\n"
    "Exit code: 0 all passed, 1 some failed, 2 could not run, or there are none.\n";

typedef struct {
  Str path, text;
  Str trouble; /* why it can't be read */
} TestFileOf;

typedef struct {
  Arena *arena;
  int32_t today;
  const char *filter; /* NULL: none */
  VEC(TestFileOf) files;
  VEC(TestRun) runs;
  VEC(size_t) jobs; /* the runs that are tests, by their number */
} Tests;

/* ---- what a worker says ---- */

static void say_number(Buf *to, uint32_t number) { buf_add(to, (Str){(const char *)&number, sizeof number}); }

static void say_text(Buf *to, Str text) {
  say_number(to, (uint32_t)text.len);
  buf_add(to, text);
}

static uint32_t hear_number(Str *from) {
  uint32_t number = 0;
  if (from->len < sizeof number) return 0;
  memcpy(&number, from->at, sizeof number);
  *from = str_slice(*from, sizeof number, from->len);
  return number;
}

static Str hear_text(Str *from, Arena *arena) {
  uint32_t len = hear_number(from);
  if (len > from->len) len = (uint32_t)from->len;
  Str text = arena_copy(arena, str_slice(*from, 0, len));
  *from = str_slice(*from, len, from->len);
  return text;
}

static void say_outcome(Buf *to, const TestOutcome *outcome) {
  say_number(to, outcome->passed);
  say_number(to, outcome->line);
  const Str texts[] = {outcome->message, outcome->file,    outcome->place, outcome->expected,
                       outcome->found,   outcome->printed, outcome->trace};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) say_text(to, texts[i]);
}

static TestOutcome hear_outcome(Str from, Arena *arena) {
  TestOutcome outcome = {.passed = hear_number(&from) != 0};
  outcome.line = hear_number(&from);
  Str *const texts[] = {&outcome.message, &outcome.file,    &outcome.place, &outcome.expected,
                        &outcome.found,   &outcome.printed, &outcome.trace};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) *texts[i] = hear_text(&from, arena);
  return outcome;
}

static TestOutcome outcome_of_fate(WorkerFate fate, Arena *arena) {
  TestOutcome outcome = {.file = arena_copy(arena, fate.file), .line = fate.line};
  switch (fate.end) {
    case WORKER_TIME:
      outcome.message =
          arena_format(arena, "it takes longer than %g seconds, which is the limit", LIMIT_TEST_MILLISECONDS / 1000.0);
      break;
    case WORKER_MEMORY: outcome.message = STR("it takes more memory than there is for a test"); break;
    case WORKER_FLOOD: outcome.message = STR("it says more than there is room for"); break;
    case WORKER_UNTRIED: outcome.message = STR("it is not tried: too many in front of it come to no end"); break;
    default:
      outcome.message = fate.signal ? arena_format(arena, "it crashed its process (signal %d)", fate.signal)
                                    : STR("it ended its process");
  }
  return outcome;
}

/* ---- which tests there are ---- */

static void found_file(void *context, Str path) {
  Tests *tests = context;
  Str from = os_working_folder(tests->arena);
  TestFileOf file = {.path = os_relative(tests->arena, os_absolute(tests->arena, path), from)};
  for (size_t i = 0; i < tests->files.len; i++)
    if (str_is(tests->files.at[i].path, file.path)) return;
  os_read_file(tests->arena, file.path.at, LIMIT_FILE_BYTES, &file.text, &file.trouble);
  vec_push(&tests->files, file);
}

static bool find_files(Tests *tests, const char *path) {
  Str why;
  switch (os_kind(path)) {
    case OS_NOTHING: return command_fail("%s: there is no such file or folder", path), false;
    case OS_FOLDER:
      if (os_walk(tests->arena, path, STR(TESTING_ENDING), found_file, tests, &why)) return true;
      return command_fail("%s: can't be looked through: " STR_FMT, path, STR_ARG(why)), false;
    default: break;
  }
  if (!str_ends(str_of(path), STR(TESTING_ENDING)))
    return command_fail("%s: the name of a file with tests ends in " TESTING_ENDING, path), false;
  found_file(tests, str_of(path));
  return true;
}

static void list_work(void *context, size_t job, Buf *answer) {
  const Tests *tests = context;
  const TestFileOf *file = &tests->files.at[job];
  Arena *arena = arena_new();
  TestName *names;
  size_t count = 0;
  SandboxError error = {.message = file->trouble};
  bool ok = !file->trouble.len && testing_list(file->path, file->text, arena, &names, &count, &error);
  TestOutcome outcome = {.passed = ok, .message = error.message, .file = error.file, .line = error.line};
  Buf told = {0};
  say_outcome(&told, &outcome);
  say_text(answer, buf_str(&told));
  for (size_t i = 0; ok && i < count; i++) say_number(answer, names[i].line), say_text(answer, names[i].name);
  buf_free(&told);
  arena_free(arena);
}

static bool is_wanted(const Tests *tests, const TestRun *run) {
  const char *filter = tests->filter;
  return !filter || memmem(run->name.at, run->name.len, filter, strlen(filter)) ||
         memmem(run->file.at, run->file.len, filter, strlen(filter));
}

static void list_heard(void *context, size_t job, WorkerFate fate, Str answer) {
  Tests *tests = context;
  TestRun run = {.file = tests->files.at[job].path};
  if (fate.end != WORKER_DONE) run.outcome = outcome_of_fate(fate, tests->arena);
  else run.outcome = hear_outcome(hear_text(&answer, tests->arena), tests->arena);
  if (!run.outcome.passed) {
    vec_push(&tests->runs, run);
    return;
  }
  while (answer.len) {
    run.line = hear_number(&answer);
    run.name = hear_text(&answer, tests->arena);
    if (!is_wanted(tests, &run)) continue;
    vec_push(&tests->jobs, tests->runs.len);
    vec_push(&tests->runs, run);
  }
}

/* ---- running them ---- */

static const TestFileOf *file_of(const Tests *tests, const TestRun *run) {
  const TestFileOf *file = tests->files.at;
  while (!str_is(file->path, run->file)) file++;
  return file;
}

static void run_work(void *context, size_t job, Buf *answer) {
  const Tests *tests = context;
  const TestRun *run = &tests->runs.at[tests->jobs.at[job]];
  Arena *arena = arena_new();
  TestMaps *maps = test_maps_open(run->file, tests->today, arena);
  TestWorld world = test_maps_world(maps);
  TestOutcome outcome = testing_run(run->file, file_of(tests, run)->text, run->name, &world, arena);
  say_outcome(answer, &outcome);
  test_maps_close(maps);
  arena_free(arena);
}

static void run_heard(void *context, size_t job, WorkerFate fate, Str answer) {
  Tests *tests = context;
  TestRun *run = &tests->runs.at[tests->jobs.at[job]];
  run->outcome = fate.end == WORKER_DONE ? hear_outcome(answer, tests->arena) : outcome_of_fate(fate, tests->arena);
}

static bool run_all(Tests *tests) {
  Str why;
  if (worker_run(tests->files.len, LIMIT_TEST_MILLISECONDS, NULL, list_work, list_heard, tests, &why) &&
      worker_run(tests->jobs.len, LIMIT_TEST_MILLISECONDS, NULL, run_work, run_heard, tests, &why))
    return true;
  return command_fail("tests can't be run: " STR_FMT, STR_ARG(why)), false;
}

static int write_all(const Tests *tests, int format, TerminalStyle style) {
  TestRuns runs = {.list = tests->runs.at, .count = tests->runs.len};
  for (size_t i = 0; i < runs.count; i++) runs.failed += !runs.list[i].outcome.passed;
  Buf out = {0};
  if (format == 0) tests_write_text(runs, style, &out);
  else (format == 1 ? tests_write_json : tests_write_junit)(runs, &out);
  int code = command_print(buf_str(&out));
  buf_free(&out);
  return code == EXIT_CLEAN && runs.failed ? EXIT_FOUND : code;
}

static int test_paths(Tests *tests, const char *const *paths, size_t count, int format, TerminalStyle style) {
  const char *folder = project_folder(tests->arena).at;
  if (!count && !find_files(tests, folder)) return EXIT_COULD_NOT_RUN;
  for (size_t i = 0; i < count; i++)
    if (!find_files(tests, paths[i])) return EXIT_COULD_NOT_RUN;
  if (!tests->files.len)
    return command_fail("there are no tests here: their files are called something" TESTING_ENDING
                        "; `journey test --help` shows one");
  if (!run_all(tests)) return EXIT_COULD_NOT_RUN;
  if (!tests->runs.len && tests->filter) return command_fail("no test has \"%s\" in its name", tests->filter);
  if (!tests->runs.len) return command_fail("there are no tests in these files; `journey test --help` shows one");
  return write_all(tests, format, style);
}

static int run(int argc, char **argv) {
  static const char *const formats[] = {"text", "json", "junit", NULL};
  const char *format_text = "text", *today = NULL, *const * paths;
  bool ascii = false;
  size_t count;
  TerminalStyle style;
  Tests tests = {0};
  const Option options[] = {{"filter", 0, NULL, &tests.filter},
                            {"format", 0, NULL, &format_text},
                            {"ascii", 0, &ascii, NULL},
                            {"today", 0, NULL, &today},
                            {0}};
  if (!options_read(&verb_test, argc, argv, options, &paths, &count) || !option_today(today, &tests.today))
    return EXIT_COULD_NOT_RUN;
  int format = option_choice("format", format_text, formats);
  if (format < 0 || !option_style(NULL, ascii, &style)) return EXIT_COULD_NOT_RUN;
  tests.arena = arena_new();
  int code = test_paths(&tests, paths, count, format, style);
  vec_free(&tests.files);
  vec_free(&tests.runs);
  vec_free(&tests.jobs);
  arena_free(tests.arena);
  return code;
}

const Verb verb_test = {"test", "runs the tests of your metrics and checks", help, run};
