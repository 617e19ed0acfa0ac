/* How bytes become UTF-8. */
#ifndef JOURNEY_DATA_ENCODING_H
#define JOURNEY_DATA_ENCODING_H

#include "base/buf.h"

typedef enum { BYTES_UTF8, BYTES_UTF16_LITTLE, BYTES_UTF16_BIG, BYTES_LATIN1 } ByteOrder;

typedef struct {
  ByteOrder order;
  size_t mark;     /* bytes of the mark at the beginning, which is no text */
  bool only_ascii; /* nothing speaks for UTF-8, or for Latin-1 */
  bool unknown;    /* it is none of these: Chinese, Russian or Greek in an older encoding */
} Encoding;

/* Of a file that begins so. */
Encoding encoding_of(Str beginning);
/* The order of the bytes of UTF-16 that begins so; little where nothing tells. */
Encoding encoding_of_utf16(Str beginning);

/* Neither broken UTF-8 nor a NUL. */
bool utf8_is_valid(Str text);
/* Its bytes are ASCII, and no NUL is among them: most cells, fast. */
bool text_is_plain(Str text);

/* Adds the text as UTF-8 to `to`. Windows-1252, which is Latin-1 and some more. */
void latin1_add(Buf *to, Str text);
/* Whole characters of UTF-16; returns the bytes that were taken. Halves of a pair become U+FFFD. */
size_t utf16_add(Buf *to, Str text, bool big, bool at_end);

#endif
