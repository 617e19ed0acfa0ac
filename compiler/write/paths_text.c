#include <math.h>

#include "view/flow_words.h"
#include "write/paths.h"
#include "write/text_table.h"

enum {
  NARROWEST = 60,
  VALUE_COLUMNS = 11,
  CHANGE_COLUMNS = 15,
  STEP_LEAST = 28,
  STEP_MOST = 50,

  MOST_NAMED = 3
};

typedef enum { COLUMN_REACH, COLUMN_VISITS, COLUMN_LEAVES, COLUMN_UNACCOUNTED, COLUMN_REMOVAL, COLUMNS } Column;

typedef struct {
  const Project *project;
  const JourneyPaths *paths;
  const Flow *flow, *base; /* base: NULL where there is none */
  const uint32_t *alike;   /* of each step: the one of the base */
  Column columns[COLUMNS];
  size_t column_count;
  int width;
  TextTable text;
} Table;

/* ---- numbers ---- */

static Str number_text(const Table *table, double value, int decimals) {
  Buf out = {0};
  buf_number(&out, value, decimals);
  return buf_take(&out, table->text.arena);
}

static bool is_share(Column column) { return column != COLUMN_VISITS; }

static Str value_text(const Table *table, Column column, double value) {
  enum { MILLION = 1000000 };
  if (isnan(value)) return STR("\u2013");
  if (is_share(column))
    return arena_format(table->text.arena, STR_FMT "%%", STR_ARG(flow_hundred(value, table->text.arena)));
  if (isinf(value)) return STR("never ends");
  return value > MILLION ? STR("over a million") : number_text(table, value, 2);
}

static double value_of(const ChainStep *step, Column column) {
  const double values[] = {step->reach, step->visits, step->leaves, step->unaccounted, step->removal};
  return values[column];
}

/* "+12.1" */
static Str change_text(const Table *table, Column column, double from, double to) {
  double change = (to - from) * (is_share(column) ? 100 : 1);
  Str size = number_text(table, fabs(change), is_share(column) ? 1 : 2);
  if (str_is_c(size, "0")) return STR("");
  return arena_format(table->text.arena, "%s" STR_FMT, change > 0 ? "+" : "\u2212", STR_ARG(size));
}

/* ---- what becomes of all ---- */

static Str step_title(const Table *table, uint32_t step) {
  return item_title(table->project, &table->paths->flows.journey->steps[step].item, table->text.arena);
}

static void say_ends(const Table *table) {
  table_text(&table->text, table->width, TABLE_PLAIN, flow_summary(&table->flow->result, table->text.arena));
}

/* The steps at which most leave, the first of them first. */
static uint32_t find_most(const Table *table, uint32_t *most) {
  const ChainStep *steps = table->flow->result.steps;
  uint32_t count = 0;
  for (uint32_t i = 0; i < table->flow->chain.step_count; i++) {
    if (steps[i].leaves <= 0) continue;
    uint32_t at = count < MOST_NAMED ? count++ : MOST_NAMED;
    for (; at > 0 && steps[i].leaves > steps[most[at - 1]].leaves; at--)
      if (at < MOST_NAMED) most[at] = most[at - 1];
    if (at < MOST_NAMED) most[at] = i;
  }
  return count;
}

static void say_most(const Table *table) {
  uint32_t most[MOST_NAMED], count = find_most(table, most);
  if (count == 0) return;
  Buf out = {0};
  buf_add_c(&out, "Most leave at ");
  for (uint32_t i = 0; i < count; i++)
    buf_printf(&out, "%s\"" STR_FMT "\" (" STR_FMT ")",
               i == 0           ? ""
               : i + 1 == count ? " and "
                                : ", ",
               STR_ARG(step_title(table, most[i])),
               STR_ARG(flow_hundred(table->flow->result.steps[most[i]].leaves, table->text.arena)));
  buf_add_byte(&out, '.');
  table_text(&table->text, table->width, TABLE_PLAIN, buf_str(&out));
  buf_free(&out);
}

static void say_change(const Table *table) {
  if (!table->base) return;
  const ChainResult *now = &table->flow->result, *before = &table->base->result;
  double more = now->completes - before->completes;
  Str base = item_title(table->project, &table->paths->base.journey->item, table->text.arena);
  table_text(&table->text, table->width,
             fabs(more) < 0.0005 ? TABLE_PLAIN
             : more > 0          ? TABLE_GOOD
                                 : TABLE_BAD,
             flow_against(now, before, base, table->text.arena));
}

/* ---- the table ---- */

static void add_value(const Table *table, TableCell *cell, Column column, double value, const double *before) {
  int columns = table->text.value_columns;
  bool none = value == 0 && column != COLUMN_REACH && column != COLUMN_VISITS;
  table_add(&table->text, cell, columns, none ? TABLE_FAINT : TABLE_PLAIN,
            none ? STR("\u2013") : value_text(table, column, value));
  if (!before || !isfinite(value) || !isfinite(*before)) return;
  Str change = change_text(table, column, *before, value);
  if (change.len == 0) return;
  table_add(&table->text, cell, columns, TABLE_FAINT,
            arena_format(table->text.arena, "was " STR_FMT " " STR_FMT, STR_ARG(value_text(table, column, *before)),
                         STR_ARG(change)));
}

static void add_step(const Table *table, uint32_t number) {
  TableCell cells[COLUMNS + 1] = {0};
  const ChainStep *step = &table->flow->result.steps[number], *before = NULL;
  if (table->base && table->alike[number] != NONE) before = &table->base->result.steps[table->alike[number]];
  table_add(&table->text, &cells[0], table->text.first_columns - 2, TABLE_PLAIN, step_title(table, number));
  if (table->base && !before) table_add(&table->text, &cells[0], table->text.first_columns, TABLE_FAINT, STR("new"));
  for (size_t i = 0; i < cells[0].len; i++)
    cells[0].at[i].text = arena_format(table->text.arena, "  " STR_FMT, STR_ARG(cells[0].at[i].text));
  for (size_t i = 0; i < table->column_count; i++) {
    Column column = table->columns[i];
    double was = before ? value_of(before, column) : 0;
    add_value(table, &cells[i + 1], column, value_of(step, column), before ? &was : NULL);
  }
  table_row(&table->text, cells, table->column_count + 1);
}

static void add_heading(const Table *table) {
  static const char *const names[] = {"come here", "visits", "leave here", "not accounted for", "lost without it"};
  TableCell cells[COLUMNS + 1] = {0};
  for (size_t i = 0; i < table->column_count; i++)
    table_add(&table->text, &cells[i + 1], table->text.value_columns, TABLE_STRONG, str_of(names[table->columns[i]]));
  table_row(&table->text, cells, table->column_count + 1);
  table_rule(&table->text, table->column_count);
}

static void add_steps(const Table *table) {
  const Journey *journey = table->paths->flows.journey;
  add_heading(table);
  for (uint32_t s = 0; s < journey->stage_count; s++) {
    const Stage *stage = &journey->stages[s];
    if (stage->step_count == 0) continue;
    TableCell cell = {0};
    table_add(&table->text, &cell, table->text.first_columns, TABLE_STRONG,
              item_title(table->project, &stage->item, table->text.arena));
    table_row(&table->text, &cell, 1);
    for (uint32_t i = 0; i < stage->step_count; i++) add_step(table, stage->first_step + i);
  }
}

static void drop_column(Table *table, Column column) {
  size_t kept = 0;
  for (size_t i = 0; i < table->column_count; i++)
    if (table->columns[i] != column) table->columns[kept++] = table->columns[i];
  table->column_count = kept;
}

static int room_beside(const Table *table, int value_columns) {
  return table->width - (int)table->column_count * (value_columns + TABLE_GAP);
}

static void choose_columns(Table *table) {
  for (Column column = 0; column < COLUMNS; column++) {
    bool any = column != COLUMN_UNACCOUNTED;
    for (uint32_t i = 0; i < table->flow->chain.step_count && !any; i++)
      any = value_of(&table->flow->result.steps[i], column) > 0;
    if (any) table->columns[table->column_count++] = column;
  }
  if (room_beside(table, VALUE_COLUMNS) < STEP_LEAST) drop_column(table, COLUMN_VISITS);
  if (room_beside(table, VALUE_COLUMNS) < STEP_LEAST / 2) drop_column(table, COLUMN_REMOVAL);
  /* "was 33.9% +17.4" on one line */
  bool beside = table->base && room_beside(table, CHANGE_COLUMNS) >= STEP_LEAST;
  table->text.value_columns = beside ? CHANGE_COLUMNS : VALUE_COLUMNS;
  int room = room_beside(table, table->text.value_columns);
  table->text.first_columns = room < STEP_MOST ? room : STEP_MOST;
}

static void write_flow(Table table) {
  Str title = flow_title(table.project, table.flow, table.text.arena);
  choose_columns(&table);
  buf_add_byte(table.text.to, '\n');
  if (title.len > 0) table_text(&table.text, table.width, TABLE_STRONG, title);
  if (table.paths->flows.graph.arrow_count == 0) {
    table_text(&table.text, table.width, TABLE_FAINT,
               STR("No path is written here: all walk from the first step to the last. What branches is said with "
                   "arrows: path { demo -> contract 60% }"));
    if (!table.base) return;
  }
  say_ends(&table);
  say_most(&table);
  say_change(&table);
  buf_add_byte(table.text.to, '\n');
  add_steps(&table);
}

void paths_write_text(const Project *project, const JourneyPaths *paths, TerminalStyle style, Buf *to) {
  Arena *arena = arena_new();
  const Journey *journey = paths->flows.journey, *base = paths->base.journey;
  Table table = {.project = project,
                 .paths = paths,
                 .alike = base ? flow_steps_alike(journey, base, arena) : NULL,
                 .width = style.width < NARROWEST ? NARROWEST : style.width,
                 .text = {.arena = arena, .to = to, .colour = style.colour, .ascii = style.ascii}};
  table_text(&table.text, table.width, TABLE_STRONG, item_title(project, &journey->item, arena));
  for (uint32_t i = 0; i < paths->flows.count; i++) {
    table.flow = &paths->flows.at[i];
    table.base = base ? flow_alike(project, &paths->flows, i, &paths->base) : NULL;
    write_flow(table);
  }
  arena_free(arena);
}
