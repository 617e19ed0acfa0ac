#include "text/wrap.h"

#include <linebreak.h>
#include <pthread.h>
#include <utf8proc.h>

#include "base/vec.h"
#include "text/measure.h"

static pthread_once_t prepared = PTHREAD_ONCE_INIT;

typedef struct {
  uint32_t start;     /* byte */
  bool space, border; /* border: a line may begin here, if a word is too long */
  char may;           /* of libunibreak: what may happen behind it */
  double width;
} Char;

typedef struct {
  Str text;
  Char *chars; /* and one more, at the end of the text */
  size_t count;
  double size;
  bool bold;
  VEC(Str) lines;
  double widest;
} Wrap;

/* libunibreak 1.1 ends the program on regional indicators and on U+FFFF, and takes emoji for letters. */
static utf32_t shown(int32_t c) {
  if (c >= 0x1F000 && c < 0x20000) return 0x4E00;
  return c == 0xFFFF ? 0xFFFD : (utf32_t)c;
}

static bool is_space(int32_t c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029;
}

static void decode(Wrap *wrap) {
  wrap->chars = mem_alloc((wrap->text.len + 1) * sizeof *wrap->chars);
  utf32_t *codes = mem_alloc(wrap->text.len * sizeof *codes);
  char *breaks = mem_alloc(wrap->text.len);
  utf8proc_int32_t state = 0;
  int32_t before = 0;
  for (size_t at = 0; at < wrap->text.len; wrap->count++) {
    uint32_t start = (uint32_t)at;
    int32_t code = text_next(wrap->text, &at);
    bool border = start == 0 || utf8proc_grapheme_break_stateful(before, code, &state);
    wrap->chars[wrap->count] = (Char){start, is_space(code), border, 0, text_char_width(code, wrap->bold) * wrap->size};
    codes[wrap->count] = shown(code);
    before = code;
  }
  wrap->chars[wrap->count] = (Char){.start = (uint32_t)wrap->text.len};
  set_linebreaks_utf32(codes, wrap->count, NULL, breaks);
  for (size_t i = 0; i < wrap->count; i++) {
    wrap->chars[i].may = breaks[i];
    bool initial = i > 0 && codes[i] == '-' && (i == 1 || wrap->chars[i - 2].space); /* e-mail stays together */
    if (initial && breaks[i] == LINEBREAK_ALLOWBREAK) wrap->chars[i].may = LINEBREAK_NOBREAK;
  }
  free(breaks);
  free(codes);
}

static Str trimmed(Str text, size_t from, size_t to) {
  Str line = str_trim(str_slice(text, from, to));
  while (line.len >= 3 && (memcmp(line.at + line.len - 3, "\xE2\x80\xA8", 3) == 0 ||
                           memcmp(line.at + line.len - 3, "\xE2\x80\xA9", 3) == 0))
    line.len -= 3;
  return line;
}

static void add_line(Wrap *wrap, size_t from, size_t to) {
  Str line = trimmed(wrap->text, wrap->chars[from].start, wrap->chars[to].start);
  double width = text_width(line, wrap->size, wrap->bold);
  if (width > wrap->widest) wrap->widest = width;
  if (line.len || wrap->lines.len) vec_push(&wrap->lines, line);
}

/* Where the line that starts at `from` ends: the last place to break that fits, or else the last border of a character.
 */
static size_t line_end(const Wrap *wrap, size_t from, double limit, bool *forced, bool *cut) {
  size_t word_end = 0, char_end = 0;
  double width = 0;
  *forced = *cut = false;
  for (size_t i = from; i < wrap->count; i++) {
    const Char *c = &wrap->chars[i];
    if (i > from && c->border) {
      char_end = i;
      if (c[-1].may == LINEBREAK_MUSTBREAK) return *forced = true, i;
      if (c[-1].may == LINEBREAK_ALLOWBREAK) word_end = i;
    }
    width += c->width;
    bool over = width > limit && !c->space; /* spaces may hang over the end */
    if (over && char_end > from) return *cut = word_end == 0, word_end ? word_end : char_end;
  }
  return wrap->count;
}

/* Where the next line starts. */
static size_t next_line(const Wrap *wrap, size_t to, bool forced) {
  while (!forced && to < wrap->count && wrap->chars[to].space) to++;
  return to;
}

/* How many lines there are at that width; SIZE_MAX where a word would have to be cut. */
static size_t count_lines(const Wrap *wrap, double limit, size_t *last) {
  size_t count = 0;
  for (size_t from = 0; from < wrap->count; count++) {
    bool forced, cut;
    size_t to = line_end(wrap, from, limit, &forced, &cut);
    if (cut) return SIZE_MAX;
    *last = from;
    from = next_line(wrap, to, forced);
  }
  return count;
}

/* A last line of one short word looks forlorn: narrower lines, as long as they do not become more. */
static double balanced(const Wrap *wrap, double limit) {
  size_t last = 0, lines = count_lines(wrap, limit, &last);
  if (lines < 2 || lines > 6) return limit;
  double end = 0;
  for (size_t i = last; i < wrap->count; i++) end += wrap->chars[i].width;
  if (end > limit * 0.45) return limit;
  double narrow = limit * 0.55, wide = limit;
  for (int i = 0; i < 6; i++) {
    double middle = (narrow + wide) / 2;
    if (count_lines(wrap, middle, &last) == lines) wide = middle;
    else narrow = middle;
  }
  return wide;
}

Lines text_wrap(Arena *arena, Str text, double size, bool bold, double width) {
  text = str_trim(text);
  if (text.len == 0) return (Lines){0};
  pthread_once(&prepared, init_linebreak);
  Wrap wrap = {.text = text, .size = size, .bold = bold};
  decode(&wrap);
  double limit = balanced(&wrap, width);
  for (size_t from = 0; from < wrap.count;) {
    bool forced, cut;
    size_t to = line_end(&wrap, from, limit, &forced, &cut);
    add_line(&wrap, from, to);
    from = next_line(&wrap, to, forced);
  }
  Str *lines = ARENA_ARRAY(arena, Str, wrap.lines.len);
  if (wrap.lines.len) memcpy(lines, wrap.lines.at, wrap.lines.len * sizeof *lines);
  Lines result = {lines, wrap.lines.len, wrap.widest};
  vec_free(&wrap.lines);
  free(wrap.chars);
  return result;
}
