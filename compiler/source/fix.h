/* Making fixes: a text with what its diagnostics propose. */
#ifndef JOURNEY_SOURCE_FIX_H
#define JOURNEY_SOURCE_FIX_H

#include "source/diagnostic.h"

/* What a name was meant to be is only known once all that declares names is read as it is meant: where anything else of
 * the list is sure, in a file for which `may_touch` is true (NULL: any), the fixes of names are so no more. Check again
 * for them. */
void fix_put_off_names(Diagnostic *diagnostics, size_t count, bool (*may_touch)(void *context, uint32_t unit),
                       void *context);

/* The text with the fixes that are sure, of `count` diagnostics of one file. Of two that touch each other the first is
 * made: check again for the other. `*made` says how many; where there are none, it is the text that was given. */
Str fix_text(Str text, const Diagnostic *diagnostics, size_t count, Arena *arena, size_t *made);

#endif
