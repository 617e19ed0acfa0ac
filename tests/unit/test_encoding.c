/* Bytes become UTF-8: what is valid, what a file is written in, and characters that lie over the border of what is read
 * at once. */
#include <stdlib.h>
#include <unistd.h>

#include "base/os.h"
#include "check.h"
#include "data/encoding.h"
#include "data/table.h"

static void test_valid(void) {
  static const Str valid[] = {
      STR(""), STR("a"), STR("é"), STR("王"), STR("😀"), STR("\xF4\x8F\xBF\xBF"), STR("\xED\x9F\xBF")};
  static const Str broken[] = {STR("\xC3"),
                               STR("\xA9"),
                               STR("\xC0\x80"),
                               STR("\xC1\xBF"),
                               STR("\xE0\x9F\xBF"),
                               STR("\xED\xA0\x80"),
                               STR("\xF0\x8F\xBF\xBF"),
                               STR("\xF4\x90\x80\x80"),
                               STR("\xF8\x88"),
                               STR("\xE7\x8E"),
                               STR("a\0b"),
                               STR("\xFF")};
  for (size_t i = 0; i < sizeof valid / sizeof *valid; i++) CHECK(utf8_is_valid(valid[i]));
  for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) CHECK(!utf8_is_valid(broken[i]));
}

/* One odd byte anywhere in a text of any length is seen. */
static void test_plain(void) {
  enum { LONGEST = 40 };
  static const char odd[] = {'\0', '\x80', '\xFF'};
  char text[LONGEST];
  for (size_t len = 0; len <= LONGEST; len++) {
    memset(text, 'a', sizeof text);
    CHECK(text_is_plain((Str){text, len}));
    memset(text, '\x01', sizeof text);
    CHECK(text_is_plain((Str){text, len}));
    for (size_t at = 0; at < len; at++)
      for (size_t i = 0; i < sizeof odd; i++) {
        memset(text, '\x7F', sizeof text);
        text[at] = odd[i];
        CHECK(!text_is_plain((Str){text, len}));
      }
  }
}

static void test_found(void) {
  CHECK(encoding_of(STR("plain")).order == BYTES_UTF8 && encoding_of(STR("plain")).only_ascii);
  CHECK(encoding_of(STR("")).order == BYTES_UTF8);
  CHECK(!encoding_of(STR("Avalia\xE7\xE3o,Informa\xE7\xE3o,\x93ok\x94\n")).unknown);
  CHECK(encoding_of(STR("\xE8\xEC\xFF,\xE3\xEE\xF0\xEE\xE4\n")).unknown); /* имя,город in Windows-1251 */
  CHECK(encoding_of(STR("\xB1\xE0\xBA\xC5,\xC6\xC0\xBC\xDB\n")).unknown); /* 编号,评价 in GB 18030 */
  CHECK(encoding_of(STR("\xEF\xBB\xBF"
                        "a"))
            .mark == 3);
  CHECK(encoding_of(STR("Jos\xC3\xA9")).order == BYTES_UTF8 && !encoding_of(STR("Jos\xC3\xA9")).only_ascii);
  CHECK(encoding_of(STR("Jos\xE9, Zo\xEB, Ann\n")).order == BYTES_LATIN1);
  CHECK(encoding_of(STR("\xC3\xA9\xC3\xA9, one \xE9 by mistake\n")).order == BYTES_UTF8);
  CHECK(encoding_of(STR("\xFF\xFE"
                        "a\0"))
            .order == BYTES_UTF16_LITTLE);
  CHECK(encoding_of(STR("\xFE\xFF\0a")).order == BYTES_UTF16_BIG && encoding_of(STR("\xFE\xFF\0a")).mark == 2);
  CHECK(encoding_of(STR("a\0,\0b\0\n\0")).order == BYTES_UTF16_LITTLE);
  CHECK(encoding_of(STR("\0a\0,\0b\0\n")).order == BYTES_UTF16_BIG);
  CHECK(encoding_of(STR("a,b\n\0\0\0\0\0\0c,d\n")).order == BYTES_UTF8);
}

static void test_turned(void) {
  Buf to = {0};
  latin1_add(&to, STR("\x80 \xE9 \x93ok\x94 \x81"));
  CHECK_STR(buf_str(&to), "€ é “ok” \xC2\x81");
  to.len = 0;
  CHECK(utf16_add(&to,
                  STR("\x3D\xD8\x00\xDE"
                      "a\0"
                      "\x3D\xD8"
                      "b\0"
                      "\x00\xDE"),
                  false, true) == 12);
  CHECK_STR(buf_str(&to), "😀a\xEF\xBF\xBD"
                          "b\xEF\xBF\xBD");
  to.len = 0;
  CHECK(utf16_add(&to, STR("\0a\xD8\x3D"), true, false) == 2); /* the other half is to come */
  CHECK(utf16_add(&to, STR("\0a\0"), true, false) == 2);
  CHECK(utf16_add(&to, STR("\0"), true, true) == 1);
  CHECK_STR(buf_str(&to), "aa\xEF\xBF\xBD");
  buf_free(&to);
}

/* ---- borders ---- */

static char path[] = "/tmp/journey-encoding-XXXXXX";

static void read_last(Arena *arena, Buf *text, size_t *rows, size_t *bytes, TableEncoding *encoding) {
  static const size_t column = 0;
  Str cell, why;
  uint64_t line;
  CHECK(os_write_file(arena, path, buf_str(text), &why));
  Table *table = table_open(arena, path, NULL, &why);
  table_select(table, &column, 1);
  for (*rows = *bytes = 0; table_next(table, &cell, &line, &why) == TABLE_ROW; ++*rows)
    if (!memchr(cell.at, 0xEF, cell.len)) *bytes += cell.len;
  *encoding = table_dialect(table)->encoding;
  table_close(table);
  buf_free(text);
}

/* Pairs of UTF-16 at every odd place, of which one lies over each border. */
static void test_pairs_over_borders(void) {
  enum { ROWS = 1000, PAIRS = 100 };
  Arena *arena = arena_new();
  for (int shift = 0; shift < 2; shift++) {
    Buf text = {0};
    size_t rows, bytes;
    TableEncoding encoding;
    buf_add(&text, STR("\xFF\xFE"
                       "a\0,\0b\0\n\0"));
    for (int row = 0; row < ROWS; row++) {
      for (int i = 0; i < PAIRS; i++) buf_add(&text, STR("\x3D\xD8\x00\xDE"));
      if (shift == 0 || row > 0) buf_add(&text, STR("c\0"));
      buf_add(&text, STR(",\0"
                         "1\0\n\0"));
    }
    read_last(arena, &text, &rows, &bytes, &encoding);
    CHECK(rows == ROWS && encoding == ENCODING_UTF16);
    CHECK(bytes == (size_t)ROWS * (PAIRS * 4 + 1) - (size_t)shift);
  }
  arena_free(arena);
}

/* The only character that is no ASCII lies over the border of the beginning. */
static void test_cut_character(void) {
  Arena *arena = arena_new();
  for (size_t len = (256 << 10) - 8; len < (256 << 10) + 2; len++) {
    Buf text = {0};
    size_t rows, bytes;
    TableEncoding encoding;
    buf_add(&text, STR("a,b\n"));
    while (text.len + 10 < len) buf_add(&text, STR("x,yz\n"));
    while (text.len < len) buf_add_byte(&text, 'x');
    buf_add(&text, STR("é,1\n"));
    read_last(arena, &text, &rows, &bytes, &encoding);
    CHECK(rows > 0 && encoding == ENCODING_UTF8);
  }
  arena_free(arena);
}

int main(void) {
  int file = mkstemp(path);
  if (file < 0) return 2;
  close(file);
  test_valid();
  test_plain();
  test_found();
  test_turned();
  test_pairs_over_borders();
  test_cut_character();
  remove(path);
  return CHECK_DONE();
}
