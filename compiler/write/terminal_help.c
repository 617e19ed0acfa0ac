#include "write/terminal_help.h"

#include "write/terminal_grid.h"

enum { BELOW = 6, NARROWEST = 24 /* columns: a meaning that has fewer goes below what is typed */ };

typedef struct {
  Buf *to;
  int width;
  Arena *arena;
} Out;

static size_t spaces_at(Str line, size_t at) {
  size_t end = at;
  while (end < line.len && line.at[end] == ' ') end++;
  return end - at;
}

/* Where the meaning begins: behind the first gap that is no indent; the line's end where it has none. */
static size_t meaning_of(Str line) {
  for (size_t at = spaces_at(line, 0); at < line.len; at++) {
    size_t gap = spaces_at(line, at);
    if (gap > 1) return at + gap;
  }
  return line.len;
}

static void add_wrapped(const Out *out, Str text, size_t indent) {
  Str *lines;
  size_t count = grid_wrap(out->arena, text, out->width - (int)indent, &lines);
  for (size_t i = 0; i < count; i++) {
    if (i) buf_repeat(out->to, STR(" "), indent);
    buf_add(out->to, lines[i]);
    buf_add_byte(out->to, '\n');
  }
}

static void add_meaning(const Out *out, Str line) {
  size_t indent = spaces_at(line, 0), start = meaning_of(line);
  if (start == line.len && indent < BELOW) { /* nothing but what is typed */
    buf_add(out->to, line);
    buf_add_byte(out->to, '\n');
    return;
  }
  if (start == line.len) start = indent;
  size_t column = (size_t)grid_columns(str_slice(line, 0, start));
  buf_add(out->to, str_slice(line, 0, start));
  if (column + NARROWEST > (size_t)out->width) {
    while (out->to->len > 0 && out->to->at[out->to->len - 1] == ' ') out->to->len--;
    buf_add_byte(out->to, '\n');
    buf_repeat(out->to, STR(" "), column = BELOW);
  }
  add_wrapped(out, str_slice(line, start, line.len), column);
}

static bool is_paragraph(Str line) { return line.len > 0 && line.at[0] != ' '; }

/* A sentence that does not end with its line goes on in the next. */
static bool goes_on(Str line, Str rest) {
  return is_paragraph(rest) && rest.at[0] != '\n' && !str_ends(line, STR(".")) && !str_ends(line, STR(":"));
}

static void add_paragraph(const Out *out, Str line, Str *rest) {
  Buf whole = {0};
  buf_add(&whole, line);
  while (goes_on(line, *rest)) {
    line = str_cut(rest, '\n');
    buf_add_byte(&whole, ' ');
    buf_add(&whole, line);
  }
  add_wrapped(out, buf_str(&whole), 0);
  buf_free(&whole);
}

void terminal_write_help(Str text, int width, Buf *to) {
  if (width <= 2 * NARROWEST - BELOW) width = 0; /* a terminal that narrow breaks lines as well as we do */
  if (width == 0) return buf_add(to, text);
  Out out = {to, width, arena_new()};
  while (text.len > 0) {
    Str line = str_cut(&text, '\n');
    if (grid_columns(line) <= width) {
      buf_add(to, line);
      buf_add_byte(to, '\n');
    } else if (is_paragraph(line) && meaning_of(line) == line.len) add_paragraph(&out, line, &text);
    else add_meaning(&out, line);
  }
  arena_free(out.arena);
}
