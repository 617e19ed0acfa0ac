/* Linking, step by step: names, journeys with their variants, then what is wrong with them. */
#ifndef JOURNEY_PROJECT_LINK_H
#define JOURNEY_PROJECT_LINK_H

#include "project/project.h"

void project_link(Project *p);
/* Journeys and their bases; extends in a circle is said. */
void link_journeys(Project *p);
/* Stages and steps of each journey, after its variants. Needs the names. */
void link_steps(Project *p);
/* Import circles, duplicate ids, names that mean nothing or several things, emotions off the scale. */
void link_complain(Project *p);

/* Names of checks in `silence` and `rule` that mean nothing. Needs the settings. */
void link_rulings(Project *p);

/* What the project says of itself: its `project` block laid over its journey.json. */
void link_settings(Project *p);

#endif
