/* The plan as a drawing for slides, and as a page. */
#include "view/layout_plan.h"
#include "view/place.h"
#include "view/plan_words.h"
#include "write/html_parts.h"
#include "write/plan.h"

#define MARGIN 48.0
#define WIDTH 1180.0

static const View no_view;

static Block draw(const Layout *layout, const Plan *plan, Arena *arena) {
  Place place = place_new(layout, arena, WIDTH);
  double y = plan->title.len ? place_text(&place, plan->title, T_TITLE, I_INK, 0, 0, WIDTH) + 20 : 0;
  Block block = layout_plan(layout, plan, WIDTH, arena);
  place_block(&place, &block, 0, y);
  return place_done(&place);
}

static Str title_of(const Plan *plan, Arena *arena) {
  return plan->title.len ? arena_format(arena, "What to do first: " STR_FMT, STR_ARG(plan->title))
                         : STR("What to do first");
}

static void write_drawing(const Layout *layout, const Plan *plan, const Block *block, double margin, Buf *to,
                          Arena *arena) {
  svg_open(to, title_of(plan, arena), plan_summary(plan, arena), block->width + 2 * margin, block->height + 2 * margin);
  buf_add_c(to, "<style>");
  svg_style(to, layout, "(prefers-color-scheme:dark)");
  buf_add_c(to, "</style>\n");
  svg_defs(to, layout, block, 1);
  buf_add_c(to, "\n<rect class=\"f pa\" width=\"100%\" height=\"100%\"/>\n");
  svg_group(to, "", STR("plan"), margin, margin);
  svg_block(to, block);
  buf_add_c(to, "</g>\n</svg>\n");
}

void plan_write_svg(const Plan *plan, Buf *to) {
  Arena *arena = arena_new();
  const Layout layout = {.view = &no_view, .emotion_lane = NONE};
  Block block = draw(&layout, plan, arena);
  write_drawing(&layout, plan, &block, MARGIN, to, arena);
  arena_free(arena);
}

void plan_write_plot(const Plan *plan, double width, double height, Buf *to) {
  Arena *arena = arena_new();
  const Layout layout = {.view = &no_view, .emotion_lane = NONE};
  Block block = layout_plan_plot(&layout, plan, width, height, arena);
  write_drawing(&layout, plan, &block, 0, to, arena);
  arena_free(arena);
}

void plan_write_html(const Plan *plan, Buf *to) {
  Arena *arena = arena_new();
  const Layout layout = {.view = &no_view, .emotion_lane = NONE};
  Block block = draw(&layout, plan, arena);
  Str title = title_of(plan, arena);
  html_opening(to, &layout, title, plan_summary(plan, arena), &block, 1);
  buf_add_c(to, "<div class=\"page\"><h1 class=\"unseen h1\">");
  svg_escape(to, title);
  buf_add_c(to, "</h1><main>\n");
  html_plan(to, &block);
  buf_add_c(to, "<section class=\"text\">");
  html_plan_table(to, plan);
  buf_add_c(to,
            "</section></main></div>\n<div class=\"sheets\" aria-hidden=\"true\"><svg class=\"sheet\" viewBox=\"0 0 ");
  svg_number(to, block.width);
  buf_add_byte(to, ' ');
  svg_number(to, block.height);
  buf_add_c(to, "\" preserveAspectRatio=\"xMinYMin\"><use href=\"#plan\"/></svg></div>\n</body></html>\n");
  arena_free(arena);
}
