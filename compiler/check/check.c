#include "check/check.h"

#include <stdlib.h>

#include "base/os.h"
#include "check/checker.h"
#include "check/rules.h"

bool rule_is_here(const Rules *rules, Ref ref) {
  Ref journey = rules->journey->at;
  return ref.unit == journey.unit && ref.at >= journey.at && ref.at < project_statement(rules->p, journey)->after;
}

bool rule_item_is_here(const Rules *rules, const Item *item) {
  for (uint32_t i = 0; i < item->count; i++)
    if (rule_is_here(rules, item->over[i])) return true;
  return rule_is_here(rules, item->at);
}

bool rule_has(const Rules *rules, const Item *item, Keyword keyword) {
  return ref_ok(item_get(rules->p, item, keyword));
}

bool rule_is_type(const Rules *rules, const char *type) {
  const char *stated = item_choice(rules->p, &rules->journey->item, K_TYPE, 0);
  return stated && strcmp(stated, type) == 0;
}

bool rule_is_worked_on(const Rules *rules) {
  const Item *item = &rules->journey->item;
  return rule_has(rules, item, K_OWNER) || rule_has(rules, item, K_MAPPED_BY) || rule_has(rules, item, K_VALIDATED);
}

bool rule_is_grown(const Rules *rules) { return rules->journey->step_count >= LEAST_STEPS && rule_is_worked_on(rules); }

Span rule_span(const Project *p, Ref ref) {
  const Unit *unit = project_unit(p, ref);
  const Statement *statement = &unit->statements[ref.at];
  const Value *first = statement->value_count > 0 ? &unit->values[statement->first_value] : NULL;
  return first && (first->type == V_ID || first->type == V_TEXT) ? first->span : statement_head(statement);
}

static void check_journey(const Rules *rules) {
  check_owners(rules);
  check_mappers(rules);
  check_handoffs(rules);
  check_steps(rules);
  check_pains(rules);
  check_paths(rules);
  check_evidence(rules);
  check_kinds(rules);
  check_future(rules);
}

/* ---- all journeys, on several threads ---- */

enum { JOURNEYS_AT_ONCE = 16 }; /* what a thread takes in one go */

typedef struct {
  const Project *p;
  uint32_t first, end; /* of the journeys */
  Solved *solved;
  Diagnostics *found; /* of each go: one list and one arena, which no other thread touches */
  Round *round;
} Work;

static void check_some(void *context, size_t number) {
  const Work *work = context;
  const Project *p = work->p;
  Diagnostics *found = &work->found[number];
  uint32_t first = work->first + (uint32_t)number * JOURNEYS_AT_ONCE;
  *found = (Diagnostics){.arena = arena_new()};
  Arena *scratch = arena_new();
  RoundSession session = {work->round, found, scratch, NULL};
  for (uint32_t i = first; i < work->end && i < first + JOURNEYS_AT_ONCE; i++) {
    if (!project_is_own(p, p->journeys[i].at.unit)) continue;
    check_journey(&(Rules){p, &p->journeys[i], found, work->solved, scratch});
    round_check_journey(&session, &p->journeys[i]);
  }
  round_leave(&session);
  arena_free(scratch);
}

/* The lists are joined in the order of the journeys: the result is that of one thread. */
static void check_journeys(Round *round, const Project *p, uint32_t first, uint32_t end, Diagnostics *to) {
  size_t count = (end - first + JOURNEYS_AT_ONCE - 1) / JOURNEYS_AT_ONCE;
  Solved solved = {.p = p, .first = first, .end = end};
  Work work = {p, first, end, &solved, mem_alloc(count * sizeof *work.found), round};
  if (count > 1) solved_find(&solved); /* else the one thread does so when it has to */
  os_parallel(count, p->threads, check_some, &work);
  for (size_t i = 0; i < count; i++) {
    for (size_t d = 0; d < work.found[i].list.len; d++) vec_push(&to->list, work.found[i].list.at[d]);
    vec_free(&work.found[i].list);
    arena_take_over(to->arena, work.found[i].arena);
  }
  free(work.found);
  solved_free(&solved);
}

/* ---- lines that are wrong ---- */

/* The first `count` of them. What the project's settings have made an error is no slip. */
static void add_errors(const Diagnostics *from, size_t count, Refs *errors) {
  for (size_t i = 0; i < count; i++) {
    const Diagnostic *one = &from->list.at[i];
    if (diagnostic_info(one->code).severity == SEVERITY_ERROR) vec_push(errors, (Ref){one->unit, one->span.start});
  }
}

static bool is_on_wrong_line(const Project *p, const Refs *errors, const Diagnostic *diagnostic) {
  Span line = source_line_near(&p->units[diagnostic->unit]->source, diagnostic->span.start);
  size_t low = 0, high = errors->len; /* the first error behind the line's start */
  Ref start = {diagnostic->unit, line.start};
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (ref_compare(&errors->at[middle], &start) < 0) low = middle + 1;
    else high = middle;
  }
  return low < errors->len && errors->at[low].unit == diagnostic->unit && errors->at[low].at <= line.end;
}

/* Of the files that anything from `first` on is said of. Where complaints are made later than the project, those in
 * front of `first` are taken for them; or they are made here, where others are among them. */
static Refs errors_beside(const Project *p, const Diagnostics *to, size_t first, bool with_others) {
  Refs errors = {0};
  Diagnostics names = {.arena = arena_new()};
  uint32_t last = NONE; /* most lists are of one file, or sorted by files */
  for (size_t i = first; i < to->list.len; i++) {
    if (to->list.at[i].unit == last) continue;
    last = to->list.at[i].unit;
    add_errors(&p->units[last]->diagnostics, p->units[last]->diagnostics.list.len, &errors);
    if (with_others && project_complains_later(p)) project_complain(p, last, &names);
  }
  if (first < to->list.len) add_errors(&p->diagnostics, p->diagnostics.list.len, &errors);
  if (first < to->list.len && !with_others && project_complains_later(p)) add_errors(to, first, &errors);
  add_errors(&names, names.list.len, &errors);
  if (errors.len > 0) qsort(errors.at, errors.len, sizeof *errors.at, ref_compare);
  vec_free(&names.list);
  arena_free(names.arena);
  return errors;
}

/* Whoever wrote `claim "…" sorce "…"` is told of the slip; what the line lacks can wait. */
static void leave_out_wrong_lines(const Project *p, Diagnostics *to, size_t first, bool with_others) {
  Refs errors = errors_beside(p, to, first, with_others);
  size_t kept = first;
  for (size_t i = first; errors.len > 0 && i < to->list.len; i++) {
    const Diagnostic *found = &to->list.at[i];
    if (found->severity == SEVERITY_ERROR || !is_on_wrong_line(p, &errors, found)) to->list.at[kept++] = *found;
  }
  if (errors.len > 0) to->list.len = kept;
  vec_free(&errors);
}

/* ---- all of it ---- */

/* The first journey that is not in a file before it; they stand in the order of files. */
static uint32_t first_journey(const Project *p, uint32_t unit) {
  uint32_t from = 0, to = p->journey_count;
  while (from < to) {
    uint32_t middle = from + (to - from) / 2;
    if (p->journeys[middle].at.unit < unit) from = middle + 1;
    else to = middle;
  }
  return from;
}

void check_file(Checker *checker, const Project *p, uint32_t unit, Diagnostics *to) {
  if (!project_is_own(p, unit)) return;
  size_t begin = to->list.len;
  uint32_t first = first_journey(p, unit), end = first_journey(p, unit + 1);
  Round *round = round_open(checker, p, to);
  if (first < end) check_journeys(round, p, first, end, to);
  round_check_declared(round, unit, to);
  round_close(round);
  leave_out_wrong_lines(p, to, begin, false);
}

void check_files(Checker *checker, const Project *p, Diagnostics *to) {
  size_t begin = to->list.len;
  Round *round = round_open(checker, p, to);
  check_journeys(round, p, 0, p->journey_count, to);
  round_check_project(round, to);
  round_close(round);
  leave_out_wrong_lines(p, to, begin, false);
}

void check_late(const Project *p, const Evidence *evidence, Diagnostics *to) {
  size_t first = to->list.len;
  check_own(p, to);
  check_observed(p, evidence, to);
  leave_out_wrong_lines(p, to, first, true);
}

void check_project(const Project *p, const Evidence *evidence, Diagnostics *to) {
  Checker *checker = checker_new();
  check_files(checker, p, to);
  check_late(p, evidence, to);
  checker_free(checker);
}
