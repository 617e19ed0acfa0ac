/* docs/language.md: the reference of the language, made from the rows of schema.def. Only the introduction is prose of
 * its own; it stands in reference_intro.c. */
#ifndef JOURNEY_WRITE_REFERENCE_H
#define JOURNEY_WRITE_REFERENCE_H

#include "base/buf.h"

void reference_write(Buf *to);

/* What comes in front of the keywords. */
extern const char *const reference_intro;

#endif
