#include "lsp/feature/colours.h"

static uint32_t digit(char c) { return (uint32_t)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10); }

static uint32_t rgb_of(Str written) {
  uint32_t rgb = 0;
  bool is_short = written.len == 4;
  for (size_t i = 1; i < written.len && i < 7; i++) {
    rgb = rgb << 4 | digit(written.at[i]);
    if (is_short) rgb = rgb << 4 | digit(written.at[i]);
  }
  return rgb;
}

/* Half a one, as somebody types it, is none. */
static bool is_colour(const Unit *unit, const Value *value) {
  size_t length = value->type == V_COLOUR ? unit_raw(unit, value).len : 0;
  return length == 4 || length == 7;
}

size_t colours_of(const Spot *spot, Arena *arena, Colour **colours) {
  const Unit *unit = spot_unit(spot);
  size_t count = 0;
  for (uint32_t i = 0; i < unit->value_count; i++) count += is_colour(unit, &unit->values[i]);
  *colours = ARENA_ARRAY(arena, Colour, count);
  count = 0;
  for (uint32_t i = 0; i < unit->value_count; i++)
    if (is_colour(unit, &unit->values[i]))
      (*colours)[count++] = (Colour){unit->values[i].span, rgb_of(unit_raw(unit, &unit->values[i]))};
  return count;
}

Str colour_text(uint32_t rgb, bool shortly, Arena *arena) {
  uint32_t nibbles = (rgb >> 12 & 0xF00) | (rgb >> 8 & 0xF0) | (rgb >> 4 & 0xF);
  bool is_pairs = (rgb & 0x0F0F0F) == (rgb >> 4 & 0x0F0F0F);
  return shortly && is_pairs ? arena_format(arena, "#%03x", nibbles) : arena_format(arena, "#%06x", rgb & 0xFFFFFF);
}
