/* Messages in a stream of bytes: what is written is what jansson reads, and what is broken costs itself alone. */
#include "lsp/server/frame.h"

#include "check.h"

static void check_written(const char *text) {
  json_t *json = json_loads(text, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL), *read = NULL;
  Buf out = {0};
  Frames frames = {0};
  const char *why;
  frame_write(json, &out);
  frames_add(&frames, buf_str(&out));
  CHECK(frames_next(&frames, &read, &why) == FRAME_MESSAGE);
  CHECK(json_equal(json, read));
  CHECK(frames_next(&frames, &read, &why) == FRAME_MORE);
  json_decref(json);
  json_decref(read);
  frames_free(&frames);
  buf_free(&out);
}

static void check_bytes(const char *text, const char *bytes) {
  json_t *json = json_loads(text, JSON_DECODE_ANY, NULL);
  Buf out = {0};
  frame_write(json, &out);
  CHECK_STR(buf_str(&out), bytes);
  json_decref(json);
  buf_free(&out);
}

/* How many messages are read, and how many times something was none. */
static void check_read(const char *bytes, int messages, int wrong) {
  Frames frames = {0};
  json_t *message;
  const char *why;
  for (const char *at = bytes; *at; at++) { /* as slowly as a pipe may */
    frames_add(&frames, (Str){at, 1});
    for (FrameKind kind; (kind = frames_next(&frames, &message, &why)) != FRAME_MORE;) {
      if (kind == FRAME_MESSAGE) json_decref(message);
      messages -= kind == FRAME_MESSAGE;
      wrong -= kind == FRAME_WRONG;
    }
  }
  CHECK(messages == 0);
  CHECK(wrong == 0);
  frames_free(&frames);
}

int main(void) {
  check_written("{\"id\":1,\"result\":null,\"list\":[],\"empty\":{},\"yes\":true,\"no\":false}");
  check_written("[0,-1,9223372036854775807,-9223372036854775808,0.1,-2.5e300]");
  check_written("[\"\",\"say \\\"hello\\\"\",\"a\\\\b\",\"\\u0000\\u001f\\n\\r\\t\\b\",\"\xC3\xA9 \xF0\x9F\x98\x80 "
                "\xE2\x80\xA8\"]");
  check_bytes("{\"a\":[1,\"x\\n\"]}", "Content-Length: 15\r\n\r\n{\"a\":[1,\"x\\n\"]}");
  check_read("Content-Length: 2\r\n\r\n{}content-length:2\r\n\r\n[]", 2, 0);
  check_read("Content-Type: x\r\nContent-Length: 2\r\n\r\n{}", 1, 0);
  check_read("Content-Length: 1\r\n\r\n{Content-Length: 2\r\n\r\n{}", 1, 1);
  check_read("garbage\r\nContent-Length: 2\r\n\r\n{}", 1, 1);
  check_read("content-length:2\n\n[]Content-Length: 2\r\n\r\n{}", 1, 0);
  check_read("Content-Length: x\r\n\r\nContent-Length: 2\r\n\r\n{}", 1, 1);
  return CHECK_DONE();
}
