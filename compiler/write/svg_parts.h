/* The parts of the drawing, which the SVG and the HTML page put together in their own ways. */
#ifndef JOURNEY_WRITE_SVG_PARTS_H
#define JOURNEY_WRITE_SVG_PARTS_H

#include "view/layout.h"

/* Text for XML and HTML, between tags and in attributes; characters that XML does not know become U+FFFD. */
void svg_escape(Buf *to, Str text);
void svg_number(Buf *to, double number); /* to a tenth */
/* The root element of a drawing that stands alone, with what it says to those who don't see it. */
void svg_open(Buf *to, Str title, Str description, double width, double height);
/* The classes of all parts. `dark`: the media query under which the dark colours hold. */
void svg_style(Buf *to, const Layout *layout, const char *dark);
/* Icons and gradients, once a document; `more`: blocks that are drawn beside the layout's own. */
void svg_defs(Buf *to, const Layout *layout, const Block *more, size_t count);
/* <g transform="translate(x y)">, with an id where there is one. */
void svg_group(Buf *to, const char *prefix, Str id, double x, double y);
void svg_block(Buf *to, const Block *block);
/* Each from its own (0, 0), see view/layout.h. */
void svg_top(Buf *to, const Layout *layout);
void svg_labels(Buf *to, const Layout *layout);
void svg_body(Buf *to, const Layout *layout);

#endif
