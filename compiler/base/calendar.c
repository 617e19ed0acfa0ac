#include "base/calendar.h"

CalendarDay calendar_day(int32_t days) {
  int64_t z = (int64_t)days + 719468, era = (z >= 0 ? z : z - 146096) / 146097, of_era = z - era * 146097;
  int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  int64_t of_year = of_era - (365 * year + year / 4 - year / 100), month = (5 * of_year + 2) / 153; /* from March */
  bool next_year = month >= 10;
  return (CalendarDay){.year = (int)(year + era * 400 + next_year),
                       .month = (int)(next_year ? month - 9 : month + 3),
                       .day = (int)(of_year - (153 * month + 2) / 5 + 1)};
}

int32_t calendar_days(CalendarDay day) {
  int year = day.year - (day.month <= 2), era = (year >= 0 ? year : year - 399) / 400, of_era = year - era * 400;
  int of_year = (153 * (day.month + (day.month > 2 ? -3 : 9)) + 2) / 5 + day.day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}
