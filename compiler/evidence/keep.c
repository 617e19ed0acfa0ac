#include "evidence/keep.h"

#include <stdlib.h>

#include "base/os.h"

typedef struct {
  uint64_t held;
  Seen seen;
} KeptFilter;

typedef struct {
  uint64_t at_place, in_segment, held, counted;
  KeptFilter *filters;
  Counter counter; /* of its measure, behind this file */
} KeptBinding;

/* What the rows came to for one question. */
typedef struct {
  Arena *arena;
  Str question;
  uint64_t number; /* no two have the same */
  bool is_used;
  EvidenceFile file;
  BadRow bad[MOST_SHOWN];
  PersonalCount *personal;
  uint64_t looked_at;
  Str unclear_date, unclear_number, broken_off;
  Seen seen_places, seen_segments;
  KeptFilter *filters;
  KeptBinding *bindings;
  size_t binding_count;
} KeptRows;

struct KeptFile {
  Arena *arena;
  Str path;
  bool is_text;
  Str text;       /* that stood for the file */
  uint64_t stamp; /* else; 0: it may have changed while it was read */
  TableDialect said;
  bool is_used;
  bool is_table;
  Str why; /* else */
  TableDialect dialect;
  Str *columns;
  uint32_t column_count;
  VEC(KeptRows *) rows;
};

struct EvidenceKeep {
  VEC(KeptFile *) files;
  uint64_t last; /* number of rows that were kept */
  size_t reads;
};

/* ---- life ---- */

EvidenceKeep *evidence_keep_new(void) {
  EvidenceKeep *keep = mem_alloc(sizeof *keep);
  *keep = (EvidenceKeep){0};
  return keep;
}

static void free_rows(KeptRows *rows) {
  for (size_t i = 0; i < rows->binding_count; i++) counter_free(&rows->bindings[i].counter);
  arena_free(rows->arena);
}

static void free_file(KeptFile *file) {
  for (size_t i = 0; i < file->rows.len; i++) free_rows(file->rows.at[i]);
  vec_free(&file->rows);
  arena_free(file->arena);
}

void evidence_keep_free(EvidenceKeep *keep) {
  if (!keep) return;
  for (size_t i = 0; i < keep->files.len; i++) free_file(keep->files.at[i]);
  vec_free(&keep->files);
  free(keep);
}

size_t evidence_keep_reads(const EvidenceKeep *keep) { return keep->reads; }

static void forget_rows(KeptFile *file) {
  size_t kept = 0;
  for (size_t i = 0; i < file->rows.len; i++) {
    KeptRows *rows = file->rows.at[i];
    bool stays = rows->is_used;
    rows->is_used = false;
    if (stays) file->rows.at[kept++] = rows;
    else free_rows(rows);
  }
  file->rows.len = kept;
}

void kept_forget(EvidenceKeep *keep) {
  size_t kept = 0;
  for (size_t i = 0; i < keep->files.len; i++) {
    KeptFile *file = keep->files.at[i];
    bool stays = file->is_used && (file->is_text || file->stamp);
    file->is_used = false;
    forget_rows(file);
    if (stays) keep->files.at[kept++] = file;
    else free_file(file);
  }
  keep->files.len = kept;
}

/* ---- the file ---- */

static bool same_said(const TableDialect *a, const TableDialect *b) {
  return a->format == b->format && a->encoding == b->encoding && a->header == b->header && a->dates == b->dates &&
         a->delimiter == b->delimiter && a->quote == b->quote && a->decimal == b->decimal;
}

KeptFile *kept_find(EvidenceKeep *keep, const Project *p, const Reading *reading) {
  const Str *text = project_text(p, reading->file->path);
  uint64_t stamp = text ? 0 : os_stamp(reading->path, INT64_MAX);
  for (size_t i = 0; i < keep->files.len; i++) {
    KeptFile *file = keep->files.at[i];
    if (file->is_text != (text != NULL) || !str_is(file->path, reading->file->path)) continue;
    if (!same_said(&file->said, &reading->said)) continue;
    if (text ? !str_is(file->text, *text) : !stamp || file->stamp != stamp) continue;
    file->is_used = true;
    return file;
  }
  return NULL;
}

static Str *copy_columns(const Str *columns, uint32_t count, Arena *arena) {
  Str *copy = ARENA_ARRAY(arena, Str, count);
  for (uint32_t i = 0; i < count; i++) copy[i] = arena_copy(arena, columns[i]);
  return copy;
}

KeptFile *kept_new(EvidenceKeep *keep, const Project *p, const Reading *reading, bool is_table, Str why) {
  Arena *arena = arena_new();
  KeptFile *kept = ARENA_NEW(arena, KeptFile);
  const EvidenceFile *file = reading->file;
  const Str *text = project_text(p, file->path);
  *kept = (KeptFile){.arena = arena, .said = reading->said, .is_text = text != NULL, .is_used = true};
  kept->path = arena_copy(arena, file->path);
  if (text) kept->text = arena_copy(arena, *text);
  else kept->stamp = os_stamp(reading->path, reading->began);
  kept->is_table = is_table;
  kept->why = arena_copy(arena, why);
  kept->dialect = file->dialect;
  kept->column_count = file->column_count;
  kept->columns = copy_columns(file->columns, file->column_count, arena);
  vec_push(&keep->files, kept);
  keep->reads += !is_table;
  return kept;
}

bool kept_begin(const KeptFile *kept, Evidence *evidence, Reading *reading, Str *why) {
  EvidenceFile *file = reading->file;
  *why = arena_copy(evidence->arena, kept->why);
  file->dialect = kept->dialect;
  file->column_count = kept->column_count;
  file->columns = copy_columns(kept->columns, kept->column_count, evidence->arena);
  return kept->is_table;
}

/* ---- the question ---- */

static void put(Buf *to, uint64_t number) { buf_add(to, (Str){(const char *)&number, sizeof number}); }

static void put_text(Buf *to, Str text) {
  put(to, text.len);
  buf_add(to, text);
}

static void put_filters(Buf *to, const Filter *filters, uint32_t count) {
  put(to, count);
  for (uint32_t i = 0; i < count; i++) {
    put(to, filters[i].how);
    put(to, filters[i].column);
    put(to, filters[i].cell);
    put_text(to, filters[i].text);
  }
}

static void put_names(Buf *to, const Names *names) {
  put(to, names->count);
  for (uint32_t i = 0; i < names->count; i++) put_text(to, names->list[i]);
}

static void put_binding(Buf *to, const Evidence *evidence, const Binding *binding) {
  const Measure *measure = &evidence->measures.at[binding->measure];
  put(to, measure->counter.every);
  put_text(to, measure->counted); /* what it was counted from before */
  put(to, binding->score);
  put(to, binding->any_place);
  put(to, binding->segments ? 1 + binding->segment_count : 0);
  for (uint32_t i = 0; i < binding->segment_count; i++) put(to, binding->segments[i]);
  put_filters(to, binding->filters, binding->filter_count);
}

/* All that counting looks at beside the file, and by which what it finds is kept. */
static Str question_of(const Evidence *evidence, const Reading *reading, Arena *arena) {
  Buf out = {0};
  put(&out, reading->selected_count);
  for (uint32_t i = 0; i < reading->selected_count; i++) put(&out, reading->selected[i]);
  for (int kind = 0; kind < COLUMN_KINDS; kind++) put(&out, reading->cell_of[kind]);
  put_filters(&out, reading->filters, reading->filter_count);
  put(&out, reading->bindings.len);
  for (size_t i = 0; i < reading->bindings.len; i++) put_binding(&out, evidence, &reading->bindings.at[i]);
  put_names(&out, &reading->places);
  put_names(&out, &reading->segments);
  for (size_t i = 0; i < reading->by_place.len; i++) {
    put(&out, reading->by_place.at[i].len);
    for (size_t k = 0; k < reading->by_place.at[i].len; k++) put(&out, reading->by_place.at[i].at[k]);
  }
  return buf_take(&out, arena);
}

/* Each of its measures was counted from these rows as well. */
static void note_counted(Evidence *evidence, const Reading *reading, uint64_t number) {
  for (size_t i = 0; i < reading->bindings.len; i++) {
    Measure *measure = &evidence->measures.at[reading->bindings.at[i].measure];
    measure->counted =
        arena_format(evidence->arena, STR_FMT " %llu", STR_ARG(measure->counted), (unsigned long long)number);
  }
}

/* ---- what the rows came to ---- */

static Seen copy_seen(const Seen *seen, Arena *arena) {
  Seen copy = *seen;
  for (uint32_t i = 0; i < seen->count; i++) copy.list[i] = arena_copy(arena, seen->list[i]);
  return copy;
}

static KeptFilter *store_filters(const Filter *filters, uint32_t count, Arena *arena) {
  KeptFilter *kept = ARENA_ARRAY(arena, KeptFilter, count);
  for (uint32_t i = 0; i < count; i++) kept[i] = (KeptFilter){filters[i].held, copy_seen(&filters[i].seen, arena)};
  return kept;
}

static void recall_filters(const KeptFilter *kept, Filter *filters, uint32_t count, Arena *arena) {
  for (uint32_t i = 0; i < count; i++)
    filters[i].held = kept[i].held, filters[i].seen = copy_seen(&kept[i].seen, arena);
}

static void store_bindings(const Evidence *evidence, const Reading *reading, KeptRows *rows) {
  rows->binding_count = reading->bindings.len;
  rows->bindings = ARENA_ARRAY(rows->arena, KeptBinding, reading->bindings.len);
  for (size_t i = 0; i < reading->bindings.len; i++) {
    const Binding *from = &reading->bindings.at[i];
    rows->bindings[i] = (KeptBinding){.at_place = from->at_place,
                                      .in_segment = from->in_segment,
                                      .held = from->held,
                                      .counted = from->counted,
                                      .filters = store_filters(from->filters, from->filter_count, rows->arena),
                                      .counter = counter_copy(&evidence->measures.at[from->measure].counter)};
  }
}

static void recall_bindings(const KeptRows *rows, Evidence *evidence, Reading *reading) {
  for (size_t i = 0; i < rows->binding_count; i++) {
    const KeptBinding *from = &rows->bindings[i];
    Binding *to = &reading->bindings.at[i];
    to->at_place = from->at_place;
    to->in_segment = from->in_segment;
    to->held = from->held;
    to->counted = from->counted;
    recall_filters(from->filters, to->filters, to->filter_count, evidence->arena);
    Counter *counter = &evidence->measures.at[to->measure].counter;
    counter_free(counter);
    *counter = counter_copy(&from->counter);
  }
}

void kept_store(KeptFile *kept, Evidence *evidence, const Reading *reading) {
  Arena *arena = arena_new();
  KeptRows *rows = ARENA_NEW(arena, KeptRows);
  *rows = (KeptRows){.arena = arena, .number = ++evidence->keep->last, .is_used = true};
  rows->question = question_of(evidence, reading, arena);
  rows->file = *reading->file;
  for (int i = 0; i < MOST_SHOWN; i++)
    rows->bad[i] = (BadRow){reading->bad[i].line, arena_copy(arena, reading->bad[i].what)};
  rows->personal = ARENA_ARRAY(arena, PersonalCount, kept->column_count);
  for (uint32_t i = 0; i < kept->column_count; i++) rows->personal[i] = reading->personal[i];
  rows->looked_at = reading->looked_at;
  rows->unclear_date = arena_copy(arena, reading->unclear_date);
  rows->unclear_number = arena_copy(arena, reading->unclear_number);
  rows->broken_off = arena_copy(arena, reading->broken_off);
  rows->seen_places = copy_seen(&reading->seen_places, arena);
  rows->seen_segments = copy_seen(&reading->seen_segments, arena);
  rows->filters = store_filters(reading->filters, reading->filter_count, arena);
  store_bindings(evidence, reading, rows);
  vec_push(&kept->rows, rows);
  evidence->keep->reads++;
  note_counted(evidence, reading, rows->number);
  if (!kept->is_text && kept->stamp != os_stamp(reading->path, INT64_MAX)) kept->stamp = 0;
}

static KeptRows *find_rows(const KeptFile *kept, Str question) {
  for (size_t i = 0; i < kept->rows.len; i++)
    if (str_is(kept->rows.at[i]->question, question)) return kept->rows.at[i];
  return NULL;
}

static void recall_file(const KeptRows *rows, EvidenceFile *file) {
  file->rows = rows->file.rows;
  file->bad_rows = rows->file.bad_rows;
  file->counted = rows->file.counted;
  file->has_days = rows->file.has_days;
  file->first_day = rows->file.first_day;
  file->last_day = rows->file.last_day;
  file->dialect = rows->file.dialect;
}

bool kept_recall(KeptFile *kept, Evidence *evidence, Reading *reading) {
  Arena *arena = evidence->arena, *scratch = arena_new();
  KeptRows *rows = find_rows(kept, question_of(evidence, reading, scratch));
  arena_free(scratch);
  if (!rows) return false;
  rows->is_used = true;
  recall_file(rows, reading->file);
  for (int i = 0; i < MOST_SHOWN; i++)
    reading->bad[i] = (BadRow){rows->bad[i].line, arena_copy(arena, rows->bad[i].what)};
  reading->personal = ARENA_ARRAY(arena, PersonalCount, kept->column_count);
  for (uint32_t i = 0; i < kept->column_count; i++) reading->personal[i] = rows->personal[i];
  reading->looked_at = rows->looked_at;
  reading->unclear_date = arena_copy(arena, rows->unclear_date);
  reading->unclear_number = arena_copy(arena, rows->unclear_number);
  reading->broken_off = arena_copy(arena, rows->broken_off);
  reading->seen_places = copy_seen(&rows->seen_places, arena);
  reading->seen_segments = copy_seen(&rows->seen_segments, arena);
  recall_filters(rows->filters, reading->filters, reading->filter_count, arena);
  recall_bindings(rows, evidence, reading);
  note_counted(evidence, reading, rows->number);
  return true;
}
