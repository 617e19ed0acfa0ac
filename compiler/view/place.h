/* Puts marks into a block, for the files that lay out the parts of the map. */
#ifndef JOURNEY_VIEW_PLACE_H
#define JOURNEY_VIEW_PLACE_H

#include "base/vec.h"
#include "view/layout.h"

typedef struct {
  Arena *arena;
  const Layout *layout;
  VEC(Mark) marks;
  double width, height; /* height: of what was placed so far; grows */
} Place;

Place place_new(const Layout *layout, Arena *arena, double width);
Block place_done(Place *place);

/* A text with its top at y, in lines of at most `width`; returns its height. x: the left edge, or the middle or right
 * one by the anchor; texts that run from right to left stand at the right edge. */
double place_text(Place *place, Str text, Type type, Ink ink, double x, double y, double width);
double place_text_at(Place *place, Str text, Type type, Ink ink, Anchor anchor, double x, double y, double width);
/* What no longer holds: muted, struck through, and cut short where it is long. */
double place_struck(Place *place, Str text, Type type, double x, double y, double width);
/* The same, with the numbers of its sources raised behind it. */
double place_claim(Place *place, Str text, Str sources, Type type, Ink ink, Anchor anchor, double x, double y,
                   double width);
void place_icon(Place *place, const char *icon, Ink ink, double x, double y, double size);
void place_line(Place *place, Look look, Ink ink, double x, double y, double w, double h);
void place_rect(Place *place, Look look, Ink ink, double x, double y, double w, double h, double radius);
void place_circle(Place *place, Look look, Ink ink, double x, double y, double radius);
void place_path(Place *place, Look look, Ink ink, Str path);
/* An ink for a team: its colour, or the muted one where it has none. */
Ink place_team_ink(const Layout *layout, bool has_colour, uint32_t colour);
/* How wide the text is on one line, with room for fonts that are a little wider. */
double place_width(Str text, Type type);
/* Adds the marks of a block, moved. */
void place_block(Place *place, const Block *block, double x, double y);

/* The parts of the map, each in its file. */
Block layout_cell(const Layout *layout, const Cell *cell, double width, Arena *arena);
Block layout_step_title(const Layout *layout, const ViewStep *step, double width, Arena *arena);
Block layout_stage_band(const Layout *layout, const ViewStage *stage, double width, Arena *arena);
/* An entry at the left edge, with what it said in the other map; returns its height. */
double place_entry(Place *place, const Entry *entry, double y, double width);
/* Whether the entries of the lane stand in boxes that arrows join. */
bool layout_is_boxed(const View *view, const ViewLane *lane);
/* A cell of boxes, which are added to those of the step. */
Block layout_boxes(const Layout *layout, LayoutStep *step, uint32_t lane, const Cell *cell, double width, Arena *arena);
/* Fills arrows, once boxes and lanes have their places. */
void layout_arrows(Layout *layout, Arena *arena);
/* The target of a measure, and whether it is met. */
double place_target(Place *place, const Entry *entry, double x, double y, double width);
/* The curve through the points, and the area between it and the middle of the scale; both painted by height. */
#define LAYOUT_PLOT 108.0 /* height of the scale, for which the paint is made */
void place_curve(Place *place, const double *x, const double *y, const double *slopes, size_t count, double middle);
/* Fills emotion, emotion_high, emotion_low, and the height of its lane. */
void layout_emotion(Layout *layout, Arena *arena);

#endif
