/* Days and the calendar: there and back for every day of 900 years, and days over the end of a month. */
#include "base/calendar.h"

#include "check.h"

static bool is_day(int32_t days, int year, int month, int day) {
  CalendarDay got = calendar_day(days);
  return got.year == year && got.month == month && got.day == day &&
         calendar_days((CalendarDay){year, month, day}) == days;
}

int main(void) {
  CHECK(is_day(0, 1970, 1, 1));
  CHECK(is_day(-1, 1969, 12, 31));
  CHECK(is_day(11016, 2000, 2, 29));
  CHECK(is_day(11017, 2000, 3, 1));
  CHECK(is_day(20779, 2026, 11, 22));
  CHECK(is_day(-719528, 0, 1, 1));
  CHECK(is_day(2932896, 9999, 12, 31));
  CHECK(calendar_days((CalendarDay){2027, 2, 31}) == calendar_days((CalendarDay){2027, 3, 3}));
  int32_t wrong = 0;
  CalendarDay before = calendar_day(-160001);
  for (int32_t days = -160000; days < 170000; days++) {
    CalendarDay day = calendar_day(days);
    bool next = day.day == before.day + 1 ? day.month == before.month && day.year == before.year
                                          : day.day == 1 && before.day >= 28 && day.month == before.month % 12 + 1;
    wrong += !next || calendar_days(day) != days;
    before = day;
  }
  CHECK(wrong == 0);
  return CHECK_DONE();
}
