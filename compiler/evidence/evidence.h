/* What files say: the `evidence` declarations that name a `file`, read once, and counted for each `measure` that stands
 * on them. Rows are streamed; only counts are kept. */
#ifndef JOURNEY_EVIDENCE_EVIDENCE_H
#define JOURNEY_EVIDENCE_EVIDENCE_H

#include "data/table.h"
#include "project/project.h"

/* What a `column` holds, as the schema lists it. */
typedef enum {
  COLUMN_SCORE,
  COLUMN_DATE,
  COLUMN_TOUCHPOINT,
  COLUMN_SEGMENT,
  COLUMN_CASE,
  COLUMN_ACTIVITY,
  COLUMN_TIME,
  COLUMN_START,
  COLUMN_END,
  COLUMN_NEW,
  COLUMN_LOST,
  COLUMN_KINDS
} ColumnKind;

typedef struct {
  double value;
  uint64_t count;
} ScoreCount;

/* What the rows that count come to, all of them or those of one period. */
typedef struct {
  uint64_t n;                 /* rows with a score (of a table of periods: with the clients at the start) */
  double sum, sum_of_squares; /* of the scores; squares about `shift` */
  double shift, min, max;
  const ScoreCount *scores; /* each score and how often it was given, in order; NULL where there are over 1,000 */
  uint32_t score_count;
  double start, end, new, lost; /* sums over the rows */
} Tally;

typedef struct {
  int32_t first_day; /* of the period: days since 1970-01-01 */
  Str name;          /* "2026-03", "2026 Q1", "2026 H1", "2026" */
  Tally tally;
} PeriodTally;

/* Of one `measure … from EVIDENCE` (pooled, where it names several files). */
typedef struct {
  Ref measure;
  Tally all;
  const PeriodTally *periods; /* in order; none where the file has no dates */
  uint32_t period_count;
  bool has_days;
  int32_t first_day, last_day; /* of the rows that count */
  bool has_scale;
  double scale_min,
      scale_max; /* of the scores: the evidence's `scale`, else the metric's usual one is for the metric */
  Ref evidence;  /* the first with a file */
  bool stale;    /* the newest row is older than the evidence may be relied on */
} Answers;

typedef struct {
  Ref evidence;
  Str path;     /* as it is shown */
  bool is_read; /* else a diagnostic says why not */
  TableDialect dialect;
  const Str *columns; /* all that the file has */
  uint32_t column_count;
  int32_t column_of[COLUMN_KINDS]; /* index into columns, or -1 */
  const bool *is_asked_for;        /* of each column: by the declaration, or by what a measure says itself */
  uint64_t rows, bad_rows;         /* bad: that do not parse, as rows or in a column that is used */
  uint64_t counted;                /* rows that hold every `where` of the declaration */
  TableDialect said;               /* what the declaration says of how it is written */
  const Ref *measures;             /* that stand on it, counted or not; in order */
  uint32_t measure_count;
  bool has_fresh_until; /* by its own `collected`, else by its newest row */
  int32_t fresh_until;  /* the last day on which it may be relied on */
  bool has_days;
  int32_t first_day, last_day;
} EvidenceFile;

typedef struct Evidence Evidence;
struct EventLogs;

/* Told of the progress now and then, from the reading thread; false: stop (Ctrl-C). */
typedef bool EvidenceProgress(void *context, Str file, uint64_t read, uint64_t size);

/* Reads what is bound, and says what is wrong with it: missing files and columns, rows that do not parse, personal
 * data, nothing that matches; what lies on a line of which `to` says an error already is left out. Where no evidence
 * names a file it does nothing at once. Lives in `arena`. */
Evidence *evidence_read(const Project *p, EvidenceProgress *progress, void *context, Arena *arena, Diagnostics *to);
/* What was counted from files, kept from one state of a project to the next: a file is read again only where it, or
 * what the map says of it, has changed. Holds nothing of any project between calls. */
typedef struct EvidenceKeep EvidenceKeep;
EvidenceKeep *evidence_keep_new(void);
void evidence_keep_free(EvidenceKeep *keep); /* NULL is fine */
/* As evidence_read, with the same result. `keep` may be NULL. */
Evidence *evidence_read_kept(EvidenceKeep *keep, const Project *p, Arena *arena, Diagnostics *to);
/* How many times a file has been read so far. */
size_t evidence_keep_reads(const EvidenceKeep *keep);

/* Whether it was stopped. */
bool evidence_was_stopped(const Evidence *evidence);
/* A place for the event logs of the project (observe/logs.h), so that they are read once; NULL until something is kept.
 */
void evidence_keep_logs(Evidence *evidence, struct EventLogs *logs);
struct EventLogs *evidence_logs(const Evidence *evidence);
/* What a measure's rows come to; NULL where nothing is counted for it. */
const Answers *evidence_answers(const Evidence *evidence, Ref measure);
/* The file of an evidence declaration; NULL where it has none. */
const EvidenceFile *evidence_file(const Evidence *evidence, Ref ref);
/* The last day on which the evidence may be relied on: by its declaration, else by the newest row of its file. False
 * where nothing says so. NULL is fine for `evidence`. */
bool evidence_good_until(const Project *p, const Evidence *evidence, Ref ref, int32_t *day);
/* All of them, in the order of declarations. */
size_t evidence_files(const Evidence *evidence, const EvidenceFile **files);

/* The column's name, as it may be shown: where the first line is somebody's answer, it may be a person's address. */
Str evidence_column(const EvidenceFile *file, uint32_t column, Arena *arena);

/* Opens the file of a declaration for reading again, with its dialect; rows that its own `where` leaves out are still
 * in it. NULL with `*why`. */
Table *evidence_open(const Project *p, const EvidenceFile *file, Arena *arena, Str *why);

/* The rows that count, one after another: those that can be read and hold every `where` of the declaration. NULL with
 * `*why`. A cell for each of the file's columns, the first 64; the texts are good until the next call. */
typedef struct EvidenceRows EvidenceRows;
EvidenceRows *evidence_rows(const Project *p, const EvidenceFile *file, Arena *arena, Str *why);
bool evidence_rows_next(EvidenceRows *rows, const Str **cells, uint64_t *line);
void evidence_rows_close(EvidenceRows *rows); /* NULL is fine */

#endif
