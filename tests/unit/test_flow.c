/* The drawing of paths: whatever they are, no text stands on another or outside, and every number is one. */
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/os.h"
#include "check.h"
#include "text/measure.h"
#include "view/layout.h"
#include "write/svg.h"

typedef struct {
  double left, right, top, bottom;
} Box;

static Box box_of(const Mark *mark) {
  const TypeRow *row = type_row(mark->type);
  double width = 0;
  for (size_t i = 0; i < mark->lines.count; i++)
    width = fmax(width, text_width(mark->lines.lines[i], row->size, row->bold));
  double left = mark->anchor == ANCHOR_END      ? mark->x - width
                : mark->anchor == ANCHOR_MIDDLE ? mark->x - width / 2
                                                : mark->x;
  double top = mark->y - row->size * 0.75;
  return (Box){left, left + width, top, mark->y + mark->leading * (double)(mark->lines.count - 1)};
}

static bool overlap(Box a, Box b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

static void check_block(const Block *block, const char *what) {
  bool fine = true;
  for (size_t i = 0; i < block->count; i++) {
    const Mark *mark = &block->marks[i];
    fine = fine && isfinite(mark->x) && isfinite(mark->y) && isfinite(mark->w) && isfinite(mark->h);
    if (mark->kind != MARK_TEXT) continue;
    Box box = box_of(mark);
    bool inside = box.left >= -0.5 && box.right <= block->width + 0.5 && box.top >= 0 && box.bottom <= block->height;
    if (!inside) fprintf(stderr, "%s: outside: " STR_FMT "\n", what, STR_ARG(mark->lines.lines[0]));
    fine = fine && inside;
    for (size_t k = 0; k < i; k++) {
      const Mark *other = &block->marks[k];
      if (other->kind != MARK_TEXT || !overlap(box, box_of(other))) continue;
      fprintf(stderr, "%s: \"" STR_FMT "\" on \"" STR_FMT "\"\n", what, STR_ARG(mark->lines.lines[0]),
              STR_ARG(other->lines.lines[0]));
      fine = false;
    }
  }
  CHECK(fine);
}

static void check_map(const char *path) {
  Arena *arena = arena_new();
  Str why;
  Project *project =
      project_load(&(ProjectOptions){.paths = &path, .path_count = 1, .today = 20000, .threads = 1}, arena, &why);
  CHECK(project != NULL);
  for (uint32_t i = 0; project && i < project->journey_count; i++) {
    const View *view = view_drawn(project, &project->journeys[i], NULL, arena);
    const Layout *layout = layout_new(view, arena);
    for (uint32_t f = 0; f < view->flow_count; f++) {
      Block block = layout_flow(layout, &view->flows[f], 1060, arena);
      check_block(&block, path);
    }
    Buf out = {0};
    svg_write_flow(view, &out);
    buf_add_byte(&out, 0);
    CHECK(!strstr(out.at, "nan") && !strstr(out.at, "inf"));
    buf_free(&out);
  }
  project_free(project);
  arena_free(arena);
}

static void add_any_path(Buf *to, uint32_t steps, unsigned *seed) {
  buf_add_c(to, "  path {\n");
  if (rand_r(seed) % 2) buf_printf(to, "    starts -> s%u %d%%\n", (uint32_t)rand_r(seed) % steps, rand_r(seed) % 101);
  for (uint32_t i = 0; i < steps; i++) {
    int left = 100;
    for (int arrows = rand_r(seed) % 4; arrows > 0; arrows--) {
      int share = rand_r(seed) % (left + 1);
      left -= share;
      if (rand_r(seed) % 4 == 0) buf_printf(to, "    s%u -> leaves %d%%\n", i, share);
      else buf_printf(to, "    s%u -> s%u %d%%\n", i, (uint32_t)rand_r(seed) % steps, share);
    }
  }
  buf_add_c(to, "  }\n");
}

static void check_any(unsigned seed) {
  Arena *arena = arena_new();
  Buf text = {0};
  uint32_t steps = 1 + (uint32_t)rand_r(&seed) % 25;
  buf_add_c(&text, "journey any \"Any\" {\n  stage a \"A stage\" {\n");
  for (uint32_t i = 0; i < steps; i++) {
    if (i % 6 == 5) buf_printf(&text, "  }\n  stage b%u \"Another stage with quite a long name\" {\n", i);
    buf_printf(&text, "    touchpoint s%u \"Does something that takes a few words to say, %u\"\n", i, i);
  }
  buf_add_c(&text, "  }\n");
  add_any_path(&text, steps, &seed);
  buf_add_c(&text, "}\n");
  Str why;
  CHECK(os_write_file(arena, "any.journey", buf_str(&text), &why));
  check_map("any.journey");
  buf_free(&text);
  arena_free(arena);
}

int main(void) {
  static const char *const maps[] = {"examples/saas-onboarding", "examples/clinic", "examples/professional-services",
                                     "tests/data/paths/shop.journey", "tests/data/paths/sets.journey"};
  for (size_t i = 0; i < sizeof maps / sizeof *maps; i++) check_map(maps[i]);
  char folder[] = "/tmp/journey-flow-XXXXXX";
  CHECK(mkdtemp(folder) != NULL && chdir(folder) == 0);
  for (unsigned seed = 1; seed <= 150; seed++) check_any(seed);
  unlink("any.journey");
  rmdir(folder);
  return CHECK_DONE();
}
