/* What a figure says, in words: rounded to what its margin supports. */
#ifndef JOURNEY_VIEW_FIGURE_WORDS_H
#define JOURNEY_VIEW_FIGURE_WORDS_H

#include "metric/figures.h"
#include "view/view.h"

/* "39", "1234", "31,106"; and "n 39" */
Str figure_number(uint64_t number, Arena *arena);
Str figure_n(uint64_t n, Arena *arena);
/* A trend as signs in a row, "▁▂▃▅▇ 2025-04 to 2026-03", at most the last `most` of its periods; `ascii`: "_.-'". Empty
 * where it has fewer than two. */
Str figure_spark(const ViewCount *count, uint32_t most, bool ascii, Arena *arena);

#endif
