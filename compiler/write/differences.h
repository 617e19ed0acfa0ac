/* What differs between two states of a project, or two journeys: as text, as Markdown for a pull request, as JSON. */
#ifndef JOURNEY_WRITE_DIFFERENCES_H
#define JOURNEY_WRITE_DIFFERENCES_H

#include "compare/compare.h"
#include "write/terminal.h"

typedef struct {
  const Comparison *comparison;
  Str was, is; /* how the two sides are called: "HEAD~1", "working tree" */
} Differences;

void differences_write_text(const Differences *differences, TerminalStyle style, Buf *to);
void differences_write_markdown(const Differences *differences, Buf *to);
void differences_write_json(const Differences *differences, Buf *to);

/* What the three share. */

/* "2 touchpoints added, 1 changed; 1 pain dropped": of a difference and all that it holds; empty where only its own
 * properties differ. */
Str differences_counts(const Comparison *comparison, const Difference *difference, Arena *arena);
/* One line each, such as "mean emotion", "−0.5", "+0.3"; only what is another than it was. */
typedef struct {
  Str what, before, after;
} FigureDifference;
size_t differences_figures(const JourneyDifference *journey, Arena *arena, FigureDifference figures[8]);
/* "added", "dropped", "changed". */
const char *difference_word(DifferenceKind kind);
/* "touchpoint", "Settings". */
const char *difference_keyword(const Difference *difference);
/* Whether anything at all differs. */
static inline bool differences_any(const Comparison *comparison) { return comparison->difference_count > 0; }

#endif
