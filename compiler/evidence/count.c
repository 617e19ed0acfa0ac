/* All rows of one file, counted for the measures that stand on it. */
#include <math.h>
#include <stdlib.h>

#include "evidence/build.h"
#include "evidence/personal.h"

typedef enum { NUMBER_UNREAD, NUMBER_NONE, NUMBER_READ, NUMBER_WRONG } NumberState;

typedef struct {
  Evidence *evidence;
  Reading *reading;
  EvidenceFile *file;
  const TableDialect *dialect;
  Str cells[MOST_CELLS];
  NumberState states[MOST_CELLS]; /* of this row */
  double numbers[MOST_CELLS];
  uint64_t line;
  bool is_bad; /* this row was said to be */
  bool has_day;
  int32_t day;
  Buf scratch;
} Row;

/* ---- rows that are wrong ---- */

/* What stands in a cell, for whoever looks for it, on one line; nothing that points to a person. */
static Str shown(Row *row, Str cell) {
  enum { LONGEST = 30 };
  if (personal_in(cell, true) != PERSONAL_NOTHING) return STR("what stands");
  size_t len = cell.len;
  if (len > LONGEST)
    for (len = LONGEST; len > 0 && ((unsigned char)cell.at[len] & 0xC0) == 0x80;) len--;
  Buf out = {0};
  buf_add_byte(&out, '"');
  for (size_t i = 0; i < len; i++) buf_add_byte(&out, (unsigned char)cell.at[i] < ' ' ? ' ' : cell.at[i]);
  buf_printf(&out, "%s\"", len < cell.len ? "\xE2\x80\xA6" : "");
  Str words = buf_take(&out, row->evidence->arena);
  return personal_in(words, true) == PERSONAL_NOTHING ? words : STR("what stands"); /* where it was cut, perhaps */
}

static void note_bad(Row *row, Str what) {
  if (row->is_bad) return;
  row->is_bad = true;
  if (row->file->bad_rows < MOST_SHOWN)
    row->reading->bad[row->file->bad_rows] = (BadRow){row->line, arena_copy(row->evidence->arena, what)};
  row->file->bad_rows++;
}

static void note_bad_cell(Row *row, uint16_t cell, const char *is_no) {
  if (row->is_bad) return;
  Str column = evidence_column(row->file, (uint32_t)row->reading->selected[cell], row->evidence->arena);
  note_bad(row, row->file->bad_rows >= MOST_SHOWN
                    ? STR("")
                    : arena_format(row->evidence->arena, STR_FMT " in the column \"" STR_FMT "\" is no %s",
                                   STR_ARG(shown(row, row->cells[cell])), STR_ARG(column), is_no));
}

/* ---- cells ---- */

/* How people and programs write that there is no answer. */
static bool is_no_answer(Str cell) {
  static const char *const words[] = {"",    "-",    "\xE2\x80\x93", "\xE2\x80\x94", "?",    "n/a",
                                      "na",  "n.a.", "#n/a",         "nan",          "null", "none",
                                      "nil", "k.a.", "s/d",          "n/s",          "n/c",  "\u65e0"};
  enum { LONGEST = 4 };
  if (cell.len > LONGEST) return false;
  char lower[LONGEST];
  for (size_t i = 0; i < cell.len; i++)
    lower[i] = (char)(cell.at[i] >= 'A' && cell.at[i] <= 'Z' ? cell.at[i] + 32 : cell.at[i]);
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (str_is_c((Str){lower, cell.len}, words[i])) return true;
  return false;
}

/* Yes is 1 and no is 0. */
static bool yes_or_no(Row *row, Str cell, double *number) {
  static const char *const yes[] = {"yes", "true", "y", "t", "x", "s\u00ed", "si", "oui", "ja", "\u662f", "\u2713"};
  static const char *const no[] = {"no", "false", "n", "f", "non", "nein", "\u5426"};
  Str folded = fold(cell, &row->scratch);
  for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
    if (str_is_c(folded, yes[i])) return *number = 1, true;
  for (size_t i = 0; i < sizeof no / sizeof *no; i++)
    if (str_is_c(folded, no[i])) return *number = 0, true;
  return false;
}

/* "1,234" and "1.234": thousands, or decimals. */
static bool is_unclear(Str cell) {
  for (size_t i = 1; i + 4 <= cell.len; i++) {
    bool sign = cell.at[i] == ',' || cell.at[i] == '.';
    if (sign && cell.at[i - 1] >= '0' && cell.at[i - 1] <= '9') return i <= 3 && i + 4 == cell.len;
  }
  return false;
}

static NumberState read_number(Row *row, uint16_t cell, double *number) {
  Str text = row->cells[cell];
  if (cell_number(row->dialect, text, number)) {
    if (row->dialect->decimal_unclear && !row->reading->unclear_number.len && is_unclear(text))
      row->reading->unclear_number = arena_copy(row->evidence->arena, text);
    return isfinite(*number) ? NUMBER_READ : NUMBER_WRONG;
  }
  if (is_no_answer(text)) return NUMBER_NONE;
  return yes_or_no(row, text, number) ? NUMBER_READ : NUMBER_WRONG;
}

/* NAN where there is none; a row where it is no number is a bad one. */
static double number_of(Row *row, uint16_t cell) {
  if (cell == NO_CELL) return NAN;
  if (row->states[cell] == NUMBER_UNREAD) row->states[cell] = read_number(row, cell, &row->numbers[cell]);
  if (row->states[cell] == NUMBER_WRONG) note_bad_cell(row, cell, "number");
  return row->states[cell] == NUMBER_READ ? row->numbers[cell] : NAN;
}

static bool is_ambiguous_date(Str cell) {
  if (cell.len < 6 || (cell.at[1] != '/' && cell.at[1] != '.' && cell.at[1] != '-' && cell.at[2] != '/' &&
                       cell.at[2] != '.' && cell.at[2] != '-'))
    return false;
  int first = atoi(cell.at), second = 0;
  for (size_t i = 1; i < 3; i++)
    if (cell.at[i] == '/' || cell.at[i] == '.' || cell.at[i] == '-') {
      second = atoi(cell.at + i + 1);
      break;
    }
  return first >= 1 && first <= 12 && second >= 1 && second <= 12 && first != second;
}

static void read_day(Row *row) {
  const double seconds_a_day = 86400, first = -25567 * seconds_a_day, last = 106751 * seconds_a_day; /* 1900 … 2262 */
  uint16_t cell = row->reading->cell_of[COLUMN_DATE];
  if (cell == NO_CELL) cell = row->reading->cell_of[COLUMN_TIME];
  row->has_day = false;
  if (cell == NO_CELL) return;
  double seconds;
  Str text = row->cells[cell];
  if (cell_time(row->dialect, text, &seconds) && seconds >= first && seconds <= last) {
    row->has_day = true;
    row->day = (int32_t)floor(seconds / seconds_a_day);
    if (row->dialect->dates_unclear && !row->reading->unclear_date.len && is_ambiguous_date(text))
      row->reading->unclear_date = arena_copy(row->evidence->arena, text);
  } else if (!is_no_answer(text)) note_bad_cell(row, cell, "date");
}

static void note_day(Row *row) {
  EvidenceFile *file = row->file;
  if (!row->has_day) return;
  if (!file->has_days || row->day < file->first_day) file->first_day = row->day;
  if (!file->has_days || row->day > file->last_day) file->last_day = row->day;
  file->has_days = true;
}

/* ---- measures ---- */

static bool all_hold(Row *row, Filter *filters, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    Filter *filter = &filters[i];
    if (!filter_holds(filter, row->dialect, row->cells[filter->cell], &row->scratch)) {
      seen_add(&filter->seen, row->cells[filter->cell], row->evidence->arena);
      return false;
    }
    filter->held++;
  }
  return true;
}

static void count_binding(Row *row, Binding *binding, uint32_t segment) {
  bool in = !binding->segments;
  binding->at_place++;
  for (uint32_t i = 0; i < binding->segment_count && !in; i++) in = binding->segments[i] == segment;
  if (!in) return;
  binding->in_segment++;
  if (!all_hold(row, binding->filters, binding->filter_count)) return;
  binding->held++;
  const uint16_t *cell_of = row->reading->cell_of;
  RowValues values = {.score = number_of(row, binding->score), .has_day = row->has_day, .day = row->day};
  values.start = number_of(row, cell_of[COLUMN_START]);
  values.end = number_of(row, cell_of[COLUMN_END]);
  values.new = number_of(row, cell_of[COLUMN_NEW]);
  values.lost = number_of(row, cell_of[COLUMN_LOST]);
  double first = binding->score != NO_CELL          ? values.score
                 : cell_of[COLUMN_START] != NO_CELL ? values.start
                 : cell_of[COLUMN_LOST] != NO_CELL  ? values.lost
                 : cell_of[COLUMN_END] != NO_CELL   ? values.end
                                                    : values.new;
  if (isnan(first)) return;
  binding->counted++;
  counter_add(&row->evidence->measures.at[binding->measure].counter, &values);
}

static uint32_t name_in(Row *row, ColumnKind kind, const Names *names, Seen *seen) {
  uint16_t cell = row->reading->cell_of[kind];
  if (cell == NO_CELL || !names->count) return NO_NAME;
  uint32_t found = names_find(names, fold(row->cells[cell], &row->scratch));
  seen_add(seen, row->cells[cell], row->evidence->arena);
  return found;
}

static void count_row(Row *row) {
  Reading *reading = row->reading;
  if (!all_hold(row, reading->filters, reading->filter_count)) return;
  row->file->counted++;
  read_day(row);
  note_day(row);
  uint32_t place = name_in(row, COLUMN_TOUCHPOINT, &reading->places, &reading->seen_places);
  uint32_t segment = name_in(row, COLUMN_SEGMENT, &reading->segments, &reading->seen_segments);
  for (size_t i = 0; i < reading->everywhere.len; i++)
    count_binding(row, &reading->bindings.at[reading->everywhere.at[i]], segment);
  if (place == NO_NAME) return;
  const Numbers *here = &reading->by_place.at[place];
  for (size_t i = 0; i < here->len; i++) count_binding(row, &reading->bindings.at[here->at[i]], segment);
}

/* ---- personal data ---- */

/* All columns are read of the first rows and of some further on; of the rest only those that are asked for. */
static bool is_looked_at(uint64_t row) {
  enum { EVERY = 256 };
  return row < LOOKED_AT || row % EVERY == 0;
}

static void look_for_personal(Row *row) {
  Reading *reading = row->reading;
  reading->looked_at++;
  for (uint32_t i = 0; i < reading->all_count; i++) {
    PersonalCount *count = &reading->personal[reading->all[i]];
    Personal found = personal_in(row->cells[i], count->is_of_phones);
    count->emails += found == PERSONAL_EMAIL;
    count->phones += found == PERSONAL_PHONE;
  }
}

/* Those that are asked for, and behind them the others, as many as there is room for. */
static void select_all(Reading *reading, Arena *arena) {
  const EvidenceFile *file = reading->file;
  reading->personal = ARENA_ARRAY(arena, PersonalCount, file->column_count);
  memcpy(reading->all, reading->selected, sizeof reading->all);
  reading->all_count = reading->selected_count;
  for (uint32_t i = 0; i < file->column_count; i++) {
    bool known = false;
    for (uint32_t s = 0; s < reading->selected_count && !known; s++) known = reading->selected[s] == i;
    if (!known && reading->all_count < MOST_CELLS) reading->all[reading->all_count++] = i;
    reading->personal[i].is_of_phones = personal_is_phone_column(file->columns[i]);
  }
}

/* ---- the file ---- */

static void select_for(const Reading *reading, uint64_t row) {
  bool all = is_looked_at(row);
  if (row > 0 && all == is_looked_at(row - 1)) return;
  table_select(reading->table, all ? reading->all : reading->selected,
               all ? reading->all_count : reading->selected_count);
}

static bool tell(const Row *row, EvidenceProgress *progress, void *context) {
  uint64_t read = 0, size = 0;
  if (project_is_stopped(row->evidence->p)) return false;
  if (!progress) return true;
  table_progress(row->reading->table, &read, &size);
  return progress(context, row->file->path, read, size);
}

static bool next_row(Row *row, bool *ended) {
  Str why;
  TableStep step = table_next(row->reading->table, row->cells, &row->line, &why);
  row->is_bad = false;
  *ended = step == TABLE_END || step == TABLE_BROKEN;
  if (step == TABLE_BROKEN) row->reading->broken_off = arena_copy(row->evidence->arena, reading_reason(why));
  if (*ended) return false;
  row->file->rows++;
  if (step == TABLE_BAD_ROW) note_bad(row, reading_reason(why));
  return step == TABLE_ROW;
}

bool reading_count(Evidence *evidence, Reading *reading, EvidenceProgress *progress, void *context) {
  enum { ROWS_BETWEEN = 4096 };
  Row *row = mem_alloc(sizeof *row);
  *row =
      (Row){.evidence = evidence, .reading = reading, .file = reading->file, .dialect = table_dialect(reading->table)};
  select_all(reading, evidence->arena);
  bool ended = false, on = true;
  for (uint64_t r = 0; !ended && on; r++) {
    select_for(reading, r);
    if (next_row(row, &ended)) {
      memset(row->states, 0, sizeof row->states);
      if (is_looked_at(r)) look_for_personal(row);
      count_row(row);
    }
    if (r % ROWS_BETWEEN == 0) on = tell(row, progress, context);
  }
  row->file->dialect = *row->dialect;
  buf_free(&row->scratch);
  free(row);
  return on;
}
