/* A service blueprint: actions in boxes, and between them the arrows of who deals with whom, what carries what, and
 * what passes from one team to another. Arrows run where no text can stand: in the gap between two columns, in the
 * strip above a lane, or through cells that are empty. */
#include <math.h>

#include "view/place.h"

#define BAR 3.5     /* the edge in the colour of the team */
#define INSIDE 11.0 /* from the left edge of a box to its text */
#define EDGE 7.0    /* from its other edges */
#define BOX_GAP 10.0
#define HEAD 6.0   /* length of an arrow's head */
#define CURVE 4.0  /* radius of its corners */
#define LONGEST 12 /* columns that an arrow may cross */
#define STRIP 5.0  /* above a lane's texts */

/* ---- boxes ---- */

bool layout_is_boxed(const View *view, const ViewLane *lane) {
  return view->shape == SHAPE_BLUEPRINT && lane->cells &&
         (lane->shows == K_CLIENT || lane->shows == K_FRONTSTAGE || lane->shows == K_BACKSTAGE ||
          lane->shows == K_USING);
}

static double place_box(Place *place, const Entry *entry, double y, double width) {
  Place inner = place_new(place->layout, place->arena, width - INSIDE - EDGE);
  double height = place_entry(&inner, entry, 0, width - INSIDE - EDGE) + 2 * EDGE;
  Block block = place_done(&inner);
  if (entry->kind == ENTRY_SYSTEM) height = block.height;
  bool plain = entry->kind == ENTRY_SYSTEM || entry->state == 3 || entry->kind == ENTRY_HANDOVER;
  if (!plain) {
    Ink edge = entry->has_colour ? place_team_ink(place->layout, entry->has_colour, entry->colour) : I_ACCENT;
    place_rect(place, LOOK_FILL, I_CHIP, 0, y, width, height, 5);
    place_rect(place, LOOK_FILL, edge, 0, y, BAR, height, 1.5);
  }
  if (entry->kind == ENTRY_HANDOVER) place_rect(place, LOOK_DASHED, I_RULE, 0, y, width, height, 5);
  place_block(place, &block, entry->kind == ENTRY_SYSTEM ? 0 : INSIDE, y + (entry->kind == ENTRY_SYSTEM ? 0 : EDGE));
  return height;
}

Block layout_boxes(const Layout *layout, LayoutStep *step, uint32_t lane, const Cell *cell, double width,
                   Arena *arena) {
  Place place = place_new(layout, arena, width);
  double y = 0;
  for (uint32_t i = 0; i < cell->count; i++) {
    if (i) y += cell->entries[i].kind == ENTRY_SYSTEM ? 6 : BOX_GAP;
    double height = place_box(&place, &cell->entries[i], y, width);
    if (cell->entries[i].state != 3)
      step->boxes[step->box_count++] = (LayoutBox){lane, i, LAYOUT_PAD, y, width, height};
    y += height;
  }
  place.height = y;
  return place_done(&place);
}

/* ---- arrows ---- */

typedef struct {
  double x, y;
} Corner;

typedef struct {
  Layout *layout;
  Place place;
  Buf lines, heads; /* of all muted arrows: two paths in the end, not hundreds */
} Arrows;

static double distance(Corner a, Corner b) { return fabs(a.x - b.x) + fabs(a.y - b.y); }

static Corner towards(Corner from, Corner to, double by) {
  double length = distance(from, to);
  if (length < 0.01) return from;
  return (Corner){from.x + (to.x - from.x) / length * by, from.y + (to.y - from.y) / length * by};
}

static void add_point(Buf *path, char letter, Corner corner) {
  buf_add_byte(path, letter);
  buf_number(path, corner.x, 1);
  buf_add_byte(path, ' ');
  buf_number(path, corner.y, 1);
}

/* A small filled triangle with its tip at `to`. */
static void add_head(Buf *path, Corner from, Corner to) {
  Corner base = towards(to, from, HEAD);
  double across = HEAD * 0.55, dx = fabs(to.x - from.x) > 0.01 ? 0 : across, dy = dx > 0 ? 0 : across;
  add_point(path, 'M', to);
  add_point(path, 'L', (Corner){base.x - dx, base.y - dy});
  add_point(path, 'L', (Corner){base.x + dx, base.y + dy});
  buf_add_byte(path, 'Z');
}

/* Horizontal and vertical lines from corner to corner, the corners rounded. */
static void add_arrow(Arrows *a, const Corner *corners, size_t count, Ink ink, bool both) {
  Buf own_line = {0}, own_heads = {0}, *line = ink == I_MUTED ? &a->lines : &own_line,
      *heads = ink == I_MUTED ? &a->heads : &own_heads;
  add_point(line, 'M', corners[0]);
  for (size_t i = 1; i + 1 < count; i++) {
    double radius = fmin(CURVE, fmin(distance(corners[i - 1], corners[i]), distance(corners[i], corners[i + 1])) / 2);
    add_point(line, 'L', towards(corners[i], corners[i - 1], radius));
    add_point(line, 'Q', corners[i]);
    add_point(line, ' ', towards(corners[i], corners[i + 1], radius));
  }
  add_point(line, 'L', towards(corners[count - 1], corners[count - 2], HEAD / 2));
  add_head(heads, corners[count - 2], corners[count - 1]);
  if (both) add_head(heads, corners[1], corners[0]);
  if (ink == I_MUTED) return;
  place_path(&a->place, LOOK_STROKE, ink, buf_take(&own_line, a->place.arena));
  place_path(&a->place, LOOK_FILL, ink, buf_take(&own_heads, a->place.arena));
}

/* ---- where boxes stand ---- */

static double left_of(const Arrows *a, uint32_t step, const LayoutBox *box) {
  return a->layout->steps[step].x + box->x;
}
static double right_of(const Arrows *a, uint32_t step, const LayoutBox *box) { return left_of(a, step, box) + box->w; }
static double top_of(const Arrows *a, const LayoutBox *box) { return a->layout->lanes[box->lane].y + box->y; }
static double bottom_of(const Arrows *a, const LayoutBox *box) { return top_of(a, box) + box->h; }
static double middle_of(const Arrows *a, const LayoutBox *box) { return top_of(a, box) + fmin(box->h / 2, 22); }

/* The first or the last box of the lane in the step; NULL where there is none. Handovers have their own arrows. */
static const LayoutBox *box_in(const Arrows *a, uint32_t step, uint32_t lane, bool last) {
  const LayoutStep *column = &a->layout->steps[step];
  const LayoutBox *found = NULL;
  for (uint32_t i = 0; i < column->box_count; i++) {
    const LayoutBox *box = &column->boxes[i];
    if (box->lane != lane || (found && !last)) continue;
    if (a->layout->view->lanes[lane].cells[step].entries[box->entry].kind != ENTRY_HANDOVER) found = box;
  }
  return found;
}

static uint32_t lane_that(const View *view, Keyword shows) {
  for (uint32_t i = 0; i < view->lane_count; i++)
    if (view->lanes[i].shows == shows && layout_is_boxed(view, &view->lanes[i])) return i;
  return NONE;
}

/* Whether a line may go straight down the column from the one lane to the other. */
static bool is_free(const Arrows *a, uint32_t step, const LayoutBox *from, const LayoutBox *to) {
  const View *view = a->layout->view;
  if (to->lane <= from->lane || to->y > 0) return false;
  for (uint32_t i = from->lane + 1; i < to->lane; i++)
    if (view->lanes[i].kind == LANE_EMOTION || view->lanes[i].cells[step].count) return false;
  for (uint32_t i = 0; i < a->layout->steps[step].box_count; i++) {
    const LayoutBox *box = &a->layout->steps[step].boxes[i];
    if (box->lane == from->lane && box->y > from->y) return false;
  }
  return true;
}

/* ---- which arrows there are ---- */

static void join_lanes(Arrows *a, uint32_t step, const LayoutBox *from, const LayoutBox *to, bool both) {
  if (is_free(a, step, from, to)) {
    double x = left_of(a, step, to) + fmin(from->w, to->w) / 2;
    if (a->layout->view->lanes[to->lane].shows == K_USING) x = left_of(a, step, to) + 28;
    Corner corners[] = {{x, bottom_of(a, from)}, {x, top_of(a, to)}};
    add_arrow(a, corners, 2, I_MUTED, both);
    return;
  }
  double gap = a->layout->steps[step].x + 4, x = left_of(a, step, from);
  Corner corners[] = {
      {x, middle_of(a, from)}, {gap, middle_of(a, from)}, {gap, middle_of(a, to)}, {x, middle_of(a, to)}};
  add_arrow(a, corners, 4, I_MUTED, both);
}

/* The client and the front stage, the front and the back stage, the back stage and the systems. */
static void join_step(Arrows *a, uint32_t step) {
  static const Keyword order[] = {K_CLIENT, K_FRONTSTAGE, K_BACKSTAGE, K_USING};
  uint32_t from_lane = NONE;
  for (size_t k = 0; k < sizeof order / sizeof *order; k++) {
    uint32_t lane = lane_that(a->layout->view, order[k]);
    const LayoutBox *to = lane == NONE ? NULL : box_in(a, step, lane, false);
    if (!to) continue;
    const LayoutBox *from = from_lane == NONE ? NULL : box_in(a, step, from_lane, true);
    if (from) join_lanes(a, step, from, to, k == 1);
    from_lane = lane;
  }
}

/* From one step to the next that says what the client does. */
static void join_client(Arrows *a, uint32_t lane) {
  uint32_t before = NONE;
  for (uint32_t s = 0; s < a->layout->view->step_count; s++) {
    const LayoutBox *to = box_in(a, s, lane, false);
    if (!to) continue;
    const LayoutBox *from = before == NONE ? NULL : box_in(a, before, lane, false);
    if (from) {
      double y = fmin(middle_of(a, from), middle_of(a, to));
      Corner corners[] = {{right_of(a, before, from), y}, {left_of(a, s, to), y}};
      add_arrow(a, corners, 2, I_MUTED, false);
    }
    before = s;
  }
}

/* The next box of the team, and its step; nobody follows an arrow over more than LONGEST columns. */
static const LayoutBox *next_of_team(const Arrows *a, uint32_t from, Str team, uint32_t *step) {
  const View *view = a->layout->view;
  for (*step = from + 1; *step < view->step_count && *step <= from + LONGEST; ++*step) {
    const LayoutStep *column = &a->layout->steps[*step];
    for (uint32_t i = 0; i < column->box_count; i++) {
      const Entry *entry = &view->lanes[column->boxes[i].lane].cells[*step].entries[column->boxes[i].entry];
      if (entry->kind == ENTRY_ACTION && str_is(entry->label, team)) return &column->boxes[i];
    }
  }
  return NULL;
}

/* Into the gap behind the step, along the strip above the receiver's lane, and down the gap before its step. */
static void join_handover(Arrows *a, uint32_t step, const LayoutBox *from, Ink ink, Str team) {
  uint32_t target;
  const LayoutBox *to = next_of_team(a, step, team, &target);
  if (!to) return;
  double out = a->layout->steps[step + 1].x - LAYOUT_PAD + 6, in = a->layout->steps[target].x + 6;
  double start = middle_of(a, from), end = middle_of(a, to) + 5, strip = a->layout->lanes[to->lane].y - STRIP;
  Corner near[] = {{right_of(a, step, from), start}, {in, start}, {in, end}, {left_of(a, target, to), end}};
  Corner far[] = {near[0], {out, start}, {out, strip}, {in, strip}, {in, end}, near[3]};
  if (target == step + 1) add_arrow(a, near, 4, ink, false);
  else add_arrow(a, far, 6, ink, false);
}

static void join_handovers(Arrows *a, uint32_t step) {
  const Layout *layout = a->layout;
  for (uint32_t i = 0; i < layout->steps[step].box_count; i++) {
    const LayoutBox *box = &layout->steps[step].boxes[i];
    const Entry *entry = &layout->view->lanes[box->lane].cells[step].entries[box->entry];
    if (entry->kind == ENTRY_HANDOVER && entry->level == 0)
      join_handover(a, step, box, place_team_ink(layout, entry->has_colour, entry->colour), entry->name);
  }
}

void layout_arrows(Layout *layout, Arena *arena) {
  Arrows a = {.layout = layout, .place = place_new(layout, arena, layout->body_width)};
  uint32_t client = lane_that(layout->view, K_CLIENT);
  if (client != NONE) join_client(&a, client);
  for (uint32_t s = 0; s < layout->view->step_count; s++) {
    join_step(&a, s);
    join_handovers(&a, s);
  }
  if (a.lines.len) {
    place_path(&a.place, LOOK_STROKE, I_MUTED, buf_take(&a.lines, arena));
    place_path(&a.place, LOOK_FILL, I_MUTED, buf_take(&a.heads, arena));
  }
  a.place.height = layout->body_height;
  layout->arrows = place_done(&a.place);
}
