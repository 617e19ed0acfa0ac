#include <math.h>
#include <stdlib.h>

#include "metric/contrast.h"
#include "view/figure_words.h"
#include "write/excerpt.h"
#include "write/score.h"
#include "write/terminal_grid.h"
#include "write/text_table.h"

enum { NARROWEST = 30, METRIC_COLUMNS = 30, VALUE_MOST = 17, VALUE_LEAST = 7 };

typedef struct {
  const Project *project;
  const Journey *journey;
  MetricTable table;
  int width;
  TextTable text;
} ScoreTable;

/* ---- cells ---- */

static bool meets(const Metric *metric, const MetricValue *value) {
  return metric->better == BETTER_LOWER ? value->value.number <= value->target.number
                                        : value->value.number >= value->target.number;
}

static void add_line(const ScoreTable *table, TableCell *cell, TableInk ink, Str text) {
  table_add(&table->text, cell, table->text.value_columns, ink, text);
}

static void add_target(const ScoreTable *table, TableCell *cell, const Metric *metric, const MetricValue *value) {
  Str target = quantity_text(value->target, table->text.arena);
  add_line(table, cell, TABLE_FAINT, arena_format(table->text.arena, "target " STR_FMT, STR_ARG(target)));
  if (metric->better == BETTER_UNKNOWN || !quantity_is_like(value->value, value->target)) return;
  if (value->near_target) return add_line(table, cell, TABLE_PLAIN, STR("too close to tell"));
  bool met = meets(metric, value);
  add_line(table, cell, met ? TABLE_GOOD : TABLE_BAD, met ? STR("met") : STR("missed"));
}

static Str value_words(const MetricValue *value, Arena *arena) {
  if (value->has_interval) return quantity_text_within(value->value, value->low, value->high, arena);
  return value->state == METRIC_COUNTED ? quantity_text_within(value->value, NAN, NAN, arena)
                                        : quantity_text(value->value, arena);
}

static void add_value(const ScoreTable *table, TableCell *cell, const Metric *metric, const MetricValue *value) {
  if (value->state == METRIC_NOTHING) add_line(table, cell, TABLE_FAINT, STR("\u2013"));
  else if (value->state == METRIC_FAILED) add_line(table, cell, TABLE_BAD, STR("fails"));
  else add_line(table, cell, TABLE_PLAIN, value_words(value, table->text.arena));
  if (value->has_n && (value->has_interval || value->state == METRIC_COUNTED))
    add_line(table, cell, TABLE_FAINT, figure_n(value->n, table->text.arena));
  if (value->stale) add_line(table, cell, TABLE_BAD, STR("out of date"));
  if (value->has_target) add_target(table, cell, metric, value);
}

/* The numbers show themselves that they are shares or times. */
static Str unit_words(const Metric *metric) {
  ValueType kind = quantity_kind_of_unit(metric->unit);
  return kind == V_SHARE || kind == V_DURATION ? STR("") : metric->unit;
}

static void add_metric(const ScoreTable *table, TableCell *cell, const Metric *metric) {
  static const char *const better[] = {"", "higher is better", "lower is better"};
  table_add(&table->text, cell, table->text.first_columns, TABLE_STRONG, metric->title);
  Str unit = unit_words(metric);
  Str facts = arena_format(table->text.arena, STR_FMT "%s%s", STR_ARG(unit), unit.len && metric->better ? ", " : "",
                           better[metric->better]);
  if (facts.len) table_add(&table->text, cell, table->text.first_columns, TABLE_FAINT, facts);
}

/* ---- tables ---- */

/* Column 0 is the whole journey, then come the stages. */
static const MetricValue *value_in(const MetricRow *row, uint32_t column) {
  return column ? &row->stages[column - 1] : &row->journey;
}

static Str heading(const ScoreTable *table, uint32_t column) {
  return column ? item_title(table->project, &table->journey->stages[column - 1].item, table->text.arena)
                : STR("Journey");
}

static bool says_something(const MetricRow *row, uint32_t from, uint32_t to) {
  for (uint32_t column = from; column < to; column++)
    if (value_in(row, column)->state != METRIC_NOTHING) return true;
  return false;
}

static bool is_measured(const ScoreTable *table, const MetricRow *row) {
  for (uint32_t column = 0; column <= table->journey->stage_count; column++) {
    MetricState state = value_in(row, column)->state;
    if (state == METRIC_MEASURED || state == METRIC_COUNTED) return true;
  }
  return false;
}

/* Those that somebody measured, or those that are computed from the map, with a line above that says so. */
static void add_group(const ScoreTable *table, TableCell *cells, bool measured, uint32_t from, uint32_t to) {
  bool any = false;
  for (uint32_t i = 0; i < table->table.count; i++) {
    const MetricRow *row = &table->table.rows[i];
    if (!says_something(row, from, to) || is_measured(table, row) != measured) continue;
    if (!any) table_text(&table->text, table->width, TABLE_FAINT, measured ? STR("Measured") : STR("From the map"));
    any = true;
    add_metric(table, &cells[0], &row->metric);
    for (uint32_t column = from; column < to; column++)
      add_value(table, &cells[column - from + 1], &row->metric, value_in(row, column));
    table_row(&table->text, cells, to - from + 1);
  }
}

static void add_band(const ScoreTable *table, uint32_t from, uint32_t to) {
  size_t count = to - from + 1;
  bool any = false;
  TableCell *cells = ARENA_ARRAY(table->text.arena, TableCell, count);
  for (uint32_t i = 0; i < table->table.count; i++) any = any || says_something(&table->table.rows[i], from, to);
  if (!any) return;
  buf_add_byte(table->text.to, '\n');
  for (uint32_t column = from; column < to; column++)
    table_add(&table->text, &cells[column - from + 1], table->text.value_columns, TABLE_STRONG, heading(table, column));
  table_row(&table->text, cells, count);
  table_rule(&table->text, count - 1);
  add_group(table, cells, true, from, to);
  add_group(table, cells, false, from, to);
}

/* Wide enough for the longest value and, as far as there is room, for the longest word of a heading. */
static int value_columns(const ScoreTable *table) {
  int columns = VALUE_LEAST;
  for (uint32_t column = 0; column <= table->journey->stage_count; column++) {
    Str rest = heading(table, column);
    while (rest.len) {
      int word = grid_columns(grid_text(table->text.arena, str_cut(&rest, ' '), table->text.ascii));
      if (word > columns) columns = word;
    }
    for (uint32_t i = 0; i < table->table.count; i++) {
      const MetricValue *value = value_in(&table->table.rows[i], column);
      int words = value->has_interval ? grid_columns(value_words(value, table->text.arena)) : 0;
      if (words > columns) columns = words;
      if (value->has_target && columns < (int)sizeof "target 100%" - 1) columns = (int)sizeof "target 100%" - 1;
    }
  }
  return columns < VALUE_MOST ? columns : VALUE_MOST;
}

/* ---- what stands behind ---- */

static Str stage_title(const ScoreTable *table, uint32_t stage) {
  return item_title(table->project, &table->journey->stages[stage].item, table->text.arena);
}

static Str step_title(const ScoreTable *table, uint32_t step) {
  return item_title(table->project, &table->journey->steps[step].item, table->text.arena);
}

static void add_heading(const ScoreTable *table, const char *text) {
  buf_add_byte(table->text.to, '\n');
  table_text(&table->text, table->width, TABLE_STRONG, str_of(text));
}

/* Measures of single steps, which have no column. */
static void add_steps(const ScoreTable *table) {
  bool any = false;
  for (uint32_t i = 0; i < table->table.count; i++) {
    const MetricRow *row = &table->table.rows[i];
    if (row->step_count && !any) {
      add_heading(table, "Measures of single steps");
      table_rule(&table->text, 1);
      any = true;
    }
    for (uint32_t s = 0; s < row->step_count; s++) {
      TableCell cells[2] = {{0}};
      table_add(&table->text, &cells[0], table->text.first_columns, TABLE_PLAIN, step_title(table, row->steps[s].step));
      table_add(&table->text, &cells[0], table->text.first_columns, TABLE_FAINT, row->metric.title);
      add_value(table, &cells[1], &row->metric, &row->steps[s].value);
      table_row(&table->text, cells, 2);
    }
  }
}

/* A line of its own, with what follows indented. */
static void add_note(const ScoreTable *table, Str text) {
  Str *lines;
  size_t count =
      grid_wrap(table->text.arena, grid_text(table->text.arena, text, table->text.ascii), table->width - 2, &lines);
  for (size_t i = 0; i < count; i++) {
    buf_add_c(table->text.to, i ? "  " : table->text.ascii ? "- " : "\u2022 ");
    buf_add(table->text.to, str_trim(lines[i]));
    buf_add_byte(table->text.to, '\n');
  }
}

static void note_contrast(const ScoreTable *table, const MetricRow *row, Contrast contrast, Str high, Str low,
                          const MetricValue *of_high, const MetricValue *of_low) {
  Arena *arena = table->text.arena;
  if (!contrast.exists) return;
  Str title = row->metric.title;
  if (contrast.differ)
    return add_note(table, arena_format(arena,
                                        STR_FMT ": \u201c" STR_FMT "\u201d is higher than \u201c" STR_FMT
                                                "\u201d by more than chance",
                                        STR_ARG(title), STR_ARG(high), STR_ARG(low)));
  Str at = STR("");
  if (of_high->has_n && of_low->has_n && of_high->n == of_low->n)
    at = arena_format(arena, " at n=%llu", (unsigned long long)of_high->n);
  else if (of_high->has_n && of_low->has_n)
    at = arena_format(arena, " at n=%llu and n=%llu", (unsigned long long)of_high->n, (unsigned long long)of_low->n);
  add_note(table, arena_format(arena,
                               STR_FMT ": \u201c" STR_FMT "\u201d and \u201c" STR_FMT
                                       "\u201d can\u2019t be told apart" STR_FMT,
                               STR_ARG(title), STR_ARG(high), STR_ARG(low), STR_ARG(at)));
}

static void note_odd_period(const ScoreTable *table, const MetricRow *row, const MetricValue *value, Str place) {
  Arena *arena = table->text.arena;
  uint32_t odd = odd_period(value);
  if (odd == NONE) return;
  const FigurePoint *point = &value->trend[odd];
  Quantity quantity = {value->value.kind, point->value, value->value.currency};
  add_note(table, arena_format(arena, STR_FMT STR_FMT ": " STR_FMT " stands out with " STR_FMT ", " STR_FMT,
                               STR_ARG(row->metric.title), STR_ARG(place), STR_ARG(point->period),
                               STR_ARG(quantity_text_within(quantity, point->low, point->high, arena)),
                               STR_ARG(figure_n(point->n, arena))));
}

/* Says one that is there; true where there is one that can't be told from chance. */
static bool note_trend(const ScoreTable *table, const MetricRow *row, const MetricValue *value, Str place) {
  Trend trend = trend_of(value);
  note_odd_period(table, row, value, place);
  if (trend != TREND_RISING && trend != TREND_FALLING) return trend == TREND_UNCLEAR;
  Str first = value->trend[0].period, last = value->trend[value->trend_count - 1].period;
  add_note(table, arena_format(table->text.arena, STR_FMT STR_FMT ": %s, from " STR_FMT " to " STR_FMT,
                               STR_ARG(row->metric.title), STR_ARG(place), trend == TREND_RISING ? "rising" : "falling",
                               STR_ARG(first), STR_ARG(last)));
  return false;
}

static Str at_place(const ScoreTable *table, Str title) {
  return arena_format(table->text.arena, " in \u201c" STR_FMT "\u201d", STR_ARG(title));
}

static void note_row(const ScoreTable *table, const MetricRow *row) {
  Contrast stages = contrast_of_stages(row, table->journey->stage_count), steps = contrast_of_steps(row);
  if (stages.exists)
    note_contrast(table, row, stages, stage_title(table, stages.high), stage_title(table, stages.low),
                  &row->stages[stages.high], &row->stages[stages.low]);
  if (steps.exists)
    note_contrast(table, row, steps, step_title(table, row->steps[steps.high].step),
                  step_title(table, row->steps[steps.low].step), &row->steps[steps.high].value,
                  &row->steps[steps.low].value);
  bool unclear = note_trend(table, row, &row->journey, STR(""));
  size_t before = table->text.to->len;
  for (uint32_t s = 0; s < table->journey->stage_count; s++)
    unclear |= note_trend(table, row, &row->stages[s], at_place(table, stage_title(table, s)));
  for (uint32_t s = 0; s < row->step_count; s++)
    unclear |= note_trend(table, row, &row->steps[s].value, at_place(table, step_title(table, row->steps[s].step)));
  if (unclear)
    add_note(table, arena_format(table->text.arena, STR_FMT ": no %strend that could be told from chance",
                                 STR_ARG(row->metric.title), table->text.to->len > before ? "other " : ""));
}

/* Which differences the numbers support. */
static void add_notes(const ScoreTable *table) {
  Buf notes = {0}, *to = table->text.to;
  ScoreTable inner = *table;
  inner.text.to = &notes;
  for (uint32_t i = 0; i < table->table.count; i++) note_row(&inner, &table->table.rows[i]);
  if (notes.len) add_heading(table, "How sure these numbers are");
  buf_add(to, buf_str(&notes));
  buf_free(&notes);
}

static void add_failures(const ScoreTable *table) {
  bool untried = false;
  for (uint32_t i = 0; i < table->table.count; i++) {
    const MetricRow *row = &table->table.rows[i];
    if (!row->failure.message.len || (untried && row->failure.is_untried)) continue;
    untried |= row->failure.is_untried;
    Str text =
        arena_format(table->text.arena, "\"" STR_FMT "\" fails: " STR_FMT, STR_ARG(row->metric.id),
                     STR_ARG(excerpt_name(table->text.arena, metric_failure_words(row->failure, table->text.arena))));
    buf_add_byte(table->text.to, '\n');
    table_text(&table->text, table->width, TABLE_BAD, text);
  }
}

void score_write_text(const Project *project, const Journey *journey, MetricTable rows, TerminalStyle style, Buf *to) {
  if (style.width < NARROWEST) style.width = NARROWEST;
  ScoreTable table = {project, journey, rows, style.width, {arena_new(), to, style.colour, style.ascii, 0, 0}};
  table.text.value_columns = value_columns(&table);
  table.text.first_columns = style.width - table.text.value_columns - TABLE_GAP;
  if (table.text.first_columns > METRIC_COLUMNS) table.text.first_columns = METRIC_COLUMNS;
  table_text(&table.text, style.width, TABLE_STRONG, item_title(project, &journey->item, table.text.arena));
  uint32_t columns = journey->stage_count + 1,
           fit = (uint32_t)((style.width - table.text.first_columns) / (table.text.value_columns + TABLE_GAP));
  for (uint32_t from = 0; from < columns; from += fit)
    add_band(&table, from, from + fit < columns ? from + fit : columns);
  if (!rows.count) buf_add_c(to, "\nNothing is measured or computed here yet.\n");
  add_steps(&table);
  add_notes(&table);
  add_failures(&table);
  arena_free(table.text.arena);
}

/* ---- the project, personas, teams ---- */

typedef struct {
  ScoreTable table;
  const MetricPart *parts;
  uint32_t count;
  Place *places; /* a column each */
  uint32_t place_count;
} PartTable;

static bool is_place(Place a, Place b) { return a.kind == b.kind && (a.kind == PLACE_PROJECT || ref_is(a.at, b.at)); }

static void find_columns(PartTable *parts, PlaceKind kind) {
  parts->places = ARENA_ARRAY(parts->table.text.arena, Place, parts->count);
  parts->place_count = 0;
  for (uint32_t i = 0; i < parts->count; i++) {
    Place place = parts->parts[i].place;
    bool is_new = !parts->place_count || !is_place(parts->places[parts->place_count - 1], place);
    if (place.kind == kind && is_new) parts->places[parts->place_count++] = place;
  }
}

static Str column_title(const PartTable *parts, uint32_t column) {
  const Project *project = parts->table.project;
  Place place = parts->places[column];
  if (place.kind == PLACE_PROJECT) return project->settings.title.len ? project->settings.title : STR("Project");
  Item item = item_of(place.at);
  return item_title(project, &item, parts->table.text.arena);
}

static const MetricPart *part_at(const PartTable *parts, const Metric *metric, Place place) {
  for (uint32_t i = 0; i < parts->count; i++)
    if (ref_is(parts->parts[i].metric.at, metric->at) && is_place(parts->parts[i].place, place))
      return &parts->parts[i];
  return NULL;
}

static void add_part_row(const PartTable *parts, const Metric *metric, TableCell *cells, uint32_t from, uint32_t to) {
  add_metric(&parts->table, &cells[0], metric);
  for (uint32_t column = from; column < to; column++) {
    const MetricPart *part = part_at(parts, metric, parts->places[column]);
    MetricValue nothing = {.state = METRIC_NOTHING};
    add_value(&parts->table, &cells[column - from + 1], metric, part ? &part->value : &nothing);
  }
  table_row(&parts->table.text, cells, to - from + 1);
}

static int by_declaration(const void *left, const void *right) {
  return ref_compare(&(*(const Metric *const *)left)->at, &(*(const Metric *const *)right)->at);
}

/* All that say something of places of that kind, each once, in the order of declarations. */
static uint32_t part_metrics(const PartTable *parts, PlaceKind kind, const Metric ***metrics) {
  uint32_t count = 0, kept = 0;
  const Metric **list = *metrics = ARENA_ARRAY(parts->table.text.arena, const Metric *, parts->count);
  for (uint32_t i = 0; i < parts->count; i++)
    if (parts->parts[i].place.kind == kind) list[count++] = &parts->parts[i].metric;
  if (count) qsort(list, count, sizeof *list, by_declaration);
  for (uint32_t i = 0; i < count; i++)
    if (!kept || !ref_is(list[kept - 1]->at, list[i]->at)) list[kept++] = list[i];
  return kept;
}

/* A row for each metric that any of the columns has something of. */
static void add_part_band(const PartTable *parts, PlaceKind kind, uint32_t from, uint32_t to) {
  const TextTable *text = &parts->table.text;
  TableCell *cells = ARENA_ARRAY(text->arena, TableCell, to - from + 1);
  static const char *const headings[] = {"", "", "", "All maps", "Personas", "Teams"};
  table_add(text, &cells[0], text->first_columns, TABLE_STRONG, str_of(headings[kind]));
  for (uint32_t column = from; column < to; column++)
    table_add(text, &cells[column - from + 1], text->value_columns, TABLE_STRONG, column_title(parts, column));
  table_row(text, cells, to - from + 1);
  table_rule(text, to - from);
  const Metric **metrics;
  uint32_t count = part_metrics(parts, kind, &metrics);
  for (uint32_t i = 0; i < count; i++) add_part_row(parts, metrics[i], cells, from, to);
}

static int part_columns(const PartTable *parts) {
  int columns = VALUE_LEAST;
  for (uint32_t column = 0; column < parts->place_count; column++) {
    Str rest = column_title(parts, column);
    while (rest.len) {
      int word = grid_columns(grid_text(parts->table.text.arena, str_cut(&rest, ' '), parts->table.text.ascii));
      if (word > columns) columns = word;
    }
  }
  return columns < VALUE_MOST ? columns : VALUE_MOST;
}

void score_write_parts_text(const Project *project, const MetricPart *list, uint32_t count, TerminalStyle style,
                            Buf *to) {
  if (style.width < NARROWEST) style.width = NARROWEST;
  ScoreTable table = {project, NULL, {0}, style.width, {arena_new(), to, style.colour, style.ascii, 0, 0}};
  PartTable parts = {table, list, count, NULL, 0};
  bool any = false;
  for (PlaceKind kind = PLACE_PROJECT; kind <= PLACE_TEAM; kind++) {
    TextTable *text = &parts.table.text;
    find_columns(&parts, kind);
    text->value_columns = part_columns(&parts);
    text->first_columns = style.width - text->value_columns - TABLE_GAP;
    if (text->first_columns > METRIC_COLUMNS) text->first_columns = METRIC_COLUMNS;
    uint32_t fit = (uint32_t)((style.width - text->first_columns) / (text->value_columns + TABLE_GAP));
    for (uint32_t from = 0; from < parts.place_count; from += fit) {
      if (any) buf_add_byte(to, '\n');
      any = true;
      add_part_band(&parts, kind, from, from + fit < parts.place_count ? from + fit : parts.place_count);
    }
  }
  arena_free(table.text.arena);
}
