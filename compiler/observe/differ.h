/* What went otherwise for some clients, found without being told where to look: for each value of each attribute, each
 * window of time, and both together, whether they go on, leave, come back or meet an activity that no step has more or
 * less often than all others.
 *
 * For each outcome and each such group the counts are scanned for the window in which they differ most: the likelihood
 * ratio of two binomials, inside against outside (Kulldorff, Communications in Statistics 26, 1997), less the logarithm
 * of how many windows and groups were looked at. What is most unlike is a finding where Fisher's exact test, times all
 * that was compared (Holm, Scandinavian Journal of Statistics 6, 1979), is at most 0.05, the intervals can be told from
 * each other, and the shares are at least DIFFER_LEAST apart. Its cases are then set aside, and all is looked over
 * again: what remains is something else. */
#ifndef JOURNEY_OBSERVE_DIFFER_H
#define JOURNEY_OBSERVE_DIFFER_H

#include "observe/observe.h"

#define DIFFER_LEAST 0.03
enum { DIFFER_FINDINGS = 8, DIFFER_SIGNS = 12, DIFFER_CASES = 8 /* fewer are not looked at */ };

typedef enum {
  OUTCOME_HAS,     /* an activity that no step has, of those who come to a step (or of all) */
  OUTCOME_GOES_ON, /* to the next step, whenever */
  OUTCOME_LEAVES,  /* has no step behind it */
  OUTCOME_MOVES,   /* from a step straight to another */
  OUTCOME_AGAIN,   /* comes to a step more than once */
  OUTCOME_REACHES, /* comes to a step, of all */
} OutcomeKind;

typedef struct {
  OutcomeKind kind;
  uint32_t of;       /* the node at which all are that are counted; NONE: all cases */
  uint32_t to;       /* GOES_ON, MOVES: the node; REACHES: the node */
  uint32_t activity; /* HAS */
} Outcome;

typedef struct {
  Outcome outcome;
  Estimate here, others;
  uint64_t hits, other_hits;
  double p;          /* of Fisher's exact test, two-sided; before any correction */
  double likelihood; /* logarithm of the ratio: how much is unlike */
} Difference;

typedef struct {
  const LogAttribute *attribute; /* NULL: all clients */
  uint32_t value;                /* 0: nothing is said; else from 1 */
  bool has_days;                 /* else at all times */
  int32_t first_day, last_day;   /* of the first events of its cases */
  uint64_t cases;
  const Difference *differences; /* the first one found it; then what else differs for the same cases */
  uint32_t count;
} Finding;

typedef struct {
  const Finding *at; /* the strongest first */
  uint32_t count;
  uint64_t compared;               /* how many groups, windows and outcomes */
  uint32_t outcomes, groups, days; /* looked over; days: from the first to the last */
} Findings;

Findings find_differences(const Observation *observation, Selection selection, Arena *arena);
/* The two-sided p of k of n against other_k of other_n: twice the smaller tail, at most 1. */
double fisher_exact(uint64_t k, uint64_t n, uint64_t other_k, uint64_t other_n);

#endif
