/* Whatever bytes come as a table, read as they look or as somebody says: every text is UTF-8, rows come in order and
 * end, and which columns are asked for changes nothing about the rows. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/os.h"
#include "data/encoding.h"
#include "data/table.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST_COLUMNS = 8, WINDOW = 300 << 10 };

static char path[] = "/tmp/journey-fuzz-table-XXXXXX";
static int file = -1;

static void remove_file(void) { unlink(path); }

static void fail(const char *what) {
  fprintf(stderr, "does not hold: %s\n", what);
  abort();
}

static void write_file(const uint8_t *data, size_t size, size_t times) {
  if (file < 0) {
    file = mkstemp(path);
    atexit(remove_file);
  }
  if (file < 0 || ftruncate(file, 0) != 0) fail("a file can be written");
  for (size_t i = 0; i < times; i++)
    if (pwrite(file, data, size, (off_t)(i * size)) != (ssize_t)size) fail("a file can be written");
}

static void check_cell(const TableDialect *dialect, Str cell) {
  double value = 0;
  if (!utf8_is_valid(cell)) fail("a cell is UTF-8");
  if (str_trim(cell).len != cell.len && dialect->format < FORMAT_JSON) fail("a cell has no space around");
  if (cell_number(dialect, cell, &value) && !isfinite(value)) fail("a number is one");
  if (cell_time(dialect, cell, &value) && !isfinite(value)) fail("a moment is one");
}

typedef struct {
  size_t rows, bad;
  uint64_t lines; /* sum of them */
  TableStep last;
} Outcome;

static void check_end(const Table *table, const Outcome *outcome, uint64_t bytes) {
  uint64_t read, size;
  table_progress(table, &read, &size);
  if (read > size) fail("no more is read than there is");
  if (outcome->last == TABLE_END && read != size) fail("all is read at the end");
  if (!table_dialect(table)->packed && outcome->rows + outcome->bad > bytes) fail("a row takes a byte");
}

/* The first `count` columns are asked for. */
static bool read_table(const TableDialect *said, size_t most, uint64_t bytes, Outcome *outcome) {
  static const size_t columns[MOST_COLUMNS] = {0, 1, 2, 3, 4, 5, 6, 7};
  Arena *arena = arena_new();
  Str cells[MOST_COLUMNS], why = {0};
  uint64_t line = 0, before = 0;
  *outcome = (Outcome){0};
  Table *table = table_open(arena, path, said, &why);
  if (!table && why.len == 0) fail("a refusal says why");
  size_t count = table && table_column_count(table) < most ? table_column_count(table) : most;
  for (size_t i = 0; table && i < table_column_count(table); i++)
    if (!utf8_is_valid(table_column(table, i)) || table_find(table, table_column(table, i)) < 0)
      fail("a column is found");
  if (table) table_select(table, columns, count);
  while (table) {
    outcome->last = table_next(table, cells, &line, &why);
    if (line < before) fail("rows come in order");
    before = line;
    if (outcome->last == TABLE_END || outcome->last == TABLE_BROKEN) break;
    if (outcome->last == TABLE_BAD_ROW && why.len == 0) fail("a bad row says why");
    outcome->rows += outcome->last == TABLE_ROW;
    outcome->bad += outcome->last == TABLE_BAD_ROW;
    outcome->lines += line;
    for (size_t i = 0; outcome->last == TABLE_ROW && i < count; i++) check_cell(table_dialect(table), cells[i]);
  }
  if (table) check_end(table, outcome, bytes);
  table_close(table);
  arena_free(arena);
  return table != NULL;
}

static void read_both(const TableDialect *said, uint64_t bytes) {
  Outcome all, none;
  if (!read_table(said, MOST_COLUMNS, bytes, &all)) return;
  read_table(said, 0, bytes, &none);
  /* Bytes that are no text are seen only where they are asked for. */
  if (all.rows > none.rows || all.rows + all.bad != none.rows + none.bad || all.lines != none.lines ||
      all.last != none.last)
    fail("the rows are the same, whatever is asked for");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const TableDialect said[] = {
      {0},
      {.format = FORMAT_CSV, .encoding = ENCODING_UTF8, .header = HEADER_NONE, .delimiter = ';', .decimal = ','},
      {.format = FORMAT_CSV, .encoding = ENCODING_LATIN1, .quote = '\'', .dates = DATES_YEAR_FIRST},
      {.format = FORMAT_TSV, .encoding = ENCODING_UTF16, .header = HEADER_FIRST_LINE},
      {.format = FORMAT_JSON, .dates = DATES_MONTH_FIRST},
      {.format = FORMAT_JSON_LINES},
  };
  enum { WAYS = sizeof said / sizeof *said, RARELY = 64 };
  uint64_t choice = size > 0 ? str_hash((Str){(const char *)data, size}) : 0;
  write_file(data, size, 1);
  read_both(&said[0], size);
  read_both(&said[1 + choice % (WAYS - 1)], size);
  if (size < 16 || choice / WAYS % RARELY != 0) return 0;
  size_t times = WINDOW / size + 1;
  write_file(data, size, times);
  read_both(&said[0], size * times);
  return 0;
}
