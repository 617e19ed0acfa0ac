#include "lsp/server/loop.h"

#include <pthread.h>

#include "command/command.h"
#include "lsp/protocol/drawing.h"
#include "plan/plan.h"
#include "preview/preview.h"
#include "report/report.h"
#include "view/view.h"
#include "write/html.h"
#include "write/json.h"
#include "write/markdown.h"
#include "write/mermaid.h"
#include "write/plan.h"
#include "write/report_html.h"
#include "write/score.h"
#include "write/svg.h"

static const char help[] =
    "journey lsp   the language server: what an editor asks while a map is written\n"
    "\n"
    "Editors start it; docs/editors.md says how. It speaks the Language Server Protocol on standard input and output.\n"
    "\n"
    "  --stdio        said by some editors; there is no other way\n"
    "  --no-scripts   Lua files of the project are not run: for folders of people whom you don't trust yet\n"
    "  --today DATE   the date against which reviews and due dates are held; today where not given\n"
    "\n"
    "Exit code: 0 after `shutdown` and `exit`, 1 where the editor went without them.\n";

/* ---- what the server has drawn ---- */

/* `boxes`: where each step stands in a text; NULL where it is none. */
static DrawnPlaces places_of(const View *view, const TerminalBox *boxes, Arena *arena) {
  DrawnPlace *places = ARENA_ARRAY(arena, DrawnPlace, view->step_count + 1);
  uint32_t count = 0;
  for (uint32_t i = 0; i < view->step_count; i++) {
    if (!ref_ok(view->steps[i].at)) continue;
    TerminalBox box = boxes ? boxes[i] : (TerminalBox){0};
    places[count++] = (DrawnPlace){arena_format(arena, "step-" STR_FMT, STR_ARG(view->steps[i].anchor)),
                                   view->steps[i].at,
                                   {box.line, box.column, box.height, box.width}};
  }
  return (DrawnPlaces){places, count};
}

static TerminalStyle style_of(const DrawingOf *of) { return (TerminalStyle){.width = (int)of->width}; }

static bool draw_map(const DrawingOf *of, const Journey *journey, Str format, DrawnPlaces *places, Buf *to) {
  const View *view = view_drawn(of->project, journey, of->figures, of->arena);
  TerminalBox *boxes = NULL;
  if (str_is(format, STR("html"))) html_write(view, to);
  else if (str_is(format, STR("svg"))) svg_write(view, to);
  else if (str_is(format, STR("md"))) markdown_write(view, to);
  else if (str_is(format, STR("mermaid"))) mermaid_write(view_new(of->project, journey, of->figures, of->arena), to);
  else if (str_is(format, STR("json"))) json_write(of->project, journey, of->figures, to);
  else if (str_is(format, STR("text"))) {
    boxes = ARENA_ARRAY(of->arena, TerminalBox, view->step_count + 1);
    terminal_write_placed(view, style_of(of), boxes, to);
  } else return false;
  *places = places_of(view, boxes, of->arena);
  return true;
}

static void draw_score(const DrawingOf *of, const Journey *journey, MetricTable table, Buf *to) {
  score_write_text(of->project, journey, table, style_of(of), to);
}

static void draw_plan(const DrawingOf *of, const Journey *const *journeys, uint32_t count, bool is_markdown, Buf *to) {
  const Plan *plan = plan_new(of->project, journeys, count, (PlanOptions){0}, of->arena);
  if (is_markdown) plan_write_markdown(plan, to);
  else plan_write_text(plan, style_of(of), to);
}

static void draw_report(const DrawingOf *of, const Journey *const *journeys, uint32_t count, Buf *to) {
  report_write_html(report_new(of->project, journeys, count, of->figures, of->arena), to);
}

static void draw_model(const DrawingOf *of, const Journey *only, Buf *to) {
  json_write(of->project, only, of->figures, to);
}

/* ---- live pages ---- */

/* The preview is started when the first page is asked for. */
typedef struct {
  pthread_mutex_t lock;
  Preview *preview; /* NULL: not yet */
  bool can_not;
  void (*looked)(void *of);
  void *of;
} LivePages;

static void pass_on_look(void *context, const char *name) {
  (void)name;
  const LivePages *pages = context;
  pages->looked(pages->of);
}

static Preview *preview_of_pages(LivePages *pages) {
  Str why;
  pthread_mutex_lock(&pages->lock);
  if (!pages->preview && !pages->can_not)
    pages->preview = preview_start(&(PreviewOptions){.looked = pass_on_look, .context = pages}, &why);
  if (!pages->preview) pages->can_not = true;
  Preview *preview = pages->preview;
  pthread_mutex_unlock(&pages->lock);
  return preview;
}

static bool publish_live(void *context, Str name, Str title, Str html, Str message) {
  Preview *preview = preview_of_pages(context);
  if (preview) preview_publish(preview, name, &(PreviewPage){title, html, message});
  return preview != NULL;
}

static Str address_of_live(void *context, Str name, Arena *arena) {
  return preview_address(preview_of_pages(context), name, arena);
}

static bool is_live_looked_at(void *context, Str name) {
  Preview *preview = preview_of_pages(context);
  return preview && preview_lookers(preview, name) > 0;
}

static void listen_to_live(void *context, void (*looked)(void *of), void *of) {
  LivePages *pages = context;
  pages->looked = looked;
  pages->of = of;
}

static int run(int argc, char **argv) {
  const char *const *paths;
  size_t count;
  bool stdio = false, no_scripts = false;
  const char *date = NULL;
  int32_t today = INT32_MIN;
  const Option options[] = {
      {"stdio", 0, &stdio, NULL}, {"no-scripts", 0, &no_scripts, NULL}, {"today", 0, NULL, &date}, {0}};
  if (!options_read(&verb_lsp, argc, argv, options, &paths, &count)) return EXIT_COULD_NOT_RUN;
  if (date && !option_today(date, &today)) return EXIT_COULD_NOT_RUN;
  if (count > 0) return command_fail("lsp takes no files: the editor says which are open");
  LivePages pages = {.lock = PTHREAD_MUTEX_INITIALIZER};
  LspLive live = {&pages, publish_live, address_of_live, preview_name, is_live_looked_at, listen_to_live};
  LspDrawing drawing = {draw_map, draw_score, draw_plan, draw_report, draw_model, &live};
  return lsp_run(&drawing, today, no_scripts);
}

const Verb verb_lsp = {"lsp", "the language server, for editors", help, run};
