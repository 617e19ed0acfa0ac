/* The arrows of a journey's paths, read: which step leads where, and which steps are reached at all.
 *
 * Without arrows steps follow each other in order. A step with arrows leads only where they say; one without leads to
 * the next. `starts -> x` names an entry; where none is named, the first step is one. A stage in an arrow means its
 * first step as the aim, its last as the origin.
 *
 * The paths without a title make one set together, each path with a title, or `for` somebody, is a set of its own:
 * another kind of client, another year. Where a titled path says nothing of a step, the paths without a title hold for
 * it, too. */
#ifndef JOURNEY_FLOW_GRAPH_H
#define JOURNEY_FLOW_GRAPH_H

#include "project/project.h"

enum {
  OUTSIDE = UINT32_MAX - 1, /* `starts` as an origin, `leaves` as an aim */
  COMPLETE = UINT32_MAX - 2 /* `ends` as an aim */
};

typedef struct {
  uint32_t from, to; /* steps, OUTSIDE or COMPLETE */
  uint32_t set;      /* 0: the paths without a title; then the titled ones, in order */
  Ref at;
  const Value *share; /* NULL where none is said */
} Arrow;

typedef struct {
  const Arrow *at;
  uint32_t count;
} GraphArrows;

typedef struct {
  const Journey *journey;
  const Arrow *arrows; /* sorted by origin, set and place; those of `starts` last */
  uint32_t arrow_count;
  const uint32_t *first; /* of each step, then of `starts`; one more at the end. NULL where there are no arrows */
  const Ref *titled;     /* the paths with a title, or `for` somebody: set 1, 2, … */
  uint32_t titled_count;
  bool untitled; /* there are arrows without a title */
  bool open;     /* a name in it means nothing, which is said elsewhere: nobody knows what is reached */
} Graph;

/* What an arrow names and this variant dropped is left out. Lives in `arena`. */
Graph graph_read(const Project *p, const Journey *journey, Arena *arena);
/* Those that leave a step (or OUTSIDE: those of `starts`) in one set; none: clients walk on, to the next step. */
GraphArrows graph_arrows(const Graph *graph, uint32_t from, uint32_t set);

typedef struct {
  const Graph *graph;
  bool *reached; /* of each step, in any set */
  uint32_t *todo;
  size_t todo_count;
} Reach;

Reach graph_reach(const Graph *graph, Arena *arena);
/* As if clients began there, too. */
void graph_reach_from(Reach *reach, uint32_t step);

#endif
