#include "base/os.h"
#include "command/command.h"
#include "view/view.h"
#include "write/terminal.h"

static const char help[] =
    "journey show [PATH…]   draws maps in the terminal, as wide as it is\n"
    "\n"
    "  $ journey show                         all maps of the project around this folder\n"
    "  $ journey show onboarding.journey      the maps of one file\n"
    "  $ journey show --width 120 | less -R   as wide as you like\n"
    "\n"
    "  --width N      columns; the terminal's width where not given, 100 where there is no terminal\n"
    "  --ascii        only letters that every terminal has\n"
    "  --today DATE   the date against which reviews are held; today where not given\n"
    "\n"
    "Exit code: 0 shown, 1 errors found, 2 could not run.\n";

static int run(int argc, char **argv) {
  const char *width_text = NULL;
  bool ascii = false;
  CommandInput input = {0};
  const Option options[] = {{"width", 0, NULL, &width_text},
                            {"ascii", 0, &ascii, NULL},
                            {"today", 0, NULL, &input.today},
                            {"stdin-path", 0, NULL, &input.stdin_path},
                            {0}};
  int width, code = EXIT_COULD_NOT_RUN;
  if (!options_read(&verb_show, argc, argv, options, &input.paths, &input.path_count)) return code;
  if (!option_width(width_text, &width)) return code;
  Arena *arena = arena_new();
  Project *project = command_load(&input, arena);
  if (project && !command_sound(project, arena)) code = EXIT_FOUND;
  else if (project) {
    Buf out = {0};
    for (uint32_t i = 0; i < project->journey_count; i++) {
      if (!command_asked_for(project, &input, &project->journeys[i])) continue;
      if (out.len > 0) buf_add_byte(&out, '\n');
      TerminalStyle style = {.width = width, .colour = command_colour(1), .ascii = ascii || !command_unicode()};
      terminal_write(view_drawn(project, &project->journeys[i], arena), style, &out);
    }
    code = out.len > 0 ? command_print(buf_str(&out))
                       : command_fail("there is no journey to show here; a map begins with: journey \"Title\" { … }");
    buf_free(&out);
  }
  project_free(project);
  arena_free(arena);
  return code;
}

const Verb verb_show = {"show", "draws maps in the terminal", help, run};
