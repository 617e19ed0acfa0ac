/* The map as one HTML file that needs nothing else: the drawing, which scrolls with its labels and stages in sight,
 * sheets of A3 for the printer, and the same content as a table. */
#ifndef JOURNEY_WRITE_HTML_H
#define JOURNEY_WRITE_HTML_H

#include "view/view.h"

void html_write(const View *view, Buf *to);

#endif
