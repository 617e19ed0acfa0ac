/* Blueprints of any shape: no arrow runs through a text, and each is drawn of horizontal and vertical lines. */
#include "check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "view/layout.h"

enum { STEPS_MOST = 40 };

static unsigned seed = 7;
static int dice(int sides) { return (int)((unsigned)rand_r(&seed) % (unsigned)sides); }

static const Str texts[] = {STR("Signs"), STR("Reads the contract, asks two questions, and signs it in the evening"),
                            STR("تقرأ العقد وتطرح سؤالين ثم توقّع"), STR("Sends a list of four hundred rows"),
                            STR("Rindfleischetikettierungsüberwachungsaufgabe")};
static const Str teams[] = {STR("Sales"), STR("Finance"), STR("Customer success")};

static Entry random_entry(Keyword shows, int at) {
  Entry entry = {.kind = ENTRY_TEXT, .text = texts[dice(5)]};
  if (shows == K_FRONTSTAGE || shows == K_BACKSTAGE) {
    entry.kind = shows == K_BACKSTAGE && at > 0 && dice(2) ? ENTRY_HANDOVER : ENTRY_ACTION;
    entry.label = entry.name = teams[dice(3)];
  }
  if (shows == K_USING) entry.kind = ENTRY_SYSTEM, entry.text = teams[dice(3)];
  if (shows == K_VIA) entry.kind = ENTRY_CHANNEL, entry.text = STR("E-mail"), entry.icon = "email";
  return entry;
}

static const Cell *random_cells(Arena *arena, Keyword shows, uint32_t steps) {
  Cell *cells = ARENA_ARRAY(arena, Cell, steps + 1);
  for (uint32_t s = 0; s < steps; s++) {
    Entry *entries = ARENA_ARRAY(arena, Entry, 3);
    cells[s] = (Cell){entries, (uint32_t)dice(4)};
    for (uint32_t i = 0; i < cells[s].count; i++) entries[i] = random_entry(shows, (int)i);
  }
  return cells;
}

static View random_view(Arena *arena, uint32_t steps) {
  static const Keyword shows[] = {K_VIA, K_CLIENT, K_FRONTSTAGE, K_BACKSTAGE, K_USING, K_FEELS, K_THINKS};
  ViewLane *lanes = ARENA_ARRAY(arena, ViewLane, 7);
  for (int i = 0; i < 7; i++) lanes[i] = (ViewLane){.shows = shows[i]};
  for (int i = 6; i > 0 && dice(2); i--) { /* as the lanes stand usually, and in any other order */
    int other = dice(i + 1);
    ViewLane lane = lanes[i];
    lanes[i] = lanes[other];
    lanes[other] = lane;
  }
  for (int i = 0; i < 7; i++) {
    lanes[i].title = STR("A lane");
    if (lanes[i].shows == K_FEELS) lanes[i].kind = LANE_EMOTION;
    else lanes[i].cells = random_cells(arena, lanes[i].shows, steps);
    if (lanes[i].shows == K_FRONTSTAGE) lanes[i].line = STR("Line of interaction");
  }
  ViewStep *list = ARENA_ARRAY(arena, ViewStep, steps + 1);
  for (uint32_t i = 0; i < steps; i++)
    list[i] = (ViewStep){.title = texts[dice(5)],
                         .number = i + 1,
                         .has_emotion = dice(4) > 0,
                         .emotion = dice(5) / 2.0 - 1,
                         .emotion_label = STR("+1"),
                         .emotion_text = texts[dice(5)]};
  ViewStage *stages = ARENA_ARRAY(arena, ViewStage, 2);
  uint32_t half = steps / 2;
  stages[0] = (ViewStage){.title = STR("One"), .step_count = half};
  stages[1] = (ViewStage){.title = STR("Two"), .first_step = half, .step_count = steps - half};
  return (View){.shape = SHAPE_BLUEPRINT,
                .lanes = lanes,
                .lane_count = 7,
                .steps = list,
                .step_count = steps,
                .stages = stages,
                .stage_count = 2,
                .scale_min = STR("-2"),
                .scale_middle = STR("0"),
                .scale_max = STR("+2")};
}

typedef struct {
  double left, top, right, bottom;
} Box;

static Box box_of(const Mark *mark, double x, double y) {
  double size = type_row(mark->type)->size, wide = mark->lines.width;
  double left = x + mark->x -
                (mark->rtl || mark->anchor == ANCHOR_END ? wide
                 : mark->anchor == ANCHOR_MIDDLE         ? wide / 2
                                                         : 0);
  double first = y + mark->y;
  return (Box){left, first - size * 0.75, left + wide,
               first + mark->leading * (double)(mark->lines.count - 1) + size * 0.2};
}

/* Whether the text is free of all lines of all arrows; a line that is neither level nor upright is at most a corner. */
static bool is_clear(const Block *arrows, const Box *box) {
  for (size_t i = 0; i < arrows->count; i++) {
    const Mark *mark = &arrows->marks[i];
    double x = 0, y = 0, to_x, to_y;
    int used;
    for (const char *at = mark->path.at; *at; at += used) {
      char letter = *at++;
      used = 0;
      if (letter == 'Z' || letter == 'z') continue;
      double skip_x, skip_y;
      if (letter == 'Q' && sscanf(at, "%lf %lf %lf %lf%n", &skip_x, &skip_y, &to_x, &to_y, &used) < 4) return false;
      if (letter != 'Q' && sscanf(at, "%lf %lf%n", &to_x, &to_y, &used) < 2) return false;
      if (letter == 'M') x = to_x, y = to_y;
      if (fmin(x, to_x) < box->right && fmax(x, to_x) > box->left && fmin(y, to_y) < box->bottom &&
          fmax(y, to_y) > box->top)
        return false;
      x = to_x, y = to_y;
    }
  }
  return true;
}

static void check_block(const Layout *layout, const Block *block, double x, double y) {
  for (size_t i = 0; i < block->count; i++) {
    if (block->marks[i].kind != MARK_TEXT) continue;
    Box box = box_of(&block->marks[i], x, y);
    CHECK(is_clear(&layout->arrows, &box));
  }
}

static size_t check_blueprint(Arena *arena, uint32_t steps) {
  View view = random_view(arena, steps);
  const Layout *layout = layout_new(&view, arena);
  for (uint32_t s = 0; s < steps; s++)
    for (uint32_t i = 0; i < view.lane_count; i++)
      check_block(layout, &layout->steps[s].cells[i], layout->steps[s].x + LAYOUT_PAD, layout->lanes[i].y);
  if (layout->emotion_lane != NONE) check_block(layout, &layout->emotion, 0, layout->lanes[layout->emotion_lane].y);
  size_t arrows = 0;
  for (size_t i = 0; i < layout->arrows.count; i++)
    for (size_t k = 0; k < layout->arrows.marks[i].path.len; k++) arrows += layout->arrows.marks[i].path.at[k] == 'M';
  return arrows;
}

int main(void) {
  size_t arrows = 0;
  for (int round = 0; round < 60; round++) {
    Arena *arena = arena_new();
    arrows += check_blueprint(arena, (uint32_t)dice(STEPS_MOST));
    arena_free(arena);
  }
  CHECK(arrows > 1000);
  return CHECK_DONE();
}
