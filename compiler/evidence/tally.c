#include "evidence/tally.h"

#include <math.h>
#include <stdlib.h>

#include "base/calendar.h"

/* ---- scores, one by one ---- */

static uint32_t score_slot(const Count *count, double value) {
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  uint32_t mask = count->slot_count - 1, i = (uint32_t)((bits * 0x9E3779B97F4A7C15u) >> 32) & mask;
  while (count->slots[i].count) {
    if (memcmp(&count->slots[i].value, &value, sizeof value) == 0) break;
    i = (i + 1) & mask;
  }
  return i;
}

static void grow(Count *count) {
  enum { FIRST = 32 };
  ScoreCount *old = count->slots;
  uint32_t old_count = count->slot_count;
  count->slot_count = old_count ? old_count * 2 : FIRST;
  count->slots = mem_alloc(count->slot_count * sizeof *count->slots);
  memset(count->slots, 0, count->slot_count * sizeof *count->slots);
  for (uint32_t i = 0; i < old_count; i++)
    if (old[i].count) count->slots[score_slot(count, old[i].value)] = old[i];
  free(old);
}

static void count_score(Count *count, double value) {
  if (count->too_many) return;
  if (count->tally.score_count * 2 >= count->slot_count) grow(count);
  ScoreCount *slot = &count->slots[score_slot(count, value)];
  if (!slot->count && count->tally.score_count == MOST_SCORES) {
    count->too_many = true;
    return;
  }
  if (!slot->count) slot->value = value, count->tally.score_count++;
  slot->count++;
}

/* ---- rows ---- */

static void add_score(Count *count, double score) {
  Tally *tally = &count->tally;
  score += 0.0; /* -0 and 0 are one score */
  if (!tally->n) tally->shift = tally->min = tally->max = score;
  if (score < tally->min) tally->min = score;
  if (score > tally->max) tally->max = score;
  tally->sum += score;
  tally->sum_of_squares += (score - tally->shift) * (score - tally->shift);
  count_score(count, score);
}

static void add_row(Count *count, const RowValues *row) {
  Tally *tally = &count->tally;
  if (!isnan(row->score)) add_score(count, row->score);
  if (!isnan(row->start)) tally->start += row->start;
  if (!isnan(row->end)) tally->end += row->end;
  if (!isnan(row->new)) tally->new += row->new;
  if (!isnan(row->lost)) tally->lost += row->lost;
  tally->n++;
}

int32_t period_first_day(Every every, int32_t day) {
  static const int months[] = {1, 3, 6, 12};
  CalendarDay date = calendar_day(day);
  date.month -= (date.month - 1) % months[every];
  date.day = 1;
  return calendar_days(date);
}

static bool is_in(Every every, int32_t first_day, int32_t day) {
  static const int shortest[] = {28, 90, 181, 365};
  if (day < first_day) return false;
  return day - first_day < shortest[every] || period_first_day(every, day) == first_day;
}

/* NULL where there are too many. */
static Count *period_of(Counter *counter, int32_t day) {
  if (counter->last < counter->periods.len && is_in(counter->every, counter->periods.at[counter->last].first_day, day))
    return &counter->periods.at[counter->last].count;
  int32_t first = period_first_day(counter->every, day);
  size_t from = 0, to = counter->periods.len;
  while (from < to) {
    size_t middle = from + (to - from) / 2;
    if (counter->periods.at[middle].first_day < first) from = middle + 1;
    else to = middle;
  }
  bool known = from < counter->periods.len && counter->periods.at[from].first_day == first;
  if (!known) {
    if (counter->periods.len == MOST_PERIODS) return NULL;
    vec_push(&counter->periods, (PeriodCount){0});
    memmove(&counter->periods.at[from + 1], &counter->periods.at[from],
            (counter->periods.len - 1 - from) * sizeof *counter->periods.at);
    counter->periods.at[from] = (PeriodCount){.first_day = first};
  }
  counter->last = (uint32_t)from;
  return &counter->periods.at[from].count;
}

void counter_add(Counter *counter, const RowValues *row) {
  add_row(&counter->all, row);
  if (!row->has_day) return;
  if (!counter->has_days || row->day < counter->first_day) counter->first_day = row->day;
  if (!counter->has_days || row->day > counter->last_day) counter->last_day = row->day;
  counter->has_days = true;
  Count *period = period_of(counter, row->day);
  if (period) add_row(period, row);
}

/* ---- the end ---- */

static Count count_copy(const Count *count) {
  Count copy = *count;
  if (!count->slots) return copy;
  copy.slots = mem_alloc(count->slot_count * sizeof *count->slots);
  memcpy(copy.slots, count->slots, count->slot_count * sizeof *count->slots);
  return copy;
}

Counter counter_copy(const Counter *counter) {
  Counter copy = *counter;
  copy.all = count_copy(&counter->all);
  copy.periods.at = NULL, copy.periods.len = copy.periods.cap = 0;
  for (size_t i = 0; i < counter->periods.len; i++) {
    PeriodCount period = {counter->periods.at[i].first_day, count_copy(&counter->periods.at[i].count)};
    vec_push(&copy.periods, period);
  }
  return copy;
}

void counter_free(Counter *counter) {
  free(counter->all.slots);
  for (size_t i = 0; i < counter->periods.len; i++) free(counter->periods.at[i].count.slots);
  vec_free(&counter->periods);
}

static int by_value(const void *a, const void *b) {
  double x = ((const ScoreCount *)a)->value, y = ((const ScoreCount *)b)->value;
  return x < y ? -1 : x > y;
}

static Tally finish(Count *count, Arena *arena) {
  Tally tally = count->tally;
  if (count->too_many) tally.score_count = 0;
  ScoreCount *scores = tally.score_count ? ARENA_ARRAY(arena, ScoreCount, tally.score_count) : NULL;
  uint32_t kept = 0;
  for (uint32_t i = 0; i < count->slot_count && scores; i++)
    if (count->slots[i].count) scores[kept++] = count->slots[i];
  if (scores) qsort(scores, kept, sizeof *scores, by_value);
  tally.scores = scores;
  free(count->slots);
  *count = (Count){0};
  return tally;
}

Str period_name(Every every, int32_t first_day, Arena *arena) {
  CalendarDay day = calendar_day(first_day);
  switch (every) {
    case EVERY_MONTH: return arena_format(arena, "%04d-%02d", day.year, day.month);
    case EVERY_QUARTER: return arena_format(arena, "%04d Q%d", day.year, (day.month + 2) / 3);
    case EVERY_HALF_YEAR: return arena_format(arena, "%04d H%d", day.year, (day.month + 5) / 6);
    default: return arena_format(arena, "%04d", day.year);
  }
}

void counter_finish(Counter *counter, Answers *answers, Arena *arena) {
  PeriodTally *periods = ARENA_ARRAY(arena, PeriodTally, counter->periods.len);
  for (size_t i = 0; i < counter->periods.len; i++) {
    PeriodCount *period = &counter->periods.at[i];
    periods[i] = (PeriodTally){period->first_day, period_name(counter->every, period->first_day, arena),
                               finish(&period->count, arena)};
  }
  answers->all = finish(&counter->all, arena);
  answers->periods = periods;
  answers->period_count = (uint32_t)counter->periods.len;
  answers->has_days = counter->has_days;
  answers->first_day = counter->first_day;
  answers->last_day = counter->last_day;
  vec_free(&counter->periods);
}
