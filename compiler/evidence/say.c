/* What is wrong with a file of evidence, or could be meant otherwise. */
#include "base/calendar.h"
#include "evidence/build.h"
#include "evidence/personal.h"

static const char *plural(uint64_t count) { return count == 1 ? "" : "s"; }

static Diagnostic *say(Evidence *evidence, const Reading *reading, DiagnosticCode code, Str help, Str message) {
  return diagnose(evidence->to, code, reading->file->evidence.unit, reading->span, help.at, STR_FMT, STR_ARG(message));
}

/* ---- rows ---- */

static void say_empty(Evidence *evidence, const Reading *reading) {
  const EvidenceFile *file = reading->file;
  const char *rest = !file->column_count                   ? ", and not even names of columns"
                     : file->dialect.header == HEADER_NONE ? ""
                                                           : ", only the names of its columns";
  say(evidence, reading, DIAG_EMPTY_EVIDENCE, STR("export it again, or take the `file` away until there are answers"),
      arena_format(evidence->arena, STR_FMT " has no rows%s", STR_ARG(file->path), rest));
}

static void say_bad_rows(Evidence *evidence, const Reading *reading) {
  const EvidenceFile *file = reading->file;
  Buf help = {0};
  for (uint64_t i = 0; i < file->bad_rows && i < MOST_SHOWN; i++)
    buf_printf(&help, "%sline %llu: " STR_FMT, i ? "; " : "", (unsigned long long)reading->bad[i].line,
               STR_ARG(reading->bad[i].what));
  if (file->bad_rows > MOST_SHOWN)
    buf_printf(&help, "; and %llu more", (unsigned long long)(file->bad_rows - MOST_SHOWN));
  say(evidence, reading, DIAG_BAD_ROWS, buf_take(&help, evidence->arena),
      arena_format(
          evidence->arena, "in %llu of the %llu row%s of " STR_FMT " something can't be read; it is not counted",
          (unsigned long long)file->bad_rows, (unsigned long long)file->rows, plural(file->rows), STR_ARG(file->path)));
}

static void say_broken_off(Evidence *evidence, const Reading *reading) {
  say(evidence, reading, DIAG_EVIDENCE_UNREADABLE, STR("copy or export it again"),
      arena_format(evidence->arena, STR_FMT " can't be read to its end: after %llu row%s " STR_FMT,
                   STR_ARG(reading->file->path), (unsigned long long)reading->file->rows, plural(reading->file->rows),
                   STR_ARG(reading->broken_off)));
}

/* ---- personal data ---- */

static void add_personal(Buf *to, uint64_t count, const char *one, const char *many, Str column) {
  if (!count) return;
  buf_printf(to, "%s%llu %s in \"" STR_FMT "\"", to->len ? ", " : "", (unsigned long long)count,
             count == 1 ? one : many, STR_ARG(column));
}

/* Several declarations may name one file. */
static bool is_first_of_file(const Evidence *evidence, const Reading *reading) {
  for (const Reading *other = evidence->readings; other < reading; other++)
    if (str_is(other->file->path, reading->file->path)) return false;
  return true;
}

static void say_personal(Evidence *evidence, const Reading *reading) {
  const EvidenceFile *file = reading->file;
  Buf what = {0};
  for (uint32_t i = 0; i < file->column_count; i++) {
    Str column = evidence_column(file, i, evidence->arena);
    add_personal(&what, reading->personal[i].emails, "e-mail address", "e-mail addresses", column);
    add_personal(&what, reading->personal[i].phones, "telephone number", "telephone numbers", column);
  }
  if (what.len > 0) {
    Str of = file->rows > LOOKED_AT ? arena_format(evidence->arena, ", in the %llu rows that were looked at",
                                                   (unsigned long long)reading->looked_at)
                                    : STR("");
    say(evidence, reading, DIAG_PERSONAL_DATA,
        STR("a map needs none of it: take these columns out of the file, or put a number in the place of each person"),
        arena_format(evidence->arena, STR_FMT " holds what looks like personal data: " STR_FMT STR_FMT,
                     STR_ARG(file->path), STR_ARG(buf_str(&what)), STR_ARG(of)));
  }
  buf_free(&what);
}

/* ---- what could be meant otherwise ---- */

static Str day_text(Evidence *evidence, const TableDialect *dialect, Str cell) {
  static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                       "July",    "August",   "September", "October", "November", "December"};
  const double seconds_a_day = 86400;
  double seconds = 0;
  cell_time(dialect, cell, &seconds);
  CalendarDay day = calendar_day((int32_t)(seconds / seconds_a_day));
  return arena_format(evidence->arena, "%d %s %d", day.day, months[day.month - 1], day.year);
}

static void say_unclear(Evidence *evidence, const Reading *reading) {
  const EvidenceFile *file = reading->file;
  Arena *arena = evidence->arena;
  if (reading->unclear_date.len > 0)
    say(evidence, reading, DIAG_UNCLEAR_FILE,
        STR("say in the evidence how they are written: dates day-first, or dates month-first"),
        arena_format(arena,
                     "the dates of " STR_FMT " could be read in two ways: \"" STR_FMT "\" was taken for " STR_FMT,
                     STR_ARG(file->path), STR_ARG(reading->unclear_date),
                     STR_ARG(day_text(evidence, &file->dialect, reading->unclear_date))));
  if (reading->unclear_number.len == 0) return;
  double number = 0;
  Buf text = {0};
  cell_number(&file->dialect, reading->unclear_number, &number);
  buf_number(&text, number, 3);
  say(evidence, reading, DIAG_UNCLEAR_FILE,
      STR("say in the evidence what the sign is: decimal comma, or decimal point"),
      arena_format(arena,
                   "the numbers of " STR_FMT " could be read in two ways: \"" STR_FMT "\" was taken for " STR_FMT,
                   STR_ARG(file->path), STR_ARG(reading->unclear_number), STR_ARG(buf_str(&text))));
  buf_free(&text);
}

static void say_too_many(Evidence *evidence, const Reading *reading) {
  say(evidence, reading, DIAG_EVIDENCE_UNREADABLE,
      STR("name the file in two declarations of evidence, each with its own columns"),
      arena_format(evidence->arena, "more than %d columns of " STR_FMT " are asked for", MOST_CELLS,
                   STR_ARG(reading->file->path)));
}

void say_of_reading(Evidence *evidence, Reading *reading) {
  const EvidenceFile *file = reading->file;
  if (reading->broken_off.len > 0) say_broken_off(evidence, reading);
  else if (file->rows == 0) say_empty(evidence, reading);
  if (reading->too_many_cells) say_too_many(evidence, reading);
  if (file->bad_rows > 0) say_bad_rows(evidence, reading);
  if (is_first_of_file(evidence, reading)) say_personal(evidence, reading);
  say_unclear(evidence, reading);
}
