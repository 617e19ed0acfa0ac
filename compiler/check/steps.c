/* What each step says of the client's goal, of those who live through it, and of those who stand behind it. */
#include "check/rules.h"

/* A pain in the same block, which an opportunity solves: the step is being worked on. */
static bool is_in_hand(const Rules *rules, const Unit *unit, uint32_t step) {
  for (uint32_t at = unit_first_child(unit, step); at != NONE; at = unit_next_sibling(unit, at))
    if (unit->statements[at].keyword == K_PAIN && rule_is_solved(rules, (Ref){unit->number, at})) return true;
  return false;
}

static void check_serves(const Rules *rules, const Unit *unit, uint32_t at) {
  const Value *how = unit_value(unit, at, 0);
  if (!how || strcmp(schema_row(K_SERVES)->values[0].choices[how->extra], "nothing") != 0) return;
  if (is_in_hand(rules, unit, unit->statements[at].parent)) return;
  diagnose(rules->to, DIAG_SERVES_NOTHING, unit->number, how->span,
           "take the step away from the client, or plan an opportunity for what hurts in it",
           "this step brings the client no nearer to any goal of theirs, and nothing is planned about it");
}

static bool same_name(const Unit *unit, uint32_t a, uint32_t b) {
  const Value *x = unit_value(unit, a, 0), *y = unit_value(unit, b, 0);
  return x && y && str_is(unit_raw(unit, x), unit_raw(unit, y));
}

/* Against those in front of it in the same step, of which there are two or three; the first equal one is enough. */
enum { MOST_ACTORS = 32 };

static void check_actor(const Rules *rules, const Unit *unit, uint32_t at) {
  uint32_t parent = unit->statements[at].parent;
  int seen = 0;
  for (uint32_t other = unit_child(unit, parent, K_ACTOR_OF); other < at && seen < MOST_ACTORS;
       other = unit_next_sibling(unit, other)) {
    if (unit->statements[other].keyword != K_ACTOR_OF) continue;
    seen++;
    if (!same_name(unit, at, other)) continue;
    const Value *name = unit_value(unit, at, 0);
    Diagnostic *added =
        diagnose(rules->to, DIAG_ACTOR_TWICE, unit->number, name->span, "say all of one actor in one `actor` block",
                 "the actor `" STR_FMT "` stands twice in this step", STR_ARG(unit_raw(unit, name)));
    diagnostic_relate(rules->to, added, unit->number, unit_value(unit, other, 0)->span, "the first time");
    return;
  }
}

/* A need that a future state itself states, and leaves open. */
static void check_need(const Rules *rules, const Unit *unit, uint32_t at) {
  const Value *state = unit_value(unit, at, 2);
  if (!state || strcmp(schema_row(K_NEEDS)->values[2].choices[state->extra], "unmet") != 0) return;
  diagnose(rules->to, DIAG_NEED_UNMET, unit->number, state->span,
           "plan how it is met, at least partly, or say why it has to wait",
           "this future state leaves a need of the client unmet");
}

/* All that is written in this very journey, as it stands in the file. */
static void check_statements(const Rules *rules) {
  const Unit *unit = project_unit(rules->p, rules->journey->at);
  uint32_t first = rules->journey->at.at, after = unit->statements[first].after;
  bool future = rule_is_type(rules, "future-state");
  for (uint32_t at = first + 1; at < after; at++) switch (unit->statements[at].keyword) {
      case K_SERVES: check_serves(rules, unit, at); break;
      case K_ACTOR_OF: check_actor(rules, unit, at); break;
      case K_NEEDS:
        if (future) check_need(rules, unit, at);
        break;
      default: break;
    }
}

void check_steps(const Rules *rules) { check_statements(rules); }
