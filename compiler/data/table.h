/* Tables in files, row by row: CSV, TSV, JSON and JSON Lines, each packed by gzip or not. However large the file is,
 * the memory that it takes is the same. What the file does not say itself is found out from its beginning: encoding,
 * format, delimiter, quotes, decimal sign, order of dates; whatever the caller says wins. Sees no journey. */
#ifndef JOURNEY_DATA_TABLE_H
#define JOURNEY_DATA_TABLE_H

#include "base/buf.h"

typedef enum { FORMAT_UNSAID, FORMAT_CSV, FORMAT_TSV, FORMAT_JSON, FORMAT_JSON_LINES } TableFormat;
typedef enum { ENCODING_UNSAID, ENCODING_UTF8, ENCODING_UTF16, ENCODING_LATIN1 } TableEncoding;
typedef enum { DATES_UNSAID, DATES_YEAR_FIRST, DATES_DAY_FIRST, DATES_MONTH_FIRST } DateOrder;
typedef enum { HEADER_UNSAID, HEADER_FIRST_LINE, HEADER_NONE } TableHeader;

/* How a file is written. 0 is "unsaid" in each. */
typedef struct {
  TableFormat format;
  TableEncoding encoding;
  TableHeader header;
  DateOrder dates;
  char delimiter, quote, decimal; /* decimal: '.' or ','; a delimiter that is found to be 0: there is one column */
  bool packed;                    /* by gzip; found out, never said */
  /* Of what was found out: it could as well be otherwise. */
  bool dates_unclear;   /* no day in the beginning of the file is over 12 */
  bool dates_mixed;     /* ISO dates beside others, or both orders */
  bool decimal_unclear; /* 1,234 could be either */
} TableDialect;

typedef struct Table Table;

/* Opens it and reads its beginning; `said` may be NULL. NULL with `*why` ("there is no such file", "it is no valid gzip
 * file", "its first line names no columns") where that fails. `*why` lives in `arena`, as does the table. An empty file
 * is a table without columns and rows. */
Table *table_open(Arena *arena, const char *path, const TableDialect *said, Str *why);
/* The same of a file whose bytes are here, and not on the disk: `text`, which stays the caller's; NULL: on the disk. */
Table *table_open_text(Arena *arena, const char *path, const Str *text, const TableDialect *said, Str *why);
void table_close(Table *table); /* NULL is fine */

/* As found out, completed by what was said. The encoding may still change: a file that began as plain ASCII becomes
 * Latin-1 at the first bytes that are no UTF-8. */
const TableDialect *table_dialect(const Table *table);
size_t table_column_count(const Table *table);
Str table_column(const Table *table, size_t column); /* its name; "1", "2" … where the file has no header */
/* The column of that name: exactly, else without regard to case and surrounding space. -1: none. Of JSON, columns are
 * the keys of the objects at the beginning; a nested one is "a.b". */
long table_find(const Table *table, Str name);
/* The same among names of columns. */
long table_find_name(const Str *columns, size_t count, Str name);
/* Only these columns are asked for, which is faster; in this order they are the cells of a row. At most 64. */
void table_select(Table *table, const size_t *columns, size_t count);

typedef enum {
  TABLE_ROW,
  TABLE_END,
  TABLE_BAD_ROW, /* *why says what is wrong with it: too few cells, a quote that is never closed, wrong JSON, bad bytes
                  */
  TABLE_BROKEN,  /* nothing more can be read: a damaged archive, the disk */
} TableStep;

/* The next row. `cells` has room for each selected column; their texts are UTF-8, unquoted, trimmed of surrounding
 * space, and good until the next call, as is `*why`. An empty cell, or null, is an empty text. `*line`: where the row
 * begins, from 1. Empty lines are passed over, and rows of nothing but delimiters, which spreadsheets leave behind. */
TableStep table_next(Table *table, Str *cells, uint64_t *line, Str *why);
/* How far it is: bytes of the file (as it lies on the disk) that were read, and all of them. */
void table_progress(const Table *table, uint64_t *read, uint64_t *size);

/* ---- what cells mean; each false where the text is no such thing ---- */

/* A number as the dialect writes it: "1.234,5", "12 %" (12, not 0.12), "8/10" and "9 - very likely" (their first
 * number). */
bool cell_number(const TableDialect *dialect, Str cell, double *number);
/* A date or a moment: seconds since 1970-01-01 UTC. ISO 8601 with or without zone, YYYY-MM-DD hh:mm:ss(.fff),
 * dd/mm/yyyy, dd.mm.yy, mm/dd/yyyy hh:mm, seconds and milliseconds since 1970. What is unmistakable (ISO, a day over
 * 12) is read as what it is, whatever the dialect says. */
bool cell_time(const TableDialect *dialect, Str cell, double *seconds);

#endif
