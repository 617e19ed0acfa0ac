#include "metric/figures.h"

#include <stdlib.h>

const Figures *figures_of(const Project *p, const Evidence *evidence, Arena *arena) {
  Figures *figures = ARENA_NEW(arena, Figures);
  (void)p;
  figures->evidence = evidence;
  return figures;
}

static int by_measure(const void *key, const void *figure) {
  return ref_compare(key, &((const Figure *)figure)->measure);
}

const Figure *figures_get(const Figures *figures, Ref measure) {
  if (!figures || !figures->count) return NULL;
  return bsearch(&measure, figures->list, figures->count, sizeof *figures->list, by_measure);
}
