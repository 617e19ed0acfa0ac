#include "observe/times.h"

#include <math.h>

static void swap(float *a, float *b) {
  float held = *a;
  *a = *b;
  *b = held;
}

/* So that the k-th smallest stands at k, none larger in front of it, none smaller behind. (Hoare's quickselect) */
static void select_kth(float *at, size_t count, size_t k) {
  size_t low = 0, high = count - 1;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (at[middle] < at[low]) swap(&at[middle], &at[low]);
    if (at[high] < at[low]) swap(&at[high], &at[low]);
    if (at[high] < at[middle]) swap(&at[high], &at[middle]);
    float pivot = at[middle];
    size_t i = low, j = high;
    while (true) {
      while (at[i] < pivot) i++;
      while (pivot < at[j]) j--;
      if (i >= j) break;
      swap(&at[i++], &at[j--]);
    }
    /* at[low … j] <= pivot <= at[j + 1 … high] */
    if (i == j && k == i) return;
    if (k <= j) high = j;
    else low = j + 1;
  }
}

static double quantile(float *at, size_t count, double p) {
  double place = (double)(count - 1) * p;
  size_t k = (size_t)place;
  select_kth(at, count, k);
  if (k + 1 >= count) return at[k];
  float next = at[k + 1];
  for (size_t i = k + 2; i < count; i++)
    if (at[i] < next) next = at[i];
  return at[k] + (place - (double)k) * ((double)next - at[k]);
}

Times times_of(float *seconds, size_t count) {
  if (count == 0) return (Times){NAN, NAN, 0};
  double median = quantile(seconds, count, 0.5);
  return (Times){median, quantile(seconds, count, 0.9), count};
}
