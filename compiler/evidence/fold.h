/* Texts of files as they are compared with those of a map: without regard to case, to the space around them and to how
 * their accents are put together. */
#ifndef JOURNEY_EVIDENCE_FOLD_H
#define JOURNEY_EVIDENCE_FOLD_H

#include "base/buf.h"

/* Good until `scratch` is used again. */
Str fold(Str text, Buf *scratch);
Str fold_copy(Str text, Arena *arena);

/* A set of folded texts, each with the number of its place in it. Start from {0}. */
typedef struct {
  Str *list;
  uint32_t count, cap;
  uint32_t *slots; /* number + 1, or 0; a power of two of them */
  uint32_t slot_count;
} Names;

#define NO_NAME UINT32_MAX
/* Its number, also where it was there before. `folded` must live as long as the set. */
uint32_t names_add(Names *names, Str folded);
uint32_t names_find(const Names *names, Str folded);
void names_free(Names *names);

/* The first few different texts that were seen, to name them to somebody. */
enum { MOST_SEEN = 8 };
typedef struct {
  Str list[MOST_SEEN];
  uint32_t count;
  bool more;
} Seen;
void seen_add(Seen *seen, Str text, Arena *arena);

#endif
