/* Texts and their numbers, from 0 in the order in which they came. */
#ifndef JOURNEY_OBSERVE_INTERN_H
#define JOURNEY_OBSERVE_INTERN_H

#include "base/buf.h"
#include "base/vec.h"

typedef struct {
  Buf text;
  VEC(size_t) ends;
  VEC(uint32_t) hashes;
  uint32_t *slots; /* a number + 1, or 0 */
  size_t slot_count;
} Interned;

uint32_t intern(Interned *interned, Str text);
/* Good until the next is added. */
Str interned_text(const Interned *interned, uint32_t number);
static inline uint32_t interned_count(const Interned *interned) { return (uint32_t)interned->ends.len; }
void interned_free(Interned *interned);

#endif
