#include "write/terminal_curve.h"

#include <math.h>

Curve curve_new(Arena *arena, const double *x, const double *y, size_t count) {
  Curve curve = {x, y, ARENA_ARRAY(arena, double, count + 1), count};
  if (count < 2) return curve;
  double *m = curve.slope;
  for (size_t i = 0; i < count; i++) {
    double before = i > 0 ? (y[i] - y[i - 1]) / (x[i] - x[i - 1]) : 0;
    double after = i + 1 < count ? (y[i + 1] - y[i]) / (x[i + 1] - x[i]) : 0;
    m[i] = i == 0 ? after : i + 1 == count ? before : before * after <= 0 ? 0 : (before + after) / 2;
  }
  for (size_t i = 0; i + 1 < count; i++) {
    double d = (y[i + 1] - y[i]) / (x[i + 1] - x[i]);
    if (d == 0) {
      m[i] = m[i + 1] = 0;
      continue;
    }
    double a = m[i] / d, b = m[i + 1] / d, length = a * a + b * b;
    if (length > 9) m[i] = 3 / sqrt(length) * a * d, m[i + 1] = 3 / sqrt(length) * b * d;
  }
  return curve;
}

double curve_at(const Curve *curve, double at) {
  size_t low = 0, high = curve->count - 1;
  if (curve->count == 1 || at <= curve->x[0]) return curve->y[0];
  if (at >= curve->x[high]) return curve->y[high];
  while (high - low > 1) {
    size_t middle = (low + high) / 2;
    if (curve->x[middle] <= at) low = middle;
    else high = middle;
  }
  double h = curve->x[high] - curve->x[low], t = (at - curve->x[low]) / h;
  double t2 = t * t, t3 = t2 * t;
  return (2 * t3 - 3 * t2 + 1) * curve->y[low] + (t3 - 2 * t2 + t) * h * curve->slope[low] + (3 * t2 - 2 * t3) * curve->y[high] +
         (t3 - t2) * h * curve->slope[high];
}

typedef struct {
  uint32_t *cells;
  int width, height; /* in characters */
  int across, down;  /* dots in a character */
} Canvas;

static void dot(Canvas *canvas, int x, int y) {
  static const uint8_t BRAILLE[4][2] = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};
  uint32_t *cell = &canvas->cells[(y / canvas->down) * canvas->width + x / canvas->across];
  if (canvas->down == 1) *cell = '.';
  else *cell = (*cell ? *cell : 0x2800) | BRAILLE[y % 4][x % 2];
}

CurvePicture curve_draw(Arena *arena, const Curve *curve, size_t from, size_t to, int pitch, int height, bool ascii) {
  Canvas canvas = {NULL, (int)(to - from) * pitch - 1, height, ascii ? 1 : 2, ascii ? 1 : 4};
  canvas.cells = ARENA_ARRAY(arena, uint32_t, (size_t)canvas.width * (size_t)height);
  int rows = height * canvas.down, last = -1;
  for (int x = 0; x < canvas.width * canvas.across && curve->count > 0; x++) {
    double at = (double)from + ((x + 0.5) / canvas.across + 0.5) / pitch;
    if (at < curve->x[0] || at > curve->x[curve->count - 1]) continue;
    int y = curve_row(curve_at(curve, at), rows);
    int step = last < 0 || last == y ? 0 : last < y ? 1 : -1;
    for (int fill = last + step; step && fill != y; fill += step) dot(&canvas, x, fill);
    dot(&canvas, x, y);
    last = y;
  }
  for (size_t i = 0; i < curve->count; i++) {
    if (curve->x[i] < (double)from || curve->x[i] >= (double)to) continue;
    int x = (int)((curve->x[i] - (double)from) * pitch - 0.5), y = curve_row(curve->y[i], rows) / canvas.down;
    if (x >= 0 && x < canvas.width) canvas.cells[y * canvas.width + x] = ascii ? 'o' : 0x25CF;
  }
  return (CurvePicture){canvas.width, height, canvas.cells};
}
