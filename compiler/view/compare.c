/* A map beside another one: what was added, changed and dropped, step by step and cell by cell. */
#include <math.h>
#include <stdlib.h>

#include "base/vec.h"
#include "statistics/statistics.h"
#include "view/view.h"
#include "view/words.h"

enum { AS_BEFORE, CHANGED, ADDED, DROPPED };

/* A column of the result: a step of one map, of the other, or of both. */
typedef struct {
  uint32_t now, before; /* NONE: not there */
} Pair;

typedef struct {
  const View *now, *before;
  Arena *arena;
  View *view;
  uint32_t *matches;                      /* of each step of `now`: which of `before` it is */
  uint32_t *now_of;                       /* of each step of `before`: which of `now` it is */
  uint32_t *stage_matches, *stage_now_of; /* of stages, likewise */
  const Str *moved;                       /* as in ViewPairs; may be NULL */
  Pair *stages;                           /* of the result, in order */
  Pair *steps;
  uint32_t stage_count, step_count;
} Compare;

/* ---- which is which ---- */

typedef struct {
  Str key;
  uint32_t index;
} Named;

static int compare_named(const void *a, const void *b) {
  const Named *x = a, *y = b;
  int order = str_compare(x->key, y->key);
  return order ? order : x->index < y->index ? -1 : x->index > y->index;
}

static uint32_t find_named(const Named *sorted, uint32_t count, Str key) {
  uint32_t low = 0, high = count;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    if (str_compare(sorted[middle].key, key) < 0) low = middle + 1;
    else high = middle;
  }
  return low < count && str_is(sorted[low].key, key) ? sorted[low].index : NONE;
}

static void match_steps(Compare *c, const uint32_t *matches) {
  const View *now = c->now, *before = c->before;
  c->matches = ARENA_ARRAY(c->arena, uint32_t, now->step_count);
  c->now_of = ARENA_ARRAY(c->arena, uint32_t, before->step_count);
  Named *sorted = ARENA_ARRAY(c->arena, Named, before->step_count);
  for (uint32_t i = 0; i < before->step_count; i++) {
    c->now_of[i] = NONE;
    sorted[i] = (Named){before->steps[i].anchor, i};
  }
  if (before->step_count) qsort(sorted, before->step_count, sizeof *sorted, compare_named);
  for (uint32_t i = 0; i < now->step_count; i++) {
    uint32_t match = matches ? matches[i] : find_named(sorted, before->step_count, now->steps[i].anchor);
    if (match != NONE && c->now_of[match] != NONE) match = NONE; /* two of one name: the first is the one */
    c->matches[i] = match;
    if (match != NONE) c->now_of[match] = i;
  }
}

/* The first of that id which is not taken. */
static uint32_t find_stage(const Compare *c, Str id) {
  for (uint32_t i = 0; i < c->before->stage_count; i++)
    if (c->stage_now_of[i] == NONE && str_is(c->before->stages[i].id, id)) return i;
  return NONE;
}

static void match_stages(Compare *c, const uint32_t *matches) {
  const View *now = c->now, *before = c->before;
  c->stage_matches = ARENA_ARRAY(c->arena, uint32_t, now->stage_count);
  c->stage_now_of = ARENA_ARRAY(c->arena, uint32_t, before->stage_count);
  for (uint32_t i = 0; i < before->stage_count; i++) c->stage_now_of[i] = NONE;
  for (uint32_t i = 0; i < now->stage_count; i++) {
    c->stage_matches[i] = matches ? matches[i] : find_stage(c, now->stages[i].id);
    if (c->stage_matches[i] != NONE) c->stage_now_of[c->stage_matches[i]] = i;
  }
}

static bool is_in(const ViewStage *stage, uint32_t step) {
  return step != NONE && step >= stage->first_step && step < stage->first_step + stage->step_count;
}

/* ---- the order of the result ---- */

/* Those of the stage that are gone, from step `from` of `before` up to the next that is still in `now`. */
static void add_gone(Compare *c, const ViewStage *before, const ViewStage *now, uint32_t from) {
  for (uint32_t i = from; is_in(before, i); i++) {
    if (now && is_in(now, c->now_of[i])) return;
    if (c->now_of[i] == NONE) c->steps[c->step_count++] = (Pair){NONE, i};
  }
}

static void add_stage(Compare *c, uint32_t now_index, uint32_t before_index) {
  const ViewStage *now = now_index == NONE ? NULL : &c->now->stages[now_index];
  const ViewStage *before = before_index == NONE ? NULL : &c->before->stages[before_index];
  uint32_t first = c->step_count;
  if (before) add_gone(c, before, now, before->first_step);
  for (uint32_t i = 0; now && i < now->step_count; i++) {
    uint32_t step = now->first_step + i, match = c->matches[step];
    c->steps[c->step_count++] = (Pair){step, match};
    if (before && is_in(before, match)) add_gone(c, before, now, match + 1);
  }
  if (!now && c->step_count == first) return; /* all of its steps are somewhere else */
  c->stages[c->stage_count++] = (Pair){now_index, before_index};
}

/* The stages of `before` from `from` on that are gone, up to the next that is still there. */
static void add_gone_stages(Compare *c, uint32_t from) {
  for (uint32_t i = from; i < c->before->stage_count; i++) {
    if (c->stage_now_of[i] != NONE) return;
    add_stage(c, NONE, i);
  }
}

static void order(Compare *c) {
  c->steps = ARENA_ARRAY(c->arena, Pair, c->now->step_count + c->before->step_count);
  c->stages = ARENA_ARRAY(c->arena, Pair, c->now->stage_count + c->before->stage_count);
  add_gone_stages(c, 0);
  for (uint32_t i = 0; i < c->now->stage_count; i++) {
    uint32_t before = c->stage_matches[i];
    add_stage(c, i, before);
    if (before != NONE) add_gone_stages(c, before + 1);
  }
}

/* ---- entries ---- */

/* What an entry says; for the rest of its kind, entries that may be the same thing said anew. */
static bool is_same(const Entry *a, const Entry *b) {
  return a->kind == b->kind && str_is(a->text, b->text) && str_is(a->who, b->who) &&
         ((a->kind != ENTRY_ACTION && a->kind != ENTRY_HANDOVER) || str_is(a->label, b->label));
}

static bool may_replace(const Entry *a, const Entry *b) {
  if (a->kind != b->kind || !str_is(a->who, b->who)) return false;
  switch (a->kind) {
    case ENTRY_THOUGHT:
    case ENTRY_NEED:
    case ENTRY_OWNER: return true;
    case ENTRY_ACTION:
    case ENTRY_HANDOVER:
    case ENTRY_TIME: return str_is(a->label, b->label);
    case ENTRY_TEXT:
    case ENTRY_MEASURE: return str_is(a->name, b->name);
    case ENTRY_CHANNEL:
    case ENTRY_CLAIM:
    case ENTRY_PAIN:
    case ENTRY_OPPORTUNITY:
    case ENTRY_SYSTEM: return false;
  }
  return false;
}

static Str said_before(const Entry *now, const Entry *before) {
  if (now->value.len) return str_is(now->value, before->value) ? before->label : before->value;
  return str_is(now->text, before->text) ? before->label : before->text;
}

/* A few answers more, and the same number, are no change of a measure. */
static bool says_same(const Entry *a, const Entry *b) {
  bool counted = a->kind == ENTRY_MEASURE && a->count && b->count;
  return str_is(a->label, b->label) && str_is(counted ? a->value : a->text, counted ? b->value : b->text);
}

static Estimate estimate_of(const Entry *entry) {
  return (Estimate){entry->number, entry->count->low, entry->count->high, entry->count->number};
}

/* Two counted numbers that differ by no more than their margins allow. */
static bool is_too_close(const Entry *now, const Entry *before) {
  bool counted = now->count && before->count && isfinite(now->count->low) && isfinite(before->count->low);
  return counted && !str_is(now->value, before->value) && !estimates_differ(estimate_of(now), estimate_of(before));
}

typedef bool (*Fits)(const Entry *, const Entry *);

static void pair_entries(Entry *now, uint32_t count, const Cell *before, bool *taken, Fits fits) {
  for (uint32_t i = 0; i < count; i++)
    for (uint32_t k = 0; k < before->count && now[i].state == ADDED; k++) {
      const Entry *old = &before->entries[k];
      if (taken[k] || !fits(&now[i], old)) continue;
      taken[k] = true;
      bool same = says_same(&now[i], old);
      now[i].state = same ? AS_BEFORE : CHANGED;
      if (same) continue;
      now[i].before = said_before(&now[i], old);
      now[i].too_close = is_too_close(&now[i], old);
    }
}

/* Entries that are gone stand behind the others. */
static Cell compare_cells(const Compare *c, const Cell *now, const Cell *before) {
  uint32_t count = now ? now->count : 0, most = count + (before ? before->count : 0);
  if (most == 0) return (Cell){0};
  Entry *entries = ARENA_ARRAY(c->arena, Entry, most);
  for (uint32_t i = 0; i < count; i++) entries[i] = now->entries[i], entries[i].state = ADDED;
  if (!before) return (Cell){entries, count};
  bool *taken = ARENA_ARRAY(c->arena, bool, before->count);
  pair_entries(entries, count, before, taken, is_same);
  pair_entries(entries, count, before, taken, may_replace);
  for (uint32_t k = 0; k < before->count; k++) {
    if (taken[k]) continue;
    entries[count] = before->entries[k];
    entries[count].sources = STR(""); /* numbers of the other map */
    entries[count++].state = DROPPED;
  }
  return (Cell){entries, count};
}

/* ---- steps and lanes ---- */

static ViewStep compare_step(const Compare *c, Pair pair) {
  const ViewStep *old = pair.before == NONE ? NULL : &c->before->steps[pair.before];
  ViewStep step = pair.now == NONE ? *old : c->now->steps[pair.now];
  if (old) {
    step.had_emotion = old->has_emotion;
    step.emotion_before = old->emotion;
    step.emotion_label_before = old->emotion_label;
    step.emotion_text_before = old->emotion_text;
  }
  if (pair.now == NONE) {
    step.number = 0;
    step.state = DROPPED;
    step.has_emotion = step.lowest = step.highest = step.moment_of_truth = false;
    step.later = STR(""); /* time passes between the steps that are left */
    step.anchor = arena_format(c->arena, "dropped-" STR_FMT, STR_ARG(old->anchor));
    return step;
  }
  step.state = old ? AS_BEFORE : ADDED;
  if (!old) return step;
  if (!str_is(step.title, old->title)) step.title_before = old->title;
  if (c->moved) step.moved = c->moved[pair.now];
  bool felt_alike = step.has_emotion == old->has_emotion && str_is(step.emotion_label, old->emotion_label) &&
                    str_is(step.emotion_text, old->emotion_text);
  if (!felt_alike || step.title_before.len || step.moment_of_truth != old->moment_of_truth) step.state = CHANGED;
  return step;
}

static const ViewLane *find_lane(const View *view, Str id) {
  for (uint32_t i = 0; i < view->lane_count; i++)
    if (str_is(view->lanes[i].id, id)) return &view->lanes[i];
  return NULL;
}

/* Says of each step whether something in this lane differs. What is new as a whole needs no marks in its cells. */
static ViewLane compare_lane(const Compare *c, const ViewLane *now, const ViewLane *before, ViewStep *steps) {
  ViewLane lane = now ? *now : *before;
  if (lane.kind == LANE_EMOTION) return lane;
  Cell *cells = ARENA_ARRAY(c->arena, Cell, c->step_count);
  for (uint32_t i = 0; i < c->step_count; i++) {
    Pair pair = c->steps[i];
    const Cell *new = now &&pair.now != NONE ? &now->cells[pair.now] : NULL;
    const Cell *old = before && pair.before != NONE ? &before->cells[pair.before] : NULL;
    if (pair.now == NONE) continue;
    if (pair.before == NONE) {
      if (new) cells[i] = *new;
      continue;
    }
    cells[i] = compare_cells(c, new, old);
    for (uint32_t e = 0; e < cells[i].count; e++)
      if (cells[i].entries[e].state) steps[i].state = CHANGED;
  }
  lane.cells = cells;
  return lane;
}

/* Those of `now`; what only `before` has stands behind the lane that it followed there. */
static void compare_lanes(Compare *c, ViewStep *steps) {
  ViewLane *lanes = ARENA_ARRAY(c->arena, ViewLane, c->now->lane_count + c->before->lane_count);
  uint32_t count = 0, next = 0; /* next: of `before`, whose lanes up to there are in */
  for (uint32_t i = 0; i <= c->now->lane_count; i++) {
    const ViewLane *now = i < c->now->lane_count ? &c->now->lanes[i] : NULL;
    while (next < c->before->lane_count) {
      const ViewLane *old = &c->before->lanes[next];
      if (now && find_lane(c->now, old->id)) break;
      next++;
      if (!find_lane(c->now, old->id)) lanes[count++] = compare_lane(c, NULL, old, steps);
    }
    if (!now) break;
    const ViewLane *old = find_lane(c->before, now->id);
    lanes[count++] = compare_lane(c, now, old, steps);
    if (old && (uint32_t)(old - c->before->lanes) >= next) next = (uint32_t)(old - c->before->lanes) + 1;
  }
  c->view->lanes = lanes;
  c->view->lane_count = count;
}

static void compare_stages(Compare *c) {
  ViewStage *stages = ARENA_ARRAY(c->arena, ViewStage, c->stage_count);
  uint32_t next = 0;
  for (uint32_t i = 0; i < c->stage_count; i++) {
    Pair pair = c->stages[i];
    const ViewStage *now = pair.now == NONE ? NULL : &c->now->stages[pair.now];
    const ViewStage *before = pair.before == NONE ? NULL : &c->before->stages[pair.before];
    stages[i] = now ? *now : *before;
    stages[i].state = !now ? DROPPED : !before ? ADDED : AS_BEFORE;
    stages[i].first_step = next;
    while (next < c->step_count && (now && c->steps[next].now != NONE      ? is_in(now, c->steps[next].now)
                                    : before && c->steps[next].now == NONE ? is_in(before, c->steps[next].before)
                                                                           : false))
      next++;
    stages[i].step_count = next - stages[i].first_step;
    if (!now || !before) continue;
    if (!str_is(now->title, before->title)) stages[i].title_before = before->title;
    Cell cell =
        compare_cells(c, &(Cell){now->measures, now->measure_count}, &(Cell){before->measures, before->measure_count});
    stages[i].measures = cell.entries;
    stages[i].measure_count = cell.count;
  }
  c->view->stages = stages;
  c->view->stage_count = c->stage_count;
}

/* Their feelings in the columns of the result; how they felt before is not shown. */
static void compare_actors(Compare *c) {
  ViewActor *actors = ARENA_ARRAY(c->arena, ViewActor, c->now->actor_count);
  for (uint32_t i = 0; i < c->now->actor_count; i++) {
    ViewFeeling *feelings = ARENA_ARRAY(c->arena, ViewFeeling, c->step_count);
    actors[i] = c->now->actors[i];
    for (uint32_t s = 0; s < c->step_count; s++)
      if (c->steps[s].now != NONE) feelings[s] = actors[i].feelings[c->steps[s].now];
    actors[i].feelings = feelings;
  }
  c->view->actors = actors;
}

/* ---- the figures ---- */

typedef struct {
  uint32_t severe;
  double waiting, busy; /* minutes */
} Sums;

static Sums sums_of(const View *view) {
  Sums sums = {0};
  for (uint32_t i = 0; i < view->lane_count; i++)
    for (uint32_t s = 0; view->lanes[i].cells && s < view->step_count; s++)
      for (uint32_t e = 0; e < view->lanes[i].cells[s].count; e++) {
        const Entry *entry = &view->lanes[i].cells[s].entries[e];
        if (entry->kind == ENTRY_PAIN && entry->level >= 3) sums.severe++;
        if (entry->kind == ENTRY_TIME)
          *(str_is(entry->label, STR("waiting")) ? &sums.waiting : &sums.busy) += entry->number;
      }
  return sums;
}

/* The fewer the better. */
static ViewFigure fewer(Str name, double before, double now, Str before_words, Str now_words) {
  return (ViewFigure){name, before_words, now_words, now < before ? 1 : now > before ? -1 : 0};
}

static void compare_figures(Compare *c) {
  const View *now = c->now, *before = c->before;
  Arena *arena = c->arena;
  Sums is = sums_of(now), was = sums_of(before);
  ViewFigure *figures = ARENA_ARRAY(arena, ViewFigure, 5);
  uint32_t count = 0;
  figures[count++] = (ViewFigure){STR("Steps"), arena_format(arena, "%u", before->step_count),
                                  arena_format(arena, "%u", now->step_count), 0};
  if (now->has_mean && before->has_mean) {
    double gain = now->mean_emotion - before->mean_emotion;
    figures[count++] = (ViewFigure){STR("Mean emotion"), before->mean_label, now->mean_label,
                                    fabs(gain) < 0.005 ? 0
                                    : gain > 0         ? 1
                                                       : -1};
  }
  if (is.severe || was.severe)
    figures[count++] = fewer(STR("Severe pains"), was.severe, is.severe, arena_format(arena, "%u", was.severe),
                             arena_format(arena, "%u", is.severe));
  if (is.waiting > 0 || was.waiting > 0)
    figures[count++] = fewer(STR("Waiting"), was.waiting, is.waiting, words_minutes(was.waiting, arena),
                             words_minutes(is.waiting, arena));
  if (is.busy > 0 || was.busy > 0)
    figures[count++] =
        fewer(STR("Busy"), was.busy, is.busy, words_minutes(was.busy, arena), words_minutes(is.busy, arena));
  c->view->figures = figures;
  c->view->figure_count = count;
}

const View *view_compare(const View *now, const View *before, const ViewPairs *pairs, Arena *arena) {
  View *view = ARENA_NEW(arena, View);
  *view = *now;
  Compare c = {.now = now, .before = before, .arena = arena, .view = view};
  view->compared = true;
  view->before_title = pairs && pairs->before_title.len ? pairs->before_title : before->title;
  c.moved = pairs ? pairs->moved : NULL;
  match_steps(&c, pairs ? pairs->steps : NULL);
  match_stages(&c, pairs ? pairs->stages : NULL);
  order(&c);
  ViewStep *steps = ARENA_ARRAY(arena, ViewStep, c.step_count);
  for (uint32_t i = 0; i < c.step_count; i++) steps[i] = compare_step(&c, c.steps[i]);
  compare_lanes(&c, steps);
  view->steps = steps;
  view->step_count = c.step_count;
  compare_stages(&c);
  compare_actors(&c);
  Cell measures =
      compare_cells(&c, &(Cell){now->measures, now->measure_count}, &(Cell){before->measures, before->measure_count});
  view->measures = measures.entries;
  view->measure_count = measures.count;
  Cell ideas = compare_cells(&c, &(Cell){now->ideas, now->idea_count}, &(Cell){before->ideas, before->idea_count});
  view->ideas = ideas.entries;
  view->idea_count = ideas.count;
  compare_figures(&c);
  return view;
}
