/* What differs between two texts, line by line, in the unified form that patch and code reviews read. */
#ifndef JOURNEY_WRITE_TEXT_DIFF_H
#define JOURNEY_WRITE_TEXT_DIFF_H

#include "base/buf.h"

/* Adds the differences with three lines around each, headed by `--- path` and `+++ path`; nothing where there are none.
 * Time grows with the lines times the cap on how far it looks for the shortest difference; never with their square. */
void text_diff_write(Str path, Str before, Str after, bool colour, Buf *to);

#endif
