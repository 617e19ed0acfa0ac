/* What a number or a message is about. */
#ifndef JOURNEY_SCRIPT_PLACE_H
#define JOURNEY_SCRIPT_PLACE_H

#include "project/project.h"

typedef enum { PLACE_JOURNEY, PLACE_STAGE, PLACE_STEP, PLACE_PROJECT, PLACE_PERSONA, PLACE_TEAM } PlaceKind;
typedef struct {
  PlaceKind kind;
  uint32_t index; /* in Journey.stages or Journey.steps; 0 for all others */
  Ref at;         /* PLACE_PERSONA, PLACE_TEAM: the declaration; not looked at for others */
} Place;

#endif
