/* What the data bear: whether numbers can be told from each other, or a trend from chance. */
#ifndef JOURNEY_METRIC_CONTRAST_H
#define JOURNEY_METRIC_CONTRAST_H

#include "metric/metric.h"

/* The largest and the smallest of some places. */
typedef struct {
  bool exists;        /* two of them at least have an interval and are alike */
  uint32_t high, low; /* their indices */
  bool differ;        /* the difference of both is more than chance, at 95% */
} Contrast;

/* Of the stages; of the steps (indices into row->steps). */
Contrast contrast_of_stages(const MetricRow *row, uint32_t stage_count);
Contrast contrast_of_steps(const MetricRow *row);

typedef enum { TREND_NONE, TREND_UNCLEAR, TREND_RISING, TREND_FALLING } Trend;
/* By the least squares line through its periods; of two, by their intervals. TREND_NONE: there are fewer. */
Trend trend_of(const MetricValue *value);
/* The period that differs most from the whole, where it does so by more than chance: at 95% for all periods together
 * (Bonferroni). NONE: there is none. */
uint32_t odd_period(const MetricValue *value);

#endif
