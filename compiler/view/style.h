/* How the map looks: its type, its colours in light and dark, and how a team's colour is made readable. */
#ifndef JOURNEY_VIEW_STYLE_H
#define JOURNEY_VIEW_STYLE_H

#include <stdbool.h>
#include <stdint.h>

/* clang-format off */
/* TYPE(id, class, size, line height, bold, italic), in pixels. T_BODY is what stands where no class is named. */
#define TYPES(TYPE) \
  TYPE(BODY, "", 13, 18, false, false) \
  TYPE(STRONG, "sb", 13, 18, true, false) \
  TYPE(THOUGHT, "th", 13, 18, false, true) \
  TYPE(SMALL, "sm", 12.5, 16, false, false) \
  TYPE(TAG, "tg", 12.5, 16, true, false) \
  TYPE(STEP, "sp", 14, 18, true, false) \
  TYPE(STAGE, "st", 18, 23, true, false) \
  TYPE(LANE, "la", 13, 18, true, false) \
  TYPE(TITLE, "ti", 34, 41, true, false) \
  TYPE(LEAD, "le", 16, 24, false, false) \
  TYPE(KICKER, "ki", 13, 18, true, false) \
  TYPE(NAME, "na", 20, 25, true, false) \
  TYPE(INITIALS, "in", 24, 24, true, false) \
  TYPE(QUOTE, "qu", 18, 26, false, true) \
  TYPE(FIGURE, "fg", 24, 30, true, false) \
  TYPE(EMOTION, "em", 14, 18, true, false) \
  TYPE(SOURCE, "su", 9.5, 12, false, false)

typedef enum {
#define TYPE(id, name, size, line, bold, italic) T_##id,
  TYPES(TYPE)
#undef TYPE
      T_COUNT
} Type;

typedef struct {
  const char *name; /* of its class */
  double size, line;
  bool bold, italic;
} TypeRow;
const TypeRow *type_row(Type type);

/* INK(id, class, light, dark). What is written reaches 4.5:1 on every ground, what is only drawn 3:1; hairlines and the
 * grounds themselves carry no meaning. I_INK is what stands where no class is named. */
#define INKS(INK) \
  INK(INK, "", 0x16202E, 0xE9EDF2) \
  INK(MUTED, "mu", 0x55606E, 0xA9B4C0) \
  INK(GOOD, "gd", 0x0A6B5B, 0x58D3B6) \
  INK(FAIR, "fa", 0x875300, 0xF2B84B) \
  INK(SEVERE, "se", 0xAA3F06, 0xFFA268) \
  INK(BAD, "bd", 0xB1241D, 0xFF988A) \
  INK(ACCENT, "ac", 0x1C4F94, 0x8FBBFF) \
  INK(MOMENT, "mo", 0x7A4F00, 0xF6C453) \
  INK(RULE, "ru", 0x78838F, 0x7F8B98) \
  INK(HAIR, "ha", 0xDCE1E7, 0x2F3843) \
  INK(BAND, "ba", 0xF2F5F8, 0x1D242D) \
  INK(TINT, "tn", 0xFFF8E8, 0x28231A) \
  INK(CHIP, "ch", 0xEBEFF4, 0x252E39) \
  INK(PAPER, "pa", 0xFFFFFF, 0x12171D)

/* clang-format on */

typedef enum {
#define INK(id, name, light, dark) I_##id,
  INKS(INK)
#undef INK
      I_TEAM /* I_TEAM + n: the nth team colour of the map */
} Ink;

typedef struct {
  const char *name;
  uint32_t light, dark; /* 0xRRGGBB */
} InkRow;
const InkRow *ink_row(Ink ink); /* ink < I_TEAM */

/* The contrast of two colours by WCAG 2: 1 to 21. */
double contrast(uint32_t a, uint32_t b);
/* The colour, made darker (lighter on dark paper) until text in it reaches 4.5:1 on every ground of the map. */
uint32_t readable(uint32_t colour, bool dark);

#endif
