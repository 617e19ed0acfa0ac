/* What loading a project and changing one that is loaded have in common. */
#ifndef JOURNEY_PROJECT_LOAD_H
#define JOURNEY_PROJECT_LOAD_H

#include "project/project.h"

/* The next `require "rules.weights"` or `require("weights")` of a .lua file, without an ending; `*text` goes on behind
 * it. */
bool load_next_require(Str *text, Str *name);
/* The unit of the baseline that a statement names, or (at 0) journey.json; NONE where it isn't there or is none. */
uint32_t project_baseline(const Project *p, Ref at);
/* A copy of the list: the caller's own may grow while the project lives. */
const ProjectText *load_texts(const ProjectText *texts, size_t count, Arena *arena);

#endif
