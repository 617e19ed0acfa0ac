#include "plan/pareto.h"

#include <stdlib.h>

typedef struct {
  double weight;
  size_t index;
} Weighed;

static int heaviest_first(const void *a, const void *b) {
  const Weighed *x = a, *y = b;
  if (x->weight != y->weight) return x->weight > y->weight ? -1 : 1;
  return x->index < y->index ? -1 : x->index > y->index;
}

Pareto pareto(const double *weights, size_t count, double share, Arena *arena) {
  const double rounding = 1e-9; /* 0.5 + 0.3 is 80% */
  Weighed *items = ARENA_ARRAY(arena, Weighed, count);
  size_t *order = ARENA_ARRAY(arena, size_t, count);
  double whole = 0, sum = 0;
  for (size_t i = 0; i < count; i++) {
    items[i] = (Weighed){weights[i] > 0 ? weights[i] : 0, i};
    whole += items[i].weight;
  }
  if (count) qsort(items, count, sizeof *items, heaviest_first);
  for (size_t i = 0; i < count; i++) order[i] = items[i].index;
  Pareto result = {.order = order};
  while (whole > 0 && result.count < count && sum < whole * (share - rounding)) sum += items[result.count++].weight;
  result.carried = whole > 0 ? sum / whole : 0;
  return result;
}
