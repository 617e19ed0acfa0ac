/* How wide a text is when it is drawn in the sans that every system has (Arial, Helvetica, Liberation Sans): exact for
 * Latin, Greek and Cyrillic, a generous guess for the other scripts, whose fonts differ. */
#ifndef JOURNEY_TEXT_MEASURE_H
#define JOURNEY_TEXT_MEASURE_H

#include "base/str.h"

/* In the unit of `size`. Invalid UTF-8 counts as replacement characters. */
double text_width(Str text, double size, bool bold);
/* Of one character, for a size of 1. */
double text_char_width(int32_t character, bool bold);
/* Whether the first letter that has a direction runs from right to left. */
bool text_is_rtl(Str text);
/* By how much its lines stand further apart than those of Latin: 1, or more for tall scripts such as Thai. */
double text_line_factor(Str text);
/* The character at text.at[*at], and `*at` moved behind it; U+FFFD for a byte that is no UTF-8. *at < text.len. */
int32_t text_next(Str text, size_t *at);

#endif
