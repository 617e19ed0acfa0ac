/* Rows of cells by RFC 4180, and what people make of it: any delimiter, LF, CRLF or CR, quotes that stand in the middle
 * of a cell. A quote that is never closed costs one row, not the rest of the file. */
#ifndef JOURNEY_DATA_CSV_H
#define JOURNEY_DATA_CSV_H

#include "data/marks.h"
#include "data/stream.h"

typedef struct {
  uint32_t begin, end; /* in the window; with the quotes and the space around */
} CsvCell;

typedef struct {
  Stream *stream;
  MarkBytes bytes;
  uint64_t line; /* of the next row */
  /* The row that was read. */
  CsvCell *cells; /* the first of it, as many as there is room for */
  size_t room, count;
  bool too_many; /* a cell without room is not empty */
  bool quoted;   /* a cell of it is quoted */
  uint64_t row_line;
  /* its own */
  uint32_t *marks;
  size_t mark_room, mark_count, mark;
  size_t one_line_before; /* quotes that open in front of this place of the window must close on their line */
  bool only_window;       /* rows that lie in the window: while the beginning is looked at */
} Csv;

typedef enum { CSV_ROW, CSV_END, CSV_UNCLOSED, CSV_TOO_LONG, CSV_BROKEN } CsvStep;

void csv_open(Csv *csv, Stream *stream);
void csv_close(Csv *csv);
/* Reads the window again, from its beginning, with these bytes and with room for that many cells. */
void csv_restart(Csv *csv, MarkBytes bytes, size_t room);
/* The next row that is not empty. Behind UNCLOSED and TOO_LONG it goes on with the next line. */
CsvStep csv_next(Csv *csv);
/* More cells than any row of the window has. */
size_t csv_most_cells(const Csv *csv);
/* The cell's text. Doubled quotes are made single in the window: once for each cell, and not while only the beginning
 * is looked at. */
Str csv_cell(const Csv *csv, size_t cell);
Str csv_cell_copy(const Csv *csv, size_t cell, Arena *arena);

#endif
