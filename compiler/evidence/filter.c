#include "evidence/filter.h"

#include "unit/value.h"

static const double SECONDS_A_DAY = 86400;

/* Nothing but digits and the signs of a number: "1.5", "-3"; no date and no "8/10". */
static bool looks_like_number(Str text) {
  bool digit = false;
  for (size_t i = 0; i < text.len; i++) {
    char c = text.at[i];
    bool sign = (c == '-' || c == '+') && i == 0;
    if (c >= '0' && c <= '9') digit = true;
    else if (!sign && c != '.' && c != ',') return false;
  }
  return digit;
}

bool filter_read(Filter *filter, const Project *p, Ref at, const TableDialect *dialect, Arena *arena) {
  const Unit *unit = project_unit(p, at);
  const Value *how = unit_value(unit, at.at, 1);
  double days;
  filter->at = at;
  filter->how = how ? (WhereHow)how->extra : WHERE_IS;
  filter->text = str_trim(unit_text_of(unit, arena, at.at, 2));
  filter->folded = fold_copy(filter->text, arena);
  if (value_date(filter->text, &days)) filter->is_day = true, filter->number = days * SECONDS_A_DAY;
  else filter->is_number = looks_like_number(filter->text) && cell_number(dialect, filter->text, &filter->number);
  return filter->how < WHERE_AT_LEAST || filter->is_day || filter->is_number;
}

static bool is_same(const Filter *filter, const TableDialect *dialect, Str cell, Buf *scratch) {
  double number;
  if (str_is(cell, filter->text) || str_is(fold(cell, scratch), filter->folded)) return true;
  if (filter->is_number)
    return looks_like_number(cell) && cell_number(dialect, cell, &number) && number >= filter->number &&
           number <= filter->number;
  return filter->is_day && cell_time(dialect, cell, &number) && number >= filter->number &&
         number < filter->number + SECONDS_A_DAY;
}

static bool is_at_least(const Filter *filter, const TableDialect *dialect, Str cell, double *number) {
  bool known = filter->is_day ? cell_time(dialect, cell, number) : cell_number(dialect, cell, number);
  return known && *number >= filter->number;
}

static bool is_at_most(const Filter *filter, const TableDialect *dialect, Str cell, double *number) {
  if (filter->is_day) return cell_time(dialect, cell, number) && *number < filter->number + SECONDS_A_DAY;
  return cell_number(dialect, cell, number) && *number <= filter->number;
}

bool filter_holds(const Filter *filter, const TableDialect *dialect, Str cell, Buf *scratch) {
  double number;
  switch (filter->how) {
    case WHERE_IS: return is_same(filter, dialect, cell, scratch);
    case WHERE_IS_NOT: return !is_same(filter, dialect, cell, scratch);
    case WHERE_AT_LEAST: return is_at_least(filter, dialect, cell, &number);
    case WHERE_AT_MOST: return is_at_most(filter, dialect, cell, &number);
    default: break;
  }
  Str folded = fold(cell, scratch);
  return filter->folded.len == 0 ||
         (folded.len > 0 && memmem(folded.at, folded.len, filter->folded.at, filter->folded.len));
}
