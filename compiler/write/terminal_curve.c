#include "write/terminal_curve.h"

#include "view/curve.h"

/* Those that the columns show, and one more at either side. */
static Points points_near(Points all, double from, double to) {
  size_t first = 0, high = all.count, end;
  while (first + 1 < high) {
    size_t middle = (first + high) / 2;
    if (all.x[middle] <= from) first = middle;
    else high = middle;
  }
  for (end = first; end < all.count && all.x[end] < to; end++) {
  }
  if (end < all.count) end++;
  return (Points){all.x + first, all.y + first, all.slopes + first, end - first};
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

static void draw_line(Canvas *canvas, Points points, size_t from, int pitch) {
  int rows = canvas->height * canvas->down, last = -1;
  for (int x = 0; x < canvas->width * canvas->across; x++) {
    double at = (double)from + ((x + 0.5) / canvas->across + 0.5) / pitch;
    if (at < points.x[0] || at > points.x[points.count - 1]) continue;
    int y = curve_row(curve_at(points.x, points.y, points.slopes, points.count, at), rows);
    int step = last < 0 || last == y ? 0 : last < y ? 1 : -1;
    for (int fill = last + step; step && fill != y; fill += step) dot(canvas, x, fill);
    dot(canvas, x, y);
    last = y;
  }
}

uint32_t curve_sign(unsigned actor, bool ascii) {
  static const uint32_t signs[] = {0x25CF, 0x25CB, 0x25C7, 0x25A1}, plain[] = {'o', '*', '#', '%'};
  unsigned which = actor == 0 ? 0 : 1 + (actor - 1) % 3;
  return ascii ? plain[which] : signs[which];
}

CurvePicture curve_draw(Arena *arena, Points points, size_t from, size_t to, int pitch, int height, bool ascii) {
  Canvas canvas = {NULL, (int)(to - from) * pitch - 1, height, ascii ? 1 : 2, ascii ? 1 : 4};
  canvas.cells = ARENA_ARRAY(arena, uint32_t, (size_t)canvas.width * (size_t)height);
  points = points_near(points, (double)from, (double)to);
  if (points.count > 0) draw_line(&canvas, points, from, pitch);
  for (size_t i = 0; i < points.count; i++) {
    if (points.x[i] < (double)from || points.x[i] >= (double)to) continue;
    int x = (int)((points.x[i] - (double)from) * pitch - 0.5),
        y = curve_row(points.y[i], height * canvas.down) / canvas.down;
    if (x >= 0 && x < canvas.width) canvas.cells[y * canvas.width + x] = curve_sign(0, ascii);
  }
  uint8_t *whose = ARENA_ARRAY(arena, uint8_t, (size_t)canvas.width * (size_t)height);
  return (CurvePicture){canvas.width, height, canvas.cells, whose};
}

/* Every second column of the line is left out, so that it is told from the client's without colours. */
void curve_add(Arena *arena, CurvePicture *picture, Points points, size_t from, size_t to, int pitch, bool ascii,
               unsigned actor) {
  if (points.count == 0) return;
  CurvePicture own = curve_draw(arena, points, from, to, pitch, picture->height, ascii);
  uint32_t point = curve_sign(0, ascii);
  for (int i = 0; i < own.width * own.height; i++) {
    bool is_point = own.cells[i] == point;
    if (own.cells[i] == 0 || picture->cells[i] == point || (!is_point && (picture->cells[i] || i % own.width % 2)))
      continue;
    picture->cells[i] = is_point ? curve_sign(actor, ascii) : own.cells[i];
    picture->whose[i] = (uint8_t)(1 + (actor - 1) % 3);
  }
}

void curve_put(Buf *to, uint32_t cell) {
  char bytes[3] = {(char)(0xE0 | (cell >> 12)), (char)(0x80 | ((cell >> 6) & 0x3F)), (char)(0x80 | (cell & 0x3F))};
  if (cell < 128) buf_add_byte(to, (char)cell);
  else buf_add(to, (Str){bytes, sizeof bytes});
}
