#include "write/text_table.h"

#include "write/terminal_grid.h"

void table_add(const TextTable *table, TableCell *cell, int columns, TableInk ink, Str text) {
  Str *lines;
  size_t count = grid_wrap(table->arena, grid_text(table->arena, text, table->ascii), columns, &lines);
  for (size_t i = 0; i < count; i++) vec_push(cell, (TableLine){str_trim(lines[i]), ink});
}

static void add_inked(const TextTable *table, TableLine line) {
  static const char *const codes[] = {"", "\033[1m", "\033[2m", "\033[32m", "\033[31m"};
  bool inked = table->colour && line.ink != TABLE_PLAIN && line.text.len;
  if (inked) buf_add_c(table->to, codes[line.ink]);
  buf_add(table->to, line.text);
  if (inked) buf_add(table->to, STR("\033[0m"));
}

static void end_line(const TextTable *table) {
  while (table->to->len && table->to->at[table->to->len - 1] == ' ') table->to->len--;
  buf_add_byte(table->to, '\n');
}

void table_row(const TextTable *table, TableCell *cells, size_t count) {
  size_t height = 0;
  for (size_t c = 0; c < count; c++) height = cells[c].len > height ? cells[c].len : height;
  for (size_t i = 0; i < height; i++) {
    for (size_t c = 0; c < count; c++) {
      TableLine line = i < cells[c].len ? cells[c].at[i] : (TableLine){STR(""), TABLE_PLAIN};
      int columns = c ? table->value_columns : table->first_columns, used = grid_columns(line.text);
      size_t space = used < columns ? (size_t)(columns - used) : 0;
      if (c) buf_repeat(table->to, STR(" "), space + TABLE_GAP);
      add_inked(table, line);
      if (!c) buf_repeat(table->to, STR(" "), space);
    }
    end_line(table);
  }
  for (size_t c = 0; c < count; c++) vec_free(&cells[c]);
}

void table_rule(const TextTable *table, size_t values) {
  size_t columns = (size_t)table->first_columns + values * (size_t)(table->value_columns + TABLE_GAP);
  buf_repeat(table->to, table->ascii ? STR("-") : STR("\u2500"), columns);
  end_line(table);
}

void table_text(const TextTable *table, int width, TableInk ink, Str text) {
  TableCell cell = {0};
  table_add(table, &cell, width, ink, text);
  table_row(table, &cell, 1);
}
