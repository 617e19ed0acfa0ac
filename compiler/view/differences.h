/* A comparison, drawn: the map as it is, with all marked that is another than it was. */
#ifndef JOURNEY_VIEW_DIFFERENCES_H
#define JOURNEY_VIEW_DIFFERENCES_H

#include "compare/compare.h"
#include "view/view.h"

/* The journey must still be there. `before_title`: how the other side is called, "HEAD~1". What no step shows stands in
 * a section of its own. `was`, `is`: the figures of the two sides, as for view_new. */
const View *view_of_difference(const Comparison *comparison, const JourneyDifference *journey, Str before_title,
                               const Figures *was, const Figures *is, Arena *arena);

#endif
