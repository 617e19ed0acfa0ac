#include "lsp/feature/curve.h"

#include <math.h>

enum { MOST_STEPS = 60 };

Str curve_text(const Project *p, const Journey *journey, uint32_t first, uint32_t end, uint32_t marked, Arena *arena) {
  static const char *const signs[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  if (end - first > MOST_STEPS) {
    uint32_t middle = marked == NONE ? first + MOST_STEPS / 2 : marked;
    if (middle > first + MOST_STEPS / 2) first = middle - MOST_STEPS / 2;
    if (first + MOST_STEPS < end) end = first + MOST_STEPS;
  }
  Buf curve = {0};
  size_t column = 0, mark = 0, felt = 0;
  for (uint32_t s = first; s < end; s++, column++) {
    double emotion;
    if (s > first && journey->steps[s].stage != journey->steps[s - 1].stage) buf_add_byte(&curve, ' '), column++;
    if (s == marked) mark = column;
    bool said = step_emotion(p, &journey->steps[s], &emotion);
    felt += said;
    buf_add_c(&curve, said ? signs[lround(fmax(0, fmin(1, (emotion + 1) / 2)) * 7)] : "·");
  }
  if (marked != NONE && marked >= first && marked < end) {
    buf_add_byte(&curve, '\n');
    buf_repeat(&curve, STR(" "), mark);
    buf_add_c(&curve, "▲");
  }
  if (felt < 1) curve.len = 0;
  return buf_take(&curve, arena);
}
