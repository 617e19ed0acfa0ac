/* Days since 1970-01-01 and the calendar: Howard Hinnant's days_from_civil and civil_from_days. */
#ifndef JOURNEY_BASE_CALENDAR_H
#define JOURNEY_BASE_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

typedef struct {
  int year, month, day; /* month and day from 1 */
} CalendarDay;

CalendarDay calendar_day(int32_t days);
/* `day` may run over the month's end, into the next. */
int32_t calendar_days(CalendarDay day);

#endif
