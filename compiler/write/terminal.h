/* The map in a terminal: `journey show`. */
#ifndef JOURNEY_WRITE_TERMINAL_H
#define JOURNEY_WRITE_TERMINAL_H

#include "view/view.h"

typedef struct {
  int width;   /* columns; no line is longer */
  bool colour; /* colours only underline what signs and words say as well */
  bool ascii;  /* nothing but ASCII, for a terminal that is not set to UTF-8 */
} TerminalStyle;

/* Where a step stands in what was written: lines and columns from 0. */
typedef struct {
  uint32_t line, column, height, width; /* height 0: nowhere */
} TerminalBox;

/* The head, then stages and steps as columns in as many bands as the width asks for; below 60 columns, a list. */
void terminal_write(const View *view, TerminalStyle style, Buf *to);
/* The same; `boxes` has room for each step of the view. */
void terminal_write_placed(const View *view, TerminalStyle style, TerminalBox *boxes, Buf *to);

#endif
