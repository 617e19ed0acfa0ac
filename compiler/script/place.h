/* What a number or a message is about. */
#ifndef JOURNEY_SCRIPT_PLACE_H
#define JOURNEY_SCRIPT_PLACE_H

#include <stdint.h>

typedef enum { PLACE_JOURNEY, PLACE_STAGE, PLACE_STEP } PlaceKind;
typedef struct {
  PlaceKind kind;
  uint32_t index; /* in Journey.stages or Journey.steps; 0 for the journey */
} Place;

#endif
