/* Which rules in Lua are to be asked about what: found out without Lua, in one walk over each journey. */
#ifndef JOURNEY_CHECK_ASKING_H
#define JOURNEY_CHECK_ASKING_H

#include "script/ruleset.h"

/* The rules by what they want to be asked about. */
typedef struct {
  const Rule *const *rules;    /* by their `each`; those of one in their own order */
  uint32_t first[K_COUNT + 1]; /* of each keyword: in `rules` */
  bool in_statements;          /* whether any is about something in journeys but stages and steps */
} Asking;

/* `rules` must last. In `arena`. */
Asking asking_of(const Rule *rules, size_t count, Arena *arena);

/* Called for each rule and part that the rule is to be asked about; false ends it. */
typedef bool Ask(void *context, const Rule *rule, const MapPart *part);
/* A variant is asked about what it changes and adds. False where `ask` ended it. */
bool asking_journey(const Asking *asking, const Project *p, const Journey *journey, Arena *scratch, Ask *ask,
                    void *context);
/* What a file declares beside journeys. */
bool asking_declared(const Asking *asking, const Project *p, uint32_t unit, Ask *ask, void *context);
/* The project as a whole, and what its files declare beside journeys. */
bool asking_project(const Asking *asking, const Project *p, Ask *ask, void *context);

#endif
