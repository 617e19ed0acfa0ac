/* The parts of maps as Lua tables for checks: made one by one as a script asks for them, each knowing which statement
 * it stands for. What they hold is called as in docs/metrics.md. */
#ifndef JOURNEY_SCRIPT_PART_H
#define JOURNEY_SCRIPT_PART_H

#include "project/project.h"

typedef struct {
  Keyword keyword;        /* K_JOURNEY, K_STAGE, K_TOUCHPOINT, K_PAIN …; K_PROJECT: the project as a whole */
  const Journey *journey; /* in which it is seen; NULL outside of journeys */
  Item item;              /* NO_REF of the project */
  uint32_t index;         /* of a stage in Journey.stages, of a step in Journey.steps */
} Part;

/* What the tables of one Lua state share; lives in the arena, as long as the state. */
typedef struct Parts Parts;

#endif
