/* Where the block of a statement begins and ends. */
#ifndef JOURNEY_LSP_FEATURE_BLOCKS_H
#define JOURNEY_LSP_FEATURE_BLOCKS_H

#include "unit/unit.h"

typedef struct {
  uint32_t open;  /* behind the `{` */
  uint32_t close; /* in front of the `}`; where that is missing, behind what stands last in it */
} Block;

/* False where the statement has none. Looks at the statement's first line only. */
bool block_of(const Unit *unit, uint32_t at, Block *block);
/* The end of the statement's own line: behind its `{`, or where it has no block behind its last value. */
uint32_t head_end(const Unit *unit, uint32_t at);

#endif
