/* How evidence is read: each declaration with a file becomes a Reading, each measure that stands on one a Measure, and
 * what a measure asks of one file a Binding. Files are read one after another, each once. */
#ifndef JOURNEY_EVIDENCE_BUILD_H
#define JOURNEY_EVIDENCE_BUILD_H

#include "evidence/filter.h"
#include "evidence/tally.h"

enum {
  MOST_CELLS = 64,  /* columns of a file that are read */
  MOST_SHOWN = 3,   /* rows that are wrong and named */
  LOOKED_AT = 1000, /* rows at the beginning in which personal data are looked for; then in some */
  NO_CELL = UINT16_MAX,
};

/* A `measure` that asks for a file, or that has no value. */
typedef struct {
  Ref at, metric;
  bool states_value;
  const Journey *journey; /* NULL: it stands in none */
  const Item *place;      /* of the journey: its stage or step; NULL: the whole journey */
  Str column;             /* it says itself; empty: the evidence's */
  Ref column_at;
  bool is_bound;  /* to a file that can be counted */
  bool is_failed; /* something was said that it lacks: it has no answers */
  Ref evidence;   /* the first with a file */
  int32_t fresh_until;
  bool has_fresh_until;
  Counter counter;
  Str counted; /* which kept rows it was counted from: their numbers */
} Measure;

typedef struct {
  uint32_t measure;
  uint16_t score;           /* a cell, or NO_CELL: what counts is a table of periods */
  bool any_place;           /* else `places` */
  const uint32_t *segments; /* names; NULL: all rows */
  uint32_t segment_count;
  Filter *filters;
  uint32_t filter_count;
  uint64_t at_place, in_segment, held, counted; /* rows, one condition after another */
} Binding;

typedef VEC(uint32_t) Numbers;
typedef struct KeptFile KeptFile; /* keep.h */

typedef struct {
  uint64_t line;
  Str what; /* "\"ten\" in the column \"Score\" is no number" */
} BadRow;

typedef struct {
  uint64_t emails, phones; /* rows */
  bool is_of_phones;
} PersonalCount;

/* A declaration with a file. */
typedef struct {
  EvidenceFile *file; /* what is handed out */
  const char *path;
  Span span; /* of the file's name in the declaration */
  TableDialect said;
  KeptFile *kept; /* what is known of the file from before; NULL: nothing is kept */
  int64_t began;  /* before it was looked at; os_time */
  Table *table;   /* while it is open */
  bool is_broken; /* a column or a `where` of its own is wrong: nothing is counted */
  Filter *filters;
  uint32_t filter_count;
  uint16_t cell_of[COLUMN_KINDS]; /* or NO_CELL */
  size_t selected[MOST_CELLS];    /* columns of the file */
  uint32_t selected_count;
  bool too_many_cells;
  Names places, segments;
  Seen seen_places, seen_segments;
  VEC(Binding) bindings;
  Numbers wanted;        /* measures that stand on it */
  Numbers everywhere;    /* bindings that count the rows of all places */
  VEC(Numbers) by_place; /* for each of `places`, the bindings that count its rows */
  BadRow bad[MOST_SHOWN];
  size_t all[MOST_CELLS]; /* those, and behind them the others: where personal data are looked for */
  uint32_t all_count;
  PersonalCount *personal; /* one for each column of the file */
  uint64_t looked_at;
  Str unclear_date, unclear_number; /* the first that could be read in two ways */
  Str broken_off;                   /* why reading ended before the file did */
} Reading;

struct Evidence {
  const Project *p;
  Arena *arena;
  Diagnostics *to;
  size_t said_before; /* how many of them were there */
  EvidenceFile *files;
  Reading *readings; /* as many as files, in the same order */
  uint32_t file_count;
  VEC(Measure) measures; /* in order */
  Answers *answers;      /* of the measures that are bound and not failed, in order */
  uint32_t answer_count;
  bool stopped;
  EvidenceKeep *keep; /* NULL: nothing is kept */
  struct EventLogs *logs;
};

/* bind.c: finds the declarations that name a file, and what they say of how it is read. */
void bind_files(Evidence *evidence);
/* measures.c: finds the measures, and says which can't be counted for want of a file. */
void bind_measures(Evidence *evidence);
Reading *reading_of(Evidence *evidence, Ref ref);
/* bind.c: what the reader found wrong, without what stands there: whoever reads JSON quotes it. */
Str reading_reason(Str why);
/* bind.c: opens the file and finds the columns; false where it can't be read, which it says. */
bool reading_open(Evidence *evidence, Reading *reading);
/* bind.c: opens the file itself, if its beginning was only known from before; false with `*why` where that is no longer
 * what is there. */
bool reading_table(Evidence *evidence, Reading *reading, Str *why);
void reading_close(Reading *reading);
void reading_free(Reading *reading);
/* The column of that name, which stands at `at`; says that it isn't there. -1: it isn't. */
long reading_column(Evidence *evidence, Reading *reading, Str name, Ref at, unsigned slot);
/* The cell in which the column will be; NO_CELL where there are too many. */
uint16_t reading_cell(Reading *reading, size_t column);
/* The `where` statements of a declaration or measure; false where one is wrong, which it says. */
bool reading_filters(Evidence *evidence, Reading *reading, Ref parent, Filter **filters, uint32_t *count);
/* measures.c: what the measures that stand on this file ask of it. */
void bind_reading(Evidence *evidence, Reading *reading);
/* count.c: all rows. False: it was stopped. */
bool reading_count(Evidence *evidence, Reading *reading, EvidenceProgress *progress, void *context);
/* say.c: what is wrong with the file. */
void say_of_reading(Evidence *evidence, Reading *reading);
/* nothing.c: for which measures nothing is in their files. */
void say_of_measures(Evidence *evidence);
/* freshness.c: which files are older than they may be relied on; the newest day on which each may be. */
void say_of_age(Evidence *evidence);
bool reading_fresh_until(const Evidence *evidence, const Reading *reading, int32_t *day);

/* The id or title of a statement, else its keyword. */
Span evidence_span(const Project *p, Ref ref);
/* The name of the metric, which a message about a measure points at. */
Span measure_span(const Evidence *evidence, const Measure *measure);
Str evidence_title(const Evidence *evidence, Ref ref);
/* As it is written in a .journey file, with its quotes. */
Str evidence_quoted(Str text, Arena *arena);
/* `the columns are "a", "b" and 3 more` */
Str evidence_columns(const EvidenceFile *file, Arena *arena);
/* `"a", "b" and others` */
Str seen_text(const Seen *seen, Arena *arena);

#endif
