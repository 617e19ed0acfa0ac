/* Lines that stand together, put under each other. */
#ifndef JOURNEY_FORMAT_COLUMNS_H
#define JOURNEY_FORMAT_COLUMNS_H

#include "format/tokens.h"
#include "schema/schema.h"

/* One line of the result: the tokens `first` up to `end`, and the comment behind them, if comment > 0. */
typedef struct {
  uint32_t first, end, comment;
  uint8_t depth;
  bool blank_before;
  Keyword keyword; /* of its statement; K_NONE where it is unknown */
  /* Filled in by columns_align. */
  uint32_t first_cell, cell_count;
  unsigned at;   /* columns taken so far */
  unsigned done; /* the cells placed so far */
  unsigned rest; /* columns of the cells that are not placed yet, each with one space in front */
  unsigned comment_gap;
} Row;

typedef struct {
  uint32_t first, end;   /* tokens */
  unsigned columns, pad; /* spaces in front of it */
  uint16_t class;        /* only cells of the same class stand under each other; a property's class is its keyword */
  bool property;
} Cell;

typedef VEC(Row) Rows;
typedef VEC(Cell) Cells;
typedef VEC(uint32_t) Indices;

/* Gives each of the rows, which stand below each other at one depth, its cells with the spaces in front of them. */
void columns_align(const Tokens *tokens, Row *rows, size_t count, Cells *cells, Indices *scratch);
/* Whether a space belongs between the token `at` and the one in front of it on the same line. */
bool columns_space(const Tokens *tokens, size_t at);
/* The columns of the tokens on one line, or more than `limit`. */
unsigned columns_of_tokens(const Tokens *tokens, size_t first, size_t end, unsigned limit);
/* Whether rows of these keywords may stand in one group. */
bool columns_together(const Tokens *tokens, const Row *a, const Row *b);

#endif
