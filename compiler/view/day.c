/* A day in the life: when each step begins and ends, and how long it is to the next. */
#include <math.h>

#include "view/build.h"
#include "view/words.h"

#define DAY 1440.0
#define WAKES 420.0       /* a day of which no hour is said is drawn from seven … */
#define SLEEPS 1320.0     /* … to ten in the evening */
#define APART 60.0        /* steps before the first hour that is said, and after the last */
#define LEAST_GAP 15.0    /* that is worth a word */
#define LONGEST_DAYS 14.0 /* a story longer than that has lost count of its days */

/* An hour before that of an earlier step is of the next day. */
static void read_hours(const Build *build, ViewStep *steps) {
  double latest = 0;
  for (uint32_t i = 0; i < build->journey->step_count; i++) {
    const Item *item = &build->journey->steps[i].item;
    ViewStep *step = &steps[i];
    const Value *at = build_value(build, item_get(build->project, item, K_AT), 0);
    const Value *takes = build_value(build, item_get(build->project, item, K_TAKES), 0);
    step->on_clock = true;
    step->length = takes ? fmin(takes->number, DAY) : 0;
    if (!at) continue;
    step->time_said = true;
    step->start = at->number;
    while (step->start < latest && latest < LONGEST_DAYS * DAY) step->start += DAY;
    latest = step->start;
  }
}

static uint32_t next_said(const ViewStep *steps, uint32_t from, uint32_t count) {
  while (from < count && !steps[from].time_said) from++;
  return from;
}

/* Those between two hours that are said stand evenly between them. */
static void fill_hours(ViewStep *steps, uint32_t count) {
  uint32_t first = next_said(steps, 0, count);
  for (uint32_t i = 0; i < count && first == count; i++) steps[i].start = WAKES + (SLEEPS - WAKES) * (i + 0.5) / count;
  if (first == count) return;
  double apart = fmin(APART, steps[first].start / (first + 1.0));
  for (uint32_t i = 0; i < first; i++) steps[i].start = steps[first].start - apart * (first - i);
  for (uint32_t from = first; from < count;) {
    uint32_t to = next_said(steps, from + 1, count);
    for (uint32_t i = from + 1; i < to; i++)
      steps[i].start = to < count ? steps[from].start + (steps[to].start - steps[from].start) * (i - from) / (to - from)
                                  : steps[i - 1].start + fmax(APART, steps[i - 1].length);
    from = to;
  }
}

static Str time_words(const ViewStep *step, Arena *arena) {
  if (!step->time_said) return STR("Time not said");
  Str from = words_clock(step->start, arena), next = step->start >= DAY ? STR(" next day") : STR("");
  if (step->length < 1) return arena_format(arena, STR_FMT STR_FMT, STR_ARG(from), STR_ARG(next));
  return arena_format(arena, STR_FMT "–" STR_FMT STR_FMT, STR_ARG(from),
                      STR_ARG(words_clock(step->start + step->length, arena)), STR_ARG(next));
}

void build_day(const Build *build, ViewStep *steps) {
  uint32_t count = build->journey->step_count;
  read_hours(build, steps);
  fill_hours(steps, count);
  for (uint32_t i = 0; i < count; i++) {
    steps[i].clock = time_words(&steps[i], build->arena);
    double gap = i ? steps[i].start - steps[i - 1].start - steps[i - 1].length : 0;
    if (gap < LEAST_GAP || !steps[i].time_said || !steps[i - 1].time_said) continue;
    steps[i].passed = gap;
    steps[i].later = arena_format(build->arena, STR_FMT " later", STR_ARG(words_span(gap, build->arena)));
  }
}
