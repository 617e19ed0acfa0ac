/* Paths: shares that add up, and steps that clients can get to. What arrows mean is said in flow/graph.h; shares add up
 * within all paths without a title, and within each that has one, or is `for` somebody. */
#include <math.h>
#include <stdlib.h>

#include "check/rules.h"
#include "flow/graph.h"

/* ---- shares ---- */

enum { MOST_RELATED = 8 };

static void say_shares(const Rules *rules, const Arrow *arrows, size_t count, double sum) {
  const Arrow *last = NULL, *others[2] = {NULL, NULL};
  for (size_t i = 0; i < count; i++) {
    if (!arrows[i].share) continue;
    if (last && !others[0]) others[0] = last;
    else if (last && !others[1]) others[1] = last;
    last = &arrows[i];
  }
  if (!last || !rule_is_here(rules, last->at)) return;
  Buf percent = {0};
  buf_number(&percent, sum * 100, 2);
  bool entry = last->from == OUTSIDE;
  Str from = unit_raw(project_unit(rules->p, last->at), unit_value(project_unit(rules->p, last->at), last->at.at, 0));
  Diagnostic *added = diagnose(rules->to, DIAG_SHARES_OVER_100, last->at.unit, last->share->span,
                               entry ? "each share is one of all who begin: lower them to 100% together"
                                     : "each share is one of those who were at this step: lower them to 100% together",
                               entry ? "the shares of the ways in, from `" STR_FMT "`, add up to " STR_FMT "%%"
                                     : "the shares out of `" STR_FMT "` add up to " STR_FMT "%%",
                               STR_ARG(from), STR_ARG(buf_str(&percent)));
  buf_free(&percent);
  for (int i = 0; i < 2 && others[i]; i++)
    diagnostic_relate(rules->to, added, others[i]->at.unit, others[i]->share->span,
                      i == 0 ? "with this one" : "and this one");
}

/* The rest that whole percents leave. */
static double rounding(size_t count) { return 0.005 * (double)count + 1e-9; }

static void say_rest(const Rules *rules, const Arrow *arrows, size_t count, double sum) {
  const Arrow *last = &arrows[count - 1];
  if (!rule_is_here(rules, last->at)) return;
  const Unit *unit = project_unit(rules->p, last->at);
  Buf percent = {0}, rest = {0};
  buf_number(&percent, sum * 100, 2);
  buf_number(&rest, (1 - sum) * 100, 2);
  bool entry = last->from == OUTSIDE;
  Str from = unit_raw(unit, unit_value(unit, last->at.at, 0));
  Str help = arena_format(rules->to->arena,
                          entry ? "say where the other " STR_FMT "%% begin, with an arrow of their own"
                                : "say where the other " STR_FMT "%% go, for example: %s -> leaves " STR_FMT "%%",
                          STR_ARG(buf_str(&rest)), arena_copy(rules->to->arena, from).at, STR_ARG(buf_str(&rest)));
  Diagnostic *added = diagnose(rules->to, DIAG_SHARES_UNDER_100, last->at.unit, last->share->span, help.at,
                               entry ? "the shares of the ways in, from `" STR_FMT "`, add up to only " STR_FMT "%%"
                                     : "the shares out of `" STR_FMT "` add up to only " STR_FMT "%%",
                               STR_ARG(from), STR_ARG(buf_str(&percent)));
  buf_free(&percent);
  buf_free(&rest);
  for (size_t i = 0; i + 1 < count && i < MOST_RELATED; i++)
    diagnostic_relate(rules->to, added, arrows[i].at.unit, arrows[i].share->span,
                      i == 0 ? "with this one" : "and this one");
}

static void check_shares(const Rules *rules, const Graph *graph, bool whole) {
  const Arrow *arrows = graph->arrows;
  for (size_t from = 0, to; from < graph->arrow_count; from = to) {
    double sum = 0;
    bool all = true; /* an arrow without a share takes the rest */
    for (to = from;
         to < graph->arrow_count && arrows[to].from == arrows[from].from && arrows[to].set == arrows[from].set; to++) {
      bool stated = arrows[to].share && isfinite(arrows[to].share->number);
      if (stated) sum += arrows[to].share->number;
      all &= stated;
    }
    if (sum > 1 + 1e-9) say_shares(rules, arrows + from, to - from, sum);
    else if (whole && all && arrows[from].from + 1 != graph->journey->step_count && sum < 1 - rounding(to - from))
      say_rest(rules, arrows + from, to - from, sum);
  }
}

/* ---- reach ---- */

/* The steps that are out of reach in the base already; sorted. */
static Refs unreached_in_base(const Rules *rules) {
  Refs refs = {0};
  const Journey *base = rules->journey->base;
  if (!base) return refs;
  Graph graph = graph_read(rules->p, base, rules->scratch);
  if (graph.arrow_count > 0 && !graph.open) {
    Reach reach = graph_reach(&graph, rules->scratch);
    for (uint32_t i = 0; i < base->step_count; i++)
      if (!reach.reached[i]) vec_push(&refs, base->steps[i].item.at);
  }
  if (refs.len > 0) qsort(refs.at, refs.len, sizeof *refs.at, ref_compare);
  return refs;
}

static void say_unreached(const Rules *rules, const Step *step) {
  Ref at = step->item.at;
  bool here = rule_is_here(rules, at);
  Str title = item_title(rules->p, &step->item, rules->to->arena);
  Ref place = here ? at : rules->journey->at;
  Str id = item_id(rules->p, &step->item);
  Str help = here ? arena_format(rules->to->arena,
                                 "draw the arrow that leads there, or say that clients begin there: starts -> " STR_FMT,
                                 STR_ARG(id))
                  : arena_format(rules->to->arena,
                                 "its path stands instead of the one before: write anew the arrows that still hold, or "
                                 "leave the step out: drop " STR_FMT,
                                 STR_ARG(id));
  Diagnostic *added = diagnose(rules->to, DIAG_UNREACHABLE_STEP, place.unit, rule_span(rules->p, place), help.at,
                               here ? "no path leads to the step \"" STR_FMT "\""
                                    : "in this variant no path leads to the step \"" STR_FMT "\"",
                               STR_ARG(title));
  if (!here) diagnostic_relate(rules->to, added, at.unit, rule_span(rules->p, at), "this step");
}

/* What is behind a step out of reach is out of reach because of it: that is said once. */
static void check_reach(const Rules *rules, const Graph *graph) {
  Reach reach = graph_reach(graph, rules->scratch);
  Refs known = unreached_in_base(rules);
  for (uint32_t i = 0; i < graph->journey->step_count; i++) {
    const Step *step = &graph->journey->steps[i];
    if (reach.reached[i]) continue;
    bool said = known.len > 0 && bsearch(&step->item.at, known.at, known.len, sizeof *known.at, ref_compare);
    if (!said) say_unreached(rules, step);
    graph_reach_from(&reach, i);
  }
  vec_free(&known);
}

static bool is_in_path(const Unit *unit, uint32_t journey, Span span) {
  for (uint32_t at = unit_first_child(unit, journey); at != NONE; at = unit_next_sibling(unit, at)) {
    const Statement *statement = &unit->statements[at];
    if (statement->keyword == K_PATH_ && span.start >= statement->span.start && span.start < statement->span.end)
      return true;
  }
  return false;
}

/* A line in a path that can't be read may be the arrow that is missed. */
static bool has_wrong_arrow(const Rules *rules) {
  for (const Journey *journey = rules->journey; journey; journey = journey->base) {
    const Unit *unit = project_unit(rules->p, journey->at);
    for (size_t i = 0; i < unit->diagnostics.list.len; i++) {
      const Diagnostic *found = &unit->diagnostics.list.at[i];
      if (found->severity == SEVERITY_ERROR && is_in_path(unit, journey->at.at, found->span)) return true;
    }
  }
  return false;
}

void check_paths(const Rules *rules) {
  Graph graph = graph_read(rules->p, rules->journey, rules->scratch);
  if (graph.arrow_count > 0) {
    bool whole = !graph.open && !has_wrong_arrow(rules);
    check_shares(rules, &graph, whole);
    if (whole) check_reach(rules, &graph);
  }
}
