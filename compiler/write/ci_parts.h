/* What the writers of diagnostics_ci.h share. */
#ifndef JOURNEY_WRITE_CI_PARTS_H
#define JOURNEY_WRITE_CI_PARTS_H

#include "write/diagnostics_ci.h"
#include "write/places.h"

typedef struct {
  const CiReport *report;
  Arena *arena;
  Places *places;
  const Str *paths; /* of each unit: from the root where it lies in it, else absolute */
} Ci;

Ci ci_begin(const CiReport *report);
void ci_end(Ci *ci);

static inline bool ci_has_place(const Ci *ci, const Diagnostic *diagnostic) {
  return diagnostic->unit < ci->report->project->unit_count;
}
/* A line for lists: of its code, or of a check of the project's own. */
Str ci_title(const Diagnostic *diagnostic);
/* Whether it makes `journey check` end with 1. */
bool ci_fails(const Ci *ci, const Diagnostic *diagnostic);
/* The message, and the help in a line below it. */
Str ci_words(const Ci *ci, const Diagnostic *diagnostic);
/* The same with the places that have to do with it, a line each, for whoever has no other field for them. */
Str ci_story(const Ci *ci, const Diagnostic *diagnostic);
/* "maps/first.journey:9:11: "; empty where there is no such file. */
Str ci_place(const Ci *ci, uint32_t unit, uint32_t offset);

#endif
