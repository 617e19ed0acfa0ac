/* The files of evidence in a terminal. */
#include "write/evidence.h"
#include "write/excerpt.h"
#include "write/terminal_grid.h"

enum { LABEL = 11, INDENT = 2, LEAST = 20 };

typedef struct {
  const EvidenceReport *report;
  TerminalStyle style;
  Arena *arena;
  Buf *to;
} Page;

static void add(const Page *page, Str text, const char *ink) {
  bool inked = page->style.colour && *ink && text.len > 0;
  if (inked) buf_add_c(page->to, ink);
  buf_add(page->to, text);
  if (inked) buf_add_c(page->to, "\033[0m");
}

static const char STRONG[] = "\033[1m", FAINT[] = "\033[2m";

/* A label in the left column, and a text beside it that is wrapped. */
static void add_line(const Page *page, const char *label, Str text) {
  int columns = page->style.width - LABEL - INDENT;
  Str *lines;
  size_t count = grid_wrap(page->arena, grid_text(page->arena, text, page->style.ascii),
                           columns < LEAST ? LEAST : columns, &lines);
  for (size_t i = 0; i < count; i++) {
    buf_repeat(page->to, STR(" "), INDENT);
    Str name = i ? STR("") : str_of(label);
    add(page, name, FAINT);
    buf_repeat(page->to, STR(" "), LABEL > name.len ? LABEL - name.len : 1);
    buf_add(page->to, str_trim(lines[i]));
    buf_add_byte(page->to, '\n');
  }
}

static void add_head(const Page *page, const EvidenceFile *file) {
  const Project *p = page->report->project;
  const Unit *unit = project_unit(p, file->evidence);
  Item item = item_of(file->evidence);
  uint32_t line = source_position(&unit->source, unit->statements[file->evidence.at].span.start).line;
  Str where = arena_format(page->arena, "  " STR_FMT ":%u", STR_ARG(excerpt_name(page->arena, unit->source.path)),
                           (unsigned)line);
  add(page, grid_text(page->arena, item_title(p, &item, page->arena), page->style.ascii), STRONG);
  add(page, grid_text(page->arena, where, page->style.ascii), FAINT);
  buf_add_byte(page->to, '\n');
}

/* ---- how it was read ---- */

static const char *fact_words(const char *name, const char *value) {
  static const struct {
    const char *name, *value, *words;
  } WORDS[] = {{"format", "csv", "CSV"},
               {"format", "tsv", "TSV"},
               {"format", "json", "JSON"},
               {"format", "json-lines", "JSON Lines"},
               {"encoding", "utf-8", "UTF-8"},
               {"encoding", "utf-16", "UTF-16"},
               {"encoding", "latin-1", "Latin-1"},
               {"header", "first-line", "names of columns in the first line"},
               {"header", "none", "no names of columns"},
               {"decimal", "comma", "decimal comma"},
               {"decimal", "point", "decimal point"},
               {"dates", "year-first", "dates year first"},
               {"dates", "day-first", "dates day first"},
               {"dates", "month-first", "dates month first"}};
  for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
    if (strcmp(WORDS[i].name, name) == 0 && strcmp(WORDS[i].value, value) == 0) return WORDS[i].words;
  return NULL;
}

static void add_dialect(const Page *page, const EvidenceFile *file) {
  Buf out = {0};
  for (int i = 0; i < DIALECT_FACTS; i++) {
    DialectFact fact = dialect_fact(file, i);
    const char *words = fact_words(fact.name, fact.value);
    if (!fact.value[0]) continue;
    if (out.len > 0) buf_add_c(&out, ", ");
    if (words) buf_add_c(&out, words);
    else if (strlen(fact.value) == 1) buf_printf(&out, "\"%s\" between columns", fact.value);
    else buf_printf(&out, "%s between columns", fact.value);
    if (fact.said) buf_add_c(&out, " (as said)");
  }
  if (file->dialect.packed) buf_add_c(&out, ", packed by gzip");
  if (file->dialect.dates_unclear && !file->said.dates) buf_add_c(&out, "; the dates could be meant otherwise");
  else if (file->dialect.dates_mixed) buf_add_c(&out, "; its dates are written in several ways");
  if (file->dialect.decimal_unclear && !file->said.decimal) buf_add_c(&out, "; the numbers could be meant otherwise");
  add_line(page, "read as", buf_str(&out));
  buf_free(&out);
}

/* ---- what is in it ---- */

/* Names of columns without a use of their own: those that a `where` or a measure asks for, or the rest. */
static void add_others(const Page *page, const EvidenceFile *file, bool asked, const char *label, const char *words) {
  Buf out = {0};
  for (uint32_t i = 0; i < file->column_count; i++)
    if (!column_use(file, i) && file->is_asked_for[i] == asked)
      buf_printf(&out, "%s\"" STR_FMT "\"", out.len ? ", " : words, STR_ARG(evidence_column(file, i, page->arena)));
  if (out.len > 0) add_line(page, label, buf_str(&out));
  buf_free(&out);
}

static void add_columns(const Page *page, const EvidenceFile *file) {
  bool any = false;
  for (uint32_t i = 0; i < file->column_count; i++) {
    const char *use = column_use(file, i);
    if (!use) continue;
    add_line(page, any ? "" : "columns",
             arena_format(page->arena, "%s: \"" STR_FMT "\"", use, STR_ARG(evidence_column(file, i, page->arena))));
    any = true;
  }
  add_others(page, file, true, any ? "" : "columns", "also read: ");
  add_others(page, file, false, any ? "" : "columns", any ? "not read: " : "none is bound: ");
}

static void add_rows(const Page *page, const EvidenceFile *file) {
  Buf out = {0};
  buf_printf(&out, "%llu", (unsigned long long)file->rows);
  if (file->bad_rows > 0)
    buf_printf(&out, ", %llu of them with something that can't be read", (unsigned long long)file->bad_rows);
  uint64_t left = file->rows - file->counted;
  const Unit *unit = project_unit(page->report->project, file->evidence);
  if (left > 0 && unit_child(unit, file->evidence.at, K_WHERE) != NONE)
    buf_printf(&out, "; %llu hold the `where` and count", (unsigned long long)file->counted);
  add_line(page, "rows", buf_str(&out));
  buf_free(&out);
}

static void add_days(const Page *page, const EvidenceFile *file) {
  int32_t today = page->report->project->today;
  if (file->has_days)
    add_line(page, "period",
             arena_format(page->arena, STR_FMT " to " STR_FMT, STR_ARG(day_words(file->first_day, page->arena)),
                          STR_ARG(day_words(file->last_day, page->arena))));
  if (!file->has_fresh_until) return;
  Str until = day_words(file->fresh_until, page->arena);
  int over = today - file->fresh_until;
  add_line(page, "fresh",
           over > 0 ? arena_format(page->arena, "until " STR_FMT ": out of date for %d day%s", STR_ARG(until), over,
                                   over == 1 ? "" : "s")
                    : arena_format(page->arena, "until " STR_FMT, STR_ARG(until)));
}

static void add_measures(const Page *page, const EvidenceFile *file) {
  for (uint32_t i = 0; i < file->measure_count; i++) {
    MeasureFact fact = measure_fact(page->report, file->measures[i], page->arena);
    Buf out = {0};
    buf_printf(&out, STR_FMT " of \"" STR_FMT "\"", STR_ARG(fact.metric),
               STR_ARG(fact.place.len ? fact.place : fact.journey));
    if (fact.is_counted) buf_printf(&out, ", n = %llu", (unsigned long long)fact.n);
    else
      buf_add_c(&out, file->column_of[COLUMN_CASE] >= 0 && file->column_of[COLUMN_ACTIVITY] >= 0 ? ", by its cases"
                                                                                                 : ", not counted");
    buf_printf(&out, " (" STR_FMT ":%u)", STR_ARG(excerpt_name(page->arena, fact.file)), (unsigned)fact.line);
    add_line(page, i ? "" : "measures", buf_str(&out));
    buf_free(&out);
  }
  if (!file->measure_count) add_line(page, "measures", STR("none stands on it"));
}

static void add_file(const Page *page, const EvidenceFile *file) {
  add_head(page, file);
  add_line(page, "file", excerpt_name(page->arena, file->path));
  if (!file->is_read) {
    add_line(page, "not read", evidence_failure(page->report, file));
    return;
  }
  add_dialect(page, file);
  add_columns(page, file);
  add_rows(page, file);
  add_days(page, file);
  add_measures(page, file);
}

void evidence_write_text(const EvidenceReport *report, TerminalStyle style, Buf *to) {
  const EvidenceFile *files;
  size_t count = evidence_files(report->evidence, &files);
  Page page = {report, style, arena_new(), to};
  for (size_t i = 0; i < count; i++) {
    if (i > 0) buf_add_byte(to, '\n');
    add_file(&page, &files[i]);
  }
  size_t said = report->failures->list.len;
  if (said > 0)
    buf_printf(to, "\n%zu thing%s to look at in %s: `journey check` says more\n", said, said == 1 ? "" : "s",
               count == 1 ? "this file" : "these files");
  arena_free(page.arena);
}
