#include "view/words.h"

#include <math.h>

/* Howard Hinnant's civil_from_days. */
Str words_date(int32_t days, Arena *arena) {
  static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  int64_t z = (int64_t)days + 719468, era = (z >= 0 ? z : z - 146096) / 146097, day_of_era = z - era * 146097;
  int64_t year = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int64_t day_of_year = day_of_era - (365 * year + year / 4 - year / 100), month = (5 * day_of_year + 2) / 153;
  int64_t day = day_of_year - (153 * month + 2) / 5 + 1;
  month = month < 10 ? month + 2 : month - 10;
  return arena_format(arena, "%d %s %d", (int)day, months[month], (int)(year + era * 400 + (month < 2)));
}

Str words_duration(double minutes, Arena *arena) {
  static const struct {
    double minutes;
    const char *one, *many;
  } units[] = {{525600, "year", "years"}, {43200, "month", "months"}, {43800, "month", "months"}, {10080, "week", "weeks"},
               {1440, "day", "days"},     {60, "hour", "hours"},      {1, "min", "min"}};
  size_t best = sizeof units / sizeof *units - 1;
  for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
    double count = minutes / units[i].minutes;
    if (count < 1 || fabs(count * 2 - round(count * 2)) > 1e-6) continue;
    best = i;
    break;
  }
  double count = minutes / units[best].minutes;
  Buf words = {0};
  buf_number(&words, count, 1);
  buf_printf(&words, " %s", fabs(count - 1) < 1e-9 ? units[best].one : units[best].many);
  return buf_take(&words, arena);
}

Str words_quantity(const Unit *unit, const Value *value, Arena *arena) {
  if (value->type == V_DURATION) return words_duration(value->number, arena);
  if (value->type == V_MONEY) return unit_raw(unit, value);
  Buf words = {0};
  double number = value->type == V_SHARE ? value->number * 100 : value->number;
  if (number < 0) buf_add_c(&words, "\xE2\x88\x92");
  buf_number(&words, fabs(number), 2);
  if (value->type == V_SHARE) buf_add_byte(&words, '%');
  return buf_take(&words, arena);
}
