/* Dates and moments as people and programs write them into tables. */
#include <math.h>

#include "base/calendar.h"
#include "data/cell.h"

enum { DAY_SECONDS = 86400 };

typedef struct {
  const char *at, *end;
} Reader;

typedef struct {
  DateKind kind;
  int year, month, day;
  int first, second; /* as written, of DATE_NUMBERS and DATE_DOTS */
  double seconds;    /* within the day; of DATE_SINCE_1970: all */
} Moment;

/* ---- words ---- */

static bool is_digit(char c) { return (unsigned char)(c - '0') < 10; }
static char peek(const Reader *r) { return r->at < r->end ? *r->at : 0; }

static bool take(Reader *r, char c) {
  bool taken = r->at < r->end && *r->at == c;
  r->at += taken;
  return taken;
}

static bool take_text(Reader *r, const char *text) {
  size_t len = strlen(text);
  bool taken = (size_t)(r->end - r->at) >= len && memcmp(r->at, text, len) == 0;
  if (taken) r->at += len;
  return taken;
}

static bool take_space(Reader *r) {
  const char *from = r->at;
  while (take(r, ' ') || take_text(r, "\xC2\xA0") || take_text(r, "\xE2\x80\xAF")) {
  }
  return r->at > from;
}

/* Up to `most` digits; returns how many. */
static int take_number(Reader *r, int most, int *number) {
  int digits = 0;
  *number = 0;
  for (; digits < most && is_digit(peek(r)); digits++) *number = *number * 10 + (*r->at++ - '0');
  return digits;
}

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }
static bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }

/* ---- days ---- */

static bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

static bool is_day(int year, int month, int day) {
  static const signed char lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12 || day < 1) return false;
  return day <= lengths[month - 1] + (month == 2 && is_leap(year));
}

static int full_year(int year, int digits) { return digits > 2 ? year : year + (year < 70 ? 2000 : 1900); }

/* ---- the time of the day ---- */

/* ".123456" or ",123"; far more digits than a double holds are passed over. */
static double fraction(Reader *r) {
  static const double powers[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
  if ((peek(r) != '.' && peek(r) != ',') || r->end - r->at < 2 || !is_digit(r->at[1])) return 0;
  r->at++;
  int value, digits = take_number(r, 9, &value);
  while (is_digit(peek(r))) r->at++;
  return value / powers[digits];
}

/* The names that survey tools write behind times of America and Europe. */
static bool take_zone_name(Reader *r, int *minutes) {
  static const struct {
    const char *name;
    int hours;
  } zones[] = {{"EST", -5}, {"EDT", -4}, {"CST", -6}, {"CDT", -5}, {"MST", -7}, {"MDT", -6}, {"PST", -8}, {"PDT", -7},
               {"CET", 1},  {"CEST", 2}, {"EET", 2},  {"EEST", 3}, {"WET", 0},  {"WEST", 1}, {"BST", 1}};
  for (size_t i = 0; i < sizeof zones / sizeof *zones; i++)
    if (take_text(r, zones[i].name)) {
      *minutes = zones[i].hours * 60;
      return true;
    }
  return false;
}

/* "Z", "+02:00", "-0530", "+2", "UTC", "GMT+1", "CEST"; minutes to subtract. */
static bool take_zone(Reader *r, int *minutes) {
  *minutes = 0;
  if (take(r, 'Z') || take(r, 'z') || take_zone_name(r, minutes)) return true;
  bool named = take_text(r, "UTC") || take_text(r, "GMT");
  bool west = peek(r) == '-';
  if (!west && peek(r) != '+') return named;
  r->at++;
  int hours, rest = 0, digits = take_number(r, 4, &hours);
  if (digits == 0) return false;
  if (digits > 2) {
    rest = hours % 100;
    hours /= 100;
  } else if (take(r, ':') && take_number(r, 2, &rest) != 2) return false;
  *minutes = (hours * 60 + rest) * (west ? -1 : 1);
  return hours <= 18 && rest < 60;
}

/* "am", "PM", "p. m." behind an hour of 1 to 12. */
static bool take_half(Reader *r, int *hour) {
  Reader at = *r;
  take_space(&at);
  char half = lower(peek(&at));
  if (half != 'a' && half != 'p') return true;
  at.at++;
  take(&at, '.');
  take_space(&at);
  if (lower(peek(&at)) != 'm') return true;
  at.at++;
  take(&at, '.');
  if (*hour < 1 || *hour > 12) return false;
  *hour = *hour % 12 + (half == 'p' ? 12 : 0);
  *r = at;
  return true;
}

/* "12:30", "12:30:59.123", "1230", "3:04:05 PM", each with a zone or not. */
static bool take_clock(Reader *r, double *seconds) {
  int hour, minute = 0, second = 0, digits = take_number(r, 6, &hour), zone = 0;
  if (digits == 4 || digits == 6) { /* 123059 */
    second = digits == 6 ? hour % 100 : 0;
    minute = hour / (digits == 6 ? 100 : 1) % 100;
    hour /= digits == 6 ? 10000 : 100;
  } else if (digits < 1 || digits > 2) return false;
  else if (take(r, ':')) {
    if (take_number(r, 2, &minute) != 2 || (take(r, ':') && take_number(r, 2, &second) != 2)) return false;
  } else if (peek(r) != ' ' && peek(r) != 'Z' && peek(r) != '+') return false; /* an hour alone: "12Z", "3 PM" */
  double part = fraction(r);
  if (!take_half(r, &hour)) return false;
  Reader zoned = *r;
  take_space(&zoned);
  if (take_zone(&zoned, &zone)) *r = zoned;
  *seconds = hour * 3600 + minute * 60 + second + part - zone * 60;
  return (hour < 24 || (hour == 24 && minute == 0 && second == 0)) && minute < 60 && second <= 60;
}

/* What may follow a date: nothing, or a time. */
static bool take_rest(Reader *r, Moment *m) {
  m->seconds = 0;
  take(r, ',');
  bool divided = take_space(r);
  if (r->at == r->end) return true;
  divided = take(r, 'T') || take(r, 't') || divided;
  return divided && take_clock(r, &m->seconds) && r->at == r->end;
}

/* ---- moments ---- */

/* 2026-03-01, 2026/3/1, 2026-03, 2026年3月1日; `year` of four digits is taken already. */
static bool year_first(Reader *r, Moment *m) {
  char sign = peek(r);
  m->kind = DATE_CLEAR;
  m->day = 1;
  if (take_text(r, "年")) {
    if (take_number(r, 2, &m->month) == 0 || !take_text(r, "月")) return false;
    if (is_digit(peek(r)) && (take_number(r, 2, &m->day) == 0 || !take_text(r, "日"))) return false;
    return take_rest(r, m);
  }
  if ((sign != '-' && sign != '/' && sign != '.') || !take(r, sign) || take_number(r, 2, &m->month) == 0) return false;
  if (take(r, sign) && take_number(r, 2, &m->day) == 0) return false;
  return take_rest(r, m);
}

static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";

static bool take_month(Reader *r, int *month) {
  if (r->end - r->at < 3) return false;
  char name[] = {lower(r->at[0]), lower(r->at[1]), lower(r->at[2])};
  for (*month = 1; *month <= 12; ++*month)
    if (memcmp(name, months + 3 * (*month - 1), sizeof name) == 0) break;
  if (*month > 12) return false;
  while (is_letter(peek(r))) r->at++;
  take(r, '.');
  return true;
}

static void take_divider(Reader *r) {
  if (!take_space(r) && !take(r, '-') && !take(r, '/')) take(r, ',');
  take_space(r);
}

/* Mar 15, 2026; Sun, 15 Mar 2026. */
static bool name_first(Reader *r, Moment *m) {
  static const char weekdays[] = "montuewedthufrisatsun";
  if (r->end - r->at < 3) return false;
  char name[] = {lower(r->at[0]), lower(r->at[1]), lower(r->at[2]), 0};
  const char *weekday = strstr(weekdays, name);
  if (weekday && (weekday - weekdays) % 3 == 0) {
    while (is_letter(peek(r))) r->at++;
    take_divider(r);
  }
  m->kind = DATE_CLEAR;
  bool by_name = is_letter(peek(r));
  if (by_name && !take_month(r, &m->month)) return false;
  take_divider(r);
  if (take_number(r, 2, &m->day) == 0) return false;
  take_divider(r);
  if (!by_name && !take_month(r, &m->month)) return false;
  take_divider(r);
  int digits = take_number(r, 4, &m->year);
  m->year = full_year(m->year, digits);
  return (digits == 2 || digits == 4) && take_rest(r, m);
}

/* 15 Mar 2026, 15-Mar-26; the day is taken already. */
static bool name_second(Reader *r, Moment *m) {
  m->kind = DATE_CLEAR;
  m->day = m->first;
  take_divider(r);
  if (!take_month(r, &m->month)) return false;
  take_divider(r);
  int digits = take_number(r, 4, &m->year);
  m->year = full_year(m->year, digits);
  return (digits == 2 || digits == 4) && take_rest(r, m);
}

/* 03/04/2026, 3.4.26, 26-03-04; the first number is taken already. */
static bool three_numbers(Reader *r, Moment *m, DateOrder order) {
  char sign = peek(r);
  if (sign != '/' && sign != '.' && sign != '-') return name_second(r, m);
  take(r, sign);
  if (is_letter(peek(r))) {
    r->at--;
    return name_second(r, m);
  }
  if (take_number(r, 2, &m->second) == 0 || !take(r, sign)) return false;
  int digits = take_number(r, 4, &m->year);
  m->kind = sign == '.' ? DATE_DOTS : DATE_NUMBERS;
  bool month_first = m->second > 12 || (order == DATES_MONTH_FIRST && m->first <= 12);
  m->day = month_first ? m->second : m->first;
  m->month = month_first ? m->first : m->second;
  if (order == DATES_YEAR_FIRST && digits == 2) {
    m->day = m->year;
    m->year = m->first;
    m->month = m->second;
  }
  m->year = full_year(m->year, digits);
  return (digits == 2 || digits == 4) && take_rest(r, m);
}

/* 20260301 with or without a time; or seconds, milliseconds or microseconds since 1970. */
static bool many_digits(Reader *r, Moment *m) {
  const char *from = r->at;
  double value = 0;
  while (is_digit(peek(r))) value = value * 10 + (*r->at++ - '0');
  long digits = r->at - from;
  if (digits == 8) {
    int number = (int)value;
    *m = (Moment){.kind = DATE_CLEAR, .year = number / 10000, .month = number / 100 % 100, .day = number % 100};
    return take_rest(r, m);
  }
  m->kind = DATE_SINCE_1970;
  value += fraction(r);
  m->seconds = digits <= 10 ? value : digits <= 13 ? value / 1e3 : value / 1e6;
  return r->at == r->end && (digits == 9 || digits == 10 || digits == 12 || digits == 13 || digits == 16);
}

static bool any_moment(Reader *r, DateOrder order, Moment *m) {
  *m = (Moment){0};
  Reader begin = *r;
  if (!is_digit(peek(r))) return name_first(r, m);
  int number, digits = take_number(r, 5, &number);
  if (digits == 5) {
    *r = begin;
    return many_digits(r, m);
  }
  m->year = m->first = number;
  return digits == 4 ? year_first(r, m) : digits < 3 && three_numbers(r, m, order);
}

static bool settle(const Moment *m, double *seconds) {
  *seconds = m->seconds;
  if (m->kind == DATE_SINCE_1970) return true;
  if (!is_day(m->year, m->month, m->day)) return false;
  *seconds += (double)calendar_days((CalendarDay){m->year, m->month, m->day}) * DAY_SECONDS;
  return true;
}

/* ---- ISO 8601, which most programs write: fast ---- */

/* Two digits at `at`, or over 99. */
static unsigned two(const char *at) {
  unsigned tens = (unsigned char)(at[0] - '0'), ones = (unsigned char)(at[1] - '0');
  return tens > 9 || ones > 9 ? 100 : tens * 10 + ones;
}

/* YYYY-MM-DD, or YYYY-MM-DDThh:mm:ss with a fraction and a zone, or with neither. */
static bool iso_moment(Str cell, double *seconds) {
  const char *at = cell.at;
  if (cell.len != 10 && cell.len < 19) return false;
  unsigned century = two(at), year = two(at + 2), month = two(at + 5), day = two(at + 8);
  if (century > 99 || year > 99 || at[4] != '-' || at[7] != '-') return false;
  if (!is_day((int)(century * 100 + year), (int)month, (int)day)) return false;
  *seconds = (double)calendar_days((CalendarDay){(int)(century * 100 + year), (int)month, (int)day}) * DAY_SECONDS;
  if (cell.len == 10) return true;
  unsigned hour = two(at + 11), minute = two(at + 14), second = two(at + 17);
  if ((at[10] != 'T' && at[10] != ' ') || at[13] != ':' || at[16] != ':') return false;
  if (hour > 23 || minute > 59 || second > 60) return false;
  *seconds += hour * 3600 + minute * 60 + second;
  Reader rest = {at + 19, at + cell.len};
  int zone = 0;
  *seconds += fraction(&rest);
  if (!take(&rest, 'Z') && rest.at < rest.end && !take_zone(&rest, &zone)) return false;
  *seconds -= zone * 60;
  return rest.at == rest.end;
}

bool cell_time(const TableDialect *dialect, Str cell, double *seconds) {
  Moment moment;
  if (iso_moment(cell, seconds)) return true;
  cell = str_trim(cell);
  Reader reader = {cell.at, cell.at + cell.len};
  return cell.len > 0 && any_moment(&reader, dialect->dates, &moment) && settle(&moment, seconds);
}

DateKind cell_date_kind(Str cell, int *first, int *second) {
  Moment moment;
  Reader reader = {cell.at, cell.at + cell.len};
  double seconds;
  if (cell.len == 0 || !any_moment(&reader, DATES_UNSAID, &moment) || !settle(&moment, &seconds)) return DATE_NONE;
  *first = moment.first;
  *second = moment.second;
  return moment.kind;
}
