#include "write/terminal_grid.h"

#include <linebreak.h>
#include <pthread.h>
#include <utf8proc.h>

#include "base/vec.h"

/* The character at `at`, and its bytes; a byte that begins none counts as U+FFFD. */
static size_t next_code(Str text, size_t at, utf8proc_int32_t *code) {
  utf8proc_ssize_t len =
      utf8proc_iterate((const utf8proc_uint8_t *)text.at + at, (utf8proc_ssize_t)(text.len - at), code);
  if (len > 0) return (size_t)len;
  *code = 0xFFFD;
  return 1;
}

static int code_columns(utf8proc_int32_t code) {
  int columns = utf8proc_charwidth(code);
  return columns < 0 ? 0 : columns > 2 ? 2 : columns;
}

/* The end of the character, as people count them, that begins at `at`; `*columns` are those that it takes. */
static size_t next_grapheme(Str text, size_t at, int *columns) {
  utf8proc_int32_t state = 0, code, next;
  size_t end = at + next_code(text, at, &code);
  bool flag = code >= 0x1F1E6 && code <= 0x1F1FF;
  *columns = code_columns(code);
  while (end < text.len) {
    size_t len = next_code(text, end, &next);
    if (utf8proc_grapheme_break_stateful(code, next, &state)) break;
    if (next == 0xFE0F || flag || code_columns(next) > *columns)
      *columns = flag || next == 0xFE0F ? 2 : code_columns(next);
    code = next;
    end += len;
  }
  return end;
}

int grid_columns(Str text) {
  int sum = 0, columns;
  for (size_t i = 0; i < text.len; sum += columns) {
    bool plain = (unsigned char)text.at[i] < 0x80 && (i + 1 == text.len || (unsigned char)text.at[i + 1] < 0x80);
    columns = (unsigned char)text.at[i] >= 32;
    i = plain ? i + 1 : next_grapheme(text, i, &columns);
  }
  return sum;
}

static const struct {
  utf8proc_int32_t code;
  const char *plain;
} PLAIN_FORMS[] = {
    {0x2018, "'"}, {0x2019, "'"}, {0x201C, "\""}, {0x201D, "\""}, {0x2013, "-"},  {0x2014, "--"}, {0x2212, "-"},
    {0x2022, "-"}, {0xB7, "-"},   {0x2192, "->"}, {0x2190, "<-"}, {0xB1, "+/-"},  {0xD7, "x"},    {0x20AC, "EUR "},
    {0xDF, "ss"},  {0xE6, "ae"},  {0xF8, "o"},    {0x2265, ">="}, {0x2264, "<="}, {0xA3, "GBP "},
};

static void add_ascii(Buf *to, utf8proc_int32_t code) {
  for (size_t i = 0; i < sizeof PLAIN_FORMS / sizeof *PLAIN_FORMS; i++)
    if (PLAIN_FORMS[i].code == code) {
      buf_add_c(to, PLAIN_FORMS[i].plain);
      return;
    }
  utf8proc_int32_t parts[32];
  int last_class = 0;
  utf8proc_ssize_t count =
      utf8proc_decompose_char(code, parts, 32, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STRIPMARK, &last_class);
  if (count > 32) count = 0;
  for (utf8proc_ssize_t i = 0; i < count; i++) {
    if (parts[i] >= 32 && parts[i] < 127) buf_add_byte(to, (char)parts[i]);
    else if (code_columns(parts[i]) > 0) buf_add_byte(to, '?');
  }
}

Str grid_text(Arena *arena, Str text, bool ascii) {
  Buf out = {0};
  for (size_t i = 0; i < text.len;) {
    utf8proc_int32_t code;
    size_t len = next_code(text, i, &code);
    bool begins = out.len == 0 || out.at[out.len - 1] == ' ' || out.at[out.len - 1] == '\n';
    bool line = code == '\n' || code == 0x2028 || code == 0x2029;
    if (line) buf_add_byte(&out, '\n');
    else if (code < 32 || (code >= 127 && code < 160)) buf_add_byte(&out, ' ');
    else if (begins &&
             !utf8proc_grapheme_break(' ', code)) { /* a mark on nothing would join what stands in front of the text */
    } else if (code == 0xFFFD) buf_add_byte(&out, '?');
    else if (code < 127) buf_add_byte(&out, (char)code);
    else if (ascii) add_ascii(&out, code);
    else buf_add(&out, str_slice(text, i, i + len));
    i += len;
  }
  return buf_take(&out, arena);
}

typedef VEC(Str) StrList;

static void add_line(StrList *lines, Str text, size_t from, size_t to) {
  while (to > from && text.at[to - 1] == ' ') to--;
  vec_push(lines, str_slice(text, from, to));
}

static pthread_once_t prepared = PTHREAD_ONCE_INIT;

/* libunibreak's word for each byte. Its version 1.1 ends the program on regional indicators and U+FFFF, and takes emoji
 * for letters. */
static const char *find_breaks(Arena *arena, Str text) {
  char *breaks = arena_alloc(arena, text.len), *of_codes = arena_alloc(arena, text.len);
  utf32_t *codes = ARENA_ARRAY(arena, utf32_t, text.len);
  size_t count = 0, at = 0;
  utf8proc_int32_t code;
  pthread_once(&prepared, init_linebreak);
  for (; at < text.len; count++) {
    at += next_code(text, at, &code);
    codes[count] = code >= 0x1F000 && code < 0x20000 ? 0x4E00 : code == 0xFFFF ? 0xFFFD : (utf32_t)code;
  }
  set_linebreaks_utf32(codes, count, NULL, of_codes);
  at = 0;
  for (size_t i = 0; i < count; i++) {
    at += next_code(text, at, &code);
    breaks[at - 1] = of_codes[i];
  }
  return breaks;
}

/* One paragraph. `breaks` holds libunibreak's word for each byte. */
static void wrap_paragraph(StrList *lines, Arena *arena, Str text, const char *breaks, int width) {
  size_t start = 0, fits = 0; /* where the line begins, and the last place where it may end */
  int used = 0;
  for (size_t i = 0; i < text.len;) {
    int columns;
    size_t end = next_grapheme(text, i, &columns);
    if (columns > width) { /* a wide character on a terminal of one column */
      add_line(lines, text, start, i);
      vec_push(lines, arena_copy(arena, STR("?")));
      start = fits = end, used = 0, i = end;
      continue;
    }
    bool space = text.at[i] == ' ' && end == i + 1;
    if (used + columns > width && !space) {
      size_t cut = fits > start ? fits : i;
      add_line(lines, text, start, cut);
      start = cut;
      while (start < i && text.at[start] == ' ') start++;
      used = grid_columns(str_slice(text, start, i));
      fits = start;
      if (used + columns > width) continue; /* a word of more than one line: once more */
    }
    used += columns;
    if (breaks[end - 1] == LINEBREAK_ALLOWBREAK) fits = end;
    i = end;
  }
  add_line(lines, text, start, text.len);
}

size_t grid_wrap(Arena *arena, Str text, int columns, Str **lines) {
  StrList list = {0};
  int width = columns < 1 ? 1 : columns;
  while (text.len > 0) {
    Str paragraph = str_cut(&text, '\n');
    while (paragraph.len > 0 && paragraph.at[0] == ' ') paragraph = str_slice(paragraph, 1, paragraph.len);
    if (grid_columns(paragraph) <= width) {
      add_line(&list, paragraph, 0, paragraph.len);
      continue;
    }
    wrap_paragraph(&list, arena, paragraph, find_breaks(arena, paragraph), width);
  }
  if (list.len == 0) vec_push(&list, STR(""));
  *lines = ARENA_ARRAY(arena, Str, list.len);
  memcpy(*lines, list.at, list.len * sizeof **lines);
  size_t count = list.len;
  vec_free(&list);
  return count;
}
