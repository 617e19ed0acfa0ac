#include "command/command.h"
#include "write/diagnostics_json.h"
#include "write/diagnostics_text.h"

static const char help[] =
    "journey check [PATH…]   says what is wrong (errors) or weak (warnings) in maps, and what to do\n"
    "\n"
    "  $ journey check                            the project around this folder\n"
    "  $ journey check onboarding.journey         a file, with all that it imports\n"
    "  $ journey check maps/ people.journey       folders and files\n"
    "  $ journey check - --stdin-path x.journey < text   unsaved text, as if it were that file\n"
    "  $ journey check --deny-warnings            for CI: warnings count as errors\n"
    "  $ journey explain W0603                    the long story of a code\n"
    "\n"
    "  --format text|json   for people (default) or for programs\n"
    "  --deny-warnings      exit with 1 also where there are only warnings\n"
    "  --today DATE         the date against which reviews and due dates are held; today where not given\n"
    "  --all                show all diagnostics of a file, however many\n"
    "\n"
    "Exit code: 0 clean, 1 errors found, 2 could not run.\n";

static int run(int argc, char **argv) {
  bool deny = false, show_all = false;
  const char *format = "text";
  CommandInput input = {0};
  const Option options[] = {
      {"format", 0, NULL, &format},     {"deny-warnings", 0, &deny, NULL},          {"all", 0, &show_all, NULL},
      {"today", 0, NULL, &input.today}, {"stdin-path", 0, NULL, &input.stdin_path}, {0}};
  static const char *const formats[] = {"text", "json", NULL};
  if (!options_read(&verb_check, argc, argv, options, &input.paths, &input.path_count)) return EXIT_COULD_NOT_RUN;
  int chosen = option_choice("format", format, formats);
  if (chosen < 0) return EXIT_COULD_NOT_RUN;
  Arena *arena = arena_new();
  int code = EXIT_COULD_NOT_RUN;
  Project *project = command_load(&input, arena);
  if (project) {
    Diagnostics all = command_check(project, arena);
    Buf out = {0};
    if (chosen == 1) diagnostics_write_json(project, &all, &out);
    else diagnostics_write_text(project, &all, command_colour(1), show_all, &out);
    code = command_print(buf_str(&out));
    bool found = diagnostics_count(&all, SEVERITY_ERROR) > 0 || (deny && diagnostics_count(&all, SEVERITY_WARNING) > 0);
    if (code == EXIT_CLEAN && found) code = EXIT_FOUND;
    buf_free(&out);
    vec_free(&all.list);
  }
  project_free(project);
  arena_free(arena);
  return code;
}

const Verb verb_check = {"check", "what is wrong or weak in maps, and what to do", help, run};
