#include "base/buf.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void reserve(Buf *buf, size_t more) {
  if (buf->cap - buf->len >= more) return;
  size_t cap = buf->cap ? buf->cap * 2 : 256;
  while (cap - buf->len < more) cap *= 2;
  buf->at = mem_realloc(buf->at, cap);
  buf->cap = cap;
}

void buf_free(Buf *buf) {
  free(buf->at);
  *buf = (Buf){0};
}

void buf_add(Buf *buf, Str s) {
  if (s.len == 0) return;
  reserve(buf, s.len);
  memcpy(buf->at + buf->len, s.at, s.len);
  buf->len += s.len;
}

void buf_add_c(Buf *buf, const char *c) { buf_add(buf, str_of(c)); }

void buf_add_byte(Buf *buf, char c) {
  reserve(buf, 1);
  buf->at[buf->len++] = c;
}

void buf_repeat(Buf *buf, Str s, size_t times) {
  while (times-- > 0) buf_add(buf, s);
}

void buf_printf(Buf *buf, const char *format, ...) {
  va_list args;
  va_start(args, format);
  buf_vprintf(buf, format, args);
  va_end(args);
}

void buf_vprintf(Buf *buf, const char *format, va_list args) {
  va_list again;
  va_copy(again, args);
  int needed = vsnprintf(NULL, 0, format, again);
  va_end(again);
  if (needed <= 0) return;
  reserve(buf, (size_t)needed + 1);
  vsnprintf(buf->at + buf->len, (size_t)needed + 1, format, args);
  buf->len += (size_t)needed;
}

/* snprintf writes the locale's decimal mark; the program never sets a locale, so it is always a point. */
void buf_number(Buf *buf, double value, int decimals) {
  char text[400];
  if (!isfinite(value)) {
    buf_add_c(buf, isnan(value) ? "nan" : value > 0 ? "inf" : "-inf");
    return;
  }
  int len = snprintf(text, sizeof text, "%.*f", decimals, value);
  if (memchr(text, '.', (size_t)len)) {
    while (text[len - 1] == '0') len--;
    if (text[len - 1] == '.') len--;
  }
  bool minus_zero = len == 2 && text[0] == '-' && text[1] == '0';
  buf_add(buf, minus_zero ? STR("0") : (Str){text, (size_t)len});
}

Str buf_take(Buf *buf, Arena *arena) {
  Str copy = arena_copy(arena, buf_str(buf));
  buf_free(buf);
  return copy;
}
