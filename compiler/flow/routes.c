#include "flow/routes.h"

#include "base/vec.h"

enum { MOST_ROUTES = 12, MOST_BEGINNINGS = 20000, NOWHERE = UINT32_MAX };
#define ROUNDING 1e-9 /* 50% and 30% are 80% */

typedef struct {
  uint32_t before; /* the beginning that this one goes on from; NOWHERE: none */
  uint32_t step;   /* NOWHERE: it is at its end */
  uint32_t length;
  RouteEnd end;
  double share;
} Beginning;

typedef struct {
  VEC(Beginning) all;
  VEC(uint32_t) heap; /* those that were not gone on from, the likeliest on top */
} Search;

static bool is_likelier(const Search *search, size_t a, size_t b) {
  uint32_t x = search->heap.at[a], y = search->heap.at[b];
  double left = search->all.at[x].share, right = search->all.at[y].share;
  return left != right ? left > right : x < y;
}

static void swap(Search *search, size_t a, size_t b) {
  uint32_t kept = search->heap.at[a];
  search->heap.at[a] = search->heap.at[b];
  search->heap.at[b] = kept;
}

static void add(Search *search, Beginning beginning) {
  if (beginning.share <= 0 || search->all.len >= MOST_BEGINNINGS) return;
  vec_push(&search->all, beginning);
  vec_push(&search->heap, (uint32_t)search->all.len - 1);
  for (size_t i = search->heap.len - 1; i > 0 && is_likelier(search, i, (i - 1) / 2); i = (i - 1) / 2)
    swap(search, i, (i - 1) / 2);
}

static uint32_t take(Search *search) {
  uint32_t top = search->heap.at[0];
  search->heap.at[0] = search->heap.at[--search->heap.len];
  for (size_t i = 0;;) {
    size_t likeliest = i;
    for (size_t child = 2 * i + 1; child <= 2 * i + 2 && child < search->heap.len; child++)
      if (is_likelier(search, child, likeliest)) likeliest = child;
    if (likeliest == i) return top;
    swap(search, i, likeliest);
    i = likeliest;
  }
}

static void go_on(Search *search, uint32_t from, const Crossing *crossing) {
  double share = from == NOWHERE ? 1 : search->all.at[from].share;
  uint32_t length = from == NOWHERE ? 0 : search->all.at[from].length;
  const double ends[] = {crossing->completes, crossing->leaves, crossing->unaccounted};
  for (uint32_t i = 0; i < crossing->count; i++)
    add(search, (Beginning){from, crossing->ways[i].to, length + 1, ROUTE_COMPLETES, share * crossing->ways[i].share});
  for (int end = 0; end < 3; end++) add(search, (Beginning){from, NOWHERE, length, (RouteEnd)end, share * ends[end]});
}

static Route route_of(const Search *search, const Beginning *last, Arena *arena) {
  uint32_t *steps = ARENA_ARRAY(arena, uint32_t, last->length);
  uint32_t at = last->before;
  for (uint32_t i = last->length; i-- > 0; at = search->all.at[at].before) steps[i] = search->all.at[at].step;
  return (Route){steps, last->length, last->end, last->share};
}

Routes routes_likeliest(const Chain *chain, double share, Arena *arena) {
  Search search = {0};
  Route *found = ARENA_ARRAY(arena, Route, MOST_ROUTES);
  Routes routes = {.at = found};
  go_on(&search, NOWHERE, &chain->starts);
  while (search.heap.len > 0 && routes.count < MOST_ROUTES && search.all.len < MOST_BEGINNINGS &&
         routes.carried < share - ROUNDING) {
    uint32_t top = take(&search);
    Beginning beginning = search.all.at[top];
    if (beginning.step != NOWHERE) {
      go_on(&search, top, &chain->steps[beginning.step]);
      continue;
    }
    found[routes.count] = route_of(&search, &beginning, arena);
    routes.carried += found[routes.count++].share;
  }
  routes.enough = routes.carried >= share - ROUNDING;
  vec_free(&search.all);
  vec_free(&search.heap);
  return routes;
}
