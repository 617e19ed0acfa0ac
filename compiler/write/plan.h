/* What to do first, in all formats: `journey plan`. */
#ifndef JOURNEY_WRITE_PLAN_H
#define JOURNEY_WRITE_PLAN_H

#include "plan/plan.h"
#include "write/terminal.h"

/* A table to go through in a meeting, and a small plot of impact and effort; below 72 columns, a list. */
void plan_write_text(const Plan *plan, TerminalStyle style, Buf *to);
/* A row for each opportunity, see write/csv.h. */
void plan_write_csv(const Plan *plan, Buf *to);
/* A table with GitHub's marks, for a wiki or a merge request. */
void plan_write_markdown(const Plan *plan, Buf *to);
/* {"version": 1, "by", "formula", "opportunities": […], "unsolvedPains": […]} */
void plan_write_json(const Plan *plan, Buf *to);
/* The impact/effort plot with the ranked list beside it: as a drawing, and as a page with a table. Only where
 * layout_plan_has_plot. */
void plan_write_svg(const Plan *plan, Buf *to);
void plan_write_html(const Plan *plan, Buf *to);
/* The plot alone, as a drawing of that size. */
void plan_write_plot(const Plan *plan, double width, double height, Buf *to);

#endif
