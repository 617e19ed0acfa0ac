#include "command/command.h"
#include "write/report_html.h"

static const char help[] =
    "journey report [PATH…]   the whole project on one page: maps, clients, who owns what, pains, the plan, upkeep\n"
    "\n"
    "  $ journey report                           report.html, of the project around this folder\n"
    "  $ journey report -o public/journeys.html maps/\n"
    "  $ journey report -o - | ssh host 'cat > report.html'     - is standard output\n"
    "\n"
    "  -o, --output FILE   the file to write; report.html where not given\n"
    "  --no-scripts        Lua files of the project are not run: for maps of people whom you don't trust yet\n"
    "  --today DATE        the date against which reviews, due dates and evidence are held; today where not given\n"
    "\n"
    "The page needs no other file and no network. A project with errors is not reported: the errors are shown "
    "instead.\n"
    "Exit code: 0 written, 1 errors found, 2 could not run.\n";

/* The folder that the file is to stand in. */
static bool make_folder_of(const char *file, Arena *arena) {
  const char *slash = strrchr(file, '/');
  if (!slash || slash == file) return true;
  return command_make_folder(arena_copy(arena, (Str){file, (size_t)(slash - file)}).at, arena);
}

static int write_report(Project *project, const Evidence *evidence, const CommandInput *input, const char *file,
                        Arena *arena) {
  Journeys journeys = command_journeys(project, input, arena);
  if (journeys.count == 0)
    return command_fail("there is no journey to report here; a map begins with: journey \"Title\" { … }");
  if (!make_folder_of(file, arena)) return EXIT_COULD_NOT_RUN;
  Buf page = {0};
  const Figures *figures = command_figures(project, evidence, arena);
  report_write_html(report_new(project, journeys.at, journeys.count, figures, arena), &page);
  int code = command_write(str_of(file), buf_str(&page), arena);
  buf_free(&page);
  return code;
}

static int run(int argc, char **argv) {
  const char *file = "report.html";
  CommandInput input = {0};
  const Option options[] = {
      {"output", 'o', NULL, &file}, {"no-scripts", 0, &input.no_scripts, NULL}, {"today", 0, NULL, &input.today}, {0}};
  if (!options_read(&verb_report, argc, argv, options, &input.paths, &input.path_count)) return EXIT_COULD_NOT_RUN;
  Arena *arena = arena_new();
  Project *project = command_load(&input, arena);
  Evidence *evidence = NULL;
  int code = EXIT_COULD_NOT_RUN;
  if (project)
    code = command_sound(project, &evidence, arena) ? write_report(project, evidence, &input, file, arena) : EXIT_FOUND;
  project_free(project);
  arena_free(arena);
  return code;
}

const Verb verb_report = {"report", "the whole project on one page", help, run};
