/* What in its file a diagnostic is about: "onboarding/contract/hurdle/because", the names of the statements around it,
 * from the outermost. It holds through moved lines and other words, so that baselines and CI know a finding again by
 * it. */
#ifndef JOURNEY_PROJECT_ABOUT_H
#define JOURNEY_PROJECT_ABOUT_H

#include "project/project.h"

/* In a file without statements, the line; in none at all, the message. */
Str diagnostic_about(const Project *p, const Diagnostic *diagnostic, Arena *arena);

#endif
