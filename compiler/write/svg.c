#include "write/svg.h"

#include <math.h>

#include "write/svg_parts.h"

#define MARGIN 48.0
#define BETWEEN_FLOWS 56.0

static void placed(Buf *to, const Layout *layout, double x, double y, void (*part)(Buf *, const Layout *)) {
  svg_group(to, "", STR(""), x, y);
  part(to, layout);
  buf_add_c(to, "</g>");
}

static void draw_block(Buf *to, const Block *block, double x, double y) {
  svg_group(to, "", STR(""), x, y);
  svg_block(to, block);
  buf_add_c(to, "</g>\n");
}

void svg_write(const View *view, Buf *to) {
  Arena *arena = arena_new();
  const Layout *layout = layout_new(view, arena);
  double map_width = layout->label_width + layout->body_width, inner = fmax(map_width, 1060);
  double scale = fmax(1, fmin(1.45, inner / 1900)); /* a long map has a larger head */
  Block blocks[] = {layout_head(layout, inner / scale, arena), layout_legend(layout, inner, arena)};
  double top = MARGIN + blocks[0].height * scale + 40, body = top + layout->top_height,
         legend = body + layout->body_height + 20;
  Block sources = layout_sources(layout, inner, arena);
  double below = legend + blocks[1].height + 36;
  double width = inner + 2 * MARGIN, height = (sources.count ? below + sources.height : below - 36) + MARGIN;
  svg_open(to, view->title, view_summary(view, arena), width, height);
  buf_add_c(to, "<style>");
  svg_style(to, layout, "(prefers-color-scheme:dark)");
  buf_add_c(to, "</style>\n");
  svg_defs(to, layout, blocks, 2);
  buf_add_c(to, "\n<rect class=\"f pa\" width=\"100%\" height=\"100%\"/>\n");
  buf_printf(to, "<g id=\"head\" transform=\"translate(%d %d) scale(", (int)MARGIN, (int)MARGIN);
  buf_number(to, scale, 3);
  buf_add_c(to, ")\">");
  svg_block(to, &blocks[0]);
  buf_add_c(to, "</g>\n");
  placed(to, layout, MARGIN + layout->label_width, top, svg_top);
  placed(to, layout, MARGIN, body, svg_labels);
  placed(to, layout, MARGIN + layout->label_width, body, svg_body);
  svg_group(to, "", STR("legend"), MARGIN, legend);
  svg_block(to, &blocks[1]);
  buf_add_c(to, "</g>\n");
  if (sources.count) {
    svg_group(to, "", STR("sources"), MARGIN, below);
    svg_block(to, &sources);
    buf_add_c(to, "</g>\n");
  }
  buf_add_c(to, "</svg>\n");
  arena_free(arena);
}

void svg_write_flow(const View *view, Buf *to) {
  Arena *arena = arena_new();
  const Layout *layout = layout_new(view, arena);
  uint32_t count = view->flow_count;
  Block *blocks = ARENA_ARRAY(arena, Block, count + 1);
  double inner = 1060, widest = inner, height = 0;
  for (uint32_t i = 0; i < count; i++) {
    blocks[i] = layout_flow(layout, &view->flows[i], inner, arena);
    widest = fmax(widest, blocks[i].width);
    height += blocks[i].height + (i > 0 ? BETWEEN_FLOWS : 0);
  }
  Block head = layout_flow_head(layout, widest, arena);
  double width = widest + 2 * MARGIN;
  svg_open(to, arena_format(arena, STR_FMT ": where clients go", STR_ARG(view->title)),
           count > 0 ? view->flows[0].summary : STR("No path is written."), width,
           height + head.height + 24 + 2 * MARGIN);
  buf_add_c(to, "<style>");
  svg_style(to, layout, "(prefers-color-scheme:dark)");
  buf_add_c(to, "</style>\n<rect class=\"f pa\" width=\"100%\" height=\"100%\"/>\n");
  double y = MARGIN;
  draw_block(to, &head, MARGIN, y);
  y += head.height + 24;
  for (uint32_t i = 0; i < count; i++) {
    draw_block(to, &blocks[i], MARGIN, y);
    y += blocks[i].height + BETWEEN_FLOWS;
  }
  buf_add_c(to, "</svg>\n");
  arena_free(arena);
}
