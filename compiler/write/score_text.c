#include "base/vec.h"
#include "write/score.h"
#include "write/terminal_grid.h"

typedef enum { INK_PLAIN, INK_STRONG, INK_FAINT, INK_GOOD, INK_BAD } Ink;

typedef struct {
  Str text;
  Ink ink;
} Line;
typedef VEC(Line) Cell;

enum { NARROWEST = 30, METRIC_COLUMNS = 30, VALUE_MOST = 16, VALUE_LEAST = 7, GAP = 2 };

typedef struct {
  const Project *project;
  const Journey *journey;
  MetricTable table;
  ScoreStyle style;
  Arena *arena;
  Buf *to;
  int metric_columns, value_columns;
} Table;

/* ---- cells ---- */

static void cell_add(const Table *table, Cell *cell, int columns, Ink ink, Str text) {
  Str *lines;
  size_t count = grid_wrap(table->arena, grid_text(table->arena, text, table->style.ascii), columns, &lines);
  for (size_t i = 0; i < count; i++) vec_push(cell, (Line){str_trim(lines[i]), ink});
}

static bool meets(const Metric *metric, const MetricValue *value) {
  return metric->better == BETTER_LOWER ? value->value.number <= value->target.number
                                        : value->value.number >= value->target.number;
}

static void add_target(const Table *table, Cell *cell, const Metric *metric, const MetricValue *value) {
  Str target = quantity_text(value->target, table->arena);
  bool comparable = metric->better != BETTER_UNKNOWN && value->value.kind == value->target.kind &&
                    str_is(value->value.currency, value->target.currency);
  cell_add(table, cell, table->value_columns, INK_FAINT,
           arena_format(table->arena, "target " STR_FMT, STR_ARG(target)));
  if (!comparable) return;
  bool met = meets(metric, value);
  cell_add(table, cell, table->value_columns, met ? INK_GOOD : INK_BAD, met ? STR("met") : STR("missed"));
}

static void add_value(const Table *table, Cell *cell, const Metric *metric, const MetricValue *value) {
  if (value->state == METRIC_NOTHING) cell_add(table, cell, table->value_columns, INK_FAINT, STR("\u2013"));
  else if (value->state == METRIC_FAILED) cell_add(table, cell, table->value_columns, INK_BAD, STR("fails"));
  else cell_add(table, cell, table->value_columns, INK_PLAIN, quantity_text(value->value, table->arena));
  if (value->has_target) add_target(table, cell, metric, value);
}

static void add_metric(const Table *table, Cell *cell, const Metric *metric) {
  static const char *const better[] = {"", "higher is better", "lower is better"};
  cell_add(table, cell, table->metric_columns, INK_STRONG, metric->title);
  Buf facts = {0};
  buf_add(&facts, metric->unit);
  if (metric->unit.len && metric->better) buf_add(&facts, STR(", "));
  buf_add_c(&facts, better[metric->better]);
  if (facts.len) cell_add(table, cell, table->metric_columns, INK_FAINT, buf_str(&facts));
  buf_free(&facts);
}

/* ---- lines ---- */

static void add_inked(const Table *table, Line line) {
  static const char *const codes[] = {"", "\033[1m", "\033[2m", "\033[32m", "\033[31m"};
  bool inked = table->style.colour && line.ink != INK_PLAIN && line.text.len;
  if (inked) buf_add_c(table->to, codes[line.ink]);
  buf_add(table->to, line.text);
  if (inked) buf_add(table->to, STR("\033[0m"));
}

static void end_line(const Table *table) {
  while (table->to->len && table->to->at[table->to->len - 1] == ' ') table->to->len--;
  buf_add_byte(table->to, '\n');
}

/* Cells side by side: the first to the left, the others to the right of their columns. Frees them. */
static void add_row(const Table *table, Cell *cells, size_t count) {
  size_t height = 0;
  for (size_t c = 0; c < count; c++) height = cells[c].len > height ? cells[c].len : height;
  for (size_t i = 0; i < height; i++) {
    for (size_t c = 0; c < count; c++) {
      Line line = i < cells[c].len ? cells[c].at[i] : (Line){STR(""), INK_PLAIN};
      int columns = c ? table->value_columns : table->metric_columns, used = grid_columns(line.text);
      size_t space = used < columns ? (size_t)(columns - used) : 0;
      if (c) buf_repeat(table->to, STR(" "), space + GAP);
      add_inked(table, line);
      if (!c) buf_repeat(table->to, STR(" "), space);
    }
    end_line(table);
  }
  for (size_t c = 0; c < count; c++) vec_free(&cells[c]);
}

static void add_rule(const Table *table, size_t values) {
  size_t columns = (size_t)table->metric_columns + values * (size_t)(table->value_columns + GAP);
  buf_repeat(table->to, table->style.ascii ? STR("-") : STR("\u2500"), columns);
  end_line(table);
}

/* ---- tables ---- */

/* Column 0 is the whole journey, then come the stages. */
static const MetricValue *value_in(const MetricRow *row, uint32_t column) {
  return column ? &row->stages[column - 1] : &row->journey;
}

static Str heading(const Table *table, uint32_t column) {
  return column ? item_title(table->project, &table->journey->stages[column - 1].item, table->arena) : STR("Journey");
}

static bool says_something(const MetricRow *row, uint32_t from, uint32_t to) {
  for (uint32_t column = from; column < to; column++)
    if (value_in(row, column)->state != METRIC_NOTHING) return true;
  return false;
}

static void add_band(const Table *table, uint32_t from, uint32_t to) {
  size_t count = to - from + 1;
  bool any = false;
  Cell *cells = ARENA_ARRAY(table->arena, Cell, count);
  for (uint32_t i = 0; i < table->table.count; i++) any = any || says_something(&table->table.rows[i], from, to);
  if (!any) return;
  buf_add_byte(table->to, '\n');
  for (uint32_t column = from; column < to; column++)
    cell_add(table, &cells[column - from + 1], table->value_columns, INK_STRONG, heading(table, column));
  add_row(table, cells, count);
  add_rule(table, count - 1);
  for (uint32_t i = 0; i < table->table.count; i++) {
    const MetricRow *row = &table->table.rows[i];
    if (!says_something(row, from, to)) continue;
    add_metric(table, &cells[0], &row->metric);
    for (uint32_t column = from; column < to; column++)
      add_value(table, &cells[column - from + 1], &row->metric, value_in(row, column));
    add_row(table, cells, count);
  }
}

/* Wide enough for the longest value and, as far as there is room, for the longest word of a heading. */
static int value_columns(const Table *table) {
  int columns = VALUE_LEAST;
  for (uint32_t column = 0; column <= table->journey->stage_count; column++) {
    Str rest = heading(table, column);
    while (rest.len) {
      int word = grid_columns(grid_text(table->arena, str_cut(&rest, ' '), table->style.ascii));
      if (word > columns) columns = word;
    }
    for (uint32_t i = 0; i < table->table.count; i++) {
      const MetricValue *value = value_in(&table->table.rows[i], column);
      if (value->has_target && columns < (int)sizeof "target 100%" - 1) columns = (int)sizeof "target 100%" - 1;
    }
  }
  return columns < VALUE_MOST ? columns : VALUE_MOST;
}

static void add_failures(const Table *table) {
  for (uint32_t i = 0; i < table->table.count; i++) {
    const MetricRow *row = &table->table.rows[i];
    if (!row->failure.len) continue;
    Cell cell = {0};
    Str text =
        arena_format(table->arena, "\"" STR_FMT "\" fails: " STR_FMT, STR_ARG(row->metric.id), STR_ARG(row->failure));
    cell_add(table, &cell, table->style.width, INK_BAD, text);
    buf_add_byte(table->to, '\n');
    add_row(table, &cell, 1);
  }
}

void score_write_text(const Project *project, const Journey *journey, MetricTable rows, ScoreStyle style, Buf *to) {
  if (style.width < NARROWEST) style.width = NARROWEST;
  Table table = {project, journey, rows, style, arena_new(), to, 0, 0};
  table.value_columns = value_columns(&table);
  table.metric_columns = style.width - table.value_columns - GAP;
  if (table.metric_columns > METRIC_COLUMNS) table.metric_columns = METRIC_COLUMNS;
  Cell title = {0};
  cell_add(&table, &title, style.width, INK_STRONG, item_title(project, &journey->item, table.arena));
  add_row(&table, &title, 1);
  uint32_t columns = journey->stage_count + 1,
           fit = (uint32_t)((style.width - table.metric_columns) / (table.value_columns + GAP));
  for (uint32_t from = 0; from < columns; from += fit)
    add_band(&table, from, from + fit < columns ? from + fit : columns);
  if (!rows.count) buf_add_c(to, "\nNothing is measured or computed here yet.\n");
  add_failures(&table);
  arena_free(table.arena);
}
