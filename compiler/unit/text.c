/* What a text says: quotes off, escapes undone, the common indentation of a text block removed. */
#include <stdlib.h>
#include <utf8proc.h>

#include "unit/unit.h"

static void add_unescaped(Buf *to, Str s) {
  for (size_t i = 0; i < s.len; i++) {
    if (s.at[i] != '\\' || i + 1 == s.len) {
      buf_add_byte(to, s.at[i]);
      continue;
    }
    char next = s.at[++i];
    buf_add_byte(to, next == 'n' ? '\n' : next == 't' ? '\t' : next);
  }
}

static size_t indentation(Str line) {
  size_t count = 0;
  while (count < line.len && (line.at[count] == ' ' || line.at[count] == '\t')) count++;
  return count;
}

static size_t common_indentation(Str content) {
  size_t common = SIZE_MAX;
  for (Str rest = content; rest.len > 0;) {
    Str line = str_cut_line(&rest);
    if (str_trim(line).len > 0 && indentation(line) < common) common = indentation(line);
  }
  return common == SIZE_MAX ? 0 : common;
}

static Str block_text(Arena *arena, Str content) {
  Str first_rest = content;
  if (str_trim(str_cut_line(&first_rest)).len == 0) content = first_rest;
  while (content.len > 0 && strchr(" \t\r\n", content.at[content.len - 1])) content.len--;
  size_t common = common_indentation(content);
  Buf out = {0};
  for (Str rest = content; rest.len > 0;) {
    Str line = str_cut_line(&rest);
    size_t cut = indentation(line) < common ? indentation(line) : common;
    if (out.len > 0) buf_add_byte(&out, '\n');
    add_unescaped(&out, str_slice(line, cut, line.len));
  }
  return buf_take(&out, arena);
}

/* Straight quotes, or those that word processors make of them in English, German, Polish and French. */
static Str without_quotes(Str raw) {
  static const struct {
    Str open, close[2];
  } pairs[] = {{{"\"", 1}, {{"\"", 1}, {"\"", 1}}},
               {{"\xE2\x80\x9C", 3}, {{"\xE2\x80\x9D", 3}, {"\xE2\x80\x9D", 3}}},
               {{"\xE2\x80\x9E", 3}, {{"\xE2\x80\x9C", 3}, {"\xE2\x80\x9D", 3}}},
               {{"\xC2\xAB", 2}, {{"\xC2\xBB", 2}, {"\xC2\xBB", 2}}}};
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
    if (!str_starts(raw, pairs[i].open)) continue;
    Str inner = str_slice(raw, pairs[i].open.len, raw.len);
    for (size_t c = 0; c < 2; c++)
      if (str_ends(inner, pairs[i].close[c])) return str_slice(inner, 0, inner.len - pairs[i].close[c].len);
    return inner;
  }
  return raw;
}

Str unit_text(const Unit *unit, Arena *arena, const Value *value) {
  Str raw = unit_raw(unit, value);
  if (value->type != V_TEXT && value->type != V_PATH) return raw;
  if (str_starts(raw, STR("\"\"\"")) && raw.len >= 6) return block_text(arena, str_slice(raw, 3, raw.len - 3));
  Str inner = without_quotes(raw);
  if (inner.len == 0 || !memchr(inner.at, '\\', inner.len)) return inner;
  Buf out = {0};
  add_unescaped(&out, inner);
  return buf_take(&out, arena);
}

Str unit_text_of(const Unit *unit, Arena *arena, uint32_t at, unsigned slot) {
  const Value *value = unit_value(unit, at, slot);
  return value ? unit_text(unit, arena, value) : STR("");
}

Str unit_doc(const Unit *unit, Arena *arena, uint32_t at) {
  const Statement *statement = &unit->statements[at];
  if (statement->doc == NONE) return STR("");
  Buf out = {0};
  for (Str rest = source_text(&unit->source, (Span){statement->doc, statement->span.start}); rest.len > 0;) {
    Str line = str_cut_line(&rest);
    while (line.len > 0 && line.at[0] != '/') line = str_slice(line, 1, line.len); /* spaces, of whatever kind */
    if (!str_starts(line, STR("///")) || str_starts(line, STR("////"))) continue;
    if (out.len > 0) buf_add_byte(&out, ' ');
    buf_add(&out, str_trim(str_slice(line, 3, line.len)));
  }
  return buf_take(&out, arena);
}

static char ascii_letter(char c) {
  if (c >= 'A' && c <= 'Z') return (char)(c + 32);
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : 0;
}

void unit_slug(Buf *to, Str title) {
  size_t start = to->len;
  bool gap = false;
  for (size_t i = 0; i < title.len;) {
    char plain = ascii_letter(title.at[i]); /* nearly all titles, without a look into Unicode's tables */
    if (plain) {
      if (gap && to->len > start) buf_add_byte(to, '-');
      gap = false;
      buf_add_byte(to, plain);
      i++;
      continue;
    }
    if ((unsigned char)title.at[i] < 0x80) {
      if (title.at[i] != '\'') gap = true;
      i++;
      continue;
    }
    utf8proc_int32_t letter = -1;
    utf8proc_ssize_t size =
        utf8proc_iterate((const utf8proc_uint8_t *)title.at + i, (utf8proc_ssize_t)(title.len - i), &letter);
    if (size <= 0) size = 1, letter = ' ';
    i += (size_t)size;
    utf8proc_category_t category = utf8proc_category(letter);
    bool mark = category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
    bool kept = (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
                (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO) ||
                (mark && to->len > start && !gap);
    if (letter == 0x2019) continue;
    if (!kept) {
      gap = true;
      continue;
    }
    if (gap && to->len > start) buf_add_byte(to, '-');
    gap = false;
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t len = utf8proc_encode_char(utf8proc_tolower(letter), bytes);
    buf_add(to, (Str){(const char *)bytes, (size_t)len});
  }
  if (to->len == start) buf_add_c(to, "untitled");
}
