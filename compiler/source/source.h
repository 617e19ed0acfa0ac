/* A file's bytes, as they are on the disk, and where its lines begin. */
#ifndef JOURNEY_SOURCE_SOURCE_H
#define JOURNEY_SOURCE_SOURCE_H

#include "base/arena.h"

/* Bytes from `start` up to, not including, `end`. */
typedef struct {
  uint32_t start, end;
} Span;

typedef struct {
  Str path; /* as the user gave it, or relative to the working folder */
  Str text; /* with a byte order mark blanked; UTF-8, or a diagnostic says where it isn't */
} Source;

/* One-based line, and one-based column in characters (code points). */
typedef struct {
  uint32_t line, column;
} Position;

Position source_position(const Source *source, uint32_t offset);
/* The whole line in which `offset` stands, without its end. */
Span source_line(const Source *source, uint32_t offset);
/* As much of it as somebody may have written by hand: a kilobyte to each side of the offset. For what is asked for each
 * of many mistakes, which may all stand on one line of megabytes. */
Span source_line_near(const Source *source, uint32_t offset);
static inline Str source_text(const Source *source, Span span) { return str_slice(source->text, span.start, span.end); }

/* What to take away so that the words of `span` are gone: the whole line where they stand alone on it. */
Span source_without(const Source *source, Span span);
static inline bool is_line_end(char c) { return c == '\n' || c == '\r'; }
/* How the file ends its lines: "\r\n" where the first one does, else "\n". */
Str source_line_end(const Source *source);

/* The first byte at or behind `from` that is no part of UTF-8, or the length. */
size_t source_first_invalid(Str text, size_t from);

#endif
