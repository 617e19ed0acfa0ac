#include "write/score.h"
#include "write/excerpt.h"

#include "base/os.h"
#include "base/os_watch.h"
#include "command/command.h"

static const char help[] =
    "journey score [PATH…]   what is measured, counted and computed of each journey, its stages and steps\n"
    "\n"
    "  $ journey score                           all journeys of the project around this folder\n"
    "  $ journey score onboarding.journey        those of one file\n"
    "  $ journey score --explain nps             how the number came about: its formula, answers and evidence\n"
    "  $ journey score --explain effort signing  the same of a stage, a step, a persona or a team\n"
    "  $ journey score --watch                   again whenever a file changes, until Ctrl-C\n"
    "  $ journey score --format json | jq '.journeys[0].metrics[] | {id, n: .journey.number}'\n"
    "\n"
    "  --explain METRIC [PLACE]  PLACE is the id or title of a stage or step (`stage.step` where two have one name), "
    "of\n"
    "                            a persona or a team, or `project`; the journey itself where not given\n"
    "  --watch        scores again when a file of the project changes: maps, Lua files, data\n"
    "  --format text|json\n"
    "  --width N      columns; the terminal's width where not given, 100 where there is no terminal\n"
    "  --ascii        only letters that every terminal has\n"
    "  --no-scripts   Lua files of the project are not run: what they compute has no value\n"
    "  --today DATE   the date that metrics are told; today where not given\n"
    "\n"
    "The metrics are short Lua files: those of the standard library, and your own. docs/metrics.md tells how to write "
    "one.\n"
    "Exit code: 0 scored, 1 errors found or a metric that fails, 2 could not run.\n";

typedef struct {
  CommandInput input;
  bool json, watch;
  TerminalStyle style;
  const char *explain; /* the metric's id; NULL: the whole table */
  const char *place;   /* NULL: the journeys themselves */
} Asked;

/* Frees `out`. */
static int print(const Asked *asked, Buf *out, bool failed) {
  bool stopped = asked->watch && os_interrupted();
  int code = stopped ? EXIT_CLEAN : command_print(buf_str(out));
  buf_free(out);
  return code == EXIT_CLEAN && failed ? EXIT_FOUND : code;
}

/* ---- the table ---- */

static bool any_failed(MetricTable table) {
  for (uint32_t i = 0; i < table.count; i++)
    if (table.rows[i].failure.message.len) return true;
  return false;
}

typedef struct {
  const Score *scores;
  uint32_t count;
  const MetricPart *parts;
  uint32_t part_count;
} Found;

static bool write_found(const Project *project, const Found *found, const Asked *asked, Buf *out) {
  bool failed = false;
  for (uint32_t i = 0; i < found->count; i++) {
    failed = failed || any_failed(found->scores[i].table);
    if (asked->json) continue;
    if (out->len) buf_add(out, STR("\n\n"));
    score_write_text(project, found->scores[i].journey, found->scores[i].table, asked->style, out);
  }
  if (asked->json) score_write_json(project, found->scores, found->count, found->parts, found->part_count, out);
  else if (found->part_count) {
    buf_add(out, STR("\n\n"));
    score_write_parts_text(project, found->parts, found->part_count, asked->style, out);
  }
  return failed;
}

/* A map with errors is scored as far as it goes; what a failed `expect` says is `check`'s. */
static int score_all(const Project *project, const Evidence *evidence, Journeys journeys, const Asked *asked,
                     Arena *arena) {
  Found found = {.count = journeys.count};
  MetricTable *tables = ARENA_ARRAY(arena, MetricTable, journeys.count);
  Score *scores = ARENA_ARRAY(arena, Score, journeys.count);
  metrics_run_all(project, evidence, journeys.at, journeys.count, tables, arena);
  for (uint32_t i = 0; i < journeys.count; i++) scores[i] = (Score){journeys.at[i], tables[i]};
  found.scores = scores;
  found.part_count = metrics_run_parts(project, evidence, &found.parts, arena);
  Buf out = {0};
  bool failed = write_found(project, &found, asked, &out);
  return print(asked, &out, failed);
}

/* ---- one number ---- */

static size_t find_places(const Project *project, Journeys journeys, const Asked *asked, Arena *arena,
                          ExplainPlace **places) {
  if (asked->place) return places_named(project, journeys.at, journeys.count, str_of(asked->place), arena, places);
  *places = ARENA_ARRAY(arena, ExplainPlace, journeys.count);
  for (uint32_t i = 0; i < journeys.count; i++) (*places)[i] = (ExplainPlace){journeys.at[i], {.kind = PLACE_JOURNEY}};
  return journeys.count;
}

/* Keeps the places whose file sees the metric. */
static size_t keep_seen(const Project *project, const Asked *asked, ExplainPlace *places, size_t count, Arena *arena,
                        Str *nearest) {
  size_t kept = 0;
  for (size_t i = 0; i < count; i++)
    if (explain_find(project, places[i].journey, str_of(asked->explain), arena, nearest)) places[kept++] = places[i];
  return kept;
}

static int explain(const Project *project, const Evidence *evidence, Journeys journeys, const Asked *asked,
                   Arena *arena) {
  ExplainPlace *places;
  Str nearest = {0};
  size_t count = find_places(project, journeys, asked, arena, &places);
  if (!count)
    return command_fail("there is no stage, step, persona or team \"%s\" here, nor such a file", asked->place);
  count = keep_seen(project, asked, places, count, arena, &nearest);
  if (!count && nearest.len)
    return command_fail("there is no metric \"%s\"; did you mean \"" STR_FMT "\"?", asked->explain, STR_ARG(nearest));
  if (!count)
    return command_fail("there is no metric \"%s\"; `journey score --format json` lists them", asked->explain);
  const Explanation *all = explain_metric(project, evidence, str_of(asked->explain), places, count, arena);
  Buf out = {0};
  bool failed = false;
  for (size_t i = 0; i < count; i++) {
    failed = failed || all[i].value.state == METRIC_FAILED;
    if (asked->json) continue;
    if (i) buf_add(&out, STR("\n\n"));
    score_write_explanation(project, &all[i], asked->style, &out);
  }
  if (asked->json) score_write_explanations_json(project, all, count, &out);
  return print(asked, &out, failed);
}

/* ---- once, or again and again ---- */

/* `changes` may be NULL. */
static int score_once(const Asked *asked, OsChanges *changes) {
  Arena *arena = arena_new();
  int code = EXIT_COULD_NOT_RUN;
  Project *project = command_load(&asked->input, arena);
  if (changes) command_follow(project, &asked->input, changes);
  if (project) {
    const Evidence *evidence = command_evidence(project, arena, NULL);
    Journeys journeys = command_journeys(project, &asked->input, arena);
    if (journeys.count == 0)
      code = command_fail("there is no journey to score here; a map begins with: journey \"Title\" { … }");
    else if (asked->explain) code = command_end(project, explain(project, evidence, journeys, asked, arena));
    else code = command_end(project, score_all(project, evidence, journeys, asked, arena));
  }
  project_free(project);
  arena_free(arena);
  return code;
}

static void between(const Asked *asked, Str changed, Arena *arena) {
  if (asked->json) return;
  bool redraw = os_is_terminal(1);
  command_print(
      redraw ? STR("\033[H\033[2J\033[3J")
             : arena_format(arena, "\n\n\u2014 " STR_FMT " changed \u2014\n\n", STR_ARG(excerpt_name(arena, changed))));
}

/* Ctrl-C ends it wherever it is; what was not finished then is not shown. */
static int watch(const Asked *asked) {
  if (command_reads_stdin(&asked->input)) return command_fail("--watch takes files and folders, not standard input");
  os_watch_interrupt();
  for (;;) {
    OsChanges *changes = os_changes_new();
    Arena *arena = arena_new();
    Str changed;
    score_once(asked, changes);
    bool goes_on = os_changes_wait(changes, &changed);
    if (goes_on) between(asked, changed, arena);
    arena_free(arena);
    os_changes_free(changes);
    if (goes_on) continue;
    os_unwatch_interrupt();
    return EXIT_CLEAN;
  }
}

static bool may_be_place(const char *argument) { return os_kind(argument) == OS_NOTHING && strcmp(argument, "-") != 0; }

/* With `--explain METRIC`, the first or the last argument is a place where it is no file. */
static void take_place(Asked *asked) {
  CommandInput *input = &asked->input;
  if (!asked->explain || !input->path_count) return;
  bool is_first = may_be_place(input->paths[0]);
  const char *found = input->paths[is_first ? 0 : input->path_count - 1];
  if (!may_be_place(found)) return;
  asked->place = found;
  input->paths += is_first;
  input->path_count--;
}

static int run(int argc, char **argv) {
  static const char *const formats[] = {"text", "json", NULL};
  const char *width_text = NULL, *format_text = "text";
  bool ascii = false;
  Asked asked = {0};
  const Option options[] = {{"explain", 0, NULL, &asked.explain},
                            {"watch", 0, &asked.watch, NULL},
                            {"format", 0, NULL, &format_text},
                            {"width", 0, NULL, &width_text},
                            {"ascii", 0, &ascii, NULL},
                            {"no-scripts", 0, &asked.input.no_scripts, NULL},
                            {"today", 0, NULL, &asked.input.today},
                            {"stdin-path", 0, NULL, &asked.input.stdin_path},
                            {0}};
  if (!options_read(&verb_score, argc, argv, options, &asked.input.paths, &asked.input.path_count))
    return EXIT_COULD_NOT_RUN;
  int format = option_choice("format", format_text, formats);
  if (format < 0 || !option_style(width_text, ascii, &asked.style)) return EXIT_COULD_NOT_RUN;
  asked.json = format == 1;
  take_place(&asked);
  return asked.watch ? watch(&asked) : score_once(&asked, NULL);
}

const Verb verb_score = {"score", "what is measured and computed of each journey", help, run};
