/* One line of text around a span, as a terminal shows it: tabs become spaces, wide characters and emoji count two
 * columns, a line that is too long is shortened around the span, and what a terminal would obey (escapes, marks that
 * turn the direction of writing) becomes U+FFFD. The work depends on `width`, not on the length of the line. */
#ifndef JOURNEY_WRITE_EXCERPT_H
#define JOURNEY_WRITE_EXCERPT_H

#include "base/buf.h"

typedef struct {
  unsigned indent; /* columns in front of the marks */
  unsigned width;  /* columns under the span, at least 1 */
} ExcerptMark;

/* Adds at most `width` (at least 20) columns of `line` to `to`. `start` to `end`: the span's bytes within the line; a
 * span that goes on behind the line's end is marked up to that end. */
ExcerptMark excerpt_write(Buf *to, Str line, size_t start, size_t end, unsigned width);
/* Any text, safe for a terminal: as above, but for spaces and line ends, which stay. */
void excerpt_add_safe(Buf *to, Str text);
/* The same on one line, for names of files above all: a line's end becomes U+FFFD, too. At the beginning of a line,
 * "::error" is a command to who reads the log of CI. */
void excerpt_add_name(Buf *to, Str name);
Str excerpt_name(Arena *arena, Str name);

#endif
