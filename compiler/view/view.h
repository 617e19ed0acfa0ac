/* What a map says, decided once for all writers: its head, its stages and steps, and its lanes, a cell for each step.
 * Writers (SVG, HTML, terminal, Markdown) only decide how to draw it. All texts are plain, in the order in which they
 * are read. */
#ifndef JOURNEY_VIEW_VIEW_H
#define JOURNEY_VIEW_VIEW_H

#include "flow/flow.h"
#include "metric/figures.h"
#include "plan/plan.h"

/* Texts under a word: "Goals", "Why it happens". */
typedef struct {
  Str label;
  const Str *lines;
  uint32_t count;
} ViewList;

typedef enum {
  ENTRY_TEXT,        /* text */
  ENTRY_THOUGHT,     /* text: said or thought in the client's words */
  ENTRY_CHANNEL,     /* text: the channel's title; icon */
  ENTRY_NEED,        /* text; label: "met", "partly met", "unmet" or empty; level 0 unknown, 1 met, 2 partly, 3 unmet */
  ENTRY_PAIN,        /* text; label: the severity's title; level 1..4, 0 unknown; details: why, hurt, seen in */
  ENTRY_OPPORTUNITY, /* text; label: "planned, due 15 Jan 2027"; details: impact/effort, owner */
  ENTRY_ACTION,      /* text; label: the team's title, colour its colour */
  ENTRY_SYSTEM,      /* text: the system's title; label: what it does by itself */
  ENTRY_OWNER,       /* text: the team's title, colour; level 1 where nobody owns it: text says "No owner" */
  ENTRY_MEASURE, /* text: "NPS 12 ± 8", or counted "NPS −36 ± 25, n 39"; label: "target 30"; level 1 where the target is
                    missed, 2 where it is met, 0 where that can't be told */
  ENTRY_TIME,     /* text: "30 min"; label: "busy" or "waiting" */
  ENTRY_HANDOVER, /* text: what passes; label: "to Finance", colour that of the team; level 1 where nobody is named */
  ENTRY_CLAIM,    /* text: said elsewhere; label: where */
} EntryKind;

/* Of a trend. */
typedef struct {
  Str period, text;        /* "2026-03", "−36 ± 25, n 39" */
  double value, low, high; /* low and high NAN where there is no interval */
} ViewPoint;

#define VIEW_MOST_PERIODS 36 /* of a trend, the last ones; more can't be told apart in little */

/* What stands beside a number that was counted from files. */
typedef struct {
  Str n;            /* "n 39" */
  uint64_t number;  /* 39 */
  Str how;          /* "top 2 of 1 to 5"; may be empty */
  Str place;        /* "data/exit.csv, 2 Jan to 30 Mar 2026"; may be empty */
  Str failure;      /* why it could not be counted, where that is known; then all else is empty */
  bool stale;       /* its newest row is older than it may be relied on */
  double low, high; /* at 95%; NAN where there is no interval */
  bool has_target;
  double target;
  const ViewPoint *trend; /* by period, in order; fewer than two: none is drawn */
  uint32_t trend_count;
} ViewCount;

typedef struct {
  EntryKind kind;
  Str text, label;
  Str name, value;       /* ENTRY_MEASURE: its text in two, "Net Promoter Score" and "12 ± 8"; ENTRY_HANDOVER: the
                          * team's title; a share of a path: the step's id and "60%"; else empty */
  Str details;           /* more, for those who look closer (a tooltip, the table); may be empty */
  Str who;               /* the actor who does, thinks or needs it, whose colour it has; empty: the client */
  Str sources;           /* the evidence that it stands on, by the numbers of the section of sources: "1,3" */
  const ViewList *lists; /* ENTRY_PAIN: its whys, hurts, what would help, where it was seen; the details in full */
  uint32_t list_count;
  const char *icon; /* one of the icons of `channel`, or NULL */
  uint32_t colour;  /* 0xRRGGBB of a team; only where has_colour */
  bool has_colour;
  int level;
  double number;          /* ENTRY_TIME: minutes; ENTRY_MEASURE: its value; else 0 */
  bool lower_better;      /* ENTRY_MEASURE */
  const ViewCount *count; /* ENTRY_MEASURE that states no value: what was counted; else NULL */
  uint8_t state;          /* beside another map, as of a step */
  bool too_close; /* state 1, ENTRY_MEASURE: both numbers were counted; their margins leave open which is larger */
  Str before;     /* state 1: what it said there, its text or, where only that differs, its label */
  Ref at;         /* where it was written */
} Entry;

typedef struct {
  const Entry *entries;
  uint32_t count;
} Cell;

typedef enum { LANE_ENTRIES, LANE_EMOTION } LaneKind;

typedef struct {
  LaneKind kind;
  Keyword shows;
  Str id, title;
  Str line;          /* the line above it: "Line of visibility"; empty where there is none */
  const Cell *cells; /* one for each step; NULL for LANE_EMOTION */
} ViewLane;

typedef struct {
  Str id, title, goal, owner; /* owner: the team's title, empty where nobody's */
  Str objective;              /* of the firm */
  Str usual;                  /* the field's name for it, where that is another one */
  uint32_t owner_colour;
  bool has_owner_colour;
  const Entry *measures; /* of the stage as a whole */
  uint32_t measure_count;
  uint32_t first_step, step_count;
  uint8_t state;    /* beside another map, as of a step */
  Str title_before; /* empty where it is the same */
  Ref at;
} ViewStage;

typedef struct {
  Str id, title;
  Str anchor; /* as id, but no other step has it: "decision.sign" where another stage has a step `sign` before */
  bool moment_of_truth;
  Str moment_text;
  bool has_emotion;
  double emotion;      /* -1 … 1 */
  Str emotion_label;   /* on the map's scale: "-2", "+1" */
  Str emotion_text;    /* "Anxious about hidden costs" */
  Str emotion_source;  /* the evidence's title; empty: nothing was named */
  Str emotion_sources; /* its numbers, as in Entry */
  int serves;          /* the client's goal: 0 yes or not said, 1 partly, 2 not at all */
  Str serves_text;
  Str clock;            /* the time of the day: "07:30"; empty where none is said */
  bool lowest, highest; /* of the whole map; at most one step each, and only where emotions differ */
  bool on_clock;        /* of a day in the life: the five below are set, and `clock` says from when to when */
  bool time_said;       /* else it stands evenly between its neighbours */
  double passed;        /* minutes from the end of the step before it, where that is worth a word */
  double start, length; /* minutes since the midnight before the first step; length 0 where it is not said */
  Str later;            /* how long after the step before it has ended: "2 h 30 min later"; mostly empty */
  uint32_t number;      /* from 1; 0 for what was dropped */
  uint8_t state;        /* of a variant, or beside another map: 0 as before, 1 changed, 2 added, 3 dropped */
  Str title_before;     /* empty where it is the same */
  Str moved;            /* "from stage “Contract”"; empty where it stands where it stood */
  bool had_emotion;     /* in the map beside which this one stands */
  double emotion_before;
  Str emotion_label_before, emotion_text_before;
  Ref at;
} ViewStep;

typedef struct {
  Str name, role, demographics, quote, about, segment;
  Str segment_facts;     /* "22% of clients, 48% of revenue"; may be empty */
  Str sources;           /* as in Entry */
  const ViewList *lists; /* goals, needs, motivations, behaviours, preferences, frustrations: those that are there */
  uint32_t list_count;
  bool present;
} ViewPersona;

/* A figure of the whole map beside that of another: "Severe pains", "5", "1". */
typedef struct {
  Str name, before, now;
  int trend; /* 1 better than before, -1 worse, 0 neither */
} ViewFigure;
/* How an actor lives through a step. */
typedef struct {
  bool has_emotion;
  double emotion;  /* -1 … 1 */
  Str label, text; /* "+1", "Relieved: she need not carry it alone" */
  Str source, sources;
  bool lowest, highest; /* of this actor */
} ViewFeeling;

/* Somebody beside the client. */
typedef struct {
  Str title, about;
  uint32_t colour;
  bool has_colour;
  bool has_curve;              /* it feels something in some step */
  const ViewFeeling *feelings; /* one for each step */
  Ref at;
} ViewActor;

/* A line of what stands behind the map: a source, a team, a version, a pain in full. All but `name` may be empty. */
typedef struct {
  Str mark; /* its number, or its date */
  Str name, text;
  Str alert; /* what is wrong with it: "out of date since 1 Jan 2027" */
  Str sources;
  const ViewList *lists;
  uint32_t list_count;
  uint32_t colour;
  bool has_colour;
} ViewFact;

/* Of what an event log shows: nodes are the start, the steps, the end. */
typedef struct {
  const bool *undrawn; /* [from * (steps + 2) + to]: clients go there, and the map draws no such arrow */
  const Str *notes;    /* of each step, below who comes there: "2.5 min before"; may be empty */
} ViewObserved;

/* Where clients go, by one set of paths; of this journey alone, also where the map shows another one beside it. */
typedef struct {
  Str title; /* of the path; empty where it has none */
  Str summary;
  Str sources; /* as in Entry */
  Str against; /* of a variant: how many more complete it than its base; else empty */
  const Flow *flow;
  const ViewStage *stages;
  uint32_t stage_count;
  const ViewStep *steps;
  uint32_t step_count;
  const ViewObserved *observed; /* NULL: it is what the map says */
} ViewFlow;

typedef enum { SECTION_PAINS, SECTION_OPPORTUNITIES, SECTION_SOURCES, SECTION_OTHER } SectionKind;

typedef struct {
  SectionKind kind;
  Str title; /* "Sources" */
  const ViewFact *facts;
  uint32_t count;
} ViewSection;

/* How a map is drawn. */
typedef enum { SHAPE_COLUMNS, SHAPE_BLUEPRINT, SHAPE_DAY } ViewShape;

typedef struct {
  ViewShape shape;
  Str id, title, kind; /* kind: "Current state", "Future state" …; empty where not stated */
  Str doc;             /* the `///` text above it */
  Str scenario, objective, owner, mapped_by, base_title;
  Str covers;     /* "Client journey" …; empty where not stated */
  Str audience;   /* whom a variant is for: "Enterprise, Phone" */
  Str vocabulary; /* the set of stage names that it keeps to */
  Str evidence;   /* "8 sources, 1 out of date"; empty where it names none */
  bool evidence_stale;
  Str reviewed;    /* "1 Oct 2026, due every quarter" */
  Str review_note; /* "Review overdue since 1 Jan 2027" where it is, else empty */
  bool review_overdue;
  Str validated; /* "12 Sep 2026 with 12 clients, by interview"; empty: "not validated" is for the writer to say */
  ViewPersona persona;
  const ViewStage *stages;
  uint32_t stage_count;
  const ViewStep *steps;
  uint32_t step_count;
  const ViewActor *actors;
  uint32_t actor_count;
  const ViewLane *lanes;
  uint32_t lane_count;
  const ViewSection *sections; /* what stands behind the map; those that have something to say */
  uint32_t section_count;
  const Entry *ideas; /* opportunities that no step shows, since they solve no pain of one */
  uint32_t idea_count;
  const Entry *measures; /* of the journey as a whole */
  uint32_t measure_count;
  const ViewFlow *flows; /* none where no arrows are written */
  uint32_t flow_count;
  const Plan *plan;                       /* of its opportunities; NULL: nothing is known of them */
  Str scale_min, scale_max, scale_middle; /* "-2", "+2", "0" */
  bool has_mean;
  double mean_emotion; /* of the steps that have one */
  Str mean_label;
  bool compared;             /* stands beside another map: states and what was before are set */
  Str before_title;          /* of that map */
  const ViewFigure *figures; /* beside those of the other map */
  uint32_t figure_count;
} View;

/* Nothing in it is NULL but what is said to be. Lives in `arena`. `figures`: what the measures that state no value come
 * to; NULL: nothing was counted. */
const View *view_new(const Project *project, const Journey *journey, const Figures *figures, Arena *arena);
/* Which step and stage of a map is which of another. */
typedef struct {
  const uint32_t *steps, *stages; /* of each of `now`: which of `before` it is; NONE where it is new */
  const Str *moved;               /* of each step of `now`, as in ViewStep */
  Str before_title;               /* how `before` is called; empty: by its title */
} ViewPairs;

/* `now` with all marked that differs from `before`; the two may come from different projects. Steps that are gone stand
 * in their old places, without entries; entries that are gone stand behind those of their cell. `pairs` may be NULL:
 * then steps of the same anchor and stages of the same id are the same. */
const View *view_compare(const View *now, const View *before, const ViewPairs *pairs, Arena *arena);
/* The map as it is drawn: a variant beside the journey that it extends. */
const View *view_drawn(const Project *project, const Journey *journey, const Figures *figures, Arena *arena);
/* The map in a sentence or two, for people who don't see it. */
Str view_summary(const View *view, Arena *arena);

#endif
