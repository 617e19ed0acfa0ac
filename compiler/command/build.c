#include <stdlib.h>

#include "base/os.h"
#include "command/command.h"
#include "view/view.h"
#include "write/html.h"
#include "write/json.h"
#include "write/markdown.h"
#include "write/mermaid.h"
#include "write/picture.h"
#include "write/svg.h"

static const char help[] =
    "journey build [PATH…]   draws maps: a page to look at, print and send, or other formats\n"
    "\n"
    "  $ journey build onboarding.journey         onboarding.html: one file that needs no other, no script and no "
    "network\n"
    "  $ journey build -o out                     all maps of the project, into the folder out\n"
    "  $ journey build --format svg               a drawing, for slides and documents\n"
    "  $ journey build --format png               a picture, twice as fine as a screen; --scale 1 for one as fine\n"
    "  $ journey build --format pdf               a page as large as the map; its texts can be searched\n"
    "  $ journey build --format svg --view flow   where clients go, drawn from the arrows of its paths\n"
    "  $ journey build --format json              the model, for programs (docs/journey.schema.json describes it)\n"
    "  $ journey build --format md                Markdown, for a wiki\n"
    "  $ journey build --format mermaid           a Mermaid journey diagram\n"
    "  $ journey build -o - --format md x.journey | wl-copy     - is standard output\n"
    "\n"
    "  -o, --output DIR    the folder to write into; . where not given\n"
    "  --format FORMAT     html (where not given), svg, png, pdf, json, md or mermaid\n"
    "  --view map|flow     what is drawn as SVG, PNG or PDF; map where not given\n"
    "  --scale NUMBER      dots of a PNG for each point of the drawing; 2 where not given\n"
    "  --today DATE        the date against which reviews are held; today where not given\n"
    "  --no-scripts        Lua files of the project are not run: for maps of people whom you don't trust yet\n"
    "\n"
    "A map is named by its journey. Maps with errors are not drawn: the errors are shown instead.\n"
    "Exit code: 0 drawn, 1 errors found, 2 could not run.\n";

/* `formats` names them. */
typedef enum { HTML, SVG, PNG, PDF, JSON, MARKDOWN, MERMAID } Format;
static const char *const formats[] = {"html", "svg", "png", "pdf", "json", "md", "mermaid", NULL};
static const char *const endings[] = {"html", "svg", "png", "pdf", "json", "md", "mmd"};

typedef struct {
  Project *project;
  Evidence *evidence;
  const Figures *figures;
  Arena *arena;
  const char *folder;
  Format format;
  bool flow;    /* --view flow */
  double scale; /* --scale */
} Build;

static bool is_picture(const Build *build) { return build->format == PNG || build->format == PDF; }

static void draw(const Build *build, const Journey *journey, Buf *to) {
  if (build->format == JSON) {
    json_write(build->project, journey, build->figures, to);
    return;
  }
  bool diagram = build->format == MERMAID; /* it has no marks for what changed */
  const View *view = (diagram ? view_new : view_drawn)(build->project, journey, build->figures, build->arena);
  if (build->flow) {
    svg_write_flow(view, to);
    return;
  }
  void (*const writers[])(const View *,
                          Buf *) = {[HTML] = html_write, [SVG] = svg_write,           [PNG] = svg_write,
                                    [PDF] = svg_write,   [MARKDOWN] = markdown_write, [MERMAID] = mermaid_write};
  writers[build->format](view, to);
}

/* Puts the picture of the drawing in its place. */
static int to_picture(const Build *build, const Journey *journey, Str path, Buf *drawing) {
  PictureStyle style = {.kind = build->format == PNG ? PICTURE_PNG : PICTURE_PDF,
                        .scale = build->scale,
                        .title = item_title(build->project, &journey->item, build->arena),
                        .today = build->project->today};
  Buf picture = {0};
  Str why;
  bool drawn = picture_write(buf_str(drawing), &style, build->arena, &picture, &why);
  buf_free(drawing);
  *drawing = picture;
  return drawn ? EXIT_CLEAN : command_fail(STR_FMT ": " STR_FMT, STR_ARG(path), STR_ARG(why));
}

static int write_one(const Build *build, const Journey *journey) {
  Buf out = {0};
  draw(build, journey, &out);
  const char *ending = arena_format(build->arena, "%s.%s", build->flow ? "-flow" : "", endings[build->format]).at;
  Str path = command_drawing(build->project, journey, build->folder, ending, build->arena);
  int code = is_picture(build) ? to_picture(build, journey, path, &out) : EXIT_CLEAN;
  if (code == EXIT_CLEAN) code = command_write(path, buf_str(&out), build->arena);
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

static bool option_scale(const char *value, double *scale) {
  enum { LARGEST = 20 };
  *scale = 2;
  if (!value) return true;
  char *end = NULL;
  *scale = strtod(value, &end);
  if (*end == 0 && *scale >= 0.1 && *scale <= LARGEST) return true;
  return command_fail("--scale takes a number from 0.1 to %d, not %s", LARGEST, value), false;
}

/* Whether the options go together, and what they ask for can be had. */
static bool options_fit(const Build *build, const char *scale) {
  Str why;
  if (build->flow && build->format != SVG && !is_picture(build))
    return command_fail("--view flow goes with --format svg, png or pdf; the page has this drawing beneath its map"),
           false;
  if (scale && build->format != PNG)
    return command_fail("--scale goes with --format png; the others have no dots"), false;
  if (is_picture(build) && picture_library(build->arena, &why).len == 0)
    return command_fail(STR_FMT, STR_ARG(why)), false;
  return true;
}

static int build_project(Build *build, const CommandInput *input) {
  build->project = command_load(input, build->arena);
  int code = EXIT_COULD_NOT_RUN;
  if (build->project)
    code = command_sound(build->project, &build->evidence, build->arena) ? build_all(build, input) : EXIT_FOUND;
  project_free(build->project);
  return code;
}

static int run(int argc, char **argv) {
  static const char *const views[] = {"map", "flow", NULL};
  const char *format = "html", *view = "map", *scale = NULL;
  CommandInput input = {0};
  Build build = {.folder = "."};
  const Option options[] = {{"output", 'o', NULL, &build.folder},
                            {"format", 0, NULL, &format},
                            {"view", 0, NULL, &view},
                            {"scale", 0, NULL, &scale},
                            {"today", 0, NULL, &input.today},
                            {"stdin-path", 0, NULL, &input.stdin_path},
                            {"no-scripts", 0, &input.no_scripts, NULL},
                            {0}};
  if (!options_read(&verb_build, argc, argv, options, &input.paths, &input.path_count)) return EXIT_COULD_NOT_RUN;
  int chosen = option_choice("format", format, formats), shown = option_choice("view", view, views);
  if (chosen < 0 || shown < 0 || !option_scale(scale, &build.scale)) return EXIT_COULD_NOT_RUN;
  build.format = (Format)chosen;
  build.flow = shown == 1;
  build.arena = arena_new();
  int code = options_fit(&build, scale) ? build_project(&build, &input) : EXIT_COULD_NOT_RUN;
  arena_free(build.arena);
  return code;
}

const Verb verb_build = {"build", "draws maps: HTML, SVG, PNG, PDF, JSON, Markdown, Mermaid", help, run};
