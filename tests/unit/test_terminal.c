/* Whatever the texts are, no line of the terminal's map is wider than the terminal, and nothing in it controls the
 * terminal. */
#include "unit/check.h"
#include "write/terminal.h"
#include "write/terminal_grid.h"

static uint32_t seed = 1;
static uint32_t dice(uint32_t sides) {
  seed = seed * 1664525u + 1013904223u;
  return (seed >> 8) % sides;
}

static const char *const PIECES[] = {"Signs ",
                                     "a ",
                                     "very-long-word-without-any-place-to-break-it ",
                                     "日本語の",
                                     "👩‍👩‍👧 ",
                                     "🇪🇺",
                                     "é",
                                     "e\xCC\x81 ",
                                     "\x1b[31m",
                                     "\n",
                                     "\t",
                                     "\xff",
                                     "العربية ",
                                     "“",
                                     "—",
                                     "ß",
                                     "…",
                                     "x",
                                     "‍",
                                     "\xEF\xB8\x8F",
                                     "▲ ",
                                     ""};

static Str text(Arena *arena) {
  Buf buf = {0};
  for (uint32_t n = dice(3) ? dice(9) : 0; n > 0; n--) buf_add_c(&buf, PIECES[dice(sizeof PIECES / sizeof *PIECES)]);
  return buf_take(&buf, arena);
}

static Cell cell(Arena *arena) {
  uint32_t count = dice(4);
  Entry *entries = ARENA_ARRAY(arena, Entry, count + 1);
  for (uint32_t i = 0; i < count; i++)
    entries[i] = (Entry){
        .kind = (EntryKind)dice(ENTRY_TIME + 1), .text = text(arena), .label = text(arena), .level = (int)dice(6) - 1};
  return (Cell){entries, count};
}

static void fill_steps(Arena *arena, View *view) {
  ViewStep *steps = ARENA_ARRAY(arena, ViewStep, view->step_count + 1);
  for (uint32_t i = 0; i < view->step_count; i++)
    steps[i] = (ViewStep){.title = text(arena),
                          .moment_of_truth = dice(2),
                          .moment_text = text(arena),
                          .has_emotion = dice(3) > 0,
                          .emotion = dice(201) / 100.0 - 1,
                          .emotion_label = text(arena),
                          .emotion_text = text(arena),
                          .emotion_source = text(arena),
                          .lowest = dice(2),
                          .highest = dice(2),
                          .state = (uint8_t)dice(3)};
  view->steps = steps;
}

static void fill_lanes(Arena *arena, View *view) {
  ViewLane *lanes = ARENA_ARRAY(arena, ViewLane, view->lane_count + 1);
  for (uint32_t i = 0; i < view->lane_count; i++) {
    Cell *cells = ARENA_ARRAY(arena, Cell, view->step_count + 1);
    for (uint32_t k = 0; k < view->step_count; k++) cells[k] = cell(arena);
    bool emotion = dice(4) == 0;
    lanes[i] = (ViewLane){.kind = emotion ? LANE_EMOTION : LANE_ENTRIES,
                          .title = text(arena),
                          .line = text(arena),
                          .cells = emotion ? NULL : cells};
  }
  view->lanes = lanes;
}

static void fill_stages(Arena *arena, View *view) {
  ViewStage *stages = ARENA_ARRAY(arena, ViewStage, view->stage_count + 1);
  for (uint32_t i = 0, step = 0; i < view->stage_count; i++) {
    uint32_t count = i + 1 == view->stage_count ? view->step_count - step : dice(view->step_count - step + 1);
    stages[i] = (ViewStage){
        .title = text(arena), .goal = text(arena), .owner = text(arena), .first_step = step, .step_count = count};
    step += count;
  }
  view->stages = stages;
}

static View random_view(Arena *arena) {
  View view = {.title = text(arena),
               .kind = text(arena),
               .doc = text(arena),
               .scenario = text(arena),
               .objective = text(arena),
               .owner = text(arena),
               .mapped_by = text(arena),
               .base_title = text(arena),
               .reviewed = text(arena),
               .review_note = text(arena),
               .validated = text(arena),
               .scale_min = text(arena),
               .scale_max = text(arena),
               .scale_middle = text(arena)};
  Str *lines = ARENA_ARRAY(arena, Str, 2);
  ViewList *lists = ARENA_ARRAY(arena, ViewList, 1);
  lines[0] = text(arena), lines[1] = text(arena);
  lists[0] = (ViewList){text(arena), lines, 2};
  view.persona = (ViewPersona){.present = dice(2),
                               .name = text(arena),
                               .role = text(arena),
                               .demographics = text(arena),
                               .quote = text(arena),
                               .segment = text(arena),
                               .lists = lists,
                               .list_count = 1};
  view.step_count = dice(12), view.stage_count = 1 + dice(4), view.lane_count = dice(6);
  Cell measures = cell(arena);
  view.measures = measures.entries, view.measure_count = measures.count;
  fill_steps(arena, &view), fill_stages(arena, &view), fill_lanes(arena, &view);
  return view;
}

static void check_lines(Str out, int width, bool ascii) {
  while (out.len > 0) {
    Str line = str_cut(&out, '\n');
    if (grid_columns(line) > width) fprintf(stderr, "%d > %d: " STR_FMT "\n", grid_columns(line), width, STR_ARG(line));
    CHECK(grid_columns(line) <= width);
    for (size_t i = 0; i < line.len; i++) {
      CHECK((unsigned char)line.at[i] >= 32 && line.at[i] != 127);
      CHECK(!ascii || (unsigned char)line.at[i] < 128);
    }
  }
}

/* The word (the first of the title, short enough not to be broken) stands in the box's first lines. */
static void check_box(Str out, const TerminalBox *box, Str word) {
  bool found = false;
  CHECK(box->height > 0);
  for (uint32_t line = 0; out.len > 0; line++) {
    Str text = str_cut(&out, '\n'), rest = text;
    if (line < box->line || line >= box->line + box->height) continue;
    for (; rest.len >= word.len && !found; rest = str_slice(rest, 1, rest.len)) {
      uint32_t column = (uint32_t)grid_columns(str_slice(text, 0, text.len - rest.len));
      found = str_starts(rest, word) && column >= box->column && column < box->column + box->width;
    }
  }
  CHECK(found);
}

static void check_boxes(void) {
  static const int WIDTHS[] = {20, 40, 60, 80, 120, 200};
  Arena *arena = arena_new();
  View view = random_view(arena);
  while (view.step_count < 7) view = random_view(arena);
  ViewStep *steps = ARENA_ARRAY(arena, ViewStep, view.step_count);
  memcpy(steps, view.steps, view.step_count * sizeof *steps);
  for (uint32_t i = 0; i < view.step_count; i++) steps[i].title = arena_format(arena, "Title%02u", i);
  view.steps = steps;
  for (size_t i = 0; i < sizeof WIDTHS / sizeof *WIDTHS; i++) {
    Buf out = {0}, same = {0};
    TerminalBox *boxes = ARENA_ARRAY(arena, TerminalBox, view.step_count);
    buf_add(&out, STR("in front\n"));
    terminal_write_placed(&view, (TerminalStyle){.width = WIDTHS[i]}, boxes, &out);
    terminal_write(&view, (TerminalStyle){.width = WIDTHS[i]}, &same);
    Str drawn = str_slice(buf_str(&out), 9, out.len);
    CHECK(str_is(drawn, buf_str(&same)));
    for (uint32_t k = 0; k < view.step_count; k++) check_box(drawn, &boxes[k], view.steps[k].title);
    buf_free(&out), buf_free(&same);
  }
  arena_free(arena);
}

static void check_random_views(void) {
  static const int WIDTHS[] = {1, 2, 5, 12, 23, 24, 39, 40, 59, 60, 61, 80, 97, 120, 200};
  for (int round = 0; round < 150; round++) {
    Arena *arena = arena_new();
    View view = random_view(arena);
    for (size_t i = 0; i < sizeof WIDTHS / sizeof *WIDTHS; i++) {
      Buf out = {0};
      bool ascii = dice(2);
      terminal_write(&view, (TerminalStyle){.width = WIDTHS[i], .ascii = ascii}, &out);
      check_lines(buf_str(&out), WIDTHS[i], ascii);
      buf_free(&out);
    }
    arena_free(arena);
  }
}

static void check_wrapping(void) {
  Arena *arena = arena_new();
  Str *lines;
  CHECK(grid_columns(STR("日本")) == 4);
  CHECK(grid_columns(STR("e\xCC\x81")) == 1);
  CHECK(grid_columns(STR("👩‍👩‍👧")) == 2);
  CHECK(grid_columns(STR("🇪🇺")) == 2);
  CHECK(grid_wrap(arena, STR("one two three"), 7, &lines) == 2);
  CHECK_STR(lines[0], "one two");
  CHECK_STR(lines[1], "three");
  CHECK(grid_wrap(arena, STR("abcdefgh"), 3, &lines) == 3);
  CHECK_STR(lines[2], "gh");
  CHECK(grid_wrap(arena, STR("日本語"), 4, &lines) == 2);
  CHECK_STR(lines[0], "日本");
  CHECK(grid_wrap(arena, STR(""), 4, &lines) == 1);
  CHECK_STR(grid_text(arena, STR("\x1b[31mcaf\xC3\xA9 \xE2\x80\x9Cx\xE2\x80\x9D \xE6\x97\xA5"), true),
            " [31mcafe \"x\" ?");
  arena_free(arena);
}

int main(void) {
  check_wrapping();
  check_random_views();
  check_boxes();
  return CHECK_DONE();
}
