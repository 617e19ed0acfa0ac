#include "view/figure_words.h"

#include <math.h>
#include <stdio.h>

typedef struct {
  double by;                /* numbers are shown divided by it */
  Str before, behind, each; /* each: behind every number, as the % */
  bool whole;               /* without a margin it needs no decimals */
} Scale;

static Scale scale_of(Quantity value, Arena *arena) {
  double size = fabs(value.number);
  bool letters = value.currency.len == 3 && (unsigned char)value.currency.at[0] < 0x80;
  switch (value.kind) {
    case V_SHARE: return (Scale){0.01, STR(""), STR(""), STR("%"), false};
    case V_DURATION:
      if (size < 90) return (Scale){1, STR(""), STR(" min"), STR(""), true};
      if (size < 48 * 60) return (Scale){60, STR(""), STR(" hours"), STR(""), false};
      return (Scale){1440, STR(""), STR(" days"), STR(""), false};
    case V_MONEY:
      if (!letters) return (Scale){1, value.currency, STR(""), STR(""), false};
      return (Scale){1, STR(""), arena_format(arena, " " STR_FMT, STR_ARG(value.currency)), STR(""), false};
    default: return (Scale){1, STR(""), STR(""), STR(""), false};
  }
}

#define ALIKE 0.1 /* arms that differ by less, as a share of the larger one, are the same to a reader */

/* Rounded to a place: 2 behind the point, −1 to tens. */
static double rounded(double number, int place) {
  double ten = pow(10, place);
  return round(number * ten) / ten;
}

static void add_number(Buf *to, double number, int place) {
  double at = rounded(number, place);
  if (at < 0) buf_add_c(to, "\u2212");
  buf_printf(to, "%.*f", place > 0 ? place : 0, fabs(at));
}

/* The last place that the margin supports. */
static int place_of(double margin) {
  enum { MOST = 6 };
  double power = floor(log10(margin));
  int place = (int)-power + (margin / pow(10, power) < 3);
  return place > MOST ? MOST : place < -MOST ? -MOST : place;
}

static void add_alone(Buf *to, const Scale *scale, double value) {
  buf_add(to, scale->before);
  if (value < 0) buf_add_c(to, "\u2212");
  buf_number(to, fabs(value), scale->whole ? 0 : scale->each.len ? 1 : 2);
  buf_add(to, scale->each);
  buf_add(to, scale->behind);
}

Str figure_words(Quantity value, double low, double high, Arena *arena) {
  Scale scale = scale_of(value, arena);
  double at = value.number / scale.by, up = high / scale.by - at, down = at - low / scale.by;
  double margin = fmax(up, down);
  Buf to = {0};
  if (!isfinite(up) || !isfinite(down) || margin <= 0) {
    add_alone(&to, &scale, at);
    return buf_take(&to, arena);
  }
  int place = place_of(margin);
  buf_add(&to, scale.before);
  add_number(&to, at, place);
  if (rounded(up, place) == rounded(down, place) || fabs(up - down) < margin * ALIKE) {
    buf_add_c(&to, " \u00B1 ");
    add_number(&to, margin, place);
    buf_add(&to, scale.each);
    buf_add(&to, scale.behind);
    return buf_take(&to, arena);
  }
  buf_add(&to, scale.each);
  buf_add(&to, scale.behind);
  buf_add_c(&to, " (");
  add_number(&to, low / scale.by, place);
  buf_add_c(&to, " to ");
  add_number(&to, high / scale.by, place);
  buf_add(&to, scale.each);
  buf_add_byte(&to, ')');
  return buf_take(&to, arena);
}

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
