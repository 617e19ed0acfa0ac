/* What clients did, by an event log, beside what a map says. docs/observe.md has each formula.
 *
 * A case counts where it has any event. Shares are per case, with Wilson's interval; the shares of moves are per visit
 * of the step that they leave. Times are seconds, quantiles by type 7 of Hyndman and Fan. */
#ifndef JOURNEY_OBSERVE_OBSERVE_H
#define JOURNEY_OBSERVE_OBSERVE_H

#include "observe/walk.h"
#include "statistics/statistics.h"

typedef struct {
  double median, p90; /* seconds; NAN where there are none */
  uint64_t n;
} Times;

/* A move from a node to another, or to `end`. */
typedef struct {
  uint32_t from, to;
  Estimate share; /* of the visits of `from` (of all cases that come to a step, from `start`) */
  uint64_t count;
  bool drawn;
  Times wait; /* from the last event there to the first event here */
} ObservedMove;

typedef struct {
  uint32_t step; /* of the journey */
  Estimate reach;
  uint64_t cases, visits;
  uint64_t repeats;   /* cases that visit it more than once */
  uint64_t left;      /* cases that have no step behind this one, and never completed the journey */
  Estimate leaves;    /* those, of the cases that come here */
  Estimate goes_on;   /* of the cases that come here: that also come to the next node, whenever; n = 0 for the last */
  double position;    /* among the steps of a case in the order in which it came to them first, on average, from 1 */
  Times before, next; /* from the step before; to the next step */
} ObservedStep;

typedef struct {
  uint32_t stage;
  Estimate reach; /* cases with any of its steps, or an activity that the stage names */
} ObservedStage;

/* Who often takes one path. */
typedef struct {
  const uint32_t *nodes;
  uint32_t node_count;
  uint64_t count;
  Estimate share;
  bool fits, completes;
} ObservedVariant;

/* An activity that no step and no stage has. */
typedef struct {
  uint32_t activity;
  uint64_t events;
  Estimate reach;       /* cases that have it */
  uint32_t after;       /* the node behind which it comes most often; NONE where it was not counted */
  uint64_t after_count; /* events of it there */
} UnknownActivity;

enum { OBSERVED_VARIANTS = 12, OBSERVED_UNKNOWN = 200 };

typedef struct {
  const Binding *binding;
  uint64_t cases, events; /* of the selection */
  uint64_t on_map;        /* cases that come to any step */
  uint64_t events_on_map;
  Estimate completes;        /* of those on the map: that come to a step which completes the journey (or to `to`) */
  Times length;              /* from the first to the last event on the map; of those who complete */
  double visits;             /* steps on the way, on average */
  const ObservedStep *steps; /* of each node */
  const ObservedStage *stages;
  const ObservedMove *moves; /* that were made: by `from`, the most frequent first; those of `start` behind the steps */
  uint32_t move_count;
  const uint32_t *first_move;      /* of each node and `start`: in moves; one more at the end */
  const ObservedVariant *variants; /* the most frequent ones */
  uint32_t variant_count;
  uint64_t variants_all;          /* how many there are */
  const UnknownActivity *unknown; /* the most frequent first; at most OBSERVED_UNKNOWN */
  uint32_t unknown_count, unknown_all;
  /* Replay of each case on the map as a net with one token: f = (1 - m/c)/2 + (1 - r/p)/2 (Rozinat and van der Aalst,
   * Information Systems 33, 2008), which here is the share of moves that the map draws, from start to end. */
  double fitness; /* 0..1; NAN without cases */
  uint64_t moves_made, moves_drawn;
  Estimate fits; /* cases all of whose moves are drawn */
} Observation;

Observation *observe(const Binding *binding, Selection selection, Arena *arena);
/* The move, or NULL where nobody made it. */
const ObservedMove *observed_move(const Observation *observation, uint32_t from, uint32_t to);

/* ---- splits ---- */

typedef enum { SPLIT_ATTRIBUTE, SPLIT_MONTH, SPLIT_WEEK, SPLIT_DAY } SplitKind;

typedef struct {
  Str name; /* "mobile", "2026-03" */
  uint64_t cases;
  const Observation *observation;
} SplitPart;

typedef struct {
  Str by;
  const SplitPart *parts; /* in byte order; without those that have no case */
  uint32_t count;
  uint32_t left_out; /* parts beyond SPLIT_PARTS, the smallest */
} Split;
enum { SPLIT_PARTS = 60 };

/* By an attribute, "month", "week" or "day" (of a case's first event), or by two of them: "platform,month". False, with
 * the sentence in `*why`, where there is no such column, or it has too many values. */
bool observe_by(const Binding *binding, Selection selection, Str by, Arena *arena, Split *split, Str *why);

#endif
