/* The rules, each of one journey, and what they share. Several threads run them at once, each on other journeys: a rule
 * only reads the project, and adds to its own `to` and `scratch`. */
#ifndef JOURNEY_CHECK_RULES_H
#define JOURNEY_CHECK_RULES_H

#include "base/vec.h"
#include "evidence/evidence.h"
#include "project/project.h"

/* The pains of some journeys that an opportunity of the project solves: found out when first asked for, since most maps
 * never ask. */
typedef struct {
  const Project *p;
  uint32_t first, end; /* of the journeys */
  Refs pains;          /* sorted */
  bool known;
} Solved;

typedef struct {
  const Project *p;
  const Journey *journey;
  Diagnostics *to;
  Solved *solved; /* of all threads */
  Arena *scratch; /* until the journey is done, at least */
} Rules;

enum {
  SEVERE = 3,       /* a pain of this severity or more */
  LEAST_STEPS = 3,  /* fewer make no map yet */
  MOST_STAGES = 12, /* on A0, 1.19 m wide, each has ten centimetres left; each of 60 steps has two */
};

void check_owners(const Rules *rules);
void check_mappers(const Rules *rules);
void check_handoffs(const Rules *rules);
void check_steps(const Rules *rules);
void check_evidence(const Rules *rules);
void check_kinds(const Rules *rules);
void check_vocabulary(const Rules *rules); /* of a map that names one */
void check_future(const Rules *rules);
void check_pains(const Rules *rules);
void check_paths(const Rules *rules);

/* Whether the statement stands in this very journey: not in its base, nor in a variant of it. */
bool rule_is_here(const Rules *rules, Ref ref);
/* Whether this journey itself says something of the part: declares it, or changes it. */
bool rule_item_is_here(const Rules *rules, const Item *item);
bool rule_has(const Rules *rules, const Item *item, Keyword keyword);
/* Whether the journey, or what it extends, says `type` so. */
bool rule_is_type(const Rules *rules, const char *type);
/* A first sketch owes nobody anything; a map that somebody answers for, or has worked on, does. */
bool rule_is_worked_on(const Rules *rules);
/* And has steps enough to be called a map. */
bool rule_is_grown(const Rules *rules);
/* Where a message about the statement points: its id or title, else its keyword. */
Span rule_span(const Project *p, Ref ref);

/* What the event logs say against the journeys that are bound to them. (observed.c) */
void check_observed(const Project *p, const Evidence *evidence, Diagnostics *to);

/* The checks of the project's own, in Lua, in a process of their own. (own.c) */
void check_own(const Project *p, Diagnostics *to);

/* Finds out which pains are solved, so that all threads may ask at once. (pains.c) */
void solved_find(Solved *solved);
void solved_free(Solved *solved);
/* Whether one of them is the pain that this statement declares. (pains.c) */
bool rule_is_solved(const Rules *rules, Ref pain);

#endif
