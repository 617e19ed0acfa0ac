#include "observe/intern.h"

Str interned_text(const Interned *interned, uint32_t number) {
  size_t start = number > 0 ? interned->ends.at[number - 1] : 0;
  return (Str){interned->text.at + start, interned->ends.at[number] - start};
}

static void grow(Interned *interned) {
  size_t count = interned->slot_count > 0 ? interned->slot_count * 2 : 64;
  InternSlot *slots = mem_alloc(count * sizeof *slots);
  memset(slots, 0, count * sizeof *slots);
  for (size_t i = 0; i < interned->slot_count; i++) {
    if (interned->slots[i].number == 0) continue;
    size_t at = interned->slots[i].hash & (count - 1);
    while (slots[at].number > 0) at = (at + 1) & (count - 1);
    slots[at] = interned->slots[i];
  }
  free(interned->slots);
  interned->slots = slots;
  interned->slot_count = count;
}

static bool is_at(const Interned *interned, const InternSlot *slot, uint32_t hash, Str text) {
  if (slot->hash != hash || slot->length != text.len) return false;
  if (text.len <= INTERN_SHORT) return memcmp(slot->start, text.at, text.len) == 0;
  return str_is(interned_text(interned, slot->number - 1), text);
}

static uint32_t add(Interned *interned, InternSlot *slot, uint32_t hash, Str text) {
  *slot = (InternSlot){interned_count(interned) + 1, hash, (uint32_t)text.len, {0}};
  memcpy(slot->start, text.at, text.len <= INTERN_SHORT ? text.len : INTERN_SHORT);
  buf_add(&interned->text, text);
  vec_push(&interned->ends, interned->text.len);
  return slot->number - 1;
}

uint32_t intern(Interned *interned, Str text) {
  if (interned->ends.len * 4 >= interned->slot_count * 3) grow(interned);
  uint32_t hash = (uint32_t)(str_hash(text) >> 7);
  size_t at = hash & (interned->slot_count - 1);
  for (; interned->slots[at].number > 0; at = (at + 1) & (interned->slot_count - 1))
    if (is_at(interned, &interned->slots[at], hash, text)) return interned->slots[at].number - 1;
  return add(interned, &interned->slots[at], hash, text);
}

void interned_free(Interned *interned) {
  buf_free(&interned->text);
  vec_free(&interned->ends);
  free(interned->slots);
  *interned = (Interned){0};
}
