/* The map as one standalone SVG, light or dark as its reader prefers. */
#ifndef JOURNEY_WRITE_SVG_H
#define JOURNEY_WRITE_SVG_H

#include "view/view.h"

void svg_write(const View *view, Buf *to);
/* Where clients go, alone, by each set of paths; a map without arrows says so. */
void svg_write_flow(const View *view, Buf *to);

#endif
