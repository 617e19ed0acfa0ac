/* Figures made by hand, for the measures of a project that state no value: each of SAMPLES in turn. */
#ifndef TESTS_SAMPLE_FIGURES_H
#define TESTS_SAMPLE_FIGURES_H

#include <math.h>
#include <stdio.h>

#include "metric/figures.h"

/* clang-format off */
static const Figure sample_figure_list[] = {
    {.value = {V_NUMBER, -35.897, {0}}, .has_interval = true, .low = -60.97, .high = -10.83, .n = 39, .how = STR("promoters 9 and 10, detractors 0 to 6"), .near_target = true},
    {.value = {V_SHARE, 0.57778, {0}}, .has_interval = true, .low = 0.5047, .high = 0.6476, .n = 180, .how = STR("top 2 of 1 to 5")},
    {.value = {V_SHARE, 0.20513, {0}}, .has_interval = true, .low = 0.1078, .high = 0.3553, .n = 39, .how = STR("lost of those at the start"), .stale = true},
    {.value = {V_DURATION, 135734, {0}}, .has_interval = true, .low = 119804, .high = 151664, .n = 31106, .how = STR("mean")},
    {.value = {V_NONE, 0, {0}}, .failure = STR("no row matches")},
    {.value = {V_NUMBER, 4.2143, {0}}, .has_interval = true, .low = 4.0743, .high = 4.3543, .n = 812, .how = STR("mean of 1 to 7"), .stale = true},
    {.value = {V_NUMBER, 6, {0}}, .n = 1},
};
static const uint32_t sample_trend_counts[] = {24, 6, 12, 2, 0, 36, 1};
/* clang-format on */

/* Up and down, and wider where there are fewer answers. */
static const FigurePoint *sample_trend(const Figure *figure, uint32_t count, Arena *arena) {
  FigurePoint *points = ARENA_ARRAY(arena, FigurePoint, count);
  double margin = figure->has_interval ? figure->high - figure->low : figure->value.number / 5;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t month = 24 + i - count + 36;
    double at = figure->value.number + margin * (sin(i * 0.9) * 0.5 + (i + 1.0 - count) / 12);
    points[i] = (FigurePoint){.period = arena_format(arena, "%u-%02u", 2022 + month / 12, month % 12 + 1),
                              .value = at,
                              .low = at - margin * (0.4 + 0.2 * cos(i)),
                              .high = at + margin * (0.4 + 0.2 * cos(i)),
                              .n = figure->n / (count ? count : 1) + 1};
  }
  return points;
}

static const Figures *sample_figures(const Project *p, Arena *arena) {
  enum { KINDS = sizeof sample_figure_list / sizeof *sample_figure_list, MOST = 64 };
  Figure *list = ARENA_ARRAY(arena, Figure, MOST);
  Figures *figures = ARENA_NEW(arena, Figures);
  for (uint32_t u = 1; u < p->unit_count; u++)
    for (uint32_t at = 0; at < p->units[u]->statement_count && figures->count < MOST; at++) {
      if (p->units[u]->statements[at].keyword != K_MEASURE || unit_value(p->units[u], at, 1)) continue;
      uint32_t kind = figures->count % KINDS;
      Figure *figure = &list[figures->count++];
      *figure = sample_figure_list[kind];
      figure->measure = (Ref){u, at};
      figure->trend_count = sample_trend_counts[kind];
      figure->trend = sample_trend(figure, figure->trend_count, arena);
    }
  figures->list = list;
  return figures;
}

#endif
