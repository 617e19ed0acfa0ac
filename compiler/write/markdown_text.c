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

/* Where an address starts at `at`, what is behind it; else `at`. GitHub makes a link of it, and reads it as it stands.
 */
static size_t address_end(Str text, size_t at) {
  static const char *const starts[] = {"http://", "https://", "www."};
  if (at > 0 && is_word(text.at[at - 1])) return at;
  for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
    if (!str_starts(str_slice(text, at, text.len), str_of(starts[i]))) continue;
    while (at < text.len && (unsigned char)text.at[at] > ' ' && text.at[at] != '<') at++;
    return at;
  }
  return at;
}

static bool needs_escape(Str text, size_t at, bool formulas, bool in_address) {
  switch (text.at[at]) {
    case '\\':
    case '`':
    case '*':
    case '[':
    case ']':
    case '<':
    case '>':
    case '|': return true;
    case '~': return !in_address;
    case '_': return !in_address && !is_inside_word(text, at);
    case '&': return !in_address && starts_entity(text, at);
    case '$': return !in_address && formulas; /* two of them are a formula on GitHub */
    default: return starts_block(text, at);
  }
}

void markdown_add(Buf *to, Str text) {
  text = str_trim(text);
  const char *dollar = text.len ? memchr(text.at, '$', text.len) : NULL;
  bool formulas = dollar && memchr(dollar + 1, '$', text.len - (size_t)(dollar + 1 - text.at));
  size_t address = 0;
  for (size_t at = 0; at < text.len; at++) {
    char c = text.at[at];
    if (at >= address) address = address_end(text, at);
    if (c == '\n' || c == '\r') {
      if (c == '\r' && at + 1 < text.len && text.at[at + 1] == '\n') at++;
      buf_add(to, STR("<br>"));
      continue;
    }
    if (needs_escape(text, at, formulas, at < address)) buf_add_byte(to, '\\');
    buf_add_byte(to, c == '\t' ? ' ' : c);
  }
}
