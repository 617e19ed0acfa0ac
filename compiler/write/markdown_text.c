#include "write/markdown.h"

static bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* `&amp;` would become `&`. */
static bool starts_entity(Str text, size_t at) {
  size_t i = at + 1;
  while (i < text.len && i < at + 34 && (is_word(text.at[i]) || text.at[i] == '#')) i++;
  return i > at + 1 && i < text.len && text.at[i] == ';';
}

/* An underline inside a word is no emphasis, and stands in many addresses. */
static bool is_inside_word(Str text, size_t at) {
  return at > 0 && at + 1 < text.len && is_word(text.at[at - 1]) && is_word(text.at[at + 1]);
}

/* "- ", "3. " or "# " at the start would make a list or a heading of the text. */
static bool starts_block(Str text, size_t at) {
  char c = text.at[at], next = at + 1 < text.len ? text.at[at + 1] : ' ';
  bool stands_alone = next == ' ' || next == '\t' || next == '\n' || next == c;
  if (at == 0) return (c == '#' || c == '+' || c == '-') && stands_alone;
  if ((c != '.' && c != ')') || !stands_alone) return false;
  for (size_t i = 0; i < at; i++)
    if (text.at[i] < '0' || text.at[i] > '9') return false;
  return true;
}

static bool needs_escape(Str text, size_t at, bool formulas) {
  switch (text.at[at]) {
    case '\\':
    case '`':
    case '*':
    case '[':
    case ']':
    case '<':
    case '>':
    case '|':
    case '~': return true;
    case '_': return !is_inside_word(text, at);
    case '&': return starts_entity(text, at);
    case '$': return formulas; /* two of them are a formula on GitHub */
    default: return starts_block(text, at);
  }
}

void markdown_add(Buf *to, Str text) {
  text = str_trim(text);
  const char *dollar = text.len ? memchr(text.at, '$', text.len) : NULL;
  bool formulas = dollar && memchr(dollar + 1, '$', text.len - (size_t)(dollar + 1 - text.at));
  for (size_t at = 0; at < text.len; at++) {
    char c = text.at[at];
    if (c == '\n' || c == '\r') {
      if (c == '\r' && at + 1 < text.len && text.at[at + 1] == '\n') at++;
      buf_add(to, STR("<br>"));
      continue;
    }
    if (needs_escape(text, at, formulas)) buf_add_byte(to, '\\');
    buf_add_byte(to, c == '\t' ? ' ' : c);
  }
}
