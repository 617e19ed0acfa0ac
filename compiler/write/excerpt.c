#include "write/excerpt.h"

#include <utf8proc.h>

#define TAB 4
#define CLUSTER_BYTES 64 /* a letter with more accents than that is cut: someone is playing tricks */

static const utf8proc_int32_t BROKEN = 0xFFFD;

/* The character at `at`, and its length; a byte that is no UTF-8 is one BROKEN character. */
static utf8proc_int32_t character_at(Str text, size_t at, size_t *len) {
  utf8proc_int32_t c = (unsigned char)text.at[at];
  *len = 1;
  if (c < 0x80) return c;
  utf8proc_ssize_t got =
      utf8proc_iterate((const utf8proc_uint8_t *)text.at + at, (utf8proc_ssize_t)(text.len - at), &c);
  if (got <= 0) return BROKEN;
  *len = (size_t)got;
  return c;
}

static bool is_unsafe(utf8proc_int32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x200E || c == 0x200F || c == 0x061C ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

static bool is_flag_half(utf8proc_int32_t c) { return c >= 0x1F1E6 && c <= 0x1F1FF; }

/* What a reader takes for one character: a letter with its accents, a flag, a family of emoji. */
typedef struct {
  size_t len;
  unsigned columns;
  bool broken; /* shown as U+FFFD */
} Cluster;

static unsigned columns_of(utf8proc_int32_t c) {
  if (c == 0xFE0F || is_flag_half(c)) return 2; /* FE0F asks for the picture instead of the letter */
  int width = utf8proc_charwidth(c);
  return width > 0 ? (unsigned)width : 0;
}

/* A letter of ASCII with another behind it stands alone. */
static bool is_plain(Str text, size_t at) {
  unsigned char c = (unsigned char)text.at[at];
  return c >= 0x20 && c < 0x7F && (at + 1 == text.len || (unsigned char)text.at[at + 1] < 0x80);
}

static Cluster cluster_at(Str text, size_t at, unsigned column) {
  if (is_plain(text, at)) return (Cluster){1, 1, false};
  size_t len;
  utf8proc_int32_t c = character_at(text, at, &len), state = 0;
  if (c == '\t') return (Cluster){1, TAB - column % TAB, false};
  if (is_unsafe(c) || c == BROKEN) return (Cluster){len, 1, true};
  Cluster cluster = {len, columns_of(c), false};
  while (at + cluster.len < text.len && cluster.len < CLUSTER_BYTES) {
    utf8proc_int32_t next = character_at(text, at + cluster.len, &len);
    if (is_unsafe(next) || next == BROKEN || utf8proc_grapheme_break_stateful(c, next, &state)) break;
    if (columns_of(next) > cluster.columns) cluster.columns = columns_of(next);
    cluster.len += len;
    c = next;
  }
  return cluster;
}

static void add_cluster(Buf *to, Str line, size_t at, Cluster cluster) {
  if (line.at[at] == '\t') buf_repeat(to, STR(" "), cluster.columns);
  else if (cluster.broken) buf_add(to, STR("\uFFFD"));
  else buf_add(to, str_slice(line, at, at + cluster.len));
}

/* The columns from `at` on, counted up to `most`. */
static unsigned columns_from(Str line, size_t at, unsigned most) {
  unsigned columns = 0;
  size_t stop = at + (size_t)most * CLUSTER_BYTES;
  while (at < line.len && at < stop && columns < most) {
    Cluster cluster = cluster_at(line, at, columns);
    columns += cluster.columns;
    at += cluster.len;
  }
  return at < line.len ? most : columns;
}

/* The offset that is about `columns` columns in front of `at`. */
static size_t back_from(Str line, size_t at, unsigned columns) {
  size_t most = (size_t)columns * CLUSTER_BYTES, stop = at > most ? at - most : 0;
  while (at > stop && columns > 0) {
    size_t len;
    do at--;
    while (at > stop && ((unsigned char)line.at[at] & 0xC0) == 0x80);
    utf8proc_int32_t c = character_at(line, at, &len);
    unsigned taken = c == '\t' ? TAB : is_unsafe(c) ? 1 : columns_of(c);
    if (taken > columns) break;
    columns -= taken;
  }
  return at;
}

/* Where the excerpt starts so that the span and a good part of what stands in front of it fit into `width`. */
static size_t window_start(Str line, size_t start, unsigned width) {
  if (columns_from(line, 0, width + 1) <= width) return 0;
  unsigned behind = columns_from(line, start, width * 2 / 3);
  return back_from(line, start, width - behind - 2);
}

ExcerptMark excerpt_write(Buf *to, Str line, size_t start, size_t end, unsigned width) {
  if (start > line.len) start = line.len;
  if (end > line.len) end = line.len;
  size_t at = window_start(line, start, width), stop = at + (size_t)width * CLUSTER_BYTES;
  unsigned column = 0;
  ExcerptMark mark = {0, 0};
  bool whole = columns_from(line, at, width + 1) <= width - (at > 0);
  unsigned room = whole ? width : width - 1; /* one column for the dots behind */
  if (at > 0) {
    buf_add(to, STR("…"));
    column = 1;
  }
  while (at < line.len && at < stop) {
    Cluster cluster = cluster_at(line, at, column);
    if (column + cluster.columns > room) break;
    if (at + cluster.len <= start) mark.indent = column + cluster.columns;
    else if (at < end) mark.width += cluster.columns;
    add_cluster(to, line, at, cluster);
    column += cluster.columns;
    at += cluster.len;
  }
  if (at < line.len) buf_add(to, STR("…"));
  if (mark.indent == 0 && start > 0) mark.indent = column < 1 ? 0 : 1;
  if (mark.width == 0) mark.width = 1;
  return mark;
}

static bool is_printed(char c) { return (c >= 0x20 && c < 0x7F) || c == '\n' || c == '\t'; }

void excerpt_add_safe(Buf *to, Str text) {
  for (size_t at = 0; at < text.len;) {
    size_t len = 0;
    while (at + len < text.len && is_printed(text.at[at + len])) len++;
    buf_add(to, str_slice(text, at, at + len));
    at += len;
    if (at == text.len) return;
    utf8proc_int32_t c = character_at(text, at, &len);
    if (is_unsafe(c) || c == BROKEN) buf_add(to, STR("\uFFFD"));
    else buf_add(to, str_slice(text, at, at + len));
    at += len;
  }
}

void excerpt_add_name(Buf *to, Str name) {
  while (name.len > 0) {
    excerpt_add_safe(to, str_cut(&name, '\n'));
    if (name.at[-1] == '\n') buf_add(to, STR("\uFFFD"));
  }
}

Str excerpt_name(Arena *arena, Str name) {
  Buf safe = {0};
  excerpt_add_name(&safe, name);
  return buf_take(&safe, arena);
}
