/* The ways that most clients go, from their first step to their last: the likeliest walks through a chain.
 *
 * Found best-first: a walk is never likelier than its beginning, so that walks come to their end in the order of their
 * shares, and the first that together carry a share of all clients are the fewest that do. A loop that is walked once
 * more is another walk. */
#ifndef JOURNEY_FLOW_ROUTES_H
#define JOURNEY_FLOW_ROUTES_H

#include "flow/chain.h"

typedef enum { ROUTE_COMPLETES, ROUTE_LEAVES, ROUTE_UNACCOUNTED } RouteEnd;

typedef struct {
  const uint32_t *steps;
  uint32_t step_count;
  RouteEnd end;
  double share; /* of all who start */
} Route;

typedef struct {
  const Route *at; /* the likeliest first */
  uint32_t count;
  double carried; /* by all of them */
  bool enough;    /* that is the share that was asked for; false: it takes more walks than anybody would read */
} Routes;

Routes routes_likeliest(const Chain *chain, double share, Arena *arena);

#endif
