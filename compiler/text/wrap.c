#include "text/wrap.h"

#include <linebreak.h>
#include <pthread.h>
#include <utf8proc.h>

#include "base/vec.h"
#include "text/measure.h"

static pthread_once_t prepared = PTHREAD_ONCE_INIT;

typedef struct {
  int32_t code;
  uint32_t start; /* byte */
} Char;

typedef struct {
  Str text;
  Char *chars; /* and one more, at the end of the text */
  size_t count;
  char *breaks; /* of libunibreak: what may happen behind the character */
  double size, limit;
  bool bold;
  VEC(Str) lines;
  double widest;
} Wrap;

/* libunibreak 1.1 ends the program on regional indicators and on U+FFFF, and takes emoji for letters. */
static utf32_t shown(int32_t c) {
  if (c >= 0x1F000 && c < 0x20000) return 0x4E00;
  return c == 0xFFFF ? 0xFFFD : (utf32_t)c;
}

static void decode(Wrap *wrap) {
  wrap->chars = mem_alloc((wrap->text.len + 1) * sizeof *wrap->chars);
  utf32_t *codes = mem_alloc(wrap->text.len * sizeof *codes);
  for (size_t at = 0; at < wrap->text.len; wrap->count++) {
    uint32_t start = (uint32_t)at;
    int32_t code = text_next(wrap->text, &at);
    wrap->chars[wrap->count] = (Char){code, start};
    codes[wrap->count] = shown(code);
  }
  wrap->chars[wrap->count] = (Char){0, (uint32_t)wrap->text.len};
  wrap->breaks = mem_alloc(wrap->count);
  set_linebreaks_utf32(codes, wrap->count, NULL, wrap->breaks);
  free(codes);
}

static bool is_space(int32_t c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029;
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
static size_t line_end(const Wrap *wrap, size_t from, bool *forced) {
  size_t word_end = 0, char_end = 0;
  double width = 0;
  utf8proc_int32_t state = 0;
  *forced = false;
  for (size_t i = from; i < wrap->count; i++) {
    int32_t code = wrap->chars[i].code;
    if (i > from && utf8proc_grapheme_break_stateful(wrap->chars[i - 1].code, code, &state)) {
      char_end = i;
      if (wrap->breaks[i - 1] == LINEBREAK_MUSTBREAK) return *forced = true, i;
      if (wrap->breaks[i - 1] == LINEBREAK_ALLOWBREAK) word_end = i;
    }
    width += text_char_width(code, wrap->bold) * wrap->size;
    bool over = width > wrap->limit && !is_space(code); /* spaces may hang over the end */
    if (over && char_end > from) return word_end ? word_end : char_end;
  }
  return wrap->count;
}

Lines text_wrap(Arena *arena, Str text, double size, bool bold, double width) {
  text = str_trim(text);
  if (text.len == 0) return (Lines){0};
  pthread_once(&prepared, init_linebreak);
  Wrap wrap = {.text = text, .size = size, .limit = width, .bold = bold};
  decode(&wrap);
  for (size_t from = 0; from < wrap.count;) {
    bool forced;
    size_t to = line_end(&wrap, from, &forced);
    add_line(&wrap, from, to);
    from = to;
    while (!forced && from < wrap.count && wrap.chars[from].code == ' ') from++;
  }
  Str *lines = ARENA_ARRAY(arena, Str, wrap.lines.len);
  if (wrap.lines.len) memcpy(lines, wrap.lines.at, wrap.lines.len * sizeof *lines);
  Lines result = {lines, wrap.lines.len, wrap.widest};
  vec_free(&wrap.lines);
  free(wrap.breaks);
  free(wrap.chars);
  return result;
}
