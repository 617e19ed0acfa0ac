/* Evidence that the maps use: how old it is; and the shares of segments, which come from somewhere, too. */
#include <stdlib.h>

#include "check/rules.h"
#include "evidence/evidence.h"

typedef struct {
  Ref evidence;
  Ref use;   /* the first, in the order of files and lines; NO_REF: none */
  int stale; /* days; 0: it has no date */
} Doubt;

typedef struct {
  const Project *p;
  Diagnostics *to;
  VEC(Doubt) list; /* sorted by evidence */
  size_t unused;
} Doubts;

static Ref child_of(const Project *p, Ref ref, Keyword keyword) {
  return (Ref){ref.unit, unit_child(project_unit(p, ref), ref.at, keyword)};
}

static const Value *value_of(const Project *p, Ref ref) {
  return ref.at == NONE ? NULL : unit_value(project_unit(p, ref), ref.at, 0);
}

/* 0: it is not out of date, or nobody knows. */
static int days_over(const Project *p, Ref evidence) {
  int32_t until;
  return evidence_fresh_until(p, evidence, &until) && until < p->today ? p->today - until : 0;
}

/* The newest row of its file says how old it is. */
static bool has_dates(const Project *p, Ref evidence) {
  const Unit *unit = project_unit(p, evidence);
  bool file = false, dates = false;
  for (uint32_t at = unit_first_child(unit, evidence.at); at != NONE; at = unit_next_sibling(unit, at)) {
    const Value *what = unit_value(unit, at, 0);
    file |= unit->statements[at].keyword == K_DATA_FILE;
    if (unit->statements[at].keyword == K_COLUMN && what)
      dates |= what->extra == COLUMN_DATE || what->extra == COLUMN_TIME;
  }
  return file && dates;
}

static void doubt(Doubts *doubts, Ref evidence) {
  int stale = days_over(doubts->p, evidence);
  bool dated = child_of(doubts->p, evidence, K_COLLECTED).at != NONE || has_dates(doubts->p, evidence);
  if (stale > 0 || !dated) vec_push(&doubts->list, (Doubt){evidence, NO_REF, stale});
}

static void find_uses(Doubts *doubts, const Unit *unit) {
  for (uint32_t at = 0; at < unit->statement_count && doubts->unused > 0; at++) {
    const Statement *statement = &unit->statements[at];
    if (statement->keyword != K_FROM && statement->keyword != K_SEEN_IN) continue;
    for (uint32_t i = 0; i < statement->value_count; i++) {
      const Value *value = &unit->values[statement->first_value + i];
      Ref use = {unit->number, at}, found = value->type == V_REF ? project_resolve(doubts->p, use, value) : NO_REF;
      Doubt *known = ref_ok(found) ? bsearch(&found, doubts->list.at, doubts->list.len, sizeof *known, ref_compare)
                                   : NULL; /* a Doubt begins with its evidence */
      if (!known || ref_ok(known->use)) continue;
      known->use = use;
      doubts->unused--;
    }
  }
}

static void say(const Doubts *doubts, const Doubt *doubt) {
  const Project *p = doubts->p;
  Arena *arena = doubts->to->arena;
  Ref at = doubt->evidence;
  Item item = item_of(at);
  Str title = item_title(p, &item, arena);
  const Value *collected = value_of(p, child_of(p, at, K_COLLECTED));
  Diagnostic *added;
  if (doubt->stale > 0)
    added = diagnose(doubts->to, DIAG_STALE_EVIDENCE, at.unit, collected->span,
                     "collect it again, or say why it still holds and give it more time: fresh-for 12mo",
                     "the evidence \"" STR_FMT "\" has been out of date for %d day%s", STR_ARG(title), doubt->stale,
                     doubt->stale == 1 ? "" : "s");
  else
    added = diagnose(doubts->to, DIAG_EVIDENCE_NO_DATE, at.unit, rule_span(p, at),
                     "write when it was collected: collected 2026-08-31",
                     "nothing says how old the evidence \"" STR_FMT "\" is", STR_ARG(title));
  diagnostic_relate(doubts->to, added, doubt->use.unit, value_of(p, doubt->use)->span, "a claim stands on it here");
}

/* ---- segments ---- */

static bool lacks_source(const Unit *unit, uint32_t at) {
  return (unit_child(unit, at, K_SEGMENT_CLIENTS) != NONE || unit_child(unit, at, K_SEGMENT_REVENUE) != NONE) &&
         unit_child(unit, at, K_FROM) == NONE;
}

/* Once for each file: they come from the same books. */
static void check_segments(const Project *p, const Unit *unit, Diagnostics *to) {
  Diagnostic *added = NULL;
  for (uint32_t at = 0; at < unit->statement_count; at = unit->statements[at].after) {
    if (unit->statements[at].keyword != K_SEGMENT || !lacks_source(unit, at)) continue;
    Span span = rule_span(p, (Ref){unit->number, at});
    if (added) diagnostic_relate(to, added, unit->number, span, "nor those of this one");
    else
      added = diagnose(to, DIAG_SEGMENT_NO_EVIDENCE, unit->number, span,
                       "say where they were counted: clients 20% revenue 65% from EVIDENCE",
                       "nothing says where the shares of this segment come from");
  }
}

void check_freshness(const Project *p, Diagnostics *to) {
  Doubts doubts = {.p = p, .to = to};
  for (uint32_t u = 0; u < p->unit_count; u++) {
    const Unit *unit = p->units[u];
    if (!project_is_own(p, u)) continue;
    for (uint32_t at = 0; at < unit->statement_count; at = unit->statements[at].after)
      if (unit->statements[at].keyword == K_EVIDENCE) doubt(&doubts, (Ref){u, at});
    check_segments(p, unit, to);
  }
  doubts.unused = doubts.list.len;
  for (uint32_t u = 0; u < p->unit_count; u++)
    if (project_is_own(p, u)) find_uses(&doubts, p->units[u]);
  for (size_t i = 0; i < doubts.list.len; i++)
    if (ref_ok(doubts.list.at[i].use)) say(&doubts, &doubts.list.at[i]);
  vec_free(&doubts.list);
}
