#include "write/observe.h"

#include <stdio.h>

#include "command/command.h"
#include "command/progress.h"
#include "view/observed.h"
#include "write/html.h"
#include "write/svg.h"

static const char help[] =
    "journey observe [PATH…]   what clients really did, by an event log, beside what the map says\n"
    "\n"
    "  $ journey observe                              every journey that has a log\n"
    "  $ journey observe shop.journey --by platform   the same, apart for each platform\n"
    "  $ journey observe --by platform,month          for each platform and month\n"
    "  $ journey observe --from cart --to purchase    only that part of the way\n"
    "  $ journey observe --format html > observed.html\n"
    "  $ journey observe --format json | jq '.observed[0].findings[].sentence'\n"
    "\n"
    "A log is an `evidence` with a `file` and columns: column case \"session\", column activity \"event\", column\n"
    "time \"timestamp\". A touchpoint says with `observed-as \"payment_details\"` which activities show it; one that\n"
    "says nothing is found by its id or title. All other columns are looked over, too: what went otherwise for some\n"
    "clients, or for some days, is told first, without being asked for.\n"
    "\n"
    "  --evidence LOG   the log, where several are declared\n"
    "  --journey ID     only this journey\n"
    "  --by COLUMN      a column of the log, month, week or day, or two of these: platform,month\n"
    "  --from STEP      from the first time that a client comes to this step …\n"
    "  --to STEP        … to the first time that they come to this one, behind it\n"
    "  --format text|json|html|svg\n"
    "  --width N        columns; the terminal's width where not given, 100 where there is no terminal\n"
    "  --ascii          only letters that every terminal has\n"
    "  --no-scripts     Lua files of the project are not run: for maps of people whom you don't trust yet\n"
    "  --today DATE     the date against which reviews are held; today where not given\n"
    "\n"
    "docs/observe.md tells how each number is counted.\n"
    "Exit code: 0 shown, 1 errors found, 2 could not run.\n";

enum { TEXT, JSON, HTML, SVG };

typedef struct {
  const char *evidence, *journey, *by, *from, *to;
  int format;
  TerminalStyle style;
} Asked;

typedef struct {
  Project *project;
  const Asked *asked;
  VEC(EventLog *) logs;
  VEC(Observed) observed;
  Arena *arena;
} Work;

/* ---- which log ---- */

static int no_log(const Work *work, const Journey *journey, const Ref *logs, size_t count) {
  Str title = item_title(work->project, &journey->item, work->arena);
  if (count == 0) {
    command_fail("\"" STR_FMT "\" has no event log to hold against it; declare one:", STR_ARG(title));
    fputs("\n  evidence log \"Log of the shop\" {\n    method event-log\n    file \"data/events.csv\"\n"
          "    column case \"session\"\n    column activity \"event\"\n    column time \"time\"\n  }\n",
          stderr);
    return EXIT_COULD_NOT_RUN;
  }
  Buf ids = {0};
  for (size_t i = 0; i < count; i++)
    buf_printf(&ids, "%s" STR_FMT, i > 0 ? ", " : "", STR_ARG(item_id(work->project, &(Item){.at = logs[i]})));
  int code = command_fail("several event logs could be meant for \"" STR_FMT "\": " STR_FMT
                          "; say which with --evidence, or `from` one of them in the journey's path",
                          STR_ARG(title), STR_ARG(buf_str(&ids)));
  buf_free(&ids);
  return code;
}

/* The log of a journey; NO_REF where there is none, after saying why where `must`. */
static Ref find_log(const Work *work, const Journey *journey, bool must) {
  Ref *logs, bound = journey_log(work->project, journey, NULL);
  size_t count = visible_logs(work->project, journey, work->arena, &logs);
  const char *named = work->asked->evidence;
  for (size_t i = 0; i < count && named; i++)
    if (str_is_c(item_id(work->project, &(Item){.at = logs[i]}), named)) return logs[i];
  if (named && must)
    command_fail("\"" STR_FMT "\" sees no event log called %s; a log is an evidence with a `file`, a `column case` and "
                 "a `column activity`",
                 STR_ARG(item_title(work->project, &journey->item, work->arena)), named);
  if (named) return NO_REF;
  if (ref_ok(bound)) return bound;
  if (must && count == 1) return logs[0];
  if (must) no_log(work, journey, logs, count);
  return NO_REF;
}

static EventLog *read_log(Work *work, Ref evidence) {
  for (size_t i = 0; i < work->logs.len; i++)
    if (ref_is(work->logs.at[i]->evidence, evidence)) return work->logs.at[i];
  Progress progress;
  Str why;
  progress_begin(&progress);
  EventLog *log = log_read(work->project, evidence, progress_report, &progress, work->arena, &why);
  progress_end(&progress);
  if (log) vec_push(&work->logs, log);
  else {
    Str file = item_text(work->project, &(Item){.at = evidence}, K_DATA_FILE, 0, work->arena);
    command_fail(STR_FMT ": " STR_FMT, STR_ARG(file), STR_ARG(why));
  }
  return log;
}

/* ---- one journey ---- */

/* The node that an option names; false after saying why there is none. */
static bool find_node(const Work *work, const Binding *binding, const char *option, const char *words, uint32_t *node) {
  *node = NONE;
  if (!words) return true;
  uint32_t step = step_named(work->project, binding->journey, str_of(words), work->arena);
  if (step == NONE) {
    command_fail("--%s: \"" STR_FMT "\" has no step called %s", option,
                 STR_ARG(item_title(work->project, &binding->journey->item, work->arena)), words);
    return false;
  }
  *node = binding->node_of[step];
  if (*node == NONE)
    command_fail("--%s: the log shows nothing of %s; say with `observed-as` what it is called there", option, words);
  return *node != NONE;
}

static int observe_one(Work *work, const Journey *journey, Ref evidence) {
  const Asked *asked = work->asked;
  EventLog *log = read_log(work, evidence);
  if (!log) return EXIT_COULD_NOT_RUN;
  Observed observed = {.project = work->project, .journey = journey, .log = log};
  observed.binding = bind_journey(work->project, journey, log, work->arena);
  if (!find_node(work, observed.binding, "from", asked->from, &observed.from) ||
      !find_node(work, observed.binding, "to", asked->to, &observed.to))
    return EXIT_COULD_NOT_RUN;
  Selection selection = {NULL, observed.from, observed.to};
  observed.observation = observe(observed.binding, selection, work->arena);
  observed.findings = find_differences(observed.observation, selection, work->arena);
  if (asked->by) {
    Split *split = ARENA_NEW(work->arena, Split);
    Str why;
    if (!observe_by(observed.binding, selection, str_of(asked->by), work->arena, split, &why))
      return command_fail("--by %s: " STR_FMT, asked->by, STR_ARG(why));
    observed.split = split;
  }
  vec_push(&work->observed, observed);
  return EXIT_CLEAN;
}

/* ---- all of them ---- */

static int write_all(Work *work) {
  Buf out = {0};
  size_t count = work->observed.len;
  const Observed *observed = work->observed.at;
  if (work->asked->format == JSON) observe_write_json(observed, count, &out);
  if (work->asked->format == HTML || work->asked->format == SVG) {
    if (count > 1) return command_fail("a drawing is of one journey: say which with --journey");
    const View *view = view_observed(
        view_new(work->project, observed[0].journey, command_figures(work->project, NULL, work->arena), work->arena),
        observed[0].observation, &observed[0].findings, work->arena);
    (work->asked->format == HTML ? html_write : svg_write_flow)(view, &out);
  }
  for (size_t i = 0; i < count && work->asked->format == TEXT; i++) {
    if (i > 0) buf_add(&out, STR("\n\n"));
    observe_write_text(&observed[i], work->asked->style, &out);
  }
  int code = command_print(buf_str(&out));
  buf_free(&out);
  return code;
}

static int observe_all(Work *work, const CommandInput *input) {
  Journeys journeys = command_journeys(work->project, input, work->arena);
  const char *id = work->asked->journey;
  uint32_t asked = 0, last = 0;
  if (journeys.count == 0)
    return command_fail("there is no journey to observe here; a map begins with: journey \"Title\" { … }");
  for (uint32_t i = 0; i < journeys.count; i++) {
    if (id && !str_is_c(item_id(work->project, &(Item){.at = journeys.at[i]->at}), id)) continue;
    asked++;
    last = i;
    Ref log = find_log(work, journeys.at[i], false);
    int code = ref_ok(log) ? observe_one(work, journeys.at[i], log) : EXIT_CLEAN;
    if (code != EXIT_CLEAN) return code;
  }
  if (asked == 0) return command_fail("--journey: there is no journey called %s", id);
  if (work->observed.len == 0) {
    Ref log = find_log(work, journeys.at[last], true);
    int code = ref_ok(log) ? observe_one(work, journeys.at[last], log) : EXIT_COULD_NOT_RUN;
    if (code != EXIT_CLEAN) return code;
  }
  return write_all(work);
}

static int run(int argc, char **argv) {
  static const char *const formats[] = {"text", "json", "html", "svg", NULL};
  const char *width_text = NULL, *format_text = "text";
  bool ascii = false;
  Asked asked = {0};
  CommandInput input = {0};
  const Option options[] = {{"evidence", 0, NULL, &asked.evidence},
                            {"journey", 0, NULL, &asked.journey},
                            {"by", 0, NULL, &asked.by},
                            {"from", 0, NULL, &asked.from},
                            {"to", 0, NULL, &asked.to},
                            {"format", 0, NULL, &format_text},
                            {"width", 0, NULL, &width_text},
                            {"ascii", 0, &ascii, NULL},
                            {"no-scripts", 0, &input.no_scripts, NULL},
                            {"today", 0, NULL, &input.today},
                            {"stdin-path", 0, NULL, &input.stdin_path},
                            {0}};
  if (!options_read(&verb_observe, argc, argv, options, &input.paths, &input.path_count)) return EXIT_COULD_NOT_RUN;
  asked.format = option_choice("format", format_text, formats);
  if (asked.format < 0 || !option_style(width_text, ascii, &asked.style)) return EXIT_COULD_NOT_RUN;
  Work work = {.asked = &asked, .arena = arena_new()};
  work.project = command_load(&input, work.arena);
  int code = EXIT_COULD_NOT_RUN;
  if (work.project) code = command_end(work.project, observe_all(&work, &input));
  for (size_t i = 0; i < work.logs.len; i++) log_free(work.logs.at[i]);
  vec_free(&work.logs);
  vec_free(&work.observed);
  project_free(work.project);
  arena_free(work.arena);
  return code;
}

const Verb verb_observe = {"observe", "what clients really did, by an event log", help, run};
