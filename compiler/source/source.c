#include "source/source.h"

#include <utf8proc.h>

Span source_line(const Source *source, uint32_t offset) {
  Str text = source->text;
  Span line = {offset, offset};
  if (line.start > text.len) line.start = line.end = (uint32_t)text.len;
  while (line.start > 0 && !is_line_end(text.at[line.start - 1])) line.start--;
  while (line.end < text.len && !is_line_end(text.at[line.end])) line.end++;
  return line;
}

/* Not the first byte of a character. */
static bool is_inside(char c) { return ((unsigned char)c & 0xC0) == 0x80; }

Span source_line_near(const Source *source, uint32_t offset) {
  enum { NEAR = 1024 };
  Str text = source->text;
  uint32_t at = offset > text.len ? (uint32_t)text.len : offset;
  Span line = {at, at};
  while (line.start > 0 && at - line.start < NEAR && !is_line_end(text.at[line.start - 1])) line.start--;
  while (line.end < text.len && line.end - at < NEAR && !is_line_end(text.at[line.end])) line.end++;
  while (line.start < at && is_inside(text.at[line.start])) line.start++;
  while (line.end > at && line.end < text.len && is_inside(text.at[line.end])) line.end--;
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

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

Span source_without(const Source *source, Span span) {
  Str text = source->text;
  uint32_t start = span.start, end = span.end; /* not by source_line: a line may be as long as the file */
  while (start > 0 && is_blank(text.at[start - 1])) start--;
  bool begins_line = start == 0 || text.at[start - 1] == '\n';
  while (end < text.len && is_blank(text.at[end])) end++;
  bool ends_line = end == text.len || is_line_end(text.at[end]);
  if (!ends_line) return (Span){span.start, end};
  if (!begins_line) return (Span){start, span.end};
  end += end < text.len && text.at[end] == '\r';
  end += end < text.len && text.at[end] == '\n';
  return (Span){start, end};
}

Str source_line_end(const Source *source) {
  const char *end = source->text.len ? memchr(source->text.at, '\n', source->text.len) : NULL;
  return end && end > source->text.at && end[-1] == '\r' ? STR("\r\n") : STR("\n");
}

size_t source_first_invalid(Str text, size_t from) {
  size_t i = from;
  while (i < text.len) {
    uint64_t eight;
    if (i + 8 <= text.len && (memcpy(&eight, text.at + i, 8), (eight & 0x8080808080808080u) == 0)) {
      i += 8;
      continue;
    }
    if ((unsigned char)text.at[i] < 0x80) {
      i++;
      continue;
    }
    utf8proc_int32_t letter;
    utf8proc_ssize_t size =
        utf8proc_iterate((const utf8proc_uint8_t *)text.at + i, (utf8proc_ssize_t)(text.len - i), &letter);
    if (size <= 0) return i;
    i += (size_t)size;
  }
  return i;
}
