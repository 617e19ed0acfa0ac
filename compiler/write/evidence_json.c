/* The files of evidence for programs. */
#include "write/evidence.h"
#include "write/json_out.h"

static void add_columns(JsonOut *out, const EvidenceFile *file, Arena *arena) {
  json_begin_array(out, "columns");
  for (uint32_t i = 0; i < file->column_count; i++) {
    const char *use = column_use(file, i);
    json_begin_object(out, NULL);
    json_str(out, "name", evidence_column(file, i, arena));
    if (use) json_c(out, "as", use);
    json_bool(out, "read", file->is_asked_for[i]);
    json_end_object(out);
  }
  json_end_array(out);
}

static void add_dialect(JsonOut *out, const EvidenceFile *file) {
  json_begin_object(out, "readAs");
  for (int i = 0; i < DIALECT_FACTS; i++) {
    DialectFact fact = dialect_fact(file, i);
    if (fact.value[0]) json_c(out, fact.name, fact.value);
  }
  json_bool(out, "packed", file->dialect.packed);
  json_begin_array(out, "said");
  for (int i = 0; i < DIALECT_FACTS; i++)
    if (dialect_fact(file, i).said) json_c(out, NULL, dialect_fact(file, i).name);
  json_end_array(out);
  json_end_object(out);
}

static void add_measures(JsonOut *out, const EvidenceReport *report, const EvidenceFile *file, Arena *arena) {
  json_begin_array(out, "measures");
  for (uint32_t i = 0; i < file->measure_count; i++) {
    MeasureFact fact = measure_fact(report, file->measures[i], arena);
    json_begin_object(out, NULL);
    json_str(out, "metric", fact.metric);
    json_str(out, "journey", fact.journey);
    if (fact.place.len) json_str(out, "place", fact.place);
    json_str(out, "file", fact.file);
    json_num(out, "line", fact.line);
    if (fact.is_counted) json_num(out, "n", (double)fact.n);
    json_end_object(out);
  }
  json_end_array(out);
}

static void add_days(JsonOut *out, const Project *p, const EvidenceFile *file, Arena *arena) {
  if (file->has_days) {
    json_str(out, "firstDay", day_words(file->first_day, arena));
    json_str(out, "lastDay", day_words(file->last_day, arena));
  }
  if (!file->has_fresh_until) return;
  json_str(out, "freshUntil", day_words(file->fresh_until, arena));
  json_bool(out, "stale", file->fresh_until < p->today);
}

static void add_file(JsonOut *out, const EvidenceReport *report, const EvidenceFile *file, Arena *arena) {
  const Unit *unit = project_unit(report->project, file->evidence);
  Item item = item_of(file->evidence);
  json_begin_object(out, NULL);
  json_str(out, "evidence", item_id(report->project, &item));
  json_str(out, "title", item_title(report->project, &item, arena));
  json_str(out, "declaredIn", unit->source.path);
  json_num(out, "line", source_position(&unit->source, unit->statements[file->evidence.at].span.start).line);
  json_str(out, "path", file->path);
  json_bool(out, "read", file->is_read);
  if (!file->is_read) json_str(out, "why", evidence_failure(report, file));
  else {
    add_dialect(out, file);
    add_columns(out, file, arena);
    json_num(out, "rows", (double)file->rows);
    json_num(out, "badRows", (double)file->bad_rows);
    json_num(out, "counted", (double)file->counted);
    add_days(out, report->project, file, arena);
  }
  add_measures(out, report, file, arena);
  json_end_object(out);
}

void evidence_write_json(const EvidenceReport *report, Buf *to) {
  Arena *arena = arena_new();
  JsonOut out = json_out(to);
  const EvidenceFile *files;
  size_t count = evidence_files(report->evidence, &files);
  json_begin_object(&out, NULL);
  json_num(&out, "version", 1);
  json_begin_array(&out, "files");
  for (size_t i = 0; i < count; i++) add_file(&out, report, &files[i], arena);
  json_end_array(&out);
  json_end_object(&out);
  json_end(&out);
  arena_free(arena);
}
