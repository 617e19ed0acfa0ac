/* Making fixes: a text with what its diagnostics propose. */
#ifndef JOURNEY_SOURCE_FIX_H
#define JOURNEY_SOURCE_FIX_H

#include "source/diagnostic.h"

/* The text with the fixes that are sure, of `count` diagnostics of one file. Of two that touch each other the first is
 * made: check again for the other. `*made` says how many; where there are none, it is the text that was given. */
Str fix_text(Str text, const Diagnostic *diagnostics, size_t count, Arena *arena, size_t *made);

#endif
