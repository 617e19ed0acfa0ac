/* What differs in meaning between two states of a project, or between two journeys of one.
 *
 * Each side is read as its maps read it: variants laid over one another, names looked up. Things are paired by id, then
 * by title, then by what they hold and how they are called; what was only reordered, respelled or reformatted is no
 * difference. Everything that the schema knows is compared by its rows, so a new keyword needs nothing here. */
#ifndef JOURNEY_COMPARE_COMPARE_H
#define JOURNEY_COMPARE_COMPARE_H

#include "project/project.h"

typedef enum { DIFFERENCE_CHANGED, DIFFERENCE_ADDED, DIFFERENCE_DROPPED } DifferenceKind;

/* A property that says something else. Names are said by their titles, texts in quotes, numbers as they were written;
 * of a property with several values only those that differ. */
typedef struct {
  Keyword keyword; /* K_NONE: the title, or another value of the declaration itself */
  DifferenceKind kind;
  bool wording;      /* only texts differ */
  Str label;         /* "feels", "measure Net Promoter Score", "title" */
  Str before, after; /* empty where there was, or is, nothing, and for a property without values */
  Ref was, is;       /* NO_REF where there was, or is, none */
} PropertyDifference;

/* Something declared, in which something differs: a journey, a stage, a step, a pain, a team … */
typedef struct {
  Keyword keyword; /* K_FILE: what files say beside their declarations */
  DifferenceKind kind;
  uint32_t depth; /* 0: journeys, and what else files declare */
  uint32_t end;   /* the index behind all that it holds: its parts are index + 1 … end */
  Str id, title;  /* as it is; of what is gone, as it was */
  Str moved;      /* "behind “Signs”", "from stage Contract"; empty where it stands where it stood */
  Ref was, is;    /* the declarations */
  uint32_t first_property, property_count;
  bool brief;       /* part of a journey that was added or dropped as a whole: its title is enough */
  uint32_t journey; /* of a journey: index into Comparison.journeys; else NONE */
} Difference;

/* What a map comes to; pains by their severity, 1 to 4, and 0 where none is stated. */
typedef struct {
  uint32_t steps, emotions;
  double emotion; /* the mean, -1 … 1; only where emotions > 0 */
  uint32_t pains[5];
  Str severities[5]; /* how they are called; empty where there are none */
} JourneyCounts;

/* A stage or step of either side, at the place where the drawing of both has it. */
typedef struct {
  uint32_t was, is;    /* numbers in the journeys; NONE: it wasn't, or isn't, there */
  uint32_t difference; /* index into Comparison.differences; NONE: nothing differs */
} PlacePair;

typedef struct {
  const Journey *was, *is; /* one of them may be NULL */
  uint32_t difference;     /* NONE: nothing differs */
  JourneyCounts before, after;
  const PlacePair *stages, *steps; /* in the order in which they are drawn, each step within its stage */
  uint32_t stage_count, step_count;
} JourneyDifference;

/* Something that a file declares beside journeys, and which it was. */
typedef struct {
  Ref was, is;
} SharedPair;

typedef struct {
  const Project *was, *is;
  const Difference *differences; /* each followed by what it holds */
  uint32_t difference_count;
  const PropertyDifference *properties;
  uint32_t property_count;
  const JourneyDifference *journeys; /* all that were compared, bases before their variants */
  uint32_t journey_count;
  const SharedPair *shared; /* teams, channels, evidence … that are on both sides, in order of `was` */
  uint32_t shared_count;
} Comparison;

/* The journeys of the files that were named, and all else that the project's own files declare. What a variant only
 * takes over from its base is said of the base alone. */
const Comparison *compare_projects(const Project *was, const Project *is, Arena *arena);
/* Two journeys of one project; or of two, whatever they are called. */
const Comparison *compare_journeys(const Project *was, const Journey *from, const Project *is, const Journey *to,
                                   Arena *arena);

/* Whether two declarations that are no part of a journey are the same thing, whatever they are called. */
bool comparison_same(const Comparison *comparison, Ref was, Ref is);
/* Whether anything about the difference itself differs, not only about what it holds. */
static inline bool difference_is_own(const Difference *difference) {
  return difference->kind != DIFFERENCE_CHANGED || difference->property_count > 0 || difference->moved.len > 0;
}

#endif
