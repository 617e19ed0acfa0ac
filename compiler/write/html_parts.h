/* The parts of the page, each in its file. */
#ifndef JOURNEY_WRITE_HTML_PARTS_H
#define JOURNEY_WRITE_HTML_PARTS_H

#include "write/svg_parts.h"

/* What the map says about itself and its persona, and its steps, as text. */
void html_table(Buf *to, const View *view);
/* The sections of the view, but for those that the table tells. */
void html_sections(Buf *to, const View *view);
/* Where clients go: a drawing and a table for each set of paths. Nothing where no arrows are written. */
void html_flows(Buf *to, const View *view, const Block *blocks);
/* The sheets to print: windows onto the drawing that the page holds under the ids head, top, labels, body, legend and
 * flow-0, flow-1 …
 */
void html_sheets(Buf *to, const Layout *layout, const Block *head, const Block *legend, const Block *flows);

#endif
