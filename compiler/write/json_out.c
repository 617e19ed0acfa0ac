#include "write/json_out.h"

#include <math.h>
#include <utf8proc.h>

static void add_character(Buf *to, unsigned char c) {
  switch (c) {
    case '"': buf_add(to, STR("\\\"")); break;
    case '\\': buf_add(to, STR("\\\\")); break;
    case '\n': buf_add(to, STR("\\n")); break;
    case '\r': buf_add(to, STR("\\r")); break;
    case '\t': buf_add(to, STR("\\t")); break;
    default: buf_printf(to, "\\u%04x", c);
  }
}

static bool is_plain(unsigned char c) { return c >= 0x20 && c < 0x7F && c != '"' && c != '\\'; }

static void add_string(Buf *to, Str s) {
  buf_add_byte(to, '"');
  for (size_t i = 0; i < s.len;) {
    size_t start = i;
    while (i < s.len && is_plain((unsigned char)s.at[i])) i++;
    buf_add(to, str_slice(s, start, i));
    if (i == s.len) break;
    if ((unsigned char)s.at[i] < 0x80) {
      add_character(to, (unsigned char)s.at[i++]);
      continue;
    }
    utf8proc_int32_t c;
    utf8proc_ssize_t len = utf8proc_iterate((const utf8proc_uint8_t *)s.at + i, (utf8proc_ssize_t)(s.len - i), &c);
    buf_add(to, len > 0 ? str_slice(s, i, i + (size_t)len) : STR("\uFFFD"));
    i += len > 0 ? (size_t)len : 1;
  }
  buf_add_byte(to, '"');
}

static void new_line(JsonOut *out) {
  buf_add_byte(out->to, '\n');
  buf_repeat(out->to, STR("  "), out->depth);
}

static void member(JsonOut *out, const char *key) {
  if (!out->first) buf_add_byte(out->to, ',');
  if (out->depth > 0) new_line(out);
  out->first = false;
  if (!key) return;
  add_string(out->to, str_of(key));
  buf_add(out->to, STR(": "));
}

static void open(JsonOut *out, const char *key, char bracket) {
  member(out, key);
  buf_add_byte(out->to, bracket);
  out->depth++;
  out->first = true;
}

static void shut(JsonOut *out, char bracket) {
  out->depth--;
  if (!out->first) new_line(out);
  buf_add_byte(out->to, bracket);
  out->first = false;
}

void json_begin_object(JsonOut *out, const char *key) { open(out, key, '{'); }
void json_end_object(JsonOut *out) { shut(out, '}'); }
void json_begin_array(JsonOut *out, const char *key) { open(out, key, '['); }
void json_end_array(JsonOut *out) { shut(out, ']'); }

void json_str(JsonOut *out, const char *key, Str value) {
  member(out, key);
  add_string(out->to, value);
}

void json_c(JsonOut *out, const char *key, const char *value) { json_str(out, key, str_of(value)); }

/* Most numbers are small and whole: lines, columns, minutes. */
static void add_whole(Buf *to, uint32_t value) {
  char digits[10];
  size_t at = sizeof digits;
  do {
    digits[--at] = (char)('0' + value % 10);
    value /= 10;
  } while (value > 0);
  buf_add(to, (Str){digits + at, sizeof digits - at});
}

void json_num(JsonOut *out, const char *key, double value) {
  member(out, key);
  if (value >= 0 && value <= UINT32_MAX && value == (uint32_t)value) add_whole(out->to, (uint32_t)value);
  else if (isfinite(value)) buf_number(out->to, value, 9);
  else buf_add(out->to, STR("null"));
}

void json_bool(JsonOut *out, const char *key, bool value) {
  member(out, key);
  buf_add_c(out->to, value ? "true" : "false");
}

void json_end(JsonOut *out) { buf_add_byte(out->to, '\n'); }
