/* Places in a text, in each encoding: what lies inside a character means its beginning, what lies behind a line's end
 * means that, and lines after an edit are those of the new text. */
#include "lsp/text/lines.h"

#include "base/buf.h"
#include "check.h"

static const ColumnUnits encodings[] = {UNITS_UTF16, UNITS_UTF8, UNITS_UTF32};

static bool continues(Str text, uint32_t at) { return at < text.len && ((unsigned char)text.at[at] & 0xC0) == 0x80; }

/* Where the place of a byte is found again: at its character's beginning, before its line's end. */
static uint32_t settled(Str text, uint32_t at) {
  while (at > 0 && continues(text, at)) at--;
  if (at > 0 && at < text.len && text.at[at] == '\n' && text.at[at - 1] == '\r') at--;
  return at;
}

static void check_places(Str text) {
  Lines lines = lines_of(text);
  for (int e = 0; e < 3; e++)
    for (uint32_t at = 0; at <= text.len; at++) {
      TextPosition place = text_position(text, &lines, encodings[e], at);
      uint32_t again = text_offset(text, &lines, encodings[e], place);
      CHECK(again == settled(text, at));
      CHECK(text_position(text, &lines, encodings[e], again).character == place.character);
      place.character += 100;
      CHECK(text_offset(text, &lines, encodings[e], place) == line_span(text, &lines, place.line).end);
    }
  lines_free(&lines);
}

static void check_edit(Str text, Span span, Str put) {
  Buf now = {0};
  buf_add(&now, str_slice(text, 0, span.start));
  buf_add(&now, put);
  buf_add(&now, str_slice(text, span.end, text.len));
  Lines lines = lines_of(text), fresh = lines_of(buf_str(&now));
  lines_edit(&lines, buf_str(&now), span, (uint32_t)put.len);
  CHECK(lines.len == fresh.len);
  for (size_t i = 0; i < lines.len && i < fresh.len; i++) CHECK(lines.at[i] == fresh.at[i]);
  lines_free(&lines);
  lines_free(&fresh);
  buf_free(&now);
}

int main(void) {
  static const char odd[] = "a\xC3\xA9\r\n\xEF\xBB\xBF\xF0\x9F\x98\x80 b\r\r\n\n\xE2\x80\xA8 \xE7\x8E\xAF\r\n\rx";
  Str text = {odd, sizeof odd - 1};
  check_places(text);
  check_places(STR(""));
  check_places(STR("\n"));
  static const char *const pieces[] = {"", "\r", "\n", "\r\n", "x", "\n\r", "x\r\ny\rz\n"};
  for (uint32_t from = 0; from <= text.len; from++)
    for (uint32_t to = from; to <= text.len; to++)
      for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) check_edit(text, (Span){from, to}, str_of(pieces[i]));
  return CHECK_DONE();
}
