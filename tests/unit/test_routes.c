/* The likeliest ways through a chain, against chains that are small enough to be walked by hand. */
#include <math.h>

#include "check.h"
#include "flow/routes.h"

#define WAYS(...) .ways = (const Way[]){__VA_ARGS__}, .count = sizeof((const Way[]){__VA_ARGS__}) / sizeof(Way)

static void check_route(const Routes *routes, uint32_t number, double share, RouteEnd end, const char *steps) {
  CHECK(number < routes->count);
  if (number >= routes->count) return;
  const Route *route = &routes->at[number];
  CHECK(fabs(route->share - share) < 1e-12 && route->end == end && route->step_count == strlen(steps));
  for (uint32_t i = 0; i < route->step_count && steps[i]; i++) CHECK(route->steps[i] == (uint32_t)(steps[i] - '0'));
}

/* A blog, from which 60% see a demo and 25% call; of those at the demo half call. */
static void check_tree(void) {
  Arena *arena = arena_new();
  const Crossing steps[] = {
      {WAYS({1, 0.6}, {2, 0.25}), .leaves = 0.15}, {WAYS({2, 0.5}), .leaves = 0.5}, {.completes = 1}};
  const Chain chain = {steps, 3, {WAYS({0, 1})}};
  Routes routes = routes_likeliest(&chain, 0.8, arena);
  CHECK(routes.enough && routes.count == 3 && fabs(routes.carried - 0.85) < 1e-12);
  check_route(&routes, 0, 0.3, ROUTE_LEAVES, "01"); /* of equal ones the shorter */
  check_route(&routes, 1, 0.3, ROUTE_COMPLETES, "012");
  check_route(&routes, 2, 0.25, ROUTE_COMPLETES, "02");
  Routes all = routes_likeliest(&chain, 1, arena);
  CHECK(all.enough && all.count == 4);
  check_route(&all, 3, 0.15, ROUTE_LEAVES, "0");
  arena_free(arena);
}

/* Half of those at a step come back to it: 50%, 25%, 12.5% … */
static void check_loop(void) {
  Arena *arena = arena_new();
  const Crossing steps[] = {{WAYS({0, 0.5}), .completes = 0.5}};
  const Chain chain = {steps, 1, {WAYS({0, 1})}};
  Routes routes = routes_likeliest(&chain, 0.8, arena);
  CHECK(routes.enough && routes.count == 3 && fabs(routes.carried - 0.875) < 1e-12);
  check_route(&routes, 2, 0.125, ROUTE_COMPLETES, "000");
  arena_free(arena);
}

/* Two ways of equal share at each of thirty steps: a thousand million walks, and no few carry anything. */
static void check_many(void) {
  enum { STEPS = 30 };
  Arena *arena = arena_new();
  Way ways[STEPS][2];
  Crossing steps[STEPS + 2] = {{0}};
  for (uint32_t i = 0; i < STEPS; i++) {
    ways[i][0] = (Way){i + 1, 0.5}, ways[i][1] = (Way){i + 2, 0.5};
    steps[i] = (Crossing){.ways = ways[i], .count = 2};
  }
  steps[STEPS].completes = steps[STEPS + 1].completes = 1;
  const Chain chain = {steps, STEPS + 2, {WAYS({0, 1})}};
  Routes routes = routes_likeliest(&chain, 0.8, arena);
  CHECK(!routes.enough && routes.carried < 0.01);
  arena_free(arena);
}

/* 0.7 + 0.1 is a little less than 0.8. */
static void check_rounding(void) {
  Arena *arena = arena_new();
  const Crossing steps[] = {{.completes = 1}, {.leaves = 1}, {.completes = 1}};
  const Chain chain = {steps, 3, {WAYS({0, 0.7}, {1, 0.1}, {2, 0.1}), .leaves = 0.1}};
  Routes routes = routes_likeliest(&chain, 0.8, arena);
  CHECK(routes.enough && routes.count == 2);
  arena_free(arena);
}

static void check_ends(void) {
  Arena *arena = arena_new();
  const Crossing endless[] = {{WAYS({0, 1})}};
  const Chain chain = {endless, 1, {WAYS({0, 1})}}, nobody = {NULL, 0, {.completes = 1}};
  Routes routes = routes_likeliest(&chain, 0.8, arena);
  CHECK(!routes.enough && routes.count == 0);
  routes = routes_likeliest(&nobody, 0.8, arena);
  check_route(&routes, 0, 1, ROUTE_COMPLETES, "");
  const Crossing open[] = {{.unaccounted = 0.9, .leaves = 0.1}};
  const Chain unsaid = {open, 1, {WAYS({0, 1})}};
  routes = routes_likeliest(&unsaid, 0.8, arena);
  check_route(&routes, 0, 0.9, ROUTE_UNACCOUNTED, "0");
  arena_free(arena);
}

int main(void) {
  check_tree();
  check_loop();
  check_many();
  check_rounding();
  check_ends();
  return CHECK_DONE();
}
