#include "data/json_rows.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"

enum {
  MOST_LEVELS = 8,     /* of objects in objects that become columns; what lies deeper is text */
  MOST_COLUMNS = 4096, /* which a list of columns can still be searched for */
  FIRST_ROWS = 200     /* that are asked for the columns */
};

typedef enum { BEFORE_LIST, IN_LIST, BEHIND_LIST } Phase;

struct JsonRows {
  Arena *arena;
  Stream *stream;
  JsonShape shape;
  Phase phase;
  bool any;          /* a row was read of the list */
  size_t depth;      /* of the objects around the list */
  uint64_t line;     /* of the window's beginning */
  uint64_t row_line; /* of the row at hand, or of what is wrong */
  json_t *row;
  VEC(JsonColumn) columns;
  Buf why;
  /* Where the first row is, while only the window is read. */
  bool only_window, first_any;
  size_t first_begin, first_depth;
  uint64_t first_line;
};

/* ---- where a value ends ---- */

typedef struct {
  size_t depth;
  bool begun, scalar, string, escaped, done;
  bool broken_line; /* a text goes over a line's end, which JSON does not know: a quote is missing */
} Extent;

static void extent_string(Extent *e, char c) {
  if (e->escaped) e->escaped = false;
  else if (c == '\\') e->escaped = true;
  else if (c == '"') {
    e->string = false;
    e->done = e->depth == 0;
  } else if (c == '\n') e->broken_line = e->done = true;
}

static void extent_open(Extent *e, char c) {
  e->string = c == '"';
  if (c == '{' || c == '[') e->depth++;
  else if (!e->string && e->depth == 0) e->scalar = true;
}

/* Goes on with the value that begins in front of `at`; returns how many bytes of these belong to it. */
static size_t extent_scan(Extent *e, const char *at, size_t len) {
  size_t i = 0;
  for (; i < len && !e->done; i++) {
    char c = at[i];
    bool first = !e->begun;
    e->begun = true;
    if (e->string) extent_string(e, c);
    else if (e->scalar) {
      e->done = strchr(",]} \t\r\n", c) != NULL;
      if (e->done) return i;
    } else if (first || c == '"' || c == '{' || c == '[') extent_open(e, c);
    else if (c == '}' || c == ']') e->done = --e->depth == 0;
  }
  return i;
}

/* ---- what kind of JSON ---- */

static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

static Str past_space(Str text) {
  while (text.len > 0 && is_space(text.at[0])) text = str_slice(text, 1, text.len);
  return text;
}

/* A list that begins with an object is somewhere in it. */
static bool has_list(Str text) {
  Extent within = {0};
  for (size_t i = 0; i < text.len; i++) {
    if (!within.string && text.at[i] == '[' && str_starts(past_space(str_slice(text, i + 1, text.len)), STR("{")))
      return true;
    if (within.string) extent_string(&within, text.at[i]);
    else within.string = text.at[i] == '"';
  }
  return false;
}

JsonShape json_shape(Str beginning, bool whole) {
  Str text = past_space(beginning), behind = text.len > 0 ? past_space(str_slice(text, 1, text.len)) : text;
  if (behind.len == 0) return JSON_IS_NONE;
  if (text.at[0] == '[') return behind.at[0] == '{' || behind.at[0] == ']' ? JSON_IS_LIST : JSON_IS_NONE;
  if (text.at[0] != '{' || (behind.at[0] != '"' && behind.at[0] != '}')) return JSON_IS_NONE;
  Extent first = {0};
  size_t end = extent_scan(&first, text.at, text.len);
  Str object = str_slice(text, 0, end), rest = past_space(str_slice(text, end, text.len));
  bool one_line = !memchr(object.at, '\n', object.len);
  if (first.done && rest.len > 0) return one_line ? JSON_IS_LINES : rest.at[0] == '{' ? JSON_IS_OBJECTS : JSON_IS_LIST;
  if (first.broken_line) return JSON_IS_LINES;
  if (!whole || has_list(object)) return JSON_IS_LIST;
  return one_line ? JSON_IS_LINES : JSON_IS_OBJECTS;
}

/* ---- the window ---- */

static void take(JsonRows *rows, size_t len) {
  const char *at = rows->stream->at + rows->stream->begin, *end = at + len;
  while (at < end && (at = memchr(at, '\n', (size_t)(end - at)))) {
    rows->line++;
    at++;
  }
  rows->stream->begin += len;
}

static bool more(JsonRows *rows) {
  if (rows->stream->ended || rows->only_window) return false;
  stream_more(rows->stream);
  return true;
}

static size_t left(const JsonRows *rows) { return rows->stream->end - rows->stream->begin; }

/* The next byte that is no space; -1 at the end. */
static int peek(JsonRows *rows) {
  const Stream *stream = rows->stream;
  do {
    size_t spaces = 0;
    while (spaces < left(rows) && is_space(stream->at[stream->begin + spaces])) spaces++;
    take(rows, spaces);
  } while (left(rows) == 0 && more(rows));
  return left(rows) > 0 ? (unsigned char)stream->at[stream->begin] : -1;
}

static TableStep wrong(JsonRows *rows, TableStep step, Str *why, const char *said) {
  rows->why.len = 0;
  buf_add_c(&rows->why, said);
  for (size_t i = 0; i < rows->why.len; i++)
    if ((unsigned char)rows->why.at[i] < ' ') rows->why.at[i] = ' ';
  *why = buf_str(&rows->why);
  return step;
}

/* The file ends where it should not, or only what is looked at of it. */
static TableStep cut_off(JsonRows *rows, Str *why) {
  if (rows->only_window && !rows->stream->ended) return TABLE_END;
  if (!rows->stream->broken) return wrong(rows, TABLE_BROKEN, why, "it ends in the middle");
  *why = rows->stream->why;
  return TABLE_BROKEN;
}

static TableStep broken(JsonRows *rows, Str *why, const char *said) {
  rows->row_line = rows->line;
  return left(rows) == 0 ? cut_off(rows, why) : wrong(rows, TABLE_BROKEN, why, said);
}

typedef enum { VALUE_WHOLE, VALUE_TOO_LONG, VALUE_CUT, VALUE_WRONG } ValueEnd;

/* Finds the end of the value that begins the window, which is made to hold all of it. What is longer than a row may be
 * is taken as it comes. */
static ValueEnd find_value(JsonRows *rows, size_t *len) {
  Extent extent = {0};
  bool is_too_long = false;
  for (*len = 0;;) {
    const char *at = rows->stream->at + rows->stream->begin;
    *len += extent_scan(&extent, at + *len, left(rows) - *len);
    if (extent.broken_line) return VALUE_WRONG;
    if (extent.done) break;
    if (*len > LIMIT_TABLE_ROW) {
      take(rows, *len);
      *len = 0;
      is_too_long = true;
    }
    if (more(rows)) continue;
    if (!extent.scalar || !rows->stream->ended) return VALUE_CUT;
    break;
  }
  return is_too_long || *len > LIMIT_TABLE_ROW ? VALUE_TOO_LONG : VALUE_WHOLE;
}

static bool skip_value(JsonRows *rows) {
  Extent extent = {0};
  do take(rows, extent_scan(&extent, rows->stream->at + rows->stream->begin, left(rows)));
  while (!extent.done && more(rows));
  return (extent.done && !extent.broken_line) || extent.scalar;
}

/* ---- rows ---- */

static TableStep too_long(JsonRows *rows, Str *why) {
  char said[40];
  snprintf(said, sizeof said, "it is longer than %d MiB", LIMIT_TABLE_ROW_MIB);
  return wrong(rows, TABLE_BAD_ROW, why, said);
}

/* The object that the text is. Whole numbers with more digits than fit are read as they can be. */
static bool parse(JsonRows *rows, Str text, TableStep *step, Str *why) {
  json_error_t error;
  json_decref(rows->row);
  rows->row = json_loadb(text.at, text.len, JSON_ALLOW_NUL | JSON_DECODE_ANY, &error);
  if (!rows->row && json_error_code(&error) == json_error_numeric_overflow)
    rows->row = json_loadb(text.at, text.len, JSON_ALLOW_NUL | JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL, &error);
  if (json_is_object(rows->row)) return true;
  char said[JSON_ERROR_TEXT_LENGTH + 32];
  snprintf(said, sizeof said, "it is no valid JSON: %s", error.text);
  *step = wrong(rows, TABLE_BAD_ROW, why, rows->row ? "it is no object" : said);
  return false;
}

static TableStep parse_value(JsonRows *rows, Str *why) {
  size_t len;
  TableStep step = TABLE_ROW;
  rows->row_line = rows->line;
  switch (find_value(rows, &len)) {
    case VALUE_CUT: return cut_off(rows, why);
    case VALUE_WRONG: return wrong(rows, TABLE_BROKEN, why, "it is no valid JSON: a text in it has no closing quote");
    case VALUE_TOO_LONG: step = too_long(rows, why); break;
    case VALUE_WHOLE: parse(rows, (Str){rows->stream->at + rows->stream->begin, len}, &step, why); break;
  }
  take(rows, len);
  return step;
}

typedef enum { WALK_ON, WALK_LIST, WALK_END, WALK_WRONG } Walk;

/* A list of objects, or, where nothing is around it, any. */
static bool is_list(JsonRows *rows) {
  Str behind;
  do behind = past_space((Str){rows->stream->at + rows->stream->begin + 1, left(rows) - 1});
  while (behind.len == 0 && left(rows) < LIMIT_TABLE_ROW && more(rows));
  return behind.len > 0 && (behind.at[0] == '{' || rows->depth == 0);
}

/* A step through what lies around the list. */
static Walk walk(JsonRows *rows) {
  int c = peek(rows);
  if (c < 0) return rows->depth == 0 && rows->phase == BEHIND_LIST && !rows->stream->broken ? WALK_END : WALK_WRONG;
  if (rows->phase == BEHIND_LIST && rows->depth == 0) return WALK_WRONG;
  if (c == '[' && is_list(rows)) return WALK_LIST;
  if (c == '{') rows->depth++;
  if (c == '}') {
    if (rows->depth == 0) return WALK_WRONG;
    rows->depth--;
  }
  if (c == '{' || c == '}' || c == ',' || c == ':') {
    take(rows, 1);
    return WALK_ON;
  }
  bool value = c == '[' || c == '"' || c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
  return value && rows->depth > 0 && skip_value(rows) ? WALK_ON : WALK_WRONG;
}

static TableStep behind_list(JsonRows *rows, Str *why) {
  Walk step;
  while ((step = walk(rows)) == WALK_ON) {
  }
  if (step == WALK_END) return TABLE_END;
  if (step == WALK_WRONG) return broken(rows, why, "it is no valid JSON: something else follows behind the list");
  rows->row_line = rows->line;
  if (!skip_value(rows)) return broken(rows, why, "it is no valid JSON: a text in it has no closing quote");
  return wrong(rows, TABLE_BAD_ROW, why, "here is another list of objects; only the first one is read");
}

static TableStep next_in_list(JsonRows *rows, Str *why) {
  if (rows->phase == BEHIND_LIST) return behind_list(rows, why);
  int c = peek(rows);
  if (rows->any && c == ',') {
    take(rows, 1);
    c = peek(rows);
  } else if (rows->any && c != ']') return broken(rows, why, "it is no valid JSON: a comma is missing in front of it");
  if (c < 0) return cut_off(rows, why);
  rows->any = true;
  if (c != ']') return parse_value(rows, why);
  take(rows, 1);
  rows->phase = BEHIND_LIST;
  return behind_list(rows, why);
}

static TableStep next_object(JsonRows *rows, Str *why) {
  int c = peek(rows);
  if (c < 0 && !rows->stream->broken) return TABLE_END;
  if (c != '{') return broken(rows, why, "it is no valid JSON: an object should begin here");
  return parse_value(rows, why);
}

/* A line that is cut off where nothing more can be read is none. */
static TableStep next_line(JsonRows *rows, Str *why) {
  Stream *stream = rows->stream;
  bool is_too_long = false;
  const char *end;
  if (peek(rows) < 0) return stream->broken ? cut_off(rows, why) : TABLE_END;
  rows->row_line = rows->line;
  while (!(end = memchr(stream->at + stream->begin, '\n', left(rows)))) {
    if (left(rows) > LIMIT_TABLE_ROW) {
      is_too_long = true;
      take(rows, left(rows));
    }
    if (!more(rows)) break;
  }
  if (!end && rows->only_window && !stream->ended) return TABLE_END;
  if (!end && stream->broken) {
    take(rows, left(rows));
    return cut_off(rows, why);
  }
  size_t len = end ? (size_t)(end - stream->at) - stream->begin : left(rows);
  TableStep step = TABLE_ROW;
  if (is_too_long || len > LIMIT_TABLE_ROW) step = too_long(rows, why);
  else parse(rows, (Str){stream->at + stream->begin, len}, &step, why);
  take(rows, len);
  return step;
}

TableStep json_rows_next(JsonRows *rows, uint64_t *line, Str *why) {
  TableStep step = rows->shape == JSON_IS_LINES     ? next_line(rows, why)
                   : rows->shape == JSON_IS_OBJECTS ? next_object(rows, why)
                                                    : next_in_list(rows, why);
  *line = rows->row_line;
  return step;
}

/* ---- columns ---- */

typedef struct {
  JsonRows *rows;
  const char *keys[MOST_LEVELS + 1];
  size_t next; /* where the column is expected, since rows have them in the same order */
} Finder;

static bool is_column(const JsonColumn *column, const char *const *keys) {
  size_t i = 0;
  for (; keys[i] && column->keys[i]; i++)
    if (strcmp(keys[i], column->keys[i]) != 0) return false;
  return !keys[i] && !column->keys[i];
}

static void add_column(Finder *f, size_t levels) {
  JsonRows *rows = f->rows;
  size_t count = rows->columns.len;
  f->keys[levels] = NULL;
  for (size_t i = 0; i < count; i++) {
    size_t at = (f->next + i) % count;
    if (!is_column(&rows->columns.at[at], f->keys)) continue;
    f->next = at + 1;
    return;
  }
  if (count == MOST_COLUMNS) return;
  const char **keys = ARENA_ARRAY(rows->arena, const char *, levels + 1);
  Buf name = {0};
  for (size_t i = 0; i < levels; i++) {
    keys[i] = arena_copy(rows->arena, str_of(f->keys[i])).at;
    if (i > 0) buf_add_byte(&name, '.');
    buf_add_c(&name, keys[i]);
  }
  vec_push(&rows->columns, (JsonColumn){buf_take(&name, rows->arena), keys});
}

static void find_columns(Finder *f, json_t *object, size_t level) {
  const char *key;
  json_t *value;
  json_object_foreach(object, key, value) {
    f->keys[level] = key;
    bool within = json_is_object(value) && json_object_size(value) > 0 && level + 1 < MOST_LEVELS;
    if (within) find_columns(f, value, level + 1);
    else add_column(f, level + 1);
  }
}

void json_rows_begin(JsonRows *rows) {
  rows->first_begin = rows->stream->begin;
  rows->first_line = rows->line;
  rows->first_any = rows->any;
  rows->first_depth = rows->depth;
  rows->only_window = true;
}

void json_rows_again(JsonRows *rows) {
  rows->stream->begin = rows->first_begin;
  rows->line = rows->first_line;
  rows->any = rows->first_any;
  rows->phase = rows->shape == JSON_IS_LIST ? IN_LIST : BEHIND_LIST;
  rows->depth = rows->first_depth;
  rows->only_window = false;
}

size_t json_rows_columns(const JsonRows *rows, const JsonColumn **columns) {
  *columns = rows->columns.at;
  return rows->columns.len;
}

/* ---- opening ---- */

static const char no_list[] = "it is no JSON that holds a list of objects";

/* False where the window does not hold the first row. */
static bool look_at_first_rows(JsonRows *rows, TableStep *last, size_t *bad, Str *why) {
  Finder finder = {.rows = rows};
  uint64_t line;
  size_t seen = 0;
  json_rows_begin(rows);
  for (; seen < FIRST_ROWS; seen++) {
    *last = json_rows_next(rows, &line, why);
    finder.next = 0;
    if (*last == TABLE_ROW) find_columns(&finder, rows->row, 0);
    *bad += *last == TABLE_BAD_ROW;
    if (*last == TABLE_END || *last == TABLE_BROKEN) break;
  }
  json_rows_again(rows);
  return seen > 0 || *last == TABLE_BROKEN || rows->stream->ended || left(rows) > LIMIT_TABLE_ROW;
}

static bool find_list(JsonRows *rows, Str *why) {
  Walk step;
  while ((step = walk(rows)) == WALK_ON) {
  }
  if (step == WALK_LIST) {
    take(rows, 1);
    rows->phase = IN_LIST;
    return true;
  }
  if (step == WALK_WRONG && rows->depth == 0 && !rows->stream->broken) *why = str_of(no_list);
  else broken(rows, why, "it is no valid JSON");
  return false;
}

JsonRows *json_rows_open(Arena *arena, Stream *stream, JsonShape shape, Str *why) {
  JsonRows *rows = ARENA_NEW(arena, JsonRows);
  TableStep last = TABLE_END;
  size_t bad = 0;
  *rows = (JsonRows){.arena = arena, .stream = stream, .shape = shape, .line = 1, .row_line = 1};
  bool fine = shape != JSON_IS_LIST || find_list(rows, why);
  if (fine) {
    do stream_more(stream);
    while (!look_at_first_rows(rows, &last, &bad, why));
    fine = rows->columns.len > 0 || (last == TABLE_END && bad == 0);
    if (last == TABLE_END) *why = str_of(no_list);
  }
  if (fine) return rows;
  *why = arena_copy(arena, *why);
  json_rows_close(rows);
  return NULL;
}

void json_rows_close(JsonRows *rows) {
  if (!rows) return;
  json_decref(rows->row);
  vec_free(&rows->columns);
  buf_free(&rows->why);
  rows->row = NULL;
}

/* ---- texts ---- */

static void add_real(Buf *to, double value) {
  char text[40];
  snprintf(text, sizeof text, "%.15g", value);
  if (strtod(text, NULL) != value) snprintf(text, sizeof text, "%.17g", value);
  buf_add_c(to, text);
}

static void add_value(Buf *to, const json_t *value);

/* The texts of a list, with commas between: answers of which several were chosen. */
static void add_list(Buf *to, const json_t *list) {
  for (size_t i = 0; i < json_array_size(list); i++) {
    if (i > 0) buf_add_c(to, ", ");
    add_value(to, json_array_get(list, i));
  }
}

static void add_object(Buf *to, const json_t *object) {
  char *text = json_dumps(object, JSON_COMPACT);
  buf_add_c(to, text ? text : "");
  free(text);
}

static void add_value(Buf *to, const json_t *value) {
  switch (json_typeof(value)) {
    case JSON_STRING: buf_add(to, (Str){json_string_value(value), json_string_length(value)}); break;
    case JSON_INTEGER: buf_printf(to, "%lld", (long long)json_integer_value(value)); break;
    case JSON_REAL: add_real(to, json_real_value(value)); break;
    case JSON_TRUE: buf_add_c(to, "true"); break;
    case JSON_FALSE: buf_add_c(to, "false"); break;
    case JSON_ARRAY: add_list(to, value); break;
    case JSON_OBJECT:
      if (json_object_size(value) > 0) add_object(to, value);
      break;
    case JSON_NULL: break;
  }
}

size_t json_rows_cell(const JsonRows *rows, size_t column, Buf *made, Str *cell) {
  const json_t *value = rows->row;
  const char *const *keys = rows->columns.at[column].keys;
  for (; value && *keys; keys++) value = json_object_get(value, *keys);
  *cell = STR("");
  if (!value || json_is_null(value)) return SIZE_MAX;
  if (json_is_string(value)) {
    *cell = str_trim((Str){json_string_value(value), json_string_length(value)});
    return SIZE_MAX;
  }
  size_t at = made->len;
  add_value(made, value);
  cell->len = made->len - at;
  return at;
}
