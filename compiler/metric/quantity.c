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

static void add_quantity(Buf *to, Quantity quantity, int decimals) {
  bool letters = quantity.currency.len == 3 && (unsigned char)quantity.currency.at[0] < 0x80;
  switch (quantity.kind) {
    case V_SHARE:
      buf_number(to, quantity.number * 100, decimals < 1 ? decimals : 1);
      buf_add_byte(to, '%');
      break;
    case V_DURATION: add_duration(to, quantity.number); break;
    case V_MONEY:
      if (!letters) buf_add(to, quantity.currency);
      buf_number(to, quantity.number, decimals);
      if (letters) buf_printf(to, " " STR_FMT, STR_ARG(quantity.currency));
      break;
    default: buf_number(to, quantity.number, decimals);
  }
}

Str quantity_text(Quantity quantity, Arena *arena) {
  Buf out = {0};
  add_quantity(&out, quantity, 2);
  return buf_take(&out, arena);
}

/* A margin of 25.07 speaks of nothing behind the point. */
static int decimals_for(Quantity quantity, double margin) {
  double shown = quantity.kind == V_SHARE ? margin * 100 : margin;
  return shown >= 10 ? 0 : shown >= 1 ? 1 : 2;
}

Str quantity_text_within(Quantity quantity, double low, double high, Arena *arena) {
  if (!(low <= high)) return quantity_text(quantity, arena);
  Buf out = {0};
  double below = quantity.number - low, above = high - quantity.number;
  int decimals = decimals_for(quantity, (high - low) / 2);
  Quantity margin = quantity;
  add_quantity(&out, quantity, decimals);
  if (fabs(above - below) <= 0.02 * (high - low)) {
    margin.number = (high - low) / 2;
    buf_add_c(&out, " \u00b1 ");
    add_quantity(&out, margin, decimals);
    return buf_take(&out, arena);
  }
  buf_add_c(&out, " (");
  margin.number = low;
  add_quantity(&out, margin, decimals);
  buf_add_c(&out, " to ");
  margin.number = high;
  add_quantity(&out, margin, decimals);
  buf_add_byte(&out, ')');
  return buf_take(&out, arena);
}
