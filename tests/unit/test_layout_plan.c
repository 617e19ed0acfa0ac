/* The impact/effort plot: circles and labels apart from one another, each circle in its quadrant; rows apart. */
#include <math.h>
#include <stdlib.h>

#include "check.h"
#include "view/layout_plan.h"

enum { MOST = 60, WIDTH = 1000 };
static const View no_view;

static Plan random_plan(PlanItem *items, uint32_t count, bool all_the_same) {
  static unsigned seed = 5;
  static const char *const titles[] = {"A short one", "One price page, with set-up and phases in it",
                                       "案内を一枚にまとめる", "عرض كل الأسعار في صفحة واحدة",
                                       "Unaussprechlichkeitsbewältigungsmaßnahme"};
  for (uint32_t i = 0; i < count; i++) {
    PriorityNumbers numbers = {.has = {true, true, true, true}};
    numbers.of[NUMBER_REACH] = rand_r(&seed) % 500;
    numbers.of[NUMBER_IMPACT] = all_the_same ? 10 : rand_r(&seed) % 21 / 2.0;
    numbers.of[NUMBER_EFFORT] = all_the_same ? 0 : rand_r(&seed) % 21 / 2.0;
    items[i] =
        (PlanItem){.rank = i + 1, .score = 60 - i, .title = str_of(titles[i % 5]), .numbers = numbers, .status = ""};
    items[i].quadrant = priority_quadrant(&numbers);
    items[i].overdue = items[i].has_due = i % 3 == 0;
  }
  return (Plan){.items = items, .ranked_count = count, .open_count = count, .count = count, .journey_count = 1};
}

typedef struct {
  double left, top, right, bottom;
} Box;

static Box box_of(const Mark *mark) {
  if (mark->kind == MARK_CIRCLE)
    return (Box){mark->x - mark->w, mark->y - mark->w, mark->x + mark->w, mark->y + mark->w};
  double width = mark->lines.width, size = type_row(mark->type)->size;
  double left = mark->anchor == ANCHOR_MIDDLE             ? mark->x - width / 2
                : mark->anchor == ANCHOR_END || mark->rtl ? mark->x - width
                                                          : mark->x;
  return (Box){left, mark->y - size * 0.75, left + width, mark->y + mark->leading * (double)(mark->lines.count - 1)};
}

static bool overlap(Box a, Box b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

static bool circles_touch(const Mark *a, const Mark *b) { return hypot(a->x - b->x, a->y - b->y) < a->w + b->w - 0.1; }

/* The first circle is that of the first rank; the number of a circle stands in it. */
static bool belong_together(const Mark *circle, const Mark *text) {
  return text->type == T_TAG && text->anchor == ANCHOR_MIDDLE && fabs(circle->x - text->x) < 0.1;
}

static void check_apart(const Block *block) {
  for (size_t i = 0; i < block->count; i++)
    for (size_t k = 0; k < block->count; k++) {
      const Mark *a = &block->marks[i], *b = &block->marks[k];
      if (i == k || a->kind != MARK_CIRCLE) continue;
      if (b->kind == MARK_CIRCLE) CHECK(!circles_touch(a, b));
      if (b->kind == MARK_TEXT && !belong_together(a, b)) CHECK(!overlap(box_of(a), box_of(b)));
    }
  for (size_t i = 0; i < block->count; i++)
    for (size_t k = i + 1; k < block->count; k++)
      if (block->marks[i].kind == MARK_TEXT && block->marks[k].kind == MARK_TEXT)
        CHECK(!overlap(box_of(&block->marks[i]), box_of(&block->marks[k])));
  for (size_t i = 0; i < block->count; i++) {
    if (block->marks[i].kind != MARK_TEXT && block->marks[i].kind != MARK_CIRCLE) continue;
    Box box = box_of(&block->marks[i]);
    CHECK(box.left >= -0.1 && box.right <= WIDTH + 0.1 && box.top >= -0.1 && box.bottom <= block->height + 0.1);
  }
}

/* Circles of the plot come before those of the rows. */
static void check_quadrants(const Block *block, const Plan *plan) {
  double middle_x = 0, middle_y = 0;
  uint32_t at = 0;
  for (size_t i = 0; i < block->count; i++) {
    const Mark *mark = &block->marks[i];
    if (mark->kind == MARK_RECT) middle_x = mark->x - 1.5, middle_y = mark->y - 1.5; /* the last: at the lower right */
    if (mark->kind != MARK_CIRCLE || at == plan->ranked_count) continue;
    Quadrant quadrant = plan->items[at++].quadrant;
    bool right = quadrant == QUADRANT_BIG_BET || quadrant == QUADRANT_THINK_TWICE;
    bool low = quadrant == QUADRANT_FILL_IN || quadrant == QUADRANT_THINK_TWICE;
    CHECK(right ? mark->x >= middle_x - 0.1 : mark->x <= middle_x + 0.1);
    CHECK(low ? mark->y >= middle_y - 0.1 : mark->y <= middle_y + 0.1);
  }
  CHECK(at == plan->ranked_count);
}

int main(void) {
  const Layout layout = {.view = &no_view, .emotion_lane = NONE};
  PlanItem items[MOST];
  for (int round = 0; round < 60; round++) {
    Arena *arena = arena_new();
    Plan plan = random_plan(items, 1 + (uint32_t)round % 14, round % 10 == 9);
    Block block = layout_plan(&layout, &plan, WIDTH, arena);
    check_apart(&block);
    check_quadrants(&block, &plan);
    arena_free(arena);
  }
  Arena *arena = arena_new();
  Plan dense = random_plan(items, MOST, false), none = {0};
  CHECK(layout_plan(&layout, &dense, WIDTH, arena).count > MOST * 3);
  CHECK(layout_plan(&layout, &none, WIDTH, arena).count == 0 && layout_plan(&layout, NULL, WIDTH, arena).count == 0);
  arena_free(arena);
  return CHECK_DONE();
}
