/* What stands above the columns: the title, the facts about the map, the persona and the scenario, and the measures;
 * and the legend below them. */
#include <math.h>
#include <utf8proc.h>

#include "text/measure.h"
#include "view/place.h"

#define GUTTER 36.0

/* Columns that the facts above and the persona below share: the person, the situation, and the lists. */
typedef struct {
  double person_width, situation, situation_width, lists, list_width;
  size_t per_row;
} Grid;

static Grid grid_of(const View *view, double width) {
  Grid grid = {.person_width = 300, .situation_width = 330};
  double least = 180, most = 270;
  grid.situation = view->persona.present || view->actor_count ? grid.person_width + GUTTER : 0;
  grid.lists = grid.situation + grid.situation_width + GUTTER;
  size_t wanted = view->persona.list_count > 2 ? view->persona.list_count : 2;
  double fit = floor((width - grid.lists + GUTTER) / (least + GUTTER));
  grid.per_row = fit < 1 ? 1 : fit < (double)wanted ? (size_t)fit : wanted;
  double columns = (double)grid.per_row;
  grid.list_width = fmin(most, (width - grid.lists - (columns - 1) * GUTTER) / columns);
  if (grid.list_width < most || view->persona.list_count >= 4) return grid;
  /* Few lists: what is left goes to the texts. */
  grid.lists = width - columns * most - (columns - 1) * GUTTER;
  grid.situation_width = fmin(560, grid.lists - GUTTER - grid.situation);
  return grid;
}

/* ---- the title and the facts ---- */

static double fact(Place *place, const char *label, Str value, Ink ink, const char *icon, double x, double y,
                   double width) {
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

#define MOST_FACTS 6

static size_t facts_of(const View *view, Fact *facts) {
  size_t count = 0;
  if (view->owner.len) facts[count++] = (Fact){"Owner", NULL, view->owner, I_INK};
  if (view->mapped_by.len) facts[count++] = (Fact){"Mapped by", NULL, view->mapped_by, I_INK};
  if (view->reviewed.len) facts[count++] = (Fact){"Reviewed", NULL, view->reviewed, I_INK};
  if (view->review_note.len)
    facts[count++] = (Fact){"Review", view->review_overdue ? "warning" : "clock", view->review_note,
                            view->review_overdue ? I_BAD : I_INK};
  if (view->validated.len) facts[count++] = (Fact){"Validated", NULL, view->validated, I_INK};
  if (view->evidence.len)
    facts[count++] = (Fact){"Evidence", view->evidence_stale ? "warning" : NULL, view->evidence,
                            view->evidence_stale ? I_BAD : I_INK};
  return count;
}

static double place_facts(Place *place, const View *view, const Grid *grid, double y) {
  Fact facts[MOST_FACTS];
  size_t count = facts_of(view, facts);
  double start = y, row = 0;
  for (size_t i = 0; i < count; i++) {
    size_t column = i % grid->per_row;
    if (i && column == 0) y += row + 12, row = 0;
    double x = grid->lists + (double)column * (grid->list_width + GUTTER);
    row = fmax(row, fact(place, facts[i].label, facts[i].value, facts[i].ink, facts[i].icon, x, y, grid->list_width));
  }
  return y + row - start;
}

/* "Current state · Customer journey · For Enterprise, Phone" */
static Str kicker_of(const View *view, Arena *arena) {
  Buf words = {0};
  buf_add(&words, view->kind);
  if (view->covers.len) buf_printf(&words, "%s" STR_FMT, words.len ? " · " : "", STR_ARG(view->covers));
  if (view->audience.len) buf_printf(&words, "%sFor " STR_FMT, words.len ? " · " : "", STR_ARG(view->audience));
  return buf_take(&words, arena);
}

static double place_title(Place *place, const View *view, const Grid *grid, double y, double width) {
  Fact facts[MOST_FACTS];
  bool has_facts = facts_of(view, facts) > 0;
  double left = has_facts ? grid->lists - GUTTER : fmin(width, 1000), top = y;
  Str kicker = kicker_of(view, place->arena);
  if (view->base_title.len)
    kicker = arena_format(place->arena, STR_FMT "%s" STR_FMT, STR_ARG(kicker),
                          kicker.len ? " · a variant of " : "A variant of ", STR_ARG(view->base_title));
  if (kicker.len) y += place_text(place, kicker, T_KICKER, I_ACCENT, 0, y, left) + 4;
  y += place_text(place, view->title, T_TITLE, I_INK, 0, y, left);
  if (view->doc.len) y += 6 + place_text(place, view->doc, T_LEAD, I_MUTED, 0, y + 6, fmin(left, 640));
  if (has_facts) y = fmax(y, top + 4 + place_facts(place, view, grid, top + 4));
  return y - top;
}

/* ---- who, and in which situation ---- */

static bool is_letter(int32_t c) {
  utf8proc_category_t category = utf8proc_category(c);
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

/* The first letters of the first and of the last word. */
static Str initials(Str name, Arena *arena) {
  Str first = {0}, last = {0};
  bool start = true;
  for (size_t at = 0; at < name.len;) {
    size_t from = at;
    int32_t c = text_next(name, &at);
    bool letter = is_letter(c);
    if (letter && start) *(first.len ? &last : &first) = str_slice(name, from, at);
    start = c == ' ' || (start && !letter);
  }
  return arena_format(arena, STR_FMT STR_FMT, STR_ARG(first), STR_ARG(last));
}

static double place_person(Place *place, const ViewPersona *persona, double x, double y, double width) {
  double top = y, text = x + 80, room = width - 80;
  place_circle(place, LOOK_FILL, I_ACCENT, x + 30, y + 30, 30);
  place_text_at(place, initials(persona->name, place->arena), T_INITIALS, I_PAPER, ANCHOR_MIDDLE, x + 30, y + 18, 60);
  y += place_claim(place, persona->name, persona->sources, T_NAME, I_INK, ANCHOR_START, text, y, room);
  y += place_text(place, persona->role, T_STRONG, I_INK, text, y, room);
  y += place_text(place, persona->demographics, T_BODY, I_MUTED, text, y, room);
  if (persona->segment.len) {
    Str segment = arena_format(place->arena, "Segment: " STR_FMT, STR_ARG(persona->segment));
    y += place_text(place, segment, T_BODY, I_MUTED, text, y, room);
    y += place_text(place, persona->segment_facts, T_SMALL, I_MUTED, text, y, room);
  }
  if (persona->about.len) y += 6 + place_text(place, persona->about, T_BODY, I_INK, text, y + 6, room);
  return fmax(y - top, 60);
}

/* Who else goes through it, with what is known of them. */
static double place_companions(Place *place, const View *view, double y, double width) {
  double top = y;
  for (uint32_t i = 0; i < view->actor_count; i++) {
    const ViewActor *actor = &view->actors[i];
    Ink ink = place_actor_ink(place->layout, actor);
    y += 10;
    place_circle(place, LOOK_FILL, ink, 69, y + 9, 4.2);
    y += place_text(place, actor->title, T_STRONG, ink, 80, y, width - 80);
    y += place_text(place, actor->about, T_SMALL, I_MUTED, 80, y, width - 80);
  }
  return y - top;
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
  if (view->persona.quote.len)
    y += place_text(place, quoted(view->persona.quote, place->arena), T_QUOTE, I_INK, x, y - 3, width) + 12;
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

/* The persona, the situation, then the lists, side by side. */
static double place_persona(Place *place, const View *view, const Grid *grid, double y) {
  const ViewPersona *persona = &view->persona;
  double height = 0, list_y = y, row = 0;
  if (persona->present) height = place_person(place, persona, 0, y, grid->person_width);
  height += place_companions(place, view, y + height, grid->person_width);
  if (view->scenario.len || view->objective.len || persona->quote.len)
    height = fmax(height, place_situation(place, view, grid->situation, y, grid->situation_width));
  for (size_t i = 0; i < persona->list_count; i++) {
    size_t column = i % grid->per_row;
    if (i && column == 0) list_y += row + 10, row = 0;
    double x = grid->lists + (double)column * (grid->list_width + GUTTER);
    row = fmax(row, place_list(place, &persona->lists[i], x, list_y, grid->list_width));
  }
  return fmax(height, list_y + row - y);
}

/* ---- the measures of the whole journey ---- */

static double place_figure(Place *place, const ViewFigure *figure, double x, double y, double width) {
  static const Str words[] = {STR("worse"), STR("as before"), STR("better")};
  static const Ink inks[] = {I_BAD, I_MUTED, I_GOOD};
  double top = y;
  y += place_text(place, figure->name, T_SMALL, I_MUTED, x, y, width);
  if (str_is(figure->before, figure->now)) y += place_text(place, figure->now, T_FIGURE, I_INK, x, y, width);
  else y += place_change(place, figure->before, figure->now, x, y, width);
  bool same = figure->trend == 0 && !str_is(figure->before, figure->now);
  if (!same) y += 1 + place_text(place, words[figure->trend + 1], T_TAG, inks[figure->trend + 1], x, y + 1, width);
  return y - top;
}

/* How the map stands beside the other one, in figures. */
static double place_figures(Place *place, const View *view, double y, double width) {
  double x = 0, row = 0, top = y;
  Str title = arena_format(place->arena, "Compared with “" STR_FMT "”", STR_ARG(view->before_title));
  y += place_text(place, title, T_TAG, I_MUTED, 0, y, width) + 8;
  for (uint32_t i = 0; i < view->figure_count; i++) {
    const ViewFigure *figure = &view->figures[i];
    double each = fmax(120, place_width(figure->before, T_LEAD) + place_width(STR(" → "), T_LEAD) +
                                place_width(figure->now, T_FIGURE) + 4);
    if (x > 0 && x + each > width) y += row + 16, x = 0, row = 0;
    row = fmax(row, place_figure(place, figure, x, y, each));
    x += each + GUTTER;
  }
  return y + row - top;
}

static double place_measures(Place *place, const View *view, double y, double width) {
  double x = 0, row = 0, top = y;
  for (uint32_t i = 0; i < view->measure_count; i++) {
    if (view->measures[i].state == 3) continue;
    double each = place_headline_width(&view->measures[i]);
    if (x > 0 && x + each > width) y += row + 16, x = 0, row = 0;
    row = fmax(row, place_headline(place, &view->measures[i], x, y, each));
    x += each + GUTTER;
  }
  return y + row - top;
}

/* ---- the opportunities of the whole journey ---- */

static uint32_t idea_count(const View *view) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < view->idea_count; i++) count += view->ideas[i].state != 3;
  return count;
}

static double place_idea(Place *place, const Entry *entry, double x, double y, double width) {
  place_icon(place, "idea", I_ACCENT, x, y + 1.5, 15);
  double height = place_text(place, entry->text, T_BODY, I_INK, x + 21, y, width - 21);
  if (entry->label.len) height += place_text(place, entry->label, T_TAG, I_ACCENT, x + 21, y + height, width - 21);
  return height;
}

/* Side by side, in as many columns as there is room for. */
static double place_ideas(Place *place, const View *view, double y, double width) {
  double columns = floor((width + GUTTER) / (300 + GUTTER)), each = fmin(400, (width + GUTTER) / columns - GUTTER);
  double top = y, row = 0;
  y += place_text(place, STR("Opportunities beyond a single step"), T_TAG, I_MUTED, 0, y, width) + 4;
  for (uint32_t i = 0, shown = 0; i < view->idea_count; i++) {
    if (view->ideas[i].state == 3) continue;
    uint32_t column = shown % (uint32_t)columns;
    if (shown++ && column == 0) y += row + 10, row = 0;
    row = fmax(row, place_idea(place, &view->ideas[i], column * (each + GUTTER), y, each));
  }
  return y + row - top;
}

Block layout_head(const Layout *layout, double width, Arena *arena) {
  const View *view = layout->view;
  Place place = place_new(layout, arena, width);
  Grid grid = grid_of(view, width);
  double y = place_title(&place, view, &grid, 0, width);
  double from = y + 24, height = place_persona(&place, view, &grid, from + 22);
  if (height > 0) {
    place_line(&place, LOOK_STROKE, I_HAIR, 0, from, width, 0);
    y = from + 22 + height;
  }
  if (view->shape == SHAPE_DAY && view->step_count) {
    place_line(&place, LOOK_STROKE, I_HAIR, 0, y + 20, width, 0);
    y += 44 + place_day(&place, y + 44, width);
  }
  if (view->figure_count) {
    place_line(&place, LOOK_STROKE, I_HAIR, 0, y + 20, width, 0);
    y += 36 + place_figures(&place, view, y + 36, width);
  }
  if (view->measure_count) {
    place_line(&place, LOOK_STROKE, I_HAIR, 0, y + 20, width, 0);
    y += 38 + place_measures(&place, view, y + 38, width);
  }
  if (idea_count(view)) {
    place_line(&place, LOOK_STROKE, I_HAIR, 0, y + 20, width, 0);
    y += 36 + place_ideas(&place, view, y + 36, width);
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

static void legend_actors(Legend *legend, const View *view) {
  for (uint32_t i = 0; i < view->actor_count; i++) {
    if (!view->actors[i].has_curve) continue;
    double width = 44 + place_width(view->actors[i].title, T_SMALL);
    if (legend->x + width > legend->width) legend->x = 0, legend->y += 22;
    Place *place = legend->place;
    Ink ink = place_actor_ink(place->layout, &view->actors[i]);
    Str line = arena_format(place->arena, "M%.1f %.1fh34", legend->x, legend->y + 7);
    place_path(place, place_actor_look(i), ink, line);
    place_circle(place, LOOK_FILL, ink, legend->x + 17, legend->y + 7, 4.2);
    place_text(place, view->actors[i].title, T_SMALL, I_MUTED, legend->x + 42, legend->y, width);
    legend->x += width + 22;
  }
}

/* The first entry of that kind and level, or NULL. */
static const Entry *entry_with(const View *view, EntryKind kind, int level) {
  for (uint32_t i = 0; i < view->lane_count; i++)
    for (uint32_t s = 0; view->lanes[i].cells && s < view->step_count; s++)
      for (uint32_t e = 0; e < view->lanes[i].cells[s].count; e++) {
        const Entry *entry = &view->lanes[i].cells[s].entries[e];
        if (entry->kind == kind && entry->level == level && entry->state != 3) return entry;
      }
  return NULL;
}

static void legend_levels(Legend *legend, const View *view) {
  static const struct {
    EntryKind kind;
    int level;
    const char *icon, *words;
    Ink ink;
  } rows[] = {{ENTRY_NEED, 1, "need-met", "Need ", I_GOOD}, {ENTRY_NEED, 2, "need-partly", "", I_FAIR},
              {ENTRY_NEED, 3, "need-unmet", "", I_BAD},     {ENTRY_PAIN, 1, "pain-1", "Pain: ", I_MUTED},
              {ENTRY_PAIN, 2, "pain-2", "Pain: ", I_FAIR},  {ENTRY_PAIN, 3, "pain-3", "Pain: ", I_SEVERE},
              {ENTRY_PAIN, 4, "pain-4", "Pain: ", I_BAD}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    const Entry *entry = entry_with(view, rows[i].kind, rows[i].level);
    if (!entry || entry->label.len == 0) continue;
    Str words = arena_format(legend->place->arena, "%s" STR_FMT, rows[i].words, STR_ARG(entry->label));
    legend_item(legend, rows[i].icon, rows[i].ink, words.at);
  }
}

/* A patch as those on the dial, and what it says. */
static void legend_patch(Legend *legend, Look look, Ink ink, Str text) {
  double width = 20 + place_width(text, T_SMALL);
  if (legend->x + width > legend->width) legend->x = 0, legend->y += 22;
  place_rect(legend->place, look, ink, legend->x, legend->y + 2, 13, 11, 1);
  place_text(legend->place, text, T_SMALL, I_MUTED, legend->x + 20, legend->y, width);
  legend->x += width + 22;
}

static void legend_text(Legend *legend, Str text) {
  double width = place_width(text, T_SMALL);
  if (legend->x > 0 && legend->x + width > legend->width) legend->x = 0, legend->y += 22;
  place_text(legend->place, text, T_SMALL, I_MUTED, legend->x, legend->y, legend->width);
  legend->x += width + 22;
}

static void note_counts(const Entry *entries, uint32_t count, bool *margin, bool *stale) {
  for (uint32_t i = 0; i < count; i++) {
    if (!entries[i].count || entries[i].state == 3) continue;
    *margin |= isfinite(entries[i].count->low);
    *stale |= entries[i].count->stale;
  }
}

/* What ± and the hatching mean, where a number was counted. */
static void legend_counts(Legend *legend, const View *view) {
  bool margin = false, stale = false;
  note_counts(view->measures, view->measure_count, &margin, &stale);
  for (uint32_t i = 0; i < view->stage_count; i++)
    note_counts(view->stages[i].measures, view->stages[i].measure_count, &margin, &stale);
  for (uint32_t i = 0; i < view->lane_count; i++)
    for (uint32_t s = 0; view->lanes[i].cells && s < view->step_count; s++)
      note_counts(view->lanes[i].cells[s].entries, view->lanes[i].cells[s].count, &margin, &stale);
  if (margin)
    legend_text(legend, STR("n: how many were counted; ± or in brackets: where the true number is, at 95% certainty"));
  if (stale) legend_patch(legend, LOOK_HATCH, I_RULE, STR("Out of date"));
}

static void legend_day(Legend *legend, const View *view) {
  bool guessed = false;
  for (uint32_t i = 0; i < view->step_count; i++) guessed |= view->steps[i].on_clock && !view->steps[i].time_said;
  legend_patch(legend, LOOK_FILL, I_GOOD, STR("Feels good: outside the circle of the dial"));
  legend_patch(legend, LOOK_FILL, I_BAD, STR("Feels bad: inside it"));
  if (guessed) legend_patch(legend, LOOK_DASHED, I_MUTED, STR("Its hour was not said"));
}

/* A bar, a struck word, a dashed line. */
static void legend_compared(Legend *legend) {
  Place *place = legend->place;
  const View *view = place->layout->view;
  bool felt = false;
  for (uint32_t i = 0; i < view->step_count; i++) felt |= view->steps[i].had_emotion;
  static const Str words[] = {STR("New or changed here"), STR("As it was before"), STR("The emotions before")};
  for (int i = 0; i < 3; i++) {
    double width = 34 + place_width(words[i], T_SMALL);
    if (i == 2 && (!felt || place->layout->emotion_lane == NONE)) return;
    if (legend->x + width > legend->width) legend->x = 0, legend->y += 22;
    double x = legend->x, y = legend->y;
    if (i == 0) place_rect(place, LOOK_FILL, I_ACCENT, x + 12, y, 2.5, 14, 1);
    if (i == 1) place_struck(place, STR("abc"), T_SMALL, x, y, 30);
    if (i == 2) place_line(place, LOOK_DASHED, I_MUTED, x, y + 8, 26, 0);
    place_text(place, words[i], T_SMALL, I_MUTED, x + 32, y, width);
    legend->x += width + 22;
  }
}

static void legend_goals(Legend *legend, const View *view) {
  bool goal = false, firm = false, partly = false, nothing = false;
  for (uint32_t i = 0; i < view->stage_count; i++) {
    goal |= view->stages[i].goal.len > 0;
    firm |= view->stages[i].objective.len > 0;
  }
  for (uint32_t i = 0; i < view->step_count; i++) {
    partly |= view->steps[i].serves == 1;
    nothing |= view->steps[i].serves == 2;
  }
  if (goal && firm) {
    legend_item(legend, "goal", I_MUTED, "What the client wants");
    legend_item(legend, "firm", I_MUTED, "What the firm wants");
  }
  if (partly) legend_item(legend, "serves-partly", I_FAIR, "Serves the client's goal partly");
  if (nothing) legend_item(legend, "serves-nothing", I_BAD, "Serves no goal of the client");
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
  if (moment) legend_item(&legend, "moment", I_MOMENT, "Moment of truth: here clients decide to stay or to leave");
  if (source && no_source) legend_item(&legend, NULL, I_MUTED, "An emotion that no evidence is named for");
  legend_actors(&legend, view);
  legend_levels(&legend, view);
  if (entry_with(view, ENTRY_OPPORTUNITY, 0)) legend_item(&legend, "idea", I_ACCENT, "Opportunity");
  legend_goals(&legend, view);
  if (entry_with(view, ENTRY_HANDOVER, 0)) legend_item(&legend, "handover", I_MUTED, "Handed over to another team");
  if (entry_with(view, ENTRY_HANDOVER, 1)) legend_item(&legend, "handover", I_BAD, "Handed over, to nobody named");
  if (entry_with(view, ENTRY_OWNER, 1)) legend_item(&legend, "nobody", I_BAD, "Nobody owns this step");
  legend_counts(&legend, view);
  if (view->shape == SHAPE_DAY) legend_day(&legend, view);
  if (view->compared) legend_compared(&legend);
  place.height = place.marks.len ? legend.y + 16 : 0;
  return place_done(&place);
}
