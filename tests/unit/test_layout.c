/* Layout: colours that can be read, a curve that stays on the scale, cells that hold what is in them. */
#include "check.h"

#include <math.h>
#include <stdlib.h>

#include "sample_view.h"
#include "text/measure.h"
#include "view/curve.h"
#include "view/layout.h"
#include "write/html.h"
#include "write/svg.h"

/* ---- colours ---- */

static const Ink grounds[] = {I_PAPER, I_BAND, I_TINT, I_CHIP};

static void check_ink(Ink ink, double least) {
  for (size_t i = 0; i < sizeof grounds / sizeof *grounds; i++) {
    double light = contrast(ink_row(ink)->light, ink_row(grounds[i])->light);
    double dark = contrast(ink_row(ink)->dark, ink_row(grounds[i])->dark);
    CHECK(light >= least);
    CHECK(dark >= least);
    if (light < least || dark < least)
      fprintf(stderr, "%s on %s: %.2f, %.2f\n", ink_row(ink)->name, ink_row(grounds[i])->name, light, dark);
  }
}

static void check_palette(void) {
  CHECK(fabs(contrast(0x000000, 0xFFFFFF) - 21) < 0.01);
  static const Ink written[] = {I_INK, I_MUTED, I_GOOD, I_FAIR, I_SEVERE, I_BAD, I_ACCENT, I_MOMENT};
  for (size_t i = 0; i < sizeof written / sizeof *written; i++) check_ink(written[i], 4.5);
  check_ink(I_RULE, 3);
  CHECK(contrast(ink_row(I_PAPER)->light, ink_row(I_ACCENT)->light) >= 4.5); /* the initials */
  CHECK(contrast(ink_row(I_PAPER)->dark, ink_row(I_ACCENT)->dark) >= 4.5);
}

static void check_teams(void) {
  unsigned seed = 3;
  for (int i = 0; i < 2000; i++) {
    uint32_t colour = (uint32_t)rand_r(&seed) & 0xFFFFFF;
    for (size_t g = 0; g < sizeof grounds / sizeof *grounds; g++) {
      CHECK(contrast(readable(colour, false), ink_row(grounds[g])->light) >= 4.5);
      CHECK(contrast(readable(colour, true), ink_row(grounds[g])->dark) >= 4.5);
    }
  }
}

/* ---- the curve ---- */

static void check_curve(void) {
  unsigned seed = 11;
  double x[40], y[40], slopes[40];
  for (int round = 0; round < 2000; round++) {
    size_t count = 1 + (size_t)rand_r(&seed) % 40;
    for (size_t i = 0; i < count; i++) {
      x[i] = (i ? x[i - 1] : 0) + 1 + rand_r(&seed) % 200;
      y[i] = rand_r(&seed) % 5 / 2.0 - 1;
    }
    curve_slopes(x, y, count, slopes);
    for (size_t i = 0; i + 1 < count; i++)
      for (int t = 0; t <= 20; t++) {
        double at = curve_at(x, y, slopes, count, x[i] + (x[i + 1] - x[i]) * t / 20);
        CHECK(at >= fmin(y[i], y[i + 1]) - 1e-9 && at <= fmax(y[i], y[i + 1]) + 1e-9);
      }
  }
}

/* ---- places ---- */

static bool fits(const Block *block, double width) {
  bool all = true;
  for (size_t i = 0; i < block->count; i++) {
    const Mark *mark = &block->marks[i];
    if (mark->kind != MARK_TEXT) continue;
    double wide = mark->lines.width, left = mark->anchor == ANCHOR_MIDDLE             ? mark->x - wide / 2
                                            : mark->rtl || mark->anchor == ANCHOR_END ? mark->x - wide
                                                                                      : mark->x;
    double last = mark->y + mark->leading * (double)(mark->lines.count - 1);
    all = all && left >= -0.01 && left + wide <= width + 0.01 && last <= block->height + 0.01;
  }
  return all;
}

static void check_cells(const Layout *layout) {
  const View *view = layout->view;
  for (uint32_t s = 0; s < view->step_count; s++) {
    const LayoutStep *step = &layout->steps[s];
    CHECK(fits(&step->title, step->width - 2 * LAYOUT_PAD));
    CHECK(layout->step_top + step->title.height <= layout->top_height);
    CHECK(s == 0 || step->x >= layout->steps[s - 1].x + layout->steps[s - 1].width);
    for (uint32_t i = 0; i < view->lane_count; i++) {
      CHECK(fits(&step->cells[i], step->width - 2 * LAYOUT_PAD));
      CHECK(step->cells[i].height <= layout->lanes[i].height);
    }
  }
  for (uint32_t i = 1; i < view->lane_count; i++)
    CHECK(layout->lanes[i].y > layout->lanes[i - 1].y + layout->lanes[i - 1].height);
}

static void check_emotion(const Layout *layout) {
  CHECK(layout->emotion_lane == 3);
  for (size_t i = 0; i < layout->emotion.count; i++) {
    const Mark *mark = &layout->emotion.marks[i];
    if (mark->kind == MARK_CIRCLE)
      CHECK(mark->y >= layout->emotion_high - 0.01 && mark->y <= layout->emotion_low + 0.01);
    if (mark->kind == MARK_TEXT) CHECK(mark->y > 0 && mark->y < layout->emotion.height);
  }
}

static void check_head(const Layout *layout, Arena *arena) {
  for (double width = 900; width < 6000; width += 321) {
    Block head = layout_head(layout, width, arena);
    CHECK(fits(&head, width));
    Block legend = layout_legend(layout, width, arena);
    CHECK(fits(&legend, width));
  }
}

/* ---- writing ---- */

static Buf written(void (*write)(const View *, Buf *), const View *view) {
  Buf to = {0};
  write(view, &to);
  return to;
}

static void check_writer(void (*write)(const View *, Buf *), const char *opening) {
  View empty = {.title = STR("Nothing yet")}; /* is drawn all the same */
  Buf one = written(write, &sample_view), two = written(write, &sample_view), nothing = written(write, &empty);
  CHECK(str_is(buf_str(&one), buf_str(&two)));
  CHECK(str_starts(buf_str(&one), str_of(opening)));
  CHECK(str_starts(buf_str(&nothing), str_of(opening)));
  buf_add_byte(&one, '\0');
  CHECK(strstr(one.at, "id=\"step-sign\"") && strstr(one.at, "Moment of truth") && !strstr(one.at, "<script"));
  buf_free(&one);
  buf_free(&two);
  buf_free(&nothing);
}

static size_t count_of(const char *text, const char *what) {
  size_t count = 0;
  for (const char *at = text; (at = strstr(at, what)); at++) count++;
  return count;
}

/* Six rich steps are a cover and one sheet. */
static void check_sheets(void) {
  Buf page = written(html_write, &sample_view);
  buf_add_byte(&page, '\0');
  size_t sheets = count_of(page.at, "<svg class=\"sheet\"");
  CHECK(sheets >= 2 && sheets <= 3);
  CHECK(count_of(page.at, "<tr role=\"row\"><th scope=\"row\"") == sample_view.step_count);
  buf_free(&page);
}

int main(void) {
  check_palette();
  check_teams();
  check_curve();
  Arena *arena = arena_new();
  const Layout *layout = layout_new(&sample_view, arena);
  check_cells(layout);
  check_emotion(layout);
  check_head(layout, arena);
  arena_free(arena);
  check_writer(svg_write, "<svg ");
  check_writer(html_write, "<!doctype html>");
  check_sheets();
  return CHECK_DONE();
}
