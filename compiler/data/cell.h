/* What dates look like, for finding out in which order a file writes them. */
#ifndef JOURNEY_DATA_CELL_H
#define JOURNEY_DATA_CELL_H

#include "data/table.h"

typedef enum {
  DATE_NONE,
  DATE_CLEAR,   /* year first, or the month by its name */
  DATE_NUMBERS, /* 03/04/2026: `first` and `second` are day and month, or month and day */
  DATE_DOTS,    /* 03.04.2026: the day comes first wherever dots are written */
  DATE_SINCE_1970
} DateKind;

DateKind cell_date_kind(Str cell, int *first, int *second);

#endif
