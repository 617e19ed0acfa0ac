/* What was read of the files that evidence names: `journey evidence`. */
#ifndef JOURNEY_WRITE_EVIDENCE_H
#define JOURNEY_WRITE_EVIDENCE_H

#include "evidence/evidence.h"
#include "write/terminal.h"

/* `failures` are the errors of reading: why a file says nothing. */
typedef struct {
  const Project *project;
  const Evidence *evidence;
  const Diagnostics *failures;
} EvidenceReport;

void evidence_write_text(const EvidenceReport *report, TerminalStyle style, Buf *to);
void evidence_write_json(const EvidenceReport *report, Buf *to);

/* ---- words of both ---- */

/* The n-th thing that is known of how a file is written: "format", "csv"; false behind the last. What does not matter
 * for the file (the delimiter of JSON) has an empty value. */
typedef struct {
  const char *name, *value;
  bool said; /* by the declaration; else it was found out */
} DialectFact;
enum { DIALECT_FACTS = 6 };
DialectFact dialect_fact(const EvidenceFile *file, int number);
/* "score", "date" … or NULL where the column is not used. */
const char *column_use(const EvidenceFile *file, uint32_t column);
Str day_words(int32_t day, Arena *arena); /* 2026-03-14 */
/* Why the file was not read: the sentence of the first failure at its declaration; empty where there is none. */
Str evidence_failure(const EvidenceReport *report, const EvidenceFile *file);

typedef struct {
  Str metric, journey, place; /* place: empty where it is the whole journey */
  Str file;
  uint32_t line;
  bool is_counted;
  uint64_t n;
} MeasureFact;
MeasureFact measure_fact(const EvidenceReport *report, Ref measure, Arena *arena);

#endif
