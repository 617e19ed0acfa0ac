/* The rows of a file once more, for whoever wants each of them. */
#include "evidence/build.h"

Table *evidence_open(const Project *p, const EvidenceFile *file, Arena *arena, Str *why) {
  return table_open_text(arena, file->path.at, project_text(p, file->path), &file->dialect, why);
}

struct EvidenceRows {
  Table *table;
  TableDialect dialect;
  Filter *filters;
  uint32_t filter_count;
  Buf scratch;
  Str cells[MOST_CELLS];
};

/* Columns that are not among the first are read behind them. */
static void read_filters(EvidenceRows *rows, const Project *p, const EvidenceFile *file, size_t *selected,
                         size_t *count, Arena *arena) {
  const Unit *unit = project_unit(p, file->evidence);
  uint32_t most = 0;
  for (uint32_t at = unit_first_child(unit, file->evidence.at); at != NONE; at = unit_next_sibling(unit, at)) most++;
  rows->filters = ARENA_ARRAY(arena, Filter, most);
  for (uint32_t at = unit_first_child(unit, file->evidence.at); at != NONE; at = unit_next_sibling(unit, at)) {
    if (unit->statements[at].keyword != K_WHERE || !unit_value(unit, at, 2)) continue;
    Filter filter = {0};
    long column = table_find(rows->table, unit_text_of(unit, arena, at, 0));
    if (!filter_read(&filter, p, (Ref){unit->number, at}, &rows->dialect, arena) || column < 0) continue;
    filter.column = (size_t)column, filter.cell = (uint32_t)column;
    if (filter.cell >= *count) filter.cell = (uint32_t)(*count - 1), selected[filter.cell] = filter.column;
    rows->filters[rows->filter_count++] = filter;
  }
}

EvidenceRows *evidence_rows(const Project *p, const EvidenceFile *file, Arena *arena, Str *why) {
  size_t selected[MOST_CELLS], count = file->column_count < MOST_CELLS ? file->column_count : MOST_CELLS;
  *why = STR("it could not be read");
  Table *table = file->is_read ? evidence_open(p, file, arena, why) : NULL;
  if (!table) return NULL;
  EvidenceRows *rows = ARENA_NEW(arena, EvidenceRows);
  *rows = (EvidenceRows){.table = table, .dialect = *table_dialect(table)};
  for (size_t i = 0; i < count; i++) selected[i] = i;
  if (count > 0) read_filters(rows, p, file, selected, &count, arena);
  table_select(table, selected, count);
  return rows;
}

static bool counts(EvidenceRows *rows) {
  for (uint32_t i = 0; i < rows->filter_count; i++)
    if (!filter_holds(&rows->filters[i], &rows->dialect, rows->cells[rows->filters[i].cell], &rows->scratch))
      return false;
  return true;
}

bool evidence_rows_next(EvidenceRows *rows, const Str **cells, uint64_t *line) {
  Str why;
  for (;;) {
    TableStep step = table_next(rows->table, rows->cells, line, &why);
    if (step == TABLE_END || step == TABLE_BROKEN) return false;
    if (step == TABLE_BAD_ROW || !counts(rows)) continue;
    *cells = rows->cells;
    return true;
  }
}

void evidence_rows_close(EvidenceRows *rows) {
  if (!rows) return;
  table_close(rows->table);
  buf_free(&rows->scratch);
}
