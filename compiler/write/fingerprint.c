#include "write/fingerprint.h"

#include <inttypes.h>

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

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

/* A line that is only indented otherwise, or whose columns moved, is the same. */
static uint64_t add_line(uint64_t hash, Str line) {
  line = str_trim(line);
  for (size_t i = 0; i < line.len; i++)
    if (!is_blank(line.at[i])) hash = add_byte(hash, (unsigned char)line.at[i]);
    else if (!is_blank(line.at[i - 1])) hash = add_byte(hash, ' ');
  return add_byte(hash, 0);
}

/* The line, or, where it is no line that a person wrote, what is marked of it. */
static Str about(Places *places, const Source *source, const Diagnostic *diagnostic) {
  enum { LONGEST = 1000 };
  Span line = places_line(places, diagnostic->unit, diagnostic->span.start);
  if (line.end - line.start <= LONGEST) return source_text(source, line);
  Span marked = diagnostic->span;
  if (marked.end - marked.start > LONGEST) marked.end = marked.start + LONGEST;
  return source_text(source, marked);
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
  Places *places = places_new(project, arena);
  uint64_t *result = ARENA_ARRAY(arena, uint64_t, count);
  for (size_t i = 0; i < count; i++) {
    const Diagnostic *diagnostic = &list->list.at[i];
    bool placed = diagnostic->unit < project->unit_count;
    result[i] = add_text(start, diagnostic_label(diagnostic));
    if (placed) result[i] = add_text(result[i], paths[diagnostic->unit]);
    Str line = placed ? about(places, &project->units[diagnostic->unit]->source, diagnostic) : diagnostic->message;
    result[i] = add_line(result[i], line);
  }
  const uint32_t *same = same_before(result, count, arena);
  for (size_t i = 0; i < count; i++)
    if (same[i]) result[i] = add_number(result[i], same[i]);
  return result;
}

Str fingerprint_text(uint64_t fingerprint, Arena *arena) { return arena_format(arena, "%016" PRIx64, fingerprint); }
