#include "write/places.h"

#define BLOCK 512 /* bytes for which one count of characters is kept */

typedef struct {
  uint32_t *lines;  /* where each line starts */
  uint32_t *counts; /* characters in front of each block */
  uint32_t *wide;   /* those of them that are two code units of UTF-16; NULL: nobody has asked yet */
  uint32_t line_count;
} Index;

struct Places {
  const Project *project;
  Arena *arena;
  Index *of_unit;
};

static bool starts_character(char c) { return ((unsigned char)c & 0xC0) != 0x80; }

/* Whether a line starts at i > 0; a carriage return alone ends a line too. */
static bool starts_line(Str text, size_t i) {
  return text.at[i - 1] == '\n' || (text.at[i - 1] == '\r' && (i == text.len || text.at[i] != '\n'));
}

/* Plain loops over bytes with a byte's counter, which compilers turn into wide instructions. */
#define PIECE 128

static uint32_t count_lines(Str text) {
  uint32_t count = 1;
  for (size_t from = 0; from < text.len; from += PIECE) {
    size_t to = from + PIECE < text.len ? from + PIECE : text.len;
    uint8_t lines = 0;
    for (size_t i = from; i < to; i++) lines = (uint8_t)(lines + (text.at[i] == '\n'));
    count += lines;
  }
  if (text.len == 0 || !memchr(text.at, '\r', text.len)) return count;
  for (size_t i = 0; i < text.len; i++) count += text.at[i] == '\r' && (i + 1 == text.len || text.at[i + 1] != '\n');
  return count;
}

static uint32_t count_characters(Str text, size_t from, size_t to) {
  uint32_t count = 0;
  for (; from < to; from += PIECE) {
    size_t end = from + PIECE < to ? from + PIECE : to;
    uint8_t characters = 0;
    for (size_t i = from; i < end; i++) characters = (uint8_t)(characters + starts_character(text.at[i]));
    count += characters;
  }
  return count;
}

/* Characters behind the first 65,536 are four bytes of UTF-8, of which the first says so. */
static uint32_t count_wide(Str text, size_t from, size_t to) {
  uint32_t count = 0;
  for (; from < to; from++) count += (unsigned char)text.at[from] >= 0xF0;
  return count;
}

static void enter_lines(Index *index, Str text) {
  index->lines[index->line_count++] = 0;
  if (text.len == 0) return;
  bool returns = memchr(text.at, '\r', text.len) != NULL;
  const char *end = text.at + text.len;
  for (const char *at = text.at; !returns && (at = memchr(at, '\n', (size_t)(end - at))) != NULL;)
    index->lines[index->line_count++] = (uint32_t)(++at - text.at);
  for (size_t i = 1; returns && i <= text.len; i++)
    if (starts_line(text, i)) index->lines[index->line_count++] = (uint32_t)i;
}

static void index_make(Index *index, Str text, Arena *arena) {
  index->lines = ARENA_ARRAY(arena, uint32_t, count_lines(text));
  index->counts = ARENA_ARRAY(arena, uint32_t, text.len / BLOCK + 1);
  enter_lines(index, text);
  for (size_t block = 1; block <= text.len / BLOCK; block++)
    index->counts[block] = index->counts[block - 1] + count_characters(text, (block - 1) * BLOCK, block * BLOCK);
}

static uint32_t characters_before(const Index *index, Str text, uint32_t offset) {
  return index->counts[offset / BLOCK] + count_characters(text, offset / BLOCK * BLOCK, offset);
}

/* The number, from 0, of the last line that starts at or in front of `offset`. */
static uint32_t line_of(const Index *index, uint32_t offset) {
  uint32_t low = 0, high = index->line_count;
  while (high - low > 1) {
    uint32_t middle = low + (high - low) / 2;
    if (index->lines[middle] <= offset) low = middle;
    else high = middle;
  }
  return low;
}

static const Index *index_of(Places *places, uint32_t unit) {
  Index *index = &places->of_unit[unit];
  if (!index->lines) index_make(index, places->project->units[unit]->source.text, places->arena);
  return index;
}

Places *places_new(const Project *project, Arena *arena) {
  Places *places = ARENA_NEW(arena, Places);
  *places = (Places){project, arena, ARENA_ARRAY(arena, Index, project->unit_count)};
  return places;
}

Position places_position(Places *places, uint32_t unit, uint32_t offset) {
  Str text = places->project->units[unit]->source.text;
  const Index *index = index_of(places, unit);
  if (offset > text.len) offset = (uint32_t)text.len;
  uint32_t line = line_of(index, offset);
  uint32_t column = characters_before(index, text, offset) - characters_before(index, text, index->lines[line]);
  return (Position){line + 1, column + 1};
}

static uint32_t wide_before(const Index *index, Str text, uint32_t offset) {
  return index->wide[offset / BLOCK] + count_wide(text, offset / BLOCK * BLOCK, offset);
}

Position places_position_utf16(Places *places, uint32_t unit, uint32_t offset) {
  Str text = places->project->units[unit]->source.text;
  Position position = places_position(places, unit, offset);
  Index *index = &places->of_unit[unit];
  if (!index->wide) {
    index->wide = ARENA_ARRAY(places->arena, uint32_t, text.len / BLOCK + 1);
    for (size_t block = 1; block <= text.len / BLOCK; block++)
      index->wide[block] = index->wide[block - 1] + count_wide(text, (block - 1) * BLOCK, block * BLOCK);
  }
  if (offset > text.len) offset = (uint32_t)text.len;
  position.column += wide_before(index, text, offset) - wide_before(index, text, index->lines[position.line - 1]);
  return position;
}

Span places_line(Places *places, uint32_t unit, uint32_t offset) {
  Str text = places->project->units[unit]->source.text;
  const Index *index = index_of(places, unit);
  uint32_t line = line_of(index, offset);
  uint32_t start = index->lines[line], end = line + 1 < index->line_count ? index->lines[line + 1] : (uint32_t)text.len;
  if (end > start && text.at[end - 1] == '\n') end--;
  if (end > start && text.at[end - 1] == '\r') end--;
  return (Span){start, end};
}
