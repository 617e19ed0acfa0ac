/* Where everything of a map stands: measured, wrapped and placed, but not yet drawn. Lengths are pixels, y goes down.
 *
 *   +--------------------------------------------+
 *   | head: title, persona, scenario, measures   |   layout_head, as wide as one likes
 *   +--------+-----------------------------------+
 *   |        | top: stages, titles of the steps  |
 *   +--------+-----------------------------------+
 *   | labels | body: a column for each step,     |
 *   |        | a row for each lane               |
 *   +--------+-----------------------------------+
 *   | legend                                     |
 *   +--------------------------------------------+
 */
#ifndef JOURNEY_VIEW_LAYOUT_H
#define JOURNEY_VIEW_LAYOUT_H

#include "text/wrap.h"
#include "view/style.h"
#include "view/view.h"

typedef enum { MARK_TEXT, MARK_LINE, MARK_RECT, MARK_CIRCLE, MARK_PATH, MARK_ICON } MarkKind;
typedef enum { ANCHOR_START, ANCHOR_MIDDLE, ANCHOR_END } Anchor;
typedef enum {
  LOOK_FILL,
  LOOK_STROKE,
  LOOK_DASHED,
  LOOK_CURVE,
  LOOK_AREA,
  LOOK_POINT,
  LOOK_DASH_1,
  LOOK_DASH_2,
  LOOK_DASH_3,
  LOOK_RIBBON,
  LOOK_PIPE,
  LOOK_HATCH
} Look; /* LOOK_DASH: curves of actors; LOOK_RIBBON, LOOK_PIPE: where clients go; LOOK_HATCH:
         * of a rectangle, what is out of date */

typedef struct {
  MarkKind kind;
  Look look; /* how a shape is painted, in its ink */
  Ink ink;
  double x, y, w,
      h; /* text: start (rtl: right end) of the first baseline; circle: centre, w the radius; line: to x+w, y+h */
  double radius; /* of a rectangle's corners */
  double weight; /* LOOK_PIPE: how wide the line is */
  Type type;
  Anchor anchor;
  Lines lines;
  double leading; /* between the lines */
  Ink halo;       /* I_PAPER or I_TINT: the text stands out from the lines behind it; I_INK: it does not */
  bool rtl;
  bool struck; /* a text that no longer holds: a line runs through it */
  Str path;    /* MARK_PATH: as in SVG's d; MARK_ICON: the icon's name */
  Str sources; /* of a text: the numbers raised behind its last line; may be empty */
  Str tip;     /* more about it; may be empty */
} Mark;

typedef struct {
  const Mark *marks;
  size_t count;
  double width, height;
} Block;

/* An entry of a lane that stands in a box, as those of a blueprint do. */
typedef struct {
  uint32_t lane, entry;
  double x, y, w, h; /* x from the column's edge, y from the lane's */
} LayoutBox;

typedef struct {
  double x, width;  /* in top and body */
  double gap;       /* before it: time that passes between two steps of a day */
  Block later;      /* what is said of it, in top, from (x - gap, step_top) */
  Block title;      /* of the step, in top, from (x, step_top) */
  Block *cells;     /* one for each lane; each stands at (x, lane's y); none for LANE_EMOTION */
  LayoutBox *boxes; /* in the order of lanes and entries */
  uint32_t box_count;
} LayoutStep;

typedef struct {
  double x, width;
  Block band; /* in top, from (x, 0) */
  struct {
    size_t first, count;
  } aside; /* the marks of the band that stand at its right end: the owner's */
} LayoutStage;

typedef struct {
  double y, height; /* in body and labels; the rule above it is at y - rule */
  double rule;      /* room for the rule above it; 0 for the first */
  bool dashed;      /* it has a name (View's `line`) */
  Block label;      /* from (0, y) in labels */
} LayoutLane;

typedef struct {
  const View *view;
  double label_width, body_width, top_height, step_top, body_height;
  LayoutStage *stages;
  LayoutStep *steps;
  LayoutLane *lanes;                /* as in the view */
  Block arrows;                     /* of a blueprint, from (0, 0) in body; beneath the texts */
  Block actor_names;                /* beside the emotion lane's label, of the rows below the curve */
  Block emotion;                    /* from (0, the emotion lane's y) in body; empty where there is no such lane */
  double emotion_high, emotion_low; /* y of the scale's ends, from the emotion lane's y */
  uint32_t emotion_lane;            /* NONE: there is none */
  const uint32_t *teams;            /* colours */
  uint32_t team_count;
} Layout;

#define LAYOUT_LANE_PAD 10.0 /* between the rule above a lane and its texts */
#define LAYOUT_GHOST 104.0   /* width of the column of a step that was dropped */
#define LAYOUT_PAD 12.0      /* between the edge of a column and its texts */

const Layout *layout_new(const View *view, Arena *arena);
/* Title, persona, scenario, facts and measures, within a width of at least 900. */
Block layout_head(const Layout *layout, double width, Arena *arena);
/* The whole journey in little: its stages, the curve with numbers for steps, and lists of what matters most. */
Block layout_overview(const Layout *layout, double width, Arena *arena);
/* Where clients go: steps as bars, arrows as ribbons; at least `width` wide, and as wide as it needs. */
Block layout_flow(const Layout *layout, const ViewFlow *flow, double width, Arena *arena);
/* The title above such drawings, where they stand alone. */
Block layout_flow_head(const Layout *layout, double width, Arena *arena);
/* What the marks of this map mean. */
Block layout_legend(const Layout *layout, double width, Arena *arena);

/* A trend of at least two points in little. */
Block layout_spark(const ViewCount *count, double width, double height, Arena *arena);

/* The sources of the map, numbered; empty where it names none. */
Block layout_sources(const Layout *layout, double width, Arena *arena);

#endif
