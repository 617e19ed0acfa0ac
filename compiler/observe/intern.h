/* Texts and their numbers, from 0 in the order in which they came. */
#ifndef JOURNEY_OBSERVE_INTERN_H
#define JOURNEY_OBSERVE_INTERN_H

#include "base/buf.h"
#include "base/vec.h"

enum { INTERN_SHORT = 20 };

/* Short texts stand in the slot itself, so that to know one again costs one read of memory. */
typedef struct {
  uint32_t number; /* + 1, or 0: nothing stands here */
  uint32_t hash, length;
  char start[INTERN_SHORT]; /* of the text: all of it, where it is that short */
} InternSlot;

typedef struct {
  Buf text; /* one behind the other */
  VEC(size_t) ends;
  InternSlot *slots;
  size_t slot_count;
} Interned;

uint32_t intern(Interned *interned, Str text);
/* Good until the next is added. */
Str interned_text(const Interned *interned, uint32_t number);
static inline uint32_t interned_count(const Interned *interned) { return (uint32_t)interned->ends.len; }
void interned_free(Interned *interned);

#endif
