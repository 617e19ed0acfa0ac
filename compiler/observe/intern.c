#include "observe/intern.h"

Str interned_text(const Interned *interned, uint32_t number) {
  size_t from = number > 0 ? interned->ends.at[number - 1] : 0;
  return (Str){interned->text.at + from, interned->ends.at[number] - from};
}

static void grow(Interned *interned) {
  size_t count = interned->slot_count > 0 ? interned->slot_count * 2 : 64;
  free(interned->slots);
  interned->slots = mem_alloc(count * sizeof *interned->slots);
  memset(interned->slots, 0, count * sizeof *interned->slots);
  interned->slot_count = count;
  for (uint32_t i = 0; i < interned->hashes.len; i++) {
    size_t at = interned->hashes.at[i] & (count - 1);
    while (interned->slots[at]) at = (at + 1) & (count - 1);
    interned->slots[at] = i + 1;
  }
}

uint32_t intern(Interned *interned, Str text) {
  if (interned->hashes.len * 4 >= interned->slot_count * 3) grow(interned);
  uint32_t hash = (uint32_t)(str_hash(text) >> 7);
  size_t at = hash & (interned->slot_count - 1);
  for (; interned->slots[at]; at = (at + 1) & (interned->slot_count - 1)) {
    uint32_t number = interned->slots[at] - 1;
    if (interned->hashes.at[number] == hash && str_is(interned_text(interned, number), text)) return number;
  }
  uint32_t number = interned_count(interned);
  buf_add(&interned->text, text);
  vec_push(&interned->ends, interned->text.len);
  vec_push(&interned->hashes, hash);
  interned->slots[at] = number + 1;
  return number;
}

void interned_free(Interned *interned) {
  buf_free(&interned->text);
  vec_free(&interned->ends);
  vec_free(&interned->hashes);
  free(interned->slots);
  *interned = (Interned){0};
}
