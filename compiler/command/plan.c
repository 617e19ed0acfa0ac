#include "plan/plan.h"
#include "command/command.h"
#include "view/layout_plan.h"
#include "write/few.h"
#include "write/plan.h"

static const char help[] =
    "journey plan [PATH…]   what to do first: the opportunities, ranked, with who does them, until when, and why\n"
    "\n"
    "  $ journey plan                            all opportunities of the project around this folder\n"
    "  $ journey plan onboarding.journey         those of one file\n"
    "  $ journey plan --by rice                  by reach, impact, confidence and effort\n"
    "  $ journey plan --by opportunity-score     by how important it is, and how little clients are satisfied\n"
    "  $ journey plan --format csv > plan.csv    for a spreadsheet\n"
    "  $ journey plan --format md                for a wiki or a merge request\n"
    "  $ journey plan --format svg > plan.svg    impact and effort, drawn for a slide; html is a page of it\n"
    "  $ journey plan --pareto                   the few segments, pains and ways that carry 80%\n"
    "  $ journey plan --all                      with what is done or dropped\n"
    "\n"
    "  --by rice|ice|ice-product|impact-effort|opportunity-score\n"
    "                 where not given, as the map says (ranked-by); else by RICE, if all that have impact and effort\n"
    "                 have reach and confidence, too; else by impact and effort\n"
    "  --format text|csv|md|json|svg|html\n"
    "  --pareto       the few that carry most instead, as text or csv\n"
    "  --all          with what is done or dropped\n"
    "  --no-scripts   Lua files of the project are not run: for maps of people whom you don't trust yet\n"
    "  --today DATE   the date against which due dates are held; today where not given\n"
    "  --width N      columns; the terminal's width where not given, 100 where there is no terminal\n"
    "  --ascii        only letters that every terminal has\n"
    "\n"
    "An easy win has an impact above 5 and an effort below 5. What lacks a number stands below, with what is missing.\n"
    "docs/plan.md has the formulas.\n"
    "Exit code: 0 planned, 1 errors found, 2 could not run.\n";

typedef enum { PLAN_TEXT, PLAN_CSV, PLAN_MARKDOWN, PLAN_JSON, PLAN_SVG, PLAN_HTML } Format;
static const char *const formats[] = {"text", "csv", "md", "json", "svg", "html", NULL};

static void write_plan(const Plan *plan, Format format, TerminalStyle style, Buf *to) {
  switch (format) {
    case PLAN_TEXT: plan_write_text(plan, style, to); break;
    case PLAN_CSV: plan_write_csv(plan, to); break;
    case PLAN_MARKDOWN: plan_write_markdown(plan, to); break;
    case PLAN_JSON: plan_write_json(plan, to); break;
    case PLAN_SVG: plan_write_svg(plan, to); break;
    case PLAN_HTML: plan_write_html(plan, to); break;
  }
}

typedef struct {
  PlanOptions plan;
  Format format;
  bool pareto;
  TerminalStyle style;
} Asked;

static int write_few(const Project *project, Journeys journeys, const Asked *asked, Buf *to, Arena *arena) {
  if (asked->format > PLAN_CSV)
    return command_fail("--pareto is written as text or csv, not %s", formats[asked->format]);
  const Few *few = few_new(project, report_new(project, journeys.at, journeys.count, NULL, arena), arena);
  if (asked->format == PLAN_CSV) few_write_csv(few, to);
  else few_write_text(few, asked->style, to);
  return EXIT_CLEAN;
}

static int write_asked(const Project *project, Journeys journeys, const Asked *asked, Buf *to, Arena *arena) {
  if (asked->pareto) return write_few(project, journeys, asked, to, arena);
  const Plan *plan = plan_new(project, journeys.at, journeys.count, asked->plan, arena);
  if (asked->format >= PLAN_SVG && !layout_plan_has_plot(plan))
    return command_fail(
        "there is nothing to plot: no opportunity that is open and ranked says both its impact and its effort");
  write_plan(plan, asked->format, asked->style, to);
  return EXIT_CLEAN;
}

static int plan_all(const Project *project, const CommandInput *input, const Asked *asked, Arena *arena) {
  Journeys journeys = command_journeys(project, input, arena);
  if (journeys.count == 0)
    return command_fail("there is no journey to plan here; a map begins with: journey \"Title\" { … }");
  Buf out = {0};
  int code = write_asked(project, journeys, asked, &out, arena);
  if (code == EXIT_CLEAN) code = command_print(buf_str(&out));
  buf_free(&out);
  return code == EXIT_CLEAN ? command_end(project, code) : code;
}

static int run(int argc, char **argv) {
  const char *by = NULL, *format_text = "text", *width_text = NULL;
  bool ascii = false;
  Asked asked = {0};
  CommandInput input = {0};
  const Option options[] = {{"by", 0, NULL, &by},
                            {"format", 0, NULL, &format_text},
                            {"pareto", 0, &asked.pareto, NULL},
                            {"all", 0, &asked.plan.all, NULL},
                            {"no-scripts", 0, &input.no_scripts, NULL},
                            {"today", 0, NULL, &input.today},
                            {"width", 0, NULL, &width_text},
                            {"ascii", 0, &ascii, NULL},
                            {"stdin-path", 0, NULL, &input.stdin_path},
                            {0}};
  if (!options_read(&verb_plan, argc, argv, options, &input.paths, &input.path_count)) return EXIT_COULD_NOT_RUN;
  int format = option_choice("format", format_text, formats),
      ranking = by ? option_choice("by", by, priority_words) : 0;
  if (format < 0 || ranking < 0 || !option_style(width_text, ascii, &asked.style)) return EXIT_COULD_NOT_RUN;
  asked.plan.chosen = by != NULL;
  asked.plan.by = (Priority)ranking;
  asked.format = (Format)format;
  Arena *arena = arena_new();
  Project *project = command_load(&input, arena);
  int code = project ? plan_all(project, &input, &asked, arena) : EXIT_COULD_NOT_RUN;
  project_free(project);
  arena_free(arena);
  return code;
}

const Verb verb_plan = {"plan", "what to do first: the opportunities, ranked", help, run};
