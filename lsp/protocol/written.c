#include "lsp/protocol/written.h"

static void write_escaped(Str text, Buf *to) {
  size_t from = 0;
  for (size_t at = 0; at < text.len; at++) {
    unsigned char byte = (unsigned char)text.at[at];
    if (byte >= ' ' && byte != '"' && byte != '\\') continue;
    buf_add(to, str_slice(text, from, at));
    if (byte >= ' ') buf_add_byte(to, '\\'), buf_add_byte(to, (char)byte);
    else buf_printf(to, "\\u%04x", byte);
    from = at + 1;
  }
  buf_add(to, str_slice(text, from, text.len));
}

void write_json_text(Str text, Buf *to) {
  buf_add_byte(to, '"');
  for (size_t at = 0; at < text.len;) {
    size_t wrong = source_first_invalid(text, at);
    write_escaped(str_slice(text, at, wrong), to);
    if (wrong < text.len) buf_add_c(to, "\xEF\xBF\xBD");
    at = wrong + 1;
  }
  buf_add_byte(to, '"');
}

static void write_number(uint32_t number, Buf *to) {
  char digits[10];
  size_t count = 0;
  do digits[count++] = (char)('0' + number % 10);
  while ((number /= 10) > 0);
  while (count > 0) buf_add_byte(to, digits[--count]);
}

static void write_position(TextPosition position, Buf *to) {
  buf_add(to, STR("{\"line\":"));
  write_number(position.line, to);
  buf_add(to, STR(",\"character\":"));
  write_number(position.character, to);
  buf_add_byte(to, '}');
}

void write_json_range(const Call *call, const File *file, Span span, Buf *to) {
  TextRange range = text_range(file->text, &file->lines, call->encoding, span);
  buf_add(to, STR("{\"start\":"));
  write_position(range.start, to);
  buf_add(to, STR(",\"end\":"));
  write_position(range.end, to);
  buf_add_byte(to, '}');
}

void write_json_key(const char *key, Buf *to) {
  buf_add(to, STR(",\""));
  buf_add_c(to, key);
  buf_add(to, STR("\":"));
}

json_t *call_write(Call *call, Buf *text) {
  call->written = buf_take(text, call->arena);
  return NULL;
}
