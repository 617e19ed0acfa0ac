/* What to do first: the plot of impact and effort, and the opportunities by rank beside it.
 *
 *   +----------------+  1  title                score
 *   | easy   | big   |     owner, due, marks
 *   |--------+-------|     the worst pain that it solves
 *   | fill-  | think |  2  …
 *   +----------------+
 *   pains that nothing solves
 *   rows that don't fit beside, in two columns
 */
#include "view/layout_plan.h"

#include <math.h>

#include "text/measure.h"
#include "view/place.h"
#include "view/plan_words.h"

#define GUTTER 48.0
#define AXIS 34.0  /* at the left of the plot, for the scale */
#define STRIP 30.0 /* for the name of a quadrant */
#define TILE_GAP 3.0
#define SMALLEST 12.0 /* radius of a bubble */
#define LARGEST 21.0
#define APART 3.0 /* between bubbles */
#define NARROW_LABEL 104.0
#define LABEL 150.0 /* the widest label of a bubble */
#define ROW_GAP 16.0
enum {
  BUBBLES = 40,
  PASSES = 240,
  LABELLED = 16
}; /* of more bubbles one can't tell whose a label is; of many more, nothing */

typedef struct {
  double x, y, width, height;
} Area;

typedef struct {
  const PlanItem *item;
  double x, y, radius;
  Area home; /* where its middle may be moved to: its quadrant */
} Bubble;

typedef struct {
  Place *place;
  const Plan *plan;
  Area ground; /* all four quadrants */
  Area area;   /* of the points: impact 10 at its top, effort 0 at its left */
  Bubble bubbles[BUBBLES];
  size_t count;
  Area labels[BUBBLES];
  size_t label_count;
} Plot;

static Ink quadrant_ink(Quadrant quadrant) {
  static const Ink inks[] = {I_MUTED, I_GOOD, I_ACCENT, I_MUTED, I_FAIR};
  return inks[quadrant];
}

bool layout_plan_has_plot(const Plan *plan) {
  for (uint32_t i = 0; plan && i < plan->ranked_count; i++)
    if (plan->items[i].quadrant != QUADRANT_NONE) return true;
  return false;
}

/* ---- the bubbles ---- */

static double most_reached(const Plan *plan) {
  double most = 0;
  for (uint32_t i = 0; i < plan->ranked_count; i++) most = fmax(most, plan->items[i].numbers.of[NUMBER_REACH]);
  return most;
}

static Area home_of(const Area *area, Quadrant quadrant) {
  bool right = quadrant == QUADRANT_BIG_BET || quadrant == QUADRANT_THINK_TWICE,
       low = quadrant == QUADRANT_FILL_IN || quadrant == QUADRANT_THINK_TWICE;
  return (Area){area->x + (right ? area->width / 2 : 0), area->y + (low ? area->height / 2 : 0), area->width / 2,
                area->height / 2};
}

static void add_bubbles(Plot *plot) {
  double most = most_reached(plot->plan);
  for (uint32_t i = 0; i < plot->plan->ranked_count && plot->count < BUBBLES; i++) {
    const PlanItem *item = &plot->plan->items[i];
    if (item->quadrant == QUADRANT_NONE) continue;
    double reach = item->numbers.of[NUMBER_REACH];
    plot->bubbles[plot->count++] =
        (Bubble){.item = item,
                 .x = plot->area.x + item->numbers.of[NUMBER_EFFORT] / 10 * plot->area.width,
                 .y = plot->area.y + (1 - item->numbers.of[NUMBER_IMPACT] / 10) * plot->area.height,
                 .radius = most > 0 ? SMALLEST + (LARGEST - SMALLEST) * sqrt(reach / most) : SMALLEST + 2,
                 .home = home_of(&plot->area, item->quadrant)};
  }
}

static bool has_room(const Plot *plot, const Bubble *bubble, double x, double y) {
  const Area *home = &bubble->home;
  if (x < home->x || x > home->x + home->width || y < home->y || y > home->y + home->height) return false;
  for (size_t i = 0; i < plot->count && &plot->bubbles[i] != bubble; i++) {
    const Bubble *other = &plot->bubbles[i];
    if (hypot(x - other->x, y - other->y) < bubble->radius + other->radius + APART) return false;
  }
  return true;
}

/* The first ranks stand where they belong; one that would cover them moves to the nearest free place of its quadrant.
 */
static void move_aside(const Plot *plot, Bubble *bubble) {
  const double step = 3, farthest = plot->area.width / 2;
  for (double distance = 0; distance < farthest; distance += step) {
    int turns = distance > 0 ? 24 : 1;
    for (int turn = 0; turn < turns; turn++) {
      double angle = 2 * 3.14159265358979 * turn / turns, x = bubble->x + distance * cos(angle),
             y = bubble->y + distance * sin(angle);
      if (!has_room(plot, bubble, x, y)) continue;
      bubble->x = x;
      bubble->y = y;
      return;
    }
  }
}

static void place_bubbles(const Plot *plot) {
  Place *place = plot->place;
  for (size_t i = 0; i < plot->count; i++) {
    const Bubble *bubble = &plot->bubbles[i];
    place_circle(place, LOOK_FILL, quadrant_ink(bubble->item->quadrant), bubble->x, bubble->y, bubble->radius);
    place->marks.at[place->marks.len - 1].tip = bubble->item->title;
    place_text_at(place, arena_format(place->arena, "%u", (unsigned)bubble->item->rank), T_TAG, I_PAPER, ANCHOR_MIDDLE,
                  bubble->x, bubble->y - 8, 60);
  }
}

/* ---- their labels, where there is room ---- */

static bool overlap(const Area *a, const Area *b) {
  return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height && b->y < a->y + a->height;
}

static bool is_free(const Plot *plot, const Area *label) {
  const Area *ground = &plot->ground;
  if (label->x < ground->x + 4 || label->x + label->width > ground->x + ground->width - 4) return false;
  if (label->y < ground->y + STRIP || label->y + label->height > ground->y + ground->height - STRIP) return false;
  for (size_t i = 0; i < plot->label_count; i++)
    if (overlap(label, &plot->labels[i])) return false;
  for (size_t i = 0; i < plot->count; i++) {
    const Bubble *b = &plot->bubbles[i];
    Area square = {b->x - b->radius - 1, b->y - b->radius - 1, 2 * b->radius + 2, 2 * b->radius + 2};
    if (overlap(label, &square)) return false;
  }
  return true;
}

/* At its side, above or below it, and at its side a little higher or lower. */
static bool try_label(Plot *plot, const Bubble *bubble, double width) {
  const TypeRow *row = type_row(T_SMALL);
  Lines lines = text_wrap(plot->place->arena, bubble->item->title, row->size, row->bold, width / 1.08);
  if (lines.count == 0 || lines.count > 3) return false;
  double wide = lines.width * 1.08 + 2, high = row->line * text_line_factor(bubble->item->title) * (double)lines.count,
         off = bubble->radius + 6;
  double right = bubble->x + off, left = bubble->x - off - wide, middle = bubble->x - wide / 2, y = bubble->y;
  const struct {
    Anchor anchor;
    double x, y;
  } tries[] = {{ANCHOR_START, right, y - high / 2},  {ANCHOR_END, left, y - high / 2},
               {ANCHOR_MIDDLE, middle, y + off - 2}, {ANCHOR_MIDDLE, middle, y - off - high + 2},
               {ANCHOR_END, left, y - high},         {ANCHOR_END, left, y},
               {ANCHOR_START, right, y - high},      {ANCHOR_START, right, y}};
  for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
    Area area = {tries[i].x, tries[i].y, wide, high};
    if (!is_free(plot, &area)) continue;
    double shift = tries[i].anchor == ANCHOR_END ? wide : tries[i].anchor == ANCHOR_MIDDLE ? wide / 2 : 0;
    place_text_at(plot->place, bubble->item->title, T_SMALL, I_INK, tries[i].anchor, area.x + shift, area.y, wide);
    plot->labels[plot->label_count++] = area;
    return true;
  }
  return false;
}

/* ---- the ground ---- */

static void place_tiles(Place *place, double x, double y, double width, double height) {
  static const char *const names[] = {"Easy wins", "Big bets", "Fill-ins", "Think twice"};
  double wide = (width - TILE_GAP) / 2, high = (height - TILE_GAP) / 2;
  for (int i = 0; i < 4; i++) {
    bool right = i % 2, low = i / 2;
    double left = x + (right ? wide + TILE_GAP : 0), top = y + (low ? high + TILE_GAP : 0);
    place_rect(place, LOOK_FILL, i == 0 ? I_TINT : I_BAND, left, top, wide, high, 4);
    place_text_at(place, str_of(names[i]), T_STEP, i == 0 ? I_GOOD : I_MUTED, right ? ANCHOR_END : ANCHOR_START,
                  right ? left + wide - 12 : left + 12, low ? top + high - STRIP + 4 : top + 8, wide - 24);
  }
}

static void place_scale(Place *place, const Area *area, double x, double bottom) {
  static const char *const numbers[] = {"0", "5", "10"};
  for (int i = 0; i < 3; i++) {
    place_text_at(place, str_of(numbers[i]), T_SMALL, I_MUTED, ANCHOR_END, x - 8,
                  area->y + area->height * (2 - i) / 2 - 8, AXIS);
    place_text_at(place, str_of(numbers[i]), T_SMALL, I_MUTED, ANCHOR_MIDDLE, area->x + area->width * i / 2, bottom + 4,
                  AXIS);
  }
  place_text_at(place, STR("Effort"), T_TAG, I_MUTED, ANCHOR_MIDDLE, area->x + area->width / 4, bottom + 4, 120);
  place_text_at(place, STR("Impact"), T_TAG, I_MUTED, ANCHOR_START, 0, 0, 120);
}

Block layout_plan_plot(const Layout *layout, const Plan *plan, double width, double height, Arena *arena) {
  Place place = place_new(layout, arena, width);
  double top = 22, bottom = height - 24, margin = LARGEST + 7;
  Plot plot = {.place = &place, .plan = plan, .ground = {AXIS, top, width - AXIS, bottom - top}};
  plot.area =
      (Area){AXIS + margin, top + STRIP + margin / 2, width - AXIS - 2 * margin, bottom - top - 2 * STRIP - margin};
  place_tiles(&place, AXIS, top, width - AXIS, bottom - top);
  place_scale(&place, &plot.area, AXIS, bottom);
  add_bubbles(&plot);
  for (size_t i = 1; i < plot.count; i++) move_aside(&plot, &plot.bubbles[i]);
  for (size_t i = 0; i < plot.count && plot.count <= LABELLED; i++)
    if (!try_label(&plot, &plot.bubbles[i], LABEL)) try_label(&plot, &plot.bubbles[i], NARROW_LABEL);
  place_bubbles(&plot);
  return place_done(&place);
}

/* ---- the rows ---- */

typedef struct {
  Place *place;
  double left, x, y, right;
} Run; /* short texts one behind the other, in as many lines as they need */

static void run_add(Run *run, Str text, Type type, Ink ink) {
  double width = place_width(text, type);
  if (run->x > run->left && run->x + width > run->right) run->x = run->left, run->y += type_row(type)->line + 1;
  place_text(run->place, text, type, ink, run->x, run->y, fmax(width + 12, run->right - run->x));
  run->x += width + 12;
}

static void add_facts(Run *run, const Plan *plan, const PlanItem *item, Arena *arena) {
  if (plan_is_easy_win(item)) run_add(run, STR("Easy win"), T_TAG, I_GOOD);
  if (item->overdue) run_add(run, STR("Overdue"), T_TAG, I_BAD);
  if (plan_is_unowned(item)) run_add(run, STR("No owner"), T_TAG, I_SEVERE);
  if (plan_is_undated(item)) run_add(run, STR("No date"), T_TAG, I_SEVERE);
  if (item->owner.len) run_add(run, item->owner, T_SMALL, I_MUTED);
  if (item->has_due)
    run_add(run, arena_format(arena, "due " STR_FMT, STR_ARG(plan_due_words(item, arena))), T_SMALL, I_MUTED);
  if (item->status[0]) run_add(run, str_of(item->status), T_SMALL, I_MUTED);
  if (item->missing.len) run_add(run, item->missing, T_SMALL, I_MUTED);
  if (plan->journey_count > 1)
    run_add(run, arena_format(arena, "in " STR_FMT, STR_ARG(item->journey_title)), T_SMALL, I_MUTED);
}

static double place_pain(Place *place, const PlanPain *pain, Type type, double x, double y, double width) {
  static const char *const icons[] = {"pain-0", "pain-1", "pain-2", "pain-3", "pain-4"};
  static const Ink inks[] = {I_MUTED, I_MUTED, I_FAIR, I_SEVERE, I_BAD};
  int level = pain->level < 0 || pain->level > 4 ? 0 : pain->level;
  place_icon(place, icons[level], inks[level], x, y + 2, 13);
  return place_text(place, pain->title, type, type == T_SMALL ? I_MUTED : I_INK, x + 20, y, width - 20);
}

static Block item_row(const Layout *layout, const Plan *plan, const PlanItem *item, double width, Arena *arena) {
  enum { TEXT = 36, SCORE = 74 };
  Place place = place_new(layout, arena, width);
  if (item->rank) {
    place_circle(&place, LOOK_FILL, quadrant_ink(item->quadrant), 12, 11, 12);
    place_text_at(&place, arena_format(arena, "%u", (unsigned)item->rank), T_TAG, I_PAPER, ANCHOR_MIDDLE, 12, 3, 60);
    place_text_at(&place, plan_score_words(plan, item, arena), T_TAG, I_INK, ANCHOR_END, width, 2, SCORE);
  } else place_icon(&place, "idea", I_ACCENT, 4, 2, 16);
  double y = 1 + place_text(&place, item->title, T_STRONG, I_INK, TEXT, 1, width - TEXT - SCORE);
  Run run = {&place, TEXT, TEXT, y + 2, width - SCORE};
  add_facts(&run, plan, item, arena);
  if (run.x > run.left) y = run.y + type_row(T_SMALL)->line;
  if (item->solve_count) place_pain(&place, &item->solves[0], T_SMALL, TEXT, y + 3, width - TEXT - SCORE);
  return place_done(&place);
}

/* ---- all of it ---- */

static double place_heading(Place *place, const Plan *plan, double width) {
  double y = place_text(place, STR("What to do first"), T_NAME, I_INK, 0, 0, width) + 4;
  y += place_text(place, plan_summary(plan, place->arena), T_BODY, I_INK, 0, y, width);
  return y + place_text(place, plan_ranking_words(plan, place->arena), T_BODY, I_MUTED, 0, y, width) + 22;
}

/* Under the plot: what it shows, and the severe pains that nothing solves. */
static double place_below(Place *place, const Plan *plan, double y, double width) {
  const char *sized = most_reached(plan) > 0 ? " Larger circles reach more clients." : "";
  y += place_text(place, arena_format(place->arena, PLAN_EASY_WIN_RULE "%s", sized), T_SMALL, I_MUTED, AXIS, y,
                  width - AXIS) +
       26;
  if (plan->unsolved_count == 0) return y;
  y += place_text(place, STR("Severe pains that nothing solves yet"), T_LANE, I_INK, 0, y, width) + 8;
  for (uint32_t i = 0; i < plan->unsolved_count; i++) {
    const PlanPain *pain = &plan->unsolved[i];
    y += place_pain(place, pain, T_BODY, 4, y, width - 4);
    Str where = plan->journey_count > 1
                    ? arena_format(place->arena, STR_FMT ", in " STR_FMT, STR_ARG(pain->step), STR_ARG(pain->journey))
                    : pain->step;
    y += place_text(place, where, T_SMALL, I_MUTED, 24, y, width - 24) + 8;
  }
  return y;
}

Block layout_plan(const Layout *layout, const Plan *plan, double width, Arena *arena) {
  if (!layout_plan_has_plot(plan)) return (Block){0};
  Place place = place_new(layout, arena, width);
  double column = (width - GUTTER) / 2, top = place_heading(&place, plan, width), y[2];
  Block plot = layout_plan_plot(layout, plan, column, fmin(column * 0.82, 540), arena);
  place_block(&place, &plot, 0, top);
  y[0] = place_below(&place, plan, top + plot.height + 10, column);
  y[1] = top + 22;
  double beside = fmax(y[0], top + plot.height);
  bool below = false; /* the plot and what stands under it: then rows stand in both columns */
  for (uint32_t i = 0; i < plan->open_count; i++) {
    Block row = item_row(layout, plan, &plan->items[i], column, arena);
    if (!below && y[1] + row.height > beside + 24) below = true, y[0] = y[1] = fmax(beside, y[1]) + 8;
    int side = below && y[0] <= y[1] ? 0 : 1;
    place_block(&place, &row, side ? column + GUTTER : 0, y[side]);
    y[side] += row.height + ROW_GAP;
  }
  return place_done(&place);
}
