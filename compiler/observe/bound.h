/* What an evidence says of its file, for reading it as an event log: which columns, which rows, how it is written. */
#ifndef JOURNEY_OBSERVE_BOUND_H
#define JOURNEY_OBSERVE_BOUND_H

#include "evidence/filter.h"
#include "observe/log.h"

/* A file that is open: the cells of a row are the case, the activity, the time where there is one, and the others. */
typedef struct {
  Table *table;
  const TableDialect *dialect;
  bool has_time;
  Str *cells; /* of the row that was read last */
  size_t cell_count;
  const Str *names;      /* of the cells' columns */
  const Filter *filters; /* its `where` lines */
  size_t filter_count;
  Buf *scratch;
} BoundLog;

enum { CELL_CASE, CELL_ACTIVITY, CELL_TIME, CELLS_MOST = 64 };

/* The path as it is shown, and as it is opened from the working folder; empty where no file is named. */
Str bound_path(const Project *p, Ref evidence, Arena *arena);
/* All that the evidence says of its file, and by which what is read of it may be known again. */
Str bound_question(const Project *p, Ref evidence, Arena *arena);
/* False, with `*why`, where the file cannot be opened, a column is missing or a `where` is wrong. */
bool bound_open(const Project *p, Ref evidence, Arena *arena, BoundLog *bound, Str *why);
void bound_close(BoundLog *bound);
/* Whether the row that was read last holds every `where`. */
bool bound_row_counts(const BoundLog *bound);

#endif
