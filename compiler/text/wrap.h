/* Text into lines: broken where UAX #14 allows it, words that are too long at the borders of what readers see as
 * characters. Nothing is lost but the white space at which a line ends. */
#ifndef JOURNEY_TEXT_WRAP_H
#define JOURNEY_TEXT_WRAP_H

#include "base/arena.h"

typedef struct {
  const Str *lines; /* parts of the text */
  size_t count;     /* 0 for an empty text */
  double width;     /* of the widest */
} Lines;

/* Lines of at most `width`, in the unit of `size`; only a single character may be wider. As few lines as possible, and
 * of those, lines of about the same length where the last one would be short. */
Lines text_wrap(Arena *arena, Str text, double size, bool bold, double width);

#endif
