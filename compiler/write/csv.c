#include "write/csv.h"

#include <math.h>

static void separate(Buf *to) {
  if (to->len > 0 && to->at[to->len - 1] != '\n') buf_add_byte(to, ',');
}

static bool needs_quotes(Str text) {
  for (size_t i = 0; i < text.len; i++)
    if (strchr(",\"\r\n", text.at[i])) return true;
  return text.len == 0; /* so that a first field that is empty is seen */
}

static bool is_formula(Str text) { return text.len > 0 && memchr("=+-@\t\r", text.at[0], 6); }

void csv_text(Buf *to, Str text) {
  separate(to);
  if (!needs_quotes(text)) {
    if (is_formula(text)) buf_add_byte(to, '\'');
    buf_add(to, text);
    return;
  }
  buf_add_byte(to, '"');
  if (is_formula(text)) buf_add_byte(to, '\'');
  for (size_t i = 0; i < text.len; i++) {
    if (text.at[i] == '"') buf_add_byte(to, '"');
    buf_add_byte(to, text.at[i]);
  }
  buf_add_byte(to, '"');
}

void csv_number(Buf *to, double value) {
  separate(to);
  if (isfinite(value)) buf_number(to, value, 9);
}

void csv_end(Buf *to) { buf_add(to, STR("\r\n")); }
