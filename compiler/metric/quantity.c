#include "metric/quantity.h"

#include <math.h>

/* The sign or the letters of an amount of money: what is left without the number. */
static Str currency_of(Str raw) {
  size_t start = 0, end = raw.len;
  while (start < end && strchr("+-0123456789.", raw.at[start])) start++;
  while (end > start && strchr("0123456789.", raw.at[end - 1])) end--;
  bool thousands = end - start > 1 && strchr("kKmM", raw.at[start]) && (unsigned char)raw.at[start + 1] >= 0x80;
  if (thousands || (end - start == 4 && strchr("kKmM", raw.at[start]))) start++;
  if (end - start > 1 && (unsigned char)raw.at[start] >= 0x80 && strchr("kKmM", raw.at[end - 1])) end--;
  while (end > start && strchr("0123456789.", raw.at[end - 1])) end--;
  return str_slice(raw, start, end);
}

Quantity quantity_of(const Unit *unit, const Value *value) {
  Quantity quantity = {.kind = (ValueType)value->type, .number = value->number};
  if (value->type == V_MONEY) quantity.currency = currency_of(unit_raw(unit, value));
  return quantity;
}

ValueType quantity_kind_of_unit(Str unit) {
  if (str_is_c(unit, "share") || str_is_c(unit, "percent") || str_is_c(unit, "%")) return V_SHARE;
  if (str_is_c(unit, "time") || str_is_c(unit, "minutes") || str_is_c(unit, "duration")) return V_DURATION;
  return V_NUMBER;
}

bool quantity_is_like(Quantity a, Quantity b) { return a.kind == b.kind && str_is(a.currency, b.currency); }

/* ---- as people write it ---- */

static void add_duration(Buf *to, double minutes) {
  static const struct {
    double minutes;
    const char *unit;
  } units[] = {{1440, "d"}, {60, "h"}, {1, "min"}};
  double rest = round(fabs(minutes));
  if (minutes < 0 && rest > 0) buf_add(to, STR("\u2212"));
  int parts = 0;
  for (size_t i = 0; i < 3 && parts < 2; i++) {
    double count = floor(rest / units[i].minutes);
    rest -= count * units[i].minutes;
    if (count == 0) continue;
    buf_printf(to, "%s%.0f%s", parts++ ? " " : "", count, units[i].unit);
  }
  if (!parts) buf_add(to, STR("0min"));
}

Str quantity_text(Quantity quantity, Arena *arena) {
  Buf out = {0};
  bool letters = quantity.currency.len == 3 && (unsigned char)quantity.currency.at[0] < 0x80;
  switch (quantity.kind) {
    case V_SHARE:
      buf_number(&out, quantity.number * 100, 1);
      buf_add_byte(&out, '%');
      break;
    case V_DURATION: add_duration(&out, quantity.number); break;
    case V_MONEY:
      if (!letters) buf_add(&out, quantity.currency);
      buf_number(&out, quantity.number, 2);
      if (letters) buf_printf(&out, " " STR_FMT, STR_ARG(quantity.currency));
      break;
    default: buf_number(&out, quantity.number, 2);
  }
  return buf_take(&out, arena);
}

/* ---- with a margin ---- */

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

Str quantity_text_within(Quantity value, double low, double high, Arena *arena) {
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
