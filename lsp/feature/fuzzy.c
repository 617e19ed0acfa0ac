#include "lsp/feature/fuzzy.h"

#include <utf8proc.h>

#include "text/measure.h"

enum {
  MATCH = 16,
  AT_START = 14, /* of the name */
  AT_WORD = 10,  /* of a word in it */
  TOGETHER = 12, /* right behind the one before */
  GAP = 1,       /* for each character left out between two */
  MOST_GAP = 8,
  LONGER = 1, /* for each character more than was typed */
  MOST_LONGER = 24,
  WHOLE = 40, /* nothing is left out */
};

static bool is_word(int32_t character) {
  return character >= 0x80 || (character >= '0' && character <= '9') || (character >= 'a' && character <= 'z') ||
         (character >= 'A' && character <= 'Z');
}

static int32_t lower(int32_t character) {
  if (character < 0x80) return character >= 'A' && character <= 'Z' ? character + 32 : character;
  return utf8proc_tolower(character);
}

FuzzyQuery fuzzy_query(Str typed) {
  FuzzyQuery query = {.len = 0};
  for (size_t at = 0; at < typed.len && query.len < FUZZY_LONGEST;) {
    int32_t character = text_next(typed, &at);
    if (character > ' ') query.at[query.len++] = lower(character);
  }
  return query;
}

typedef struct {
  int32_t at[FUZZY_LONGEST];
  int start[FUZZY_LONGEST]; /* what a character at that place is worth more */
  uint32_t len;
} Name;

/* False, early, where the query is not in it. */
static bool read_name(const FuzzyQuery *query, Str text, Name *name) {
  uint32_t fits = 0;
  bool behind_word = false;
  name->len = 0;
  for (size_t at = 0; at < text.len && name->len < FUZZY_LONGEST;) {
    int32_t character = text_next(text, &at);
    bool word = is_word(character);
    name->start[name->len] = !word || behind_word ? 0 : name->len == 0 ? AT_START : AT_WORD;
    name->at[name->len] = lower(character);
    if (fits < query->len && name->at[name->len] == query->at[fits]) fits++;
    name->len++;
    behind_word = word;
  }
  return fits == query->len;
}

static int gap_cost(uint32_t gap) { return gap * GAP < MOST_GAP ? (int)gap * GAP : MOST_GAP; }

/* The best of all ways to lay the query over the name. best[j]: with the last character so far at place j. */
static int best_way(const FuzzyQuery *query, const Name *name) {
  int best[FUZZY_LONGEST], next[FUZZY_LONGEST], result = FUZZY_NO;
  for (uint32_t i = 0; i < query->len; i++) {
    int reach = FUZZY_NO; /* the best of those in front, less what lies between */
    for (uint32_t j = 0; j < name->len; j++) {
      int from = i == 0 ? -gap_cost(j) : reach;
      if (i > 0 && j > 0 && best[j - 1] != FUZZY_NO && best[j - 1] + TOGETHER > from) from = best[j - 1] + TOGETHER;
      next[j] = name->at[j] == query->at[i] && from != FUZZY_NO ? from + MATCH + name->start[j] : FUZZY_NO;
      if (reach != FUZZY_NO) reach -= GAP;
      if (i > 0 && j > 0 && best[j - 1] != FUZZY_NO && best[j - 1] - GAP > reach) reach = best[j - 1] - GAP;
    }
    memcpy(best, next, name->len * sizeof *best);
  }
  for (uint32_t j = 0; j < name->len; j++)
    if (best[j] > result) result = best[j];
  return result;
}

int fuzzy_score(const FuzzyQuery *query, Str text) {
  Name name;
  if (query->len == 0) return 0;
  if (!read_name(query, text, &name)) return FUZZY_NO;
  uint32_t longer = name.len - query->len;
  int score = best_way(query, &name);
  if (score == FUZZY_NO) return FUZZY_NO;
  return score + (longer == 0 ? WHOLE : 0) - (longer * LONGER < MOST_LONGER ? (int)longer * LONGER : MOST_LONGER);
}
