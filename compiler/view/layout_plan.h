/* What to do first, as a drawing: the impact/effort plot with numbered circles, the ranked list beside it, and the
 * severe pains that nothing solves. */
#ifndef JOURNEY_VIEW_LAYOUT_PLAN_H
#define JOURNEY_VIEW_LAYOUT_PLAN_H

#include "plan/plan.h"
#include "view/layout.h"

/* Whether an opportunity that is ranked has an impact and an effort, so that there is something to plot. */
bool layout_plan_has_plot(const Plan *plan);
/* The plot alone: within a width and a height of at least 400 and 300. */
Block layout_plan_plot(const Layout *layout, const Plan *plan, double width, double height, Arena *arena);
/* All of it: within a width of at least 900; empty where there is nothing to plot. */
Block layout_plan(const Layout *layout, const Plan *plan, double width, Arena *arena);

#endif
