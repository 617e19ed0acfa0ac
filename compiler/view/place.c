#include "view/place.h"

#include "text/measure.h"

#define SLACK 1.08 /* a fallback font may be that much wider than the one we measured */

Place place_new(const Layout *layout, Arena *arena, double width) {
  return (Place){.arena = arena, .layout = layout, .width = width};
}

Block place_done(Place *place) {
  Mark *marks = ARENA_ARRAY(place->arena, Mark, place->marks.len);
  if (place->marks.len) memcpy(marks, place->marks.at, place->marks.len * sizeof *marks);
  Block block = {marks, place->marks.len, place->width, place->height};
  vec_free(&place->marks);
  return block;
}

static void reach(Place *place, double bottom) {
  if (bottom > place->height) place->height = bottom;
}

/* The numbers hang on the last word: they are wrapped with it, and then taken off again. */
static Lines wrap_with(Arena *arena, Str text, Str sources, const TypeRow *row, double width) {
  if (sources.len == 0) return text_wrap(arena, text, row->size, row->bold, width);
  Str joined = arena_format(arena, STR_FMT "\u2060" STR_FMT, STR_ARG(str_trim(text)), STR_ARG(sources));
  Lines lines = text_wrap(arena, joined, row->size, row->bold, width);
  Str *kept = ARENA_ARRAY(arena, Str, lines.count);
  memcpy(kept, lines.lines, lines.count * sizeof *kept);
  size_t extra = sources.len + STR("\u2060").len;
  while (lines.count > 1 && kept[lines.count - 1].len < extra) extra -= kept[--lines.count].len;
  Str *last = &kept[lines.count - 1];
  last->len -= extra < last->len ? extra : last->len;
  lines.lines = kept;
  return lines;
}

double place_claim(Place *place, Str text, Str sources, Type type, Ink ink, Anchor anchor, double x, double y,
                   double width) {
  const TypeRow *row = type_row(type);
  if (str_trim(text).len == 0) return 0;
  Lines lines = wrap_with(place->arena, text, sources, row, width / SLACK);
  bool rtl = anchor == ANCHOR_START && text_is_rtl(text);
  double leading = row->line * text_line_factor(text);
  double baseline = y + (leading - row->size) / 2 + row->size * 0.82;
  vec_push(&place->marks, (Mark){.kind = MARK_TEXT,
                                 .ink = ink,
                                 .type = type,
                                 .anchor = anchor,
                                 .lines = lines,
                                 .sources = sources,
                                 .rtl = rtl,
                                 .leading = leading,
                                 .x = rtl ? x + width : x,
                                 .y = baseline});
  double height = leading * (double)lines.count;
  reach(place, y + height);
  return height;
}

double place_text_at(Place *place, Str text, Type type, Ink ink, Anchor anchor, double x, double y, double width) {
  return place_claim(place, text, STR(""), type, ink, anchor, x, y, width);
}

double place_text(Place *place, Str text, Type type, Ink ink, double x, double y, double width) {
  return place_text_at(place, text, type, ink, ANCHOR_START, x, y, width);
}

/* The beginning of a long text, up to a space. */
static Str shortened(Str text, Arena *arena) {
  enum { LONGEST = 90, SHORTEST = 60 };
  if (text.len <= LONGEST) return text;
  size_t end = LONGEST;
  while (end > SHORTEST && text.at[end] != ' ') end--;
  while (end > 0 && ((unsigned char)text.at[end] & 0xC0) == 0x80) end--;
  return arena_format(arena, STR_FMT " …", STR_ARG(str_slice(text, 0, end)));
}

double place_struck(Place *place, Str text, Type type, double x, double y, double width) {
  size_t from = place->marks.len;
  double height = place_text(place, shortened(text, place->arena), type, I_MUTED, x, y, width);
  for (size_t i = from; i < place->marks.len; i++) {
    place->marks.at[i].struck = true;
    place->marks.at[i].tip = text;
  }
  return height;
}

void place_icon(Place *place, const char *icon, Ink ink, double x, double y, double size) {
  vec_push(&place->marks,
           (Mark){.kind = MARK_ICON, .ink = ink, .x = x, .y = y, .w = size, .h = size, .path = str_of(icon)});
  reach(place, y + size);
}

void place_line(Place *place, Look look, Ink ink, double x, double y, double w, double h) {
  vec_push(&place->marks, (Mark){.kind = MARK_LINE, .look = look, .ink = ink, .x = x, .y = y, .w = w, .h = h});
  reach(place, y + h);
}

void place_rect(Place *place, Look look, Ink ink, double x, double y, double w, double h, double radius) {
  vec_push(&place->marks,
           (Mark){.kind = MARK_RECT, .look = look, .ink = ink, .x = x, .y = y, .w = w, .h = h, .radius = radius});
  reach(place, y + h);
}

void place_circle(Place *place, Look look, Ink ink, double x, double y, double radius) {
  vec_push(&place->marks, (Mark){.kind = MARK_CIRCLE, .look = look, .ink = ink, .x = x, .y = y, .w = radius});
  reach(place, y + radius);
}

void place_path(Place *place, Look look, Ink ink, Str path) {
  vec_push(&place->marks, (Mark){.kind = MARK_PATH, .look = look, .ink = ink, .path = path});
}

Ink place_team_ink(const Layout *layout, bool has_colour, uint32_t colour) {
  for (uint32_t i = 0; has_colour && i < layout->team_count; i++)
    if (layout->teams[i] == colour) return (Ink)(I_TEAM + i);
  return I_MUTED;
}

double place_width(Str text, Type type) {
  return text_width(text, type_row(type)->size, type_row(type)->bold) * SLACK + 0.5;
}

void place_block(Place *place, const Block *block, double x, double y) {
  for (size_t i = 0; i < block->count; i++) {
    Mark mark = block->marks[i];
    mark.x += x;
    mark.y += y;
    vec_push(&place->marks, mark);
  }
  reach(place, y + block->height);
}
