/* A part of the project, for which a table of the model stands. */
#ifndef JOURNEY_SCRIPT_PART_H
#define JOURNEY_SCRIPT_PART_H

#include "project/project.h"

typedef struct {
  Keyword keyword;        /* K_JOURNEY, K_STAGE, K_TOUCHPOINT, K_PAIN …; K_PROJECT: the project as a whole */
  const Journey *journey; /* in which it is seen; NULL outside of journeys */
  Item item;              /* NO_REF of a project without a block */
  uint32_t index;         /* of a stage in Journey.stages, of a step in Journey.steps */
} MapPart;

#endif
