#include "data/dialect.h"

#include "data/cell.h"

enum { SAMPLE_ROWS = 1000, FEW_ROWS = 100 };

/* ---- what cells look like ---- */

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* Counts for what the signs in a number speak: 3.5 for a point, 1.234.567 for a comma, 1,234 for either. */
static void tally_signs(Tally *tally, Str text) {
  size_t points = 0, commas = 0, last = 0, end = 0;
  for (; end < text.len && (is_digit(text.at[end]) || text.at[end] == '.' || text.at[end] == ','); end++) {
    if (is_digit(text.at[end])) continue;
    points += text.at[end] == '.';
    commas += text.at[end] == ',';
    last = end;
  }
  if (points + commas == 0 || last + 1 == end) return;
  bool point_last = text.at[last] == '.';
  bool three = end - last == 4, one = points + commas == 1;
  if (one && three && last <= 3 && text.at[0] != '0') tally->either++;
  else if (one || (points > 0 && commas > 0)) *(point_last ? &tally->points : &tally->commas) += 1;
  else if (three) *(point_last ? &tally->commas : &tally->points) += 1;
}

static Str without_sign(Str text) {
  while (text.len > 0 && !is_digit(text.at[0])) text = str_slice(text, 1, text.len);
  return text;
}

static void tally_date(ColumnTally *column, DateKind kind, int first, int second) {
  if (kind == DATE_CLEAR) column->clear_dates++;
  else if (first > 12 || kind == DATE_DOTS) column->day_first++;
  else if (second > 12) column->month_first++;
  else column->either_first++;
}

void tally_cell(Tally *tally, size_t column, Str text) {
  static const TableDialect unsaid = {0};
  while (tally->columns.len <= column) vec_push(&tally->columns, (ColumnTally){0});
  ColumnTally *c = &tally->columns.at[column];
  if (text.len == 0) return;
  int first = 0, second = 0;
  double number;
  DateKind kind = cell_date_kind(text, &first, &second);
  if (kind != DATE_NONE && kind != DATE_SINCE_1970) tally_date(c, kind, first, second);
  else if (cell_number(&unsaid, text, &number)) {
    c->numbers++;
    tally_signs(tally, without_sign(text));
  } else c->texts++;
}

static void settle_decimal(TableDialect *d, const Tally *tally) {
  if (d->decimal) return;
  if (tally->points != tally->commas) d->decimal = tally->points > tally->commas ? '.' : ',';
  else d->decimal = d->delimiter == ';' ? ',' : '.';
  bool both = tally->points > 0 && tally->commas > 0, neither = tally->points + tally->commas == 0;
  d->decimal_unclear = tally->either > 0 && (both || neither);
}

static void settle_dates(TableDialect *d, const Tally *tally) {
  ColumnTally all = {0};
  for (size_t i = 0; i < tally->columns.len; i++) {
    const ColumnTally *c = &tally->columns.at[i];
    all.clear_dates += c->clear_dates;
    all.day_first += c->day_first;
    all.month_first += c->month_first;
    all.either_first += c->either_first;
    if (c->clear_dates > 0 && c->day_first + c->month_first + c->either_first > 0) d->dates_mixed = true;
  }
  if (all.day_first > 0 && all.month_first > 0) d->dates_mixed = true;
  if (d->dates) return;
  uint32_t told = all.day_first + all.month_first;
  if (told > 0) d->dates = all.day_first >= all.month_first ? DATES_DAY_FIRST : DATES_MONTH_FIRST;
  else if (all.either_first > 0) d->dates = DATES_DAY_FIRST;
  else if (all.clear_dates > 0) d->dates = DATES_YEAR_FIRST;
  d->dates_unclear = told == 0 && all.either_first > 0;
}

void dialect_settle(TableDialect *dialect, const Tally *tally) {
  settle_decimal(dialect, tally);
  settle_dates(dialect, tally);
}

/* ---- delimiter ---- */

typedef struct {
  size_t counts[FEW_ROWS]; /* cells of each row */
  size_t rows, usual, usual_rows;
} Shape;

/* The number of cells that most rows have. */
static void find_usual(Shape *shape) {
  for (size_t i = 0; i < shape->rows; i++) {
    size_t same = 0;
    for (size_t j = 0; j < shape->rows; j++) same += shape->counts[j] == shape->counts[i];
    if (same < shape->usual_rows || (same == shape->usual_rows && shape->counts[i] <= shape->usual)) continue;
    shape->usual = shape->counts[i];
    shape->usual_rows = same;
  }
}

static Shape shape_of(Csv *csv, MarkBytes bytes, size_t begin) {
  Shape shape = {0};
  csv->stream->begin = begin;
  csv_restart(csv, bytes, 0);
  for (size_t rows = 0; rows < FEW_ROWS; rows++) {
    CsvStep step = csv_next(csv);
    if (step == CSV_ROW) shape.counts[shape.rows++] = csv->count;
    else if (step == CSV_END || step == CSV_BROKEN) break;
  }
  find_usual(&shape);
  return shape;
}

/* The share of rows that are as long as most; half of it where the first one, which may be a title, is not. 0: it is no
 * table. */
static double likeness(const Shape *shape) {
  enum { FEW_CELLS = 3 };
  if (shape->rows == 0 || shape->usual < 2) return 0;
  double share = (double)shape->usual_rows / (double)shape->rows;
  if (shape->counts[0] == shape->usual) return share;
  bool is_title = shape->counts[0] == 1;
  return share > 0.5 && (!is_title || shape->usual >= FEW_CELLS) ? share / 2 : 0;
}

static char find_delimiter(Csv *csv, MarkBytes bytes, size_t begin) {
  static const char candidates[] = {',', ';', '\t', '|'};
  char best = bytes.newline; /* one column, in which commas are text */
  double best_likeness = 0;
  size_t best_cells = 0;
  for (size_t i = 0; i < sizeof candidates; i++) {
    bytes.delimiter = candidates[i];
    Shape shape = shape_of(csv, bytes, begin);
    double like = likeness(&shape);
    if (like < best_likeness || (like == best_likeness && (like == 0 || shape.usual <= best_cells))) continue;
    best = candidates[i];
    best_likeness = like;
    best_cells = shape.usual;
  }
  return best;
}

/* "sep=;" as the first line, which is for spreadsheets. */
static bool take_separator(Csv *csv, char *delimiter) {
  Stream *stream = csv->stream;
  Str rest = {stream->at + stream->begin, stream->end - stream->begin}, all = rest, line = str_cut_line(&rest);
  if (line.len != 5 || !str_starts(line, STR("sep="))) return false;
  *delimiter = line.at[4];
  stream->begin += all.len - rest.len;
  return true;
}

/* ---- quotes ---- */

/* Cells that begin and end with the quote, in the first rows. */
static size_t quoted_cells(Csv *csv, char quote) {
  size_t quoted = 0;
  const char *at = csv->stream->at;
  for (size_t rows = 0; rows < FEW_ROWS && csv_next(csv) == CSV_ROW; rows++)
    for (size_t i = 0; i < csv->count && i < csv->room; i++) {
      Str text = str_trim((Str){at + csv->cells[i].begin, csv->cells[i].end - csv->cells[i].begin});
      quoted += text.len > 1 && text.at[0] == quote && text.at[text.len - 1] == quote;
    }
  return quoted;
}

static char find_quote(Csv *csv, MarkBytes bytes, size_t begin) {
  csv->stream->begin = begin;
  csv_restart(csv, bytes, csv_most_cells(csv));
  size_t doubles = quoted_cells(csv, '"');
  bytes.quote = '\'';
  csv->stream->begin = begin;
  csv_restart(csv, bytes, csv->room);
  return doubles == 0 && quoted_cells(csv, '\'') > 1 ? '\'' : '"';
}

/* ---- header ---- */

/* Whether the first row is one of data: its cells look like those below, where those are no texts. */
static bool is_data(const Tally *first, const Tally *rest) {
  uint32_t like = 0, unlike = 0;
  for (size_t i = 0; i < first->columns.len && i < rest->columns.len; i++) {
    const ColumnTally *head = &first->columns.at[i], *body = &rest->columns.at[i];
    uint32_t dates = body->clear_dates + body->day_first + body->month_first + body->either_first;
    if (body->texts >= body->numbers + dates) continue;
    bool head_dates = head->clear_dates + head->day_first + head->month_first + head->either_first > 0;
    like += body->numbers >= dates ? head->numbers > 0 : head_dates;
    unlike += head->texts > 0;
  }
  return like > unlike;
}

static void tally_row(const Csv *csv, Tally *tally) {
  for (size_t i = 0; i < csv->count && i < csv->room; i++) tally_cell(tally, i, csv_cell(csv, i));
}

static bool find_header(Csv *csv) {
  Tally first = {0}, rest = {0};
  if (csv_next(csv) == CSV_ROW) tally_row(csv, &first);
  for (size_t rows = 0; rows < FEW_ROWS && csv_next(csv) == CSV_ROW; rows++) tally_row(csv, &rest);
  bool data = is_data(&first, &rest);
  vec_free(&first.columns);
  vec_free(&rest.columns);
  return !data;
}

/* ---- all of it ---- */

/* LF where there is any: a CR in front of it is space. */
static char find_newline(const Stream *stream) {
  const char *begin = stream->at + stream->begin;
  size_t len = stream->end - stream->begin;
  return !memchr(begin, '\n', len) && memchr(begin, '\r', len) ? '\r' : '\n';
}

static void settle_numbers(Csv *csv, TableDialect *d, bool has_header) {
  Tally tally = {0};
  if (has_header) csv_next(csv);
  for (size_t rows = 0; rows < SAMPLE_ROWS; rows++) {
    CsvStep step = csv_next(csv);
    if (step == CSV_END || step == CSV_BROKEN) break;
    if (step == CSV_ROW) tally_row(csv, &tally);
  }
  dialect_settle(d, &tally);
  vec_free(&tally.columns);
}

/* The place of the first row that is no title; `*columns` as most rows have. */
static size_t behind_title(Csv *csv, MarkBytes bytes, size_t begin, size_t *columns, uint64_t *line) {
  Shape shape = shape_of(csv, bytes, begin);
  *columns = shape.usual;
  csv->stream->begin = begin;
  csv_restart(csv, bytes, csv->room);
  if (shape.counts[0] != 1 || likeness(&shape) == 0) return begin;
  do {
    begin = csv->stream->begin;
    *line = csv->line;
  } while (csv_next(csv) == CSV_ROW && csv->count != shape.usual);
  return begin;
}

void dialect_of_csv(Csv *csv, TableDialect *d, size_t *columns) {
  Stream *stream = csv->stream;
  uint64_t line = 1;
  char separator = 0;
  csv->only_window = true;
  MarkBytes bytes = {d->delimiter, d->quote ? d->quote : '"', find_newline(stream)};
  if (take_separator(csv, &separator)) line = 2;
  if (!bytes.delimiter) bytes.delimiter = d->format == FORMAT_TSV ? '\t' : separator;
  size_t begin = stream->begin;
  if (!bytes.delimiter) bytes.delimiter = find_delimiter(csv, bytes, begin);
  csv_restart(csv, bytes, 0);
  if (!d->quote) bytes.quote = find_quote(csv, bytes, begin);
  uint64_t above = 1;
  begin = behind_title(csv, bytes, begin, columns, &above);
  line += above - 1;
  size_t room = csv_most_cells(csv);
  stream->begin = begin;
  csv_restart(csv, bytes, room);
  if (!d->header) d->header = find_header(csv) ? HEADER_FIRST_LINE : HEADER_NONE;
  d->delimiter = bytes.delimiter == bytes.newline ? 0 : bytes.delimiter;
  d->quote = bytes.quote;
  if (!d->format) d->format = d->delimiter == '\t' ? FORMAT_TSV : FORMAT_CSV;
  stream->begin = begin;
  csv_restart(csv, bytes, room);
  settle_numbers(csv, d, d->header == HEADER_FIRST_LINE);
  stream->begin = begin;
  csv_restart(csv, bytes, room);
  csv->line = line;
  csv->only_window = false;
}
