/* What stands behind the map, in columns as in a newspaper: on the last sheets of a print, and below a drawing. */
#include <math.h>

#include "text/measure.h"
#include "view/place.h"

#define COLUMN 330.0 /* at least */
#define GUTTER 44.0
#define BETWEEN 10.0 /* facts */
#define ABOVE 26.0   /* a section's title */

/* ---- one fact ---- */

static double fact_lists(Place *place, const ViewFact *fact, double x, double y, double width) {
  double top = y;
  for (uint32_t i = 0; i < fact->list_count; i++) {
    const ViewList *list = &fact->lists[i];
    y += 3 + place_text(place, list->label, T_TAG, I_MUTED, x, y + 3, width);
    for (uint32_t k = 0; k < list->count; k++) {
      bool rtl = text_is_rtl(list->lines[k]);
      place_circle(place, LOOK_FILL, I_RULE, rtl ? x + width - 3 : x + 3, y + 8, 2);
      y += place_text(place, list->lines[k], T_SMALL, I_INK, rtl ? x : x + 13, y, width - 13) + 1;
    }
  }
  return y - top;
}

/* Its number, date or colour stands in front of the name. */
static Block fact_block(const Layout *layout, const ViewFact *fact, double width, Arena *arena) {
  Place place = place_new(layout, arena, width);
  double x = 0, y = 0;
  if (fact->has_colour) {
    place_circle(&place, LOOK_FILL, place_team_ink(layout, true, fact->colour), 4.5, 9, 4.5);
    x = 16;
  }
  if (fact->mark.len) {
    double wide = fmin(place_width(fact->mark, T_TAG), width / 2);
    place_text(&place, fact->mark, T_TAG, I_MUTED, x, 1, wide);
    x = fmax(x + wide + 8, 22);
  }
  y += place_claim(&place, fact->name, fact->sources, T_STRONG, I_INK, ANCHOR_START, x, y, width - x);
  y += place_text(&place, fact->text, T_SMALL, I_INK, x, y + (fact->name.len ? 0 : 1), width - x);
  if (fact->alert.len) {
    place_icon(&place, "warning", I_BAD, x, y + 1.5, 13);
    y += place_text(&place, fact->alert, T_TAG, I_BAD, x + 19, y, width - x - 19);
  }
  y += fact_lists(&place, fact, x, y, width - x);
  place.height = fmax(y, 18);
  return place_done(&place);
}

/* ---- columns ---- */

typedef struct {
  Block block;
  bool begins; /* a section: its title stands above */
} Piece;
typedef VEC(Piece) Pieces;

static Pieces pieces_of(const Layout *layout, bool only_sources, double width, Arena *arena) {
  Pieces pieces = {0};
  for (uint32_t i = 0; i < layout->view->section_count; i++) {
    const ViewSection *section = &layout->view->sections[i];
    if (only_sources && !section->is_sources) continue;
    for (uint32_t f = 0; f < section->count; f++) {
      Block block = fact_block(layout, &section->facts[f], width, arena);
      if (f > 0) {
        vec_push(&pieces, (Piece){block, false});
        continue;
      }
      Place place = place_new(layout, arena, width);
      double title = place_text(&place, section->title, T_LANE, I_INK, 0, 8, width) + 16;
      place_line(&place, LOOK_STROKE, I_RULE, 0, 0, width, 0);
      place_block(&place, &block, 0, title);
      vec_push(&pieces, (Piece){place_done(&place), true});
    }
  }
  return pieces;
}

static double gap_above(const Piece *piece, double y) { return y == 0 ? 0 : piece->begins ? ABOVE : BETWEEN; }

/* How many pieces from `from` on fit into `columns` of that height; a piece that is higher has a column of its own. */
static size_t fit(const Pieces *pieces, size_t from, size_t columns, double height) {
  size_t i = from;
  for (size_t column = 0; column < columns; column++)
    for (double y = 0; i < pieces->len; i++) {
      double gap = gap_above(&pieces->at[i], y);
      if (y > 0 && y + gap + pieces->at[i].block.height > height) break;
      y += gap + pieces->at[i].block.height;
    }
  return i;
}

/* The least height at which all of them fit: columns of about the same length. */
static double balanced(const Pieces *pieces, size_t from, size_t columns, double most) {
  double low = 0, high = most;
  for (int i = 0; i < 24; i++) {
    double middle = (low + high) / 2;
    if (fit(pieces, from, columns, middle) == pieces->len) high = middle;
    else low = middle;
  }
  return high;
}

static Block place_columns(const Layout *layout, const Pieces *pieces, size_t from, size_t end, size_t columns,
                           double height, double width, double each, Arena *arena) {
  Place place = place_new(layout, arena, width);
  size_t i = from;
  for (size_t column = 0; column < columns; column++)
    for (double y = 0; i < end; i++) {
      double gap = gap_above(&pieces->at[i], y);
      if (y > 0 && y + gap + pieces->at[i].block.height > height) break;
      place_block(&place, &pieces->at[i].block, (double)column * (each + GUTTER), y + gap);
      y += gap + pieces->at[i].block.height;
    }
  return place_done(&place);
}

Blocks layout_sections(const Layout *layout, bool only_sources, double width, double height, Arena *arena) {
  size_t columns = (size_t)fmax(1, floor((width + GUTTER) / (COLUMN + GUTTER)));
  double each = (width + GUTTER) / (double)columns - GUTTER, all = 0;
  Pieces pieces = pieces_of(layout, only_sources, each, arena);
  for (size_t i = 0; i < pieces.len; i++) all += ABOVE + pieces.at[i].block.height;
  VEC(Block) blocks = {0};
  for (size_t from = 0; from < pieces.len;) {
    size_t end = fit(&pieces, from, columns, height);
    double high = end == pieces.len ? balanced(&pieces, from, columns, fmin(height, all)) : height;
    vec_push(&blocks, place_columns(layout, &pieces, from, end, columns, high, width, each, arena));
    from = end;
  }
  Block *kept = ARENA_ARRAY(arena, Block, blocks.len);
  if (blocks.len) memcpy(kept, blocks.at, blocks.len * sizeof *kept);
  Blocks result = {kept, blocks.len};
  vec_free(&blocks);
  vec_free(&pieces);
  return result;
}
