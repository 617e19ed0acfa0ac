/* Whatever bytes come as a text and as edits of it: a unit of which something was kept is the one that a fresh reading
 * makes. The first bytes say which edits; each moves a piece of the text to another place, over some of what is there.
 */
#include <stdio.h>
#include <stdlib.h>

#include "../unit/same_unit.h"
#include "base/buf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { EDITS = 4, BYTES_AN_EDIT = 6, MOST_CUT = 64 };

static void compare(UnitKeep *keep, Str text) {
  Arena *arenas[] = {arena_new(), arena_new()};
  Unit *kept = unit_new_edited(keep, arenas[0], (Source){STR("a.journey"), arena_copy(arenas[0], text)}, 1);
  Unit *fresh = unit_new(arenas[1], (Source){STR("a.journey"), arena_copy(arenas[1], text)}, 1);
  const char *difference = unit_difference(kept, fresh);
  if (difference) {
    fprintf(stderr, "they differ: %s\n", difference);
    abort();
  }
  unit_free(kept);
  unit_free(fresh);
}

static size_t place(const uint8_t *two, size_t most) { return (size_t)(two[0] << 8 | two[1]) * (most + 1) >> 16; }

static void edit(Buf *text, const uint8_t *how) {
  Str all = buf_str(text);
  size_t at = place(how, all.len), from = place(how + 2, all.len), cut = how[4] % MOST_CUT, len = how[5] % MOST_CUT;
  if (cut > all.len - at) cut = all.len - at;
  if (len > all.len - from) len = all.len - from;
  Buf after = {0};
  buf_add(&after, str_slice(all, 0, at));
  buf_add(&after, str_slice(all, from, from + len));
  buf_add(&after, str_slice(all, at + cut, all.len));
  buf_free(text);
  *text = after;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < EDITS * BYTES_AN_EDIT) return 0;
  Str start = {(const char *)data + EDITS * BYTES_AN_EDIT, size - EDITS * BYTES_AN_EDIT};
  UnitKeep *keep = unit_keep_new();
  Buf text = {0};
  buf_add(&text, start);
  compare(keep, start);
  for (int i = 0; i < EDITS; i++) {
    edit(&text, data + i * BYTES_AN_EDIT);
    compare(keep, buf_str(&text));
  }
  compare(keep, start);
  unit_keep_free(keep);
  buf_free(&text);
  return 0;
}
