/* Where the clients of a journey go: for each set of its paths (flow/graph.h) the chain of its shares, solved. */
#ifndef JOURNEY_FLOW_FLOW_H
#define JOURNEY_FLOW_FLOW_H

#include "flow/chain.h"
#include "flow/graph.h"

typedef struct {
  Ref path; /* the one with a title, or `for` somebody; NO_REF: those without */
  Chain chain;
  ChainResult result;
} Flow;

typedef struct {
  const Journey *journey;
  Graph graph;
  const Flow *at;
  uint32_t count; /* at least 1 */
} Flows;

/* What arrows without a share get: what is left, in equal parts; where each has one and they add up to less than 100%,
 * the rest is unaccounted for. Shares of more than 100% are scaled down. Who comes to the end of the last step without
 * an arrow completes the journey, and so does what its arrows leave over. Without any arrows there is one flow, in
 * which all clients walk from the first step to the last. */
Flows flows_of(const Project *p, const Journey *journey, Arena *arena);
/* The path's title, or whom it is for: "For Phone"; empty where it says neither. */
Str flow_title(const Project *p, const Flow *flow, Arena *arena);
/* The flow of another journey that speaks of the same clients: of the same title, or the only one there where this one
 * is the only one here. NULL: none. */
const Flow *flow_alike(const Project *p, const Flows *flows, uint32_t number, const Flows *others);
/* Of each step of a journey: which step of the other one it is (a variant's of its base), or NONE. */
const uint32_t *flow_steps_alike(const Journey *journey, const Journey *other, Arena *arena);

#endif
