/* How a file is written, found out from its first rows. */
#ifndef JOURNEY_DATA_DIALECT_H
#define JOURNEY_DATA_DIALECT_H

#include "base/vec.h"
#include "data/csv.h"
#include "data/table.h"

/* What the cells of one column look like. */
typedef struct {
  uint32_t texts, numbers, clear_dates, day_first, month_first, either_first;
} ColumnTally;

typedef struct {
  VEC(ColumnTally) columns;
  uint32_t points, commas, either; /* numbers that tell the decimal sign, and such that could have both */
} Tally;

void tally_cell(Tally *tally, size_t column, Str text);
/* Settles the decimal sign and the order of dates, where they are not said. */
void dialect_settle(TableDialect *dialect, const Tally *tally);

/* Delimiter, quote, header and line ends of the window, where they are not said, and a table's title above it passed
 * over; behind it, the next row is the header or the first one. `*columns`: how many cells a row has. */
void dialect_of_csv(Csv *csv, TableDialect *dialect, size_t *columns);

#endif
