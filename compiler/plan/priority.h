/* The field's formulas for what to do first. Pure: numbers in, a score out; higher is earlier.
 *
 *   RICE               reach · impact · confidence ÷ effort        (Sean McBride, Intercom, 2018)
 *   ICE                mean of impact, confidence and ease         (Sean Ellis, GrowthHackers)
 *   ICE as a product   impact · confidence · ease
 *   impact/effort      impact ÷ effort
 *   opportunity score  importance + max(importance − satisfaction, 0)
 *                                                                  (Anthony Ulwick, Harvard Business Review, Jan. 2002)
 *
 * Impact, effort, importance and satisfaction are on 0 … 10, confidence is a share, reach counts clients. Ease is
 * 10 − effort, and confidence weighs in ICE from 0 to 10 as the others do. */
#ifndef JOURNEY_PLAN_PRIORITY_H
#define JOURNEY_PLAN_PRIORITY_H

#include "base/buf.h"

typedef enum {
  PRIORITY_RICE,
  PRIORITY_ICE,
  PRIORITY_ICE_PRODUCT,
  PRIORITY_IMPACT_EFFORT,
  PRIORITY_OPPORTUNITY_SCORE,
  PRIORITY_COUNT
} Priority;

/* As `--by` and `ranked-by` spell them, ended by NULL: "rice", "ice", "ice-product", "impact-effort",
 * "opportunity-score". */
extern const char *const priority_words[];
/* "RICE" */
const char *priority_title(Priority by);
/* "reach × impact × confidence ÷ effort" */
const char *priority_formula(Priority by);

typedef enum {
  NUMBER_REACH,
  NUMBER_IMPACT,
  NUMBER_CONFIDENCE,
  NUMBER_EFFORT,
  NUMBER_IMPORTANCE,
  NUMBER_SATISFACTION,
  NUMBER_COUNT
} PriorityNumber;

typedef struct {
  bool has[NUMBER_COUNT];
  double of[NUMBER_COUNT];
} PriorityNumbers;

/* "reach" */
const char *priority_number_word(PriorityNumber number);
/* Half a point: what takes less counts as this much, so that nothing is divided by 0. McBride's least is half a month.
 */
#define PRIORITY_LEAST_EFFORT 0.5

/* False where a number that the formula needs is not there. */
bool priority_score(Priority by, const PriorityNumbers *numbers, double *score);
/* What is not there, in words: "no reach", "no reach and no confidence"; nothing where all is. */
void priority_missing(Priority by, const PriorityNumbers *numbers, Buf *to);

/* Where the middles of both scales cut the plot in four. High impact is more than 5, low effort less than 5: what
 * stands on a line has not earned the better name. */
typedef enum { QUADRANT_NONE, QUADRANT_EASY_WIN, QUADRANT_BIG_BET, QUADRANT_FILL_IN, QUADRANT_THINK_TWICE } Quadrant;
#define QUADRANT_MIDDLE 5.0
Quadrant priority_quadrant(const PriorityNumbers *numbers);
/* "Easy win"; empty for QUADRANT_NONE. */
const char *quadrant_title(Quadrant quadrant);

#endif
