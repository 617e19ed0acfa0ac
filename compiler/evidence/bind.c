/* Declarations of evidence and their files: how they are read, and which column is what. */
#include "base/nearest.h"
#include "base/os.h"
#include "evidence/build.h"
#include "evidence/keep.h"
#include "evidence/personal.h"

static Ref child_of(const Project *p, Ref ref, Keyword keyword) {
  return (Ref){ref.unit, unit_child(project_unit(p, ref), ref.at, keyword)};
}

static const Value *value_of(const Project *p, Ref ref, Keyword keyword, unsigned slot) {
  Ref child = child_of(p, ref, keyword);
  return child.at == NONE ? NULL : unit_value(project_unit(p, ref), child.at, slot);
}

Span evidence_span(const Project *p, Ref ref) {
  const Unit *unit = project_unit(p, ref);
  const Statement *statement = &unit->statements[ref.at];
  const Value *first = statement->value_count > 0 ? &unit->values[statement->first_value] : NULL;
  return first && (first->type == V_ID || first->type == V_TEXT) ? first->span : statement_head(statement);
}

/* ---- how it is to be read ---- */

/* The choice's number from 1, or 0 where nothing is said. */
static unsigned choice(const Project *p, Ref ref, Keyword keyword) {
  const Value *value = value_of(p, ref, keyword, 0);
  return value && value->type == V_CHOICE ? value->extra + 1u : 0;
}

static void read_delimiter(Evidence *evidence, Ref ref, TableDialect *said) {
  const Value *value = value_of(evidence->p, ref, K_DELIMITER, 0);
  if (!value) return;
  Str text = unit_text(project_unit(evidence->p, ref), evidence->arena, value);
  bool tab = str_is_c(text, "tab") || str_is_c(text, "\\t");
  if (!tab && (text.len != 1 || (unsigned char)text.at[0] >= 0x80 || text.at[0] == '"' || text.at[0] == '\n'))
    diagnose(evidence->to, DIAG_WRONG_VALUE, ref.unit, value->span,
             "write the one sign that stands between two columns: \";\", \",\", \"|\" or \"tab\"",
             "a delimiter is one sign, and no quote");
  else said->delimiter = tab ? '\t' : text.at[0];
}

static TableDialect said_of(Evidence *evidence, Ref ref) {
  const Project *p = evidence->p;
  static const char signs[] = {0, '.', ','};
  TableDialect said = {.format = (TableFormat)choice(p, ref, K_FORMAT),
                       .encoding = (TableEncoding)choice(p, ref, K_ENCODING),
                       .header = (TableHeader)choice(p, ref, K_HEADER),
                       .dates = (DateOrder)choice(p, ref, K_DATES),
                       .decimal = signs[choice(p, ref, K_DECIMAL)]};
  read_delimiter(evidence, ref, &said);
  return said;
}

/* ---- which there are ---- */

static const Value *file_of(const Project *p, Ref ref) { return value_of(p, ref, K_DATA_FILE, 0); }

static void add_reading(Evidence *evidence, Ref ref) {
  const Project *p = evidence->p;
  const Value *value = file_of(p, ref);
  const Unit *unit = project_unit(p, ref);
  EvidenceFile *file = &evidence->files[evidence->file_count];
  Reading *reading = &evidence->readings[evidence->file_count++];
  Str path = os_beside(evidence->arena, unit->source.path, unit_text(unit, evidence->arena, value));
  path = arena_copy(evidence->arena, path);
  *file = (EvidenceFile){.evidence = ref, .path = path};
  *reading = (Reading){.file = file, .path = path.at, .span = value->span, .said = said_of(evidence, ref)};
  for (int kind = 0; kind < COLUMN_KINDS; kind++) file->column_of[kind] = -1, reading->cell_of[kind] = NO_CELL;
}

/* Calls `each` for all declarations in the user's own files that name a file. */
static uint32_t each_file(Evidence *evidence, void (*each)(Evidence *, Ref)) {
  uint32_t count = 0;
  for (uint32_t u = 0; u < evidence->p->unit_count; u++) {
    const Unit *unit = evidence->p->units[u];
    if (!project_is_own(evidence->p, u)) continue;
    for (uint32_t at = 0; at < unit->statement_count; at = unit->statements[at].after) {
      if (unit->statements[at].keyword != K_EVIDENCE || !file_of(evidence->p, (Ref){u, at})) continue;
      count++;
      if (each) each(evidence, (Ref){u, at});
    }
  }
  return count;
}

void bind_files(Evidence *evidence) {
  uint32_t count = each_file(evidence, NULL);
  evidence->files = ARENA_ARRAY(evidence->arena, EvidenceFile, count);
  evidence->readings = ARENA_ARRAY(evidence->arena, Reading, count);
  each_file(evidence, add_reading);
}

Reading *reading_of(Evidence *evidence, Ref ref) {
  uint32_t from = 0, to = evidence->file_count;
  while (from < to) {
    uint32_t middle = from + (to - from) / 2;
    int order = ref_compare(&evidence->files[middle].evidence, &ref);
    if (order == 0) return &evidence->readings[middle];
    if (order < 0) from = middle + 1;
    else to = middle;
  }
  return NULL;
}

/* ---- columns ---- */

Str evidence_quoted(Str text, Arena *arena) {
  Buf out = {0};
  buf_add_byte(&out, '"');
  for (size_t i = 0; i < text.len; i++) {
    if (text.at[i] == '\n' || text.at[i] == '\r') {
      buf_add_c(&out, text.at[i] == '\n' ? "\\n" : "");
      continue;
    }
    if (text.at[i] == '"' || text.at[i] == '\\') buf_add_byte(&out, '\\');
    buf_add_byte(&out, text.at[i]);
  }
  buf_add_byte(&out, '"');
  return buf_take(&out, arena);
}

Str evidence_columns(const EvidenceFile *file, Arena *arena) {
  enum { MOST_NAMED = 12 };
  Buf out = {0};
  buf_add_c(&out, file->column_count == 1 ? "the only column is " : "the columns are ");
  for (uint32_t i = 0; i < file->column_count && i < MOST_NAMED; i++) {
    bool last = i > 0 && i + 1 == file->column_count;
    Str name = evidence_column(file, i, arena);
    buf_printf(&out, "%s\"" STR_FMT "\"", i == 0 ? "" : last ? " and " : ", ", STR_ARG(name));
  }
  if (file->column_count > MOST_NAMED) buf_printf(&out, " and %u more", (unsigned)(file->column_count - MOST_NAMED));
  return buf_take(&out, arena);
}

static void say_no_column(Evidence *evidence, const Reading *reading, Str name, Ref at, const Value *value) {
  const EvidenceFile *file = reading->file;
  Nearest nearest = nearest_to(name);
  for (uint32_t i = 0; i < file->column_count; i++) {
    if (personal_in(file->columns[i], true) != PERSONAL_NOTHING) continue;
    nearest_offer(&nearest, file->columns[i]);
    nearest_offer_part(&nearest, file->columns[i]);
  }
  Str columns = evidence_columns(file, evidence->arena), help = columns;
  if (nearest.best.len > 0)
    help = arena_format(evidence->arena, "did you mean \"" STR_FMT "\"? " STR_FMT, STR_ARG(nearest.best),
                        STR_ARG(columns));
  Diagnostic *said = diagnose(evidence->to, DIAG_NO_SUCH_COLUMN, at.unit, value->span, help.at,
                              "there is no column \"" STR_FMT "\" in " STR_FMT, STR_ARG(name), STR_ARG(file->path));
  if (nearest.best.len > 0)
    diagnostic_fix_if_sure(said, nearest_is_sure(&nearest), value->span,
                           evidence_quoted(nearest.best, evidence->arena));
  if (at.unit != file->evidence.unit || project_statement(evidence->p, at)->parent != file->evidence.at)
    diagnostic_relate(evidence->to, said, file->evidence.unit, reading->span, "the file is named here");
}

long reading_column(Evidence *evidence, Reading *reading, Str name, Ref at, unsigned slot) {
  long column = table_find_name(reading->file->columns, reading->file->column_count, name);
  const Value *value = unit_value(project_unit(evidence->p, at), at.at, slot);
  if (column < 0 && value) say_no_column(evidence, reading, name, at, value);
  return column;
}

uint16_t reading_cell(Reading *reading, size_t column) {
  for (uint32_t i = 0; i < reading->selected_count; i++)
    if (reading->selected[i] == column) return (uint16_t)i;
  if (reading->selected_count == MOST_CELLS) {
    reading->too_many_cells = true;
    return NO_CELL;
  }
  reading->selected[reading->selected_count] = column;
  return (uint16_t)reading->selected_count++;
}

static void say_incomparable(Evidence *evidence, Ref at) {
  const Value *value = unit_value(project_unit(evidence->p, at), at.at, 2);
  diagnose(evidence->to, DIAG_WRONG_VALUE, at.unit, value->span,
           "write a number such as \"18\", or a date such as \"2026-03-01\"; or compare by is, is-not or contains",
           "more and less can only be told of numbers and dates");
}

bool reading_filters(Evidence *evidence, Reading *reading, Ref parent, Filter **filters, uint32_t *count) {
  const Unit *unit = project_unit(evidence->p, parent);
  bool sound = true;
  *count = 0;
  for (uint32_t at = unit_first_child(unit, parent.at); at != NONE; at = unit_next_sibling(unit, at))
    *count += unit->statements[at].keyword == K_WHERE;
  *filters = ARENA_ARRAY(evidence->arena, Filter, *count);
  *count = 0;
  for (uint32_t at = unit_first_child(unit, parent.at); at != NONE; at = unit_next_sibling(unit, at)) {
    Ref where = {parent.unit, at};
    if (unit->statements[at].keyword != K_WHERE) continue;
    if (!unit_value(unit, at, 0) || !unit_value(unit, at, 1) || !unit_value(unit, at, 2)) {
      sound = false; /* which lowering has said */
      continue;
    }
    Filter filter = {0};
    long column = reading_column(evidence, reading, unit_text_of(unit, evidence->arena, at, 0), where, 0);
    bool comparable = filter_read(&filter, evidence->p, where, &reading->file->dialect, evidence->arena);
    if (!comparable) say_incomparable(evidence, where);
    sound = sound && column >= 0 && comparable;
    if (column < 0) continue;
    filter.column = (size_t)column, filter.cell = reading_cell(reading, filter.column);
    (*filters)[(*count)++] = filter;
  }
  return sound;
}

static void bind_column(Evidence *evidence, Reading *reading, Ref at) {
  const Unit *unit = project_unit(evidence->p, at);
  const Value *kind = unit_value(unit, at.at, 0), *name = unit_value(unit, at.at, 1);
  if (!kind || !name || kind->extra >= COLUMN_KINDS) return; /* lowering has said so */
  long column = reading_column(evidence, reading, unit_text(unit, evidence->arena, name), at, 1);
  if (reading->file->column_of[kind->extra] >= 0)
    diagnose(evidence->to, DIAG_REPEATED, at.unit, kind->span, "keep the one that is right",
             "which column is the " STR_FMT " is said twice", STR_ARG(unit_raw(unit, kind)));
  if (column < 0) {
    reading->is_broken = true;
    return;
  }
  reading->file->column_of[kind->extra] = (int32_t)column;
  reading->cell_of[kind->extra] = reading_cell(reading, (size_t)column);
}

/* ---- opening ---- */

Str reading_reason(Str why) {
  static const Str near = {" near '", 7};
  const char *quote = memmem(why.at, why.len, near.at, near.len);
  if (quote) why.len = (size_t)(quote - why.at);
  return personal_in(why, true) == PERSONAL_NOTHING ? why : STR("what stands there is no table");
}

static bool say_no_file(Evidence *evidence, const Reading *reading, Str why) {
  const EvidenceFile *file = reading->file;
  Str written = source_text(&project_unit(evidence->p, file->evidence)->source, reading->span);
  bool is_link = memmem(written.at, written.len, "://", 3) != NULL;
  if (!project_text(evidence->p, file->path) && os_kind(reading->path) == OS_NOTHING)
    diagnose(evidence->to, DIAG_NO_SUCH_FILE, file->evidence.unit, reading->span,
             is_link ? "files are read from the disk: fetch it, and name the copy; the link may stand in `source`"
                     : "paths begin at the folder of this file",
             "there is no file " STR_FMT, STR_ARG(written));
  else
    diagnose(evidence->to, DIAG_EVIDENCE_UNREADABLE, file->evidence.unit, reading->span,
             os_kind(reading->path) == OS_OTHER
                 ? "put a plain file in its place"
                 : "look into the file; where it was only taken for something else, say what it is: format csv, "
                   "encoding latin-1, delimiter \";\"",
             STR_FMT " can't be read: " STR_FMT, STR_ARG(file->path), STR_ARG(why));
  return false;
}

static bool open_table(Evidence *evidence, Reading *reading, Str *why) {
  EvidenceFile *file = reading->file;
  const Str *text = project_text(evidence->p, file->path);
  reading->table = table_open_text(evidence->arena, reading->path, text, &reading->said, why);
  if (!reading->table) return *why = reading_reason(*why), false;
  file->dialect = *table_dialect(reading->table);
  file->column_count = (uint32_t)table_column_count(reading->table);
  Str *columns = ARENA_ARRAY(evidence->arena, Str, file->column_count);
  for (uint32_t i = 0; i < file->column_count; i++) columns[i] = table_column(reading->table, i);
  file->columns = columns;
  return true;
}

static bool has_columns(const Table *table, const EvidenceFile *file) {
  bool same = table_column_count(table) == file->column_count;
  for (uint32_t i = 0; i < file->column_count && same; i++) same = str_is(table_column(table, i), file->columns[i]);
  return same;
}

bool reading_table(Evidence *evidence, Reading *reading, Str *why) {
  if (reading->table) return true;
  const Str *text = project_text(evidence->p, reading->file->path);
  reading->table = table_open_text(evidence->arena, reading->path, text, &reading->said, why);
  if (reading->table && has_columns(reading->table, reading->file)) return true;
  *why = reading->table ? STR("it was changed while it was read") : reading_reason(*why);
  reading_close(reading);
  return false;
}

/* The file's beginning: as it is known, or by opening it. */
static bool begin(Evidence *evidence, Reading *reading, Str *why) {
  reading->began = os_time();
  reading->kept = evidence->keep ? kept_find(evidence->keep, evidence->p, reading) : NULL;
  if (reading->kept) return kept_begin(reading->kept, evidence, reading, why);
  bool is_table = open_table(evidence, reading, why);
  if (evidence->keep) reading->kept = kept_new(evidence->keep, evidence->p, reading, is_table, *why);
  return is_table;
}

bool reading_open(Evidence *evidence, Reading *reading) {
  EvidenceFile *file = reading->file;
  Str why = STR("");
  OsKind kind = project_text(evidence->p, file->path) ? OS_FILE : os_kind(reading->path);
  if (kind == OS_NOTHING) return say_no_file(evidence, reading, why);
  if (kind == OS_FOLDER) return say_no_file(evidence, reading, STR("it is a folder"));
  if (!begin(evidence, reading, &why)) return say_no_file(evidence, reading, why);
  file->is_read = true;
  if (file->column_count == 0) return reading->is_broken = true; /* there is nothing in it */
  const Unit *unit = project_unit(evidence->p, file->evidence);
  for (uint32_t at = unit_first_child(unit, file->evidence.at); at != NONE; at = unit_next_sibling(unit, at))
    if (unit->statements[at].keyword == K_COLUMN) bind_column(evidence, reading, (Ref){file->evidence.unit, at});
  if (!reading_filters(evidence, reading, file->evidence, &reading->filters, &reading->filter_count))
    reading->is_broken = true;
  return true;
}

void reading_close(Reading *reading) {
  table_close(reading->table);
  reading->table = NULL;
}

void reading_free(Reading *reading) {
  reading_close(reading);
  names_free(&reading->places);
  names_free(&reading->segments);
  for (size_t i = 0; i < reading->by_place.len; i++) vec_free(&reading->by_place.at[i]);
  vec_free(&reading->by_place);
  vec_free(&reading->everywhere);
  vec_free(&reading->bindings);
  vec_free(&reading->wanted);
}
