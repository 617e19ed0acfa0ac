/* A day in the life: a dial of 24 hours, noon at the top, night below. What is felt stands on its circle, outside of it
 * where it is good, inside where it is bad; what is said of each step stands at the left and right, in the order of the
 * hours, so that no label covers another and no leader crosses one. */
#include <math.h>

#include "view/place.h"

#define PI 3.14159265358979
#define INNER 88.0   /* of the ring */
#define MIDDLE 138.0 /* where what is felt is neither good nor bad */
#define OUTER 188.0
#define LEADER 14.0 /* from the ring outwards */
#define LABEL 250.0 /* from the dial's middle to the labels */
#define WIDEST 1500.0
#define LEAST_ARC 9.0 /* minutes that a moment is drawn as */
#define BETWEEN 7.0   /* labels */
#define DUSK 1320.0
#define DAWN 360.0

/* ---- the dial ---- */

typedef struct {
  double x, y;
} Spot;

/* Noon is up, and the hours go round as on a clock. */
static double angle_of(double minutes) { return (minutes - 720) / 1440 * 2 * PI - PI / 2; }
static Spot spot(double minutes, double radius) {
  return (Spot){cos(angle_of(minutes)) * radius, sin(angle_of(minutes)) * radius};
}

/* The part of a ring between two times. */
static Str ring_path(double from, double to, double inner, double outer, Spot centre, Arena *arena) {
  Spot a = spot(from, outer), b = spot(to, outer), c = spot(to, inner), d = spot(from, inner);
  int large = to - from > 720;
  return arena_format(arena, "M%.1f %.1fA%.1f %.1f 0 %d 1 %.1f %.1fL%.1f %.1fA%.1f %.1f 0 %d 0 %.1f %.1fZ",
                      centre.x + a.x, centre.y + a.y, outer, outer, large, centre.x + b.x, centre.y + b.y,
                      centre.x + c.x, centre.y + c.y, inner, inner, large, centre.x + d.x, centre.y + d.y);
}

static void place_ground(Place *place, Spot centre) {
  place_circle(place, LOOK_FILL, I_BAND, centre.x, centre.y, OUTER);
  place_path(place, LOOK_FILL, I_HAIR, ring_path(DUSK, DAWN + 1440, INNER, OUTER, centre, place->arena));
  place_circle(place, LOOK_FILL, I_PAPER, centre.x, centre.y, INNER);
  place_circle(place, LOOK_STROKE, I_RULE, centre.x, centre.y, MIDDLE);
  for (int hour = 0; hour < 24; hour++) {
    Spot from = spot(hour * 60, INNER), to = spot(hour * 60, INNER - (hour % 3 ? 4 : 8));
    place_path(place, LOOK_STROKE, I_RULE,
               arena_format(place->arena, "M%.1f %.1fL%.1f %.1f", centre.x + from.x, centre.y + from.y, centre.x + to.x,
                            centre.y + to.y));
    if (hour % 3) continue;
    Spot at = spot(hour * 60, INNER - 20);
    place_text_at(place, arena_format(place->arena, "%02d", hour), hour % 6 ? T_SMALL : T_TAG, I_MUTED, ANCHOR_MIDDLE,
                  centre.x + at.x, centre.y + at.y - 8, 40);
  }
}

static Ink emotion_ink(const ViewStep *step) {
  if (!step->has_emotion || fabs(step->emotion) <= 0.05) return I_MUTED;
  return step->emotion > 0 ? I_GOOD : I_BAD;
}

/* Up to the next step, where it takes longer than that. */
static double arc_length(const View *view, uint32_t step) {
  double start = view->steps[step].start, most = 1439;
  if (step + 1 < view->step_count && view->steps[step + 1].start > start) most = view->steps[step + 1].start - start;
  return fmax(LEAST_ARC, fmin(view->steps[step].length, fmin(most, 1439)));
}

/* As long as it takes, as far from the circle as it is felt. A step whose hour nobody said is only outlined. */
static void place_arc(Place *place, const ViewStep *step, double length, Spot centre) {
  double value = step->has_emotion ? fmax(-1, fmin(1, step->emotion)) : 0, reach = value * (OUTER - MIDDLE - 4);
  double inner = MIDDLE + fmin(reach, -4), outer = MIDDLE + fmax(reach, 4);
  place_path(place, step->time_said ? LOOK_FILL : LOOK_DASHED, emotion_ink(step),
             ring_path(step->start, step->start + length, inner, outer, centre, place->arena));
  place->marks.at[place->marks.len - 1].tip = step->title;
}

/* From when to when, and how many steps that are. */
static void place_centre(Place *place, const View *view, Spot centre) {
  const ViewStep *first = &view->steps[0], *last = &view->steps[view->step_count - 1];
  uint32_t count = 0;
  for (uint32_t i = 0; i < view->step_count; i++) count += view->steps[i].state != 3;
  Str steps = arena_format(place->arena, "%u", count);
  place_text_at(place, steps, T_FIGURE, I_INK, ANCHOR_MIDDLE, centre.x, centre.y - 26, 100);
  place_text_at(place, count == 1 ? STR("step") : STR("steps"), T_SMALL, I_MUTED, ANCHOR_MIDDLE, centre.x, centre.y + 3,
                100);
  if (!first->time_said || !last->time_said) return;
  double end = fmod(last->start + last->length, 1440), start = fmod(first->start, 1440);
  Str span =
      arena_format(place->arena, "%02d:%02d–%02d:%02d", (int)start / 60, (int)start % 60, (int)end / 60, (int)end % 60);
  place_text_at(place, span, T_TAG, I_MUTED, ANCHOR_MIDDLE, centre.x, centre.y + 20, 110);
}

/* ---- the labels ---- */

typedef struct {
  const ViewStep *step;
  const char *icon;
  double minutes; /* of the middle of its arc */
  double y;       /* of its top, from the dial's middle */
  Block block;
} Label;

typedef struct {
  Label *labels; /* from the top down */
  uint32_t count;
  bool right;
} Side;

static const char *channel_icon(const View *view, uint32_t step) {
  for (uint32_t i = 0; i < view->lane_count; i++)
    if (view->lanes[i].cells && view->lanes[i].shows == K_VIA && view->lanes[i].cells[step].count)
      return view->lanes[i].cells[step].entries[0].icon;
  return NULL;
}

/* The hour and the icon, then the title: towards the dial at the left, away from it at the right. */
static Block label_block(const Place *outside, const Label *label, bool right, double width) {
  Place place = place_new(outside->layout, outside->arena, width);
  Anchor anchor = right ? ANCHOR_START : ANCHOR_END;
  double edge = right ? 0 : width, clock = place_width(label->step->clock, T_TAG);
  place_text_at(&place, label->step->clock, T_TAG, label->step->time_said ? emotion_ink(label->step) : I_MUTED, anchor,
                edge, 0, width);
  if (label->icon) place_icon(&place, label->icon, I_ACCENT, right ? clock + 4 : width - clock - 20, 0, 16);
  if (label->step->moment_of_truth) {
    double beside = clock + 4 + (label->icon ? 20 : 0);
    place_icon(&place, "moment", I_MOMENT, right ? beside : width - beside - 15, 0.5, 15);
  }
  double title = fmin(width, place_width(label->step->title, T_BODY)); /* beside its leader in every script */
  place_text_at(&place, label->step->title, T_BODY, I_INK, anchor, edge, 16, title);
  return place_done(&place);
}

static int compare_labels(const void *a, const void *b) {
  const Label *x = a, *y = b;
  double left = sin(angle_of(x->minutes)), right = sin(angle_of(y->minutes));
  if (left != right) return left < right ? -1 : 1;
  return x->step < y->step ? -1 : x->step > y->step;
}

static double side_height(const Side *side) {
  double height = 0;
  for (uint32_t i = 0; i < side->count; i++) height += side->labels[i].block.height + (i ? BETWEEN : 0);
  return height;
}

/* Each beside its arc where there is room; else they push each other down, and then up again from the bottom. */
static void spread(Side *side, double half) {
  double top = -half, bottom = half;
  for (uint32_t i = 0; i < side->count; i++) {
    Label *label = &side->labels[i];
    label->y = fmax(top, spot(label->minutes, OUTER + LEADER).y - 8);
    top = label->y + label->block.height + BETWEEN;
  }
  for (uint32_t i = side->count; i-- > 0;) {
    Label *label = &side->labels[i];
    label->y = fmin(label->y, bottom - label->block.height);
    bottom = label->y - BETWEEN;
  }
}

static Side collect(const Place *place, bool right, double width) {
  const View *view = place->layout->view;
  Side side = {.labels = ARENA_ARRAY(place->arena, Label, view->step_count), .right = right};
  for (uint32_t i = 0; i < view->step_count; i++) {
    const ViewStep *step = &view->steps[i];
    double minutes = step->start + arc_length(view, i) / 2;
    if (step->state == 3 || (cos(angle_of(minutes)) >= 0) != right) continue;
    Label *label = &side.labels[side.count++];
    *label = (Label){.step = step, .icon = channel_icon(view, i), .minutes = minutes};
    label->block = label_block(place, label, right, width);
  }
  if (side.count) qsort(side.labels, side.count, sizeof *side.labels, compare_labels);
  return side;
}

static void place_side(Place *place, const Side *side, Spot centre, double width) {
  for (uint32_t i = 0; i < side->count; i++) {
    const Label *label = &side->labels[i];
    double sign = side->right ? 1 : -1, x = centre.x + sign * LABEL, y = centre.y + label->y;
    Spot from = spot(label->minutes, OUTER + 3), to = spot(label->minutes, OUTER + LEADER);
    place_path(place, LOOK_STROKE, I_RULE,
               arena_format(place->arena, "M%.1f %.1fL%.1f %.1fL%.1f %.1fH%.1f", centre.x + from.x, centre.y + from.y,
                            centre.x + to.x, centre.y + to.y, x - sign * 16, y + 8, x - sign * 6));
    place_block(place, &label->block, side->right ? x : x - width, y);
  }
}

double place_day(Place *place, double y, double width) {
  const View *view = place->layout->view;
  double wide = fmin(width, WIDEST), room = fmin(wide / 2 - LABEL, 320);
  Side left = collect(place, false, room), right = collect(place, true, room);
  double half = fmax(OUTER + LEADER, fmax(side_height(&left), side_height(&right)) / 2);
  Spot centre = {wide / 2, y + half};
  spread(&left, half);
  spread(&right, half);
  place_ground(place, centre);
  for (uint32_t i = 0; i < view->step_count; i++)
    if (view->steps[i].state != 3) place_arc(place, &view->steps[i], arc_length(view, i), centre);
  if (view->step_count) place_centre(place, view, centre);
  place_side(place, &left, centre, room);
  place_side(place, &right, centre, room);
  return 2 * half;
}

/* ---- the gaps between the columns ---- */

double layout_gap(const ViewStep *step) {
  if (step->later.len == 0) return 0;
  return place_width(STR("min later"), T_TAG) + 18 + fmin(step->passed / 60 * 7, 70);
}

Block layout_later(const Layout *layout, const ViewStep *step, double width, Arena *arena) {
  Place place = place_new(layout, arena, width);
  double height = 18 + place_text_at(&place, step->later, T_TAG, I_MUTED, ANCHOR_MIDDLE, width / 2, 18, width - 14);
  place_icon(&place, "clock", I_MUTED, width / 2 - 7, 0, 14);
  place.height = height;
  return place_done(&place);
}
