/* Drawings as PNG and PDF, by librsvg and cairo. These are loaded when a picture is asked for: the program starts eight
 * times as fast without them, and runs where they are not installed. */
#ifndef JOURNEY_WRITE_PICTURE_H
#define JOURNEY_WRITE_PICTURE_H

#include "base/buf.h"

typedef enum { PICTURE_PNG, PICTURE_PDF } PictureKind;

typedef struct {
  PictureKind kind;
  double scale;  /* dots of a PNG for each unit of the drawing; a PDF has none */
  Str title;     /* that of a PDF */
  int32_t today; /* the day on which a PDF says that it was made, so that the same input makes the same bytes */
} PictureStyle;

/* "librsvg 2.54.7"; empty where there are no pictures, with what to do in `*why`. */
Str picture_library(Arena *arena, Str *why);
/* The drawing, an SVG, as a picture of the same size: light, since paper is. A PDF keeps its texts and lines. False
 * with
 * `*why`. */
bool picture_write(Str drawing, const PictureStyle *style, Arena *arena, Buf *to, Str *why);

#endif
