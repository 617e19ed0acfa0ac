#include "write/paths.h"
#include "command/command.h"

static const char help[] =
    "journey paths [PATH…]   where clients go: who comes to each step, who leaves there, what is lost without it\n"
    "\n"
    "  $ journey paths                         all journeys of the project around this folder\n"
    "  $ journey paths onboarding.journey      those of one file\n"
    "  $ journey paths --format csv > paths.csv\n"
    "  $ journey paths --format json | jq '.journeys[].paths[] | {title, completes}'\n"
    "\n"
    "  come here      of 100 who start, how many ever come to this step\n"
    "  visits         how often a client is there, on average: more than once where paths lead back\n"
    "  leave here     of 100 who start, how many leave at this step\n"
    "  lost without   of those who complete the journey, how many would not, if all who come here left\n"
    "\n"
    "What if? A variant says it: a journey that `extends` another and has a path of its own is shown with the\n"
    "numbers of the other one beneath its own.\n"
    "\n"
    "  --format text|json|csv\n"
    "  --width N      columns; the terminal's width where not given, 100 where there is no terminal\n"
    "  --ascii        only letters that every terminal has\n"
    "  --no-scripts   Lua files of the project are not run: for maps of people whom you don't trust yet\n"
    "  --today DATE   the date against which reviews are held; today where not given\n"
    "\n"
    "docs/paths.md tells how shares are read, and by which formulas.\n"
    "Exit code: 0 shown, 1 errors found, 2 could not run.\n";

enum { TEXT, JSON, CSV };

static int write_paths(const Project *project, const JourneyPaths *paths, size_t count, int format,
                       TerminalStyle style) {
  Buf out = {0};
  if (format == JSON) paths_write_json(project, paths, count, &out);
  if (format == CSV) paths_write_csv(project, paths, count, &out);
  for (size_t i = 0; i < count && format == TEXT; i++) {
    if (out.len > 0) buf_add(&out, STR("\n\n"));
    paths_write_text(project, &paths[i], style, &out);
  }
  int code = command_print(buf_str(&out));
  buf_free(&out);
  return code;
}

/* A map with errors is shown as far as it goes. */
static int show_all(Project *project, const CommandInput *input, int format, TerminalStyle style, Arena *arena) {
  Journeys journeys = command_journeys(project, input, arena);
  if (journeys.count == 0)
    return command_fail("there is no journey to follow here; a map begins with: journey \"Title\" { … }");
  JourneyPaths *paths = ARENA_ARRAY(arena, JourneyPaths, journeys.count);
  for (uint32_t i = 0; i < journeys.count; i++) {
    const Journey *base = journeys.at[i]->base;
    paths[i].flows = flows_of(project, journeys.at[i], arena);
    if (base) paths[i].base = flows_of(project, base, arena);
  }
  bool sound = command_sound(project, NULL, arena);
  int code = write_paths(project, paths, journeys.count, format, style);
  return code == EXIT_CLEAN && !sound ? EXIT_FOUND : code;
}

static int run(int argc, char **argv) {
  static const char *const formats[] = {"text", "json", "csv", NULL};
  const char *width_text = NULL, *format_text = "text";
  bool ascii = false;
  TerminalStyle style;
  CommandInput input = {0};
  const Option options[] = {{"format", 0, NULL, &format_text},
                            {"width", 0, NULL, &width_text},
                            {"ascii", 0, &ascii, NULL},
                            {"no-scripts", 0, &input.no_scripts, NULL},
                            {"today", 0, NULL, &input.today},
                            {"stdin-path", 0, NULL, &input.stdin_path},
                            {0}};
  if (!options_read(&verb_paths, argc, argv, options, &input.paths, &input.path_count)) return EXIT_COULD_NOT_RUN;
  int format = option_choice("format", format_text, formats), code = EXIT_COULD_NOT_RUN;
  if (format < 0 || !option_style(width_text, ascii, &style)) return code;
  Arena *arena = arena_new();
  Project *project = command_load(&input, arena);
  if (project) code = show_all(project, &input, format, style, arena);
  project_free(project);
  arena_free(arena);
  return code;
}

const Verb verb_paths = {"paths", "where clients go: who comes to each step, who leaves", help, run};
