#include "unit/propose.h"

#include <stdlib.h>

/* ---- texts without quotes ---- */

/* Whether any word of the text is a keyword somewhere: it may have been meant as one. */
static bool holds_keyword(Str text) {
  while (text.len > 0) {
    Str word = str_cut(&text, ' ');
    if (word.len > 0 && schema_find_anywhere(word, K_NONE) != K_NONE) return true;
  }
  return false;
}

bool propose_quotes(Lower *l, Diagnostic *added, uint32_t start, bool sure) {
  Str rest = lower_text(l, (Span){start, source_line_near(&l->unit->source, start).end});
  const char *comment = memmem(rest.at, rest.len, " //", 3);
  if (comment) rest.len = (size_t)(comment - rest.at);
  for (size_t i = 0; i < rest.len; i++) {
    if (rest.at[i] == '{' || rest.at[i] == '}') rest.len = i;
    else if (strchr("\"\\", rest.at[i])) return false;
  }
  rest = str_trim(rest);
  diagnostic_fix_if_sure(added, sure && !holds_keyword(rest), (Span){start, start + (uint32_t)rest.len},
                         arena_format(l->arena, "\"" STR_FMT "\"", STR_ARG(rest)));
  return true;
}

static bool starts_large(Str word) { return word.len > 0 && word.at[0] >= 'A' && word.at[0] <= 'Z'; }

/* The value in front, where it was taken for a name that could be left out; else NULL. */
static const Value *name_in_front(const Lower *l, const Frame *frame) {
  const Statement *statement = &l->statements.at[frame->at];
  if (frame->slot == 0 || statement->value_count == 0) return NULL;
  const ValueRule *rule = &schema_row(frame->keyword)->values[frame->slot - 1];
  const Value *last = &l->values.at[statement->first_value + statement->value_count - 1];
  return rule->type == V_ID && rule->optional ? last : NULL;
}

bool is_bare_title(const Lower *l, const Frame *frame) {
  const Value *name = name_in_front(l, frame);
  return name && starts_large(lower_text(l, name->span));
}

bool propose_title(Lower *l, Diagnostic *added, const Frame *frame, Span word) {
  const Statement *statement = &l->statements.at[frame->at];
  if (frame->slot == 0 || statement->value_count == 0) return false;
  const ValueRule *rule = &schema_row(frame->keyword)->values[frame->slot - 1];
  Span name = l->values.at[statement->first_value + statement->value_count - 1].span;
  if (rule->type == V_REF && rule->optional) return propose_quotes(l, added, name.start, false);
  if (rule->type != V_ID) return false;
  bool title = is_bare_title(l, frame), named = !rule->optional || starts_large(lower_text(l, word));
  return propose_quotes(l, added, named && !title ? word.start : name.start, named || title);
}

/* ---- choices, arrows ---- */

bool propose_choice(Lower *l, Diagnostic *added, const ValueRule *rule, uint32_t start) {
  enum { MOST_WORDS = 4 };
  Str rest = lower_text(l, (Span){start, source_line_near(&l->unit->source, start).end});
  Buf joined = {0};
  bool found = false;
  uint32_t end = start;
  for (int i = 0; i < MOST_WORDS && !found && rest.len > 0; i++) {
    Str word = str_cut(&rest, ' ');
    end += (uint32_t)word.len + (i > 0);
    if (i > 0) buf_add_byte(&joined, '-');
    buf_add(&joined, word);
    found = i > 0 && value_choice(rule, buf_str(&joined)) >= 0;
  }
  Str choice = buf_take(&joined, l->arena);
  if (!found) return false;
  added->help = arena_format(l->arena, "did you mean `" STR_FMT "`?", STR_ARG(choice));
  diagnostic_fix_if_sure(added, true, (Span){start, end}, choice);
  return true;
}

Span odd_arrow(const Lower *l, uint32_t behind) {
  static const char *const arrows[] = {"-->", "==>", "=>", "--", "\xE2\x80\x94>", "\xE2\x80\x93>", ">", NULL};
  Str text = l->unit->source.text;
  uint32_t at = behind;
  while (at < text.len && text.at[at] == ' ') at++;
  for (int i = 0; arrows[i]; i++)
    if (str_starts(str_slice(text, at, text.len), str_of(arrows[i])))
      return (Span){at, at + (uint32_t)strlen(arrows[i])};
  return (Span){0};
}

/* ---- dates, numbers ---- */

/* The three numbers of a date that is written otherwise; 0 where they are none. `sign` stands between them. */
static int date_parts(Str text, unsigned parts[3], size_t lengths[3], char *sign) {
  int count = 0;
  *sign = 0;
  for (size_t at = 0; at < text.len && count < 3; count++) {
    size_t from = at;
    for (parts[count] = 0; at < text.len && text.at[at] >= '0' && text.at[at] <= '9' && at - from < 4; at++)
      parts[count] = 10 * parts[count] + (unsigned)(text.at[at] - '0');
    lengths[count] = at - from;
    if (at == from || (at < text.len && (!strchr("./-", text.at[at]) || (*sign && text.at[at] != *sign)))) return 0;
    if (at < text.len) *sign = text.at[at++];
    else if (count < 2) return 0;
  }
  return count;
}

/* 2026/10/1, 1.10.2026 and, where the month can't be the day, 10/23/2026: all are year-month-day. */
void propose_date(Lower *l, Diagnostic *added, uint32_t start) {
  Str line = lower_text(l, (Span){start, source_line_near(&l->unit->source, start).end}), written = line;
  for (written.len = 0; written.len < line.len && line.at[written.len] != ' ' && line.at[written.len] != '\t';)
    written.len++;
  unsigned parts[3];
  size_t lengths[3];
  char sign;
  double days;
  if (date_parts(written, parts, lengths, &sign) != 3) return;
  bool year_first = lengths[0] == 4;
  if (year_first == (lengths[2] == 4)) return;
  unsigned year = parts[year_first ? 0 : 2], month = parts[1], day = parts[year_first ? 2 : 0];
  if (!year_first && sign != '.') {
    if (parts[0] <= 12 && parts[1] <= 12 && parts[0] != parts[1])
      return; /* 10/01/2026 is one day here, another there */
    if (month > 12) month = parts[0], day = parts[1];
  }
  Str date = arena_format(l->arena, "%04u-%02u-%02u", year, month, day);
  if (value_date(date, &days)) diagnostic_fix_if_sure(added, true, (Span){start, start + (uint32_t)written.len}, date);
}

/* 38 is 38%; 0.38 is it, too, but 1 may be either. */
static void propose_percent(Lower *l, Diagnostic *added, Node node, Str text) {
  double number = atof(arena_copy(l->arena, text).at);
  if (text.at[0] < '0' || text.at[0] > '9' || number > 100) return;
  if (number >= 1 || number == 0) {
    diagnostic_fix_if_sure(added, number != 1, node.span, arena_format(l->arena, STR_FMT "%%", STR_ARG(text)));
    return;
  }
  Buf percent = {0};
  buf_number(&percent, number * 100, 3);
  buf_add_byte(&percent, '%');
  diagnostic_fix(added, node.span, buf_take(&percent, l->arena));
}

/* `3 days` is 3d. */
static void propose_duration(Lower *l, Diagnostic *added, Node node, Str text) {
  static const struct {
    const char *words, *unit;
  } units[] = {{"second seconds sec secs", "s"},
               {"minute minutes min mins m", "min"},
               {"hour hours hr hrs h", "h"},
               {"day days d", "d"},
               {"week weeks w", "w"},
               {"month months mo", "mo"},
               {"year years y", "y"}};
  Str all = l->unit->source.text;
  uint32_t from = node.span.end, to;
  while (from < all.len && all.at[from] == ' ') from++;
  for (to = from; to < all.len && ((all.at[to] | 32) >= 'a' && (all.at[to] | 32) <= 'z');) to++;
  for (size_t i = 0; i < sizeof units / sizeof *units; i++)
    for (Str words = str_of(units[i].words); words.len > 0;)
      if (str_is(str_cut(&words, ' '), str_slice(all, from, to)))
        diagnostic_fix_if_sure(added, true, (Span){node.span.start, to},
                               arena_format(l->arena, STR_FMT "%s", STR_ARG(text), units[i].unit));
}

static void propose_hour(Lower *l, Diagnostic *added, Span span, int hour, int minute, Str half) {
  bool evening = str_is(half, STR("pm")), halved = evening || str_is(half, STR("am"));
  if (halved && (hour < 1 || hour > 12)) return;
  if (halved) hour = hour % 12 + (evening ? 12 : 0);
  if (hour > 23 || minute > 59) return;
  Str time = arena_format(l->arena, "%02d:%02d", hour, minute);
  added->help = arena_format(l->arena, "write " STR_FMT, STR_ARG(time));
  diagnostic_fix_if_sure(added, true, span, time);
}

/* `6` and `12.30` are 06:00 and 12:30; `7 pm` is 19:00. */
static void propose_time(Lower *l, Diagnostic *added, Node node, Str text) {
  Str minutes = text, hours = str_cut(&minutes, '.'), all = l->unit->source.text;
  bool whole = hours.len == text.len, digits = hours.len <= 2 && hours.at[0] != '+' && hours.at[0] != '-';
  if (!digits || (!whole && minutes.len != 2)) return;
  uint32_t end = node.span.end, at = end + (end < all.len && all.at[end] == ' ');
  Str half = str_slice(all, at, at + 2 < all.len ? at + 2 : all.len);
  bool halved = str_is(half, STR("am")) || str_is(half, STR("pm"));
  propose_hour(l, added, (Span){node.span.start, halved ? at + 2 : end}, atoi(arena_copy(l->arena, hours).at),
               whole ? 0 : atoi(arena_copy(l->arena, minutes).at), half);
}

bool propose_half_day(Lower *l, Diagnostic *added, const Frame *frame, Span word) {
  const Statement *statement = &l->statements.at[frame->at];
  Str half = lower_text(l, word);
  if (statement->value_count == 0 || (!str_is(half, STR("am")) && !str_is(half, STR("pm")))) return false;
  const Value *time = &l->values.at[statement->first_value + statement->value_count - 1];
  if (schema_row(frame->keyword)->values[time->slot].type != V_TIME) return false;
  int minutes = (int)time->number;
  propose_hour(l, added, (Span){time->span.start, word.end}, minutes / 60, minutes % 60, half);
  return true;
}

void propose(Lower *l, Diagnostic *added, const ValueRule *rule, Node node) {
  Str text = lower_text(l, node.span);
  if (rule->type == V_SHARE && node.kind == NODE_NUMBER) propose_percent(l, added, node, text);
  else if (rule->type == V_DURATION && node.kind == NODE_NUMBER) propose_duration(l, added, node, text);
  else if (rule->type == V_TIME && node.kind == NODE_NUMBER) propose_time(l, added, node, text);
  else if (rule->type == V_DATE) propose_date(l, added, node.span.start);
  else if (rule->type == V_TEXT && node.kind != NODE_STRAY) propose_quotes(l, added, node.span.start, true);
  else if ((rule->type == V_REF || rule->type == V_REFS) && node.kind == NODE_STRING) {
    Buf name = {0};
    unit_slug(&name, str_slice(text, 1, text.len - 1));
    diagnostic_fix(added, node.span, buf_take(&name, l->arena));
  }
}

/* ---- signs ---- */

void propose_no_semicolon(Lower *l, Diagnostic *added, Span span) {
  Str rest = str_trim(lower_text(l, (Span){span.end, source_line_near(&l->unit->source, span.start).end})),
      after = rest;
  Str next = str_cut(&after, ' ');
  bool ends = rest.len == 0 || str_starts(rest, STR("//")) || rest.at[0] == '}';
  diagnostic_fix_if_sure(added, ends || schema_find_anywhere(next, K_NONE) != K_NONE, span, STR(""));
}

void propose_double_quotes(Lower *l, Diagnostic *added, Span span) {
  Str rest = lower_text(l, (Span){span.end, source_line_near(&l->unit->source, span.start).end});
  const char *close = memchr(rest.at, '\'', rest.len);
  if (!close) return;
  Str text = {rest.at, (size_t)(close - rest.at)}, behind = str_slice(rest, text.len + 1, rest.len);
  if (memchr(text.at, '"', text.len) || memchr(text.at, '\\', text.len)) return;
  if (behind.len > 0 && (behind.at[0] != ' ' || memchr(behind.at, '\'', behind.len))) return;
  diagnostic_fix_if_sure(added, true, (Span){span.start, span.end + (uint32_t)text.len + 1},
                         arena_format(l->arena, "\"" STR_FMT "\"", STR_ARG(text)));
}
