#include "write/thumbnail.h"

#include "base/vec.h"
#include "view/curve.h"
#include "write/terminal_curve.h"
#include "write/terminal_grid.h"

enum { CURVE_ROWS = 3, NARROWEST = 2, WIDEST = 12 };

typedef struct {
  const View *view;
  int indentation, pitch; /* columns of a step */
  bool ascii;
  Arena *arena;
  Buf *to;
} Thumbnail;

static void end_line(const Thumbnail *t) {
  while (t->to->len > 0 && t->to->at[t->to->len - 1] == ' ') t->to->len--;
  buf_add_byte(t->to, '\n');
}

static Points curve_points(const Thumbnail *t) {
  const View *view = t->view;
  double *x = ARENA_ARRAY(t->arena, double, view->step_count), *y = ARENA_ARRAY(t->arena, double, view->step_count);
  double *slopes = ARENA_ARRAY(t->arena, double, view->step_count);
  size_t count = 0;
  for (uint32_t i = 0; i < view->step_count; i++)
    if (view->steps[i].has_emotion) x[count] = i + 0.5, y[count++] = view->steps[i].emotion;
  if (count > 0) curve_slopes(x, y, count, slopes);
  return (Points){x, y, slopes, count};
}

static void put_curve(const Thumbnail *t) {
  Points points = curve_points(t);
  if (points.count == 0) return;
  CurvePicture picture = curve_draw(t->arena, points, 0, t->view->step_count, t->pitch, CURVE_ROWS, t->ascii);
  for (int row = 0; row < picture.height; row++) {
    buf_repeat(t->to, STR(" "), (size_t)t->indentation);
    for (int i = 0; i < picture.width; i++) {
      uint32_t cell = picture.cells[row * picture.width + i];
      if (cell) curve_put(t->to, cell);
      else buf_add_byte(t->to, ' ');
    }
    end_line(t);
  }
}

/* A mark below each step of which the lane says something. */
static void put_lane(const Thumbnail *t, const ViewLane *lane) {
  buf_repeat(t->to, STR(" "), (size_t)t->indentation);
  for (uint32_t i = 0; i < t->view->step_count; i++) {
    buf_repeat(t->to, STR(" "), (size_t)(t->pitch - 1) / 2);
    buf_add_c(t->to, lane->cells[i].count == 0 ? " " : t->ascii ? "#" : "\xE2\x96\xAA");
    buf_repeat(t->to, STR(" "), (size_t)(t->pitch / 2));
  }
  buf_printf(t->to, " " STR_FMT, STR_ARG(grid_text(t->arena, lane->title, t->ascii)));
  end_line(t);
}

static void put_stage(const Thumbnail *t, const ViewStage *stage) {
  int room = t->pitch * (int)stage->step_count;
  Str *lines;
  grid_wrap(t->arena, grid_text(t->arena, stage->title, t->ascii), room > 2 ? room - 2 : 1, &lines);
  buf_add(t->to, t->ascii ? STR("|") : STR("\xE2\x94\x94"));
  buf_add(t->to, lines[0]);
  for (int used = 1 + grid_columns(lines[0]); used < room; used++) buf_add_byte(t->to, ' ');
}

void thumbnail_write(const View *view, int indentation, int width, bool ascii, Buf *to) {
  if (view->step_count == 0) return;
  int pitch = width / (int)view->step_count;
  Thumbnail t = {.view = view, .indentation = indentation, .ascii = ascii, .arena = arena_new(), .to = to};
  t.pitch = pitch < NARROWEST ? NARROWEST : pitch > WIDEST ? WIDEST : pitch;
  put_curve(&t);
  buf_repeat(to, STR(" "), (size_t)indentation);
  for (uint32_t i = 0; i < view->stage_count; i++) put_stage(&t, &view->stages[i]);
  end_line(&t);
  for (uint32_t i = 0; view->shape == SHAPE_BLUEPRINT && i < view->lane_count; i++)
    if (view->lanes[i].line.len > 0 && view->lanes[i].cells) put_lane(&t, &view->lanes[i]);
  arena_free(t.arena);
}
