/* Numbers and texts as bytes, from a worker to the process that forked it. What is read is bounded and checked: a
 * worker may have been taken over by its script. */
#ifndef JOURNEY_METRIC_WIRE_H
#define JOURNEY_METRIC_WIRE_H

#include "base/buf.h"

void wire_put(Buf *to, const void *bytes, size_t size);
void wire_put_u64(Buf *to, uint64_t number);
void wire_put_double(Buf *to, double number);
void wire_put_str(Buf *to, Str text);

typedef struct {
  Str rest;
  bool broken; /* more was asked for than there is; all that is read from then on is 0 and empty */
} Wire;

uint64_t wire_u64(Wire *from);
double wire_double(Wire *from);
/* In `arena`. */
Str wire_str(Wire *from, Arena *arena);
/* How many items follow, of at least `least` bytes each. */
uint32_t wire_count(Wire *from, size_t least);

#endif
