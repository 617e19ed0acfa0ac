/* The emotion curve on a grid of characters. */
#ifndef JOURNEY_WRITE_TERMINAL_CURVE_H
#define JOURNEY_WRITE_TERMINAL_CURVE_H

#include "base/arena.h"
#include "base/buf.h"

/* Points from left to right, x in columns of the map (0.5 is the middle of the first), y from -1 to 1; slopes as in
 * view/curve.h. */
typedef struct {
  const double *x, *y, *slopes;
  size_t count;
} Points;

/* The part of the curve that the map's columns `from` … `to` show, each `pitch` characters wide (its border included).
 * Cells hold 0 where there is nothing, else the code point to draw: braille, or with `ascii` one of . o */
typedef struct {
  int width, height;
  uint32_t *cells; /* rows from the top */
  uint8_t *whose;  /* of each cell: 0 the client's, else the actor that was added as that number */
} CurvePicture;
CurvePicture curve_draw(Arena *arena, Points points, size_t from, size_t to, int pitch, int height, bool ascii);
/* Adds the curve of an actor, dotted, where the client's leaves room; `actor` counts from 1. */
void curve_add(Arena *arena, CurvePicture *picture, Points points, size_t from, size_t to, int pitch, bool ascii,
               unsigned actor);
/* The sign at the points of the client (0) or of an actor. */
uint32_t curve_sign(unsigned actor, bool ascii);
/* Writes what stands in a cell, in UTF-8. */
void curve_put(Buf *to, uint32_t cell);
static inline int curve_row(double y, int height) { return (int)((1 - y) / 2 * (height - 1) + 0.5); }

#endif
