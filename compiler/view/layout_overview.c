/* The journey at a glance, for the first sheet: the stages, the curve through numbered steps, and what matters most. */
#include <math.h>

#include "view/curve.h"
#include "view/place.h"

#define MARGIN 6.0
#define GUTTER 40.0
#define LIST_LINES 7 /* of each list; the rest is counted */

/* ---- the stages and the curve ---- */

static double step_x(const Layout *layout, uint32_t step, double width) {
  const LayoutStep *column = &layout->steps[step];
  return (column->x + column->width / 2) / layout->body_width * width;
}

static double place_stages(Place *place, double y, double width) {
  const Layout *layout = place->layout;
  double height = 0;
  for (uint32_t i = 0; i < layout->view->stage_count; i++) {
    double x = layout->stages[i].x / layout->body_width * width,
           wide = layout->stages[i].width / layout->body_width * width;
    const ViewStage *stage = &layout->view->stages[i];
    place_rect(place, LOOK_FILL, I_INK, x, y, wide, 2, 0);
    double title = place_text(place, stage->title, T_LANE, I_INK, x, y + 10, wide - MARGIN);
    if (stage->goal.len)
      title += place_text(place, stage->goal, T_SMALL, I_MUTED, x, y + 11 + title, wide - MARGIN) + 1;
    height = fmax(height, 10 + title);
  }
  return height;
}

static void place_number(Place *place, const ViewStep *step, double x, double y) {
  Ink ink = step->emotion > 0.05 ? I_GOOD : step->emotion < -0.05 ? I_BAD : I_MUTED;
  if (step->moment_of_truth) place_icon(place, "moment", I_MOMENT, x - 7, y - 28, 14);
  place_circle(place, LOOK_FILL, ink, x, y, 10);
  place_text_at(place, arena_format(place->arena, "%u", step->number), T_TAG, I_PAPER, ANCHOR_MIDDLE, x, y - 8, 40);
  if (step->lowest) place_text_at(place, STR("Lowest"), T_TAG, ink, ANCHOR_MIDDLE, x, y + 14, 80);
  if (step->highest)
    place_text_at(place, STR("Highest"), T_TAG, ink, ANCHOR_MIDDLE, x, y - (step->moment_of_truth ? 46 : 30), 80);
}

static void place_journey(Place *place, double y, double width) {
  const Layout *layout = place->layout;
  const View *view = layout->view;
  double *xs = ARENA_ARRAY(place->arena, double, 3 * (size_t)view->step_count + 1), *ys = xs + view->step_count,
         *slopes = ys + view->step_count;
  Place curve = place_new(layout, place->arena, width);
  place_line(&curve, LOOK_STROKE, I_RULE, 0, LAYOUT_PLOT / 2, width, 0);
  if (view->compared) place_before(&curve, width);
  uint32_t count = 0, *steps = ARENA_ARRAY(place->arena, uint32_t, view->step_count);
  for (uint32_t i = 0; i < view->step_count; i++)
    if (view->steps[i].state != 3) steps[count++] = i;
  for (uint32_t from = 0; from < count;) {
    uint32_t to = from;
    for (; to < count && view->steps[steps[to]].has_emotion; to++) {
      xs[to] = step_x(layout, steps[to], width);
      ys[to] = (1 - fmax(-1, fmin(1, view->steps[steps[to]].emotion))) / 2 * LAYOUT_PLOT;
    }
    if (to > from) curve_slopes(xs + from, ys + from, to - from, slopes + from);
    place_curve(&curve, xs + from, ys + from, slopes + from, to - from, LAYOUT_PLOT / 2);
    from = to > from ? to : from + 1;
  }
  ActorCurves actors = actor_curves(layout, step_x, width, place->arena);
  place_actor_curves(&curve, &actors);
  vec_free(&actors);
  Block drawn = place_done(&curve);
  place_block(place, &drawn, 0, y);
  for (uint32_t i = 0; i < count; i++)
    if (view->steps[steps[i]].has_emotion) place_number(place, &view->steps[steps[i]], xs[i], y + ys[i]);
}

/* Whose curves these are; returns the height. */
static double place_key(Place *place, double y) {
  const View *view = place->layout->view;
  double x = 0;
  for (uint32_t i = 0; i < view->actor_count; i++) {
    if (!view->actors[i].has_curve) continue;
    Ink ink = place_actor_ink(place->layout, &view->actors[i]);
    place_path(place, place_actor_look(i), ink, arena_format(place->arena, "M%.1f %.1fh34", x, y + 8));
    place_circle(place, LOOK_FILL, ink, x + 17, y + 8, 4.2);
    place_text(place, view->actors[i].title, T_TAG, ink, x + 42, y, 300);
    x += 42 + place_width(view->actors[i].title, T_TAG) + 28;
  }
  return x > 0 ? 40 : 0;
}

/* ---- what matters most ---- */

typedef struct {
  Place *place;
  double x, y, width;
  int lines, left_out;
} List;

static void list_line(List *list, uint32_t number, const char *icon, Ink ink, Str text, Str label) {
  if (list->lines == LIST_LINES) {
    list->left_out++;
    return;
  }
  list->lines++;
  Place *place = list->place;
  place_icon(place, icon, ink, list->x, list->y + 1.5, 15);
  Str words = label.len ? arena_format(place->arena, STR_FMT " · " STR_FMT, STR_ARG(text), STR_ARG(label)) : text;
  place_text_at(place, arena_format(place->arena, "%u", number), T_TAG, I_MUTED, ANCHOR_END, list->x + 38, list->y + 1,
                30);
  list->y += place_text(place, words, T_BODY, I_INK, list->x + 46, list->y, list->width - 46) + 5;
}

static List list_new(Place *place, Str title, double x, double y, double width) {
  y += place_text(place, title, T_LANE, I_INK, x, y, width) + 8;
  return (List){place, x, y, width, 0, 0};
}

static void list_end(List *list) {
  if (list->left_out)
    place_text(list->place, arena_format(list->place->arena, "and %d more", list->left_out), T_SMALL, I_MUTED,
               list->x + 46, list->y, list->width - 46);
}

static void list_moments(List *list, const View *view) {
  for (uint32_t i = 0; i < view->step_count; i++)
    if (view->steps[i].moment_of_truth)
      list_line(list, view->steps[i].number, "moment", I_MOMENT, view->steps[i].title, view->steps[i].moment_text);
}

static const ViewLane *lane_of(const View *view, EntryKind kind) {
  for (uint32_t i = 0; i < view->lane_count; i++)
    for (uint32_t s = 0; view->lanes[i].cells && s < view->step_count; s++)
      if (view->lanes[i].cells[s].count && view->lanes[i].cells[s].entries[0].kind == kind) return &view->lanes[i];
  return NULL;
}

static void list_pains(List *list, const View *view, const ViewLane *lane) {
  static const char *const icons[] = {"pain-0", "pain-1", "pain-2", "pain-3", "pain-4"};
  static const Ink inks[] = {I_MUTED, I_MUTED, I_FAIR, I_SEVERE, I_BAD};
  for (int level = 4; level >= 0; level--)
    for (uint32_t s = 0; s < view->step_count; s++)
      for (uint32_t e = 0; e < lane->cells[s].count; e++) {
        const Entry *entry = &lane->cells[s].entries[e];
        if (entry->state != 3 && entry->level == level)
          list_line(list, view->steps[s].number, icons[level], inks[level], entry->text, entry->label);
      }
}

static int count_distinct(Refs *refs) {
  if (refs->len) qsort(refs->at, refs->len, sizeof *refs->at, ref_compare);
  int count = 0;
  for (size_t i = 0; i < refs->len; i++) count += i == 0 || !ref_is(refs->at[i], refs->at[i - 1]);
  return count;
}

/* An opportunity that solves the pains of several steps is listed with the first of them. */
static void list_ideas(List *list, const View *view, const ViewLane *lane) {
  Refs all = {0};
  Ref shown[LIST_LINES];
  int count = 0;
  for (uint32_t s = 0; s < view->step_count; s++)
    for (uint32_t e = 0; e < lane->cells[s].count; e++) {
      const Entry *entry = &lane->cells[s].entries[e];
      if (entry->state == 3) continue;
      vec_push(&all, entry->at);
      bool known = count == LIST_LINES;
      for (int i = 0; i < count && !known; i++) known = ref_is(shown[i], entry->at);
      if (known) continue;
      shown[count++] = entry->at;
      list_line(list, view->steps[s].number, "idea", I_ACCENT, entry->text, entry->label);
    }
  list->left_out = count_distinct(&all) - count;
  vec_free(&all);
}

static bool has_moments(const View *view) {
  for (uint32_t i = 0; i < view->step_count; i++)
    if (view->steps[i].moment_of_truth) return true;
  return false;
}

static void place_lists(Place *place, double y, double width) {
  const View *view = place->layout->view;
  const ViewLane *pains = lane_of(view, ENTRY_PAIN), *ideas = lane_of(view, ENTRY_OPPORTUNITY);
  double each = (width - 2 * GUTTER) / 3, x = 0;
  if (has_moments(view)) {
    List list = list_new(place, STR("Moments of truth"), x, y, each);
    list_moments(&list, view);
    list_end(&list);
    x += each + GUTTER;
  }
  if (pains) {
    List list = list_new(place, STR("What hurts most"), x, y, each);
    list_pains(&list, view, pains);
    list_end(&list);
    x += each + GUTTER;
  }
  if (ideas) {
    List list = list_new(place, STR("What can be done"), x, y, each);
    list_ideas(&list, view, ideas);
    list_end(&list);
  }
}

Block layout_overview(const Layout *layout, double width, Arena *arena) {
  Place place = place_new(layout, arena, width);
  double y = place_stages(&place, 0, width) + 44;
  if (layout->emotion_lane != NONE) {
    place_journey(&place, y, width);
    y += LAYOUT_PLOT + 44;
    y += place_key(&place, y);
  }
  place_lists(&place, y, width);
  return place_done(&place);
}
