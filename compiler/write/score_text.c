#include "write/score.h"
#include "write/terminal_grid.h"
#include "write/text_table.h"

enum { NARROWEST = 30, METRIC_COLUMNS = 30, VALUE_MOST = 16, VALUE_LEAST = 7 };

typedef struct {
  const Project *project;
  const Journey *journey;
  MetricTable table;
  int width;
  TextTable text;
} Table;

/* ---- cells ---- */

static bool meets(const Metric *metric, const MetricValue *value) {
  return metric->better == BETTER_LOWER ? value->value.number <= value->target.number
                                        : value->value.number >= value->target.number;
}

static void add_target(const Table *table, TableCell *cell, const Metric *metric, const MetricValue *value) {
  Str target = quantity_text(value->target, table->text.arena);
  bool comparable = metric->better != BETTER_UNKNOWN && value->value.kind == value->target.kind &&
                    str_is(value->value.currency, value->target.currency);
  table_add(&table->text, cell, table->text.value_columns, TABLE_FAINT,
            arena_format(table->text.arena, "target " STR_FMT, STR_ARG(target)));
  if (!comparable) return;
  bool met = meets(metric, value);
  table_add(&table->text, cell, table->text.value_columns, met ? TABLE_GOOD : TABLE_BAD,
            met ? STR("met") : STR("missed"));
}

static void add_value(const Table *table, TableCell *cell, const Metric *metric, const MetricValue *value) {
  if (value->state == METRIC_NOTHING)
    table_add(&table->text, cell, table->text.value_columns, TABLE_FAINT, STR("\u2013"));
  else if (value->state == METRIC_FAILED)
    table_add(&table->text, cell, table->text.value_columns, TABLE_BAD, STR("fails"));
  else
    table_add(&table->text, cell, table->text.value_columns, TABLE_PLAIN,
              quantity_text(value->value, table->text.arena));
  if (value->has_target) add_target(table, cell, metric, value);
}

static void add_metric(const Table *table, TableCell *cell, const Metric *metric) {
  static const char *const better[] = {"", "higher is better", "lower is better"};
  table_add(&table->text, cell, table->text.first_columns, TABLE_STRONG, metric->title);
  Buf facts = {0};
  buf_add(&facts, metric->unit);
  if (metric->unit.len && metric->better) buf_add(&facts, STR(", "));
  buf_add_c(&facts, better[metric->better]);
  if (facts.len) table_add(&table->text, cell, table->text.first_columns, TABLE_FAINT, buf_str(&facts));
  buf_free(&facts);
}

/* ---- tables ---- */

/* Column 0 is the whole journey, then come the stages. */
static const MetricValue *value_in(const MetricRow *row, uint32_t column) {
  return column ? &row->stages[column - 1] : &row->journey;
}

static Str heading(const Table *table, uint32_t column) {
  return column ? item_title(table->project, &table->journey->stages[column - 1].item, table->text.arena)
                : STR("Journey");
}

static bool says_something(const MetricRow *row, uint32_t from, uint32_t to) {
  for (uint32_t column = from; column < to; column++)
    if (value_in(row, column)->state != METRIC_NOTHING) return true;
  return false;
}

static void add_band(const Table *table, uint32_t from, uint32_t to) {
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
  for (uint32_t i = 0; i < table->table.count; i++) {
    const MetricRow *row = &table->table.rows[i];
    if (!says_something(row, from, to)) continue;
    add_metric(table, &cells[0], &row->metric);
    for (uint32_t column = from; column < to; column++)
      add_value(table, &cells[column - from + 1], &row->metric, value_in(row, column));
    table_row(&table->text, cells, count);
  }
}

/* Wide enough for the longest value and, as far as there is room, for the longest word of a heading. */
static int value_columns(const Table *table) {
  int columns = VALUE_LEAST;
  for (uint32_t column = 0; column <= table->journey->stage_count; column++) {
    Str rest = heading(table, column);
    while (rest.len) {
      int word = grid_columns(grid_text(table->text.arena, str_cut(&rest, ' '), table->text.ascii));
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
    if (!row->failure.message.len) continue;
    Str text = arena_format(table->text.arena, "\"" STR_FMT "\" fails: " STR_FMT, STR_ARG(row->metric.id),
                            STR_ARG(metric_failure_words(row->failure, table->text.arena)));
    buf_add_byte(table->text.to, '\n');
    table_text(&table->text, table->width, TABLE_BAD, text);
  }
}

void score_write_text(const Project *project, const Journey *journey, MetricTable rows, TerminalStyle style, Buf *to) {
  if (style.width < NARROWEST) style.width = NARROWEST;
  Table table = {project, journey, rows, style.width, {arena_new(), to, style.colour, style.ascii, 0, 0}};
  table.text.value_columns = value_columns(&table);
  table.text.first_columns = style.width - table.text.value_columns - TABLE_GAP;
  if (table.text.first_columns > METRIC_COLUMNS) table.text.first_columns = METRIC_COLUMNS;
  table_text(&table.text, style.width, TABLE_STRONG, item_title(project, &journey->item, table.text.arena));
  uint32_t columns = journey->stage_count + 1,
           fit = (uint32_t)((style.width - table.text.first_columns) / (table.text.value_columns + TABLE_GAP));
  for (uint32_t from = 0; from < columns; from += fit)
    add_band(&table, from, from + fit < columns ? from + fit : columns);
  if (!rows.count) buf_add_c(to, "\nNothing is measured or computed here yet.\n");
  add_failures(&table);
  arena_free(table.text.arena);
}
