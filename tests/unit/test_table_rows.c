/* Tables that are larger than the window they are read through: nothing is lost at its borders, whatever a cell holds;
 * what has no end costs its row and no more memory; and what the caller says wins. */
#include <stdlib.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/os.h"
#include "check.h"
#include "data/marks.h"
#include "data/table.h"

/* ---- files ---- */

static char path[] = "/tmp/journey-table-XXXXXX";

static void write_file(Str text) {
  FILE *file = fopen(path, "wb");
  CHECK(file && fwrite(text.at, 1, text.len, file) == text.len);
  if (file) fclose(file);
}

static void write_again(Buf *text) {
  write_file(buf_str(text));
  buf_free(text);
}

typedef struct {
  size_t rows, bad;
  uint64_t first_bad_line, last_line;
  TableStep last;
  Str first_bad; /* in the arena */
} Count;

static Count count_rows(Arena *arena, const TableDialect *said) {
  static const size_t columns[] = {0, 1};
  Count count = {0};
  Str cells[2], why = {0};
  Table *table = table_open(arena, path, said, &why);
  CHECK(table != NULL);
  if (!table) return count;
  table_select(table, columns, table_column_count(table) < 2 ? table_column_count(table) : 2);
  for (;;) {
    count.last = table_next(table, cells, &count.last_line, &why);
    if (count.last == TABLE_END || count.last == TABLE_BROKEN) break;
    count.rows += count.last == TABLE_ROW;
    count.bad += count.last == TABLE_BAD_ROW;
    if (count.last == TABLE_BAD_ROW && count.bad == 1) {
      count.first_bad_line = count.last_line;
      count.first_bad = arena_copy(arena, why);
    }
  }
  table_close(table);
  return count;
}

/* ---- what is written is read ---- */

typedef struct {
  uint64_t state;
} Random;

static unsigned below(Random *random, unsigned limit) {
  random->state = random->state * 6364136223846793005u + 1442695040888963407u;
  return (unsigned)(random->state >> 33) % limit;
}

enum { COLUMNS = 5, ROWS = 40000 };

/* Anything that a cell can hold, without space around; the same for the same row and column. */
static void add_text(Buf *to, unsigned row, unsigned column, bool wide) {
  static const char *const parts[] = {"a",    "plain words", ",",    ";",  "\"", "\"\"",
                                      "\n",   "\r\n",        "x y",  "\t", "|",  "é",
                                      "王伟", "😀",           "12.5", "'",  "-",  "longer than eight"};
  enum { PARTS = sizeof parts / sizeof *parts };
  Random random = {row * 31u + column * 7919u + 1};
  below(&random, 2);
  unsigned count = below(&random, wide ? 400 : 5);
  if (column == 0) {
    buf_printf(to, "%u", row);
    return;
  }
  if (count > 0) buf_add_byte(to, 'b'); /* nothing is trimmed */
  for (unsigned i = 0; i < count; i++) buf_add_c(to, parts[below(&random, PARTS)]);
  if (count > 0) buf_add_byte(to, 'e');
}

static void add_quoted(Buf *to, Str text, char delimiter, bool needless) {
  bool needed = needless || memchr(text.at, delimiter, text.len) || memchr(text.at, '"', text.len) ||
                memchr(text.at, '\n', text.len) || memchr(text.at, '\r', text.len);
  if (!needed) {
    buf_add(to, text);
    return;
  }
  buf_add_byte(to, '"');
  for (size_t i = 0; i < text.len; i++) {
    if (text.at[i] == '"') buf_add_byte(to, '"');
    buf_add_byte(to, text.at[i]);
  }
  buf_add_byte(to, '"');
}

static void add_table(Buf *to, char delimiter, const char *newline) {
  Buf cell = {0};
  for (unsigned column = 0; column < COLUMNS; column++)
    buf_printf(to, "%sname %u", column ? (char[]){delimiter, 0} : "", column);
  for (unsigned row = 0; row < ROWS; row++) {
    buf_add_c(to, newline);
    for (unsigned column = 0; column < COLUMNS; column++) {
      cell.len = 0;
      add_text(&cell, row, column, row % 1000 == 0);
      if (column > 0) buf_add_byte(to, delimiter);
      add_quoted(to, buf_str(&cell), delimiter, row % 7 == column);
    }
  }
  buf_free(&cell);
}

static void check_table(Arena *arena, char delimiter) {
  static const size_t columns[] = {4, 0, 2, 2, 1};
  enum { SELECTED = sizeof columns / sizeof *columns };
  Str cells[SELECTED], why = {0};
  uint64_t line;
  unsigned row = 0, wrong = 0;
  Buf cell = {0};
  Table *table = table_open(arena, path, NULL, &why);
  CHECK(table && table_column_count(table) == COLUMNS && table_dialect(table)->delimiter == delimiter);
  if (!table) return;
  table_select(table, columns, SELECTED);
  for (TableStep step; (step = table_next(table, cells, &line, &why)) != TABLE_END; row++) {
    for (size_t i = 0; i < SELECTED && step == TABLE_ROW; i++) {
      cell.len = 0;
      add_text(&cell, row, (unsigned)columns[i], row % 1000 == 0);
      wrong += !str_is(cells[i], buf_str(&cell));
    }
    wrong += step != TABLE_ROW;
    if (step == TABLE_BROKEN) break;
  }
  CHECK(row == ROWS);
  CHECK(wrong == 0);
  uint64_t read, size;
  table_progress(table, &read, &size);
  CHECK(read == size && size > 0);
  buf_free(&cell);
  table_close(table);
}

/* As UTF-16 with its mark; of characters up to four bytes. */
static void add_utf16(Buf *to, Str text) {
  buf_add(to, STR("\xFF\xFE"));
  for (size_t i = 0; i < text.len;) {
    unsigned char c = (unsigned char)text.at[i];
    unsigned length = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    uint32_t code = length == 1 ? c : c & (0x7Fu >> length);
    for (unsigned b = 1; b < length; b++) code = code << 6 | ((unsigned char)text.at[i + b] & 0x3F);
    uint32_t units[] = {code < 0x10000 ? code : 0xD800 + ((code - 0x10000) >> 10), 0xDC00 + ((code - 0x10000) & 0x3FF)};
    for (unsigned u = 0; u < (length == 4 ? 2 : 1); u++) {
      buf_add_byte(to, (char)(units[u] & 0xFF));
      buf_add_byte(to, (char)(units[u] >> 8));
    }
    i += length;
  }
}

static void test_large_tables(void) {
  static const struct {
    char delimiter;
    const char *newline;
    bool wide;
  } cases[] = {{',', "\n", false}, {';', "\r\n", false}, {'\t', "\n", true}, {'|', "\n", false}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Arena *arena = arena_new();
    Buf text = {0}, utf16 = {0};
    add_table(&text, cases[i].delimiter, cases[i].newline);
    if (cases[i].wide) add_utf16(&utf16, buf_str(&text));
    write_again(cases[i].wide ? &utf16 : &text);
    check_table(arena, cases[i].delimiter);
    buf_free(&text);
    arena_free(arena);
  }
}

/* ---- what has no end ---- */

static void add_lines(Buf *to, unsigned from, unsigned count) {
  for (unsigned i = from; i < from + count; i++) buf_printf(to, "%u,plain text\n", i);
}

static void test_long_line(void) {
  enum { MEGABYTES = 100 };
  Arena *arena = arena_new();
  Buf begin = {0}, part = {0}, end = {0};
  buf_add_c(&begin, "id,text\n");
  add_lines(&begin, 0, 3);
  buf_repeat(&part, STR("x"), 1 << 20);
  buf_add_c(&end, "\n");
  add_lines(&end, 3, 4);
  FILE *file = fopen(path, "wb");
  fwrite(begin.at, 1, begin.len, file);
  for (int i = 0; i < MEGABYTES; i++) fwrite(part.at, 1, part.len, file);
  fwrite(end.at, 1, end.len, file);
  fclose(file);
  Count count = count_rows(arena, NULL);
  CHECK(count.rows == 7 && count.bad == 1 && count.first_bad_line == 5 && count.last == TABLE_END);
  CHECK_STR(count.first_bad, "it is longer than 1 MiB");
  Str why = {0};
  CHECK(!table_open(arena, path, &(TableDialect){.format = FORMAT_JSON_LINES}, &why));
  CHECK_STR(why, "it is no JSON that holds a list of objects");
  buf_free(&begin);
  buf_free(&part);
  buf_free(&end);
  arena_free(arena);
}

/* A quote that is never closed, in front of a million bytes without any: its own line is lost, and no other. */
static void test_unclosed(void) {
  enum { LINES = 200000, EACH = 1000 };
  Arena *arena = arena_new();
  Buf text = {0};
  buf_add_c(&text, "id,text\n0,\"never closed\n");
  add_lines(&text, 1, LINES / 2);
  for (unsigned i = LINES / 2; i < LINES; i += EACH) { /* far behind it, quotes are what they were */
    add_lines(&text, i, EACH - 1);
    buf_add_c(&text, "1,\"two\nlines\"\n");
  }
  write_again(&text);
  Count count = count_rows(arena, NULL);
  CHECK(count.rows == LINES && count.bad == 1 && count.first_bad_line == 2 && count.last == TABLE_END);
  arena_free(arena);
}

/* A hundred thousand such lines, each of which could go on to the end: each is looked at once or twice, not a hundred
 * thousand times. */
static void test_many_unclosed(void) {
  enum { LINES = 300000 };
  Arena *arena = arena_new();
  Buf text = {0};
  buf_add_c(&text, "id,text\n");
  for (unsigned i = 0; i < LINES; i++) buf_add_c(&text, "0,\"\"\"\"x\n");
  write_again(&text);
  Count count = count_rows(arena, NULL);
  CHECK(count.rows == 0 && count.bad == LINES && count.last == TABLE_END);
  arena_free(arena);
}

/* A cell may go over many lines, as long as the row is no longer than it may be. */
static void test_long_cell(void) {
  Arena *arena = arena_new();
  for (int longer = 0; longer < 2; longer++) {
    Buf text = {0};
    buf_add_c(&text, "id,text\n1,\"");
    buf_repeat(&text, STR("line\n"), (LIMIT_TABLE_ROW - 8) / 5 + (longer ? 4 : 0));
    buf_add_c(&text, "\"\n2,x\n");
    write_again(&text);
    Count count = count_rows(arena, NULL);
    CHECK(longer ? count.bad > 0 : count.rows == 2 && count.bad == 0);
    CHECK(count.last == TABLE_END);
  }
  arena_free(arena);
}

/* The first bytes that are no ASCII come behind the beginning that is looked at. */
static void test_late_latin1(void) {
  Arena *arena = arena_new();
  Buf text = {0};
  static const size_t column = 1;
  Str cell, last = {0}, why = {0};
  uint64_t line;
  buf_add_c(&text, "id,text\n");
  add_lines(&text, 1, 100000);
  buf_add_c(&text, "100001,Jos\xE9\n");
  write_again(&text);
  Table *table = table_open(arena, path, NULL, &why);
  CHECK(table_dialect(table)->encoding == ENCODING_UTF8);
  table_select(table, &column, 1);
  while (table_next(table, &cell, &line, &why) == TABLE_ROW) last = arena_copy(arena, cell);
  CHECK_STR(last, "José");
  CHECK(table_dialect(table)->encoding == ENCODING_LATIN1);
  table_close(table);
  CHECK(count_rows(arena, &(TableDialect){.encoding = ENCODING_UTF8}).bad == 1);
  arena_free(arena);
}

static void test_long_json(void) {
  Arena *arena = arena_new();
  Buf text = {0};
  buf_add_c(&text, "[{\"a\": 1},\n{\"a\": \"");
  buf_repeat(&text, STR("x"), 3 << 20);
  buf_add_c(&text, "\"},\n{\"a\": 2}]\n");
  write_again(&text);
  Count count = count_rows(arena, NULL);
  CHECK(count.rows == 2 && count.bad == 1 && count.first_bad_line == 2 && count.last == TABLE_END);
  CHECK_STR(count.first_bad, "it is longer than 1 MiB");
  buf_add_c(&text, "{\"rows\": [\n");
  for (unsigned i = 0; i < 50000; i++)
    buf_printf(&text, "%s{\"a\": %u, \"b\": {\"c\": [\"%u\"]}}", i ? ",\n" : "", i, i);
  buf_add_c(&text, "\n]}");
  write_again(&text);
  count = count_rows(arena, NULL);
  CHECK(count.rows == 50000 && count.bad == 0 && count.last == TABLE_END);
  arena_free(arena);
}

/* ---- what is said wins ---- */

static void test_said(void) {
  Arena *arena = arena_new();
  Str cells[4], why = {0};
  uint64_t line;
  static const size_t columns[] = {0, 1, 2};
  double number, seconds;
  write_file(STR("1,5;03/04/2026;'a'\n2,5;05/06/2026;'b'\n"));
  TableDialect said = {.format = FORMAT_CSV,
                       .encoding = ENCODING_LATIN1,
                       .header = HEADER_FIRST_LINE,
                       .dates = DATES_MONTH_FIRST,
                       .delimiter = ';',
                       .quote = '"',
                       .decimal = '.'};
  Table *table = table_open(arena, path, &said, &why);
  const TableDialect *d = table_dialect(table);
  CHECK(d->encoding == ENCODING_LATIN1 && d->header == HEADER_FIRST_LINE && d->dates == DATES_MONTH_FIRST);
  CHECK(d->delimiter == ';' && d->quote == '"' && d->decimal == '.' && !d->dates_unclear && !d->decimal_unclear);
  CHECK_STR(table_column(table, 0), "1,5");
  table_select(table, columns, 3);
  CHECK(table_next(table, cells, &line, &why) == TABLE_ROW && line == 2);
  CHECK_STR(cells[2], "'b'");
  CHECK(cell_time(d, cells[1], &seconds) && seconds == 1777939200 + 86400); /* the sixth of May */
  CHECK(cell_number(d, cells[0], &number) && number == 2.5);                /* it can't be otherwise */
  table_close(table);
  table = table_open(arena, path, &(TableDialect){.format = FORMAT_TSV, .header = HEADER_NONE}, &why);
  CHECK(table_dialect(table)->delimiter == '\t' && table_column_count(table) == 1);
  CHECK_STR(table_column(table, 0), "1");
  table_close(table);
  write_file(STR("{\"a\": 1}\n"));
  table = table_open(arena, path, &(TableDialect){.format = FORMAT_CSV}, &why);
  CHECK(table_dialect(table)->format == FORMAT_CSV);
  table_close(table);
  arena_free(arena);
}

static void test_find(void) {
  Arena *arena = arena_new();
  Str why = {0};
  write_file(STR("Score,score,Satisfaccio\xCC\x81n, Plan ,\n1,2,3,4,5\n"));
  Table *table = table_open(arena, path, NULL, &why);
  CHECK(table_find(table, STR("Score")) == 0);
  CHECK(table_find(table, STR("score")) == 1);
  CHECK(table_find(table, STR("SCORE")) == 0);
  CHECK(table_find(table, STR("satisfacción")) == 2);
  CHECK(table_find(table, STR("plan ")) == 3);
  CHECK(table_find(table, STR("5")) == 4);
  CHECK(table_find(table, STR("Plans")) == -1);
  CHECK(table_find(table, STR("")) == -1);
  table_close(table);
  arena_free(arena);
}

static void test_not_opened(void) {
  Arena *arena = arena_new();
  Str why = {0};
  CHECK(!table_open(arena, "/tmp/there-is-no-such-table.csv", NULL, &why));
  CHECK_STR(why, "no such file or folder");
  CHECK(!table_open(arena, "/tmp", NULL, &why));
  CHECK_STR(why, "it is a folder");
  table_close(NULL);
  arena_free(arena);
}

/* ---- marks ---- */

static void test_marks(void) {
  enum { LENGTH = 1000 };
  static const char bytes[] = {',', '"', '\n', 'a', '\xAC', '\x0B', '-', '\x8A', '\0', '\x7F'};
  char text[LENGTH + MARKS_PADDING];
  uint32_t marks[LENGTH], portable[LENGTH];
  Random random = {7};
  for (size_t i = 0; i < sizeof text; i++) text[i] = bytes[below(&random, sizeof bytes)];
  for (size_t len = 0; len <= LENGTH; len++) {
    MarkBytes which = {',', '"', '\n'};
    size_t expected = 0, found = marks_find(text, len, which, marks);
    bool same = marks_find_portable(text, len, which, portable) == found;
    for (size_t i = 0; i < len; i++) {
      if (text[i] != ',' && text[i] != '"' && text[i] != '\n') continue;
      same = same && expected < found && marks[expected] == i && portable[expected] == i;
      expected++;
    }
    CHECK(same && expected == found);
  }
}

int main(void) {
  int file = mkstemp(path);
  if (file < 0) return 2;
  close(file);
  test_marks();
  test_large_tables();
  test_long_line();
  test_unclosed();
  test_many_unclosed();
  test_long_cell();
  test_late_latin1();
  test_long_json();
  test_said();
  test_find();
  test_not_opened();
  remove(path);
  return CHECK_DONE();
}
