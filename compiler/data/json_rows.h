/* Rows from JSON: the objects of a list (which may lie within an object), objects one behind another, or one on each
 * line. One object at a time is in memory. */
#ifndef JOURNEY_DATA_JSON_ROWS_H
#define JOURNEY_DATA_JSON_ROWS_H

#include "base/vec.h"
#include "data/stream.h"

typedef enum {
  JSON_IS_NONE,
  JSON_IS_LIST,    /* [{…}, {…}], or {"rows": [{…}, {…}]} */
  JSON_IS_OBJECTS, /* {…} {…}, each over several lines */
  JSON_IS_LINES
} JsonShape;

typedef struct {
  Str name;                /* "a.b" */
  const char *const *keys; /* "a", "b", NULL */
} JsonColumn;

typedef struct JsonRows JsonRows;

/* Of a file that begins so; `whole`: there is no more of it. */
JsonShape json_shape(Str beginning, bool whole);

/* Goes to the first row, and finds the columns in the first rows. NULL with `*why` where there are none. */
JsonRows *json_rows_open(Arena *arena, Stream *stream, JsonShape shape, Str *why);
void json_rows_close(JsonRows *rows); /* NULL is fine */
size_t json_rows_columns(const JsonRows *rows, const JsonColumn **columns);

/* The next object. `*why` is good until the next call. */
TableStep json_rows_next(JsonRows *rows, uint64_t *line, Str *why);
/* Behind json_rows_begin, rows are read from the window alone, until json_rows_again goes back to the first one. */
void json_rows_begin(JsonRows *rows);
void json_rows_again(JsonRows *rows);

/* The text at the column; where it had to be made, it is added to `made` instead, and its place there is returned.
 * Otherwise SIZE_MAX, and it is good until the next row. */
size_t json_rows_cell(const JsonRows *rows, size_t column, Buf *made, Str *cell);

#endif
