/* What the raised numbers mean: the sources in columns, below a drawing that stands for itself. */
#include <math.h>

#include "text/measure.h"
#include "view/place.h"

#define COLUMN 330.0 /* at least */
#define GUTTER 44.0
#define BETWEEN 10.0 /* facts */

/* ---- one fact ---- */

/* Its number stands in front of the name. */
static Block fact_block(const Layout *layout, const ViewFact *fact, double width, Arena *arena) {
  Place place = place_new(layout, arena, width);
  double x = 0, y = 0;
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
  place.height = fmax(y, 18);
  return place_done(&place);
}

/* ---- columns ---- */

typedef VEC(Block) Pieces;

static Block first_block(const Layout *layout, Str title, const Block *fact, double width, Arena *arena) {
  Place place = place_new(layout, arena, width);
  place_line(&place, LOOK_STROKE, I_RULE, 0, 0, width, 0);
  double y = place_text(&place, title, T_LANE, I_INK, 0, 8, width) + 16;
  place_block(&place, fact, 0, y);
  return place_done(&place);
}

static Pieces pieces_of(const Layout *layout, double width, Arena *arena) {
  Pieces pieces = {0};
  for (uint32_t i = 0; i < layout->view->section_count; i++) {
    const ViewSection *section = &layout->view->sections[i];
    if (section->kind != SECTION_SOURCES) continue;
    for (uint32_t f = 0; f < section->count; f++) {
      Block block = fact_block(layout, &section->facts[f], width, arena);
      vec_push(&pieces, f ? block : first_block(layout, section->title, &block, width, arena));
    }
  }
  return pieces;
}

/* How many pieces fit into `columns` of that height; a piece that is higher has a column of its own. */
static size_t fit(const Pieces *pieces, size_t columns, double height) {
  size_t i = 0;
  for (size_t column = 0; column < columns; column++)
    for (double y = 0; i < pieces->len; i++) {
      double gap = y > 0 ? BETWEEN : 0;
      if (y > 0 && y + gap + pieces->at[i].height > height) break;
      y += gap + pieces->at[i].height;
    }
  return i;
}

/* The least height at which all of them fit: columns of about the same length. */
static double balanced(const Pieces *pieces, size_t columns) {
  double low = 0, high = 0;
  for (size_t i = 0; i < pieces->len; i++) high += BETWEEN + pieces->at[i].height;
  for (int i = 0; i < 24; i++) {
    double middle = (low + high) / 2;
    if (fit(pieces, columns, middle) == pieces->len) high = middle;
    else low = middle;
  }
  return high;
}

Block layout_sources(const Layout *layout, double width, Arena *arena) {
  size_t columns = (size_t)fmax(1, floor((width + GUTTER) / (COLUMN + GUTTER)));
  double each = (width + GUTTER) / (double)columns - GUTTER;
  Pieces pieces = pieces_of(layout, each, arena);
  double height = balanced(&pieces, columns);
  Place place = place_new(layout, arena, width);
  size_t i = 0;
  for (size_t column = 0; column < columns; column++)
    for (double y = 0; i < pieces.len; i++) {
      double gap = y > 0 ? BETWEEN : 0;
      if (y > 0 && y + gap + pieces.at[i].height > height) break;
      place_block(&place, &pieces.at[i], (double)column * (each + GUTTER), y + gap);
      y += gap + pieces.at[i].height;
    }
  vec_free(&pieces);
  return place_done(&place);
}
