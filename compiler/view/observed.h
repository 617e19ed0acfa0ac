/* What an event log shows, laid over a map. */
#ifndef JOURNEY_VIEW_OBSERVED_H
#define JOURNEY_VIEW_OBSERVED_H

#include "observe/differ.h"
#include "view/view.h"

/* The view of the same journey with a lane of what clients did, a flow of where they went in front of those that are
 * drawn, and a section of what went otherwise for some. Lives in `arena`. */
const View *view_observed(const View *view, const Observation *observation, const Findings *findings, Arena *arena);

#endif
