/* Tarjan, Depth-first search and linear graph algorithms, SIAM Journal on Computing 1, 1972; without recursion. */
#include "flow/loops.h"

typedef struct {
  const Chain *chain;
  uint32_t *seen; /* of each step: when it was met, from 1; 0: not yet */
  uint32_t *low;  /* the earliest step on the stack that can be got to from it */
  uint32_t *of;   /* its loop, once that is closed */
  bool *waiting;  /* on the stack: its loop is not closed */
  uint32_t *stack, *trail, *next_way;
  uint32_t stacked, walked, clock, loops;
} Search;

static void meet(Search *search, uint32_t step) {
  search->seen[step] = search->low[step] = ++search->clock;
  search->waiting[step] = true;
  search->stack[search->stacked++] = step;
  search->trail[search->walked++] = step;
}

static void lower(uint32_t *value, uint32_t to) {
  if (to < *value) *value = to;
}

static void close_step(Search *search, uint32_t step) {
  search->walked--;
  if (search->walked > 0) lower(&search->low[search->trail[search->walked - 1]], search->low[step]);
  if (search->low[step] != search->seen[step]) return;
  uint32_t member;
  do {
    member = search->stack[--search->stacked];
    search->waiting[member] = false;
    search->of[member] = search->loops;
  } while (member != step);
  search->loops++;
}

static void walk(Search *search, uint32_t from) {
  meet(search, from);
  while (search->walked > 0) {
    uint32_t step = search->trail[search->walked - 1];
    const Crossing *crossing = &search->chain->steps[step];
    if (search->next_way[step] == crossing->count) {
      close_step(search, step);
      continue;
    }
    uint32_t to = crossing->ways[search->next_way[step]++].to;
    if (search->seen[to] == 0) meet(search, to);
    else if (search->waiting[to]) lower(&search->low[step], search->seen[to]);
  }
}

static Loops sort_steps(const Search *search, Arena *arena) {
  uint32_t steps = search->chain->step_count, count = search->loops;
  uint32_t *first = ARENA_ARRAY(arena, uint32_t, count + 2), *sorted = ARENA_ARRAY(arena, uint32_t, steps + 1);
  uint32_t *place = ARENA_ARRAY(arena, uint32_t, steps + 1), largest = 0;
  for (uint32_t i = 0; i < steps; i++) place[i] = first[search->of[i] + 1]++;
  for (uint32_t i = 0; i < count; i++) {
    if (first[i + 1] > largest) largest = first[i + 1];
    first[i + 1] += first[i];
  }
  for (uint32_t i = 0; i < steps; i++) sorted[first[search->of[i]] + place[i]] = i;
  return (Loops){count, search->of, first, sorted, place, largest};
}

Loops loops_find(const Chain *chain, Arena *arena) {
  uint32_t steps = chain->step_count;
  Search search = {.chain = chain,
                   .seen = ARENA_ARRAY(arena, uint32_t, steps + 1),
                   .low = ARENA_ARRAY(arena, uint32_t, steps + 1),
                   .of = ARENA_ARRAY(arena, uint32_t, steps + 1),
                   .waiting = ARENA_ARRAY(arena, bool, steps + 1),
                   .stack = ARENA_ARRAY(arena, uint32_t, steps + 1),
                   .trail = ARENA_ARRAY(arena, uint32_t, steps + 1),
                   .next_way = ARENA_ARRAY(arena, uint32_t, steps + 1)};
  for (uint32_t i = 0; i < steps; i++)
    if (search.seen[i] == 0) walk(&search, i);
  return sort_steps(&search, arena);
}
