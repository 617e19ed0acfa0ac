#include "base/os.h"
#include "command/command.h"
#include "view/view.h"
#include "write/html.h"
#include "write/json.h"
#include "write/markdown.h"
#include "write/mermaid.h"
#include "write/svg.h"

static const char help[] =
    "journey build [PATH…]   draws maps: a page to look at, print and send, or other formats\n"
    "\n"
    "  $ journey build onboarding.journey         onboarding.html, beside nothing else: one file, no script, no "
    "network\n"
    "  $ journey build -o out                     all maps of the project, into the folder out\n"
    "  $ journey build --format svg               a drawing, for slides and documents\n"
    "  $ journey build --format svg --view flow   where clients go, drawn from the arrows of its paths\n"
    "  $ journey build --format json              the model, for programs (docs/journey.schema.json describes it)\n"
    "  $ journey build --format md                Markdown, for a wiki\n"
    "  $ journey build --format mermaid           a Mermaid journey diagram\n"
    "  $ journey build -o - --format svg x.journey | rsvg-convert -f pdf -o x.pdf     - is standard output\n"
    "\n"
    "  -o, --output DIR                    the folder to write into; . where not given\n"
    "  --format html|svg|json|md|mermaid   html where not given\n"
    "  --view map|flow                     what is drawn with --format svg; map where not given\n"
    "  --today DATE                        the date against which reviews are held; today where not given\n"
    "\n"
    "A map is named by its journey. Maps with errors are not drawn: the errors are shown instead.\n"
    "Exit code: 0 drawn, 1 errors found, 2 could not run.\n";

static const char *const formats[] = {"html", "svg", "json", "md", "mermaid", NULL};
static const char *const endings[] = {".html", ".svg", ".json", ".md", ".mmd"};

typedef struct {
  Project *project;
  Evidence *evidence;
  const Figures *figures;
  Arena *arena;
  const char *folder;
  int format;
  bool flow; /* --view flow */
} Build;

static void draw(const Build *build, const Journey *journey, Buf *to) {
  if (build->format == 2) {
    json_write(build->project, journey, build->figures, to);
    return;
  }
  bool diagram = strcmp(formats[build->format], "mermaid") == 0; /* it has no marks for what changed */
  const View *view = (diagram ? view_new : view_drawn)(build->project, journey, build->figures, build->arena);
  if (build->flow) {
    svg_write_flow(view, to);
    return;
  }
  void (*const writers[])(const View *, Buf *) = {html_write, svg_write, NULL, markdown_write, mermaid_write};
  writers[build->format](view, to);
}

static int write_one(const Build *build, const Journey *journey) {
  Buf out = {0};
  draw(build, journey, &out);
  const char *ending = build->flow ? "-flow.svg" : endings[build->format];
  Str path = command_drawing(build->project, journey, build->folder, ending, build->arena);
  int code = command_write(path, buf_str(&out), build->arena);
  buf_free(&out);
  return code;
}

/* `-o map.html`: the name of a file where a folder is asked for. */
static bool is_file_name(const char *folder) {
  Str rest = str_of(folder), last = rest;
  while (rest.len > 0) last = str_cut(&rest, '.');
  static const char *const names[] = {"html", "htm", "svg", "json", "md", "mmd", "pdf", "png", NULL};
  for (int i = 0; names[i]; i++)
    if (last.len < strlen(folder) && str_is(last, str_of(names[i]))) return os_kind(folder) == OS_NOTHING;
  return false;
}

static int build_all(Build *build, const CommandInput *input) {
  Journeys journeys = command_journeys(build->project, input, build->arena);
  if (journeys.count == 0)
    return command_fail("there is no journey to draw here; a map begins with: journey \"Title\" { … }");
  if (is_file_name(build->folder))
    return command_fail(
        "-o takes a folder, not the file %s; for a file of that name: journey build -o - x.journey > %s", build->folder,
        build->folder);
  if (!command_make_folder(build->folder, build->arena)) return EXIT_COULD_NOT_RUN;
  build->figures = command_figures(build->project, build->evidence, build->arena);
  int code = EXIT_CLEAN;
  for (uint32_t i = 0; i < journeys.count && code == EXIT_CLEAN; i++) code = write_one(build, journeys.at[i]);
  return code;
}

static int run(int argc, char **argv) {
  static const char *const views[] = {"map", "flow", NULL};
  const char *format = "html", *view = "map";
  CommandInput input = {0};
  Build build = {.folder = "."};
  const Option options[] = {{"output", 'o', NULL, &build.folder},
                            {"format", 0, NULL, &format},
                            {"view", 0, NULL, &view},
                            {"today", 0, NULL, &input.today},
                            {"stdin-path", 0, NULL, &input.stdin_path},
                            {0}};
  if (!options_read(&verb_build, argc, argv, options, &input.paths, &input.path_count)) return EXIT_COULD_NOT_RUN;
  build.format = option_choice("format", format, formats);
  int shown = option_choice("view", view, views);
  if (build.format < 0 || shown < 0) return EXIT_COULD_NOT_RUN;
  build.flow = shown == 1;
  if (build.flow && strcmp(format, "svg") != 0)
    return command_fail("--view flow goes with --format svg; the page has this drawing beneath its map");
  build.arena = arena_new();
  build.project = command_load(&input, build.arena);
  int code = EXIT_COULD_NOT_RUN;
  if (build.project)
    code = command_sound(build.project, &build.evidence, build.arena) ? build_all(&build, &input) : EXIT_FOUND;
  project_free(build.project);
  arena_free(build.arena);
  return code;
}

const Verb verb_build = {"build", "draws maps: HTML, SVG, JSON, Markdown, Mermaid", help, run};
