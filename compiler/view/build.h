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

typedef VEC(Entry) BuildEntries;

typedef struct {
  const Project *project;
  const Journey *journey;
  Arena *arena;
  View *view;
  const Figures *figures;   /* may be NULL */
  Refs *sources;            /* evidence in the order in which it is first named: its number is its place */
  uint32_t **source_number; /* [unit][statement]: that number, or 0; NULL for a unit without such evidence */
  Item *opportunities;
  size_t opportunity_count;
  bool handovers_backstage; /* a blueprint shows them with the actions behind which they happen */
  bool *opportunity_shown;  /* at a step */
  Solved *solved;           /* in order of pains, then of opportunities */
  size_t solved_count;
  Flows flows; /* where its clients go */
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
/* A measure of the journey, a stage or a step; `step`: NULL, or the step whose evidence holds for it, too. */
Entry build_measure(const Build *build, const Item *step, Ref measure);
/* Those of a journey or a stage. */
uint32_t build_measures(const Build *build, const Item *item, const Entry **entries);
Entry build_claim(const Build *build, const Item *step, Ref claim);
const char *build_choice(const Build *build, Ref ref, unsigned slot);
typedef struct {
  Str titles, numbers; /* "Sales calls, Survey" and "1,3" */
} BuildSources;
/* What a claim stands on: its own `from`, else that of its step (which may be NULL). */
BuildSources build_sources(const Build *build, Ref claim, const Item *step);
/* The number of a piece of evidence among the sources; it gets one where it has none. */
uint32_t build_source_number(const Build *build, Ref evidence);
/* A claim about an emotion, on the scale, in words. */
void build_feeling(const Build *build, Ref feels, const Item *step, ViewFeeling *to);
/* The actor's part in a step, or NO_REF. */
Ref build_actor_part(const Build *build, const Item *step, Ref actor);
/* " with 12 clients, by interview", as it follows a date; empty where nothing is said. */
Str build_validation(const Build *build, Ref validated);
void build_actors(Build *build);
/* What stands behind the map; called last, when all that is named is known. */
void build_sections(Build *build);
/* The hours of a day in the life. */
void build_day(const Build *build, ViewStep *steps);
/* Where clients go; in front of the lanes. (flows.c) */
void build_flows(Build *build);
/* What the arrows of a step say: "60% to Demo", "15% leave". (flows.c) */
void build_paths(const Build *build, const Step *step, BuildEntries *to);
/* The lanes that have something to show. */
void build_lanes(Build *build);

#endif
