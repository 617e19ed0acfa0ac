/* Linking, step by step: names, journeys with their variants, then what is wrong with them. */
#ifndef JOURNEY_PROJECT_LINK_H
#define JOURNEY_PROJECT_LINK_H

#include "project/project.h"

/* Without `later`, what project_complain says of each file as well. */
void project_link(Project *p, bool later);
/* Journeys and their bases; extends in a circle is said. */
void link_journeys(Project *p);
/* Stages and steps of each journey, after its variants. Needs the names. */
void link_steps(Project *p);
/* Which imports close a circle. */
void link_imports(Project *p);
/* What project_complain says of each file. Needs the settings. */
void link_complain(Project *p);

/* Names of checks in a file's `silence` and `rule` that mean nothing. Needs the settings. */
void complain_rulings(const Project *p, uint32_t unit, Diagnostics *to);

/* What the project says of itself: its `project` block laid over its journey.json. */
void link_settings(Project *p);

#endif
