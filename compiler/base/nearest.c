#include "base/nearest.h"

enum { LONGEST = 48 };

static char lowered(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }
static int least(int a, int b) { return a < b ? a : b; }

static bool is_letter_pair(Str s, char first, char second) {
  return s.len == 2 && lowered(s.at[0]) == lowered(first) && lowered(s.at[1]) == lowered(second);
}

/* Nearly every word of two letters is one letter away from every other. */
static bool is_too_short(Str word, Str candidate) {
  return word.len == 2 && !is_letter_pair(candidate, word.at[0], word.at[1]) &&
         !is_letter_pair(candidate, word.at[1], word.at[0]);
}

/* Optimal string alignment: Damerau's distance, no part edited twice. Whatever is `enough` or more may be said as
 * `enough`. */
static int distance(Str a, Str b, int enough) {
  if (is_too_short(a, b)) return enough;
  if ((int)a.len - (int)b.len >= enough || (int)b.len - (int)a.len >= enough) return enough;
  int rows[3][LONGEST + 1];
  for (int j = 0; j <= (int)b.len; j++) rows[0][j] = j;
  for (int i = 1; i <= (int)a.len; i++) {
    int *now = rows[i % 3], *before = rows[(i + 2) % 3], *older = rows[(i + 1) % 3];
    now[0] = i;
    for (int j = 1; j <= (int)b.len; j++) {
      char x = lowered(a.at[i - 1]), y = lowered(b.at[j - 1]);
      now[j] = least(least(before[j], now[j - 1]) + 1, before[j - 1] + (x != y));
      if (i > 1 && j > 1 && x == lowered(b.at[j - 2]) && lowered(a.at[i - 2]) == y)
        now[j] = least(now[j], older[j - 2] + 1);
    }
  }
  return rows[a.len % 3][b.len];
}

/* A third of the letters may differ, three at most; of two letters none, but they may be swapped. */
static int tolerance(size_t len) { return len < 2 ? 0 : len < 5 ? 1 : len < 9 ? 2 : 3; }

Nearest nearest_to(Str word) { return (Nearest){.word = word, .distance = tolerance(word.len) + 1}; }

/* `found` letters lie between what was written and a word for `candidate`. */
static void offer(Nearest *nearest, Str candidate, int found) {
  if (found == nearest->distance && nearest->best.len > 0 && !str_is(candidate, nearest->best)) nearest->tied = true;
  if (found >= nearest->distance) return;
  nearest->distance = found;
  nearest->best = candidate;
  nearest->tied = false;
}

void nearest_offer(Nearest *nearest, Str candidate) {
  if (nearest->word.len > LONGEST || candidate.len > LONGEST || candidate.len == 0) return;
  offer(nearest, candidate, distance(nearest->word, candidate, nearest->distance + 1));
}

/* A part between hyphens counts as one letter away. */
void nearest_offer_part(Nearest *nearest, Str candidate) {
  for (Str rest = candidate; rest.len > 0 && nearest->word.len > 0;)
    if (str_is(str_cut(&rest, '-'), nearest->word)) offer(nearest, candidate, 1);
}

/* A misspelt synonym is a letter further away than a misspelt keyword. */
void nearest_offer_also(Nearest *nearest, const char *also, Str candidate) {
  if (nearest->word.len > LONGEST) return;
  for (Str rest = str_of(also); rest.len > 0;) {
    Str word = str_cut(&rest, ' ');
    if (word.len > LONGEST) continue;
    int found = distance(nearest->word, word, nearest->distance + 1);
    offer(nearest, candidate, found > 0 ? found + 1 : 0);
  }
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* Whether two words that count as one letter apart differ by a slip of the fingers: swapped, missing, too much. */
static bool is_slip(Str a, Str b) {
  Str longer = a.len > b.len ? a : b;
  size_t at = 0;
  while (at < a.len && at < b.len && lowered(a.at[at]) == lowered(b.at[at])) at++;
  if (a.len != b.len) return longer.len - (a.len < b.len ? a.len : b.len) == 1 && !is_digit(longer.at[at]);
  bool swapped =
      at + 1 < a.len && lowered(a.at[at]) == lowered(b.at[at + 1]) && lowered(b.at[at]) == lowered(a.at[at + 1]);
  return swapped && !is_digit(a.at[at]) && !is_digit(b.at[at]);
}

bool nearest_is_sure(const Nearest *nearest) {
  if (nearest->best.len == 0 || nearest->tied || nearest->distance > 1) return false;
  return nearest->distance == 0 || is_slip(nearest->word, nearest->best);
}
