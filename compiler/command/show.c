#include "command/command.h"
#include "view/view.h"

static const char help[] =
    "journey show [PATH…]   draws maps in the terminal, as wide as it is\n"
    "\n"
    "  $ journey show                         all maps of the project around this folder\n"
    "  $ journey show onboarding.journey      the maps of one file\n"
    "  $ journey show --width 120 | less -R   as wide as you like\n"
    "\n"
    "  --width N      columns; the terminal's width where not given, 100 where there is no terminal\n"
    "  --ascii        only letters that every terminal has\n"
    "  --no-scripts   Lua files of the project are not run: for maps of people whom you don't trust yet\n"
    "  --today DATE   the date against which reviews are held; today where not given\n"
    "\n"
    "Exit code: 0 shown, 1 errors found, 2 could not run.\n";

static int show_all(Project *project, const Evidence *evidence, const CommandInput *input, TerminalStyle style,
                    Arena *arena) {
  Journeys journeys = command_journeys(project, input, arena);
  if (journeys.count == 0)
    return command_fail("there is no journey to show here; a map begins with: journey \"Title\" { … }");
  const Figures *figures = command_figures(project, evidence, arena);
  Buf out = {0};
  for (uint32_t i = 0; i < journeys.count; i++) {
    if (i > 0) buf_add_byte(&out, '\n');
    terminal_write(view_drawn(project, journeys.at[i], figures, arena), style, &out);
  }
  int code = command_print(buf_str(&out));
  buf_free(&out);
  return code;
}

static int run(int argc, char **argv) {
  const char *width_text = NULL;
  bool ascii = false;
  CommandInput input = {0};
  const Option options[] = {{"width", 0, NULL, &width_text},
                            {"ascii", 0, &ascii, NULL},
                            {"no-scripts", 0, &input.no_scripts, NULL},
                            {"today", 0, NULL, &input.today},
                            {"stdin-path", 0, NULL, &input.stdin_path},
                            {0}};
  TerminalStyle style;
  int code = EXIT_COULD_NOT_RUN;
  if (!options_read(&verb_show, argc, argv, options, &input.paths, &input.path_count)) return code;
  if (!option_style(width_text, ascii, &style)) return code;
  Arena *arena = arena_new();
  Project *project = command_load(&input, arena);
  Evidence *evidence = NULL;
  if (project)
    code = command_sound(project, &evidence, arena) ? show_all(project, evidence, &input, style, arena) : EXIT_FOUND;
  project_free(project);
  arena_free(arena);
  return code;
}

const Verb verb_show = {"show", "draws maps in the terminal", help, run};
