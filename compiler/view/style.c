#include "view/style.h"

#include <math.h>
#include <stddef.h>

static const TypeRow type_rows[] = {
#define TYPE(id, name, size, line, bold, italic) {name, size, line, bold, italic},
    TYPES(TYPE)
#undef TYPE
};

static const InkRow ink_rows[] = {
#define INK(id, name, light, dark) {name, light, dark},
    INKS(INK)
#undef INK
};

const TypeRow *type_row(Type type) { return &type_rows[type]; }
const InkRow *ink_row(Ink ink) { return &ink_rows[ink]; }

static double linear(uint32_t byte) {
  double c = byte / 255.0;
  return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(uint32_t colour) {
  return 0.2126 * linear(colour >> 16 & 255) + 0.7152 * linear(colour >> 8 & 255) + 0.0722 * linear(colour & 255);
}

double contrast(uint32_t a, uint32_t b) {
  double la = luminance(a), lb = luminance(b);
  return la > lb ? (la + 0.05) / (lb + 0.05) : (lb + 0.05) / (la + 0.05);
}

static uint32_t mix(uint32_t colour, uint32_t with, double share) {
  uint32_t result = 0;
  for (int shift = 16; shift >= 0; shift -= 8) {
    double from = colour >> shift & 255, to = with >> shift & 255;
    result |= (uint32_t)lround(from + (to - from) * share) << shift;
  }
  return result;
}

static bool is_readable(uint32_t colour, bool dark) {
  static const Ink grounds[] = {I_BAND, I_TINT, I_CHIP, I_PAPER};
  for (size_t i = 0; i < sizeof grounds / sizeof *grounds; i++) {
    const InkRow *ground = ink_row(grounds[i]);
    if (contrast(colour, dark ? ground->dark : ground->light) < 4.5) return false;
  }
  return true;
}

uint32_t readable(uint32_t colour, bool dark) {
  for (double share = 0; share < 1; share += 0.04) {
    uint32_t mixed = mix(colour, dark ? 0xFFFFFF : 0x000000, share);
    if (is_readable(mixed, dark)) return mixed;
  }
  return dark ? 0xFFFFFF : 0x000000;
}
