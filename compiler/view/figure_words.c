#include "view/figure_words.h"

#include <math.h>
#include <stdio.h>

Str figure_number(uint64_t number, Arena *arena) {
  char digits[24];
  int len = snprintf(digits, sizeof digits, "%llu", (unsigned long long)number);
  Buf to = {0};
  for (int i = 0; i < len; i++) {
    if (len > 4 && i > 0 && (len - i) % 3 == 0) buf_add_byte(&to, ',');
    buf_add_byte(&to, digits[i]);
  }
  return buf_take(&to, arena);
}

Str figure_n(uint64_t n, Arena *arena) { return arena_format(arena, "n " STR_FMT, STR_ARG(figure_number(n, arena))); }

Str figure_spark(const ViewCount *count, uint32_t most, bool ascii, Arena *arena) {
  static const char *const signs[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"}, *const plain[] = {"_", ".", "-", "'"};
  const char *const *levels = ascii ? plain : signs;
  double low = INFINITY, high = -INFINITY, top = ascii ? 3 : 7;
  if (!count || count->trend_count < 2) return STR("");
  uint32_t from = count->trend_count > most ? count->trend_count - most : 0;
  for (uint32_t i = from; i < count->trend_count; i++)
    if (isfinite(count->trend[i].value))
      low = fmin(low, count->trend[i].value), high = fmax(high, count->trend[i].value);
  Buf to = {0};
  for (uint32_t i = from; i < count->trend_count; i++) {
    double value = count->trend[i].value;
    if (!isfinite(value)) buf_add_byte(&to, ' ');
    else buf_add_c(&to, levels[high > low ? lround((value - low) / (high - low) * top) : lround(top / 2)]);
  }
  buf_printf(&to, " " STR_FMT " to " STR_FMT, STR_ARG(count->trend[from].period),
             STR_ARG(count->trend[count->trend_count - 1].period));
  return buf_take(&to, arena);
}
