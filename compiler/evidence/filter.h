/* `where "Plan" is "Pro"`: which rows of a file count. */
#ifndef JOURNEY_EVIDENCE_FILTER_H
#define JOURNEY_EVIDENCE_FILTER_H

#include "evidence/fold.h"
#include "project/project.h"

#include "data/table.h"

typedef enum { WHERE_IS, WHERE_IS_NOT, WHERE_CONTAINS, WHERE_AT_LEAST, WHERE_AT_MOST } WhereHow; /* as the schema has */

typedef struct {
  Ref at; /* the `where` */
  WhereHow how;
  size_t column; /* of the file */
  uint32_t cell; /* where the column stands among those that are read */
  Str text, folded;
  bool is_number, is_day;
  double number; /* of a day: seconds since 1970, at its beginning */
  uint64_t held; /* rows */
  Seen seen;     /* what the column says of the others */
} Filter;

/* Reads the statement's second and third value; false where they can't be compared: `at-least` of what is neither a
 * number nor a date. */
bool filter_read(Filter *filter, const Project *p, Ref at, const TableDialect *dialect, Arena *arena);
bool filter_holds(const Filter *filter, const TableDialect *dialect, Str cell, Buf *scratch);

#endif
