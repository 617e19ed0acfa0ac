#include "base/str.h"

static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v'; }

Str str_trim(Str s) {
  while (s.len > 0 && is_space(s.at[0])) s = str_slice(s, 1, s.len);
  while (s.len > 0 && is_space(s.at[s.len - 1])) s.len--;
  return s;
}

int str_compare(Str a, Str b) {
  size_t shorter = a.len < b.len ? a.len : b.len;
  int order = shorter > 0 ? memcmp(a.at, b.at, shorter) : 0;
  if (order != 0) return order;
  return (a.len > b.len) - (a.len < b.len);
}

/* Less than eight bytes, as one number. */
static uint64_t few_bytes(Str s) {
  uint32_t first = 0, last = 0;
  if (s.len >= sizeof first) {
    memcpy(&first, s.at, sizeof first);
    memcpy(&last, s.at + s.len - sizeof last, sizeof last);
  } else if (s.len > 0) {
    first = (uint32_t)(unsigned char)s.at[0] << 16 | (uint32_t)(unsigned char)s.at[s.len / 2] << 8;
    last = (unsigned char)s.at[s.len - 1];
  }
  return (uint64_t)last << 32 | first;
}

uint64_t str_hash(Str s) {
  uint64_t hash = s.len * 0x9e3779b97f4a7c15u, word = 0;
  for (; s.len >= sizeof word; s = str_slice(s, sizeof word, s.len)) {
    memcpy(&word, s.at, sizeof word);
    hash = (hash ^ word) * 0xff51afd7ed558ccdu;
    hash ^= hash >> 32;
  }
  hash = (hash ^ few_bytes(s)) * 0xff51afd7ed558ccdu;
  return hash ^ hash >> 32;
}

Str str_cut(Str *rest, char c) {
  const char *found = rest->len > 0 ? memchr(rest->at, c, rest->len) : NULL;
  Str part = found ? str_slice(*rest, 0, (size_t)(found - rest->at)) : *rest;
  *rest = str_slice(*rest, found ? part.len + 1 : part.len, rest->len);
  return part;
}

Str str_cut_line(Str *rest) {
  size_t end = 0;
  while (end < rest->len && rest->at[end] != '\n' && rest->at[end] != '\r') end++;
  Str line = str_slice(*rest, 0, end);
  if (end + 1 < rest->len && rest->at[end] == '\r' && rest->at[end + 1] == '\n') end++;
  *rest = str_slice(*rest, end < rest->len ? end + 1 : end, rest->len);
  return line;
}

size_t str_space(Str text, size_t at) {
  static const char *const spaces[] = {"\xC2\x85",     "\xC2\xA0",     "\xE2\x80\xAF",
                                       "\xE2\x81\x9F", "\xE3\x80\x80", "\xEF\xBB\xBF"};
  unsigned char c = (unsigned char)text.at[at];
  if (c < 0x80) return c == ' ' || c == '\t' || c == '\f' || c == '\v';
  Str rest = str_slice(text, at, text.len);
  for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
    if (str_starts(rest, str_of(spaces[i]))) return strlen(spaces[i]);
  bool en_quad_to_zero_width = rest.len >= 3 && c == 0xE2 && rest.at[1] == '\x80' && (unsigned char)rest.at[2] <= 0x8B;
  return en_quad_to_zero_width ? 3 : 0;
}
