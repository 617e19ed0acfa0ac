#include "check/checker.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "check/asking.h"
#include "check/rules.h"
#include "check/sources.h"

enum { MOST_STATES = 64 }; /* threads that os_parallel makes */

struct State {
  atomic_flag busy;
  Arena *lasting; /* of the rules */
  Arena *found;   /* of what they report; NULL: the state is bound to no project */
  Ruleset *set;   /* NULL: not made yet */
};

typedef struct {
  const CheckSource *source;
  SandboxError error;
} Failure;

struct Checker {
  Arena *arena; /* NULL: nothing was asked yet */
  int32_t today;
  Sources sources;
  VEC(Failure) failures; /* of files that can't be read: only while the standard library is being written */
  Asking asking;         /* of the rules, which are the same in each state */
  struct State states[MOST_STATES];
};

struct Round {
  Checker *checker;
  const Project *p;
  Diagnostics *to;
};

/* ---- the states ---- */

Checker *checker_new(void) {
  Checker *checker = mem_alloc(sizeof *checker);
  *checker = (Checker){0};
  for (int i = 0; i < MOST_STATES; i++) atomic_flag_clear(&checker->states[i].busy);
  return checker;
}

static void forget_all(Checker *checker) {
  for (int i = 0; i < MOST_STATES; i++) {
    ruleset_free(checker->states[i].set);
    arena_free(checker->states[i].lasting);
    checker->states[i].set = NULL;
    checker->states[i].lasting = NULL;
  }
  vec_free(&checker->sources);
  vec_free(&checker->failures);
  arena_free(checker->arena);
  checker->arena = NULL;
}

void checker_free(Checker *checker) {
  if (!checker) return;
  forget_all(checker);
  free(checker);
}

/* The prelude is unit 0 of every project, and the same in all. */
static void find_sources(Checker *checker, const Project *p) {
  const Unit *prelude = p->units[0];
  for (uint32_t at = 0; at < prelude->statement_count; at = prelude->statements[at].after) {
    if (prelude->statements[at].keyword != K_CHECK) continue;
    CheckSource *source = source_of(p, (Ref){0, at}, checker->arena);
    source->name.id = arena_copy(checker->arena, source->name.id);
    source->name.title = arena_copy(checker->arena, source->name.title);
    LuaFile file;
    Str why;
    if (!lua_file_of(p, source->at, checker->arena, &file, &why)) continue;
    source->path = file.path;
    source->text = file.text;
    vec_push(&checker->sources, source);
  }
}

/* The first time on a processor. */
static void fill_state(Checker *checker, struct State *state, const Project *p) {
  SandboxError error;
  state->lasting = arena_new();
  state->set = ruleset_new(p, state->lasting, ruleset_trust());
  for (size_t i = 0; state->set && i < checker->sources.len; i++)
    if (!ruleset_load(state->set, checker->sources.at[i], &error) && state == checker->states)
      vec_push(&checker->failures, (Failure){checker->sources.at[i], error});
  if (state->set) ruleset_rebind(state->set, NULL, NULL);
}

/* Scripts find today's date where they were loaded: on another day they are loaded anew. */
static void begin(Checker *checker, const Project *p) {
  if (checker->arena && checker->today == p->today) return;
  forget_all(checker);
  checker->arena = arena_new();
  checker->today = p->today;
  find_sources(checker, p);
  fill_state(checker, &checker->states[0], p);
  size_t count = 0;
  const Rule *rules = checker->states[0].set ? ruleset_rules(checker->states[0].set, &count) : NULL;
  checker->asking = asking_of(rules, count, checker->arena);
}

static struct State *take_state(Round *round) {
  Checker *checker = round->checker;
  int count = round->p->threads < 1 ? 1 : round->p->threads > MOST_STATES ? MOST_STATES : round->p->threads;
  int i = 0;
  while (atomic_flag_test_and_set(&checker->states[i].busy)) i = (i + 1) % count;
  struct State *state = &checker->states[i];
  if (!state->set) fill_state(checker, state, round->p);
  if (state->set && !state->found) {
    state->found = arena_new();
    ruleset_rebind(state->set, round->p, state->found);
  }
  return state;
}

/* ---- a project ---- */

Round *round_open(Checker *checker, const Project *p, Diagnostics *to) {
  begin(checker, p);
  Round *round = ARENA_NEW(to->arena, Round);
  *round = (Round){.checker = checker, .p = p, .to = to};
  for (size_t i = 0; i < checker->failures.len; i++)
    source_say_failed(p, checker->failures.at[i].source, &checker->failures.at[i].error, to);
  return round;
}

void round_close(Round *round) {
  for (int i = 0; i < MOST_STATES; i++) {
    struct State *state = &round->checker->states[i];
    if (!state->found) continue;
    ruleset_rebind(state->set, NULL, NULL);
    arena_take_over(round->to->arena, state->found);
    state->found = NULL;
  }
}

/* A check of the project's own stands in place of the library's of that name. */
static bool is_replaced(const Round *round, const Rule *rule, const MapPart *part) {
  uint32_t unit = part->journey ? part->journey->at.unit : part->item.at.unit;
  return ref_ok(project_check(round->p, unit, rule->source->name.id));
}

static bool ask_rule(void *context, const Rule *rule, const MapPart *part) {
  RoundSession *session = context;
  SandboxError error;
  if (is_replaced(session->round, rule, part)) return true;
  if (!session->state) session->state = take_state(session->round);
  if (!session->state->set) return false;
  if (!ruleset_ask(session->state->set, rule, part, session->to, &error))
    source_say_failed(session->round->p, rule->source, &error, session->to);
  return true;
}

void round_check_journey(RoundSession *session, const Journey *journey) {
  const Round *round = session->round;
  asking_journey(&round->checker->asking, round->p, journey, session->scratch, ask_rule, session);
}

void round_check_declared(Round *round, uint32_t unit, Diagnostics *to) {
  RoundSession session = {.round = round, .to = to};
  asking_declared(&round->checker->asking, round->p, unit, ask_rule, &session);
  round_leave(&session);
}

void round_check_project(Round *round, Diagnostics *to) {
  RoundSession session = {.round = round, .to = to};
  asking_project(&round->checker->asking, round->p, ask_rule, &session);
  round_leave(&session);
}

void round_leave(RoundSession *session) {
  if (!session->state) return;
  if (session->state->set) ruleset_forget(session->state->set);
  atomic_flag_clear(&session->state->busy);
}
