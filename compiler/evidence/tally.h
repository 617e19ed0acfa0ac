/* Counting the rows of one measure, as they come; memory does not grow with the rows. */
#ifndef JOURNEY_EVIDENCE_TALLY_H
#define JOURNEY_EVIDENCE_TALLY_H

#include "base/vec.h"
#include "evidence/evidence.h"

enum {
  MOST_SCORES = 1000,  /* different ones that are counted one by one */
  MOST_PERIODS = 2400, /* of one measure: 200 years of months; later ones count in the whole only */
};

/* Start from {0}. */
typedef struct {
  Tally tally;
  ScoreCount *slots; /* a table by hash; count 0: free */
  uint32_t slot_count;
  bool too_many;
} Count;

typedef struct {
  int32_t first_day;
  Count count;
} PeriodCount;

typedef enum { EVERY_MONTH, EVERY_QUARTER, EVERY_HALF_YEAR, EVERY_YEAR } Every; /* as the schema lists them */

typedef struct {
  Every every;
  Count all;
  VEC(PeriodCount) periods; /* sorted */
  uint32_t last;            /* that was counted in: rows often stand in the order of their dates */
  bool has_days;
  int32_t first_day, last_day;
} Counter;

/* What one row says; NAN: nothing. */
typedef struct {
  double score, start, end, new, lost;
  bool has_day;
  int32_t day;
} RowValues;

/* Counts a row that has at least one number. */
void counter_add(Counter *counter, const RowValues *row);
/* One that goes on by itself. */
Counter counter_copy(const Counter *counter);
void counter_free(Counter *counter);
/* Into `answers`, which live in `arena`; the counter is freed. */
void counter_finish(Counter *counter, Answers *answers, Arena *arena);

int32_t period_first_day(Every every, int32_t day);
/* "2026-03", "2026 Q1", "2026 H1", "2026". */
Str period_name(Every every, int32_t first_day, Arena *arena);

#endif
