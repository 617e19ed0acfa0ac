/* Text: widths that fit the font, lines that fit the width, and nothing lost. */
#include "check.h"

#include <stdlib.h>

#include "base/buf.h"

#include "text/measure.h"
#include "text/wrap.h"

static const Str samples[] = {
    STR("Reads the contract, asks two questions, signs"),
    STR("Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverleihung"),
    STR("تقرأ العقد وتطرح سؤالين ثم توقّع على الاتفاقية"),
    STR("她阅读合同，提出两个问题，然后签署协议。"),
    STR("वह अनुबंध पढ़ती है, दो प्रश्न पूछती है और हस्ताक्षर करती है"),
    STR("เธออ่านสัญญาถามคำถามสองข้อแล้วลงนามในข้อตกลง"),
    STR("Family 👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦 and flags "
        "🇩🇪🇫🇷🇮🇳🇹🇭 "
        "and "
        "e\xCC\x81\xCC\xA7\xCC\x81"),
    STR("one\ntwo\r\n\r\nthree\xE2\x80\xA8"
        "four"),
    STR("bytes \xFF\xFE that \xC3 are no text \xEF\xBF\xBF"),
    STR("   "),
    STR(""),
};
static const size_t sample_count = sizeof samples / sizeof *samples;

static bool is_white(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\v' || c == '\f'; }

/* All that is no white space, in order. */
static Str essence(Str text, Arena *arena) {
  Buf buf = {0};
  for (size_t i = 0; i < text.len; i++) {
    if (str_starts(str_slice(text, i, text.len), STR("\xE2\x80\xA8"))) i += 2;
    else if (!is_white(text.at[i])) buf_add_byte(&buf, text.at[i]);
  }
  return buf_take(&buf, arena);
}

static Str joined(Lines lines, Arena *arena) {
  Buf buf = {0};
  for (size_t i = 0; i < lines.count; i++) buf_add(&buf, lines.lines[i]);
  return essence(buf_take(&buf, arena), arena);
}

static void check_wrap(Str text, double width, Arena *arena) {
  Lines lines = text_wrap(arena, text, 13, false, width);
  CHECK(str_is(joined(lines, arena), essence(text, arena)));
  for (size_t i = 0; i < lines.count; i++) {
    double wide = text_width(lines.lines[i], 13, false);
    CHECK(wide <= lines.width + 1e-9);
    CHECK(wide <= width || lines.lines[i].len <= 40); /* one character, however many bytes */
  }
}

static void check_samples(Arena *arena) {
  for (size_t i = 0; i < sample_count; i++)
    for (double width = 4; width < 400; width += 23) check_wrap(samples[i], width, arena);
}

static void check_random(Arena *arena) {
  unsigned seed = 7;
  char bytes[64];
  for (int round = 0; round < 3000; round++) {
    size_t len = (size_t)rand_r(&seed) % sizeof bytes;
    for (size_t i = 0; i < len; i++) bytes[i] = (char)(rand_r(&seed) % 255 + 1);
    Str text = {bytes, len};
    Lines lines = text_wrap(arena, text, 13, true, 40);
    CHECK(str_is(joined(lines, arena), essence(text, arena)));
  }
}

static void check_breaks(Arena *arena) {
  Lines lines = text_wrap(arena, STR("one two three"), 10, false, text_width(STR("one two"), 10, false));
  CHECK(lines.count == 2);
  CHECK_STR(lines.lines[0], "one two");
  CHECK_STR(lines.lines[1], "three");
  lines = text_wrap(arena, STR("a\n\nb"), 10, false, 100);
  CHECK(lines.count == 3);
  lines = text_wrap(arena, STR("👩‍👩‍👧‍👦👩‍👩‍👧‍👦"), 10, false, 1);
  CHECK(lines.count == 2); /* a family stays together */
}

static void check_widths(void) {
  /* Arial's published metrics: a is 1139/2048, i 455/2048; bold a 1139/2048, bold i 569/2048. */
  CHECK(text_width(STR("a"), 2048, false) >= 1139 && text_width(STR("a"), 2048, false) < 1155);
  CHECK(text_width(STR("i"), 2048, false) >= 455 && text_width(STR("i"), 2048, false) < 468);
  CHECK(text_width(STR("i"), 2048, true) >= 569 && text_width(STR("i"), 2048, true) < 582);
  CHECK(text_width(STR("e\xCC\x81"), 10, false) == text_width(STR("e"), 10, false));
  CHECK(text_width(STR("合同"), 10, false) == 20);
  CHECK(text_is_rtl(STR("12. العقد")) && !text_is_rtl(STR("The العقد")) && !text_is_rtl(STR("12")));
}

int main(void) {
  Arena *arena = arena_new();
  check_widths();
  check_breaks(arena);
  check_samples(arena);
  check_random(arena);
  arena_free(arena);
  return CHECK_DONE();
}
