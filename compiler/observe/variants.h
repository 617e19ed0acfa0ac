/* The paths that most cases take. */
#ifndef JOURNEY_OBSERVE_VARIANTS_H
#define JOURNEY_OBSERVE_VARIANTS_H

#include "observe/observe.h"

typedef struct {
  uint64_t hash;
  uint32_t of_case; /* one that takes it */
  uint32_t count;   /* 0: nothing stands here */
} VariantSlot;

typedef struct {
  VariantSlot *slots;
  size_t slot_count, used;
} Variants;

void variants_add(Variants *variants, const Walk *walk, uint32_t of_case);
/* The most frequent OBSERVED_VARIANTS of them, into the observation; frees the table. */
void variants_take(Variants *variants, Walk *walk, Observation *observation, Arena *arena);

#endif
