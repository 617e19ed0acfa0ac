#include "observe/bound.h"

#include "base/os.h"

static const char *choice(const Project *p, Ref evidence, Keyword keyword) {
  return item_choice(p, &(Item){.at = evidence}, keyword, 0);
}

/* Which of the words it is, from 1; 0: nothing is said. */
static int choice_number(const Project *p, Ref evidence, Keyword keyword, const char *first, const char *second,
                         const char *third, const char *fourth) {
  const char *said = choice(p, evidence, keyword), *const words[] = {first, second, third, fourth};
  for (int i = 0; said && i < 4; i++)
    if (words[i] && strcmp(said, words[i]) == 0) return i + 1;
  return 0;
}

static TableDialect read_dialect(const Project *p, Ref evidence, Arena *arena) {
  const char *decimal = choice(p, evidence, K_DECIMAL);
  Str delimiter = item_text(p, &(Item){.at = evidence}, K_DELIMITER, 0, arena);
  bool is_tab = str_is_c(delimiter, "tab") || str_is_c(delimiter, "\\t");
  return (TableDialect){
      .format = (TableFormat)choice_number(p, evidence, K_FORMAT, "csv", "tsv", "json", "json-lines"),
      .encoding = (TableEncoding)choice_number(p, evidence, K_ENCODING, "utf-8", "utf-16", "latin-1", NULL),
      .header = (TableHeader)choice_number(p, evidence, K_HEADER, "first-line", "none", NULL, NULL),
      .dates = (DateOrder)choice_number(p, evidence, K_DATES, "year-first", "day-first", "month-first", NULL),
      .delimiter = is_tab              ? '\t'
                   : delimiter.len > 0 ? delimiter.at[0]
                                       : 0,
      .decimal = !decimal                        ? 0
                 : strcmp(decimal, "comma") == 0 ? ','
                                                 : '.',
  };
}

/* The column's name that the evidence says for a kind; empty where it says none. */
static Str said_column(const Project *p, Ref evidence, ColumnKind kind, Arena *arena) {
  Item *columns;
  size_t count = item_all(p, NULL, &(Item){.at = evidence}, K_COLUMN, arena, &columns);
  for (size_t i = 0; i < count; i++) {
    const Value *what = unit_value(project_unit(p, columns[i].at), columns[i].at.at, 0);
    if (what && what->type == V_CHOICE && what->extra == kind)
      return unit_text_of(project_unit(p, columns[i].at), arena, columns[i].at.at, 1);
  }
  return STR("");
}

bool is_event_log(const Project *p, Ref evidence) {
  Arena *arena = arena_new();
  bool is = ref_ok(item_get(p, &(Item){.at = evidence}, K_DATA_FILE)) &&
            said_column(p, evidence, COLUMN_CASE, arena).len > 0 &&
            said_column(p, evidence, COLUMN_ACTIVITY, arena).len > 0;
  arena_free(arena);
  return is;
}

Str bound_path(const Project *p, Ref evidence, Arena *arena) {
  Str file = item_text(p, &(Item){.at = evidence}, K_DATA_FILE, 0, arena);
  if (file.len == 0) return file;
  Str path = os_beside(arena, project_unit(p, evidence)->source.path, file);
  return str_starts(path, STR("./")) ? str_slice(path, 2, path.len) : path;
}

static void put_text(Buf *to, Str text) {
  buf_printf(to, "%zu:", text.len);
  buf_add(to, text);
}

static void put_where(Buf *to, const Project *p, Ref where, Arena *arena) {
  const Unit *unit = project_unit(p, where);
  const Value *how = unit_value(unit, where.at, 1);
  put_text(to, unit_text_of(unit, arena, where.at, 0));
  buf_printf(to, "%d", how ? how->extra : 0);
  put_text(to, unit_text_of(unit, arena, where.at, 2));
}

Str bound_question(const Project *p, Ref evidence, Arena *arena) {
  static const ColumnKind kinds[] = {COLUMN_CASE, COLUMN_ACTIVITY, COLUMN_TIME, COLUMN_DATE};
  TableDialect said = read_dialect(p, evidence, arena);
  Buf out = {0};
  buf_printf(&out, "%d %d %d %d %d %d", said.format, said.encoding, said.header, said.dates, said.delimiter,
             said.decimal);
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) put_text(&out, said_column(p, evidence, kinds[i], arena));
  Item *all;
  size_t count = item_all(p, NULL, &(Item){.at = evidence}, K_WHERE, arena, &all);
  for (size_t i = 0; i < count; i++) put_where(&out, p, all[i].at, arena);
  return buf_take(&out, arena);
}

typedef struct {
  size_t columns[CELLS_MOST];
  size_t count;
} Selection;

/* The cell of a column; a new one where it is none yet and there is room, else CELLS_MOST. */
static size_t select_column(Selection *selection, size_t column) {
  for (size_t i = 0; i < selection->count; i++)
    if (selection->columns[i] == column) return i;
  if (selection->count == CELLS_MOST) return CELLS_MOST;
  selection->columns[selection->count] = column;
  return selection->count++;
}

static Str missing_column(const Table *table, Str name, Arena *arena) {
  Buf out = {0};
  buf_printf(&out, "it has no column \"" STR_FMT "\"; its columns are ", STR_ARG(name));
  size_t count = table_column_count(table), most = 12;
  for (size_t i = 0; i < count && i < most; i++)
    buf_printf(&out, "%s\"" STR_FMT "\"", i > 0 ? ", " : "", STR_ARG(table_column(table, i)));
  if (count > most) buf_printf(&out, " and %zu more", count - most);
  return buf_take(&out, arena);
}

/* Each takes the next cell; false, with `*why`, where it is not there. */
static bool select_said(const Project *p, Ref evidence, ColumnKind kind, Table *table, Selection *selection,
                        Arena *arena, Str *why) {
  Str name = said_column(p, evidence, kind, arena);
  long column = table_find(table, name);
  if (column < 0) {
    *why = missing_column(table, name, arena);
    return false;
  }
  selection->columns[selection->count++] = (size_t)column;
  return true;
}

static bool select_where(const Project *p, Ref evidence, BoundLog *bound, Selection *selection, Arena *arena,
                         Str *why) {
  Item *all;
  size_t count = item_all(p, NULL, &(Item){.at = evidence}, K_WHERE, arena, &all);
  Filter *filters = ARENA_ARRAY(arena, Filter, count + 1);
  for (size_t i = 0; i < count; i++) {
    Filter *filter = &filters[bound->filter_count++];
    Str name = unit_text_of(project_unit(p, all[i].at), arena, all[i].at.at, 0);
    long column = table_find(bound->table, name);
    if (column < 0) {
      *why = missing_column(bound->table, name, arena);
      return false;
    }
    if (!filter_read(filter, p, all[i].at, bound->dialect, arena)) {
      *why = arena_format(arena, "\"" STR_FMT "\" is no number and no day", STR_ARG(filter->text));
      return false;
    }
    filter->cell = (uint32_t)select_column(selection, (size_t)column);
    if (filter->cell == CELLS_MOST) {
      *why = arena_format(arena, "over %d columns are asked for", CELLS_MOST);
      return false;
    }
  }
  bound->filters = filters;
  bound->scratch = ARENA_NEW(arena, Buf);
  return true;
}

static bool select_all(const Project *p, Ref evidence, BoundLog *bound, Arena *arena, Str *why) {
  Selection selection = {0};
  ColumnKind time = said_column(p, evidence, COLUMN_TIME, arena).len > 0 ? COLUMN_TIME : COLUMN_DATE;
  bound->has_time = said_column(p, evidence, time, arena).len > 0;
  if (!select_said(p, evidence, COLUMN_CASE, bound->table, &selection, arena, why) ||
      !select_said(p, evidence, COLUMN_ACTIVITY, bound->table, &selection, arena, why) ||
      (bound->has_time && !select_said(p, evidence, time, bound->table, &selection, arena, why)) ||
      !select_where(p, evidence, bound, &selection, arena, why))
    return false;
  for (size_t i = 0; i < table_column_count(bound->table); i++) select_column(&selection, i);
  Str *names = ARENA_ARRAY(arena, Str, selection.count);
  for (size_t i = 0; i < selection.count; i++)
    names[i] = arena_copy(arena, table_column(bound->table, selection.columns[i]));
  table_select(bound->table, selection.columns, selection.count);
  bound->names = names;
  bound->cell_count = selection.count;
  bound->cells = ARENA_ARRAY(arena, Str, selection.count);
  return true;
}

bool bound_open(const Project *p, Ref evidence, Arena *arena, BoundLog *bound, Str *why) {
  *bound = (BoundLog){0};
  Str path = arena_copy(arena, bound_path(p, evidence, arena));
  TableDialect said = read_dialect(p, evidence, arena);
  bound->table = table_open_text(arena, path.at, project_text(p, path), &said, why);
  if (!bound->table) return false;
  bound->dialect = table_dialect(bound->table);
  if (select_all(p, evidence, bound, arena, why)) return true;
  bound_close(bound);
  return false;
}

void bound_close(BoundLog *bound) {
  table_close(bound->table);
  if (bound->scratch) buf_free(bound->scratch);
}

bool bound_row_counts(const BoundLog *bound) {
  for (size_t i = 0; i < bound->filter_count; i++) {
    const Filter *filter = &bound->filters[i];
    if (!filter_holds(filter, bound->dialect, bound->cells[filter->cell], bound->scratch)) return false;
  }
  return true;
}
