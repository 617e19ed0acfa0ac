/* Sheets of A3: windows onto the drawing, cut between stages, steps and lanes, the labels and stages repeated on each.
 */
#include <math.h>

#include "base/vec.h"
#include "write/html_parts.h"

#define SHEET_RATIO (276.0 / 400.0) /* height to width of what the margins leave */
#define SHEET_WIDEST 1940.0         /* at 400 mm the smallest text, 12, is still 7 points high */
#define SHEET_NARROWEST 1512.0      /* nothing is drawn larger than on the screen */
#define STRIP 34.0                  /* title and number, on the sheets that do not have the head */
#define FOOT 22.0                   /* above the legend */

typedef struct {
  double x, width; /* of the body */
  uint32_t first_lane, end_lane;
  bool head;
} Sheet;

typedef struct {
  const Layout *layout;
  const Block *head, *legend;
  double width, height; /* of a sheet, in the drawing's units */
  VEC(Sheet) sheets;
} Sheets;

/* ---- cutting ---- */

static double lane_top(const Layout *layout, uint32_t lane) {
  return lane < layout->view->lane_count ? layout->lanes[lane].y - LAYOUT_LANE_PAD - layout->lanes[lane].rule
                                         : layout->body_height;
}

static double head_scale(const Sheets *s) { return s->width / s->head->width; }

static double map_height(const Sheets *s, bool head) {
  double legend = s->legend->count ? s->legend->height + FOOT : 0;
  return s->height - (head ? s->head->height * head_scale(s) + 30 : STRIP) - s->layout->top_height - legend;
}

/* The lanes of one range of columns, on as many sheets as they need. */
static void cut_lanes(Sheets *s, double x, double width) {
  uint32_t lane = 0, lanes = s->layout->view->lane_count;
  do {
    bool head = s->sheets.len == 0;
    double room = map_height(s, head), top = lane_top(s->layout, lane);
    uint32_t end = lane;
    while (end < lanes && lane_top(s->layout, end + 1) - top <= room) end++;
    if (end == lane && lane < lanes && !head) end++;
    vec_push(
        &s->sheets,
        (Sheet){.x = x, .width = end > lane || !head ? width : 0, .first_lane = lane, .end_lane = end, .head = head});
    lane = end;
  } while (lane < lanes);
}

/* Whole stages as long as they fit; a stage that is wider than a sheet is cut between its steps. */
static void cut_columns(Sheets *s) {
  const Layout *layout = s->layout;
  double room = s->width - layout->label_width, from = 0, to = 0;
  for (uint32_t i = 0; i < layout->view->stage_count; i++) {
    const LayoutStage *stage = &layout->stages[i];
    if (stage->x + stage->width - from <= room) {
      to = stage->x + stage->width;
      continue;
    }
    if (to > from) cut_lanes(s, from, to - from);
    from = to = stage->x;
    const ViewStage *view = &layout->view->stages[i];
    for (uint32_t k = view->first_step; k < view->first_step + view->step_count; k++) {
      double end = layout->steps[k].x + layout->steps[k].width;
      if (end - from > room && to > from) cut_lanes(s, from, to - from), from = to;
      to = end;
    }
    to = fmax(to, stage->x + stage->width);
  }
  if (to > from || s->sheets.len == 0) cut_lanes(s, from, to - from);
}

/* The width that needs the fewest sheets; among those the narrowest, which prints largest. */
static void cut(Sheets *s) {
  double best = SHEET_WIDEST;
  size_t fewest = SIZE_MAX;
  for (double width = SHEET_WIDEST; width >= SHEET_NARROWEST; width -= 38.9) {
    s->width = width;
    s->height = width * SHEET_RATIO;
    s->sheets.len = 0;
    cut_columns(s);
    if (s->sheets.len <= fewest) fewest = s->sheets.len, best = width;
  }
  s->width = best;
  s->height = best * SHEET_RATIO;
  s->sheets.len = 0;
  cut_columns(s);
}

/* ---- drawing ---- */

static void window(Buf *to, const char *id, double x, double y, double from_x, double from_y, double width,
                   double height) {
  buf_add_c(to, "<svg x=\"");
  svg_number(to, x);
  buf_add_c(to, "\" y=\"");
  svg_number(to, y);
  buf_add_c(to, "\" width=\"");
  svg_number(to, width);
  buf_add_c(to, "\" height=\"");
  svg_number(to, height);
  buf_add_c(to, "\" viewBox=\"");
  const double box[] = {from_x, from_y, width, height};
  for (int i = 0; i < 4; i++) {
    if (i) buf_add_byte(to, ' ');
    svg_number(to, box[i]);
  }
  buf_printf(to, "\"><use href=\"#%s\"/></svg>", id);
}

static void text_at(Buf *to, const char *classes, double x, double y, Str text) {
  buf_printf(to, "<text class=\"%s\" x=\"", classes);
  svg_number(to, x);
  buf_add_c(to, "\" y=\"");
  svg_number(to, y);
  buf_add_c(to, "\">");
  svg_escape(to, text);
  buf_add_c(to, "</text>");
}

/* The title of a stage whose first step stands on an earlier sheet. */
static void continued(Buf *to, const Layout *layout, const Sheet *sheet, double y) {
  for (uint32_t i = 0; i < layout->view->stage_count; i++) {
    const LayoutStage *stage = &layout->stages[i];
    if (stage->x >= sheet->x - 1 || stage->x + stage->width <= sheet->x + 1) continue;
    text_at(to, "st", layout->label_width + 12, y + 33, layout->view->stages[i].title);
    text_at(to, "sm mu", layout->label_width + 12, y + 54, STR("continued"));
  }
}

static void draw_sheet(Buf *to, const Sheets *s, const Sheet *sheet, size_t number, Arena *arena) {
  const Layout *layout = s->layout;
  double y0 = lane_top(layout, sheet->first_lane), height = lane_top(layout, sheet->end_lane) - y0;
  double y = sheet->head ? s->head->height * head_scale(s) + 30 : STRIP,
         grow = fmax(1, (height + 1) / fmax(1, map_height(s, sheet->head)));
  if (!sheet->width || grow < 1) grow = 1;
  buf_add_c(to, "<svg class=\"sheet\" viewBox=\"0 0 ");
  svg_number(to, grow > 1.002 ? s->width * grow : s->width);
  buf_add_byte(to, ' ');
  svg_number(to, grow > 1.002 ? s->height * grow : s->height);
  buf_add_c(to, "\" preserveAspectRatio=\"xMidYMin\">");
  Str count = arena_format(arena, "%zu / %zu", number, s->sheets.len);
  if (sheet->head) {
    buf_add_c(to, "<g transform=\"scale(");
    buf_number(to, head_scale(s), 4);
    buf_add_c(to, ")\"><use href=\"#head\"/></g>");
  } else {
    text_at(to, "la", 0, 13, layout->view->title);
    text_at(to, "sm mu e", s->width, 13, count);
  }
  if (sheet->width > 0) {
    window(to, "top", layout->label_width, y, sheet->x, 0, sheet->width, layout->top_height);
    continued(to, layout, sheet, y);
    y += layout->top_height;
    window(to, "labels", 0, y, 0, y0, layout->label_width, height);
    window(to, "body", layout->label_width, y, sheet->x, y0, sheet->width, height);
  }
  if (s->legend->count) {
    buf_add_c(to, "<g transform=\"translate(0 ");
    svg_number(to, s->height * grow - s->legend->height);
    buf_add_c(to, ")\"><use href=\"#legend\"/></g>");
  }
  buf_add_c(to, "</svg>\n");
}

void html_sheets(Buf *to, const Layout *layout, const Block *head, const Block *legend) {
  Arena *arena = arena_new();
  Sheets s = {.layout = layout, .head = head, .legend = legend};
  cut(&s);
  buf_add_c(to, "<div class=\"sheets\" aria-hidden=\"true\">\n");
  for (size_t i = 0; i < s.sheets.len; i++) draw_sheet(to, &s, &s.sheets.at[i], i + 1, arena);
  buf_add_c(to, "</div>\n");
  vec_free(&s.sheets);
  arena_free(arena);
}
