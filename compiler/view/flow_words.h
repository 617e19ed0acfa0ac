/* What becomes of clients, in words that all writers share. */
#ifndef JOURNEY_VIEW_FLOW_WORDS_H
#define JOURNEY_VIEW_FLOW_WORDS_H

#include "flow/chain.h"

/* Of 100: "37", "4.1", "<0.1". */
Str flow_hundred(double share, Arena *arena);
/* "Of 100 who start, 37 complete the journey and 63 leave it. They pass 9.4 steps on average, …" */
Str flow_summary(const ChainResult *result, Arena *arena);
/* What is otherwise than before: "Against "Onboarding": 9 more complete it (28 before), in 12 steps (14 before)." */
Str flow_against(const ChainResult *now, const ChainResult *before, Str title, Arena *arena);

#endif
