#include "base/os.h"
#include "command/command.h"
#include "view/view.h"
#if __has_include("write/html.h")
#include "write/html.h"
#else
#define html_write svg_write
#endif
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
static const char *const endings[] = {"html", "svg", "json", "md", "mmd"};

typedef struct {
  Project *project;
  Arena *arena;
  const char *folder;
  int format;
  bool flow; /* --view flow */
} Build;

static void draw(const Build *build, const Journey *journey, Buf *to) {
  if (build->format == 2) {
    json_write(build->project, journey, to);
    return;
  }
  bool diagram = strcmp(formats[build->format], "mermaid") == 0; /* it has no marks for what changed */
  const View *view = (diagram ? view_new : view_drawn)(build->project, journey, build->arena);
  if (build->flow) {
    svg_write_flow(view, to);
    return;
  }
  void (*const writers[])(const View *, Buf *) = {html_write, svg_write, NULL, markdown_write, mermaid_write};
  writers[build->format](view, to);
}

/* Two journeys of one name, in two files, get two files. */
static Str file_name(const Build *build, const Journey *journey) {
  const Project *p = build->project;
  Str id = item_id(p, &(Item){.at = journey->at});
  int same = 0;
  for (const Journey *other = p->journeys; other < journey; other++)
    same += str_is(item_id(p, &(Item){.at = other->at}), id);
  Str number = same ? arena_format(build->arena, "-%d", same + 1) : STR("");
  return arena_format(build->arena, STR_FMT STR_FMT "%s.%s", STR_ARG(id), STR_ARG(number), build->flow ? "-flow" : "",
                      endings[build->format]);
}

static int write_one(const Build *build, const Journey *journey) {
  Buf out = {0};
  Str why;
  int code = EXIT_CLEAN;
  draw(build, journey, &out);
  if (strcmp(build->folder, "-") == 0) code = command_print(buf_str(&out));
  else {
    Str path = os_beside(build->arena, arena_format(build->arena, "%s/", build->folder), file_name(build, journey));
    if (strcmp(build->folder, ".") == 0) path = file_name(build, journey);
    if (!os_write_file(build->arena, path.at, buf_str(&out), &why))
      code = command_fail(STR_FMT ": can't be written: " STR_FMT, STR_ARG(path), STR_ARG(why));
    else code = command_print(arena_format(build->arena, STR_FMT "\n", STR_ARG(path)));
  }
  buf_free(&out);
  return code;
}

static int build_all(const Build *build, const CommandInput *input) {
  Str why;
  bool folder = strcmp(build->folder, "-") != 0;
  if (folder && !os_make_folders(build->arena, build->folder, &why))
    return command_fail("%s: this folder can't be made: " STR_FMT, build->folder, STR_ARG(why));
  int drawn = 0, code = EXIT_CLEAN;
  for (uint32_t i = 0; i < build->project->journey_count && code == EXIT_CLEAN; i++) {
    if (!command_asked_for(build->project, input, &build->project->journeys[i])) continue;
    code = write_one(build, &build->project->journeys[i]);
    drawn++;
  }
  if (drawn == 0) return command_fail("there is no journey to draw here; a map begins with: journey \"Title\" { … }");
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
  if (build.project) code = command_sound(build.project, build.arena) ? build_all(&build, &input) : EXIT_FOUND;
  project_free(build.project);
  arena_free(build.arena);
  return code;
}

const Verb verb_build = {"build", "draws maps: HTML, SVG, JSON, Markdown, Mermaid", help, run};
