/* The absorbing Markov chain of clients who walk from step to step until they leave or complete the journey.
 *
 * With Q the shares between steps (n x n, rows of sum 1 less what leaves, completes or is unaccounted for), e the
 * shares that begin at each step, c those of a step's clients who complete there (Kemeny and Snell, Finite Markov
 * Chains, 1960, chapter III; there N is the fundamental matrix and B = NR):
 *
 *   N = (I - Q)^-1                              visits to j of those who are at i
 *   visits    v = e N                           of each step, 0 .. infinity
 *   reach     h_j = v_j / N_jj                  who ever comes there, 0 .. 1
 *   completes b = N c                           of those who are at each step, 0 .. 1; of all: v c
 *   steps     t = N 1                           from each step to the end, that step counted; of all: e t = sum of v
 *   variance  of e t, plus v_i times the variance of the steps that are left after i: all terms positive
 *   removal   h_j b_j / (v c)                   of those who complete, who came through j: lost when all leave there
 *
 * N is never built. The steps are condensed into loops (strongly connected components; Tarjan 1972), between which
 * everything is linear. A loop is solved exactly: by elimination without subtraction (Grassmann, Taksar and Heyman,
 * Operations Research 33, 1985), so that a loop that hardly anybody leaves costs no digits. One of more than
 * LIMIT_LOOP_STEPS is solved by Gauss-Seidel sweeps until what is unbalanced is less than 1e-12 of those who came in;
 * of its steps `reach` and `removal` are not known. Who gets into a loop without a way out never ends: `visits` and
 * `steps` are infinite there, the rest holds. */
#ifndef JOURNEY_FLOW_CHAIN_H
#define JOURNEY_FLOW_CHAIN_H

#include "base/arena.h"

typedef struct {
  uint32_t to; /* a step */
  double share;
} Way;

/* Where clients of a step go, or those who begin: all shares of one add up to 1. */
typedef struct {
  const Way *ways; /* shares above 0; a step may come twice */
  uint32_t count;
  double leaves, completes, unaccounted;
} Crossing;

typedef struct {
  const Crossing *steps;
  uint32_t step_count;
  Crossing starts;
} Chain;

/* Of all who start, but where it says otherwise. NAN: not known. */
typedef struct {
  double reach, visits;
  double leaves, completes, unaccounted; /* end at this step */
  double completes_from;                 /* of those who are here, who completes */
  double removal;                        /* of those who complete, who came here; NAN too where nobody completes */
  bool endless;                          /* stands in a loop without a way out */
} ChainStep;

typedef struct {
  const ChainStep *steps;
  double leaves, completes, unaccounted, endless; /* add up to 1 */
  double length, deviation; /* steps on the way, its standard deviation; infinite where endless > 0 */
  bool settled;             /* false: a loop was too large and too tight to be solved */
} ChainResult;

/* Linear in steps and ways, but for loops. The result lives in `arena`. */
ChainResult chain_solve(const Chain *chain, Arena *arena);

#endif
