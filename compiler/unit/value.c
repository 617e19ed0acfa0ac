#include "unit/value.h"

#include <math.h>
#include <stdlib.h>

#include "base/calendar.h"

/* strtod on a copy: a value's bytes have no NUL behind them. Takes the number off the front of `*rest`. */
static double take_number(Str *rest) {
  char digits[64];
  size_t len = 0;
  Str minus = STR("\xE2\x88\x92"); /* U+2212, as word processors write it */
  bool negative = str_starts(*rest, minus);
  if (negative) *rest = str_slice(*rest, minus.len, rest->len);
  while (len < rest->len && len + 1 < sizeof digits && strchr("+-.0123456789", rest->at[len])) {
    if (rest->at[len] == '.' && len + 1 < rest->len && rest->at[len + 1] == '.') break; /* a range */
    if (len > 0 && strchr("+-", rest->at[len])) break;
    digits[len] = rest->at[len];
    len++;
  }
  digits[len] = 0;
  *rest = str_slice(*rest, len, rest->len);
  double number = strtod(digits, NULL);
  return negative ? -number : number;
}

/* Working days and weeks are not guessed at: a day is 24 hours, a month 30 days, a year 365. */
static double minutes_of(Str unit) {
  static const struct {
    const char *unit;
    double minutes;
  } units[] = {{"s", 1.0 / 60}, {"min", 1}, {"h", 60}, {"d", 1440}, {"w", 10080}, {"mo", 43200}, {"y", 525600}};
  for (size_t i = 0; i < sizeof units / sizeof *units; i++)
    if (str_is_c(unit, units[i].unit)) return units[i].minutes;
  return 0;
}

static double read_duration(Str text) {
  double minutes = 0;
  while (text.len > 0) {
    double number = take_number(&text);
    size_t len = 0;
    while (len < text.len && (text.at[len] < '0' || text.at[len] > '9')) len++;
    if (len == 0) break;
    minutes += number * minutes_of(str_slice(text, 0, len));
    text = str_slice(text, len, text.len);
  }
  return minutes;
}

bool value_duration(Str text, double *minutes) {
  static const char digits[] = "0123456789", numbers[] = ".0123456789";
  *minutes = 0;
  for (size_t at = 0; at < text.len;) {
    size_t from = at, unit;
    while (at < text.len && strchr(numbers, text.at[at])) at++;
    for (unit = at; at < text.len && !strchr(digits, text.at[at]);) at++;
    bool number = unit > from && text.at[from] != '.' && text.at[unit - 1] != '.';
    if (!number || minutes_of(str_slice(text, unit, at)) == 0) return false;
  }
  *minutes = read_duration(text);
  return text.len > 0;
}

static double read_money(Str text) {
  size_t from = 0;
  bool negative = str_starts(text, STR("-")) || str_starts(text, STR("\xE2\x88\x92"));
  while (from < text.len && !strchr("0123456789", text.at[from])) from++;
  text = str_slice(text, from, text.len);
  double amount = take_number(&text);
  bool letters = text.len == 3 && (unsigned char)text.at[2] < 0x80; /* the K of KRW is no thousand */
  if (letters || text.len == 0) return negative ? -amount : amount;
  if (strchr("kK", text.at[0])) amount *= 1e3;
  else if (strchr("mM", text.at[0])) amount *= 1e6;
  return negative ? -amount : amount;
}

bool value_date(Str text, double *days) {
  if (text.len != 10) return false;
  for (size_t i = 0; i < 10; i++)
    if (i == 4 || i == 7 ? text.at[i] != '-' : text.at[i] < '0' || text.at[i] > '9') return false;
  static const int lengths[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  int year = atoi(text.at), month = (text.at[5] - '0') * 10 + text.at[6] - '0';
  int day = (text.at[8] - '0') * 10 + text.at[9] - '0';
  bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  if (month < 1 || month > 12 || day < 1 || day > lengths[month - 1]) return false;
  if (month == 2 && day == 29 && !leap) return false;
  *days = calendar_days((CalendarDay){year, month, day});
  return true;
}

static ValueFit read_time(Str text, Value *value) {
  Str hours = str_cut(&text, ':');
  double hour = take_number(&hours), minute = take_number(&text);
  value->number = hour * 60 + minute;
  return hour > 23 || minute > 59 ? VALUE_OUT_OF_RANGE : VALUE_YES;
}

int value_choice(const ValueRule *rule, Str word) {
  for (int i = 0; rule->choices[i]; i++)
    if (str_is_c(word, rule->choices[i])) return i;
  return -1;
}

static ValueFit read_number(const ValueRule *rule, Str text, Value *value) {
  value->number = take_number(&text);
  return value->number < rule->min || value->number > rule->max ? VALUE_OUT_OF_RANGE : VALUE_YES;
}

static ValueFit read_share(Str text, Value *value) {
  value->type = V_SHARE;
  value->number = take_number(&text) / 100;
  return VALUE_YES;
}

static ValueFit read_quantity(NodeKind kind, Str text, Value *value) {
  switch (kind) {
    case NODE_NUMBER: value->type = V_NUMBER, value->number = take_number(&text); return VALUE_YES;
    case NODE_PERCENT: return read_share(text, value);
    case NODE_DURATION: value->type = V_DURATION, value->number = read_duration(text); return VALUE_YES;
    case NODE_MONEY: value->type = V_MONEY, value->number = read_money(text); return VALUE_YES;
    default: return VALUE_NO;
  }
}

static ValueFit read_range(Str text, Value *value) {
  value->range.min = (float)take_number(&text);
  text = str_slice(text, text.len < 2 ? text.len : 2, text.len);
  value->range.max = (float)take_number(&text);
  return value->range.min < value->range.max ? VALUE_YES : VALUE_OUT_OF_RANGE;
}

static ValueFit read_choice(const ValueRule *rule, Str text, Value *value) {
  int choice = value_choice(rule, text);
  if (choice < 0) return VALUE_NO;
  value->extra = (uint16_t)choice;
  return VALUE_YES;
}

static ValueFit read_code(Str text, Value *value) {
  DiagnosticCode code = DIAG_COUNT;
  diagnostic_find(text, &code);
  value->extra = (uint16_t)code;
  return VALUE_YES;
}

ValueFit value_read(const ValueRule *rule, NodeKind kind, Str text, Value *value) {
  bool name = kind == NODE_NAME;
  bool written = kind == NODE_STRING || kind == NODE_UNCLOSED_STRING || kind == NODE_TEXT_BLOCK;
  value->type = (uint8_t)(rule->type == V_REFS ? V_REF : rule->type);
  switch (rule->type) {
    case V_ID:
    case V_REF:
    case V_REFS: return name ? VALUE_YES : VALUE_NO;
    case V_CODE: return name ? read_code(text, value) : VALUE_NO;
    case V_TEXT:
    case V_PATH: return written ? VALUE_YES : VALUE_NO;
    case V_CHOICE: return name ? read_choice(rule, text, value) : VALUE_NO;
    case V_NUMBER: return kind == NODE_NUMBER ? read_number(rule, text, value) : VALUE_NO;
    case V_SHARE:
      if (kind != NODE_PERCENT) return VALUE_NO;
      read_share(text, value);
      return value->number < 0 || value->number > 1 ? VALUE_OUT_OF_RANGE : VALUE_YES;
    case V_DURATION:
    case V_MONEY: {
      bool fits = rule->type == V_DURATION ? kind == NODE_DURATION : kind == NODE_MONEY || kind == NODE_NUMBER;
      ValueFit fit = fits ? read_quantity(kind, text, value) : VALUE_NO;
      if (fit == VALUE_YES) value->type = (uint8_t)rule->type;
      return fit;
    }
    case V_QUANTITY: return read_quantity(kind, text, value);
    case V_DATE:
      if (kind != NODE_DATE) return VALUE_NO;
      return value_date(text, &value->number) ? VALUE_YES : VALUE_OUT_OF_RANGE;
    case V_TIME: return kind == NODE_TIME ? read_time(text, value) : VALUE_NO;
    case V_EMOTION:
      if (name) value->type = V_REF;
      else if (kind == NODE_NUMBER) value->number = take_number(&text);
      return name || kind == NODE_NUMBER ? VALUE_YES : VALUE_NO;
    case V_RANGE: return kind == NODE_RANGE ? read_range(text, value) : VALUE_NO;
    case V_OPERATOR: return kind == NODE_OPERATOR ? VALUE_YES : VALUE_NO;
    case V_COLOUR:
      if (kind != NODE_COLOUR) return VALUE_NO;
      return text.len == 4 || text.len == 7 ? VALUE_YES : VALUE_OUT_OF_RANGE;
    case V_NONE: break;
  }
  return VALUE_NO;
}

const char *value_operator(Str raw) {
  if (str_is(raw, STR("\u2265"))) return ">=";
  if (str_is(raw, STR("\u2264"))) return "<=";
  static const char *const all[] = {">=", "<=", ">", "<", "!="};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    if (str_is_c(raw, all[i])) return all[i];
  return "=";
}

static Str choice_words(const ValueRule *rule, Arena *arena) {
  Buf words = {0};
  for (int i = 0; rule->choices[i]; i++) {
    if (i > 0) buf_add_c(&words, rule->choices[i + 1] ? ", " : " or ");
    buf_printf(&words, "`%s`", rule->choices[i]);
  }
  return buf_take(&words, arena);
}

static Str with_article(const char *word, Arena *arena) {
  if (strcmp(word, "evidence") == 0) return STR("a piece of evidence");
  return arena_format(arena, "%s %s", strchr("aeio", word[0]) ? "an" : "a", word);
}

Str value_words(const ValueRule *rule, Arena *arena) {
  switch (rule->type) {
    case V_ID: return STR("a name of your choice");
    case V_TEXT: return STR("a text in quotes");
    case V_PATH: return STR("a file in quotes, such as \"people.journey\"");
    case V_REF: return arena_format(arena, "the name of %s", with_article(schema_target_words(rule->target), arena).at);
    case V_REFS:
      return arena_format(arena, "the name of %s, or several with commas",
                          with_article(schema_target_words(rule->target), arena).at);
    case V_CHOICE: return choice_words(rule, arena);
    case V_NUMBER:
      if (rule->max > 1000)
        return rule->min > 0 ? arena_format(arena, "a number of at least %g", rule->min) : STR("a number");
      return arena_format(arena, "a number from %g to %g", rule->min, rule->max);
    case V_SHARE: return STR("a percentage such as 38%");
    case V_DURATION: return STR("a duration such as 30min, 2h, 3d, 2w or 6mo");
    case V_MONEY:
      return STR("an amount of money such as \xE2\x82\xAC"
                 "40");
    case V_DATE: return STR("a date such as 2027-01-15");
    case V_TIME: return STR("a time such as 07:30");
    case V_EMOTION: return STR("a number on the map's scale such as -2, or a word such as `anxious`");
    case V_RANGE: return STR("a range such as 1..5");
    case V_QUANTITY: return STR("a number, a percentage, a duration or an amount of money");
    case V_OPERATOR: return STR("one of >=, <=, >, <, = and !=");
    case V_COLOUR: return STR("a colour such as #2b6cb0");
    case V_CODE: return STR("the code of a message, such as W0603");
    case V_NONE: break;
  }
  return STR("nothing");
}

const char *value_kind_words(NodeKind kind) {
  switch (kind) {
    case NODE_NAME: return "the word";
    case NODE_STRING:
    case NODE_UNCLOSED_STRING:
    case NODE_TEXT_BLOCK: return "the text";
    case NODE_NUMBER: return "the number";
    case NODE_PERCENT: return "the percentage";
    case NODE_DURATION: return "the duration";
    case NODE_MONEY: return "the amount";
    case NODE_DATE: return "the date";
    case NODE_TIME: return "the time";
    case NODE_RANGE: return "the range";
    case NODE_COLOUR: return "the colour";
    default: return "the sign";
  }
}
