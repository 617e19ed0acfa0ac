/* What the files that build a view share. */
#ifndef JOURNEY_VIEW_BUILD_H
#define JOURNEY_VIEW_BUILD_H

#include "base/vec.h"
#include "view/view.h"

/* A pain, and an opportunity that solves it. */
typedef struct {
  Ref pain;
  uint32_t opportunity; /* index into Build.opportunities */
} Solved;

typedef struct {
  const Project *project;
  const Journey *journey;
  Arena *arena;
  View *view;
  Item *opportunities;
  size_t opportunity_count;
  bool *opportunity_shown; /* at a step */
  Solved *solved;          /* in order of pains, then of opportunities */
  size_t solved_count;
} Build;

/* The statement's first value in the slot, or NULL. */
const Value *build_value(const Build *build, Ref ref, unsigned slot);
/* The text of the slot; empty where there is none. */
Str build_text(const Build *build, Ref ref, unsigned slot);
/* The property inside a statement, or NO_REF. */
Ref build_child(const Build *build, Ref ref, Keyword keyword);
/* The title of what a reference means; empty for NO_REF. */
Str build_title(const Build *build, Ref ref);
/* The titles of all that a property's references mean, with commas. */
Str build_titles(const Build *build, const Item *item, Keyword keyword);
bool build_colour(const Build *build, Ref team, uint32_t *colour);
/* A measure of the journey, a stage or a step. */
Entry build_measure(const Build *build, Ref measure);
/* The lanes that have something to show. */
void build_lanes(Build *build);

#endif
