/* Sheets of A3: windows onto the drawing, cut between stages, steps and lanes, the labels and stages repeated in each.
 */
#include <math.h>
#include <stdlib.h>

#include "base/vec.h"
#include "text/measure.h"
#include "write/html_parts.h"

#define SHEET_RATIO (280.0 / 404.0) /* height to width of what the margins leave */
#define SHEET_WIDEST 2200.0         /* at 404 mm what is 13 high is just below 7 points */
#define SHEET_NARROWEST 1140.0      /* and there it is 13 points */
#define SHEET_TRIES 28
#define FOOT 36.0 /* for the title, the legend and the number */
#define BELOW_HEAD 40.0
#define BETWEEN 44.0       /* windows that stand on one sheet */
#define COVER_WIDTH 1500.0 /* what a cover is laid out for */

/* A range of columns, with all lanes or some. */
typedef struct {
  double x, width; /* of the body */
  uint32_t first_lane, end_lane;
} Window;

typedef struct {
  const Layout *layout;
  const Block *head, *overview, *legend, *plan; /* plan: the last of all; may be empty */
  double width, height;                         /* of a sheet, in the drawing's units */
  bool cover; /* head and overview on a sheet of their own; else all is on one sheet */
  VEC(Window) windows;
  VEC(size_t) sheets; /* the first window of each */
} Sheets;

/* ---- cutting ---- */

static double lane_top(const Layout *layout, uint32_t lane) {
  return lane < layout->view->lane_count ? layout->lanes[lane].y - LAYOUT_LANE_PAD - layout->lanes[lane].rule
                                         : layout->body_height;
}

static double lanes_height(const Layout *layout, uint32_t from, uint32_t to) {
  return lane_top(layout, to) - lane_top(layout, from);
}

static double window_height(const Sheets *s, size_t i) {
  return s->layout->top_height + lanes_height(s->layout, s->windows.at[i].first_lane, s->windows.at[i].end_lane);
}

static double head_scale(const Sheets *s) { return fmin(s->width / s->head->width, 1.6); }
static double head_height(const Sheets *s) { return s->head->height * head_scale(s) + BELOW_HEAD; }
static double foot(const Sheets *s) { return fmax(FOOT, s->legend->height + 20); }
static double room(const Sheets *s) { return s->height - foot(s); }

/* The lanes of one range of columns, in as many windows as they need. */
static void cut_lanes(Sheets *s, double x, double width) {
  uint32_t lane = 0, lanes = s->layout->view->lane_count;
  do {
    uint32_t end = lane;
    while (end < lanes && s->layout->top_height + lanes_height(s->layout, lane, end + 1) <= room(s)) end++;
    if (end == lane && lane < lanes) end++; /* higher than a sheet: it will be drawn smaller */
    vec_push(&s->windows, (Window){x, width, lane, end});
    lane = end;
  } while (lane < lanes);
}

/* Whole stages as long as they fit; a stage that is wider than a sheet is cut between its steps. */
static void cut_columns(Sheets *s) {
  const Layout *layout = s->layout;
  double across = s->width - layout->label_width, from = 0, to = 0;
  for (uint32_t i = 0; i < layout->view->stage_count; i++) {
    const LayoutStage *stage = &layout->stages[i];
    if (stage->x + stage->width - from <= across) {
      to = stage->x + stage->width;
      continue;
    }
    if (to > from) cut_lanes(s, from, to - from);
    from = to = stage->x;
    const ViewStage *view = &layout->view->stages[i];
    for (uint32_t k = view->first_step; k < view->first_step + view->step_count; k++) {
      double end = layout->steps[k].x + layout->steps[k].width;
      if (end - from > across && to > from) cut_lanes(s, from, to - from), from = to;
      to = end;
    }
    to = fmax(to, stage->x + stage->width);
  }
  if (to > from || s->windows.len == 0) cut_lanes(s, from, to - from);
}

/* Windows that are low stand on one sheet, one under the other. */
static void gather(Sheets *s) {
  double used = 0;
  for (size_t i = 0; i < s->windows.len; i++) {
    double height = window_height(s, i);
    bool fits = i > 0 && used + BETWEEN + height <= room(s);
    used = fits ? used + BETWEEN + height : height;
    if (!fits) vec_push(&s->sheets, i);
  }
}

static int by_lane(const void *left, const void *right) {
  const Window *a = left, *b = right;
  if (a->first_lane != b->first_lane) return a->first_lane < b->first_lane ? -1 : 1;
  return a->x < b->x ? -1 : a->x > b->x;
}

/* Where all columns leave a few lanes over, those stand together on a sheet, instead of each alone on one. */
static void gather_rests(Sheets *s) {
  size_t before = s->sheets.len, count = s->windows.len;
  if (before < 3) return;
  Window *as_cut = mem_alloc(count * sizeof *as_cut);
  memcpy(as_cut, s->windows.at, count * sizeof *as_cut);
  qsort(s->windows.at, count, sizeof *s->windows.at, by_lane);
  s->sheets.len = 0;
  gather(s);
  if (s->sheets.len >= before) {
    memcpy(s->windows.at, as_cut, count * sizeof *as_cut);
    s->sheets.len = 0;
    gather(s);
  }
  free(as_cut);
}

static void cut_at(Sheets *s, double width) {
  s->width = width;
  s->height = width * SHEET_RATIO;
  s->windows.len = s->sheets.len = 0;
  cut_columns(s);
  gather(s);
  gather_rests(s);
  double all = head_height(s);
  for (size_t i = 0; i < s->windows.len; i++) all += window_height(s, i) + (i ? BETWEEN : 0);
  s->cover = all > room(s);
}

/* The width that needs the fewest sheets; among those the narrowest, which prints largest. */
static void cut(Sheets *s) {
  double best = SHEET_WIDEST;
  size_t fewest = SIZE_MAX;
  for (int i = 0; i <= SHEET_TRIES; i++) {
    double width = SHEET_WIDEST - (SHEET_WIDEST - SHEET_NARROWEST) * i / SHEET_TRIES;
    cut_at(s, width);
    size_t count = s->sheets.len + s->cover;
    if (count <= fewest) fewest = count, best = width;
  }
  cut_at(s, best);
}

/* ---- drawing ---- */

static void show(Buf *to, const char *id, double x, double y, double from_x, double from_y, double width,
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

/* The title of a stage whose first step stands in an earlier window. */
static void continued(Buf *to, const Layout *layout, const Window *window, double y) {
  for (uint32_t i = 0; i < layout->view->stage_count; i++) {
    const LayoutStage *stage = &layout->stages[i];
    if (stage->x >= window->x - 1 || stage->x + stage->width <= window->x + 1) continue;
    text_at(to, "st", layout->label_width + 12, y + 33, layout->view->stages[i].title);
    text_at(to, "sm mu", layout->label_width + 12, y + 54, STR("continued"));
  }
}

static double legend_width(const Block *legend) {
  double width = 0;
  for (size_t i = 0; i < legend->count; i++)
    if (legend->marks[i].kind == MARK_TEXT)
      width = fmax(width, legend->marks[i].x + legend->marks[i].lines.width * 1.08);
  return width;
}

static double plan_scale(const Sheets *s) { return fmin(s->width / s->plan->width, 1.6); }

static size_t end_of_sheet(const Sheets *s, size_t sheet) {
  return sheet + 1 < s->sheets.len ? s->sheets.at[sheet + 1] : s->windows.len;
}

/* How much of the sheet is used by the windows, and by the head where it stands there. */
static double used_height(const Sheets *s, size_t sheet) {
  double height = s->cover ? 0 : head_height(s);
  for (size_t i = s->sheets.at[sheet]; i < end_of_sheet(s, sheet); i++)
    height += window_height(s, i) + (i > s->sheets.at[sheet] ? BETWEEN : 0);
  return height;
}

/* On the last sheet where there is room, else on one of its own. */
static bool plan_fits(const Sheets *s) {
  return used_height(s, s->sheets.len - 1) + BETWEEN + s->plan->height * plan_scale(s) <= room(s);
}

/* The sheets of the map itself, and that of the plan. */
static size_t map_sheets(const Sheets *s) { return s->sheets.len + s->cover + (s->plan->count > 0 && !plan_fits(s)); }

static size_t sheet_count(const Sheets *s) { return map_sheets(s) + s->layout->view->flow_count; }

/* At the foot of a sheet: the title of the map, the legend, the number of the sheet. */
static void draw_foot(Buf *to, const Sheets *s, size_t number, double width, double height, Arena *arena) {
  size_t count = sheet_count(s);
  double legend = legend_width(s->legend), title = text_width(s->layout->view->title, 13, true) * 1.08;
  bool titled = title + legend + 160 < width;
  if (titled) text_at(to, "la", 0, height - 6, s->layout->view->title);
  if (count > 1) text_at(to, "sm mu e", width, height - 6, arena_format(arena, "Sheet %zu of %zu", number, count));
  if (s->legend->count == 0) return;
  svg_group(to, "", STR(""), titled ? width - legend - 120 : 0, height - s->legend->height);
  buf_add_c(to, "<use href=\"#legend\"/></g>");
}

/* `needed` may be higher than a sheet; then all of it is drawn smaller. */
static void open_sheet(Buf *to, const Sheets *s, double needed, size_t number, Arena *arena) {
  double grow = fmax(1, needed / s->height);
  buf_add_c(to, "<svg class=\"sheet\" viewBox=\"0 0 ");
  svg_number(to, s->width * grow);
  buf_add_byte(to, ' ');
  svg_number(to, s->height * grow);
  buf_add_c(to, "\" preserveAspectRatio=\"xMinYMin\">");
  draw_foot(to, s, number, s->width * grow, s->height * grow, arena);
}

static void open_scaled(Buf *to, double scale) {
  buf_add_c(to, "<g transform=\"scale(");
  buf_number(to, scale, 4);
  buf_add_c(to, ")\">");
}

static void draw_cover(Buf *to, const Sheets *s, Arena *arena) {
  double head_scale = COVER_WIDTH / s->head->width, below = s->head->height * head_scale + BELOW_HEAD;
  double height = below + s->overview->height;
  double scale = fmin(s->width / COVER_WIDTH, (s->height - foot(s)) / height); /* however much there is to say */
  open_sheet(to, s, 0, 1, arena);
  open_scaled(to, scale);
  open_scaled(to, head_scale);
  buf_add_c(to, "<use href=\"#head\"/></g>");
  svg_group(to, "", STR(""), 0, below);
  svg_block(to, s->overview);
  buf_add_c(to, "</g></g></svg>\n");
}

static void draw_window(Buf *to, const Layout *layout, const Window *window, double y) {
  double from = lane_top(layout, window->first_lane),
         height = lanes_height(layout, window->first_lane, window->end_lane);
  show(to, "top", layout->label_width, y, window->x, 0, window->width, layout->top_height);
  continued(to, layout, window, y);
  y += layout->top_height;
  show(to, "labels", 0, y, 0, from, layout->label_width, height);
  show(to, "body", layout->label_width, y, window->x, from, window->width, height);
}

static void draw_plan_at(Buf *to, double y, double scale) {
  svg_group(to, "", STR(""), 0, y);
  open_scaled(to, scale);
  buf_add_c(to, "<use href=\"#plan\"/></g></g>");
}

static void draw_sheet(Buf *to, const Sheets *s, size_t sheet, Arena *arena) {
  double y = s->cover ? 0 : head_height(s), height = used_height(s, sheet);
  open_sheet(to, s, height + foot(s), sheet + 1 + s->cover, arena);
  if (!s->cover) {
    open_scaled(to, head_scale(s));
    buf_add_c(to, "<use href=\"#head\"/></g>");
  }
  for (size_t i = s->sheets.at[sheet]; i < end_of_sheet(s, sheet); i++) {
    draw_window(to, s->layout, &s->windows.at[i], y);
    y += window_height(s, i) + BETWEEN;
  }
  if (sheet + 1 == s->sheets.len && s->plan->count > 0 && plan_fits(s)) draw_plan_at(to, y, plan_scale(s));
  buf_add_c(to, "</svg>\n");
}

/* As large as it goes, all of it on one sheet. */
static void draw_flow(Buf *to, const Sheets *s, const Block *flow, uint32_t number, Arena *arena) {
  double scale = fmin(s->width / flow->width, (s->height - FOOT - BELOW_HEAD) / flow->height);
  buf_add_c(to, "<svg class=\"sheet\" viewBox=\"0 0 ");
  svg_number(to, s->width);
  buf_add_byte(to, ' ');
  svg_number(to, s->height);
  buf_add_c(to, "\" preserveAspectRatio=\"xMinYMin\">");
  text_at(to, "st", 0, 20, arena_format(arena, STR_FMT ": where clients go", STR_ARG(s->layout->view->title)));
  svg_group(to, "", STR(""), 0, BELOW_HEAD);
  open_scaled(to, fmin(scale, 1.6));
  buf_printf(to, "<use href=\"#flow-%u\"/></g></g></svg>\n", number);
}

static void draw_plan(Buf *to, const Sheets *s, Arena *arena) {
  if (s->plan->count == 0 || plan_fits(s)) return;
  open_sheet(to, s, 0, map_sheets(s), arena);
  draw_plan_at(to, 0, fmin(s->width / s->plan->width, room(s) / s->plan->height));
  buf_add_c(to, "</svg>\n");
}

void html_sheets(Buf *to, const Layout *layout, const Block *head, const Block *legend, const Block *flows,
                 const Block *plan) {
  Arena *arena = arena_new();
  Block overview = layout_overview(layout, COVER_WIDTH, arena);
  Sheets s = {.layout = layout, .head = head, .overview = &overview, .legend = legend, .plan = plan};
  cut(&s);
  buf_add_c(to, "<div class=\"sheets\" aria-hidden=\"true\">\n");
  if (s.cover) draw_cover(to, &s, arena);
  for (size_t i = 0; i < s.sheets.len; i++) draw_sheet(to, &s, i, arena);
  draw_plan(to, &s, arena);
  for (uint32_t i = 0; i < layout->view->flow_count; i++) draw_flow(to, &s, &flows[i], i, arena);
  buf_add_c(to, "</div>\n");
  vec_free(&s.windows);
  vec_free(&s.sheets);
  arena_free(arena);
}
