/* Measures where they are drawn: name, value, how many it was counted from, the trend in little, the target. What is
 * out of date is hatched, and says so. */
#include <math.h>

#include "text/measure.h"
#include "view/place.h"

/* A name that runs from right to left stands above its numbers, too, at the left. */
static double place_name(Place *place, const Entry *entry, double x, double y, double width) {
  double own = text_is_rtl(entry->name) ? fmin(width, place_width(entry->name, T_SMALL)) : width;
  return place_text(place, entry->name, T_SMALL, I_MUTED, x, y, own);
}

/* Its spaces break no line. */
static Str unbroken(Str text, Arena *arena) {
  Buf out = {0};
  for (size_t i = 0; i < text.len; i++)
    if (text.at[i] == ' ') buf_add_c(&out, "\u00A0");
    else buf_add_byte(&out, text.at[i]);
  return buf_take(&out, arena);
}

/* ---- the target ---- */

static const char *const target_icons[] = {"target", "target-missed", "target-met"};
static const Ink target_inks[] = {I_MUTED, I_BAD, I_GOOD};

/* "target 30 · missed": in words too. */
static Str target_words(const Entry *entry, Arena *arena) {
  static const char *const words[] = {"", " · missed", " · met"};
  return arena_format(arena, STR_FMT "%s", STR_ARG(entry->label), words[entry->level % 3]);
}

static double place_target(Place *place, const Entry *entry, double x, double y, double width) {
  place_icon(place, target_icons[entry->level % 3], target_inks[entry->level % 3], x, y + 1.5, 13);
  return place_text(place, target_words(entry, place->arena), T_TAG, target_inks[entry->level % 3], x + 18, y,
                    width - 18);
}

/* ---- the trend ---- */

typedef struct {
  double x, y, width, height; /* of the box */
  double low, high;           /* the values at its bottom and top */
  const ViewCount *count;
} Spark;

static bool has_trend(const Entry *entry) { return entry->count && entry->count->trend_count > 1; }

static double spark_width(const ViewCount *count, double least, double most) {
  return fmin(most, fmax(least, 7.0 * (count->trend_count - 1)));
}

/* All values, the target where it is near, and the intervals up to where the line would be flat. */
static void set_range(Spark *spark) {
  const ViewCount *count = spark->count;
  double low = INFINITY, high = -INFINITY, least = INFINITY, most = -INFINITY;
  for (uint32_t i = 0; i < count->trend_count; i++) {
    const ViewPoint *point = &count->trend[i];
    if (!isfinite(point->value)) continue;
    low = fmin(low, point->value), high = fmax(high, point->value);
    least = fmin(least, isfinite(point->low) ? point->low : point->value);
    most = fmax(most, isfinite(point->high) ? point->high : point->value);
  }
  double room = high > low ? (high - low) * 1.5 : fabs(high) / 10 + 1e-9;
  spark->low = fmax(least, low - room);
  spark->high = fmin(most, high + room);
  if (count->has_target && count->target > low - room && count->target < high + room) {
    spark->low = fmin(spark->low, count->target);
    spark->high = fmax(spark->high, count->target);
  }
  if (spark->high > spark->low) return;
  spark->low -= room;
  spark->high += room;
}

static double spark_x(const Spark *spark, uint32_t point) {
  return spark->x + spark->width * point / (spark->count->trend_count - 1);
}

static double spark_y(const Spark *spark, double value) {
  double share = (value - spark->low) / (spark->high - spark->low);
  return spark->y + spark->height * (1 - fmin(1, fmax(0, share)));
}

static void add_point(Buf *path, char command, double x, double y) {
  buf_add_byte(path, command);
  buf_number(path, x, 1);
  buf_add_byte(path, ' ');
  buf_number(path, y, 1);
}

/* Along the upper ends of the intervals, and back along the lower ones; where each has one. */
static void place_spark_band(Place *place, const Spark *spark) {
  const ViewCount *count = spark->count;
  Buf path = {0};
  for (uint32_t i = 0; i < count->trend_count; i++) {
    if (!isfinite(count->trend[i].low) || !isfinite(count->trend[i].high)) {
      buf_free(&path);
      return;
    }
    add_point(&path, i ? 'L' : 'M', spark_x(spark, i), spark_y(spark, count->trend[i].high));
  }
  for (uint32_t i = count->trend_count; i-- > 0;)
    add_point(&path, 'L', spark_x(spark, i), spark_y(spark, count->trend[i].low));
  buf_add_byte(&path, 'z');
  place_path(place, LOOK_RIBBON, I_RULE, buf_take(&path, place->arena));
}

static Str spark_tip(const ViewCount *count, Arena *arena) {
  const ViewPoint *first = &count->trend[0], *last = &count->trend[count->trend_count - 1];
  return arena_format(arena, STR_FMT ": " STR_FMT "; " STR_FMT ": " STR_FMT, STR_ARG(first->period),
                      STR_ARG(first->text), STR_ARG(last->period), STR_ARG(last->text));
}

/* A period without answers is a gap. */
static void place_spark(Place *place, const ViewCount *count, double x, double y, double width, double height) {
  Spark spark = {x, y, width, height, 0, 0, count};
  Buf path = {0};
  bool open = false;
  uint32_t last = 0;
  set_range(&spark);
  place_spark_band(place, &spark);
  if (count->has_target && count->target >= spark.low && count->target <= spark.high)
    place_line(place, LOOK_DASHED, I_RULE, x, spark_y(&spark, count->target), width, 0);
  for (uint32_t i = 0; i < count->trend_count; i++) {
    bool known = isfinite(count->trend[i].value);
    if (known) add_point(&path, open ? 'L' : 'M', spark_x(&spark, i), spark_y(&spark, count->trend[i].value)), last = i;
    open = known;
  }
  size_t mark = place->marks.len;
  place_path(place, LOOK_STROKE, I_INK, buf_take(&path, place->arena));
  place->marks.at[mark].weight = 1.5;
  place->marks.at[mark].tip = spark_tip(count, place->arena);
  place_circle(place, LOOK_FILL, I_ACCENT, spark_x(&spark, last), spark_y(&spark, count->trend[last].value), 3.2);
  place->height = fmax(place->height, y + height);
}

Block layout_spark(const ViewCount *count, double width, double height, Arena *arena) {
  Place place = place_new(NULL, arena, width);
  place_spark(&place, count, 0, 0, width, height);
  return place_done(&place);
}

/* ---- what is out of date ---- */

/* Beneath the marks from `first` on. */
static void place_hatch(Place *place, size_t first, double x, double y, double width, double height) {
  Mark hatch = {.kind = MARK_RECT, .look = LOOK_HATCH, .ink = I_RULE, .x = x, .y = y, .w = width, .h = height};
  vec_push(&place->marks, hatch);
  memmove(&place->marks.at[first + 1], &place->marks.at[first], (place->marks.len - 1 - first) * sizeof hatch);
  place->marks.at[first] = hatch;
}

/* "n 39 · top 2 of 1 to 5", and what is wrong with it. */
static double place_about(Place *place, const ViewCount *count, double x, double y, double width) {
  if (!count) return 0;
  if (count->failure.len) return place_text(place, count->failure, T_SMALL, I_MUTED, x, y, width);
  Str words = count->how.len ? arena_format(place->arena, STR_FMT " · " STR_FMT, STR_ARG(count->n), STR_ARG(count->how))
                             : count->n;
  double height = place_text(place, words, T_SMALL, I_MUTED, x, y, width);
  if (!count->stale) return height;
  place_icon(place, "clock", I_FAIR, x, y + height + 1.5, 13);
  return height + place_text(place, STR("out of date"), T_TAG, I_FAIR, x + 18, y + height, width - 18);
}

/* ---- in a cell ---- */

#define SPARK_HEIGHT 16.0
#define SPARK_GAP 12.0

/* Beside the value where there is room, else below; returns the height that it adds. */
static double place_spark_at(Place *place, const Entry *entry, Type type, double x, double y, double wide,
                             double height, double width) {
  double least = type == T_FIGURE ? 72 : 44, most = type == T_FIGURE ? 130 : 96;
  double tall = type == T_FIGURE ? 26 : SPARK_HEIGHT, room = width - wide - SPARK_GAP - 4;
  double spark = spark_width(entry->count, least, most);
  if (room >= least) {
    place_spark(place, entry->count, x + wide + SPARK_GAP, y + (height - tall) / 2 + 1, fmin(spark, room), tall);
    return 0;
  }
  place_spark(place, entry->count, x, y + height + 3, fmin(spark, width - 4), tall);
  return tall + 6;
}

/* The value, and the trend. */
static double place_value(Place *place, const Entry *entry, Type type, double x, double y, double width) {
  size_t first = place->marks.len;
  double wide = fmin(width, place_width(entry->value, type) + 6.0 * (double)entry->sources.len);
  bool stale = entry->count && entry->count->stale;
  double height = place_claim(place, entry->value, entry->sources, type, I_INK, ANCHOR_START, x, y, width);
  if (stale) place_hatch(place, first, x - 5, y, fmin(wide + 10, width + 5), height);
  if (has_trend(entry))
    height += place_spark_at(place, entry, type, x, y, stale ? fmin(wide + 6, width) : wide, height, width);
  return height;
}

double place_measure(Place *place, const Entry *entry, double y, double width) {
  double height = place_name(place, entry, 0, y, width);
  bool known = !entry->count || entry->count->n.len;
  height += known ? place_value(place, entry, T_STEP, 0, y + height, width)
                  : place_text(place, entry->value, T_BODY, I_MUTED, 0, y + height, width);
  height += place_about(place, entry->count, 0, y + height, width);
  if (entry->label.len == 0) return height;
  return height + 1 + place_target(place, entry, 0, y + height + 1, width);
}

/* ---- in the band of a stage ---- */

/* "Days to quote 12 days · target 2 days"; without its name, where that stands apart. */
static Str stage_words(const Place *place, const Entry *entry, bool apart) {
  const ViewCount *count = entry->count;
  Arena *arena = place->arena;
  bool changed = entry->state == 1 && entry->value.len && entry->before.len;
  Buf words = {0};
  if (!apart) buf_printf(&words, STR_FMT " ", STR_ARG(entry->name));
  if (changed) buf_printf(&words, STR_FMT " → ", STR_ARG(unbroken(entry->before, arena)));
  buf_add(&words, unbroken(entry->value, arena));
  if (entry->too_close) buf_add_c(&words, " (too close to tell)");
  if (count && count->n.len) buf_printf(&words, ", " STR_FMT, STR_ARG(unbroken(count->n, arena)));
  if (count && count->stale) buf_add_c(&words, "\u00A0· out of date");
  if (entry->label.len) buf_printf(&words, "\u00A0· " STR_FMT, STR_ARG(target_words(entry, arena)));
  return buf_take(&words, arena);
}

/* With the mark of a target met or missed. */
double place_stage_measure(Place *place, const Entry *entry, double y, double width) {
  const ViewCount *count = entry->count;
  bool apart = text_is_rtl(entry->name);
  Str text = stage_words(place, entry, apart);
  Ink ink = entry->label.len ? target_inks[entry->level % 3] : I_MUTED;
  double room = width - 22, wide = place_width(text, T_TAG) + 6.0 * (double)entry->sources.len;
  double above = apart ? place_name(place, entry, 34, y, room) : 0, top = y;
  place_icon(place, target_icons[entry->level % 3], target_inks[entry->level % 3], 13, y + 1.5, 13);
  y += above;
  size_t first = place->marks.len;
  double height = place_claim(place, text, entry->sources, T_TAG, ink, ANCHOR_START, 34, y, room);
  if (count && count->stale) place_hatch(place, first, 30, y - 1, fmin(wide, room) + 8, height + 2);
  if (!has_trend(entry)) return y + height - top;
  double spark = spark_width(count, 44, 96);
  if (wide + SPARK_GAP + spark + 4 < room) {
    place_spark(place, count, 34 + wide + SPARK_GAP, y + 1, spark, height - 2);
    return y + height - top;
  }
  place_spark(place, count, 34, y + height + 4, fmin(spark, room - 4), SPARK_HEIGHT);
  return y + height + SPARK_HEIGHT + 6 - top;
}

/* ---- in the head ---- */

double place_change(Place *place, Str before, Str now, double x, double y, double width) {
  double was = place_width(before, T_LEAD), arrow = place_width(STR(" → "), T_LEAD);
  if (was + arrow + place_width(now, T_FIGURE) > width) {
    double height = place_struck(place, before, T_LEAD, x, y, width);
    return height + place_text(place, now, T_FIGURE, I_INK, x, y + height, width);
  }
  place_text(place, before, T_LEAD, I_MUTED, x, y + 5, was);
  place_text(place, STR("→"), T_LEAD, I_MUTED, x + was + arrow / 4, y + 5, arrow);
  return place_text(place, now, T_FIGURE, I_INK, x + was + arrow, y, width - was - arrow);
}

double place_headline(Place *place, const Entry *entry, double x, double y, double width) {
  double top = y;
  bool known = !entry->count || entry->count->n.len;
  y += place_name(place, entry, x, y, width);
  if (entry->state == 1 && entry->before.len && entry->value.len)
    y += place_change(place, entry->before, entry->value, x, y, width);
  else if (!known) y += place_text(place, entry->value, T_LEAD, I_MUTED, x, y, width);
  else if (entry->count) y += place_value(place, entry, T_FIGURE, x, y, width) + 2;
  else y += place_text(place, entry->value.len ? entry->value : entry->text, T_FIGURE, I_INK, x, y, width);
  if (entry->too_close) y += place_text(place, STR("too close to tell"), T_SMALL, I_MUTED, x, y, width);
  y += place_about(place, entry->count, x, y, width);
  if (entry->label.len) y += 1 + place_target(place, entry, x, y + 1, width);
  return y - top;
}

double place_headline_width(const Entry *entry) {
  double value = place_width(entry->value.len ? entry->value : entry->text, T_FIGURE);
  if (entry->before.len) value += place_width(entry->before, T_LEAD) + place_width(STR(" → "), T_LEAD) + 4;
  if (entry->count) value += 6.0 * (double)entry->sources.len;
  if (entry->count && entry->count->stale) value += 6;
  if (entry->count) /* what it was counted from, on one line where that is short */
    value = fmax(value, fmin(260, place_width(entry->count->n, T_SMALL) + place_width(STR(" · "), T_SMALL) +
                                      place_width(entry->count->how, T_SMALL)));
  if (has_trend(entry)) value += SPARK_GAP + spark_width(entry->count, 72, 130) + 8;
  return fmin(420,
              fmax(150, fmax(value, fmax(place_width(entry->name, T_SMALL), place_width(entry->label, T_TAG) + 96))));
}
