#include "lsp/feature/formatting.h"

#include "format/format.h"
#include "lsp/text/diff.h"
#include "project/settings.h"

static bool is_map(const File *file) {
  return file->unit && !file->unit->script && !file->unit->baseline && !settings_is_file(file->path);
}

/* ---- all of it, or some lines ---- */

/* The whole lines that the range has a part of. */
static Span lines_of_range(const File *file, Span range) {
  const Lines *lines = &file->lines;
  uint32_t first = line_at(lines, range.start), last = line_at(lines, range.end);
  uint32_t behind = range.end > lines->at[last] || first == last ? last + 1 : last;
  return (Span){lines->at[first], behind < lines->len ? lines->at[behind] : (uint32_t)file->text.len};
}

static bool is_in(Span span, const Span *ranges, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (span.start >= ranges[i].start && span.end <= ranges[i].end) return true;
  return false;
}

void formatting_lines(Edits *edits, const File *file, const Span *ranges, size_t count) {
  Formatted formatted = is_map(file) ? format_text(edits->arena, file->text) : (Formatted){0};
  if (!formatted.changed) return;
  Span *lines = ARENA_ARRAY(edits->arena, Span, count + 1);
  for (size_t i = 0; i < count; i++) lines[i] = lines_of_range(file, ranges[i]);
  Hunks hunks = text_diff(file->text, formatted.text);
  for (size_t i = 0; i < hunks.len; i++) {
    Hunk hunk = hunks.at[i];
    if (is_in(hunk.before, lines, count))
      edits_replace(edits, file, hunk.before, str_slice(formatted.text, hunk.after.start, hunk.after.end));
  }
  vec_free(&hunks);
}

void formatting_all(Edits *edits, const File *file) {
  Span all = {0, (uint32_t)file->text.len};
  formatting_lines(edits, file, &all, 1);
}

/* ---- while somebody types ---- */

/* What the braces say of a place, without reading it all as the language: while a map is typed, it is mostly broken. */
typedef struct {
  Str text;
  uint32_t at;
  VEC(uint32_t) open; /* the places of the `{` that are not closed yet */
  int unmatched;      /* `}` without one */
} Braces;

static bool starts_here(const Braces *b, const char *what) {
  return str_starts(str_slice(b->text, b->at, b->text.len), str_of(what));
}

static void skip_line(Braces *b) {
  while (b->at < b->text.len && !is_line_end(b->text.at[b->at])) b->at++;
}

static void skip_text(Braces *b) {
  static const Str quotes = {"\"\"\"", 3};
  if (starts_here(b, quotes.at)) {
    uint32_t from = b->at + 3;
    const char *end = memmem(b->text.at + from, b->text.len - from, quotes.at, quotes.len);
    b->at = end ? (uint32_t)(end - b->text.at) + 3 : (uint32_t)b->text.len;
    return;
  }
  for (b->at++; b->at < b->text.len && !is_line_end(b->text.at[b->at]); b->at++) {
    if (b->text.at[b->at] == '\\' && b->at + 1 < b->text.len && !is_line_end(b->text.at[b->at + 1])) b->at++;
    else if (b->text.at[b->at] == '"') {
      b->at++;
      return;
    }
  }
}

/* On to `end`, or behind the text in which it lies: then false. */
static bool read_braces(Braces *b, uint32_t end) {
  while (b->at < end) {
    char c = b->text.at[b->at];
    if (c == '"') {
      skip_text(b);
      continue;
    }
    if (c == '/' && starts_here(b, "//")) {
      skip_line(b);
      continue;
    }
    if (c == '{') vec_push(&b->open, b->at);
    if (c == '}' && b->open.len > 0) b->open.len--;
    else if (c == '}') b->unmatched++;
    b->at++;
  }
  return b->at == end;
}

/* The spaces that a line begins with. */
static Span indentation(const File *file, uint32_t line) {
  Span span = line_span(file->text, &file->lines, line);
  uint32_t end = span.start;
  while (end < span.end && (file->text.at[end] == ' ' || file->text.at[end] == '\t')) end++;
  return (Span){span.start, end};
}

static void indent(Edits *edits, const File *file, uint32_t line, uint32_t columns) {
  Span there = indentation(file, line);
  Buf spaces = {0};
  buf_repeat(&spaces, STR(" "), columns);
  if (str_is(buf_str(&spaces), str_slice(file->text, there.start, there.end))) buf_free(&spaces);
  else edits_replace(edits, file, there, buf_take(&spaces, edits->arena));
}

static uint32_t columns_of_line(const File *file, uint32_t line) {
  Span span = indentation(file, line);
  return span.end - span.start;
}

/* The columns that a line gets by the blocks around its beginning, where these can be told: all braces of the file have
 * their partners. Else as the line in front of it, two more behind a `{`. */
static bool columns_for(const File *file, uint32_t line, uint32_t *columns) {
  Span there = indentation(file, line);
  Braces b = {.text = file->text};
  bool known = read_braces(&b, there.start);
  size_t depth = b.open.len;
  uint32_t opener = depth > 0 ? b.open.at[depth - 1] : NONE;
  bool closes = there.end < file->text.len && file->text.at[there.end] == '}';
  if (known && closes && opener != NONE) *columns = columns_of_line(file, line_at(&file->lines, opener));
  else if (known) {
    uint32_t before = line;
    while (before > 0 && indentation(file, before - 1).end == line_span(file->text, &file->lines, before - 1).end)
      before--;
    bool opened = before > 0 && opener != NONE && line_at(&file->lines, opener) == before - 1;
    *columns = before > 0 ? columns_of_line(file, before - 1) + 2 * opened : 0;
    read_braces(&b, (uint32_t)file->text.len);
    if (b.open.len == 0 && b.unmatched == 0) *columns = 2 * (uint32_t)(depth - (closes && depth > 0));
  }
  vec_free(&b.open);
  return known;
}

static void indent_line(Edits *edits, const File *file, uint32_t line) {
  uint32_t columns;
  if (columns_for(file, line, &columns)) indent(edits, file, line, columns);
}

void formatting_typed(Edits *edits, const File *file, uint32_t offset, char typed) {
  if (!is_map(file)) return;
  uint32_t line = line_at(&file->lines, offset);
  Span there = indentation(file, line);
  if (typed == '}') {
    bool first = offset > 0 && file->text.at[offset - 1] == '}' && offset - 1 == there.end;
    if (first) indent_line(edits, file, line);
  } else if (typed == '\n' && line > 0 && offset <= there.end) {
    Span before = line_span(file->text, &file->lines, line - 1);
    if (indentation(file, line - 1).end < before.end) indent_line(edits, file, line - 1);
    indent_line(edits, file, line);
  }
}
