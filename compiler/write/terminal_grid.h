/* Texts on a grid of characters: how many columns they take, and where they wrap. */
#ifndef JOURNEY_WRITE_TERMINAL_GRID_H
#define JOURNEY_WRITE_TERMINAL_GRID_H

#include "base/buf.h"

/* Columns of a text without control characters: two for wide characters and emoji, none for marks. */
int grid_columns(Str text);
/* What may go to a terminal: control characters become spaces, but for line feeds; what is not UTF-8 becomes `?`. With
 * `ascii`, accents are dropped, typographic signs get their plain form, and what is left is `?`. */
Str grid_text(Arena *arena, Str text, bool ascii);
/* Lines of at most `columns` (at least 1) columns, broken where Unicode allows it, and inside a word that is longer. In
 * `arena`; at least one line. The text is one of grid_text. */
size_t grid_wrap(Arena *arena, Str text, int columns, Str **lines);

#endif
