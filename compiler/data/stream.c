#include "data/stream.h"

#include <stdlib.h>

enum { WINDOW_BYTES = 256 << 10, RAW_BYTES = 64 << 10 };

static size_t read_bytes(Stream *stream, char *to, size_t room) {
  size_t got = 0;
  if (stream->file_ended) return 0;
  stream->broken = !input_read(stream->input, to, room, &got, &stream->why);
  stream->file_ended = stream->broken || got < room;
  return got;
}

/* What was read becomes UTF-8; a character that is cut waits for the rest of it. */
static void turn(Stream *stream) {
  ByteOrder order = stream->encoding.order;
  Str raw = buf_str(&stream->raw);
  size_t taken = raw.len;
  stream->turned.len = stream->turned_at = 0;
  if (order == BYTES_LATIN1) latin1_add(&stream->turned, raw);
  else taken = utf16_add(&stream->turned, raw, order == BYTES_UTF16_BIG, stream->file_ended && !stream->broken);
  if (taken < raw.len) memmove(stream->raw.at, raw.at + taken, raw.len - taken);
  stream->raw.len -= taken;
}

static void read_and_turn(Stream *stream) {
  char bytes[RAW_BYTES];
  size_t got = read_bytes(stream, bytes, sizeof bytes);
  buf_add(&stream->raw, (Str){bytes, got});
  turn(stream);
}

static void fill_turned(Stream *stream) {
  while (stream->end < stream->cap) {
    size_t left = stream->turned.len - stream->turned_at, room = stream->cap - stream->end;
    if (left == 0 && stream->file_ended) break;
    if (left == 0) {
      read_and_turn(stream);
      continue;
    }
    size_t moved = left < room ? left : room;
    memcpy(stream->at + stream->end, stream->turned.at + stream->turned_at, moved);
    stream->end += moved;
    stream->turned_at += moved;
  }
  stream->ended = stream->file_ended && stream->turned_at == stream->turned.len;
}

static void fill(Stream *stream) {
  if (stream->turns) {
    fill_turned(stream);
    return;
  }
  stream->end += read_bytes(stream, stream->at + stream->end, stream->cap - stream->end);
  stream->ended = stream->file_ended;
}

static Encoding encoding_said(TableEncoding said, Str beginning) {
  Encoding found = encoding_of(beginning);
  switch (said) {
    case ENCODING_UNSAID: return found;
    case ENCODING_UTF16: return encoding_of_utf16(beginning);
    case ENCODING_LATIN1: return (Encoding){.order = BYTES_LATIN1};
    case ENCODING_UTF8: break;
  }
  return (Encoding){.order = BYTES_UTF8, .mark = found.order == BYTES_UTF8 ? found.mark : 0};
}

/* Takes the window back to the bytes that are not yet turned. */
static void turn_from_here(Stream *stream) {
  stream->turns = true;
  buf_add(&stream->raw, (Str){stream->at + stream->begin, stream->end - stream->begin});
  stream->begin = stream->end = 0;
  turn(stream);
  fill_turned(stream);
}

bool stream_open(Stream *stream, Input *input, TableEncoding said, Str *why) {
  *stream = (Stream){.input = input};
  if (!stream->input) return false;
  stream->cap = WINDOW_BYTES;
  stream->at = mem_alloc(stream->cap + STREAM_PADDING);
  fill(stream);
  if (stream->broken && stream->end == 0) {
    *why = stream->why;
    stream_close(stream);
    return false;
  }
  stream->encoding = encoding_said(said, (Str){stream->at, stream->end});
  stream->begin = stream->encoding.mark;
  bool wide = stream->encoding.order == BYTES_UTF16_LITTLE || stream->encoding.order == BYTES_UTF16_BIG;
  if (wide) turn_from_here(stream);
  return true;
}

void stream_turn_latin1(Stream *stream) {
  if (stream->encoding.order == BYTES_LATIN1) turn_from_here(stream);
}

void stream_close(Stream *stream) {
  if (stream->input) input_close(stream->input);
  free(stream->at);
  buf_free(&stream->raw);
  buf_free(&stream->turned);
  *stream = (Stream){0};
}

size_t stream_more(Stream *stream) {
  size_t moved = stream->begin, left = stream->end - stream->begin;
  memmove(stream->at, stream->at + stream->begin, left);
  stream->begin = 0;
  stream->end = left;
  if (left > stream->cap / 2) {
    stream->at = mem_realloc(stream->at, stream->cap * 2 + STREAM_PADDING);
    stream->cap *= 2;
  }
  fill(stream);
  return moved;
}
