/* "Did you mean": the word nearest to what was written. */
#ifndef JOURNEY_BASE_NEAREST_H
#define JOURNEY_BASE_NEAREST_H

#include "base/str.h"

typedef struct {
  Str word;     /* what was written */
  Str best;     /* the nearest so far; empty: none is near enough */
  int distance; /* in changed, missing, extra or swapped letters; letter case counts as none */
  bool tied;    /* another word is as near */
} Nearest;

Nearest nearest_to(Str word);
/* Offers a word; one that is no nearer than the best so far is passed over. */
void nearest_offer(Nearest *nearest, Str candidate);
/* Offers `future-state` to one who wrote `future`. */
void nearest_offer_part(Nearest *nearest, Str candidate);
/* Offers `candidate` as what people call by any of the words in `also` (with spaces between), or nearly so. */
void nearest_offer_also(Nearest *nearest, const char *also, Str candidate);

/* Whether the best is what was meant, beyond doubt: no other is as near, and it is the same but for letter case, what
 * people call it elsewhere, or one letter swapped, missing or too much. A digit is no slip: step-1 is not step-11. */
bool nearest_is_sure(const Nearest *nearest);

#endif
