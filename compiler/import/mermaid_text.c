#include <utf8proc.h>

#include "import/diagram.h"

static bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

size_t mermaid_entity(Str text, size_t at) {
  size_t i = at;
  if (i >= text.len || (text.at[i] != '#' && text.at[i] != '&')) return 0;
  i++;
  if (text.at[at] == '&' && i < text.len && text.at[i] == '#') i++;
  size_t word = i;
  while (i < text.len && is_word(text.at[i]) && i - word < 32) i++;
  return i > word && i < text.len && text.at[i] == ';' ? i + 1 - at : 0;
}

static const struct {
  const char *name;
  int32_t code;
} ENTITIES[] = {
    {"amp", '&'},      {"lt", '<'},       {"gt", '>'},       {"quot", '"'},     {"apos", '\''},     {"nbsp", 0xA0},
    {"colon", ':'},    {"semi", ';'},     {"num", '#'},      {"comma", ','},    {"period", '.'},    {"percnt", '%'},
    {"lpar", '('},     {"rpar", ')'},     {"lbrace", '{'},   {"rbrace", '}'},   {"lsqb", '['},      {"rsqb", ']'},
    {"lbrack", '['},   {"rbrack", ']'},   {"lcub", '{'},     {"rcub", '}'},     {"excl", '!'},      {"quest", '?'},
    {"plus", '+'},     {"equals", '='},   {"ast", '*'},      {"sol", '/'},      {"bsol", '\\'},     {"vert", '|'},
    {"commat", '@'},   {"dollar", '$'},   {"lowbar", '_'},   {"grave", '`'},    {"euro", 0x20AC},   {"pound", 0xA3},
    {"yen", 0xA5},     {"cent", 0xA2},    {"copy", 0xA9},    {"reg", 0xAE},     {"trade", 0x2122},  {"hellip", 0x2026},
    {"ndash", 0x2013}, {"mdash", 0x2014}, {"bull", 0x2022},  {"middot", 0xB7},  {"deg", 0xB0},      {"times", 0xD7},
    {"lsquo", 0x2018}, {"rsquo", 0x2019}, {"ldquo", 0x201C}, {"rdquo", 0x201D}, {"larr", 0x2190},   {"rarr", 0x2192},
    {"uarr", 0x2191},  {"darr", 0x2193},  {"check", 0x2713}, {"cross", 0x2717}, {"hearts", 0x2665}, {"star", 0x2606},
    {"starf", 0x2605}, {"infin", 0x221E}, {"auml", 0xE4},    {"ouml", 0xF6},    {"uuml", 0xFC},     {"Auml", 0xC4},
    {"Ouml", 0xD6},    {"Uuml", 0xDC},    {"szlig", 0xDF},   {"eacute", 0xE9},  {"egrave", 0xE8},   {"ecirc", 0xEA},
    {"agrave", 0xE0},  {"aacute", 0xE1},  {"ccedil", 0xE7},  {"ntilde", 0xF1},  {"oacute", 0xF3},   {"iacute", 0xED},
};

/* The character that the word between # and ; stands for; -1 where it is unknown. */
static int32_t entity_code(Str word, bool decimal_only) {
  int32_t code = 0;
  size_t digits = 0;
  while (digits < word.len && word.at[digits] >= '0' && word.at[digits] <= '9' && code < 0x110000)
    code = code * 10 + (word.at[digits++] - '0');
  if (digits == word.len) return code >= 32 && code != 127 && utf8proc_codepoint_valid(code) ? code : -1;
  for (size_t i = 0; !decimal_only && i < sizeof ENTITIES / sizeof *ENTITIES; i++)
    if (str_is_c(word, ENTITIES[i].name)) return ENTITIES[i].code;
  return -1;
}

static size_t add_entity(Buf *to, Str text, size_t at) {
  size_t len = mermaid_entity(text, at);
  if (len == 0) return 0;
  size_t start = at + 1 + (text.at[at] == '&' && text.at[at + 1] == '#');
  int32_t code = entity_code(str_slice(text, start, at + len - 1), start > at + 1);
  if (code < 0) return 0;
  utf8proc_uint8_t bytes[4];
  utf8proc_ssize_t count = utf8proc_encode_char(code, bytes);
  buf_add(to, (Str){(const char *)bytes, (size_t)count});
  return len;
}

/* The bytes of a <br>, <br/> or <br /> that begins here. */
static size_t line_break(Str text, size_t at) {
  if (text.len - at < 4 || text.at[at] != '<' || (text.at[at + 1] | 32) != 'b' || (text.at[at + 2] | 32) != 'r')
    return 0;
  size_t i = at + 3;
  while (i < text.len && (text.at[i] == ' ' || text.at[i] == '/')) i++;
  return i < text.len && text.at[i] == '>' ? i + 1 - at : 0;
}

Str mermaid_plain(Arena *arena, Str text) {
  Buf plain = {0};
  for (size_t i = 0; i < text.len;) {
    size_t len = line_break(text, i);
    if (len > 0) {
      buf_add_byte(&plain, ' ');
    } else if ((len = add_entity(&plain, text, i)) == 0) {
      char c = text.at[i];
      buf_add_byte(&plain, (unsigned char)c < 32 || c == 127 ? ' ' : c);
      len = 1;
    }
    i += len;
  }
  Str whole = str_trim(buf_str(&plain));
  whole = arena_copy(arena, whole);
  buf_free(&plain);
  return whole;
}

Str mermaid_excerpt(Arena *arena, Str text) {
  enum { LONGEST = 60 };
  if (text.len <= LONGEST) return text;
  size_t end = LONGEST;
  while (end > 0 && ((unsigned char)text.at[end] & 0xC0) == 0x80) end--;
  return arena_format(arena, STR_FMT "…", STR_ARG(str_trim(str_slice(text, 0, end))));
}
