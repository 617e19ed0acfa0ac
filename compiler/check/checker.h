/* Checks in Lua of the standard library. They are trusted as the rules in C are: they run on all processors beside
 * them, in this process, in the Lua states of the Checker, one on each. */
#ifndef JOURNEY_CHECK_CHECKER_H
#define JOURNEY_CHECK_CHECKER_H

#include "check/check.h"

/* One go over a project. Where a check itself is wrong, that is added to `to`; what sessions report lives in the arena
 * of `to` from round_close on. */
typedef struct Round Round;
Round *round_open(Checker *checker, const Project *p, Diagnostics *to);
/* The Checker holds nothing of the project any more. */
void round_close(Round *round);

/* The project as a whole, and what all files declare beside journeys. */
void round_check_project(Round *round, Diagnostics *to);
/* What a file declares beside journeys. */
void round_check_declared(Round *round, uint32_t unit, Diagnostics *to);

/* Journeys, on any thread: `to` and its arena are the caller's. A session holds one Lua state, which is taken when
 * first needed, and must be left before `to` is read. */
typedef struct {
  Round *round;
  Diagnostics *to;
  Arena *scratch;
  struct State *state; /* NULL: none yet */
} RoundSession;
/* What stands in the journey, and itself. */
void round_check_journey(RoundSession *session, const Journey *journey);
void round_leave(RoundSession *session);

#endif
