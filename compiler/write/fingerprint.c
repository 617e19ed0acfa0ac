#include "write/fingerprint.h"

#include <inttypes.h>

#include "project/about.h"

/* FNV-1a: str_hash depends on the machine, and this one is compared from one machine to another. */
static const uint64_t start = 0xcbf29ce484222325u;

static uint64_t add_byte(uint64_t hash, unsigned char byte) { return (hash ^ byte) * 0x100000001b3u; }

static uint64_t add_text(uint64_t hash, Str text) {
  for (size_t i = 0; i < text.len; i++) hash = add_byte(hash, (unsigned char)text.at[i]);
  return add_byte(hash, 0);
}

static uint64_t add_number(uint64_t hash, uint64_t number) {
  for (unsigned shift = 0; shift < 64; shift += 8) hash = add_byte(hash, (unsigned char)(number >> shift));
  return hash;
}

typedef struct {
  uint64_t number;
  size_t at;
} Mark;

static int by_number(const void *left, const void *right) {
  const Mark *a = left, *b = right;
  if (a->number != b->number) return a->number < b->number ? -1 : 1;
  return a->at < b->at ? -1 : a->at > b->at;
}

const uint32_t *same_before(const uint64_t *numbers, size_t count, Arena *arena) {
  Mark *marks = ARENA_ARRAY(arena, Mark, count);
  uint32_t *result = ARENA_ARRAY(arena, uint32_t, count);
  for (size_t i = 0; i < count; i++) marks[i] = (Mark){numbers[i], i};
  if (count > 1) qsort(marks, count, sizeof *marks, by_number);
  uint32_t same = 0;
  for (size_t i = 0; i < count; i++) {
    same = i > 0 && marks[i].number == marks[i - 1].number ? same + 1 : 0;
    result[marks[i].at] = same;
  }
  return result;
}

uint64_t fingerprint_of(Str text) { return add_text(start, text); }

const uint64_t *fingerprints(const Project *project, const Diagnostics *list, const Str *paths, Arena *arena) {
  size_t count = list->list.len;
  uint64_t *result = ARENA_ARRAY(arena, uint64_t, count);
  for (size_t i = 0; i < count; i++) {
    const Diagnostic *diagnostic = &list->list.at[i];
    uint64_t hash = add_text(start, diagnostic_label(diagnostic));
    if (diagnostic->unit < project->unit_count) hash = add_text(hash, paths[diagnostic->unit]);
    result[i] = add_text(hash, diagnostic_about(project, diagnostic, arena));
  }
  const uint32_t *same = same_before(result, count, arena);
  for (size_t i = 0; i < count; i++)
    if (same[i]) result[i] = add_number(result[i], same[i]);
  return result;
}

Str fingerprint_text(uint64_t fingerprint, Arena *arena) { return arena_format(arena, "%016" PRIx64, fingerprint); }
