/* The map as one standalone SVG, light or dark as its reader prefers. */
#ifndef JOURNEY_WRITE_SVG_H
#define JOURNEY_WRITE_SVG_H

#include "view/view.h"

void svg_write(const View *view, Buf *to);

#endif
