/* events FILE CASES EVENTS : writes an event log of a shop, always the same one: CASES visits side by side, EVENTS rows
 * in order of time, so that the rows of a visit stand far apart. Columns session, event, time, platform, channel. */
#include <stdio.h>
#include <stdlib.h>

static unsigned long long state = 88172645463325252ull;

static unsigned below(unsigned limit) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return (unsigned)(state >> 33) % limit;
}

static const char *const events[] = {"home",         "catalog",          "product_view",    "add_to_cart",
                                     "cart",         "shipping_details", "payment_details", "purchase",
                                     "support_chat", "error_page"};
static const char *const platforms[] = {"desktop", "mobile", "tablet"};
static const char *const channels[] = {"organic", "paid_search", "email", "social", "direct"};

enum { DAYS = 90, ABREAST = 50000 /* visits that are going on at one time */ };

/* A visit's next step: mostly on, sometimes back, seldom to what no map has. */
static unsigned next_event(unsigned at) {
  unsigned chance = below(100);
  if (chance < 5) return 8 + below(2);
  if (chance < 45) return at < 7 ? at + 1 : below(3);
  return below(chance < 80 ? 3 : 8);
}

int main(int argc, char **argv) {
  if (argc != 4) return 2;
  unsigned cases = (unsigned)atoi(argv[2]), rows = (unsigned)atoi(argv[3]), each = rows / cases, begun = 0;
  FILE *to = fopen(argv[1], "w");
  unsigned *visit = malloc(ABREAST * sizeof *visit), *left = calloc(ABREAST, sizeof *left),
           *at = calloc(ABREAST, sizeof *at);
  if (!to || !visit || !left || !at) return 2;
  fputs("session,event,time,platform,channel\n", to);
  for (unsigned row = 0; row < rows; row++) {
    unsigned slot = below(ABREAST);
    if (left[slot] == 0) {
      visit[slot] = begun++;
      left[slot] = 1 + below(2 * each - 1);
      at[slot] = below(2);
    }
    unsigned long long second = (unsigned long long)row * DAYS * 86400 / rows;
    unsigned day = (unsigned)(second / 86400), month = day / 30 + 1, of_day = (unsigned)(second % 86400);
    fprintf(to, "s%08u,%s,2026-%02u-%02u %02u:%02u:%02u,%s,%s\n", visit[slot], events[at[slot]], month,
            day % 30 % 28 + 1, of_day / 3600, of_day / 60 % 60, of_day % 60, platforms[visit[slot] * 2654435761u % 3],
            channels[visit[slot] * 40503u % 5]);
    at[slot] = next_event(at[slot]);
    left[slot]--;
  }
  return fclose(to) == 0 ? 0 : 2;
}
