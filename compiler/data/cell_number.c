/* Numbers as people write them into tables. */
#include <math.h>
#include <stdlib.h>

#include "data/table.h"

enum { MOST_CHARACTERS = 64 /* a longer number is none */, EXACT_DIGITS = 15 };

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool digit_at(Str text, size_t at) { return at < text.len && is_digit(text.at[at]); }

static size_t digits_from(Str text, size_t at) {
  size_t end = at;
  while (digit_at(text, end)) end++;
  return end - at;
}

/* ---- plain numbers: most of them, fast ---- */

/* Digits with at most one point, and nothing else. */
static bool plain_number(Str text, char decimal, double *number) {
  static const double powers[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  size_t at = text.len > 0 && text.at[0] == '-', first = at, behind = 0;
  uint64_t value = 0;
  if (text.len - first > EXACT_DIGITS || !digit_at(text, first)) return false;
  for (; at < text.len; at++) {
    char c = text.at[at];
    if (is_digit(c)) value = value * 10 + (uint64_t)(c - '0');
    else if (c == decimal && behind == 0 && at + 1 < text.len) behind = at + 1;
    else return false;
  }
  /* Both are exact, so that the quotient is the nearest number there is. */
  *number = behind > 0 ? (double)value / powers[text.len - behind] : (double)value;
  if (first > 0) *number = -*number;
  return true;
}

/* ---- all others ---- */

typedef struct {
  char digits[MOST_CHARACTERS + 8]; /* as strtod reads them */
  size_t len;
  bool too_long;
} Digits;

static void put(Digits *to, char c) {
  to->too_long = to->too_long || to->len == MOST_CHARACTERS;
  if (!to->too_long) to->digits[to->len++] = c;
}

static size_t put_digits(Digits *to, Str text, size_t at) {
  for (; digit_at(text, at); at++) put(to, text.at[at]);
  return at;
}

/* The length of what stands between groups of digits at `at`, with `*sign` as its kind: '.', ',', '\'' or ' '. */
static size_t separator_at(Str text, size_t at, char *sign) {
  if (at >= text.len) return 0;
  *sign = text.at[at];
  if (strchr(".,' ", *sign) && *sign != 0) return 1;
  Str rest = str_slice(text, at, text.len);
  bool no_break = str_starts(rest, STR("\xC2\xA0")), narrow = str_starts(rest, STR("\xE2\x80\xAF"));
  bool apostrophe = str_starts(rest, STR("\xE2\x80\x99"));
  *sign = apostrophe ? '\'' : ' ';
  return no_break ? 2 : narrow || apostrophe ? 3 : 0;
}

/* What follows the first digits as groups of three (but for the last also of two: India), all divided by the same sign.
 * Returns where they end; `at` where there are none. */
static size_t groups_from(Str text, size_t at, char *sign, size_t *count) {
  size_t end = at;
  for (*count = 0;; ++*count) {
    char next, after;
    size_t length = separator_at(text, end, &next);
    if (length == 0 || (*count > 0 && next != *sign)) return end;
    size_t digits = digits_from(text, end + length), behind = end + length + digits;
    bool of_two = digits == 2 && separator_at(text, behind, &after) > 0 && after == next && digit_at(text, behind + 1);
    if (digits != 3 && !of_two) return end;
    *sign = next;
    end = behind;
  }
}

/* Whether a sign with groups behind it divides groups, where it could as well be the decimal sign. */
static bool divides_groups(Str text, size_t begin, size_t end, char sign, size_t count, char decimal) {
  size_t first = digits_from(text, begin);
  if (count == 0 || first > 3) return false;
  if (sign == ' ' || sign == '\'' || count > 1) return true;
  bool point_follows = end < text.len && (text.at[end] == '.' || text.at[end] == ',') && digit_at(text, end + 1);
  if (point_follows && text.at[end] != sign) return true;
  return sign != decimal && !(first == 1 && text.at[begin] == '0');
}

static size_t put_groups(Digits *to, Str text, size_t at, size_t end) {
  for (; at < end; at++)
    if (is_digit(text.at[at])) put(to, text.at[at]);
  return end;
}

static size_t put_exponent(Digits *to, Str text, size_t at) {
  if (at >= text.len || (text.at[at] != 'e' && text.at[at] != 'E')) return at;
  size_t digits = at + 1;
  if (digits < text.len && (text.at[digits] == '-' || text.at[digits] == '+')) digits++;
  if (!digit_at(text, digits)) return at;
  for (; at < digits; at++) put(to, text.at[at]);
  return put_digits(to, text, at);
}

/* Whether a number may end in front of `at`: 8/10, 9 - likely, 9-likely, 12 %, 5 stars, 7分; not 2026-03-01, 2026年3月,
 * 12:30, 3rd, 555 1234. */
static bool may_end(Str text, size_t at) {
  if (at == text.len) return true;
  char c = text.at[at];
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || is_digit(c)) return false;
  if (c == ' ') return !digit_at(text, at + 1);
  if (str_starts(str_slice(text, at, text.len), STR("年"))) return !digit_at(text, at + strlen("年"));
  if (c == '/') {
    size_t end = at + 1 + digits_from(text, at + 1);
    return end > at + 1 && (end == text.len || strchr(" (,;", text.at[end]));
  }
  return !strchr("-:.,", c) || !digit_at(text, at + 1);
}

/* Past a sign of a currency, and the sign of the number. */
static size_t lead(Str text, bool *negative) {
  static const char *const skipped[] = {"$", "€", "£", "¥", "￥", " ", "\xC2\xA0", "+"};
  size_t at = 0;
  for (bool more = true; more && at < text.len;) {
    Str rest = str_slice(text, at, text.len);
    more = false;
    for (size_t i = 0; i < sizeof skipped / sizeof *skipped && !more; i++) {
      more = str_starts(rest, str_of(skipped[i]));
      if (more) at += strlen(skipped[i]);
    }
    bool minus = str_starts(rest, STR("-")), sign = str_starts(rest, STR("\xE2\x88\x92"));
    if (more || *negative || !(minus || sign)) continue;
    at += minus ? 1 : 3;
    *negative = more = true;
  }
  return at;
}

static bool any_number(Str text, char decimal, double *number) {
  Digits digits = {0};
  bool negative = false;
  size_t at = lead(text, &negative), begin = at, count = 0;
  char sign = 0;
  bool bare_point = at < text.len && text.at[at] == decimal && digit_at(text, at + 1); /* .5 */
  if (!digit_at(text, at) && !bare_point) return false;
  at = put_digits(&digits, text, at);
  size_t end = groups_from(text, at, &sign, &count);
  if (divides_groups(text, begin, end, sign, count, decimal)) at = put_groups(&digits, text, at, end);
  bool point = at < text.len && (text.at[at] == '.' || text.at[at] == ',') && digit_at(text, at + 1);
  if (point) {
    put(&digits, '.');
    at = put_digits(&digits, text, at + 1);
  }
  at = put_exponent(&digits, text, at);
  if (digits.too_long || !may_end(text, at)) return false;
  digits.digits[digits.len] = 0;
  double value = strtod(digits.digits, NULL);
  *number = negative ? -value : value;
  return isfinite(value);
}

bool cell_number(const TableDialect *dialect, Str cell, double *number) {
  char decimal = dialect->decimal == ',' ? ',' : '.';
  return plain_number(cell, decimal, number) || any_number(str_trim(cell), decimal, number);
}
