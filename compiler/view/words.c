#include "view/words.h"

#include <math.h>

#include "base/calendar.h"

Str words_date(int32_t days, Arena *arena) {
  static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  CalendarDay day = calendar_day(days);
  return arena_format(arena, "%d %s %d", day.day, months[day.month - 1], day.year);
}

Str words_days(int32_t first, int32_t last, Arena *arena) {
  Str from = words_date(first, arena), to = words_date(last, arena);
  if (first == last) return to;
  while (calendar_day(first).year == calendar_day(last).year && from.at[from.len - 1] != ' ') from.len--;
  from = str_trim(from);
  return arena_format(arena, STR_FMT " to " STR_FMT, STR_ARG(from), STR_ARG(to));
}

static size_t number_length(Str text) {
  size_t len = 0;
  while (len < text.len && ((text.at[len] >= '0' && text.at[len] <= '9') || text.at[len] == '.' || text.at[len] == '-'))
    len++;
  return len;
}

static void add_unit(Buf *words, Str number, Str unit) {
  static const struct {
    const char *unit, *word;
  } units[] = {{"s", "second"}, {"h", "hour"}, {"d", "day"}, {"w", "week"}, {"mo", "month"}, {"y", "year"}};
  for (size_t i = 0; i < sizeof units / sizeof *units; i++)
    if (str_is_c(unit, units[i].unit)) {
      buf_printf(words, " %s%s", units[i].word, str_is(number, STR("1")) ? "" : "s");
      return;
    }
  buf_printf(words, " " STR_FMT, STR_ARG(unit));
}

Str words_duration(Str written, Arena *arena) {
  Buf words = {0};
  while (written.len) {
    size_t len = number_length(written), end = len;
    while (end < written.len && number_length(str_slice(written, end, written.len)) == 0) end++;
    if (words.len) buf_add_byte(&words, ' ');
    buf_add(&words, str_slice(written, 0, len));
    add_unit(&words, str_slice(written, 0, len), str_slice(written, len, end));
    written = str_slice(written, end, written.len);
  }
  return buf_take(&words, arena);
}

Str words_minutes(double minutes, Arena *arena) {
  double number = minutes < 90 ? minutes : minutes < 48 * 60 ? minutes / 60 : minutes / 1440;
  const char *unit = minutes < 90 ? "min" : minutes < 48 * 60 ? "hours" : "days";
  Buf words = {0};
  buf_number(&words, number, minutes >= 90 && number < 10 ? 1 : 0);
  buf_printf(&words, " %s", unit);
  return buf_take(&words, arena);
}

Str words_clock(double minutes, Arena *arena) {
  int of_day = (int)lround(fmod(minutes, 1440)) % 1440;
  return arena_format(arena, "%02d:%02d", of_day / 60, of_day % 60);
}

Str words_span(double minutes, Arena *arena) {
  int whole = (int)lround(minutes), hours = whole / 60;
  if (hours == 0) return arena_format(arena, "%d min", whole);
  if (whole % 60 == 0) return arena_format(arena, "%d h", hours);
  return arena_format(arena, "%d h %d min", hours, whole % 60);
}

Str words_quantity(const Unit *unit, const Value *value, Arena *arena) {
  if (value->type == V_DURATION) return words_duration(unit_raw(unit, value), arena);
  if (value->type == V_MONEY) return unit_raw(unit, value);
  Buf words = {0};
  double number = value->type == V_SHARE ? value->number * 100 : value->number;
  if (number < 0) buf_add_c(&words, "\xE2\x88\x92");
  buf_number(&words, fabs(number), 2);
  if (value->type == V_SHARE) buf_add_byte(&words, '%');
  return buf_take(&words, arena);
}

Str words_lower_first(Str text, Arena *arena) {
  if (text.len < 2 || text.at[0] < 'A' || text.at[0] > 'Z' || (text.at[1] >= 'A' && text.at[1] <= 'Z')) return text;
  return arena_format(arena, "%c" STR_FMT, text.at[0] | 32, STR_ARG(str_slice(text, 1, text.len)));
}
