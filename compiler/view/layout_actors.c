/* The curves of those who go through the steps beside the client: each with its own dash and ink, its name at the end,
 * and what it feels in a row of words below. */
#include <math.h>

#include "text/measure.h"
#include "view/curve.h"
#include "view/place.h"

#define PLOT LAYOUT_PLOT
#define DOT 4.2
#define SAMPLE 6.0 /* how close the points of a curve are looked at */

Ink place_actor_ink(const Layout *layout, const ViewActor *actor) {
  Ink ink = place_team_ink(layout, actor->has_colour, actor->colour);
  return ink == I_MUTED ? I_ACCENT : ink;
}

Look place_actor_look(uint32_t actor) { return (Look)(LOOK_DASH_1 + actor % 3); }

/* ---- the curves ---- */

static ActorCurve curve_of(const Layout *layout, uint32_t actor, ActorX x_of, double width, Arena *arena) {
  const View *view = layout->view;
  double *x = ARENA_ARRAY(arena, double, 3 * (size_t)view->step_count), *y = x + view->step_count;
  double *slopes = y + view->step_count;
  uint32_t *steps = ARENA_ARRAY(arena, uint32_t, view->step_count);
  ActorCurve curve = {.x = x, .y = y, .slopes = slopes, .steps = steps, .actor = actor};
  for (uint32_t step = 0; step < view->step_count; step++) {
    const ViewFeeling *feeling = &view->actors[actor].feelings[step];
    if (view->steps[step].state == 3 || !feeling->has_emotion) continue;
    steps[curve.count] = step;
    x[curve.count] = x_of(layout, step, width);
    y[curve.count++] = (1 - fmax(-1, fmin(1, feeling->emotion))) / 2 * PLOT;
  }
  if (curve.count) curve_slopes(x, y, curve.count, slopes);
  return curve;
}

ActorCurves actor_curves(const Layout *layout, ActorX x_of, double width, Arena *arena) {
  ActorCurves curves = {0};
  for (uint32_t a = 0; a < layout->view->actor_count; a++) {
    ActorCurve curve = curve_of(layout, a, x_of, width, arena);
    if (curve.count) vec_push(&curves, curve);
  }
  return curves;
}

void place_actor_curves(Place *place, const ActorCurves *curves) {
  const View *view = place->layout->view;
  for (size_t i = 0; i < curves->len; i++) {
    const ActorCurve *curve = &curves->at[i];
    Ink ink = place_actor_ink(place->layout, &view->actors[curve->actor]);
    if (curve->count > 1) {
      Buf path = {0};
      curve_path(&path, curve->x, curve->y, curve->slopes, curve->count);
      place_path(place, place_actor_look(curve->actor), ink, buf_take(&path, place->arena));
    }
    for (size_t k = 0; k < curve->count; k++) place_circle(place, LOOK_FILL, ink, curve->x[k], curve->y[k], DOT);
  }
}

double actor_extreme(const ActorCurves *curves, double left, double right, bool least, double best) {
  for (size_t i = 0; i < curves->len; i++) {
    const ActorCurve *curve = &curves->at[i];
    if (right < curve->x[0] - 8 || left > curve->x[curve->count - 1] + 8) continue;
    for (int k = 0; k <= 24; k++) {
      double x = left + (right - left) * k / 24;
      if (x < curve->x[0] - 8 || x > curve->x[curve->count - 1] + 8) continue;
      double y = curve_at(curve->x, curve->y, curve->slopes, curve->count, x);
      if (least ? y < best : y > best) best = y;
    }
  }
  return best;
}

/* ---- names and values beside the points ---- */

Room room_new(double width, Arena *arena) {
  size_t count = (size_t)(fmax(width, 0) / ROOM_PART) + 2;
  return (Room){ARENA_ARRAY(arena, RoomBoxes, count), count};
}

void room_free(Room *room) {
  for (size_t i = 0; i < room->count; i++) vec_free(&room->parts[i]);
}

static size_t part_at(const Room *room, double x) {
  size_t part = x > 0 ? (size_t)(x / ROOM_PART) : 0;
  return part < room->count ? part : room->count - 1;
}

void room_take(Room *room, double left, double top, double right, double bottom, bool is_text) {
  for (size_t i = part_at(room, left); i <= part_at(room, right); i++)
    vec_push(&room->parts[i], (RoomBox){left, top, right, bottom, is_text});
}

void room_take_curve(Room *room, const double *x, const double *y, const double *slopes, size_t count) {
  for (double at = x[0]; at <= x[count - 1]; at += SAMPLE) {
    double height = curve_at(x, y, slopes, count, at);
    room_take(room, at - SAMPLE / 2, height - 2, at + SAMPLE / 2, height + 2, false);
  }
  for (size_t i = 0; i < count; i++) room_take(room, x[i] - 6, y[i] - 6, x[i] + 6, y[i] + 6, false);
}

/* How much stands in the way: texts must not be touched, curves had better not. */
static size_t hits(const Room *room, double left, double top, double right, double bottom) {
  size_t count = 0;
  for (size_t part = part_at(room, left); part <= part_at(room, right); part++)
    for (size_t i = 0; i < room->parts[part].len; i++) {
      const RoomBox *box = &room->parts[part].at[i];
      if (left < box->right && box->left < right && top < box->bottom && box->top < bottom)
        count += box->is_text ? 1000 : 1;
    }
  return count;
}

/* What stands out on it: columns of moments of truth are tinted. */
static Ink ground_at(const Layout *layout, double x) {
  for (uint32_t i = 0; i < layout->view->step_count; i++)
    if (x >= layout->steps[i].x && x < layout->steps[i].x + layout->steps[i].width)
      return layout->view->steps[i].moment_of_truth ? I_TINT : I_PAPER;
  return I_PAPER;
}

/* Puts the text near (x, y), where least is in its way. Nothing where more than `most` would be. */
static void place_near(Place *place, Room *room, Str text, Type type, Ink ink, double x, double y, double width,
                       double right_end, size_t most) {
  static const struct {
    double x, y; /* of its left edge in widths, and its top in heights, from the point */
    double dx, dy;
  } spots[] = {{0, -0.5, 10, 0}, {0, -1, 8, -3},     {0, 0, 8, 3},       {-0.5, -1, 0, -9}, {-0.5, 0, 0, 9},
               {-1, -1, -6, -4}, {-1, 0, -6, 4},     {-0.5, -1, 0, -26}, {-0.5, 0, 0, 26},  {-0.5, -1, 0, -44},
               {-0.5, 0, 0, 44}, {-0.5, -1, 0, -62}, {-0.5, 0, 0, 62}};
  Lines lines = text_wrap(place->arena, text, type_row(type)->size, type_row(type)->bold, width / 1.08);
  double wide = lines.width * 1.08 + 1, high = (double)lines.count * type_row(type)->line;
  double best_left = 0, best_top = 0;
  size_t best = SIZE_MAX;
  size_t count_of_spots = most == 0 ? 7 : sizeof spots / sizeof *spots; /* a value stands at its point or nowhere */
  for (size_t i = 0; i < count_of_spots; i++) {
    double left = x + spots[i].x * wide + spots[i].dx, top = y + spots[i].y * high + spots[i].dy;
    if (left < 0 || left + wide > right_end) continue;
    size_t count = hits(room, left - 1, top + 1, left + wide + 1, top + high - 1);
    if (count < best) best = count, best_left = left, best_top = top;
  }
  if (best > most) return;
  size_t mark = place->marks.len;
  place_text(place, text, type, ink, best_left, best_top, wide + 1);
  if (mark < place->marks.len) place->marks.at[mark].halo = ground_at(place->layout, best_left + wide / 2);
  room_take(room, best_left, best_top, best_left + wide, best_top + high, true);
}

/* The name at the end of the last curve of each; the client's own, too, so that nobody is unnamed. */
void place_actor_names(Place *place, const ActorCurves *curves, Room *room, const Point2 *client_end) {
  const Layout *layout = place->layout;
  const View *view = layout->view;
  if (client_end) {
    Str name = view->persona.present ? view->persona.name : STR("Client");
    place_near(place, room, name, T_TAG, I_INK, client_end->x, client_end->y, 96, layout->body_width - 4, 999);
  }
  for (size_t i = 0; i < curves->len; i++) {
    const ActorCurve *curve = &curves->at[i];
    const ViewActor *actor = &view->actors[curve->actor];
    place_near(place, room, actor->title, T_TAG, place_actor_ink(layout, actor), curve->x[curve->count - 1],
               curve->y[curve->count - 1], 96, layout->body_width - 4, 999);
  }
}

void place_actor_values(Place *place, const ActorCurves *curves, Room *room) {
  const View *view = place->layout->view;
  for (size_t i = 0; i < curves->len; i++) {
    const ActorCurve *curve = &curves->at[i];
    const ViewActor *actor = &view->actors[curve->actor];
    for (size_t k = 0; k < curve->count; k++)
      place_near(place, room, actor->feelings[curve->steps[k]].label, T_TAG, place_actor_ink(place->layout, actor),
                 curve->x[k], curve->y[k], 60, place->layout->body_width - 4, 0);
  }
}

/* ---- what they feel, in words ---- */

static double feeling_words(Place *place, const ViewFeeling *feeling, Ink ink, double x, double y, double width) {
  const char *mark = feeling->lowest ? " · Lowest point" : feeling->highest ? " · Highest point" : "";
  Str value = arena_format(place->arena, STR_FMT "%s", STR_ARG(feeling->label), mark);
  double height =
      place_claim(place, value, feeling->text.len ? STR("") : feeling->sources, T_TAG, ink, ANCHOR_START, x, y, width);
  return height +
         place_claim(place, feeling->text, feeling->sources, T_BODY, I_INK, ANCHOR_START, x, y + height, width);
}

double place_actor_rows(Place *place, Place *labels, double y) {
  const Layout *layout = place->layout;
  const View *view = layout->view;
  for (uint32_t a = 0; a < view->actor_count; a++) {
    const ViewActor *actor = &view->actors[a];
    if (!actor->has_curve) continue;
    Ink ink = place_actor_ink(layout, actor);
    place_circle(labels, LOOK_FILL, ink, DOT, y + 8.5, DOT);
    double row = place_text(labels, actor->title, T_TAG, ink, 15, y, layout->label_width - 29);
    for (uint32_t s = 0; s < view->step_count; s++) {
      const LayoutStep *column = &layout->steps[s];
      if (!actor->feelings[s].has_emotion) continue;
      row = fmax(row, feeling_words(place, &actor->feelings[s], ink, column->x + LAYOUT_PAD, y,
                                    column->width - 2 * LAYOUT_PAD));
    }
    y += row + 12;
  }
  return y;
}
