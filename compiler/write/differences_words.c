/* How many of what were added, dropped and changed, and what the map comes to. */
#include "write/differences.h"

const char *difference_word(DifferenceKind kind) {
  static const char *const words[] = {"changed", "added", "dropped"};
  return words[kind];
}

const char *difference_keyword(const Difference *difference) {
  return difference->keyword == K_FILE ? "project" : schema_row(difference->keyword)->word;
}

typedef struct {
  uint32_t of[3], moved;
} Counts;

static void add_count(Buf *to, uint32_t count, const char *verb, Keyword keyword, bool *named) {
  if (count == 0) return;
  if (*named) buf_add_c(to, ", ");
  else if (to->len > 0) buf_add_c(to, "; ");
  buf_printf(to, "%u ", count);
  const KeywordRow *row = schema_row(keyword);
  if (!*named) buf_printf(to, "%s ", count == 1 ? row->word : row->key); /* the key of what is declared is its plural */
  buf_add_c(to, verb);
  *named = true;
}

/* A step that only holds a pain that changed has changed as well; a stage has not. */
static bool counts(const Comparison *comparison, uint32_t at) {
  const Difference *difference = &comparison->differences[at];
  return difference_is_own(difference) || difference->keyword == K_TOUCHPOINT;
}

Str differences_counts(const Comparison *comparison, const Difference *difference, Arena *arena) {
  Counts all[K_COUNT] = {0};
  for (uint32_t i = (uint32_t)(difference - comparison->differences) + 1; i < difference->end; i++) {
    const Difference *part = &comparison->differences[i];
    if (part->keyword == K_FILE || !counts(comparison, i)) continue;
    bool only_moved = part->kind == DIFFERENCE_CHANGED && part->property_count == 0 && part->end == i + 1;
    if (part->moved.len > 0) all[part->keyword].moved++;
    if (!only_moved) all[part->keyword].of[part->kind]++;
  }
  Buf words = {0};
  static const Keyword first[] = {K_TOUCHPOINT, K_STAGE};
  for (int k = -2; k < K_COUNT; k++) {
    Keyword keyword = k < 0 ? first[k + 2] : (Keyword)k;
    if (k >= 0 && (k <= K_FILE || keyword == K_TOUCHPOINT || keyword == K_STAGE)) continue;
    bool named = false;
    add_count(&words, all[keyword].of[DIFFERENCE_ADDED], "added", keyword, &named);
    add_count(&words, all[keyword].of[DIFFERENCE_DROPPED], "dropped", keyword, &named);
    add_count(&words, all[keyword].of[DIFFERENCE_CHANGED], "changed", keyword, &named);
    add_count(&words, all[keyword].moved, "moved", keyword, &named);
  }
  return buf_take(&words, arena);
}

static Str mean_words(const Journey *journey, const JourneyCounts *figures, Arena *arena) {
  return figures->emotions > 0 ? emotion_on_scale(journey, figures->emotion, arena) : STR("");
}

size_t differences_figures(const JourneyDifference *journey, Arena *arena, FigureDifference figures[8]) {
  size_t count = 0;
  if (!journey->was || !journey->is) return 0;
  const JourneyCounts *was = &journey->before, *is = &journey->after;
  if (was->steps != is->steps)
    figures[count++] =
        (FigureDifference){STR("steps"), arena_format(arena, "%u", was->steps), arena_format(arena, "%u", is->steps)};
  FigureDifference emotion = {STR("mean emotion"), mean_words(journey->was, was, arena),
                              mean_words(journey->is, is, arena)};
  if (!str_is(emotion.before, emotion.after)) figures[count++] = emotion;
  for (int severity = 4; severity >= 0; severity--) {
    if (was->pains[severity] == is->pains[severity]) continue;
    Str word = is->severities[severity].len > 0 ? is->severities[severity] : was->severities[severity];
    Str what = word.len > 0 ? arena_format(arena, "pains, " STR_FMT, STR_ARG(word)) : STR("pains without a severity");
    figures[count++] = (FigureDifference){what, arena_format(arena, "%u", was->pains[severity]),
                                          arena_format(arena, "%u", is->pains[severity])};
  }
  return count;
}
