/* The emotion lane: the curve, its points, and at each point the value and the word, above or below the curve where it
 * leaves room. */
#include <math.h>

#include "view/curve.h"
#include "view/place.h"

#define PLOT LAYOUT_PLOT /* height of the scale */
#define CLEAR 13.0       /* between a text and the curve or its point */
#define EDGE 2.0
#define INSIDE 56.0

typedef struct {
  double x, y, left, right; /* the point; the edges of its column */
  uint32_t step;
} Point;

typedef struct {
  Layout *layout;
  Arena *arena;
  Point *points;
  double *x, *y, *slopes;
  size_t count;
  bool any_source;
  ActorCurves actors;
} Emotion;

/* The texts of a point, their top at 0, centred on x = 0. */
static Block words(const Emotion *emotion, const ViewStep *step, double width) {
  Place place = place_new(emotion->layout, emotion->arena, width);
  Ink ink = step->emotion > 0.05 ? I_GOOD : step->emotion < -0.05 ? I_BAD : I_MUTED;
  Str value = step->emotion_label;
  if (step->lowest || step->highest)
    value =
        arena_format(emotion->arena, STR_FMT " · %s", STR_ARG(value), step->lowest ? "Lowest point" : "Highest point");
  double y = place_text_at(&place, value, T_EMOTION, ink, ANCHOR_MIDDLE, 0, 0, width);
  if (step->emotion_text.len)
    place_claim(&place, step->emotion_text, step->emotion_sources, T_BODY, I_INK, ANCHOR_MIDDLE, 0, y, width);
  else if (place.marks.len) place.marks.at[0].sources = step->emotion_sources;
  for (size_t i = 0; i < place.marks.len; i++) place.marks.at[i].halo = step->moment_of_truth ? I_TINT : I_PAPER;
  return place_done(&place);
}

/* The least (or greatest) y of the run's curve within half a text's width around x. */
static double extreme(const Emotion *e, size_t from, size_t to, double left, double right, bool least) {
  double best = least ? INFINITY : -INFINITY;
  for (int i = 0; i <= 24; i++) {
    double x = left + (right - left) * i / 24;
    if (x < e->x[from] - 8 || x > e->x[to - 1] + 8) continue;
    double y = curve_at(e->x + from, e->y + from, e->slopes + from, to - from, x);
    if (least ? y < best : y > best) best = y;
  }
  return best;
}

static double widest(const Block *block) {
  double width = 0;
  for (size_t i = 0; i < block->count; i++)
    if (block->marks[i].lines.width > width) width = block->marks[i].lines.width;
  return width * 1.08;
}

/* Puts the words of point i where they are nearest to it; returns their top. */
static double words_top(const Emotion *e, size_t i, size_t from, size_t to, const Block *block) {
  double half = widest(block) / 2 + 4, x = e->x[i];
  double above = extreme(e, from, to, x - half, x + half, true),
         below = extreme(e, from, to, x - half, x + half, false);
  above = actor_extreme(&e->actors, x - half, x + half, true, above);
  below = actor_extreme(&e->actors, x - half, x + half, false, below);
  const ViewStep *step = &e->layout->view->steps[e->points[i].step];
  if (step->had_emotion) { /* the curve of before has its point in the same column */
    double before = (1 - fmax(-1, fmin(1, step->emotion_before))) / 2 * PLOT;
    above = fmin(above, before - 4);
    below = fmax(below, before + 4);
  }
  double up = e->y[i] - above, down = below - e->y[i];
  /* Words stand outside of the curve, away from the middle of the scale, unless that were far away from their point. */
  if (e->y[i] <= PLOT / 2) down += INSIDE;
  if (e->y[i] > PLOT / 2) up += INSIDE;
  return up <= down ? above - CLEAR - block->height : below + CLEAR;
}

void curve_path(Buf *path, const double *x, const double *y, const double *slopes, size_t count) {
  buf_printf(path, "M%.1f %.1f", x[0], y[0]);
  for (size_t i = 0; i + 1 < count; i++) {
    double third = (x[i + 1] - x[i]) / 3;
    buf_printf(path, "C%.1f %.1f %.1f %.1f %.1f %.1f", x[i] + third, y[i] + slopes[i] * third, x[i + 1] - third,
               y[i + 1] - slopes[i + 1] * third, x[i + 1], y[i + 1]);
  }
}

typedef struct {
  VEC(double) x, y;
} Curve;

static void place_dashed(Place *place, const Curve *curve) {
  size_t count = curve->x.len;
  if (count < 2) return;
  double *slopes = ARENA_ARRAY(place->arena, double, count);
  Buf path = {0};
  curve_slopes(curve->x.at, curve->y.at, count, slopes);
  curve_path(&path, curve->x.at, curve->y.at, slopes, count);
  place_path(place, LOOK_DASHED, I_MUTED, buf_take(&path, place->arena));
}

void place_curve(Place *place, const double *x, const double *y, const double *slopes, size_t count, double middle) {
  if (count < 2) return;
  Buf path = {0};
  curve_path(&path, x, y, slopes, count);
  Str line = arena_copy(place->arena, buf_str(&path));
  buf_printf(&path, "V%.1fH%.1fZ", middle, x[0]);
  place_path(place, LOOK_AREA, I_INK, buf_take(&path, place->arena));
  place_path(place, LOOK_CURVE, I_INK, line);
}

static size_t run_end(const Emotion *e, size_t from) {
  size_t to = from + 1;
  while (to < e->count &&
         e->layout->view->steps[e->points[to].step].number == e->layout->view->steps[e->points[to - 1].step].number + 1)
    to++;
  return to;
}

static void collect(Emotion *e) {
  const View *view = e->layout->view;
  e->points = ARENA_ARRAY(e->arena, Point, view->step_count);
  e->x = ARENA_ARRAY(e->arena, double, 3 * (size_t)view->step_count);
  e->y = e->x + view->step_count;
  e->slopes = e->y + view->step_count;
  for (uint32_t i = 0; i < view->step_count; i++) {
    const ViewStep *step = &view->steps[i];
    if (step->has_emotion && step->emotion_source.len) e->any_source = true;
    if (!step->has_emotion) continue;
    const LayoutStep *column = &e->layout->steps[i];
    double value = fmax(-1, fmin(1, step->emotion));
    e->x[e->count] = column->x + column->width / 2;
    e->y[e->count] = (1 - value) / 2 * PLOT;
    e->points[e->count++] = (Point){.step = i};
  }
}

static void draw_scale(Place *place, const Layout *layout) {
  for (uint32_t i = 0; i < layout->view->stage_count; i++) {
    const LayoutStage *stage = &layout->stages[i];
    if (stage->width == 0) continue;
    place_line(place, LOOK_STROKE, I_HAIR, stage->x, 0, stage->width, 0);
    place_line(place, LOOK_STROKE, I_RULE, stage->x, PLOT / 2, stage->width, 0);
    place_line(place, LOOK_STROKE, I_HAIR, stage->x, PLOT, stage->width, 0);
  }
}

static void draw_points(Place *place, const Emotion *e) {
  for (size_t i = 0; i < e->count; i++) {
    const ViewStep *step = &e->layout->view->steps[e->points[i].step];
    Ink ink = step->emotion > 0.05 ? I_GOOD : step->emotion < -0.05 ? I_BAD : I_MUTED;
    if (step->lowest || step->highest) place_circle(place, LOOK_STROKE, ink, e->x[i], e->y[i], 9.5);
    place_circle(place, e->any_source && step->emotion_source.len == 0 ? LOOK_POINT : LOOK_FILL, ink, e->x[i], e->y[i],
                 5.5);
    place->marks.at[place->marks.len - 1].tip = step->emotion_source;
  }
}

void place_before(Place *place, double width) {
  const Layout *layout = place->layout;
  const View *view = layout->view;
  Curve curve = {0};
  for (uint32_t i = 0; i <= view->step_count; i++) {
    const ViewStep *step = i < view->step_count ? &view->steps[i] : NULL;
    if (step && step->had_emotion) {
      double value = fmax(-1, fmin(1, step->emotion_before));
      vec_push(&curve.x, (layout->steps[i].x + layout->steps[i].width / 2) / layout->body_width * width);
      vec_push(&curve.y, (1 - value) / 2 * PLOT);
      if (!step->has_emotion || fabs(value - step->emotion) > 0.02)
        place_circle(place, LOOK_STROKE, I_MUTED, curve.x.at[curve.x.len - 1], curve.y.at[curve.y.len - 1], 3);
    } else if (!step || step->state != 2) {
      place_dashed(place, &curve);
      curve.x.len = curve.y.len = 0;
    }
  }
  vec_free(&curve.x);
  vec_free(&curve.y);
}

static double column_middle(const Layout *layout, uint32_t step, double width) {
  (void)width;
  return layout->steps[step].x + layout->steps[step].width / 2;
}

/* Names and values find room between the curves and the words that are there already. */
static void draw_actors(Place *place, Emotion *e, const Block *texts, const double *tops) {
  Room room = room_new(e->layout->body_width, e->arena);
  Point2 end = {0};
  for (size_t from = 0; from < e->count; from = run_end(e, from))
    room_take_curve(&room, e->x + from, e->y + from, e->slopes + from, run_end(e, from) - from);
  for (size_t i = 0; i < e->actors.len; i++) {
    const ActorCurve *run = &e->actors.at[i];
    room_take_curve(&room, run->x, run->y, run->slopes, run->count);
  }
  for (size_t i = 0; i < e->count; i++) {
    double half = widest(&texts[i]) / 2;
    room_take(&room, e->x[i] - half, tops[i], e->x[i] + half, tops[i] + texts[i].height, true);
    end = (Point2){e->x[i], e->y[i]};
  }
  place_actor_names(place, &e->actors, &room, e->count ? &end : NULL);
  place_actor_values(place, &e->actors, &room);
  room_free(&room);
}

/* The lane's block: all that was drawn, with its top at 0. */
static void finish(Layout *layout, Place *drawn, Place *labels, double top, double bottom, Arena *arena) {
  Block all = place_done(drawn), names = place_done(labels);
  Place moved = place_new(layout, arena, layout->body_width), beside = place_new(layout, arena, layout->label_width);
  place_block(&moved, &all, 0, -top);
  place_block(&beside, &names, 0, -top);
  layout->emotion = place_done(&moved);
  layout->actor_names = place_done(&beside);
  layout->emotion.height = bottom - top;
  layout->emotion_high = -top;
  layout->emotion_low = PLOT - top;
  layout->lanes[layout->emotion_lane].height = bottom - top;
}

void layout_emotion(Layout *layout, Arena *arena) {
  Emotion e = {.layout = layout, .arena = arena, .actors = actor_curves(layout, column_middle, 0, arena)};
  collect(&e);
  Place place = place_new(layout, arena, layout->body_width), labels = place_new(layout, arena, layout->label_width);
  double top = -14, bottom = PLOT + 14;
  draw_scale(&place, layout);
  if (layout->view->compared) place_before(&place, layout->body_width);
  Block *texts = ARENA_ARRAY(arena, Block, e.count);
  double *tops = ARENA_ARRAY(arena, double, e.count);
  for (size_t from = 0; from < e.count; from = run_end(&e, from)) {
    size_t to = run_end(&e, from);
    curve_slopes(e.x + from, e.y + from, to - from, e.slopes + from);
    place_curve(&place, e.x + from, e.y + from, e.slopes + from, to - from, PLOT / 2);
    for (size_t i = from; i < to; i++) {
      const LayoutStep *column = &layout->steps[e.points[i].step];
      texts[i] = words(&e, &layout->view->steps[e.points[i].step], column->width - 16);
      tops[i] = words_top(&e, i, from, to, &texts[i]);
      top = fmin(top, tops[i] - EDGE);
      bottom = fmax(bottom, tops[i] + texts[i].height + EDGE);
    }
  }
  place_actor_curves(&place, &e.actors);
  draw_points(&place, &e);
  for (size_t i = 0; i < e.count; i++) place_block(&place, &texts[i], e.x[i], tops[i]);
  if (e.actors.len) {
    size_t first = place.marks.len;
    draw_actors(&place, &e, texts, tops);
    for (size_t i = first; i < place.marks.len; i++) top = fmin(top, place.marks.at[i].y - 20);
    bottom = place_actor_rows(&place, &labels, fmax(bottom, place.height) + 14) - 12;
  }
  finish(layout, &place, &labels, top, bottom, arena);
  vec_free(&e.actors);
}
