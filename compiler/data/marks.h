/* Where the bytes stand that divide a table into rows and cells. */
#ifndef JOURNEY_DATA_MARKS_H
#define JOURNEY_DATA_MARKS_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
  char delimiter, quote, newline;
} MarkBytes;

enum { MARKS_PADDING = 64 }; /* bytes behind the text that are read, whatever they are */

/* The places of the three bytes in `at`, in order, into `marks`, which has room for `len` of them; returns how many. */
size_t marks_find(const char *at, size_t len, MarkBytes bytes, uint32_t *marks);
/* The same for processors without SSE2. */
size_t marks_find_portable(const char *at, size_t len, MarkBytes bytes, uint32_t *marks);

#endif
