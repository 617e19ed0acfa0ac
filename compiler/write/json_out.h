/* JSON, written from start to end into a Buf: two spaces of indentation, UTF-8, keys in the order in which they come.
 * There is no tree in between, so a document of any size costs its own length; jansson would build one, and print 0.1
 * as 0.10000000000000001. */
#ifndef JOURNEY_WRITE_JSON_OUT_H
#define JOURNEY_WRITE_JSON_OUT_H

#include "base/buf.h"

typedef struct {
  Buf *to;
  unsigned depth;
  bool first; /* nothing stands yet in the innermost object or array */
} JsonOut;

static inline JsonOut json_out(Buf *to) { return (JsonOut){to, 0, true}; }

/* `key` is NULL inside an array and at the top. */
void json_begin_object(JsonOut *out, const char *key);
void json_end_object(JsonOut *out);
void json_begin_array(JsonOut *out, const char *key);
void json_end_array(JsonOut *out);
/* Bytes that are no UTF-8 become U+FFFD. */
void json_str(JsonOut *out, const char *key, Str value);
void json_c(JsonOut *out, const char *key, const char *value);
/* At most nine decimals; what is no finite number becomes null. */
void json_num(JsonOut *out, const char *key, double value);
void json_bool(JsonOut *out, const char *key, bool value);
/* The newline at the end of the document. */
void json_end(JsonOut *out);

#endif
