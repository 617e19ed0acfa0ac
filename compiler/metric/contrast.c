#include "metric/contrast.h"

#include <math.h>

#include "statistics/statistics.h"

static Estimate estimate_of(const MetricValue *value) {
  return (Estimate){value->value.number, value->low, value->high, value->has_n ? value->n : 1};
}

/* `count` values, `size` bytes apart. */
static Contrast contrast_of(const MetricValue *first, size_t size, uint32_t count) {
  const MetricValue *high = NULL, *low = NULL;
  Contrast contrast = {0};
  for (uint32_t i = 0; i < count; i++) {
    const MetricValue *value = (const MetricValue *)(const void *)((const char *)first + i * size);
    bool has_value =
        value->state == METRIC_COUNTED || value->state == METRIC_MEASURED || value->state == METRIC_COMPUTED;
    if (!has_value || !value->has_interval || (high && !quantity_is_like(high->value, value->value))) continue;
    if (!high || value->value.number > high->value.number) high = value, contrast.high = i;
    if (!low || value->value.number < low->value.number) low = value, contrast.low = i;
  }
  contrast.exists = high && low && high != low;
  contrast.differ = contrast.exists && estimates_differ(estimate_of(high), estimate_of(low));
  return contrast;
}

Contrast contrast_of_stages(const MetricRow *row, uint32_t stage_count) {
  return stage_count ? contrast_of(row->stages, sizeof *row->stages, stage_count) : (Contrast){0};
}

Contrast contrast_of_steps(const MetricRow *row) {
  return row->step_count ? contrast_of(&row->steps->value, sizeof *row->steps, row->step_count) : (Contrast){0};
}

static Estimate point_estimate(const FigurePoint *point) {
  return (Estimate){point->value, point->low, point->high, point->n};
}

Trend trend_of(const MetricValue *value) {
  enum { MOST = 400 };
  double values[MOST];
  uint32_t count = value->trend_count < MOST ? value->trend_count : MOST;
  if (count < 2) return TREND_NONE;
  const FigurePoint *points = value->trend + (value->trend_count - count);
  bool sure = count == 2 && estimates_differ(point_estimate(&points[0]), point_estimate(&points[1]));
  double slope = points[count - 1].value - points[0].value;
  if (count > 2) {
    for (uint32_t i = 0; i < count; i++) values[i] = points[i].value;
    Estimate trend = estimate_trend(values, count, USUAL_CONFIDENCE);
    sure = estimate_differs_from(trend, 0);
    slope = trend.value;
  }
  return !sure ? TREND_UNCLEAR : slope > 0 ? TREND_RISING : TREND_FALLING;
}

uint32_t odd_period(const MetricValue *value) {
  uint32_t odd = NONE;
  double farthest = 0;
  if (value->trend_count < 3 || !value->has_interval) return NONE;
  double usual = normal_quantile((1 + USUAL_CONFIDENCE) / 2);
  double wider = normal_quantile(1 - (1 - USUAL_CONFIDENCE) / 2 / value->trend_count) / usual;
  Estimate whole = estimate_of(value);
  for (uint32_t i = 0; i < value->trend_count; i++) {
    Estimate point = point_estimate(&value->trend[i]);
    double distance = fabs(point.value - whole.value);
    point.low = point.value - (point.value - point.low) * wider;
    point.high = point.value + (point.high - point.value) * wider;
    if (!estimates_differ(point, whole) || distance <= farthest) continue;
    farthest = distance;
    odd = i;
  }
  return odd;
}
