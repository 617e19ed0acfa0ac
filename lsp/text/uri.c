#include "lsp/text/uri.h"

#include "base/os.h"

static const Str file_scheme = STR("file:");

static int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* A sign that begins no escape stays as it is; so does one for a NUL, which no path has. */
static void undo_percent(Buf *to, Str text) {
  for (size_t i = 0; i < text.len; i++) {
    int high = text.at[i] == '%' && i + 2 < text.len ? hex_digit(text.at[i + 1]) : -1;
    int low = high >= 0 ? hex_digit(text.at[i + 2]) : -1;
    bool escaped = low >= 0 && high * 16 + low > 0;
    buf_add_byte(to, escaped ? (char)(high * 16 + low) : text.at[i]);
    if (escaped) i += 2;
  }
}

bool uri_is_file(Str uri) {
  if (uri.len < file_scheme.len) return false;
  for (size_t i = 0; i < file_scheme.len; i++)
    if ((uri.at[i] | ('A' <= uri.at[i] && uri.at[i] <= 'Z' ? 0x20 : 0)) != file_scheme.at[i]) return false;
  return true;
}

/* "file:///path", "file://host/path" and "file:/path". */
static Str path_part(Str uri) {
  Str rest = str_slice(uri, file_scheme.len, uri.len);
  if (!str_starts(rest, STR("//"))) return rest;
  rest = str_slice(rest, 2, rest.len);
  const char *slash = rest.len ? memchr(rest.at, '/', rest.len) : NULL;
  return slash ? str_slice(rest, (size_t)(slash - rest.at), rest.len) : STR("/");
}

Str uri_path(Arena *arena, Str uri) {
  if (!uri_is_file(uri)) return os_absolute(arena, arena_format(arena, "/" STR_FMT, STR_ARG(uri)));
  Buf path = {0};
  undo_percent(&path, path_part(uri));
  Str absolute =
      os_absolute(arena, path.len > 0 && path.at[0] == '/' ? buf_str(&path)
                                                           : arena_format(arena, "/" STR_FMT, STR_ARG(buf_str(&path))));
  buf_free(&path);
  return absolute;
}

/* Letters that may begin an address, up to its colon; 0: none. */
static size_t scheme_length(Str text) {
  size_t at = 0;
  while (at < text.len && ((text.at[at] | 0x20) >= 'a' && (text.at[at] | 0x20) <= 'z')) at++;
  if (at < 2) return 0;
  while (at < text.len && (strchr("+-.", text.at[at]) || (text.at[at] >= '0' && text.at[at] <= '9') ||
                           ((text.at[at] | 0x20) >= 'a' && (text.at[at] | 0x20) <= 'z')))
    at++;
  return at < text.len && text.at[at] == ':' ? at + 1 : 0;
}

bool uri_is_valid(Str uri) {
  if (!scheme_length(uri)) return false;
  for (size_t i = 0; i < uri.len; i++)
    if ((unsigned char)uri.at[i] <= ' ' || uri.at[i] == 0x7F) return false;
  return true;
}

Str uri_of_path(Arena *arena, Str path) {
  static const char plain[] = "/-_.~!$&'()*+,;=:@";
  Buf to = {0};
  buf_add_c(&to, "file://");
  for (size_t i = 0; i < path.len; i++) {
    unsigned char c = (unsigned char)path.at[i];
    bool is_plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr(plain, c));
    if (is_plain) buf_add_byte(&to, (char)c);
    else buf_printf(&to, "%%%02X", c);
  }
  return buf_take(&to, arena);
}
