#include "data/table.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "base/limits.h"
#include "data/csv.h"
#include "data/dialect.h"
#include "data/json_rows.h"
#include "data/stream.h"

enum { MOST_SELECTED = 64 };

struct Table {
  Arena *arena;
  Stream stream;
  TableDialect dialect;
  bool encoding_said;
  Str *columns;
  size_t column_count, least_cells; /* a row may lack what stands behind the last column with a name */
  size_t selected[MOST_SELECTED], selected_count;
  size_t first_of[MOST_SELECTED]; /* the first that is the same column */
  Csv csv;
  JsonRows *json;  /* NULL: it is CSV */
  Buf why, turned; /* of the row at hand */
};

/* ---- opening ---- */

static TableEncoding encoding_found(ByteOrder order) {
  return order == BYTES_UTF8 ? ENCODING_UTF8 : order == BYTES_LATIN1 ? ENCODING_LATIN1 : ENCODING_UTF16;
}

/* A name is never refused: what is no UTF-8 is taken as Latin-1, and NULs are left out. */
static Str column_name(Table *table, size_t column) {
  Str text = csv_cell_copy(&table->csv, column, table->arena);
  if (utf8_is_valid(text)) return text;
  Buf turned = {0};
  while (text.len > 0) {
    Str part = str_cut(&text, 0);
    if (utf8_is_valid(part)) buf_add(&turned, part);
    else latin1_add(&turned, part);
  }
  return buf_take(&turned, table->arena);
}

static bool name_columns(Table *table, Str *why) {
  bool header = table->dialect.header == HEADER_FIRST_LINE;
  CsvStep step = header ? csv_next(&table->csv) : CSV_ROW;
  if (step == CSV_END) return true;
  if (step != CSV_ROW) {
    *why =
        step == CSV_BROKEN ? table->stream.why : STR("its first line names no columns: a quote in it is never closed");
    return false;
  }
  if (header) table->column_count = table->csv.count;
  table->columns = ARENA_ARRAY(table->arena, Str, table->column_count + 1);
  table->least_cells = header ? 0 : table->column_count;
  for (size_t i = 0; i < table->column_count; i++) {
    Str name = header && i < table->csv.room ? column_name(table, i) : (Str){0};
    if (name.len > 0) table->least_cells = i + 1;
    table->columns[i] = name.len > 0 ? name : arena_format(table->arena, "%zu", i + 1);
  }
  if (table->least_cells > 0) return true;
  *why = STR("its first line names no columns");
  return false;
}

static bool open_csv(Table *table, Str *why) {
  csv_open(&table->csv, &table->stream);
  dialect_of_csv(&table->csv, &table->dialect, &table->column_count);
  if (!name_columns(table, why)) return false;
  if (table->csv.room > table->column_count) table->csv.room = table->column_count;
  return true;
}

/* Files of other programs, which would be read as rows of nonsense. */
static Str other_kind(const Stream *stream) {
  Str beginning = {stream->at + stream->begin, stream->end - stream->begin};
  if (str_starts(beginning, STR("PK\x03\x04"))) return STR("it is a spreadsheet or a zip archive: save it as CSV");
  if (str_starts(beginning, STR("\xD0\xCF\x11\xE0"))) return STR("it is a spreadsheet: save it as CSV");
  if (str_starts(beginning, STR("SQLite format 3"))) return STR("it is a database: save its table as CSV");
  if (str_starts(beginning, STR("%PDF-"))) return STR("it is a PDF: save its table as CSV");
  if (stream->encoding.unknown)
    return STR("its letters are written in an encoding that is not known here: save it as UTF-8");
  return (Str){0};
}

static void settle_json(Table *table) {
  enum { SAMPLE_ROWS = 200 };
  Tally tally = {0};
  Str why, cell;
  uint64_t line;
  if (!table->dialect.decimal) table->dialect.decimal = '.';
  json_rows_begin(table->json);
  for (size_t rows = 0; rows < SAMPLE_ROWS; rows++) {
    TableStep step = json_rows_next(table->json, &line, &why);
    if (step == TABLE_END || step == TABLE_BROKEN) break;
    for (size_t i = 0; step == TABLE_ROW && i < table->column_count; i++) {
      table->turned.len = 0;
      size_t at = json_rows_cell(table->json, i, &table->turned, &cell);
      tally_cell(&tally, i, at == SIZE_MAX ? cell : buf_str(&table->turned));
    }
  }
  json_rows_again(table->json);
  dialect_settle(&table->dialect, &tally);
  vec_free(&tally.columns);
}

static bool open_json(Table *table, JsonShape shape, Str *why) {
  const JsonColumn *columns;
  stream_turn_latin1(&table->stream);
  table->dialect.format = shape == JSON_IS_LINES ? FORMAT_JSON_LINES : FORMAT_JSON;
  table->json = json_rows_open(table->arena, &table->stream, shape, why);
  if (!table->json) return false;
  table->column_count = json_rows_columns(table->json, &columns);
  table->columns = ARENA_ARRAY(table->arena, Str, table->column_count + 1);
  for (size_t i = 0; i < table->column_count; i++) table->columns[i] = columns[i].name;
  settle_json(table);
  return true;
}

/* As it is said, else by the name of the file, else by what is in it. */
static JsonShape find_json(const Table *table, Str path) {
  Str beginning = {table->stream.at + table->stream.begin, table->stream.end - table->stream.begin};
  JsonShape shape = json_shape(beginning, table->stream.ended);
  TableFormat said = table->dialect.format;
  if (str_ends(path, STR(".gz"))) path.len -= 3;
  bool lines = str_ends(path, STR(".jsonl")) || str_ends(path, STR(".ndjson"));
  bool json = str_ends(path, STR(".json")) && str_trim(beginning).len > 0;
  if (said == FORMAT_JSON_LINES || (said == FORMAT_UNSAID && lines)) return JSON_IS_LINES;
  if (said == FORMAT_JSON || (said == FORMAT_UNSAID && json)) return shape == JSON_IS_NONE ? JSON_IS_LIST : shape;
  return said == FORMAT_UNSAID ? shape : JSON_IS_NONE;
}

static bool open_rows(Table *table, Str path, Str *why) {
  *why = other_kind(&table->stream);
  if (why->len > 0) return false;
  JsonShape json = find_json(table, path);
  return json == JSON_IS_NONE ? open_csv(table, why) : open_json(table, json, why);
}

Table *table_open_text(Arena *arena, const char *path, const Str *text, const TableDialect *said, Str *why) {
  Table *table = ARENA_NEW(arena, Table);
  table->arena = arena;
  if (said) table->dialect = *said;
  table->encoding_said = table->dialect.encoding != ENCODING_UNSAID;
  if (!stream_open(&table->stream, input_open(arena, path, text, why), table->dialect.encoding, why)) return NULL;
  table->dialect.packed = input_is_packed(table->stream.input);
  table->dialect.encoding = encoding_found(table->stream.encoding.order);
  if (open_rows(table, str_of(path), why)) return table;
  table_close(table);
  return NULL;
}

Table *table_open(Arena *arena, const char *path, const TableDialect *said, Str *why) {
  return table_open_text(arena, path, NULL, said, why);
}

void table_close(Table *table) {
  if (!table) return;
  csv_close(&table->csv);
  json_rows_close(table->json);
  stream_close(&table->stream);
  buf_free(&table->why);
  buf_free(&table->turned);
}

/* ---- columns ---- */

const TableDialect *table_dialect(const Table *table) { return &table->dialect; }
size_t table_column_count(const Table *table) { return table->column_count; }
Str table_column(const Table *table, size_t column) { return table->columns[column]; }

/* In one form of Unicode, without regard to case; to be freed. NULL: it is no UTF-8. */
static utf8proc_uint8_t *folded(Str name) {
  utf8proc_uint8_t *text = NULL;
  name = str_trim(name);
  utf8proc_option_t how = UTF8PROC_CASEFOLD | UTF8PROC_COMPOSE | UTF8PROC_STABLE;
  utf8proc_ssize_t len = utf8proc_map((const utf8proc_uint8_t *)name.at, (utf8proc_ssize_t)name.len, &text, how);
  return len < 0 ? NULL : text;
}

static bool is_alike(Str a, Str b) {
  utf8proc_uint8_t *of_a = folded(a), *of_b = folded(b);
  bool alike = of_a && of_b && strcmp((char *)of_a, (char *)of_b) == 0;
  free(of_a);
  free(of_b);
  return alike;
}

long table_find_name(const Str *columns, size_t count, Str name) {
  for (size_t i = 0; i < count; i++)
    if (str_is(columns[i], name)) return (long)i;
  for (size_t i = 0; i < count; i++)
    if (is_alike(columns[i], name)) return (long)i;
  return -1;
}

long table_find(const Table *table, Str name) { return table_find_name(table->columns, table->column_count, name); }

void table_select(Table *table, const size_t *columns, size_t count) {
  table->selected_count = count < MOST_SELECTED ? count : MOST_SELECTED;
  for (size_t i = 0; i < table->selected_count; i++) {
    table->selected[i] = columns[i];
    table->first_of[i] = 0;
    while (columns[table->first_of[i]] != columns[i]) table->first_of[i]++;
  }
}

/* ---- rows ---- */

static void say(Table *table, Str *why, const char *format, ...) __attribute__((format(printf, 3, 4)));
static void say(Table *table, Str *why, const char *format, ...) {
  va_list args;
  va_start(args, format);
  table->why.len = 0;
  buf_vprintf(&table->why, format, args);
  va_end(args);
  *why = buf_str(&table->why);
}

/* A text that is not plain ASCII. In a file whose beginning was, the first bytes that are no UTF-8 make it Latin-1. */
static bool turn_cell(Table *table, Str *cell, size_t *turned_at) {
  TableDialect *d = &table->dialect;
  *turned_at = SIZE_MAX;
  bool latin1 = d->encoding == ENCODING_LATIN1;
  if (!latin1 && utf8_is_valid(*cell)) return true;
  if (cell->len > 0 && memchr(cell->at, 0, cell->len)) return false;
  if (!latin1 && (table->encoding_said || !table->stream.encoding.only_ascii)) return false;
  d->encoding = ENCODING_LATIN1;
  *turned_at = table->turned.len;
  latin1_add(&table->turned, *cell);
  cell->len = table->turned.len - *turned_at;
  return true;
}

static bool csv_cell_text(Table *table, size_t column, Str *cell, size_t *turned_at) {
  const Csv *csv = &table->csv;
  *turned_at = SIZE_MAX;
  *cell = column < csv->count && column < csv->room ? csv_cell(csv, column) : STR("");
  return text_is_plain(*cell) || turn_cell(table, cell, turned_at);
}

static bool json_cell_text(Table *table, size_t column, Str *cell, size_t *turned_at) {
  *turned_at = json_rows_cell(table->json, column, &table->turned, cell);
  return *turned_at != SIZE_MAX || cell->len == 0 || !memchr(cell->at, 0, cell->len);
}

/* Texts that had to be made get their place at the end, when they move no more. */
static TableStep read_cells(Table *table, Str *cells, Str *why) {
  size_t turned_at[MOST_SELECTED];
  table->turned.len = 0;
  for (size_t i = 0; i < table->selected_count; i++) {
    size_t column = table->selected[i], first = table->first_of[i];
    if (first < i) {
      cells[i] = cells[first];
      turned_at[i] = turned_at[first];
    } else if (!(table->json ? json_cell_text : csv_cell_text)(table, column, &cells[i], &turned_at[i])) {
      say(table, why, "it holds bytes that are no text");
      return TABLE_BAD_ROW;
    }
  }
  for (size_t i = 0; table->turned.len > 0 && i < table->selected_count; i++)
    if (turned_at[i] != SIZE_MAX) cells[i].at = table->turned.at + turned_at[i];
  return TABLE_ROW;
}

static TableStep next_csv(Table *table, Str *cells, Str *why) {
  const Csv *csv = &table->csv;
  switch (csv_next(&table->csv)) {
    case CSV_END: return TABLE_END;
    case CSV_BROKEN: *why = table->stream.why; return TABLE_BROKEN;
    case CSV_UNCLOSED: say(table, why, "a quote in it is never closed"); return TABLE_BAD_ROW;
    case CSV_TOO_LONG:
      say(table, why, "it is longer than %d MiB%s", LIMIT_TABLE_ROW_MIB,
          csv->quoted ? "; perhaps a quote in it is never closed" : "");
      return TABLE_BAD_ROW;
    case CSV_ROW: break;
  }
  if (csv->count >= table->least_cells && !csv->too_many) return read_cells(table, cells, why);
  say(table, why, "it has %zu cell%s where %s %zu", csv->count, csv->count == 1 ? "" : "s",
      table->dialect.header == HEADER_FIRST_LINE ? "the header has" : "most rows have", table->column_count);
  return TABLE_BAD_ROW;
}

TableStep table_next(Table *table, Str *cells, uint64_t *line, Str *why) {
  TableStep step;
  if (table->json) {
    step = json_rows_next(table->json, line, why);
    return step == TABLE_ROW ? read_cells(table, cells, why) : step;
  }
  step = next_csv(table, cells, why);
  *line = table->csv.row_line;
  return step;
}

void table_progress(const Table *table, uint64_t *read, uint64_t *size) {
  input_progress(table->stream.input, read, size);
}
