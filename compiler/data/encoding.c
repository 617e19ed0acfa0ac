#include "data/encoding.h"

/* ---- UTF-8 ---- */

/* The high bit of some byte is set where one of the eight is over 0x7F, or is 0. */
static inline uint64_t odd_bytes(const char *at) {
  static const uint64_t ones = 0x0101010101010101u;
  uint64_t word;
  memcpy(&word, at, sizeof word);
  return word | (word - ones);
}

static inline uint32_t odd_bytes_of_four(const char *at) {
  uint32_t word;
  memcpy(&word, at, sizeof word);
  return word | (word - 0x01010101u);
}

/* The last words overlap, so that nothing is left over. */
bool text_is_plain(Str text) {
  static const uint64_t high = 0x8080808080808080u;
  const char *last = text.at + text.len;
  uint64_t odd = 0;
  if (text.len >= 8) {
    for (const char *at = text.at; at < last - 8; at += 8) odd |= odd_bytes(at);
    return ((odd | odd_bytes(last - 8)) & high) == 0;
  }
  if (text.len >= 4) return ((odd_bytes_of_four(text.at) | odd_bytes_of_four(last - 4)) & (uint32_t)high) == 0;
  return text.len == 0 || (text.at[0] > 0 && text.at[text.len / 2] > 0 && last[-1] > 0);
}

static bool continues(Str text, size_t at) { return at < text.len && ((unsigned char)text.at[at] & 0xC0) == 0x80; }

/* The length of the character at `at`, 0 where it is broken. */
static size_t utf8_length(Str text, size_t at) {
  unsigned char first = (unsigned char)text.at[at];
  if (first < 0x80) return first > 0;
  if (first < 0xC2 || first > 0xF4) return 0;
  size_t length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  for (size_t i = 1; i < length; i++)
    if (!continues(text, at + i)) return 0;
  unsigned char second = (unsigned char)text.at[at + 1];
  bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  bool surrogate = first == 0xED && second > 0x9F, too_large = first == 0xF4 && second > 0x8F;
  return overlong || surrogate || too_large ? 0 : length;
}

bool utf8_is_valid(Str text) {
  for (size_t at = 0; at < text.len;) {
    size_t length = utf8_length(text, at);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

static void add_code(Buf *to, uint32_t code) {
  if (code < 0x80) buf_add_byte(to, (char)code);
  else if (code < 0x800) {
    buf_add_byte(to, (char)(0xC0 | code >> 6));
    buf_add_byte(to, (char)(0x80 | (code & 0x3F)));
  } else if (code < 0x10000) {
    buf_add_byte(to, (char)(0xE0 | code >> 12));
    buf_add_byte(to, (char)(0x80 | (code >> 6 & 0x3F)));
    buf_add_byte(to, (char)(0x80 | (code & 0x3F)));
  } else {
    buf_add_byte(to, (char)(0xF0 | code >> 18));
    buf_add_byte(to, (char)(0x80 | (code >> 12 & 0x3F)));
    buf_add_byte(to, (char)(0x80 | (code >> 6 & 0x3F)));
    buf_add_byte(to, (char)(0x80 | (code & 0x3F)));
  }
}

/* ---- Windows-1252 ---- */

/* Of 0x80 to 0x9F; where nothing is said, the control character of Latin-1. */
static const uint16_t windows_1252[32] = {0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                          0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
                                          0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                          0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

void latin1_add(Buf *to, Str text) {
  for (size_t i = 0; i < text.len; i++) {
    unsigned char c = (unsigned char)text.at[i];
    add_code(to, c >= 0x80 && c < 0xA0 ? windows_1252[c - 0x80] : c);
  }
}

/* ---- UTF-16 ---- */

static uint32_t unit_at(Str text, size_t at, bool big) {
  uint32_t first = (unsigned char)text.at[at], second = (unsigned char)text.at[at + 1];
  return big ? first << 8 | second : second << 8 | first;
}

size_t utf16_add(Buf *to, Str text, bool big, bool at_end) {
  enum { LOST = 0xFFFD };
  size_t at = 0;
  while (at + 2 <= text.len) {
    uint32_t unit = unit_at(text, at, big);
    bool leads = unit >= 0xD800 && unit < 0xDC00;
    if (leads && at + 4 > text.len && !at_end) break;
    uint32_t next = leads && at + 4 <= text.len ? unit_at(text, at + 2, big) : 0;
    if (next >= 0xDC00 && next < 0xE000) {
      add_code(to, 0x10000 + ((unit - 0xD800) << 10 | (next - 0xDC00)));
      at += 4;
      continue;
    }
    add_code(to, unit >= 0xD800 && unit < 0xE000 ? LOST : unit);
    at += 2;
  }
  if (!at_end || at == text.len) return at;
  add_code(to, LOST);
  return text.len;
}

/* ---- what a file is written in ---- */

static bool looks_like_utf16(Str text, bool *big) {
  size_t zeros[2] = {0};
  for (size_t i = 0; i < text.len; i++) zeros[i & 1] += text.at[i] == 0;
  *big = zeros[0] > zeros[1];
  size_t more = zeros[!*big], fewer = zeros[*big];
  return more > 10 * fewer && more * 100 > text.len; /* line ends and commas have one each, in any language */
}

Encoding encoding_of_utf16(Str beginning) {
  bool big = false;
  if (str_starts(beginning, STR("\xFF\xFE"))) return (Encoding){.order = BYTES_UTF16_LITTLE, .mark = 2};
  if (str_starts(beginning, STR("\xFE\xFF"))) return (Encoding){.order = BYTES_UTF16_BIG, .mark = 2};
  return (Encoding){.order = looks_like_utf16(beginning, &big) && big ? BYTES_UTF16_BIG : BYTES_UTF16_LITTLE};
}

/* Letters that are no ASCII stand alone or in pairs in what is written in Latin letters; where most stand in threes and
 * more, whole words are written in them. */
static bool is_no_latin(Str text) {
  enum { ALONE = 2, FEW = 6 };
  size_t all = 0, in_words = 0, run = 0;
  for (size_t i = 0; i <= text.len; i++) {
    if (i < text.len && (unsigned char)text.at[i] > 0x7F) {
      run++;
      continue;
    }
    all += run;
    in_words += run > ALONE ? run : 0;
    run = 0;
  }
  return in_words > FEW && in_words * 2 > all;
}

Encoding encoding_of(Str beginning) {
  bool big;
  if (str_starts(beginning, STR("\xEF\xBB\xBF"))) return (Encoding){.order = BYTES_UTF8, .mark = 3};
  if (str_starts(beginning, STR("\xFF\xFE")) || str_starts(beginning, STR("\xFE\xFF")) ||
      looks_like_utf16(beginning, &big))
    return encoding_of_utf16(beginning);
  size_t whole = 0, broken = 0;
  for (size_t at = 0; at < beginning.len;) {
    size_t length = utf8_length(beginning, at);
    whole += length > 1;
    bool cut = length == 0 && at + 4 > beginning.len; /* in the middle of a character, by the beginning's end */
    broken += length == 0 && !cut && beginning.at[at] != 0;
    at += length > 0 ? length : 1;
  }
  if (broken > whole) return (Encoding){.order = BYTES_LATIN1, .unknown = is_no_latin(beginning)};
  return (Encoding){.order = BYTES_UTF8, .only_ascii = whole + broken == 0};
}
