/* Lines and columns as the protocol counts them, over a text in UTF-8. Bytes are the measure everywhere else.
 *
 * A line ends with "\n", "\r\n" or "\r", nothing else. Columns count bytes, UTF-16 units or code points, as was agreed
 * with the client. What lies behind a line's end means its end, what lies inside a character means its beginning. */
#ifndef JOURNEY_LSP_TEXT_LINES_H
#define JOURNEY_LSP_TEXT_LINES_H

#include "base/vec.h"
#include "source/source.h"

typedef enum { UNITS_UTF16, UNITS_UTF8, UNITS_UTF32 } ColumnUnits;

typedef struct {
  uint32_t line, character; /* from 0 */
} TextPosition;

typedef struct {
  TextPosition start, end;
} TextRange;

/* Where each line begins: the first at 0. */
typedef VEC(uint32_t) Lines;

Lines lines_of(Str text);
void lines_free(Lines *lines);
/* The lines of `text`, which came about by putting `put` bytes in place of `span` of the text that `lines` were of. */
void lines_edit(Lines *lines, Str text, Span span, uint32_t put);

uint32_t text_offset(Str text, const Lines *lines, ColumnUnits encoding, TextPosition position);
TextPosition text_position(Str text, const Lines *lines, ColumnUnits encoding, uint32_t offset);
TextRange text_range(Str text, const Lines *lines, ColumnUnits encoding, Span span);
/* The number of the line in which the byte stands. */
uint32_t line_at(const Lines *lines, uint32_t offset);
/* The bytes of a line, without its end. */
Span line_span(Str text, const Lines *lines, uint32_t line);
/* How many units of the encoding the bytes are. */
uint32_t text_units(Str text, ColumnUnits encoding);

#endif
