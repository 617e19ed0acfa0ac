#include "base/calendar.h"
#include "write/evidence.h"

static const char *delimiter_word(char sign) {
  switch (sign) {
    case 0: return "";
    case '\t': return "tab";
    case ',': return ",";
    case ';': return ";";
    case '|': return "|";
    case ':': return ":";
    case ' ': return "space";
    default: return "another sign";
  }
}

DialectFact dialect_fact(const EvidenceFile *file, int number) {
  static const char *const formats[] = {"", "csv", "tsv", "json", "json-lines"};
  static const char *const encodings[] = {"", "utf-8", "utf-16", "latin-1"};
  static const char *const headers[] = {"", "first-line", "none"};
  static const char *const orders[] = {"", "year-first", "day-first", "month-first"};
  const TableDialect *is = &file->dialect, *said = &file->said;
  bool rows = is->format <= FORMAT_TSV;
  const DialectFact facts[DIALECT_FACTS] = {
      {"format", formats[is->format], said->format},
      {"delimiter", rows ? delimiter_word(is->delimiter) : "", said->delimiter},
      {"encoding", encodings[is->encoding], said->encoding},
      {"header", rows ? headers[is->header] : "", said->header},
      {"decimal",
       is->decimal == ','   ? "comma"
       : is->decimal == '.' ? "point"
                            : "",
       said->decimal},
      {"dates", orders[is->dates], said->dates},
  };
  return facts[number];
}

const char *column_use(const EvidenceFile *file, uint32_t column) {
  static const char *const uses[] = {"score", "date",  "touchpoint", "segment", "case", "activity",
                                     "time",  "start", "end",        "new",     "lost"};
  for (int kind = 0; kind < COLUMN_KINDS; kind++)
    if (file->column_of[kind] == (int32_t)column) return uses[kind];
  return NULL;
}

Str day_words(int32_t day, Arena *arena) {
  CalendarDay date = calendar_day(day);
  return arena_format(arena, "%04d-%02d-%02d", date.year, date.month, date.day);
}

Str evidence_failure(const EvidenceReport *report, const EvidenceFile *file) {
  Span span = project_statement(report->project, file->evidence)->span;
  for (size_t i = 0; i < report->failures->list.len; i++) {
    const Diagnostic *failure = &report->failures->list.at[i];
    bool inside =
        failure->unit == file->evidence.unit && failure->span.start >= span.start && failure->span.end <= span.end;
    if (inside && failure->severity == SEVERITY_ERROR) return failure->message;
  }
  return STR("");
}

static Str place_of(const Project *p, const Journey *journey, Ref around, Arena *arena) {
  for (uint32_t s = 0; s < journey->stage_count; s++)
    if (ref_is(journey->stages[s].item.at, around)) return item_title(p, &journey->stages[s].item, arena);
  Item item = item_of(around);
  if (project_statement(p, around)->keyword == K_CHANGE) {
    const Value *name = unit_value(project_unit(p, around), around.at, 0);
    Ref changed = name ? project_resolve(p, around, name) : NO_REF;
    if (ref_ok(changed)) item = item_of(changed);
  }
  return item_title(p, &item, arena);
}

MeasureFact measure_fact(const EvidenceReport *report, Ref measure, Arena *arena) {
  const Project *p = report->project;
  const Unit *unit = project_unit(p, measure);
  const Journey *journey = project_journey_of(p, measure);
  const Answers *answers = evidence_answers(report->evidence, measure);
  Ref around = {measure.unit, unit->statements[measure.at].parent};
  MeasureFact fact = {.metric = unit_text_of(unit, arena, measure.at, 0),
                      .file = unit->source.path,
                      .line = source_position(&unit->source, unit->statements[measure.at].span.start).line,
                      .is_counted = answers != NULL,
                      .n = answers ? answers->all.n : 0};
  if (!journey) return fact;
  fact.journey = item_title(p, &journey->item, arena);
  if (around.at != NONE && !ref_is(around, journey->at)) fact.place = place_of(p, journey, around, arena);
  return fact;
}
