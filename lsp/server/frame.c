#include "lsp/server/frame.h"

#include <stdlib.h>
#include <strings.h>

#include "source/source.h"

static const Str length_name = STR("Content-Length:");

void frames_add(Frames *frames, Str bytes) {
  if (frames->taken == frames->bytes.len) frames->bytes.len = frames->taken = 0;
  if (frames->taken > frames->bytes.len / 2) {
    memmove(frames->bytes.at, frames->bytes.at + frames->taken, frames->bytes.len - frames->taken);
    frames->bytes.len -= frames->taken;
    frames->taken = 0;
  }
  buf_add(&frames->bytes, bytes);
}

void frames_free(Frames *frames) { buf_free(&frames->bytes); }

static Str rest_of(const Frames *frames) {
  return str_slice(buf_str(&frames->bytes), frames->taken, frames->bytes.len);
}

/* ---- headers ---- */

enum { LONGEST_HEADER = 64 << 10 };

/* Where "Content-Length:" begins, in any case of letters; the length where it doesn't. */
static size_t find_name(Str text, size_t from) {
  for (size_t at = from; at + length_name.len <= text.len; at++)
    if ((text.at[at] | 0x20) == 'c' && strncasecmp(text.at + at, length_name.at, length_name.len) == 0) return at;
  return text.len;
}

/* The last one, since what stands in front of it may be what is left of a message that was cut short. */
static size_t find_last_name(Str text) {
  size_t last = text.len;
  for (size_t at = find_name(text, 0); at < text.len; at = find_name(text, at + 1)) last = at;
  return last;
}

/* The number behind the name; -1 where there is none, or one that no message has. */
static long length_at(Str header, size_t name) {
  long length = 0;
  size_t at = name + length_name.len, digits = 0;
  while (at < header.len && (header.at[at] == ' ' || header.at[at] == '\t')) at++;
  for (; at < header.len && header.at[at] >= '0' && header.at[at] <= '9' && digits < 12; at++, digits++)
    length = length * 10 + (header.at[at] - '0');
  bool ends = at < header.len && (header.at[at] == '\r' || header.at[at] == '\n');
  return digits > 0 && ends && length <= (long)LIMIT_MESSAGE_BYTES ? length : -1;
}

/* Up to and with the empty line; 0 where that is not there yet. */
static size_t header_length(Str text) {
  const char *end = memmem(text.at, text.len, "\r\n\r\n", 4);
  return end ? (size_t)(end - text.at) + 4 : 0;
}

/* ---- bodies ---- */

static int escape_unit(Str text, size_t at) {
  if (at + 6 > text.len || text.at[at] != '\\' || text.at[at + 1] != 'u') return -1;
  char digits[5] = {text.at[at + 2], text.at[at + 3], text.at[at + 4], text.at[at + 5], 0};
  if (strspn(digits, "0123456789abcdefABCDEF") < 4) return -1;
  return (int)strtol(digits, NULL, 16);
}

static void mend_escapes(char *bytes, size_t length) {
  Str text = {bytes, length};
  for (size_t at = 0; at < length; at++) {
    const char *found = memchr(bytes + at, '\\', length - at);
    if (!found) return;
    at = (size_t)(found - bytes);
    int unit = escape_unit(text, at);
    bool half = unit >= 0xD800 && unit <= 0xDFFF;
    int next = half && unit < 0xDC00 ? escape_unit(text, at + 6) : -1;
    if (next >= 0xDC00 && next <= 0xDFFF) at += 11;
    else if (half) memcpy(bytes + at + 2, "fffd", 4), at += 5;
    else at++;
  }
}

static json_t *parse(Str body, const char **why) {
  Buf mended = {0};
  for (size_t at = 0; at < body.len;) {
    size_t wrong = source_first_invalid(body, at);
    buf_add(&mended, str_slice(body, at, wrong));
    if (wrong < body.len) buf_add_c(&mended, "\xEF\xBF\xBD");
    at = wrong + 1;
  }
  if (mended.len > 0) mend_escapes(mended.at, mended.len);
  json_error_t error;
  json_t *message = json_loadb(mended.at ? mended.at : "", mended.len, JSON_ALLOW_NUL | JSON_DECODE_ANY, &error);
  buf_free(&mended);
  if (!message) *why = "the message is no JSON";
  return message;
}

/* Where the length was wrong, another header may stand in what was taken for the message. */
static size_t message_inside(Str body) {
  for (size_t at = find_name(body, 0); at < body.len; at = find_name(body, at + 1))
    if (length_at(body, at) >= 0) return at;
  return body.len;
}

static FrameKind skip(Frames *frames, size_t bytes, const char *words, const char **why) {
  frames->taken += bytes;
  *why = words;
  return FRAME_WRONG;
}

FrameKind frames_next(Frames *frames, json_t **message, const char **why) {
  Str rest = rest_of(frames);
  size_t header = rest.len > 0 ? header_length(rest) : 0;
  if (!header && rest.len > LONGEST_HEADER)
    return skip(frames, rest.len - length_name.len, "what stands between messages is no header", why);
  if (!header) return FRAME_MORE;
  Str head = str_slice(rest, 0, header);
  size_t name = find_last_name(head);
  bool begins = name == 0 || strncasecmp(head.at, "Content-", 8) == 0;
  if (name == head.len) return skip(frames, header, "a header does not say how long its message is", why);
  if (!begins) return skip(frames, name, "what stands between messages is no header", why);
  long length = length_at(head, name);
  if (length < 0) return skip(frames, header, "a header has no length that a message can have", why);
  if (rest.len - header < (size_t)length) return FRAME_MORE;
  Str body = str_slice(rest, header, header + (size_t)length);
  *message = parse(body, why);
  frames->taken += header + (*message ? body.len : message_inside(body));
  return *message ? FRAME_MESSAGE : FRAME_WRONG;
}

/* ---- out ---- */

/* What is sent for each key, such as the tokens of a large file, is written here: by the library it takes five times as
 * long. */
static void write_text(Str text, Buf *to) {
  size_t plain = 0;
  buf_add_byte(to, '"');
  for (size_t at = 0; at < text.len; at++) {
    unsigned char c = (unsigned char)text.at[at];
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    buf_add(to, str_slice(text, plain, at));
    plain = at + 1;
    if (c == '\n') buf_add(to, STR("\\n"));
    else if (c < 0x20) buf_printf(to, "\\u%04x", c);
    else buf_add(to, (Str){(char[2]){'\\', (char)c}, 2});
  }
  buf_add(to, str_slice(text, plain, text.len));
  buf_add_byte(to, '"');
}

static void write_integer(json_int_t number, Buf *to) {
  char digits[24], *at = digits + sizeof digits;
  unsigned long long left = number < 0 ? 0 - (unsigned long long)number : (unsigned long long)number;
  do *--at = (char)('0' + left % 10);
  while ((left /= 10) > 0);
  if (number < 0) *--at = '-';
  buf_add(to, (Str){at, (size_t)(digits + sizeof digits - at)});
}

static void write_real(const json_t *number, Buf *to) {
  char *text = json_dumps(number, JSON_ENCODE_ANY | JSON_COMPACT);
  buf_add_c(to, text ? text : "null");
  free(text);
}

static void write_json(const json_t *json, Buf *to);

static void write_object(const json_t *object, Buf *to) {
  json_t *members = (json_t *)object;
  char before = '{';
  for (void *at = json_object_iter(members); at; at = json_object_iter_next(members, at)) {
    buf_add_byte(to, before);
    write_text(str_of(json_object_iter_key(at)), to);
    buf_add_byte(to, ':');
    write_json(json_object_iter_value(at), to);
    before = ',';
  }
  if (before == '{') buf_add_byte(to, '{');
  buf_add_byte(to, '}');
}

static void write_array(const json_t *array, Buf *to) {
  buf_add_byte(to, '[');
  for (size_t i = 0; i < json_array_size(array); i++) {
    if (i > 0) buf_add_byte(to, ',');
    write_json(json_array_get(array, i), to);
  }
  buf_add_byte(to, ']');
}

static void write_json(const json_t *json, Buf *to) {
  switch (json_typeof(json)) {
    case JSON_OBJECT: write_object(json, to); break;
    case JSON_ARRAY: write_array(json, to); break;
    case JSON_STRING: write_text((Str){json_string_value(json), json_string_length(json)}, to); break;
    case JSON_INTEGER: write_integer(json_integer_value(json), to); break;
    case JSON_REAL: write_real(json, to); break;
    case JSON_TRUE: buf_add(to, STR("true")); break;
    case JSON_FALSE: buf_add(to, STR("false")); break;
    case JSON_NULL: buf_add(to, STR("null")); break;
  }
}

void frame_write(const json_t *message, Buf *to) {
  Buf body = {0};
  write_json(message, &body);
  buf_printf(to, "Content-Length: %zu\r\n\r\n", body.len);
  buf_add(to, buf_str(&body));
  buf_free(&body);
}
