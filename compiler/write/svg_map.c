/* The drawing itself: the stages above, the labels at the left, the columns. */
#include "write/svg_parts.h"

void svg_group(Buf *to, const char *prefix, Str id, double x, double y) {
  buf_add_c(to, "<g");
  if (id.len) {
    buf_printf(to, " id=\"%s", prefix);
    svg_escape(to, id);
    buf_add_byte(to, '"');
  }
  if (x != 0 || y != 0) {
    buf_add_c(to, " transform=\"translate(");
    svg_number(to, x);
    buf_add_byte(to, ' ');
    svg_number(to, y);
    buf_add_c(to, ")\"");
  }
  buf_add_byte(to, '>');
}

static void draw(Buf *to, MarkKind kind, Look look, Ink ink, double x, double y, double w, double h) {
  Mark mark = {.kind = kind, .look = look, .ink = ink, .x = x, .y = y, .w = w, .h = h};
  svg_block(to, &(Block){&mark, 1, 0, 0});
}

/* A soft ground behind the columns of moments of truth. */
static void draw_moments(Buf *to, const Layout *layout, double y, double height) {
  for (uint32_t i = 0; i < layout->view->step_count; i++)
    if (layout->view->steps[i].moment_of_truth)
      draw(to, MARK_RECT, LOOK_FILL, I_TINT, layout->steps[i].x, y, layout->steps[i].width, height);
}

/* A pale ground where time passes between two steps of a day. */
static void draw_gaps(Buf *to, const Layout *layout, double y, double height) {
  for (uint32_t i = 0; i < layout->view->step_count; i++)
    if (layout->steps[i].gap > 0)
      draw(to, MARK_RECT, LOOK_FILL, I_BAND, layout->steps[i].x - layout->steps[i].gap + 4, y, layout->steps[i].gap - 8,
           height);
}

void svg_top(Buf *to, const Layout *layout) {
  const View *view = layout->view;
  double band = layout->step_top - 16;
  draw_moments(to, layout, band, layout->top_height - band);
  draw_gaps(to, layout, band + 8, layout->top_height - band - 8);
  for (uint32_t i = 0; i < view->stage_count; i++) {
    const LayoutStage *stage = &layout->stages[i];
    draw(to, MARK_RECT, LOOK_FILL, I_BAND, stage->x, 0, stage->width, band);
    draw(to, MARK_RECT, LOOK_FILL, I_INK, stage->x, 0, stage->width, 3);
    svg_group(to, "", STR(""), stage->x, 0);
    svg_block(to, &stage->band);
    buf_add_c(to, "</g>");
  }
  for (uint32_t i = 0; i < view->step_count; i++) {
    if (layout->steps[i].gap > 0) {
      svg_group(to, "", STR(""), layout->steps[i].x - layout->steps[i].gap, layout->step_top);
      svg_block(to, &layout->steps[i].later);
      buf_add_c(to, "</g>");
    }
    svg_group(to, "", STR(""), layout->steps[i].x + LAYOUT_PAD, layout->step_top);
    svg_block(to, &layout->steps[i].title);
    buf_add_c(to, "</g>");
  }
}

static double rule_y(const LayoutLane *lane) { return lane->y - LAYOUT_LANE_PAD; }

void svg_labels(Buf *to, const Layout *layout) {
  const View *view = layout->view;
  for (uint32_t i = 0; i < view->lane_count; i++) {
    const LayoutLane *lane = &layout->lanes[i];
    draw(to, MARK_LINE, lane->dashed ? LOOK_DASHED : LOOK_STROKE, lane->dashed ? I_RULE : I_HAIR, 0, rule_y(lane),
         layout->label_width, 0);
    if (lane->dashed) {
      Lines line = {&view->lanes[i].line, 1, 0};
      Mark name = {.kind = MARK_TEXT, .type = T_SMALL, .ink = I_MUTED, .lines = line, .x = 0, .y = rule_y(lane) - 6};
      svg_block(to, &(Block){&name, 1, 0, 0});
    }
    svg_group(to, "", STR(""), 0, lane->y);
    svg_block(to, &lane->label);
    buf_add_c(to, "</g>");
  }
  if (layout->emotion_lane == NONE) return;
  double y = layout->lanes[layout->emotion_lane].y;
  const Str texts[] = {view->scale_max, view->scale_middle, view->scale_min};
  for (int i = 0; i < 3; i++) {
    double at = y + layout->emotion_high + (layout->emotion_low - layout->emotion_high) * i / 2;
    Mark tick = {.kind = MARK_TEXT,
                 .type = T_TAG,
                 .ink = I_MUTED,
                 .anchor = ANCHOR_END,
                 .lines = {&texts[i], 1, 0},
                 .x = layout->label_width - 10,
                 .y = at + 4};
    svg_block(to, &(Block){&tick, 1, 0, 0});
  }
}

/* The hairlines are one path: there are many. */
static void draw_rules(Buf *to, const Layout *layout) {
  Buf path = {0};
  for (uint32_t i = 0; i < layout->view->lane_count; i++) {
    const LayoutLane *lane = &layout->lanes[i];
    if (lane->dashed) draw(to, MARK_LINE, LOOK_DASHED, I_RULE, 0, rule_y(lane), layout->body_width, 0);
    for (uint32_t s = 0; !lane->dashed && s < layout->view->stage_count; s++)
      buf_printf(&path, "M%.0f %.1fh%.0f", layout->stages[s].x, rule_y(lane), layout->stages[s].width);
  }
  Mark rules = {.kind = MARK_PATH, .look = LOOK_STROKE, .ink = I_HAIR, .path = buf_str(&path)};
  if (path.len) svg_block(to, &(Block){&rules, 1, 0, 0});
  buf_free(&path);
}

void svg_body(Buf *to, const Layout *layout) {
  const View *view = layout->view;
  draw_moments(to, layout, 0, layout->body_height);
  draw_gaps(to, layout, 0, layout->body_height);
  draw_rules(to, layout);
  if (layout->arrows.count) {
    svg_group(to, "", STR("arrows"), 0, 0);
    svg_block(to, &layout->arrows);
    buf_add_c(to, "</g>");
  }
  for (uint32_t s = 0; s < view->step_count; s++) {
    svg_group(to, "step-", view->steps[s].anchor, layout->steps[s].x + LAYOUT_PAD, 0);
    for (uint32_t i = 0; i < view->lane_count; i++) {
      if (layout->steps[s].cells[i].count == 0) continue;
      svg_group(to, "", STR(""), 0, layout->lanes[i].y);
      svg_block(to, &layout->steps[s].cells[i]);
      buf_add_c(to, "</g>");
    }
    buf_add_c(to, "</g>");
  }
  if (layout->emotion_lane == NONE) return;
  svg_group(to, "", STR(""), 0, layout->lanes[layout->emotion_lane].y);
  svg_block(to, &layout->emotion);
  buf_add_c(to, "</g>");
}
