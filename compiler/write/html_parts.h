/* The parts of the page, each in its file. */
#ifndef JOURNEY_WRITE_HTML_PARTS_H
#define JOURNEY_WRITE_HTML_PARTS_H

#include "write/svg_parts.h"

/* <name class="class">text</name>, the text escaped; nothing where it is empty. `class` may be NULL. */
void html_element(Buf *to, const char *name, const char *class, Str text);
/* <svg …>, with the `attributes` as they are; `fixed`: of that size, else as wide as its place. */
void html_open_svg(Buf *to, const char *attributes, double width, double height, bool fixed);
/* What the map says about itself and its persona, and its steps, as text. */
void html_table(Buf *to, const View *view);
/* The sections of the view, but for those that the plan tells. */
void html_sections(Buf *to, const Layout *layout);
/* Rules of style: the names of the columns in front of the table's cells, where a phone shows them one under the other.
 */
void html_labels(Buf *to, const View *view);
/* Where clients go: a drawing and a table for each set of paths. Nothing where no arrows are written. */
void html_flows(Buf *to, const View *view, const Block *blocks);
/* The sheets to print: windows onto the drawing that the page holds under the ids head, top, labels, body, legend, plan
 * and flow-0, flow-1 …
 */
void html_sheets(Buf *to, const Layout *layout, const Block *head, const Block *legend, const Block *flows,
                 const Block *plan);
/* All up to the first line of the body; `blocks`: what is drawn beside the layout's own. */
void html_opening(Buf *to, const Layout *layout, Str title, Str summary, const Block *blocks, size_t count);
/* What to do first (html_plan.c): the drawing, under the id plan, and the same as a table. Nothing where there is none.
 */
void html_plan(Buf *to, const Block *drawing);
void html_plan_table(Buf *to, const Plan *plan);

#endif
