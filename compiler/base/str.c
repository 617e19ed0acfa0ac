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

uint64_t str_hash(Str s) {
  uint64_t hash = 0xcbf29ce484222325u;
  for (size_t i = 0; i < s.len; i++) hash = (hash ^ (unsigned char)s.at[i]) * 0x100000001b3u;
  return hash;
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
