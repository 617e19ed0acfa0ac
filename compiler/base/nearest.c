#include "base/nearest.h"

enum { LONGEST = 48 };

static char lowered(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }
static int least(int a, int b) { return a < b ? a : b; }

/* Optimal string alignment: Damerau's distance, no part edited twice. Whatever is `enough` or more may be said as
 * `enough`. */
static int distance(Str a, Str b, int enough) {
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

/* A third of the letters may differ, three at most. */
static int tolerance(size_t len) { return len < 3 ? 0 : len < 5 ? 1 : len < 9 ? 2 : 3; }

Nearest nearest_to(Str word) { return (Nearest){.word = word, .distance = tolerance(word.len) + 1}; }

void nearest_offer(Nearest *nearest, Str candidate) {
  if (nearest->word.len > LONGEST || candidate.len > LONGEST || candidate.len == 0) return;
  int found = distance(nearest->word, candidate, nearest->distance);
  if (found >= nearest->distance) return;
  nearest->distance = found;
  nearest->best = candidate;
}

/* A misspelt synonym is a letter further away than a misspelt keyword. */
void nearest_offer_also(Nearest *nearest, const char *also, Str candidate) {
  if (nearest->word.len > LONGEST) return;
  for (Str rest = str_of(also); rest.len > 0;) {
    Str word = str_cut(&rest, ' ');
    if (word.len > LONGEST) continue;
    int found = distance(nearest->word, word, nearest->distance);
    if (found > 0) found++;
    if (found >= nearest->distance) continue;
    nearest->distance = found;
    nearest->best = candidate;
  }
}
