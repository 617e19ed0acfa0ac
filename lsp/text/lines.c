#include "lsp/text/lines.h"

static bool ends_line(Str text, uint32_t at) {
  return text.at[at] == '\n' || (text.at[at] == '\r' && (at + 1 == text.len || text.at[at + 1] != '\n'));
}

/* The starts of the lines that begin behind `from`, up to and with `to`. */
static void find_starts(Lines *lines, Str text, uint32_t from, uint32_t to) {
  for (uint32_t at = from; at < to; at++)
    if (ends_line(text, at)) vec_push(lines, at + 1);
}

Lines lines_of(Str text) {
  Lines lines = {0};
  vec_push(&lines, 0);
  find_starts(&lines, text, 0, (uint32_t)text.len);
  return lines;
}

void lines_free(Lines *lines) { vec_free(lines); }

uint32_t line_at(const Lines *lines, uint32_t offset) {
  size_t from = 0, to = lines->len;
  while (to - from > 1) {
    size_t middle = from + (to - from) / 2;
    if (lines->at[middle] <= offset) from = middle;
    else to = middle;
  }
  return (uint32_t)from;
}

/* The byte in front of the edit is looked at again, since a "\r" there may have got, or lost, its "\n". */
void lines_edit(Lines *lines, Str text, Span span, uint32_t put) {
  uint32_t from = span.start > 0 ? span.start - 1 : 0, to = span.start + put;
  uint32_t first = line_at(lines, from) + 1, behind = first;
  while (behind < lines->len && lines->at[behind] <= span.end) behind++;
  Lines fresh = {0};
  find_starts(&fresh, text, from, to);
  size_t tail = lines->len - behind, count = first + fresh.len + tail;
  vec_reserve(lines, count);
  memmove(lines->at + first + fresh.len, lines->at + behind, tail * sizeof *lines->at);
  for (size_t i = first + fresh.len; i < count; i++) lines->at[i] += put - (span.end - span.start);
  if (fresh.len > 0) memcpy(lines->at + first, fresh.at, fresh.len * sizeof *fresh.at);
  lines->len = count;
  vec_free(&fresh);
}

Span line_span(Str text, const Lines *lines, uint32_t line) {
  uint32_t start = lines->at[line];
  uint32_t end = line + 1 < lines->len ? lines->at[line + 1] : (uint32_t)text.len;
  if (line + 1 < lines->len) end -= end - start >= 2 && text.at[end - 1] == '\n' && text.at[end - 2] == '\r' ? 2 : 1;
  return (Span){start, end};
}

static uint32_t character_length(Str text, uint32_t at) {
  unsigned char byte = (unsigned char)text.at[at];
  uint32_t length = byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4, there = 1;
  while (there < length && at + there < text.len && ((unsigned char)text.at[at + there] & 0xC0) == 0x80) there++;
  return there;
}

static uint32_t units_of(uint32_t length, ColumnUnits encoding) {
  return encoding == UNITS_UTF8 ? length : encoding == UNITS_UTF16 && length == 4 ? 2 : 1;
}

uint32_t text_units(Str text, ColumnUnits encoding) {
  uint32_t units = 0;
  if (encoding == UNITS_UTF8) return (uint32_t)text.len;
  for (uint32_t at = 0, length; at < text.len; at += length) {
    length = character_length(text, at);
    units += units_of(length, encoding);
  }
  return units;
}

uint32_t text_offset(Str text, const Lines *lines, ColumnUnits encoding, TextPosition position) {
  if (position.line >= lines->len) return (uint32_t)text.len;
  Span line = line_span(text, lines, position.line);
  uint32_t at = line.start, units = 0;
  while (at < line.end) {
    uint32_t length = character_length(text, at);
    units += units_of(length, encoding);
    if (units > position.character) break;
    at += length;
  }
  return at;
}

TextPosition text_position(Str text, const Lines *lines, ColumnUnits encoding, uint32_t offset) {
  if (offset > text.len) offset = (uint32_t)text.len;
  uint32_t line = line_at(lines, offset);
  Span span = line_span(text, lines, line);
  uint32_t end = offset < span.end ? offset : span.end, units = 0, at = span.start;
  while (at < end) {
    uint32_t length = character_length(text, at);
    if (at + length > end) break;
    units += units_of(length, encoding);
    at += length;
  }
  return (TextPosition){line, units};
}

TextRange text_range(Str text, const Lines *lines, ColumnUnits encoding, Span span) {
  return (TextRange){text_position(text, lines, encoding, span.start), text_position(text, lines, encoding, span.end)};
}
