/* table write FILE MB : a CSV of answers with quotes, commas and line breaks in them, the same on every run.
 * table read FILE : reads three of its columns, and prints what was read. */
#include <stdio.h>
#include <stdlib.h>

#include "base/os.h"
#include "data/table.h"

typedef struct {
  uint64_t state;
} Random;

static unsigned below(Random *random, unsigned limit) {
  random->state = random->state * 6364136223846793005u + 1442695040888963407u;
  return (unsigned)(random->state >> 33) % limit;
}

static void write_comment(FILE *file, Random *random) {
  static const char *const words[] = {"the", "delivery", "took", "too", "long", "and", "nobody", "answered", "fine"};
  enum { WORDS = sizeof words / sizeof *words };
  bool quoted = below(random, 3) == 0;
  if (quoted) fputs("\"Well, ", file);
  for (unsigned i = 3 + below(random, 12); i > 0; i--) fprintf(file, "%s ", words[below(random, WORDS)]);
  if (quoted) fputs(below(random, 2) ? "\"\"really\"\"\"" : "\nas I said\"", file);
}

static void write_row(FILE *file, Random *random, unsigned id) {
  static const char *const steps[] = {"view", "cart", "payment_details", "leave"};
  fprintf(file, "%u,c%u,2026-%02u-%02uT%02u:%02u:33.%03uZ,%s,%u,\"%s\",", id, below(random, 100000),
          1 + below(random, 12), 1 + below(random, 28), below(random, 24), below(random, 60), below(random, 1000),
          steps[below(random, 4)], below(random, 11), below(random, 2) ? "Pro" : "Free");
  write_comment(file, random);
  fprintf(file, ",%u.%02u\n", below(random, 100), below(random, 100));
}

static int write_table(const char *path, long megabytes) {
  FILE *file = fopen(path, "wb");
  Random random = {1};
  if (!file) return 2;
  fputs("id,case,time,event,score,plan,comment,price\n", file);
  for (unsigned id = 1; ftell(file) < megabytes * 1000000; id++) write_row(file, &random, id);
  return fclose(file) == 0 ? 0 : 2;
}

static int read_table(const char *path) {
  static const size_t columns[] = {1, 3, 6};
  enum { COLUMNS = sizeof columns / sizeof *columns };
  Arena *arena = arena_new();
  Str why, cells[COLUMNS];
  uint64_t line, rows = 0, bytes = 0;
  TableStep step;
  Table *table = table_open(arena, path, NULL, &why);
  if (!table) return 2;
  table_select(table, columns, COLUMNS);
  while ((step = table_next(table, cells, &line, &why)) == TABLE_ROW) {
    rows++;
    for (size_t i = 0; i < COLUMNS; i++) bytes += cells[i].len;
  }
  table_close(table);
  arena_free(arena);
  printf("%llu rows, %llu bytes\n", (unsigned long long)rows, (unsigned long long)bytes);
  return step == TABLE_END ? 0 : 2;
}

int main(int count, char **arguments) {
  if (count == 4 && strcmp(arguments[1], "write") == 0) return write_table(arguments[2], atol(arguments[3]));
  return count == 3 ? read_table(arguments[2]) : 2;
}
