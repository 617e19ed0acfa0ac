/* What stands in the cells: an entry of each kind, one under the other; and the titles above the columns. */
#include <math.h>

#include "text/measure.h"
#include "view/place.h"

#define GAP 8.0 /* between entries */
#define INDENT 21.0
#define MARK 15.0

static void tip(Place *place, size_t mark, Str text) {
  if (mark < place->marks.len) place->marks.at[mark].tip = text;
}

/* An icon, and beside it the text with a label under it. Scripts that run from right to left have the icon at the
 * right. */
static double with_icon(Place *place, const Entry *entry, const char *icon, Ink ink, Type type, double y,
                        double width) {
  bool rtl = text_is_rtl(entry->text);
  double x = rtl ? 0 : INDENT, inner = width - INDENT;
  double leading = type_row(type)->line * text_line_factor(entry->text);
  place_icon(place, icon, ink, rtl ? width - MARK : 0, y + (leading - MARK) / 2, MARK);
  size_t mark = place->marks.len;
  double height = place_claim(place, entry->text, entry->sources, type, I_INK, ANCHOR_START, x, y, inner);
  if (entry->list_count == 0) tip(place, mark, entry->details); /* lists stand below the map, in full */
  if (entry->label.len == 0) return height;
  Anchor anchor = rtl && !text_is_rtl(entry->label) ? ANCHOR_END : ANCHOR_START;
  return height + 1 +
         place_text_at(place, entry->label, T_TAG, ink, anchor, anchor == ANCHOR_END ? width - INDENT : x,
                       y + height + 1, inner);
}

/* Whose it is, where that is not the client: the name in the actor's ink. */
static double actor(Place *place, const Entry *entry, double y, double width) {
  if (entry->who.len == 0) return 0;
  Ink ink = place_team_ink(place->layout, entry->has_colour, entry->colour);
  place_circle(place, LOOK_POINT, ink, 5, y + 8, 3.6);
  return place_text(place, entry->who, T_TAG, ink, 15, y, width - 15) + 1;
}

static double text(Place *place, const Entry *entry, Type type, double y, double width) {
  double height = actor(place, entry, y, width);
  return height + place_claim(place, entry->text, entry->sources, type, I_INK, ANCHOR_START, 0, y + height, width);
}

static double need(Place *place, const Entry *entry, double y, double width) {
  static const char *const icons[] = {"need", "need-met", "need-partly", "need-unmet"};
  static const Ink inks[] = {I_MUTED, I_GOOD, I_FAIR, I_BAD};
  unsigned level = entry->level >= 0 && entry->level <= 3 ? (unsigned)entry->level : 0;
  double height = actor(place, entry, y, width);
  return height + with_icon(place, entry, icons[level], inks[level], T_BODY, y + height, width);
}

/* "to Finance" may be all that is said. */
static double handover(Place *place, const Entry *entry, double y, double width) {
  Ink ink = entry->level == 1 ? I_BAD : place_team_ink(place->layout, entry->has_colour, entry->colour);
  if (entry->text.len) return with_icon(place, entry, "handover", ink, T_BODY, y, width);
  place_icon(place, "handover", ink, 0, y + 1.5, MARK);
  return place_text(place, entry->label, T_TAG, ink, INDENT, y + 1, width - INDENT) + 1;
}

static double pain(Place *place, const Entry *entry, double y, double width) {
  static const char *const icons[] = {"pain-0", "pain-1", "pain-2", "pain-3", "pain-4"};
  static const Ink inks[] = {I_MUTED, I_MUTED, I_FAIR, I_SEVERE, I_BAD};
  unsigned level = entry->level >= 0 && entry->level <= 4 ? (unsigned)entry->level : 0;
  return with_icon(place, entry, icons[level], inks[level], T_BODY, y, width);
}

static double channel(Place *place, const Entry *entry, double y, double width) {
  bool rtl = text_is_rtl(entry->text);
  place_icon(place, entry->icon ? entry->icon : "dot", I_ACCENT, rtl ? width - 20 : 0, y, 20);
  double height = place_text(place, entry->text, T_STRONG, I_INK, rtl ? 0 : 28, y + 1, width - 28) + 1;
  return height < 20 ? 20 : height;
}

static double action(Place *place, const Entry *entry, double y, double width) {
  double height = 0;
  if (entry->label.len) {
    Ink ink = place_team_ink(place->layout, entry->has_colour, entry->colour);
    place_rect(place, LOOK_FILL, ink, 0, y + 3, 9, 9, 2);
    height = place_text(place, entry->label, T_TAG, ink, 15, y, width - 15) + 1;
  }
  return height + place_text(place, entry->text, T_BODY, I_INK, 0, y + height, width);
}

/* A rounded box around a text that may take several lines; returns its height, and its width in `*wide`. */
static double chip(Place *place, Str text, Ink edge, const char *icon, Ink dot, double x, double y, double width,
                   double *wide) {
  double left = 24, room = width - left - 10, ink = fmin(place_width(text, T_TAG), room);
  size_t box = place->marks.len;
  place_rect(place, edge == I_CHIP ? LOOK_FILL : LOOK_DASHED, edge, x, y, 0, 0, 11);
  double height = place_text(place, text, T_TAG, I_INK, x + left, y + 3, ink) + 6;
  if (icon) place_icon(place, icon, dot, x + 6, y + (height - 13) / 2, 13);
  else place_circle(place, LOOK_FILL, dot, x + 13, y + height / 2, 4.5);
  *wide = left + ink + 10;
  place->marks.at[box].w = *wide;
  place->marks.at[box].h = height;
  if (height > 26) place->marks.at[box].radius = 8;
  place->height = fmax(place->height, y + height);
  return height;
}

static double owner(Place *place, const Entry *entry, double y, double width) {
  double wide;
  if (entry->level == 1) return chip(place, entry->text, I_BAD, "nobody", I_BAD, 0, y, width, &wide);
  return chip(place, entry->text, I_CHIP, NULL, place_team_ink(place->layout, entry->has_colour, entry->colour), 0, y,
              width, &wide);
}

/* Systems stand side by side as long as there is room. */
static double systems(Place *place, const Cell *cell, double width) {
  double x = 0, y = 0, row = 0;
  for (uint32_t i = 0; i < cell->count; i++) {
    double wide = 34 + place_width(cell->entries[i].text, T_TAG);
    if (x > 0 && x + wide > width) x = 0, y += row + 6, row = 0;
    row = fmax(row, chip(place, cell->entries[i].text, I_CHIP, "system", I_MUTED, x, y, width - x, &wide));
    x += wide + 6;
    if (cell->entries[i].label.len == 0) continue;
    y += row + 3; /* what it does, and those of this row with it */
    row = place_text(place, cell->entries[i].label, T_SMALL, I_MUTED, 0, y, width);
    x = width;
  }
  return y + row;
}

/* "30 min", or "3 days waiting" with the word muted. */
static double duration(Place *place, const Entry *entry, double x, double y, double width) {
  bool waiting = str_is(entry->label, STR("waiting"));
  place_icon(place, waiting ? "wait" : "clock", waiting ? I_FAIR : I_MUTED, x, y + 1.5, MARK);
  double number = place_width(entry->text, T_BODY), word = place_width(entry->label, T_SMALL);
  double left = x + INDENT, room = width - INDENT;
  double height = place_text(place, entry->text, T_BODY, I_INK, left, y, fmin(number, room));
  if (!waiting) return height;
  if (number + word + 2 > room)
    return height + place_text(place, entry->label, T_SMALL, I_MUTED, left, y + height, room);
  place_text(place, entry->label, T_SMALL, I_MUTED, left + number + 2, y + 1, word);
  return height;
}

/* How long it takes and how long one waits stand side by side where there is room. */
static double times(Place *place, const Cell *cell, double width) {
  double x = 0, y = 0, row = 0;
  for (uint32_t i = 0; i < cell->count; i++) {
    const Entry *entry = &cell->entries[i];
    double wide = INDENT + place_width(entry->text, T_BODY);
    if (str_is(entry->label, STR("waiting"))) wide += 2 + place_width(entry->label, T_SMALL);
    if (x > 0 && x + wide > width) x = 0, y += row + 3, row = 0;
    row = fmax(row, duration(place, entry, x, y, width - x));
    x += wide + 8;
  }
  return y + row;
}

static double entry_at(Place *place, const Entry *entry, double y, double width) {
  switch (entry->kind) {
    case ENTRY_TEXT: return text(place, entry, T_BODY, y, width);
    case ENTRY_THOUGHT: return text(place, entry, T_THOUGHT, y, width);
    case ENTRY_CHANNEL: return channel(place, entry, y, width);
    case ENTRY_NEED: return need(place, entry, y, width);
    case ENTRY_PAIN: return pain(place, entry, y, width);
    case ENTRY_OPPORTUNITY: return with_icon(place, entry, "idea", I_ACCENT, T_BODY, y, width);
    case ENTRY_ACTION: return action(place, entry, y, width);
    case ENTRY_SYSTEM: {
      double wide, height = chip(place, entry->text, I_CHIP, "system", I_MUTED, 0, y, width, &wide);
      if (entry->label.len == 0) return height;
      return height + 3 + place_text(place, entry->label, T_SMALL, I_MUTED, 0, y + height + 3, width);
    }
    case ENTRY_OWNER: return owner(place, entry, y, width);
    case ENTRY_MEASURE: return place_measure(place, entry, y, width);
    case ENTRY_HANDOVER: return handover(place, entry, y, width);
    case ENTRY_TIME: return duration(place, entry, 0, y, width);
    case ENTRY_CLAIM: return with_icon(place, entry, "quote", I_MUTED, T_BODY, y, width);
  }
  return 0;
}

/* What differs from the other map has a bar at its left, and what it said there stands struck beneath. */
double place_entry(Place *place, const Entry *entry, double y, double width) {
  if (entry->state == 3) return place_struck(place, entry->text, T_SMALL, 0, y, width);
  double height = entry_at(place, entry, y, width);
  if (entry->state == 0) return height;
  if (entry->before.len) height += 2 + place_struck(place, entry->before, T_SMALL, 0, y + height + 2, width);
  if (entry->too_close) height += place_text(place, STR("too close to tell"), T_SMALL, I_MUTED, 0, y + height, width);
  place_rect(place, LOOK_FILL, I_ACCENT, 4 - LAYOUT_PAD, y, 2.5, height, 1);
  return height;
}

static bool differs(const Cell *cell) {
  for (uint32_t i = 0; i < cell->count; i++)
    if (cell->entries[i].state) return true;
  return false;
}

static double gap_before(const Entry *entry) {
  switch (entry->kind) {
    case ENTRY_CHANNEL:
    case ENTRY_OWNER: return 6;
    default: return GAP;
  }
}

Block layout_cell(const Layout *layout, const Cell *cell, double width, Arena *arena) {
  Place place = place_new(layout, arena, width);
  double y = 0;
  EntryKind kind = cell->count ? cell->entries[0].kind : ENTRY_TEXT;
  if ((kind == ENTRY_SYSTEM || kind == ENTRY_TIME) && !differs(cell)) {
    place.height = kind == ENTRY_SYSTEM ? systems(&place, cell, width) : times(&place, cell, width);
    return place_done(&place);
  }
  for (uint32_t i = 0; i < cell->count; i++) {
    if (i) y += gap_before(&cell->entries[i]);
    y += place_entry(&place, &cell->entries[i], y, width);
  }
  place.height = y;
  return place_done(&place);
}

typedef struct {
  Place *place;
  double x, y, width;
} Tags;

/* An icon and a word behind the number of a step, or on the next line. */
static void title_tag(Tags *tags, const char *icon, Ink ink, Str text) {
  double width = place_width(text, T_TAG);
  if (tags->x > 0 && tags->x + 19 + width > tags->width) tags->x = 0, tags->y += 18;
  place_icon(tags->place, icon, ink, tags->x, tags->y + 0.5, 15);
  place_text(tags->place, text, T_TAG, ink, tags->x + 19, tags->y, fmin(width, tags->width - 19));
  tags->x += 19 + width + 10;
}

static Block dropped_title(const Layout *layout, const ViewStep *step, double width, Arena *arena) {
  Place place = place_new(layout, arena, width);
  Tags tags = {&place, 0, 0, width};
  title_tag(&tags, "dropped", I_MUTED, STR("Dropped"));
  place_struck(&place, step->title, T_SMALL, 0, 18, width);
  return place_done(&place);
}

Block layout_step_title(const Layout *layout, const ViewStep *step, double width, Arena *arena) {
  if (step->state == 3) return dropped_title(layout, step, width, arena);
  Place place = place_new(layout, arena, width);
  Str count = arena_format(arena, "%u%s" STR_FMT, step->number, step->clock.len ? " · " : "", STR_ARG(step->clock));
  double wide = place_width(count, T_TAG);
  place_text(&place, count, T_TAG, I_MUTED, 0, 0, wide);
  Tags tags = {&place, fmax(20, wide + 8), 0, width};
  if (step->moment_of_truth) title_tag(&tags, "moment", I_MOMENT, STR("Moment of truth"));
  if (step->serves == 1) title_tag(&tags, "serves-partly", I_FAIR, STR("Serves the goal partly"));
  if (step->serves == 2) title_tag(&tags, "serves-nothing", I_BAD, STR("Serves no goal"));
  if (step->state == 1) title_tag(&tags, "changed", I_ACCENT, STR("Changed"));
  if (step->state == 2) title_tag(&tags, "added", I_ACCENT, STR("New"));
  if (step->moved.len) title_tag(&tags, "moved", I_ACCENT, STR("Moved"));
  double y = tags.y + 18;
  y += place_text(&place, step->title, T_STEP, I_INK, 0, y, width);
  if (step->title_before.len) y += 2 + place_struck(&place, step->title_before, T_SMALL, 0, y + 2, width);
  if (step->moved.len) y += 2 + place_text(&place, step->moved, T_SMALL, I_MUTED, 0, y + 2, width);
  if (step->serves_text.len) y += place_text(&place, step->serves_text, T_SMALL, I_MUTED, 0, y + 3, width) + 3;
  if (step->moment_text.len) y += place_text(&place, step->moment_text, T_SMALL, I_MUTED, 0, y + 3, width) + 3;
  place.height = y;
  return place_done(&place);
}

/* The owner stands at the right end of the title's line where there is room, else below. */
static double stage_owner(Place *place, const ViewStage *stage, double y, double inner, bool beside) {
  Ink ink = place_team_ink(place->layout, stage->has_owner_colour, stage->owner_colour);
  double wide = place_width(stage->owner, T_TAG), x = beside ? 12 + inner - wide : 34;
  place_circle(place, LOOK_FILL, ink, beside ? x - 12 : 19.5, y + 8, 4.5);
  return place_text(place, stage->owner, T_TAG, I_MUTED, x, y, beside ? wide : inner - 22);
}

/* What the client, or the firm, wants to reach here. */
static double stage_line(Place *place, const char *icon, Str text, Ink ink, double y, double inner, double width) {
  if (text.len == 0) return 0;
  bool rtl = text_is_rtl(text);
  place_icon(place, icon, I_MUTED, rtl ? width - 27 : 12, y + 3.5, MARK);
  return 2 + place_text(place, text, T_BODY, ink, rtl ? 12 : 34, y + 2, rtl ? inner - 22 : fmin(inner - 22, 430));
}

void layout_stage_band(const Layout *layout, const ViewStage *stage, LayoutStage *to, Arena *arena) {
  double width = to->width, y = 14, inner = width - 24;
  Place place = place_new(layout, arena, width);
  if (stage->usual.len) y += place_text(&place, stage->usual, T_SMALL, I_MUTED, 12, y - 2, inner);
  bool beside =
      !text_is_rtl(stage->title) && place_width(stage->title, T_STAGE) + place_width(stage->owner, T_TAG) + 50 < inner;
  to->aside.first = place.marks.len;
  if (stage->owner.len && beside) stage_owner(&place, stage, y + 5, inner, true);
  to->aside.count = place.marks.len - to->aside.first;
  inner = fmin(inner, 880); /* a stage wider than a sheet of paper is cut behind its texts */
  if (stage->state == 3) {
    place_struck(&place, stage->title, T_LANE, 12, y, inner);
    to->band = place_done(&place);
    return;
  }
  y += place_text(&place, stage->title, T_STAGE, I_INK, 12, y, text_is_rtl(stage->title) ? width - 24 : inner);
  if (stage->title_before.len) y += 2 + place_struck(&place, stage->title_before, T_SMALL, 12, y + 2, inner);
  y += stage_line(&place, "goal", stage->goal, I_INK, y, inner, width);
  y += stage_line(&place, "firm", stage->objective, I_MUTED, y, inner, width);
  if (stage->owner.len && !beside) y += 4 + stage_owner(&place, stage, y + 4, inner, false);
  for (uint32_t i = 0; i < stage->measure_count; i++)
    if (stage->measures[i].state != 3) y += place_stage_measure(&place, &stage->measures[i], y + 3, inner) + 3;
  place.height = y + 12;
  to->band = place_done(&place);
}
