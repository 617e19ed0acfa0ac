/* A table for a terminal: a first column of names, to the left, and columns of values, to the right. */
#ifndef JOURNEY_WRITE_TEXT_TABLE_H
#define JOURNEY_WRITE_TEXT_TABLE_H

#include "base/buf.h"
#include "base/vec.h"

typedef enum { TABLE_PLAIN, TABLE_STRONG, TABLE_FAINT, TABLE_GOOD, TABLE_BAD } TableInk;

typedef struct {
  Str text;
  TableInk ink;
} TableLine;
typedef VEC(TableLine) TableCell;

typedef struct {
  Arena *arena;
  Buf *to;
  bool colour, ascii;
  int first_columns, value_columns;
} TextTable;

enum { TABLE_GAP = 2 }; /* between two columns */

/* Adds the text to the cell, wrapped to `columns`. */
void table_add(const TextTable *table, TableCell *cell, int columns, TableInk ink, Str text);
/* Writes cells side by side, the first one in the first column, and empties them. */
void table_row(const TextTable *table, TableCell *cells, size_t count);
/* A line below the first column and `values` others. */
void table_rule(const TextTable *table, size_t values);
/* Lines of the full width, in one ink. */
void table_text(const TextTable *table, int width, TableInk ink, Str text);

#endif
