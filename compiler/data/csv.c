#include "data/csv.h"

#include <stdlib.h>

#include "base/limits.h"

typedef enum { SCAN_ROW, SCAN_MORE, SCAN_UNCLOSED } Scan;

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

static bool all_blank(const char *at, size_t begin, size_t end) {
  while (begin < end && is_blank(at[begin])) begin++;
  return begin == end;
}

/* ---- the window ---- */

void csv_open(Csv *csv, Stream *stream) { *csv = (Csv){.stream = stream, .line = 1}; }

void csv_close(Csv *csv) {
  free(csv->marks);
  free(csv->cells);
  *csv = (Csv){0};
}

static void mark_window(Csv *csv) {
  const Stream *stream = csv->stream;
  if (csv->mark_room < stream->cap) {
    csv->mark_room = stream->cap;
    free(csv->marks);
    csv->marks = mem_alloc(sizeof *csv->marks * csv->mark_room);
  }
  csv->mark_count = marks_find(stream->at, stream->end, csv->bytes, csv->marks);
  csv->mark = 0;
  while (csv->mark < csv->mark_count && csv->marks[csv->mark] < stream->begin) csv->mark++;
}

void csv_restart(Csv *csv, MarkBytes bytes, size_t room) {
  csv->bytes = bytes;
  csv->line = 1;
  csv->one_line_before = 0;
  if (room > csv->room || !csv->cells) csv->cells = mem_realloc(csv->cells, sizeof *csv->cells * (room + 1));
  csv->room = room;
  mark_window(csv);
}

size_t csv_most_cells(const Csv *csv) { return csv->mark_count + 1; }

static void more(Csv *csv) {
  size_t moved = stream_more(csv->stream);
  csv->one_line_before = csv->one_line_before > moved ? csv->one_line_before - moved : 0;
  mark_window(csv);
}

/* ---- a row ---- */

/* Whether a cell ends behind the quote in front of `at`: then only blanks follow in it. */
static Scan closes(const Csv *csv, size_t at, bool *closed) {
  const Stream *stream = csv->stream;
  for (; at < stream->end; at++) {
    char c = stream->at[at];
    *closed = c == csv->bytes.delimiter || c == csv->bytes.newline;
    if (*closed || !is_blank(c)) return SCAN_ROW;
  }
  *closed = true;
  return stream->ended ? SCAN_ROW : SCAN_MORE;
}

static Scan unclosed(Csv *csv, size_t seen) {
  if (csv->one_line_before < seen) csv->one_line_before = seen;
  return SCAN_UNCLOSED;
}

/* From the quote that opens a cell to the one that closes it. A quote within the text that is not doubled is taken as
 * text, but only on the first line: on others it is likelier that the opening one was never closed. */
static Scan scan_quoted(Csv *csv, size_t *mark, uint64_t *lines) {
  const Stream *stream = csv->stream;
  size_t open = csv->marks[*mark];
  uint64_t breaks = 0;
  for (size_t m = *mark + 1; m < csv->mark_count; m++) {
    size_t at = csv->marks[m];
    char c = stream->at[at];
    if (c == csv->bytes.newline) {
      if (open < csv->one_line_before) return SCAN_UNCLOSED;
      breaks++;
    }
    if (c != csv->bytes.quote) continue;
    if (at + 1 < stream->end && stream->at[at + 1] == c) {
      m++;
      continue;
    }
    bool closed;
    if (closes(csv, at + 1, &closed) == SCAN_MORE) return SCAN_MORE;
    if (!closed && breaks > 0) return unclosed(csv, at);
    if (!closed && at > open + 1) continue;
    *mark = m;
    *lines += breaks;
    return SCAN_ROW;
  }
  return stream->ended ? unclosed(csv, stream->end) : SCAN_MORE;
}

static void put_cell(Csv *csv, size_t begin, size_t end) {
  if (csv->count < csv->room) csv->cells[csv->count] = (CsvCell){(uint32_t)begin, (uint32_t)end};
  else if (!all_blank(csv->stream->at, begin, end)) csv->too_many = true;
  csv->count++;
}

/* The row that begins the window; `*end` is where its last cell ends, `*next` the mark behind it. */
static Scan scan_row(Csv *csv, size_t *end, size_t *next, uint64_t *lines) {
  const Stream *stream = csv->stream;
  const char *at = stream->at;
  size_t begin = stream->begin;
  csv->count = 0;
  csv->too_many = csv->quoted = false;
  for (size_t mark = csv->mark; mark < csv->mark_count; mark++) {
    size_t place = csv->marks[mark];
    char c = at[place];
    if (c == csv->bytes.quote) {
      if (place != begin && !all_blank(at, begin, place)) continue;
      csv->quoted = true;
      Scan scan = scan_quoted(csv, &mark, lines);
      if (scan != SCAN_ROW) return scan;
      continue;
    }
    put_cell(csv, begin, place);
    begin = place + 1;
    if (c != csv->bytes.newline) continue;
    *end = place;
    *next = mark + 1;
    return SCAN_ROW;
  }
  if (!stream->ended) return SCAN_MORE;
  put_cell(csv, begin, stream->end);
  *end = stream->end;
  *next = csv->mark_count;
  return SCAN_ROW;
}

/* ---- rows ---- */

/* A row of delimiters alone, as spreadsheets write them below a table, or nothing. */
static bool is_empty_row(const Csv *csv, size_t end) {
  size_t at = csv->stream->begin;
  for (; at < end; at++)
    if (csv->stream->at[at] != csv->bytes.delimiter && !is_blank(csv->stream->at[at])) return false;
  return true;
}

static void take_to(Csv *csv, size_t end, size_t next, uint64_t lines) {
  bool at_end = end >= csv->stream->end;
  csv->stream->begin = at_end ? end : end + 1;
  csv->mark = next;
  csv->line += lines;
}

/* Past the line on which the row begins, however long it is. False where the file ends in it. */
static bool skip_line(Csv *csv) {
  Stream *stream = csv->stream;
  for (;;) {
    for (size_t m = csv->mark; m < csv->mark_count; m++) {
      if (stream->at[csv->marks[m]] != csv->bytes.newline) continue;
      take_to(csv, csv->marks[m], m + 1, 1);
      return true;
    }
    stream->begin = stream->end;
    csv->mark = csv->mark_count;
    if (stream->ended || csv->only_window) return !stream->broken;
    more(csv);
  }
}

static CsvStep bad_row(Csv *csv, CsvStep step) { return skip_line(csv) ? step : CSV_BROKEN; }

/* What was seen of it up to `seen` is not looked through again for a quote that closes. */
static CsvStep too_long(Csv *csv, size_t seen) {
  if (csv->quoted) unclosed(csv, seen);
  return bad_row(csv, CSV_TOO_LONG);
}

CsvStep csv_next(Csv *csv) {
  Stream *stream = csv->stream;
  for (;;) {
    size_t end = 0, next = 0;
    uint64_t lines = 1;
    csv->row_line = csv->line;
    if (stream->begin == stream->end && stream->ended) return stream->broken ? CSV_BROKEN : CSV_END;
    Scan scan = scan_row(csv, &end, &next, &lines);
    if (scan == SCAN_UNCLOSED) return bad_row(csv, CSV_UNCLOSED);
    if (scan == SCAN_MORE) {
      if (csv->only_window) return CSV_END;
      if (stream->end - stream->begin > LIMIT_TABLE_ROW) return too_long(csv, stream->end);
      more(csv);
      continue;
    }
    if (end == stream->end && stream->broken) return CSV_BROKEN; /* it is cut off */
    if (end - stream->begin > LIMIT_TABLE_ROW) return too_long(csv, end);
    bool empty = is_empty_row(csv, end);
    take_to(csv, end, next, lines);
    if (!empty) return CSV_ROW;
  }
}

/* ---- texts ---- */

static Str undouble(char *at, size_t len, char quote) {
  size_t to = 0;
  for (size_t i = 0; i < len; i++) {
    at[to++] = at[i];
    if (at[i] == quote && i + 1 < len && at[i + 1] == quote) i++;
  }
  return str_trim((Str){at, to});
}

/* Most cells have no space around, and none is left to be looked for. */
static inline Str trimmed(const char *at, size_t begin, size_t end) {
  Str text = {at + begin, end - begin};
  bool spaced = text.len > 0 && (at[begin] <= ' ' || at[end - 1] <= ' ');
  return spaced ? str_trim(text) : text;
}

/* Without the space and the quotes around; doubled quotes are left. */
static inline Str text_within(const Csv *csv, size_t cell, bool *doubled) {
  char quote = csv->bytes.quote;
  CsvCell place = csv->cells[cell];
  Str text = trimmed(csv->stream->at, place.begin, place.end);
  *doubled = false;
  if (text.len < 2 || text.at[0] != quote || text.at[text.len - 1] != quote) return text;
  text = str_slice(text, 1, text.len - 1);
  *doubled = text.len > 0 && memchr(text.at, quote, text.len);
  return *doubled ? text : trimmed(text.at, 0, text.len);
}

Str csv_cell(const Csv *csv, size_t cell) {
  bool doubled;
  Str text = text_within(csv, cell, &doubled);
  if (!doubled || csv->only_window) return text;
  return undouble(csv->stream->at + (text.at - csv->stream->at), text.len, csv->bytes.quote);
}

Str csv_cell_copy(const Csv *csv, size_t cell, Arena *arena) {
  bool doubled;
  Str text = arena_copy(arena, text_within(csv, cell, &doubled));
  return doubled ? undouble((char *)text.at, text.len, csv->bytes.quote) : text;
}
