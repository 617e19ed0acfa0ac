#include "metric/wire.h"

void wire_put(Buf *to, const void *bytes, size_t size) { buf_add(to, (Str){bytes, size}); }

void wire_put_u64(Buf *to, uint64_t number) { wire_put(to, &number, sizeof number); }

void wire_put_double(Buf *to, double number) { wire_put(to, &number, sizeof number); }

void wire_put_str(Buf *to, Str text) {
  wire_put_u64(to, text.len);
  buf_add(to, text);
}

static bool take(Wire *from, void *to, size_t size) {
  if (from->broken || from->rest.len < size) {
    from->broken = true;
    memset(to, 0, size);
    return false;
  }
  memcpy(to, from->rest.at, size);
  from->rest = str_slice(from->rest, size, from->rest.len);
  return true;
}

uint64_t wire_u64(Wire *from) {
  uint64_t number;
  take(from, &number, sizeof number);
  return number;
}

double wire_double(Wire *from) {
  double number;
  take(from, &number, sizeof number);
  return number;
}

Str wire_str(Wire *from, Arena *arena) {
  uint64_t len = wire_u64(from);
  if (len > from->rest.len) from->broken = true;
  if (from->broken || !len) return STR("");
  Str text = arena_copy(arena, str_slice(from->rest, 0, (size_t)len));
  from->rest = str_slice(from->rest, (size_t)len, from->rest.len);
  return text;
}

uint32_t wire_count(Wire *from, size_t least) {
  uint64_t count = wire_u64(from);
  if (count > from->rest.len / least || count > UINT32_MAX) from->broken = true;
  return from->broken ? 0 : (uint32_t)count;
}
