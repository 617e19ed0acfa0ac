#include "plan/priority.h"

const char *const priority_words[] = {"rice", "ice", "ice-product", "impact-effort", "opportunity-score", NULL};

static const struct {
  const char *title, *formula;
  bool needs[NUMBER_COUNT];
} rows[PRIORITY_COUNT] = {
    {"RICE",
     "reach × impact × confidence ÷ effort",
     {[NUMBER_REACH] = 1, [NUMBER_IMPACT] = 1, [NUMBER_CONFIDENCE] = 1, [NUMBER_EFFORT] = 1}},
    {"ICE", "mean of impact, confidence and ease", {[NUMBER_IMPACT] = 1, [NUMBER_CONFIDENCE] = 1, [NUMBER_EFFORT] = 1}},
    {"ICE as a product",
     "impact × confidence × ease",
     {[NUMBER_IMPACT] = 1, [NUMBER_CONFIDENCE] = 1, [NUMBER_EFFORT] = 1}},
    {"impact and effort", "impact ÷ effort", {[NUMBER_IMPACT] = 1, [NUMBER_EFFORT] = 1}},
    {"opportunity score",
     "importance + what satisfaction lacks of it",
     {[NUMBER_IMPORTANCE] = 1, [NUMBER_SATISFACTION] = 1}},
};

const char *priority_title(Priority by) { return rows[by].title; }
const char *priority_formula(Priority by) { return rows[by].formula; }

const char *priority_number_word(PriorityNumber number) {
  static const char *const words[] = {"reach", "impact", "confidence", "effort", "importance", "satisfaction"};
  return words[number];
}

bool priority_score(Priority by, const PriorityNumbers *numbers, double *score) {
  for (int i = 0; i < NUMBER_COUNT; i++)
    if (rows[by].needs[i] && !numbers->has[i]) return false;
  const double *n = numbers->of;
  double impact = n[NUMBER_IMPACT], confidence = n[NUMBER_CONFIDENCE], effort = n[NUMBER_EFFORT], ease = 10 - effort;
  double divisor = effort < PRIORITY_LEAST_EFFORT ? PRIORITY_LEAST_EFFORT : effort;
  double lacks = n[NUMBER_IMPORTANCE] - n[NUMBER_SATISFACTION];
  switch (by) {
    case PRIORITY_RICE: *score = n[NUMBER_REACH] * impact * confidence / divisor; break;
    case PRIORITY_ICE: *score = (impact + 10 * confidence + ease) / 3; break;
    case PRIORITY_ICE_PRODUCT: *score = impact * 10 * confidence * ease; break;
    case PRIORITY_IMPACT_EFFORT: *score = impact / divisor; break;
    case PRIORITY_OPPORTUNITY_SCORE: *score = n[NUMBER_IMPORTANCE] + (lacks > 0 ? lacks : 0); break;
    case PRIORITY_COUNT: return false;
  }
  return true;
}

void priority_missing(Priority by, const PriorityNumbers *numbers, Buf *to) {
  int left = 0;
  for (int i = 0; i < NUMBER_COUNT; i++) left += rows[by].needs[i] && !numbers->has[i];
  for (int i = 0, said = 0; i < NUMBER_COUNT; i++) {
    if (!rows[by].needs[i] || numbers->has[i]) continue;
    left--;
    buf_printf(to, "%sno %s", said++ == 0 ? "" : left == 0 ? " and " : ", ", priority_number_word((PriorityNumber)i));
  }
}

Quadrant priority_quadrant(const PriorityNumbers *numbers) {
  if (!numbers->has[NUMBER_IMPACT] || !numbers->has[NUMBER_EFFORT]) return QUADRANT_NONE;
  bool high = numbers->of[NUMBER_IMPACT] > QUADRANT_MIDDLE, low = numbers->of[NUMBER_EFFORT] < QUADRANT_MIDDLE;
  return high ? (low ? QUADRANT_EASY_WIN : QUADRANT_BIG_BET) : low ? QUADRANT_FILL_IN : QUADRANT_THINK_TWICE;
}

const char *quadrant_title(Quadrant quadrant) {
  static const char *const titles[] = {"", "Easy win", "Big bet", "Fill-in", "Think twice"};
  return titles[quadrant];
}
