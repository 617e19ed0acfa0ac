/* What a figure says, in words: rounded to what its margin supports. */
#ifndef JOURNEY_VIEW_FIGURE_WORDS_H
#define JOURNEY_VIEW_FIGURE_WORDS_H

#include "metric/figures.h"
#include "view/view.h"

/* "−36 ± 25", "21% (11 to 36%)", "94 ± 11 days", "€40 ± 3". The larger arm of the interval is given with two digits
 * where it begins with 1 or 2, else with one, and the value to the same place. Where both arms round to the same, or
 * differ by less than a tenth, it is ± the larger one, else the interval itself. `low`, `high`: NAN where there is no
 * interval. */
Str figure_words(Quantity value, double low, double high, Arena *arena);
/* "39", "1234", "31,106"; and "n 39" */
Str figure_number(uint64_t number, Arena *arena);
Str figure_n(uint64_t n, Arena *arena);
/* A trend as signs in a row, "▁▂▃▅▇ 2025-04 to 2026-03", at most the last `most` of its periods; `ascii`: "_.-'". Empty
 * where it has fewer than two. */
Str figure_spark(const ViewCount *count, uint32_t most, bool ascii, Arena *arena);

#endif
