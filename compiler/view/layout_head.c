/* What stands above the columns: the title, the facts about the map, the persona and the scenario, and the measures; and
 * the legend below them. */
#include <math.h>
#include <utf8proc.h>

#include "text/measure.h"
#include "view/place.h"

#define GUTTER 36.0

/* ---- the title and the facts ---- */

static double fact(Place *place, const char *label, Str value, Ink ink, const char *icon, double x, double y, double width) {
  double height = place_text(place, str_of(label), T_SMALL, I_MUTED, x, y, width) + 1;
  if (icon) place_icon(place, icon, ink, x, y + height + 1.5, 15);
  double left = icon ? 21 : 0;
  return height + place_text(place, value, icon ? T_STRONG : T_BODY, ink, x + left, y + height, width - left);
}

typedef struct {
  const char *label, *icon;
  Str value;
  Ink ink;
} Fact;

static size_t facts_of(const View *view, Fact *facts) {
  size_t count = 0;
  if (view->owner.len) facts[count++] = (Fact){"Owner", NULL, view->owner, I_INK};
  if (view->mapped_by.len) facts[count++] = (Fact){"Mapped by", NULL, view->mapped_by, I_INK};
  if (view->reviewed.len) facts[count++] = (Fact){"Reviewed", NULL, view->reviewed, I_INK};
  if (view->review_note.len)
    facts[count++] = (Fact){"Review", view->review_overdue ? "warning" : "clock", view->review_note, view->review_overdue ? I_BAD : I_INK};
  if (view->validated.len) facts[count++] = (Fact){"Validated", NULL, view->validated, I_INK};
  return count;
}

/* Two columns of facts; returns the height. */
static double place_facts(Place *place, const View *view, double x, double y, double width) {
  Fact facts[5];
  size_t count = facts_of(view, facts), rows = (count + 1) / 2;
  double start = y;
  for (size_t row = 0; row < rows; row++) {
    double height = 0, half = (width - 24) / 2;
    for (size_t column = 0; column < 2 && row * 2 + column < count; column++) {
      const Fact *f = &facts[row * 2 + column];
      height = fmax(height, fact(place, f->label, f->value, f->ink, f->icon, x + (double)column * (half + 24), y, half));
    }
    y += height + 12;
  }
  return y - start;
}

static double place_title(Place *place, const View *view, double y, double width) {
  bool facts = view->owner.len || view->mapped_by.len || view->reviewed.len || view->validated.len || view->review_note.len;
  double left = facts ? fmin(width - 420 - GUTTER, 860) : fmin(width, 1000), top = y;
  Str kicker = view->kind;
  if (view->base_title.len)
    kicker = arena_format(place->arena, STR_FMT "%s" STR_FMT, STR_ARG(view->kind), view->kind.len ? " · a variant of " : "A variant of ",
                          STR_ARG(view->base_title));
  if (kicker.len) y += place_text(place, kicker, T_KICKER, I_ACCENT, 0, y, left) + 4;
  y += place_text(place, view->title, T_TITLE, I_INK, 0, y, left);
  if (view->doc.len) y += 6 + place_text(place, view->doc, T_LEAD, I_MUTED, 0, y + 6, fmin(left, 720));
  if (facts) y = fmax(y, top + place_facts(place, view, width - 420, top + 4, 420) - 12);
  return y - top;
}

/* ---- who, and in which situation ---- */

static Str initials(Str name, Arena *arena) {
  Buf buf = {0};
  int words = 0;
  bool start = true;
  for (size_t at = 0; at < name.len && words < 2;) {
    size_t from = at;
    int32_t c = text_next(name, &at);
    if (c == ' ' || c == '-') start = true;
    else if (start) {
      bool letter = utf8proc_category(c) >= UTF8PROC_CATEGORY_LU && utf8proc_category(c) <= UTF8PROC_CATEGORY_LO;
      if (letter) buf_add(&buf, str_slice(name, from, at)), words++, start = false;
    }
  }
  return buf_take(&buf, arena);
}

static double place_person(Place *place, const ViewPersona *persona, double x, double y, double width) {
  double top = y, text = x + 80, room = width - 80;
  place_circle(place, LOOK_FILL, I_ACCENT, x + 30, y + 30, 30);
  place_text_at(place, initials(persona->name, place->arena), T_INITIALS, I_PAPER, ANCHOR_MIDDLE, x + 30, y + 18, 60);
  y += place_text(place, persona->name, T_NAME, I_INK, text, y, room);
  y += place_text(place, persona->role, T_STRONG, I_INK, text, y, room);
  y += place_text(place, persona->demographics, T_BODY, I_MUTED, text, y, room);
  y += place_text(place, persona->segment, T_BODY, I_MUTED, text, y, room);
  if (persona->about.len) y += 6 + place_text(place, persona->about, T_BODY, I_INK, text, y + 6, room);
  return fmax(y - top, 60);
}

static Str quoted(Str quote, Arena *arena) {
  if (str_starts(quote, STR("\xE2\x80\x9C")) || str_starts(quote, STR("\"")) || text_is_rtl(quote)) return quote;
  return arena_format(arena, "“" STR_FMT "”", STR_ARG(quote));
}

static double labelled(Place *place, const char *label, Str text, double x, double y, double width) {
  double height = place_text(place, str_of(label), T_TAG, I_MUTED, x, y, width) + 3;
  return height + place_text(place, text, T_BODY, I_INK, x, y + height, width);
}

static double place_situation(Place *place, const View *view, double x, double y, double width) {
  double top = y;
  if (view->persona.quote.len) y += place_text(place, quoted(view->persona.quote, place->arena), T_QUOTE, I_INK, x, y - 3, width) + 12;
  if (view->scenario.len) y += labelled(place, "Scenario", view->scenario, x, y, width) + 12;
  if (view->objective.len) y += labelled(place, "Objective of the map", view->objective, x, y, width) + 12;
  return y - top - 12;
}

static double place_list(Place *place, const ViewList *list, double x, double y, double width) {
  double top = y;
  y += place_text(place, list->label, T_TAG, I_MUTED, x, y, width) + 3;
  for (uint32_t i = 0; i < list->count; i++) {
    bool rtl = text_is_rtl(list->lines[i]);
    place_circle(place, LOOK_FILL, I_RULE, rtl ? x + width - 3 : x + 3, y + 9, 2);
    y += place_text(place, list->lines[i], T_BODY, I_INK, rtl ? x : x + 14, y, width - 14) + 4;
  }
  return y - top;
}

/* The persona, the situation, then lists: side by side, in as many rows as it takes. */
static double place_persona(Place *place, const View *view, double y, double width) {
  const ViewPersona *persona = &view->persona;
  bool situation = view->scenario.len || view->objective.len || persona->quote.len;
  double top = y, row = 0, x = 0;
  size_t blocks = (size_t)persona->present + (size_t)situation, lists = persona->list_count;
  if (blocks + lists == 0) return 0;
  double wide = fmin(430, (width - GUTTER) / 2.9), rest = width - (double)blocks * (wide + GUTTER);
  double per_row = fmax(1, fmin((double)lists, floor((rest + GUTTER) / (190 + GUTTER))));
  double list_width = lists ? fmin(300, (rest - (per_row - 1) * GUTTER) / per_row) : 0;
  if (persona->present) row = place_person(place, persona, x, y, wide - 20), x += wide + GUTTER;
  if (situation) row = fmax(row, place_situation(place, view, x, y, persona->present ? wide : fmin(width, 760))), x += wide + GUTTER;
  double from = x, list_y = y, list_row = 0;
  for (size_t i = 0; i < lists; i++) {
    if (i && i % (size_t)per_row == 0) list_y += list_row + 10, list_row = 0, x = from;
    list_row = fmax(list_row, place_list(place, &persona->lists[i], x, list_y, list_width));
    x += list_width + GUTTER;
  }
  return fmax(row, list_y + list_row - top);
}

/* ---- the measures of the whole journey ---- */

static double place_measure(Place *place, const Entry *entry, double x, double y, double width) {
  static const char *const icons[] = {"target", "target-missed", "target-met"};
  static const Ink inks[] = {I_MUTED, I_BAD, I_GOOD};
  unsigned level = entry->level >= 0 && entry->level <= 2 ? (unsigned)entry->level : 0;
  double top = y;
  y += place_text(place, entry->name, T_SMALL, I_MUTED, x, y, width);
  y += place_text(place, entry->value.len ? entry->value : entry->text, T_FIGURE, I_INK, x, y, width);
  if (entry->label.len) {
    place_icon(place, icons[level], inks[level], x, y + 2, 13);
    y += 1 + place_text(place, entry->label, T_TAG, inks[level], x + 18, y + 1, width - 18);
  }
  return y - top;
}

static double place_measures(Place *place, const View *view, double y, double width) {
  double each = 200, x = 0, row = 0, top = y;
  for (uint32_t i = 0; i < view->measure_count; i++) {
    if (x + each > width) y += row + 16, x = 0, row = 0;
    row = fmax(row, place_measure(place, &view->measures[i], x, y, each - 20));
    x += each;
  }
  return y + row - top;
}

Block layout_head(const Layout *layout, double width, Arena *arena) {
  const View *view = layout->view;
  Place place = place_new(layout, arena, width);
  double y = place_title(&place, view, 0, width);
  double from = y + 24, height = place_persona(&place, view, from + 22, width);
  if (height > 0) {
    place_line(&place, LOOK_STROKE, I_HAIR, 0, from, width, 0);
    y = from + 22 + height;
  }
  if (view->measure_count) {
    place_line(&place, LOOK_STROKE, I_HAIR, 0, y + 20, width, 0);
    y += 38 + place_measures(&place, view, y + 38, width);
  }
  place.height = ceil(y);
  return place_done(&place);
}

/* ---- the legend ---- */

typedef struct {
  Place *place;
  double x, y, width;
} Legend;

static void legend_item(Legend *legend, const char *icon, Ink ink, const char *text) {
  double width = 20 + place_width(str_of(text), T_SMALL);
  if (legend->x + width > legend->width) legend->x = 0, legend->y += 22;
  if (icon) place_icon(legend->place, icon, ink, legend->x, legend->y, 14);
  else place_circle(legend->place, LOOK_POINT, ink, legend->x + 7, legend->y + 7, 5);
  place_text(legend->place, str_of(text), T_SMALL, I_MUTED, legend->x + 20, legend->y, width);
  legend->x += width + 22;
}

static unsigned levels_in(const View *view, EntryKind kind) {
  unsigned seen = 0;
  for (uint32_t i = 0; i < view->lane_count; i++)
    for (uint32_t s = 0; view->lanes[i].cells && s < view->step_count; s++)
      for (uint32_t e = 0; e < view->lanes[i].cells[s].count; e++) {
        const Entry *entry = &view->lanes[i].cells[s].entries[e];
        if (entry->kind == kind) seen |= 1u << (entry->level & 7);
      }
  return seen;
}

Block layout_legend(const Layout *layout, double width, Arena *arena) {
  const View *view = layout->view;
  Place place = place_new(layout, arena, width);
  Legend legend = {&place, 0, 0, width};
  bool moment = false, source = false, no_source = false;
  for (uint32_t i = 0; i < view->step_count; i++) {
    moment |= view->steps[i].moment_of_truth;
    if (view->steps[i].has_emotion) *(view->steps[i].emotion_source.len ? &source : &no_source) = true;
  }
  unsigned pains = levels_in(view, ENTRY_PAIN), needs = levels_in(view, ENTRY_NEED);
  if (moment) legend_item(&legend, "moment", I_MOMENT, "Moment of truth: here clients decide to stay or to leave");
  if (source && no_source) legend_item(&legend, NULL, I_MUTED, "An emotion that no evidence is named for");
  if (needs & 2) legend_item(&legend, "need-met", I_GOOD, "Need met");
  if (needs & 4) legend_item(&legend, "need-partly", I_FAIR, "Partly met");
  if (needs & 8) legend_item(&legend, "need-unmet", I_BAD, "Unmet");
  if (pains & 2) legend_item(&legend, "pain-1", I_MUTED, "Pain, the least severe");
  if (pains & 4) legend_item(&legend, "pain-2", I_FAIR, "second");
  if (pains & 8) legend_item(&legend, "pain-3", I_SEVERE, "third");
  if (pains & 16) legend_item(&legend, "pain-4", I_BAD, "the most severe");
  if (levels_in(view, ENTRY_OPPORTUNITY)) legend_item(&legend, "idea", I_ACCENT, "Opportunity");
  if (levels_in(view, ENTRY_OWNER) & 2) legend_item(&legend, "nobody", I_BAD, "Nobody owns this step");
  place.height = place.marks.len ? legend.y + 16 : 0;
  return place_done(&place);
}
