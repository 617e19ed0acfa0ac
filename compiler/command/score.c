#include "write/score.h"
#include "command/command.h"

static const char help[] =
    "journey score [PATH…]   what is measured and computed of each journey and its stages\n"
    "\n"
    "  $ journey score                         all journeys of the project around this folder\n"
    "  $ journey score onboarding.journey      those of one file\n"
    "  $ journey score --format json | jq '.journeys[0].metrics[] | {id, n: .journey.number}'\n"
    "\n"
    "  --format text|json\n"
    "  --width N      columns; the terminal's width where not given, 100 where there is no terminal\n"
    "  --ascii        only letters that every terminal has\n"
    "  --today DATE   the date that metrics are told; today where not given\n"
    "\n"
    "The metrics are short Lua files: those of the standard library, and your own. docs/metrics.md tells how to write "
    "one.\n"
    "Exit code: 0 scored, 1 errors found or a metric that fails, 2 could not run.\n";

static bool any_failed(MetricTable table) {
  for (uint32_t i = 0; i < table.count; i++)
    if (table.rows[i].failure.message.len) return true;
  return false;
}

static int write_scores(const Project *project, const Score *scores, size_t count, bool json, TerminalStyle style) {
  Buf out = {0};
  bool failed = false;
  for (size_t i = 0; i < count; i++) {
    failed = failed || any_failed(scores[i].table);
    if (json) continue;
    if (out.len) buf_add(&out, STR("\n\n"));
    score_write_text(project, scores[i].journey, scores[i].table, style, &out);
  }
  if (json) score_write_json(project, scores, count, &out);
  int code = command_print(buf_str(&out));
  buf_free(&out);
  return code == EXIT_CLEAN && failed ? EXIT_FOUND : code;
}

/* A map with errors is scored as far as it goes; what a failed `expect` says is `check`'s. */
static int score_all(Project *project, const CommandInput *input, bool json, TerminalStyle style, Arena *arena) {
  Journeys journeys = command_journeys(project, input, arena);
  if (journeys.count == 0)
    return command_fail("there is no journey to score here; a map begins with: journey \"Title\" { … }");
  Score *scores = ARENA_ARRAY(arena, Score, journeys.count);
  MetricTable *tables = ARENA_ARRAY(arena, MetricTable, journeys.count);
  metrics_run_all(project, command_evidence(project, arena, NULL), journeys.at, journeys.count, tables, arena);
  for (uint32_t i = 0; i < journeys.count; i++) scores[i] = (Score){journeys.at[i], tables[i]};
  return command_end(project, write_scores(project, scores, journeys.count, json, style));
}

static int run(int argc, char **argv) {
  static const char *const formats[] = {"text", "json", NULL};
  const char *width_text = NULL, *format_text = "text";
  bool ascii = false;
  TerminalStyle style;
  CommandInput input = {0};
  const Option options[] = {{"format", 0, NULL, &format_text},
                            {"width", 0, NULL, &width_text},
                            {"ascii", 0, &ascii, NULL},
                            {"today", 0, NULL, &input.today},
                            {"stdin-path", 0, NULL, &input.stdin_path},
                            {0}};
  if (!options_read(&verb_score, argc, argv, options, &input.paths, &input.path_count)) return EXIT_COULD_NOT_RUN;
  int format = option_choice("format", format_text, formats), code = EXIT_COULD_NOT_RUN;
  if (format < 0 || !option_style(width_text, ascii, &style)) return code;
  Arena *arena = arena_new();
  Project *project = command_load(&input, arena);
  if (project) code = score_all(project, &input, format == 1, style, arena);
  project_free(project);
  arena_free(arena);
  return code;
}

const Verb verb_score = {"score", "what is measured and computed of each journey", help, run};
