/* Days in the life: hours that are not said stand between those that are, midnight is passed, and on the dial no label
 * covers another, however many steps there are. */
#include "check.h"

#include <math.h>
#include <stdlib.h>

#include "base/buf.h"
#include "view/layout.h"

static Project *load(Str text, Arena *arena) {
  Str why = {0};
  const ProjectOptions options = {.stdin_text = &text, .stdin_path = STR("day.journey"), .today = 20800, .threads = 1};
  return project_load(&options, arena, &why);
}

/* ---- the hours ---- */

static void check_hours(void) {
  static const Str source = STR("journey day \"A day\" {\n  type day-in-the-life\n  stage all \"All of it\" {\n"
                                "    touchpoint \"Before\"\n"
                                "    touchpoint \"Wakes\" at 07:00 takes 30min\n"
                                "    touchpoint \"One\"\n"
                                "    touchpoint \"Two\"\n"
                                "    touchpoint \"Lunch\" at 13:00\n"
                                "    touchpoint \"Coffee\" at 15:30 takes 15min\n"
                                "    touchpoint \"Night bus\" at 00:15 takes 20min\n"
                                "    touchpoint \"After\"\n  }\n}\n");
  Arena *arena = arena_new();
  Project *project = load(source, arena);
  const View *view = view_new(project, &project->journeys[0], NULL, arena);
  CHECK(view->shape == SHAPE_DAY && view->step_count == 8);
  static const double starts[] = {360, 420, 540, 660, 780, 930, 1455, 1515};
  for (uint32_t i = 0; i < view->step_count; i++) CHECK(fabs(view->steps[i].start - starts[i]) < 0.01);
  CHECK_STR(view->steps[0].clock, "Time not said");
  CHECK_STR(view->steps[1].clock, "07:00–07:30");
  CHECK_STR(view->steps[4].clock, "13:00");
  CHECK(view->steps[4].later.len == 0); /* the one before it was placed by guess */
  CHECK_STR(view->steps[5].later, "2 h 30 min later");
  CHECK_STR(view->steps[6].later, "8 h 30 min later"); /* than the end of the one before */
  CHECK_STR(view->steps[6].clock, "00:15–00:35 next day");
  project_free(project);
  arena_free(arena);
}

/* ---- the dial ---- */

typedef struct {
  double left, top, right, bottom;
} Box;

static Box box_of(const Mark *mark) {
  double size = type_row(mark->type)->size, wide = mark->lines.width;
  double left = mark->x - (mark->rtl || mark->anchor == ANCHOR_END ? wide
                           : mark->anchor == ANCHOR_MIDDLE         ? wide / 2
                                                                   : 0);
  return (Box){left, mark->y - size * 0.75, left + wide,
               mark->y + mark->leading * (double)(mark->lines.count - 1) + size * 0.2};
}

static size_t check_dial(uint32_t steps, double width, unsigned *seed) {
  Arena *arena = arena_new();
  Buf text = {0};
  buf_add_c(&text, "journey day \"A day\" {\n  type day-in-the-life\n  stage all \"All of it\" {\n");
  for (uint32_t i = 0; i < steps; i++) {
    buf_printf(&text, "    touchpoint s%u \"Does what has to be done at this hour%s\"", i,
               rand_r(seed) % 3 ? "" : ", though nobody has asked for it, and then once more");
    int minutes = (int)(i * 1300 / steps) + rand_r(seed) % (1300 / (int)steps + 1);
    if (rand_r(seed) % 5) buf_printf(&text, " at %02d:%02d", minutes / 60, minutes % 60);
    buf_printf(&text, " takes %dmin via web feels %d\n", rand_r(seed) % 90, rand_r(seed) % 5 - 2);
  }
  buf_add_c(&text, "  }\n}\n");
  Project *project = load(buf_str(&text), arena);
  const View *view = view_new(project, &project->journeys[0], NULL, arena);
  const Layout *layout = layout_new(view, arena);
  Block head = layout_head(layout, width, arena);
  size_t labels = 0;
  for (size_t i = 0; i < head.count; i++) {
    if (head.marks[i].kind != MARK_TEXT) continue;
    Box a = box_of(&head.marks[i]);
    CHECK(a.left >= -0.5 && a.right <= width + 0.5 && a.bottom <= head.height + 0.5);
    for (size_t k = 0; k < i; k++) {
      if (head.marks[k].kind != MARK_TEXT) continue;
      Box b = box_of(&head.marks[k]);
      CHECK(a.left >= b.right || b.left >= a.right || a.top >= b.bottom || b.top >= a.bottom);
    }
    labels++;
  }
  project_free(project);
  arena_free(arena);
  buf_free(&text);
  return labels;
}

int main(void) {
  static const uint32_t counts[] = {1, 3, 24, 60};
  unsigned seed = 5;
  check_hours();
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
    for (int round = 0; round < 5; round++)
      CHECK(check_dial(counts[i], round % 2 ? 900 : 2400, &seed) >= 2 * counts[i]);
  return CHECK_DONE();
}
