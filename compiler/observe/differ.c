#include "observe/differ.h"

#include <math.h>

#include "observe/outcomes.h"

enum {
  DAY_MS = 86400000,
  DAYS_MOST = 200,
  DAYS_OF_MANY = 60,
  MANY_CASES = 200000,
  VALUES_MOST = 40,
  TABLE_MOST = 1 << 21
};

typedef struct {
  const LogAttribute *attribute; /* NULL: all */
  uint32_t value;
} Group;

typedef struct {
  uint32_t n, hits;
} Cell;

typedef struct {
  const Observation *observation;
  const EventLog *log;
  const Outcomes *outcomes;
  Outcoming outcoming;
  Group *groups;
  uint32_t group_count;
  uint32_t **group_of; /* of each attribute that is looked over: of each of its values, or NONE */
  const LogAttribute **attributes;
  uint32_t attribute_count;
  int32_t first_day, days_each; /* of a bin */
  uint32_t bins;
  Cell *cells; /* [outcome][group][bin] */
  bool *aside; /* of each case */
  double *xlogx;
  size_t xlogx_count;
  Arena *arena;
} Looking;

/* A group in a window of bins, for one outcome. */
typedef struct {
  uint32_t outcome, group, first, last; /* bins; all of them: at all times */
  double score, likelihood;
  Cell here, all;
} Candidate;

/* ---- groups and days ---- */

static int32_t bin_of(const Looking *looking, uint32_t number) {
  if (!looking->log->has_time) return 0;
  int64_t time = event_time(looking->log->events[looking->log->first[number]]);
  int64_t day = (time - (time % DAY_MS + DAY_MS) % DAY_MS) / DAY_MS;
  return (int32_t)((day - looking->first_day) / looking->days_each);
}

static void make_bins(Looking *looking) {
  const EventLog *log = looking->log;
  int64_t first = log->first_time, last = log->last_time;
  uint32_t most = log->case_count > MANY_CASES ? DAYS_OF_MANY : DAYS_MOST;
  looking->first_day = (int32_t)((first - (first % DAY_MS + DAY_MS) % DAY_MS) / DAY_MS);
  int64_t days = (last - (int64_t)looking->first_day * DAY_MS) / DAY_MS + 1;
  looking->days_each = (int32_t)((days + most - 1) / most);
  looking->bins = log->has_time ? (uint32_t)((days + looking->days_each - 1) / looking->days_each) : 1;
}

static void make_groups(Looking *looking) {
  const EventLog *log = looking->log;
  size_t most = 1;
  for (uint32_t i = 0; i < log->attribute_count; i++) most += log->attributes[i].value_count + 1;
  looking->groups = ARENA_ARRAY(looking->arena, Group, most);
  looking->attributes = ARENA_ARRAY(looking->arena, const LogAttribute *, log->attribute_count + 1);
  looking->group_of = ARENA_ARRAY(looking->arena, uint32_t *, log->attribute_count + 1);
  looking->group_count = 1;
  for (uint32_t i = 0; i < log->attribute_count; i++) {
    const LogAttribute *attribute = &log->attributes[i];
    if (!attribute->of_case || attribute->value_count < 2 || attribute->value_count > VALUES_MOST) continue;
    uint32_t *of = ARENA_ARRAY(looking->arena, uint32_t, attribute->value_count + 1);
    of[0] = NONE;
    for (uint32_t value = 1; value <= attribute->value_count; value++) {
      of[value] = looking->group_count;
      looking->groups[looking->group_count++] = (Group){attribute, value};
    }
    looking->attributes[looking->attribute_count] = attribute;
    looking->group_of[looking->attribute_count++] = of;
  }
}

/* ---- counting ---- */

static Cell *cell_at(const Looking *looking, uint32_t outcome, uint32_t group) {
  return &looking->cells[((size_t)outcome * looking->group_count + group) * looking->bins];
}

/* Adds a case to all its groups, or takes it out of them. */
static void count_case(Looking *looking, uint32_t number, bool adds) {
  Outcoming *outcoming = &looking->outcoming;
  uint32_t step = adds ? 1 : UINT32_MAX;
  if (!outcomes_of_case(outcoming, number)) return;
  int32_t bin = bin_of(looking, number);
  for (uint32_t i = 0; i < outcoming->count; i++) {
    uint32_t outcome = outcoming->counted[i], hit = outcoming->hit[outcome] == number + 1 ? step : 0;
    Cell *cell = &cell_at(looking, outcome, 0)[bin];
    cell->n += step;
    cell->hits += hit;
    for (uint32_t a = 0; a < looking->attribute_count; a++) {
      uint32_t group = looking->group_of[a][looking->attributes[a]->of_case[number]];
      if (group == NONE) continue;
      cell = &cell_at(looking, outcome, group)[bin];
      cell->n += step;
      cell->hits += hit;
    }
  }
}

/* ---- the likelihood ratio ---- */

static void make_table(Looking *looking) {
  looking->xlogx_count = looking->log->case_count < TABLE_MOST ? looking->log->case_count + (size_t)1 : TABLE_MOST;
  looking->xlogx = ARENA_ARRAY(looking->arena, double, looking->xlogx_count);
  for (size_t i = 1; i < looking->xlogx_count; i++) looking->xlogx[i] = (double)i * log((double)i);
}

static double xlogx(const Looking *looking, uint32_t x) {
  return x < looking->xlogx_count ? looking->xlogx[x] : (double)x * log((double)x);
}

static double log_likelihood(const Looking *looking, Cell cell) {
  return xlogx(looking, cell.hits) + xlogx(looking, cell.n - cell.hits) - xlogx(looking, cell.n);
}

static Cell others_of(Cell all, Cell here) { return (Cell){all.n - here.n, all.hits - here.hits}; }

static double likelihood_ratio(const Looking *looking, Cell all, Cell here) {
  return log_likelihood(looking, here) + log_likelihood(looking, others_of(all, here)) - log_likelihood(looking, all);
}

static bool far_apart(Cell here, Cell others) {
  if (here.n < DIFFER_CASES || others.n < DIFFER_CASES) return false;
  double a = (double)here.hits / here.n, b = (double)others.hits / others.n;
  return fabs(a - b) >= DIFFER_LEAST;
}

/* ---- the scan ---- */

static double windows_of(const Looking *looking) { return fmax(1, looking->bins * (looking->bins + 1.0) / 2); }

static void consider(const Looking *looking, Candidate *best, Candidate candidate) {
  if (!far_apart(candidate.here, others_of(candidate.all, candidate.here))) return;
  bool windowed = candidate.last - candidate.first + 1 < looking->bins;
  candidate.likelihood = likelihood_ratio(looking, candidate.all, candidate.here);
  candidate.score = candidate.likelihood - (windowed ? log(windows_of(looking)) : 0) -
                    (candidate.group > 0 ? log(looking->group_count) : 0);
  if (candidate.score > best->score) *best = candidate;
}

/* Windows of at most half of the cases: what lasts longer is a window of the others. */
static void scan(const Looking *looking, uint32_t outcome, uint32_t group, Cell all, Candidate *best) {
  const Cell *cells = cell_at(looking, outcome, group);
  Cell whole = {0, 0};
  for (uint32_t i = 0; i < looking->bins; i++) whole.n += cells[i].n, whole.hits += cells[i].hits;
  if (whole.n < DIFFER_CASES) return;
  Candidate candidate = {outcome, group, 0, looking->bins - 1, 0, 0, whole, all};
  if (group > 0) consider(looking, best, candidate);
  double usual = (double)all.hits / all.n;
  for (uint32_t first = 0; first < looking->bins; first++) {
    Cell here = {0, 0};
    if (cells[first].n == 0) continue;
    for (uint32_t last = first; last < looking->bins; last++) {
      here.n += cells[last].n;
      here.hits += cells[last].hits;
      if (here.n * 2 > whole.n + 1) break;
      if (cells[last].n == 0 || fabs(here.hits - usual * here.n) < 2) continue;
      candidate.first = first;
      candidate.last = last;
      candidate.here = here;
      consider(looking, best, candidate);
    }
  }
}

static Cell all_of(const Looking *looking, uint32_t outcome) {
  const Cell *cells = cell_at(looking, outcome, 0);
  Cell all = {0, 0};
  for (uint32_t i = 0; i < looking->bins; i++) all.n += cells[i].n, all.hits += cells[i].hits;
  return all;
}

static Candidate strongest(const Looking *looking) {
  Candidate best = {.score = 0};
  for (uint32_t outcome = 0; outcome < looking->outcomes->count; outcome++) {
    Cell all = all_of(looking, outcome);
    if (all.hits < 3 || all.n - all.hits < 3) continue;
    for (uint32_t group = 0; group < looking->group_count; group++) scan(looking, outcome, group, all, &best);
  }
  return best;
}

/* ---- findings ---- */

static Estimate share_of(Cell cell) { return estimate_share(cell.hits, cell.n, USUAL_CONFIDENCE); }

static Difference difference_of(const Looking *looking, uint32_t outcome, Cell all, Cell here) {
  Cell others = others_of(all, here);
  return (Difference){looking->outcomes->at[outcome],
                      share_of(here),
                      share_of(others),
                      here.hits,
                      others.hits,
                      fisher_exact(here.hits, here.n, others.hits, others.n),
                      likelihood_ratio(looking, all, here)};
}

static int compare_differences(const void *a, const void *b) {
  const Difference *x = a, *y = b;
  if (x->likelihood != y->likelihood) return x->likelihood > y->likelihood ? -1 : 1;
  return x->p < y->p ? -1 : x->p > y->p;
}

/* All that differs for the same cases, the strongest first; what found them stays in front. */
static void add_signs(const Looking *looking, const Candidate *candidate, Finding *finding) {
  Difference *signs = ARENA_ARRAY(looking->arena, Difference, looking->outcomes->count + 1);
  uint32_t count = 1;
  signs[0] = difference_of(looking, candidate->outcome, candidate->all, candidate->here);
  for (uint32_t outcome = 0; outcome < looking->outcomes->count; outcome++) {
    Cell all = all_of(looking, outcome), here = {0, 0};
    const Cell *cells = cell_at(looking, outcome, candidate->group);
    for (uint32_t i = candidate->first; i <= candidate->last; i++) here.n += cells[i].n, here.hits += cells[i].hits;
    if (outcome == candidate->outcome || !far_apart(here, others_of(all, here))) continue;
    Difference difference = difference_of(looking, outcome, all, here);
    if (difference.p * looking->outcomes->count <= 0.05 && estimates_differ(difference.here, difference.others))
      signs[count++] = difference;
  }
  qsort(signs + 1, count - 1, sizeof *signs, compare_differences);
  finding->differences = signs;
  finding->count = count < DIFFER_SIGNS ? count : DIFFER_SIGNS;
}

static bool is_in(const Looking *looking, const Candidate *candidate, uint32_t number) {
  const Group *group = &looking->groups[candidate->group];
  if (looking->aside[number] || (group->attribute && group->attribute->of_case[number] != group->value)) return false;
  uint32_t bin = (uint32_t)bin_of(looking, number);
  return bin >= candidate->first && bin <= candidate->last;
}

/* Takes its cases out of all counts; returns how many. */
static uint64_t set_aside(Looking *looking, const Candidate *candidate) {
  uint64_t count = 0;
  for (uint32_t c = 0; c < looking->log->case_count; c++) {
    if (!is_in(looking, candidate, c)) continue;
    if (!selection_has(&looking->outcoming.walk.selection, c)) continue;
    count_case(looking, c, false);
    looking->aside[c] = true;
    count++;
  }
  return count;
}

static Finding make_finding(Looking *looking, const Candidate *candidate) {
  const Group *group = &looking->groups[candidate->group];
  Finding finding = {.attribute = group->attribute,
                     .value = group->value,
                     .has_days = candidate->last - candidate->first + 1 < looking->bins,
                     .first_day = looking->first_day + (int32_t)candidate->first * looking->days_each,
                     .last_day = looking->first_day + ((int32_t)candidate->last + 1) * looking->days_each - 1};
  add_signs(looking, candidate, &finding);
  finding.cases = set_aside(looking, candidate);
  return finding;
}

static Looking look(const Observation *observation, Selection selection, Arena *arena, Arena *own) {
  Looking looking = {.observation = observation, .log = observation->binding->log, .arena = arena};
  Outcomes *outcomes = ARENA_NEW(arena, Outcomes);
  *outcomes = outcomes_list(observation, selection, arena);
  looking.outcomes = outcomes;
  looking.outcoming = outcoming_new(outcomes, observation->binding, selection, own);
  make_bins(&looking);
  make_groups(&looking);
  make_table(&looking);
  looking.cells = ARENA_ARRAY(own, Cell, (size_t)looking.outcomes->count * looking.group_count * looking.bins + 1);
  looking.aside = ARENA_ARRAY(own, bool, looking.log->case_count + 1);
  for (uint32_t c = 0; c < looking.log->case_count; c++) count_case(&looking, c, true);
  return looking;
}

Findings find_differences(const Observation *observation, Selection selection, Arena *arena) {
  Findings findings = {0};
  if (observation->on_map == 0 || observation->cases < (uint64_t)2 * DIFFER_CASES) return findings;
  Arena *own = arena_new();
  Looking looking = look(observation, selection, arena, own);
  Finding *found = ARENA_ARRAY(arena, Finding, DIFFER_FINDINGS);
  findings.outcomes = looking.outcomes->count;
  findings.groups = looking.group_count;
  findings.days = looking.bins * (uint32_t)looking.days_each;
  findings.compared = (uint64_t)(looking.outcomes->count * (double)looking.group_count * windows_of(&looking));
  while (findings.count < DIFFER_FINDINGS) {
    Candidate candidate = strongest(&looking);
    if (candidate.score <= 0) break;
    Difference difference = difference_of(&looking, candidate.outcome, candidate.all, candidate.here);
    if (difference.p * (double)(findings.compared - findings.count) > 0.05 ||
        !estimates_differ(difference.here, difference.others))
      break;
    found[findings.count++] = make_finding(&looking, &candidate);
  }
  findings.at = found;
  arena_free(own);
  return findings;
}
