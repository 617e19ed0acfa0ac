/* A file as UTF-8, through a window that moves over it. Latin-1 is made UTF-8 only where that is asked for: what
 * divides a table into cells is ASCII, so that cells can be turned one by one. */
#ifndef JOURNEY_DATA_STREAM_H
#define JOURNEY_DATA_STREAM_H

#include "data/encoding.h"
#include "data/input.h"
#include "data/table.h"

enum { STREAM_PADDING = 64 }; /* bytes behind the window that may be read, whatever they are */

typedef struct {
  char *at;
  size_t begin, end;  /* of what is not yet taken, in `at` */
  bool ended, broken; /* nothing follows the window; because nothing more can be read: `why` */
  Str why;
  Encoding encoding;
  /* its own */
  Input *input;
  size_t cap;
  bool file_ended;
  bool turns;      /* the bytes have to be turned into UTF-8 */
  Buf raw, turned; /* read, but not yet turned; turned, but not yet in the window */
  size_t turned_at;
} Stream;

/* Fills the window from the beginning of the input, which may be NULL and is the stream's from now on. False with
 * `*why` where that fails. */
bool stream_open(Stream *stream, Input *input, TableEncoding said, Str *why);
void stream_close(Stream *stream);
/* From here on Latin-1 is turned into UTF-8; nothing is taken yet. */
void stream_turn_latin1(Stream *stream);
/* Drops what is taken, moves the rest to the front and reads on; the window grows where half of it is not taken.
 * Returns by how much the bytes moved. */
size_t stream_more(Stream *stream);

#endif
