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
/* Fills the band of a stage as wide as it is. */
void layout_stage_band(const Layout *layout, const ViewStage *stage, LayoutStage *to, Arena *arena);
/* An entry at the left edge, with what it said in the other map; returns its height. */
double place_entry(Place *place, const Entry *entry, double y, double width);
/* Whether the entries of the lane stand in boxes that arrows join. */
bool layout_is_boxed(const View *view, const ViewLane *lane);
/* A cell of boxes, which are added to those of the step. */
Block layout_boxes(const Layout *layout, LayoutStep *step, uint32_t lane, const Cell *cell, double width, Arena *arena);
/* Fills arrows, once boxes and lanes have their places. */
void layout_arrows(Layout *layout, Arena *arena);
/* The dial of a day's hours; returns its height. */
double place_day(Place *place, double y, double width);
/* The room before a step for the time that has passed since the one before, and what stands in it. */
double layout_gap(const ViewStep *step);
Block layout_later(const Layout *layout, const ViewStep *step, double width, Arena *arena);
/* The curve through the points, and the area between it and the middle of the scale; both painted by height. */
#define LAYOUT_PLOT 108.0 /* height of the scale, for which the paint is made */
void place_curve(Place *place, const double *x, const double *y, const double *slopes, size_t count, double middle);
void curve_path(Buf *path, const double *x, const double *y, const double *slopes, size_t count);

/* ---- measures: layout_measures.c ---- */

/* In a cell; in the band of a stage, where all texts begin at 34; and in the head, where it is large. */
double place_measure(Place *place, const Entry *entry, double y, double width);
double place_stage_measure(Place *place, const Entry *entry, double y, double width);
double place_headline(Place *place, const Entry *entry, double x, double y, double width);
double place_headline_width(const Entry *entry);
/* "5 → 1": what was is muted, what is stands large. */
double place_change(Place *place, Str before, Str now, double x, double y, double width);

/* ---- the curves of actors: layout_actors.c ---- */

/* Through the steps in which an actor feels something, as the client's is drawn. */
typedef struct {
  const double *x, *y, *slopes;
  const uint32_t *steps; /* of each point */
  size_t count;          /* at least 1 */
  uint32_t actor;
} ActorCurve;
typedef VEC(ActorCurve) ActorCurves;
typedef double (*ActorX)(const Layout *layout, uint32_t step, double width); /* the middle of a step's column */
/* In the order of actors; to be freed. */
ActorCurves actor_curves(const Layout *layout, ActorX x_of, double width, Arena *arena);
void place_actor_curves(Place *place, const ActorCurves *curves);
/* The least (or greatest) of `best` and the curves between left and right. */
double actor_extreme(const ActorCurves *curves, double left, double right, bool least, double best);
Ink place_actor_ink(const Layout *layout, const ViewActor *actor);
Look place_actor_look(uint32_t actor);

/* What stands in the plot already, by where it is from left to right: however long the map, few are near a place. */
typedef struct {
  double left, top, right, bottom;
  bool is_text;
} RoomBox;
typedef VEC(RoomBox) RoomBoxes;
typedef struct {
  RoomBoxes *parts; /* each ROOM_PART wide; a box is in all that it touches */
  size_t count;
} Room;
#define ROOM_PART 256.0
typedef struct {
  double x, y;
} Point2;
Room room_new(double width, Arena *arena);
void room_free(Room *room);
void room_take(Room *room, double left, double top, double right, double bottom, bool is_text);
void room_take_curve(Room *room, const double *x, const double *y, const double *slopes, size_t count);
/* The names at the ends of the curves; `client_end`: where the client's ends, or NULL. */
void place_actor_names(Place *place, const ActorCurves *curves, Room *room, const Point2 *client_end);
/* The values at the points, where there is room. */
void place_actor_values(Place *place, const ActorCurves *curves, Room *room);
/* A row for each actor from y on: its name in `labels`, its words in the columns. Returns the end of the last. */
double place_actor_rows(Place *place, Place *labels, double y);

/* The curve of the map beside which this one stands, over all columns or, in little, over a part of their width: it
 * passes through the steps that were there, dropped ones too. */
void place_before(Place *place, double width);
/* Fills emotion, emotion_high, emotion_low, and the height of its lane. */
void layout_emotion(Layout *layout, Arena *arena);

#endif
