/* A case as a walk through the steps of a map. Events of one step that follow each other, with none of another step
 * between them, are one visit, but where the map draws an arrow from that step to itself. */
#ifndef JOURNEY_OBSERVE_WALK_H
#define JOURNEY_OBSERVE_WALK_H

#include "observe/binding.h"

/* Which cases, and which part of them. */
typedef struct {
  const bool *in;    /* of each case; NULL: all */
  uint32_t from, to; /* nodes, or NONE: only from the first visit of one, only to the first visit of the other behind */
} Selection;
#define ALL_CASES ((Selection){NULL, NONE, NONE})

typedef struct {
  uint32_t node;
  int64_t first, last; /* milliseconds */
} Visit;

typedef struct {
  const Binding *binding;
  Selection selection;
  Visit *visits; /* room for the longest case */
  uint32_t count;
} Walk;

Walk walk_new(const Binding *binding, Selection selection, Arena *arena);
/* Reads a case into `visits`. False where the selection leaves it out. */
bool walk_case(Walk *walk, uint32_t number);
/* Whether the case that was read comes to a step that completes the journey; where only a part is looked at, to its
 * end.
 */
bool walk_completes(const Walk *walk);
/* The node of an activity for a client whose last node is `at` (`start` in the beginning); NONE where it is no step. */
uint32_t walk_node(const Binding *binding, uint32_t activity, uint32_t at);
static inline bool selection_has(const Selection *selection, uint32_t number) {
  return !selection->in || selection->in[number];
}

#endif
