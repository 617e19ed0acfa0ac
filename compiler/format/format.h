/* The one style of .journey files. There are no options.
 *
 * - Two spaces for each block, `{` behind its statement, `}` on a line of its own, a statement a line. A block that
 *   stood on one line stays there while it holds one statement and fits LIMIT_LINE columns.
 * - Groups of lines with blank lines between them stay; several blank lines become one, none at the ends of a block.
 * - Within a group, the first values stand under each other; where all lines begin with the same keyword, so do the
 *   further values and the properties, as long as the lines fit. What declares something forms groups of its own.
 * - Comments stay where they are: above what follows, or two spaces behind a line, under each other within a group.
 * - Quotes, minus signs, comparisons and arrows are spelled as a keyboard has them: “…” − ≥ ≤ → become "…" - >= <= ->.
 * - Line ends become LF, or stay CRLF where all of them are. A byte order mark and trailing spaces go.
 *
 * What is wrong stays as it is, byte for byte: lines with something that is no part of the language, and the whole
 * statement around a `{` or `}` that has no partner. Text is never lost, reordered or given another meaning: where the
 * result would not be read as the same file (only possible around mistakes), the text comes back as it was.
 * Formatting twice changes nothing more. Time is linear. */
#ifndef JOURNEY_FORMAT_FORMAT_H
#define JOURNEY_FORMAT_FORMAT_H

#include "source/source.h"

typedef enum {
  FORMAT_DONE,
  FORMAT_REFUSED, /* invalid UTF-8, a NUL byte, or too large: the text as it was */
} FormatStatus;

typedef struct {
  FormatStatus status;
  Str text; /* in the arena, or the text that was given, where nothing changes */
  bool changed;
  const Span *kept; /* what stayed as it was because of mistakes: whole lines of the text that was given, in order */
  size_t kept_count;
} Formatted;

Formatted format_text(Arena *arena, Str text);

#endif
