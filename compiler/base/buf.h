/* A growing text. Start from {0}; buf_free, or hand the bytes to an arena with buf_take. */
#ifndef JOURNEY_BASE_BUF_H
#define JOURNEY_BASE_BUF_H

#include <stdarg.h>

#include "base/arena.h"

typedef struct {
  char *at;
  size_t len, cap;
} Buf;

void buf_free(Buf *buf);
void buf_add(Buf *buf, Str s);
void buf_add_c(Buf *buf, const char *c);
void buf_add_byte(Buf *buf, char c);
void buf_repeat(Buf *buf, Str s, size_t times);
void buf_printf(Buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_vprintf(Buf *buf, const char *format, va_list args);
/* Shortest decimal of at most `decimals` places: 2, 0.5, -1.25; never -0, never in the locale's own form. */
void buf_number(Buf *buf, double value, int decimals);
static inline Str buf_str(const Buf *buf) { return (Str){buf->at ? buf->at : "", buf->len}; }
/* A copy in the arena; the buffer is freed. */
Str buf_take(Buf *buf, Arena *arena);

#endif
