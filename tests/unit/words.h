/* Which words of the schema do what in a line: for the files that editors colour maps by. */
#ifndef JOURNEY_TESTS_UNIT_WORDS_H
#define JOURNEY_TESTS_UNIT_WORDS_H

#include <stdlib.h>
#include <string.h>

#include "schema/schema.h"

static inline bool is_property(Keyword keyword) {
  const KeywordRow *row = schema_row(keyword);
  if (row->how_often == DECLARES || keyword == K_ARROW) return false;
  for (const Keyword *where = row->where; *where != K_NONE; where++)
    if (*where != K_FILE) return true;
  return false;
}

static inline bool declares_in(Keyword keyword, bool file) {
  return schema_declares(keyword) && schema_allows(K_FILE, keyword) == file;
}
static inline bool declares_at_top(Keyword keyword) { return declares_in(keyword, true); }
static inline bool declares_inside(Keyword keyword) { return declares_in(keyword, false); }

static inline bool refers(Keyword keyword) {
  ValueType first = keyword == K_ARROW ? V_NONE : schema_row(keyword)->values[0].type;
  return first == V_REF || first == V_REFS || first == V_EMOTION;
}

static inline int by_word(const void *a, const void *b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The words of the keywords of which it holds, sorted, each once; their number. */
static inline size_t words_that(bool (*holds)(Keyword), const char *words[K_COUNT]) {
  size_t count = 0, kept = 0;
  for (int k = K_FILE + 1; k < K_COUNT; k++)
    if (holds((Keyword)k)) words[count++] = schema_row((Keyword)k)->word;
  qsort(words, count, sizeof *words, by_word);
  for (size_t i = 0; i < count; i++)
    if (i == 0 || strcmp(words[i], words[kept - 1]) != 0) words[kept++] = words[i];
  return kept;
}

#endif
