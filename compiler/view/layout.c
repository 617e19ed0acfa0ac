#include "view/layout.h"

#include <math.h>

#include "text/measure.h"
#include "view/place.h"

#define RULE_ROOM 14.0 /* for the name of a line between lanes */
#define STAGE_GAP 14.0
#define TARGET_HEIGHT 1150.0 /* of the body, which the columns' width is chosen for */
#define MIN_MAP 1060.0

static void collect_teams(Layout *layout, Arena *arena) {
  const View *view = layout->view;
  VEC(uint32_t) found = {0};
#define ADD(has, colour_) \
  do { \
    bool known = !(has); \
    for (size_t k = 0; k < found.len && !known; k++) known = found.at[k] == (colour_); \
    if (!known) vec_push(&found, colour_); \
  } while (0)
  for (uint32_t i = 0; i < view->actor_count; i++) ADD(view->actors[i].has_colour, view->actors[i].colour);
  for (uint32_t i = 0; i < view->stage_count; i++) ADD(view->stages[i].has_owner_colour, view->stages[i].owner_colour);
  for (uint32_t i = 0; i < view->lane_count; i++)
    for (uint32_t s = 0; view->lanes[i].cells && s < view->step_count; s++)
      for (uint32_t e = 0; e < view->lanes[i].cells[s].count; e++)
        ADD(view->lanes[i].cells[s].entries[e].has_colour, view->lanes[i].cells[s].entries[e].colour);
  for (uint32_t i = 0; i < view->section_count; i++)
    for (uint32_t f = 0; f < view->sections[i].count; f++)
      ADD(view->sections[i].facts[f].has_colour, view->sections[i].facts[f].colour);
#undef ADD
  uint32_t *teams = ARENA_ARRAY(arena, uint32_t, found.len);
  if (found.len) memcpy(teams, found.at, found.len * sizeof *teams);
  layout->teams = teams;
  layout->team_count = (uint32_t)found.len;
  vec_free(&found);
}

/* Room for the numbers of the emotion scale, beside the lane's title. */
static double ticks(const View *view) {
  double widest = fmax(place_width(view->scale_max, T_TAG), place_width(view->scale_min, T_TAG));
  return fmax(widest, place_width(view->scale_middle, T_TAG)) + 10;
}

static double label_width(const View *view) {
  double width = 96;
  for (uint32_t i = 0; i < view->lane_count; i++) {
    double title = place_width(view->lanes[i].title, T_LANE), line = place_width(view->lanes[i].line, T_SMALL);
    if (view->lanes[i].kind == LANE_EMOTION) title += ticks(view);
    for (uint32_t a = 0; view->lanes[i].kind == LANE_EMOTION && a < view->actor_count; a++)
      title = fmax(title, fmin(place_width(view->actors[a].title, T_TAG) + 15, 120));
    width = fmax(width, fmax(title, line) + 22);
  }
  return ceil(fmin(width, 190) / 9) * 9; /* 9: so that dashes go on without a seam */
}

/* How many pixels of body text the fullest cell of a lane holds. */
static double text_in_lane(const ViewLane *lane, uint32_t steps) {
  double most = 0;
  for (uint32_t s = 0; lane->cells && s < steps; s++) {
    double width = 0;
    for (uint32_t i = 0; i < lane->cells[s].count; i++)
      width += 60 + 6.6 * (double)(lane->cells[s].entries[i].text.len + lane->cells[s].entries[i].label.len);
    most = fmax(most, width);
  }
  return most;
}

/* Wide enough that the map is neither a tower nor a ribbon. */
static double column_width(const View *view, double labels) {
  double text = 0, others = 160;
  for (uint32_t i = 0; i < view->lane_count; i++) {
    text += text_in_lane(&view->lanes[i], view->step_count);
    others += view->lanes[i].kind == LANE_EMOTION ? 240 : 40;
  }
  double wanted = text * 18 / 0.82 / fmax(TARGET_HEIGHT - others, 300) + 2 * LAYOUT_PAD;
  double least = view->shape == SHAPE_BLUEPRINT ? 208 : 188;
  double width = fmax(least, fmin(wanted, 218));
  double steps = view->step_count ? view->step_count : 1;
  return floor(fmax(width, fmin(340, (MIN_MAP - labels - STAGE_GAP * (view->stage_count - 1.0)) / steps)));
}

static void place_columns(Layout *layout, double width, Arena *arena) {
  const View *view = layout->view;
  layout->stages = ARENA_ARRAY(arena, LayoutStage, view->stage_count);
  layout->steps = ARENA_ARRAY(arena, LayoutStep, view->step_count);
  double x = 0;
  for (uint32_t i = 0; i < view->stage_count; i++) {
    const ViewStage *stage = &view->stages[i];
    double before = stage->step_count ? layout_gap(&view->steps[stage->first_step]) : 0;
    x += before; /* time that passes between two stages is part of neither */
    layout->stages[i].x = x;
    for (uint32_t s = 0; s < stage->step_count; s++) {
      bool dropped = view->steps[stage->first_step + s].state == 3;
      LayoutStep *step = &layout->steps[stage->first_step + s];
      double gap = layout_gap(&view->steps[stage->first_step + s]);
      if (s) x += gap;
      *step = (LayoutStep){.x = x, .width = dropped ? LAYOUT_GHOST : width, .gap = gap};
      x += step->width;
    }
    if (stage->step_count == 0) x += width; /* a stage without steps is there all the same */
    layout->stages[i].width = x - layout->stages[i].x;
    x += STAGE_GAP;
  }
  layout->body_width = fmax(x - STAGE_GAP, width);
}

static void place_top(Layout *layout, Arena *arena) {
  const View *view = layout->view;
  double bands = 0, titles = 0;
  for (uint32_t i = 0; i < view->stage_count; i++) {
    layout_stage_band(layout, &view->stages[i], &layout->stages[i], arena);
    bands = fmax(bands, layout->stages[i].band.height);
  }
  for (uint32_t i = 0; i < view->step_count; i++) {
    LayoutStep *step = &layout->steps[i];
    step->title = layout_step_title(layout, &view->steps[i], step->width - 2 * LAYOUT_PAD, arena);
    titles = fmax(titles, step->title.height);
    if (step->gap > 0) step->later = layout_later(layout, &view->steps[i], step->gap, arena);
    titles = fmax(titles, step->later.height);
  }
  layout->step_top = ceil(bands) + 16;
  layout->top_height = layout->step_top + ceil(titles) + 14;
}

static Block lane_label(const Layout *layout, const ViewLane *lane, const Block *names, Arena *arena) {
  Place place = place_new(layout, arena, layout->label_width);
  double room = layout->label_width - 14 - (lane->kind == LANE_EMOTION ? ticks(layout->view) : 0);
  place_text(&place, lane->title, T_LANE, I_INK, 0, 0, room);
  if (names) place_block(&place, names, 0, 0);
  return place_done(&place);
}

static void place_cells(Layout *layout, Arena *arena) {
  const View *view = layout->view;
  for (uint32_t s = 0; s < view->step_count; s++) {
    LayoutStep *step = &layout->steps[s];
    step->cells = ARENA_ARRAY(arena, Block, view->lane_count);
    uint32_t boxes = 0;
    for (uint32_t i = 0; i < view->lane_count; i++)
      if (layout_is_boxed(view, &view->lanes[i])) boxes += view->lanes[i].cells[s].count;
    step->boxes = ARENA_ARRAY(arena, LayoutBox, boxes);
    for (uint32_t i = 0; i < view->lane_count; i++) {
      if (view->lanes[i].kind == LANE_EMOTION) continue;
      const Cell *cell = &view->lanes[i].cells[s];
      double width = step->width - 2 * LAYOUT_PAD;
      step->cells[i] = layout_is_boxed(view, &view->lanes[i]) ? layout_boxes(layout, step, i, cell, width, arena)
                                                              : layout_cell(layout, cell, width, arena);
      layout->lanes[i].height = fmax(layout->lanes[i].height, step->cells[i].height);
    }
  }
}

static void place_lanes(Layout *layout, Arena *arena) {
  const View *view = layout->view;
  double y = 0;
  for (uint32_t i = 0; i < view->lane_count; i++) {
    LayoutLane *lane = &layout->lanes[i];
    lane->dashed = view->lanes[i].line.len > 0;
    lane->rule = lane->dashed ? RULE_ROOM : 0;
    lane->label = lane_label(layout, &view->lanes[i], i == layout->emotion_lane ? &layout->actor_names : NULL, arena);
    y += lane->rule + LAYOUT_LANE_PAD;
    lane->y = y;
    y += ceil(fmax(lane->height, lane->label.height)) + LAYOUT_LANE_PAD;
  }
  layout->body_height = y;
}

const Layout *layout_new(const View *view, Arena *arena) {
  Layout *layout = ARENA_NEW(arena, Layout);
  layout->view = view;
  layout->emotion_lane = NONE;
  layout->lanes = ARENA_ARRAY(arena, LayoutLane, view->lane_count);
  collect_teams(layout, arena);
  layout->label_width = label_width(view);
  place_columns(layout, column_width(view, layout->label_width), arena);
  place_top(layout, arena);
  place_cells(layout, arena);
  for (uint32_t i = 0; i < view->lane_count && layout->emotion_lane == NONE; i++)
    if (view->lanes[i].kind == LANE_EMOTION) layout->emotion_lane = i;
  if (layout->emotion_lane != NONE) layout_emotion(layout, arena);
  place_lanes(layout, arena);
  if (view->shape == SHAPE_BLUEPRINT) layout_arrows(layout, arena);
  return layout;
}
