/* Tables in files: each file of tests/data/table is read and written down as its `.expected` says, which
 * `test_table update` makes again; and what cells mean. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/calendar.h"
#include "base/os.h"
#include "check.h"
#include "data/table.h"

/* ---- files ---- */

static const char *const format_names[] = {"unsaid", "csv", "tsv", "json", "json-lines"};
static const char *const encoding_names[] = {"unsaid", "utf-8", "utf-16", "latin-1"};
static const char *const date_names[] = {"no dates", "year first", "day first", "month first"};
static const char *const header_names[] = {"unsaid", "header", "no header"};

static void write_char(Buf *to, char c) {
  if (c == '\t') buf_add_c(to, " \\t");
  else if (c) buf_printf(to, " %c", c);
}

static void write_dialect(Buf *to, const TableDialect *d) {
  buf_printf(to, "%s %s %s", format_names[d->format], encoding_names[d->encoding], header_names[d->header]);
  write_char(to, d->delimiter);
  write_char(to, d->quote);
  write_char(to, d->decimal);
  buf_printf(to, ", %s%s%s%s%s\n", date_names[d->dates], d->packed ? ", packed" : "",
             d->dates_unclear ? ", dates unclear" : "", d->dates_mixed ? ", dates mixed" : "",
             d->decimal_unclear ? ", decimal unclear" : "");
}

static void write_meaning(Buf *to, const TableDialect *d, Str cell) {
  double number, seconds;
  if (cell_number(d, cell, &number)) {
    buf_add_c(to, " = ");
    buf_number(to, number, 6);
  } else if (cell_time(d, cell, &seconds)) {
    int32_t days = (int32_t)(seconds / 86400);
    CalendarDay day = calendar_day(days);
    double rest = seconds - days * 86400.0;
    buf_printf(to, " = %04d-%02d-%02d", day.year, day.month, day.day);
    if (rest > 0) buf_printf(to, " + %.3f s", rest);
  }
}

static void write_cell(Buf *to, const TableDialect *d, Str cell) {
  buf_add_c(to, " [");
  for (size_t i = 0; i < cell.len; i++) {
    if (cell.at[i] == '\n') buf_add_c(to, "\\n");
    else if (cell.at[i] == '\r') buf_add_c(to, "\\r");
    else buf_add_byte(to, cell.at[i]);
  }
  write_meaning(to, d, cell);
  buf_add_c(to, "]");
}

static void write_rows(Buf *to, Table *table) {
  enum { MOST = 64 };
  size_t columns[MOST], count = table_column_count(table);
  Str cells[MOST], why = {0};
  uint64_t line = 0;
  for (size_t i = 0; i < count && i < MOST; i++) columns[i] = i;
  table_select(table, columns, count);
  for (;;) {
    TableStep step = table_next(table, cells, &line, &why);
    if (step == TABLE_END) break;
    buf_printf(to, "%u:", (unsigned)line);
    if (step != TABLE_ROW) buf_printf(to, " %s: " STR_FMT, step == TABLE_BROKEN ? "BROKEN" : "bad", STR_ARG(why));
    for (size_t i = 0; step == TABLE_ROW && i < count; i++) write_cell(to, table_dialect(table), cells[i]);
    buf_add_byte(to, '\n');
    if (step == TABLE_BROKEN) break;
  }
}

static void write_table(Buf *to, Arena *arena, const char *path) {
  Str why = {0};
  Table *table = table_open(arena, path, NULL, &why);
  if (!table) {
    buf_printf(to, "not opened: " STR_FMT "\n", STR_ARG(why));
    return;
  }
  Buf rows = {0};
  write_rows(&rows, table);
  write_dialect(to, table_dialect(table));
  for (size_t i = 0; i < table_column_count(table); i++) write_cell(to, &(TableDialect){0}, table_column(table, i));
  buf_add_byte(to, '\n');
  buf_add(to, buf_str(&rows));
  buf_free(&rows);
  table_close(table);
}

static bool updating;
static size_t files_read;

static void test_file(void *context, Str path) {
  Arena *arena = context;
  if (str_ends(path, STR(".expected"))) return;
  Buf got = {0};
  Str expected = {0}, why = {0}, beside = arena_format(arena, STR_FMT ".expected", STR_ARG(path));
  write_table(&got, arena, path.at);
  if (updating) CHECK(os_write_file(arena, beside.at, buf_str(&got), &why));
  CHECK(os_read_file(arena, beside.at, 1 << 20, &expected, &why));
  if (!str_is(expected, buf_str(&got))) {
    fprintf(stderr, STR_FMT ":\n", STR_ARG(path));
    check_str(buf_str(&got), expected.at, __FILE__, __LINE__);
  }
  files_read++;
  buf_free(&got);
}

static void test_files(void) {
  Arena *arena = arena_new();
  Str why = {0};
  CHECK(os_walk(arena, JOURNEY_ROOT "/tests/data/table", STR(""), test_file, arena, &why));
  CHECK(files_read > 30);
  arena_free(arena);
}

/* ---- numbers ---- */

static void test_numbers(void) {
  static const struct {
    const char *text;
    char decimal;
    double number;
  } cases[] = {
      {"0", '.', 0},
      {"10", '.', 10},
      {"-3", '.', -3},
      {"2.5", '.', 2.5},
      {"0.1", '.', 0.1},
      {".5", '.', 0.5},
      {"+4", '.', 4},
      {"1e3", '.', 1000},
      {"1.5E-3", '.', 0.0015},
      {" 7 ", '.', 7},
      {"12 %", '.', 12},
      {"12%", '.', 12},
      {"8/10", '.', 8},
      {"8 / 10", '.', 8},
      {"8 of 10", '.', 8},
      {"9 - very likely", '.', 9},
      {"9-likely", '.', 9},
      {"10 (best)", '.', 10},
      {"5: good", '.', 5},
      {"5. Good", '.', 5},
      {"7分", '.', 7},
      {"4 – gut", '.', 4},
      {"1,234", '.', 1234},
      {"1,234", ',', 1.234},
      {"1.234", ',', 1234},
      {"1.234", '.', 1.234},
      {"1.234,5", ',', 1234.5},
      {"1.234,5", '.', 1234.5},
      {"1,234.5", ',', 1234.5},
      {"1.234.567", '.', 1234567},
      {"3,5", '.', 3.5},
      {"3.5", ',', 3.5},
      {"0,123", '.', 0.123},
      {"1 234 567", '.', 1234567},
      {"1\xC2\xA0"
       "234,5",
       ',', 1234.5},
      {"1'234.50", '.', 1234.5},
      {"12,34,567", '.', 1234567},
      {"€ 1.299,00", ',', 1299},
      {"$5", '.', 5},
      {"5 €", '.', 5},
      {"−4", '.', -4},
      {"123456789012345678", '.', 123456789012345678.0},
      {"1234.5678", ',', 1234.5678},
      {"0.30000000000000004", '.', 0.30000000000000004},
      {"9007199254740993", '.', 9007199254740992.0},
      {"99999999999999.9", '.', 99999999999999.9},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    TableDialect dialect = {.decimal = cases[i].decimal};
    double number = -1;
    bool is = cell_number(&dialect, str_of(cases[i].text), &number);
    if (!is || number != cases[i].number) fprintf(stderr, "\"%s\" is %d %.17g\n", cases[i].text, is, number);
    CHECK(is && number == cases[i].number);
  }
}

static void test_no_numbers(void) {
  static const char *const cases[] = {"",      " ",          "-",        "n/a",         "nan",   "inf",
                                      "abc",   "2026-03-01", "12:30",    "01/02/2026",  "3rd",   "x5",
                                      "1.2.3", "12.05.2026", "555 1234", "192.168.1.1", "7a1f",  "0x10",
                                      "1e999", ".",          "10-12",    "--5",         "1,2,3", "5_000"};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    double number = -1;
    bool is = cell_number(&(TableDialect){0}, str_of(cases[i]), &number);
    if (is) fprintf(stderr, "\"%s\" is %.17g\n", cases[i], number);
    CHECK(!is);
  }
}

/* ---- moments ---- */

static void test_times(void) {
  enum { MARCH_1 = 1772323200, APRIL_3 = 1775174400 }; /* of 2026 */
  static const struct {
    const char *text;
    DateOrder order;
    double seconds;
  } cases[] = {
      {"1970-01-01", 0, 0},
      {"2026-03-01", 0, MARCH_1},
      {"2026-03-01T10:20:30", 0, MARCH_1 + 37230},
      {"2026-03-01 10:20:30", 0, MARCH_1 + 37230},
      {"2026-03-01T10:20:30Z", 0, MARCH_1 + 37230},
      {"2026-03-01T10:20:30.250Z", 0, MARCH_1 + 37230.25},
      {"2026-03-01 10:20:30,5", 0, MARCH_1 + 37230.5},
      {"2026-03-01T10:20:30+02:00", 0, MARCH_1 + 30030},
      {"2026-03-01T10:20:30.000-0530", 0, MARCH_1 + 57030},
      {"2026-03-01 10:20:30 UTC", 0, MARCH_1 + 37230},
      {"2026-03-01 10:20", 0, MARCH_1 + 37200},
      {"2026-03", 0, MARCH_1},
      {"2026/3/1 3:14:15 PM GMT+1", 0, MARCH_1 + 51255},
      {"2026/3/1 11:20:30 AM CET", 0, MARCH_1 + 37230},
      {"2026-03-01 12:20:30 CEST", 0, MARCH_1 + 37230},
      {"20260301", 0, MARCH_1},
      {"20260301T102030Z", 0, MARCH_1 + 37230},
      {"2026年3月1日", 0, MARCH_1},
      {" 2026-03-01 ", 0, MARCH_1},
      {"03/04/2026", 0, APRIL_3},
      {"03/04/2026", DATES_DAY_FIRST, APRIL_3},
      {"04/03/2026", DATES_MONTH_FIRST, APRIL_3},
      {"04-03-26", DATES_MONTH_FIRST, APRIL_3},
      {"26-04-03", DATES_YEAR_FIRST, APRIL_3},
      {"3.4.2026", DATES_DAY_FIRST, APRIL_3},
      {"3.4.26, 12:00", 0, APRIL_3 + 43200},
      {"13/03/2026", DATES_MONTH_FIRST, MARCH_1 + 12 * 86400},
      {"03/13/2026", DATES_DAY_FIRST, MARCH_1 + 12 * 86400},
      {"3/13/2026 12:05 AM", 0, MARCH_1 + 12 * 86400 + 300},
      {"1 Mar 2026", 0, MARCH_1},
      {"01-Mar-26", 0, MARCH_1},
      {"March 1, 2026 10:20 am", 0, MARCH_1 + 37200},
      {"Sun, 01 Mar 2026 10:20:30 GMT", 0, MARCH_1 + 37230},
      {"1772323200", 0, MARCH_1},
      {"1772323200.5", 0, MARCH_1 + 0.5},
      {"1772323200250", 0, MARCH_1 + 0.25},
      {"2024-02-29", 0, 1709164800},
      {"1969-12-31T23:59:59Z", 0, -1},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    TableDialect dialect = {.dates = cases[i].order};
    double seconds = -1;
    bool is = cell_time(&dialect, str_of(cases[i].text), &seconds);
    if (!is || seconds != cases[i].seconds) fprintf(stderr, "\"%s\" is %d %.3f\n", cases[i].text, is, seconds);
    CHECK(is && seconds == cases[i].seconds);
  }
}

static void test_no_times(void) {
  static const char *const cases[] = {"",
                                      " ",
                                      "2026",
                                      "soon",
                                      "2026-13-01",
                                      "2026-02-30",
                                      "2026-02-29",
                                      "31/02/2026",
                                      "13/13/2026",
                                      "2026-03-01T25:00:00",
                                      "12:30",
                                      "5",
                                      "2026-03-01x",
                                      "2026-03-01 10:61:00",
                                      "1/2",
                                      "3.5",
                                      "99999999",
                                      "1234567",
                                      "2026-03-01T10:20:30+99:00",
                                      "Foo 3, 2026",
                                      "2026-3-1-1"};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    double seconds = -1;
    bool is = cell_time(&(TableDialect){0}, str_of(cases[i]), &seconds);
    if (is) fprintf(stderr, "\"%s\" is %.3f\n", cases[i], seconds);
    CHECK(!is);
  }
}

/* What was counted of a file that is being written anew is not the whole of it. */
static void test_file_that_shrinks(void) {
  char path[] = "/tmp/journey-table-XXXXXX";
  int file = mkstemp(path);
  Arena *arena = arena_new();
  Buf text = {0};
  Str why = {0}, cell;
  uint64_t line = 0;
  while (text.len < 1 << 20) buf_add_c(&text, "9,Pro\n");
  CHECK(file >= 0 && os_write_file(arena, path, buf_str(&text), &why));
  Table *table = table_open(arena, path, NULL, &why);
  CHECK(table != NULL && truncate(path, 0) == 0);
  table_select(table, (size_t[]){0}, 1);
  TableStep step = TABLE_ROW;
  while (step == TABLE_ROW) step = table_next(table, &cell, &line, &why);
  CHECK(step == TABLE_BROKEN && str_starts(why, STR("it became shorter")));
  table_close(table);
  buf_free(&text);
  arena_free(arena);
  close(file);
  remove(path);
}

int main(int count, char **arguments) {
  updating = count > 1 && strcmp(arguments[1], "update") == 0;
  test_files();
  test_file_that_shrinks();
  test_numbers();
  test_no_numbers();
  test_times();
  test_no_times();
  return CHECK_DONE();
}
