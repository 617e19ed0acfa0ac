/* Comma-separated values, RFC 4180: a line for each row, CRLF at its end. */
#ifndef JOURNEY_WRITE_CSV_H
#define JOURNEY_WRITE_CSV_H

#include "base/buf.h"

/* A field, behind a comma where it is not the first of its line. One that begins with = + - @ or a tab, which a
 * spreadsheet would take for a formula, gets an apostrophe in front: spreadsheets show it as the text that it is. */
void csv_text(Buf *to, Str text);
/* At most nine decimals; what is no finite number becomes an empty field. */
void csv_number(Buf *to, double value);
void csv_end(Buf *to);

#endif
