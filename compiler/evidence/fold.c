#include "evidence/fold.h"

#include <stdlib.h>
#include <utf8proc.h>

static Str fold_letters(Str text, Buf *scratch) {
  utf8proc_uint8_t *folded = NULL;
  utf8proc_ssize_t len = utf8proc_map((const utf8proc_uint8_t *)text.at, (utf8proc_ssize_t)text.len, &folded,
                                      UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
  scratch->len = 0;
  buf_add(scratch, len < 0 ? text : (Str){(const char *)folded, (size_t)len});
  free(folded);
  return buf_str(scratch);
}

Str fold(Str text, Buf *scratch) {
  text = str_trim(text);
  scratch->len = 0;
  for (size_t i = 0; i < text.len; i++) {
    unsigned char c = (unsigned char)text.at[i];
    if (c >= 0x80) return fold_letters(text, scratch);
    buf_add_byte(scratch, (char)(c >= 'A' && c <= 'Z' ? c + 32 : c));
  }
  return buf_str(scratch);
}

Str fold_copy(Str text, Arena *arena) {
  Buf scratch = {0};
  Str folded = arena_copy(arena, fold(text, &scratch));
  buf_free(&scratch);
  return folded;
}

/* ---- sets ---- */

/* The slot that holds it, or the empty one where it would stand. */
static uint32_t *slot_of(const Names *names, Str folded) {
  uint32_t mask = names->slot_count - 1, i = (uint32_t)str_hash(folded) & mask;
  while (names->slots[i] && !str_is(names->list[names->slots[i] - 1], folded)) i = (i + 1) & mask;
  return &names->slots[i];
}

static void grow(Names *names) {
  enum { FIRST = 32 };
  names->slot_count = names->slot_count ? names->slot_count * 2 : FIRST;
  names->slots = mem_realloc(names->slots, names->slot_count * sizeof *names->slots);
  memset(names->slots, 0, names->slot_count * sizeof *names->slots);
  names->cap = names->slot_count / 2;
  names->list = mem_realloc(names->list, names->cap * sizeof *names->list);
  for (uint32_t i = 0; i < names->count; i++) *slot_of(names, names->list[i]) = i + 1;
}

uint32_t names_add(Names *names, Str folded) {
  if (names->count == names->cap) grow(names);
  uint32_t *slot = slot_of(names, folded);
  if (*slot) return *slot - 1;
  names->list[names->count] = folded;
  *slot = ++names->count;
  return names->count - 1;
}

uint32_t names_find(const Names *names, Str folded) {
  if (!names->slot_count) return NO_NAME;
  uint32_t slot = *slot_of(names, folded);
  return slot ? slot - 1 : NO_NAME;
}

void names_free(Names *names) {
  free(names->list);
  free(names->slots);
  *names = (Names){0};
}

void seen_add(Seen *seen, Str text, Arena *arena) {
  if (seen->more || text.len == 0) return;
  for (uint32_t i = 0; i < seen->count; i++)
    if (str_is(seen->list[i], text)) return;
  if (seen->count == MOST_SEEN) seen->more = true;
  else seen->list[seen->count++] = arena_copy(arena, text);
}
