/* What to do first: the opportunities of some journeys, ranked, with who does them, until when and what they solve; and
 * the severe pains for which there is none. Computed once, for all writers. */
#ifndef JOURNEY_PLAN_PLAN_H
#define JOURNEY_PLAN_PLAN_H

#include "plan/priority.h"
#include "project/project.h"

typedef struct {
  Ref at;
  Str title, severity; /* severity: "High"; empty where nothing is said */
  int level;           /* 1 … 4; 0 where nothing is said */
  Str step, journey;   /* titles of where it hurts; empty in PlanItem.solves */
} PlanPain;

typedef struct {
  Ref at;                 /* the declaration */
  const Journey *journey; /* the one that declares it */
  Str id, title, journey_title;
  Str owner;       /* the team's title; empty: nobody */
  Str due_written; /* "2027-01-15" */
  bool has_due;
  int32_t due;            /* days since 1970-01-01 */
  const char *status;     /* "planned"; empty where nothing is said */
  const PlanPain *solves; /* the worst first */
  uint32_t solve_count;
  const Str *meets; /* the needs, as the persona says them */
  uint32_t meet_count;
  PriorityNumbers numbers;
  uint32_t rank; /* from 1; 0: it is not ranked */
  double score;  /* where it is ranked */
  Str missing;   /* why an open one is not: "no reach" */
  Quadrant quadrant;
  bool closed;  /* done or dropped; the marks below are of open ones only */
  bool overdue; /* its day was before today */
} PlanItem;

static inline bool plan_is_easy_win(const PlanItem *item) {
  return !item->closed && item->quadrant == QUADRANT_EASY_WIN;
}
static inline bool plan_is_unowned(const PlanItem *item) { return !item->closed && item->owner.len == 0; }
static inline bool plan_is_undated(const PlanItem *item) { return !item->closed && !item->has_due; }

typedef struct {
  Str title; /* of the journey, or of the project where there are several; may be empty */
  Priority by;
  const PlanItem *items; /* by rank; then the open ones that have none; then, if asked for, the closed ones */
  uint32_t ranked_count, open_count, count;
  uint32_t closed_count; /* also where they are not among the items */
  uint32_t journey_count;
  const PlanPain *unsolved; /* severe ones that no opportunity solves, the worst first */
  uint32_t unsolved_count;
} Plan;

typedef struct {
  bool chosen; /* `by` was asked for; else the journeys or the project say it, else it is RICE, where that ranks as many
                   as impact and effort do, else those */
  Priority by;
  bool all; /* with what is done or dropped */
} PlanOptions;

/* An opportunity that several of the journeys have, since they extend one another, is listed once: as the journey that
 * declares it says it, if that is among them. Lives in `arena`. */
const Plan *plan_new(const Project *project, const Journey *const *journeys, uint32_t count, PlanOptions options,
                     Arena *arena);

#endif
