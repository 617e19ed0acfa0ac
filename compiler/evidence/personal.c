#include "evidence/personal.h"

#include "evidence/fold.h"

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80; }
static bool is_of_name(char c) { return is_letter(c) || is_digit(c) || c == '.' || c == '_' || c == '-' || c == '+'; }
static bool is_of_host(char c) { return is_letter(c) || is_digit(c) || c == '.' || c == '-'; }

/* name@host.xx around the @ at `at`. */
static bool is_email(Str text, size_t at) {
  if (at == 0 || !is_of_name(text.at[at - 1]) || text.at[at - 1] == '.') return false;
  size_t end = at + 1, dot = 0;
  for (; end < text.len && is_of_host(text.at[end]); end++)
    if (text.at[end] == '.' && end > at + 1 && end + 1 < text.len && is_letter(text.at[end + 1])) dot = end;
  return dot > 0 && end - dot > 2;
}

static bool has_email(Str text) {
  for (const char *at = memchr(text.at, '@', text.len); at;
       at = memchr(at + 1, '@', text.len - (size_t)(at + 1 - text.at)))
    if (is_email(text, (size_t)(at - text.at))) return true;
  return false;
}

typedef struct {
  size_t end;
  int digits, groups;
  bool bracket;
} Run;

/* Digits in groups, with single signs between them: "+34 600-123 456", "(0)20 7946 0958". */
static Run run_at(Str text, size_t at) {
  Run run = {.end = at};
  bool inside = false;
  int signs = 0;
  for (size_t i = at; i < text.len; i++) {
    char c = text.at[i];
    if (is_digit(c)) {
      run.digits++, run.groups += !inside;
      inside = true, signs = 0, run.end = i + 1;
    } else if (c == ' ' || c == '-' || c == '/' || c == '(' || c == ')' || c == '.' || (c == '+' && i == at)) {
      run.bracket |= c == '(';
      inside = false;
      if (++signs > 2) break;
    } else break;
  }
  return run;
}

static bool digits_at(Str text, size_t at, size_t count) {
  if (at + count > text.len) return false;
  for (size_t i = 0; i < count; i++)
    if (!is_digit(text.at[at + i])) return false;
  return true;
}

/* 05.06.2026, 2026-06-05 and the like, whatever stands behind. */
static bool is_date(Str text, size_t at) {
  size_t first = digits_at(text, at, 4) ? 4 : 2;
  if (!digits_at(text, at, first) || !digits_at(text, at + first + 1, 2)) return false;
  char sign = text.at[at + first];
  return (sign == '.' || sign == '/' || sign == '-') && at + first + 3 < text.len && text.at[at + first + 3] == sign &&
         digits_at(text, at + first + 4, 2);
}

/* A moment has a colon behind its hours, a key of a database letters around its digits. */
static bool is_phone(Str text, size_t at, bool named) {
  Run run = run_at(text, at);
  if (run.digits < 7 || run.digits > 15) return false;
  if (run.end < text.len &&
      (is_letter(text.at[run.end]) || text.at[run.end] == ':' || text.at[run.end] == '_' || text.at[run.end] == ','))
    return false;
  if (text.at[at] == '+') return run.digits >= 8;
  if (is_date(text, at) || (at + 1 < text.len && text.at[at] == '0' && text.at[at + 1] == '.')) return false;
  if (named) return run.digits >= 9 || run.groups >= 2;
  bool trunk = text.at[at] == '0' || text.at[at] == '(';
  if (trunk) return run.digits >= 9 && run.groups >= 2 && run.groups <= 6;
  return run.digits == 10 && run.groups == 3 && run.end - at == 12 && text.at[at + 3] == text.at[at + 7] &&
         (text.at[at + 3] == '-' || text.at[at + 3] == '.');
}

static bool has_phone(Str text, bool named) {
  for (size_t i = 0; i < text.len; i++) {
    char c = text.at[i], before = i > 0 ? text.at[i - 1] : ' ';
    if (!is_digit(c) && c != '+' && c != '(') continue;
    bool starts = !is_digit(before) && !is_letter(before) && before != '.' && before != '-' && before != '_' &&
                  before != ',' && before != '/' && before != ':' && before != '#';
    if (starts && is_phone(text, i, named)) return true;
    if (is_digit(c)) /* the rest of this number is no other */
      while (i + 1 < text.len && is_digit(text.at[i + 1])) i++;
  }
  return false;
}

Personal personal_in(Str cell, bool named) {
  enum { SHORTEST = 6 };
  if (cell.len < SHORTEST) return PERSONAL_NOTHING;
  if (has_email(cell)) return PERSONAL_EMAIL;
  return has_phone(cell, named) ? PERSONAL_PHONE : PERSONAL_NOTHING;
}

bool personal_is_phone_column(Str name) {
  static const char *const words[] = {"phone",    "telef",        "tel\u00e9f",   "mobile",           "telephone",
                                      "handy",    "movil",        "m\u00f3vil",   "t\u00e9l\u00e9ph", "cellular",
                                      "whatsapp", "\u7535\u8bdd", "\u624b\u673a", "\u96fb\u8a71"};
  Buf scratch = {0};
  Str folded = fold(name, &scratch);
  bool found = str_is_c(folded, "tel") || str_is_c(folded, "tel.") || str_is_c(folded, "fax");
  for (size_t i = 0; i < sizeof words / sizeof *words && folded.len > 0; i++)
    found |= memmem(folded.at, folded.len, words[i], strlen(words[i])) != NULL;
  buf_free(&scratch);
  return found;
}
