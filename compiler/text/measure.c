#include "text/measure.h"

#include <utf8proc.h>

#include "text/widths.inc"

typedef struct {
  int32_t first, last;
  double width; /* em */
  bool tall;
} Script;

/* About the mean of the letters of Noto Sans Bold; less for Arabic, whose letters are narrower when joined. */
static const Script scripts[] = {
    {0x0530, 0x058F, 0.75, false}, /* Armenian */
    {0x0590, 0x05FF, 0.66, false}, /* Hebrew */
    {0x0600, 0x08FF, 0.64, true},  /* Arabic, Syriac, Thaana */
    {0x0900, 0x0B7F, 0.74, true},  /* Devanagari to Oriya */
    {0x0B80, 0x0BFF, 1.05, true},  /* Tamil */
    {0x0C00, 0x0CFF, 0.98, true},  /* Telugu, Kannada */
    {0x0D00, 0x0DFF, 1.20, true},  /* Malayalam, Sinhala */
    {0x0E00, 0x0EFF, 0.65, true},  /* Thai, Lao */
    {0x0F00, 0x0FFF, 0.80, true},  /* Tibetan */
    {0x1000, 0x109F, 1.00, true},  /* Myanmar */
    {0x10A0, 0x10FF, 0.76, false}, /* Georgian */
    {0x1100, 0x11FF, 1.00, false}, /* Hangul letters */
    {0x1200, 0x139F, 0.85, false}, /* Ethiopic */
    {0x1780, 0x17FF, 0.90, true},  /* Khmer */
    {0xFB1D, 0xFB4F, 0.66, false}, /* Hebrew */
    {0xFB50, 0xFDFF, 0.90, true},  /* Arabic */
    {0xFE70, 0xFEFF, 0.76, true},  /* Arabic */
};

static const Script *script_of(int32_t c) {
  for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++)
    if (c >= scripts[i].first && c <= scripts[i].last) return &scripts[i];
  return NULL;
}

static uint8_t table_width(int32_t c, bool bold) {
  for (size_t i = 0; i < sizeof width_ranges / sizeof *width_ranges; i++) {
    if ((uint32_t)c < width_ranges[i].first || (uint32_t)c > width_ranges[i].last) continue;
    uint32_t at = width_ranges[i].at + (uint32_t)c - width_ranges[i].first;
    return bold ? width_bold[at] : width_regular[at];
  }
  return 0;
}

static bool is_mark(int32_t c) {
  utf8proc_category_t category = utf8proc_category(c);
  return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME || category == UTF8PROC_CATEGORY_CF ||
         category == UTF8PROC_CATEGORY_CC;
}

static double guess(int32_t c, bool bold) {
  if (is_mark(c)) return 0;
  bool emoji = c >= 0x1F000 && c < 0x20000;
  if (emoji || (c >= 0x2300 && c < 0x2C00)) return 1.3; /* emoji fonts are wider than an em */
  const Script *script = script_of(c);
  if (script) return script->width;
  if (utf8proc_charwidth(c) == 2) return 1;
  return bold ? 0.95 : 0.9;
}

double text_char_width(int32_t c, bool bold) {
  uint8_t width = table_width(c, bold);
  if (width && !(c >= 0x300 && is_mark(c))) return (double)width / WIDTH_UNITS;
  return guess(c, bold);
}

int32_t text_next(Str text, size_t *at) {
  utf8proc_int32_t c;
  size_t left = text.len - *at;
  utf8proc_ssize_t read =
      utf8proc_iterate((const utf8proc_uint8_t *)text.at + *at, (utf8proc_ssize_t)(left > 4 ? 4 : left), &c);
  if (read <= 0) {
    *at += 1;
    return 0xFFFD;
  }
  *at += (size_t)read;
  return c;
}

double text_width(Str text, double size, bool bold) {
  double width = 0;
  for (size_t at = 0; at < text.len;) width += text_char_width(text_next(text, &at), bold);
  return width * size;
}

bool text_is_rtl(Str text) {
  for (size_t at = 0; at < text.len;) {
    switch (utf8proc_get_property(text_next(text, &at))->bidi_class) {
      case UTF8PROC_BIDI_CLASS_L: return false;
      case UTF8PROC_BIDI_CLASS_R:
      case UTF8PROC_BIDI_CLASS_AL: return true;
      default: break;
    }
  }
  return false;
}

double text_line_factor(Str text) {
  double factor = 1;
  for (size_t at = 0; at < text.len;) {
    int32_t c = text_next(text, &at);
    if (c < 0x300) continue;
    const Script *script = script_of(c);
    if (script && script->tall) return 1.32;
    if (factor < 1.15 && utf8proc_charwidth(c) == 2) factor = 1.15;
  }
  return factor;
}
