/* What a plan says in words, the same in every format. All texts live in the arena. */
#ifndef JOURNEY_VIEW_PLAN_WORDS_H
#define JOURNEY_VIEW_PLAN_WORDS_H

#include "plan/plan.h"

/* "Ranked by RICE: reach × impact × confidence ÷ effort" */
Str plan_ranking_words(const Plan *plan, Arena *arena);
/* "7 opportunities are open: 3 easy wins, 1 overdue, 2 without an owner, 1 without a date. 2 are done or dropped." */
Str plan_summary(const Plan *plan, Arena *arena);
/* "244.8", all of a plan with as many decimals; empty where it is not ranked. */
Str plan_score_words(const Plan *plan, const PlanItem *item, Arena *arena);
/* "26 Feb 2027"; empty where there is no day. */
Str plan_due_words(const PlanItem *item, Arena *arena);
/* What an easy win is, in a sentence. */
#define PLAN_EASY_WIN_RULE "An easy win has an impact above 5 and an effort below 5."
#define PLAN_NOTHING \
  "Nothing is planned here yet. An opportunity begins with: opportunity \"What will be done\" solves PAIN"

#endif
