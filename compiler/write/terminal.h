/* The map in a terminal: `journey show`. */
#ifndef JOURNEY_WRITE_TERMINAL_H
#define JOURNEY_WRITE_TERMINAL_H

#include "view/view.h"

typedef struct {
  int width;   /* columns; no line is longer */
  bool colour; /* colours only underline what signs and words say as well */
  bool ascii;  /* nothing but ASCII, for a terminal that is not set to UTF-8 */
} TerminalStyle;

/* The head, then stages and steps as columns in as many bands as the width asks for; below 60 columns, a list. */
void terminal_write(const View *view, TerminalStyle style, Buf *to);

#endif
