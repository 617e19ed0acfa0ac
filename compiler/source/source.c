#include "source/source.h"

static bool is_line_end(char c) { return c == '\n' || c == '\r'; }

Span source_line(const Source *source, uint32_t offset) {
  Str text = source->text;
  Span line = {offset, offset};
  if (line.start > text.len) line.start = line.end = (uint32_t)text.len;
  while (line.start > 0 && !is_line_end(text.at[line.start - 1])) line.start--;
  while (line.end < text.len && !is_line_end(text.at[line.end])) line.end++;
  return line;
}

Position source_position(const Source *source, uint32_t offset) {
  Str text = source->text;
  if (offset > text.len) offset = (uint32_t)text.len;
  Position position = {1, 1};
  for (uint32_t i = 0; i < offset; i++) {
    if (text.at[i] == '\n' || (text.at[i] == '\r' && !(i + 1 < text.len && text.at[i + 1] == '\n'))) position.line++;
  }
  Span line = source_line(source, offset);
  for (uint32_t i = line.start; i < offset; i++) position.column += ((unsigned char)text.at[i] & 0xC0) != 0x80;
  return position;
}
