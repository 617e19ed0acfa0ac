#include "lsp_model.h"

static size_t end_length(Str rest) {
  if (str_starts(rest, STR("\r\n"))) return 2;
  return rest.len > 0 && (rest.at[0] == '\n' || rest.at[0] == '\r');
}

/* The line without its end, which is taken off with it; `*more` where there was an end, and so another line behind. */
static Str take_line(Str *rest, bool *more) {
  Str line = {rest->at, 0};
  while (line.len < rest->len && end_length(str_slice(*rest, line.len, rest->len)) == 0) line.len++;
  size_t end = end_length(str_slice(*rest, line.len, rest->len));
  *rest = str_slice(*rest, line.len + end, rest->len);
  *more = end > 0;
  return line;
}

static bool line_of(Str text, uint32_t number, Str *line) {
  bool more = true;
  for (uint32_t i = 0; more; i++) {
    *line = take_line(&text, &more);
    if (i == number) return true;
  }
  return false;
}

static size_t character_bytes(unsigned char first) {
  return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

static uint32_t units(ModelEncoding encoding, size_t bytes) {
  if (encoding == MODEL_UTF8) return (uint32_t)bytes;
  return encoding == MODEL_UTF16 && bytes == 4 ? 2 : 1;
}

size_t model_offset(Str text, ModelEncoding encoding, ModelPlace place) {
  Str line;
  if (!line_of(text, place.line, &line)) return text.len;
  size_t at = 0;
  for (uint64_t passed = 0; at < line.len;) {
    size_t bytes = character_bytes((unsigned char)line.at[at]);
    passed += units(encoding, bytes);
    if (passed > place.character) break;
    at += bytes;
  }
  return (size_t)(line.at - text.at) + at;
}

void model_edit(Buf *text, ModelEncoding encoding, ModelPlace from, ModelPlace to, Str insert) {
  size_t start = model_offset(buf_str(text), encoding, from), end = model_offset(buf_str(text), encoding, to);
  Buf edited = {0};
  buf_add(&edited, str_slice(buf_str(text), 0, start < end ? start : end));
  buf_add(&edited, insert);
  buf_add(&edited, str_slice(buf_str(text), start < end ? end : start, text->len));
  buf_free(text);
  *text = edited;
}

uint32_t model_lines(Str text) {
  uint32_t count = 0;
  for (bool more = true; more; count++) take_line(&text, &more);
  return count;
}

uint32_t model_width(Str text, ModelEncoding encoding, uint32_t line) {
  Str found;
  uint32_t width = 0;
  if (!line_of(text, line, &found)) return 0;
  for (size_t at = 0, bytes; at < found.len; at += bytes) {
    bytes = character_bytes((unsigned char)found.at[at]);
    width += units(encoding, bytes);
  }
  return width;
}

void model_write(Str text, Buf *to) {
  buf_add_byte(to, '"');
  for (size_t i = 0; i < text.len; i++) {
    unsigned char c = (unsigned char)text.at[i];
    if (c == '"' || c == '\\') buf_printf(to, "\\%c", c);
    else if (c < 0x20) buf_printf(to, "\\u%04x", c);
    else buf_add_byte(to, (char)c);
  }
  buf_add_byte(to, '"');
}
