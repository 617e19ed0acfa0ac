/* The rules, each of one journey, and what they share. Several threads run them at once, each on other journeys: a rule
 * only reads the project, and adds to its own `to` and `scratch`. */
#ifndef JOURNEY_CHECK_RULES_H
#define JOURNEY_CHECK_RULES_H

#include "base/vec.h"
#include "project/project.h"

typedef VEC(Ref) Refs;

typedef struct {
  const Project *p;
  const Journey *journey;
  Diagnostics *to;
  Refs *solved;   /* of all threads, only read: the pains that an opportunity of the project solves, sorted */
  Arena *scratch; /* until the journey is done, at least */
} Rules;

void check_owners(const Rules *rules);
void check_pains(const Rules *rules);
void check_opportunities(const Rules *rules);
void check_upkeep(const Rules *rules);
void check_paths(const Rules *rules);

/* Whether the statement stands in this very journey: not in its base, nor in a variant of it. */
bool rule_is_here(const Rules *rules, Ref ref);
/* Whether this journey itself says something of the part: declares it, or changes it. */
bool rule_item_is_here(const Rules *rules, const Item *item);
bool rule_has(const Rules *rules, const Item *item, Keyword keyword);
/* Where a message about the statement points: its id or title, else its keyword. */
Span rule_span(const Project *p, Ref ref);
/* By unit and place; for qsort. */
int rule_compare_refs(const void *a, const void *b);

/* The pains that the opportunities of all journeys solve; free with vec_free. (pains.c) */
Refs rule_solved_pains(const Project *p);

#endif
